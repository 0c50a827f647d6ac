"""Losses of numbers."""

import math

import torch
import torch.nn.functional as F


def mean_squared_error(labels, predictions, o):
    return F.mse_loss(predictions, labels, reduction=o.reduction)


def mean_absolute_error(labels, predictions, o):
    return F.l1_loss(predictions, labels, reduction=o.reduction)


def half_squared_error(labels, predictions, o):
    return 0.5 * F.mse_loss(predictions, labels, reduction=o.reduction)


def huber(labels, predictions, o):
    return F.huber_loss(predictions, labels, delta=o.delta, reduction=o.reduction)


def smooth_l1(labels, predictions, o):
    return F.smooth_l1_loss(predictions, labels, beta=o.beta, reduction=o.reduction)


def mean_absolute_percentage_error(labels, predictions, o):
    factor = 100 if o.percent else 1
    return factor * (labels - predictions).abs() / labels.abs().clamp(min=o.epsilon)


def symmetric_mean_absolute_percentage_error(labels, predictions, o):
    factor = 200 if o.percent else 2
    sizes = (labels.abs() + predictions.abs()).clamp(min=o.epsilon)
    return factor * (labels - predictions).abs() / sizes


def mean_squared_logarithmic_error(labels, predictions, o):
    logs = [x.clamp(min=o.epsilon).log1p() for x in (predictions, labels)]
    return F.mse_loss(*logs, reduction=o.reduction)


def log_cosh(labels, predictions, o):
    error = predictions - labels
    return error + F.softplus(-2 * error) - math.log(2)


def quantile(labels, predictions, o):
    missing = labels - predictions
    return torch.maximum(o.quantile * missing, (o.quantile - 1) * missing)


def expectile(labels, predictions, o):
    missing = labels - predictions
    return torch.where(missing >= 0, o.expectile, 1 - o.expectile) * missing.square()


def poisson(labels, predictions, o):
    return F.poisson_nll_loss(
        predictions, labels, log_input=o.log_input, full=o.full, eps=o.epsilon,
        reduction=o.reduction,
    )  # fmt: skip


def gaussian_nll(labels, mean, variance, o):
    if not o.log_variance:
        return F.gaussian_nll_loss(
            mean, labels, variance, full=o.full, eps=o.epsilon, reduction=o.reduction
        )
    values = 0.5 * (variance + (labels - mean).square() * (-variance).exp())
    return values + 0.5 * math.log(2 * math.pi) if o.full else values


def laplace_nll(labels, location, scale, o):
    scale = scale.clamp(min=o.epsilon)
    values = scale.log() + (labels - location).abs() / scale
    return values + math.log(2) if o.full else values


def student_t_nll(labels, location, scale, degrees_of_freedom, o):
    s, nu = scale.clamp(min=o.epsilon), degrees_of_freedom.clamp(min=o.epsilon)
    constant = torch.lgamma(nu / 2) - torch.lgamma((nu + 1) / 2) + 0.5 * nu.log() + s.log()
    values = constant + 0.5 * (nu + 1) * torch.log1p(((labels - location) / s).square() / nu)
    return values + 0.5 * math.log(math.pi) if o.full else values


def crps_gaussian(labels, mean, standard_deviation, o):
    s = standard_deviation.clamp(min=o.epsilon)
    z = (labels - mean) / s
    density = (-0.5 * z.square()).exp() / math.sqrt(2 * math.pi)
    return s * (z * torch.erf(z / math.sqrt(2)) + 2 * density - 1 / math.sqrt(math.pi))


def crps_ensemble(labels, members, o):
    count = members.shape[-1]
    spread = (members.unsqueeze(-1) - members.unsqueeze(-2)).abs().sum((-1, -2))
    pairs = count * (count - 1) if o.fair else count**2
    return (members - labels.unsqueeze(-1)).abs().mean(-1) - spread / (2 * pairs)


def quantile_huber(labels, predictions, o):
    count = predictions.shape[-1]
    midpoints = (torch.arange(count) + 0.5) / count
    missing = labels.detach().unsqueeze(-1) - predictions.unsqueeze(-2)
    errors = F.huber_loss(missing, torch.zeros_like(missing), reduction="none", delta=o.delta)
    return ((midpoints - (missing < 0).float()).abs() * errors).mean(-2).sum(-1)


def negative_binomial_nll(labels, mean, dispersion, o):
    m, r = mean.clamp(min=o.epsilon), 1 / dispersion.clamp(min=o.epsilon)
    of_count = torch.lgamma(r) - torch.lgamma(labels + r)
    values = of_count + (labels + r) * torch.log1p(m / r) - labels * torch.log(m / r)
    return values + torch.lgamma(labels + 1) if o.full else values


def gaussian_mixture_nll(labels, logits, means, scales, o):
    s = scales.clamp(min=o.epsilon)
    deviations = (labels.unsqueeze(-2) - means) / s
    of_entries = -0.5 * deviations.square() - s.log() - 0.5 * math.log(2 * math.pi)
    return -torch.logsumexp(logits.log_softmax(-1) + of_entries.sum(-1), -1)


def mean_of(predictions, o):
    return predictions.exp() if o.log_input else predictions.clamp(min=o.epsilon)


def gamma_deviance(labels, predictions, o):
    ratio = labels / mean_of(predictions, o)
    return 2 * (ratio - ratio.log() - 1)


def tweedie_deviance(labels, predictions, o):
    p, mean = o.power, mean_of(predictions, o)
    of_label = labels ** (2 - p) / ((1 - p) * (2 - p))
    return 2 * (of_label - labels * mean ** (1 - p) / (1 - p) + mean ** (2 - p) / (2 - p))


def robust(labels, predictions, o):
    squared = ((predictions - labels) / o.scale).square()
    distance = abs(o.alpha - 2)
    return distance / o.alpha * ((squared / distance + 1) ** (o.alpha / 2) - 1)


def wing(labels, predictions, o):
    error = (predictions - labels).abs()
    beyond = o.width - o.width * math.log1p(o.width / o.curvature)
    inner = o.width * torch.log1p(error / o.curvature)
    return torch.where(error < o.width, inner, error - beyond)


def cosine_similarity(labels, predictions, o):
    return -F.cosine_similarity(labels, predictions, dim=-1, eps=o.epsilon)


def cosine_distance(labels, predictions, o):
    return 1 - F.cosine_similarity(labels, predictions, dim=-1, eps=o.epsilon)


def mean_pairwise_squared_error(labels, predictions, o, mask):
    errors = (predictions - labels).flatten(1)
    if mask is None:
        return 2 * errors.var(1)
    counts = mask.float().flatten(1)
    n = counts.sum(1, keepdim=True)
    center = (errors * counts).sum(1, keepdim=True) / n.clamp(min=1)
    squares = (counts * (errors - center).square()).sum(1)
    return 2 * squares / (n.squeeze(1) - 1).clamp(min=1)


def root_mean_squared_error(labels, predictions, o, mask):
    squares = (predictions - labels).square().flatten(1)
    if mask is None:
        return squares.mean(1).sqrt()
    counts = mask.float().flatten(1)
    return ((squares * counts).sum(1) / counts.sum(1)).sqrt()
