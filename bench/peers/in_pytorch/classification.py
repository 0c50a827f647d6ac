"""Losses of classes."""

import math

import torch
import torch.nn.functional as F

from .common import at_label, classes_second, normalized, of_batch, one_hot, signed, smoothed


def logits_of(predictions, o):
    capped = predictions if o.softcap is None else o.softcap * torch.tanh(predictions / o.softcap)
    return capped if o.temperature == 1 else capped / o.temperature


def log_probabilities(predictions, o):
    if o.from_logits:
        return predictions.log_softmax(-1)
    return normalized(predictions).clamp(min=o.epsilon).log()


def plus_z_loss(values, logits, o):
    if o.z_loss == 0:
        return values
    of_rows = o.z_loss * torch.logsumexp(logits, -1).square()
    return values + (of_rows.mean() if values.dim() == 0 else of_rows)


def in_base(values, o):
    return values if o.base == math.e else values / math.log(o.base)


def reduction_of(o):
    """PyTorch's mean with weights of classes is a weighted one."""
    if o.class_weights is None:
        return o.reduction
    return "mean" if o.weighted_mean else "none"


def categorical_crossentropy(labels, predictions, o):
    if not o.from_logits:
        y = smoothed(labels, o.label_smoothing, labels.shape[-1])
        surprise = -y * log_probabilities(predictions, o)
        weighed = surprise if o.class_weights is None else surprise * o.class_weights
        return in_base(weighed.sum(-1), o)
    logits = logits_of(predictions, o)
    reduction = o.reduction if o.class_weights is None else "none"
    values = F.cross_entropy(
        classes_second(logits), classes_second(labels), weight=o.class_weights,
        label_smoothing=o.label_smoothing, reduction=reduction,
    )  # fmt: skip
    return in_base(plus_z_loss(values, logits, o), o)


def mass_of_dense(inputs, o):
    return torch.ones(()) if o.class_weights is None else (inputs[0] * o.class_weights).sum(-1)


categorical_crossentropy.mass = mass_of_dense


def sparse_categorical_crossentropy(labels, predictions, o):
    ignored = -100 if o.ignore_index is None else o.ignore_index
    how = dict(weight=o.class_weights, ignore_index=ignored, reduction=reduction_of(o))
    if o.from_logits:
        logits = logits_of(predictions, o)
        values = F.cross_entropy(
            classes_second(logits), labels, label_smoothing=o.label_smoothing, **how
        )
        return in_base(plus_z_loss(values, logits, o), o)
    log_p = log_probabilities(predictions, o)
    if o.label_smoothing == 0:
        return in_base(F.nll_loss(classes_second(log_p), labels, **how), o)
    how["reduction"] = "none"
    weighed = log_p if o.class_weights is None else log_p * o.class_weights
    share = o.label_smoothing
    of_label = F.nll_loss(classes_second(log_p), labels, **how)
    return in_base((1 - share) * of_label - share * weighed.mean(-1), o)


def negative_log_likelihood(labels, predictions, o):
    return F.nll_loss(
        classes_second(predictions), labels, weight=o.class_weights,
        ignore_index=o.ignore_index, reduction=reduction_of(o),
    )  # fmt: skip


sparse_categorical_crossentropy.ignores = negative_log_likelihood.ignores = True


def binary_surprise(labels, predictions, o, reduction="none"):
    y = smoothed(labels, o.label_smoothing, 2)
    if o.from_logits:
        return F.binary_cross_entropy_with_logits(
            predictions, y, pos_weight=o.pos_weight, reduction=reduction
        )
    if o.pos_weight is None:
        return F.binary_cross_entropy(predictions, y, reduction=reduction)
    return -o.pos_weight * y * predictions.log() - (1 - y) * (1 - predictions).log()


def binary_crossentropy(labels, predictions, o):
    return in_base(binary_surprise(labels, predictions, o, o.reduction), o)


def binary_focal_crossentropy(labels, predictions, o):
    p = predictions.sigmoid() if o.from_logits else predictions
    y = smoothed(labels, o.label_smoothing, 2)
    of_label = y * p + (1 - y) * (1 - p)
    if o.reduced_threshold is None:
        factor = (1 - of_label) ** o.gamma
    else:
        reduced = ((1 - of_label) / o.reduced_threshold) ** o.gamma
        factor = torch.where(of_label < o.reduced_threshold, 1, reduced)
    values = factor * binary_surprise(labels, predictions, o)
    if o.alpha is not None:
        values = (y * o.alpha + (1 - y) * (1 - o.alpha)) * values
    return values / factor.sum() if o.normalized else values


def distribution_of(predictions, o):
    if o.from_logits:
        log_p = predictions.log_softmax(-1)
        return log_p.exp(), log_p
    p = normalized(predictions)
    return p, p.clamp(min=o.epsilon).log()


def categorical_focal_crossentropy(labels, predictions, o):
    p, log_p = distribution_of(predictions, o)
    y = smoothed(labels, o.label_smoothing, labels.shape[-1])
    return -(o.alpha * (1 - p) ** o.gamma * y * log_p).sum(-1)


def sparse_categorical_focal_crossentropy(labels, predictions, o):
    if o.label_smoothing:
        return categorical_focal_crossentropy(one_hot(labels, predictions), predictions, o)
    p, log_p = (at_label(x, labels) for x in distribution_of(predictions, o))
    return -o.alpha * (1 - p) ** o.gamma * log_p


def poly_crossentropy(labels, predictions, o):
    p, log_p = distribution_of(predictions, o)
    y = smoothed(labels, o.label_smoothing, labels.shape[-1])
    return (y * (o.poly_epsilon * (1 - p) - log_p)).sum(-1)


def generalized_crossentropy(labels, predictions, o):
    p = predictions.softmax(-1) if o.from_logits else predictions.clamp(min=o.epsilon)
    return (labels * (1 - p**o.q) / o.q).sum(-1)


def symmetric_crossentropy(labels, predictions, o):
    p, log_p = distribution_of(predictions, o)
    log_y = labels.clamp(min=math.exp(o.log_zero)).log()
    return -(o.alpha * (labels * log_p).sum(-1) + o.beta * (p * log_y).sum(-1))


def asymmetric(labels, predictions, o):
    p = predictions.sigmoid()
    rest = (1 - p + o.clip).clamp(max=1)
    of_label = labels * p + (1 - labels) * rest
    gamma = labels * o.gamma_positive + (1 - labels) * o.gamma_negative
    surprise = labels * p.log() + (1 - labels) * rest.log()
    is_binary = ((labels == 0) | (labels == 1)).all()
    if is_binary:
        return -((1 - of_label) ** gamma) * surprise
    positive = (1 - p) ** o.gamma_positive * p.log()
    return -labels * positive - (1 - labels) * (1 - rest) ** o.gamma_negative * rest.log()


def multilabel_soft_margin(labels, predictions, o):
    return F.multilabel_soft_margin_loss(
        predictions, labels, weight=o.class_weights, reduction=o.reduction
    )


def zlpr(labels, predictions, o):
    is_positive = labels > 0.5
    zeros = torch.zeros_like(predictions[..., :1])
    near = predictions.masked_fill(is_positive, -torch.inf)
    far = (-predictions).masked_fill(~is_positive, -torch.inf)
    return sum(torch.logsumexp(torch.cat([x, zeros], -1), -1) for x in (near, far))


def logit_adjusted(labels, predictions, o):
    adjusted = predictions + o.tau * torch.log(torch.tensor(o.priors))
    return F.cross_entropy(
        classes_second(adjusted), labels, ignore_index=o.ignore_index, reduction=o.reduction
    )


logit_adjusted.ignores = True


def ldam(labels, predictions, o):
    rarity = torch.tensor(o.counts) ** -0.25
    margins = rarity * (o.max_margin / rarity.max())
    shifted = predictions - one_hot(labels, predictions) * margins
    return F.cross_entropy(classes_second(o.scale * shifted), labels, reduction=o.reduction)


@of_batch
def non_negative_pu(labels, predictions, o):
    positive, unlabelled = predictions[labels == 1], predictions[labels == 0]
    of_positives = o.prior * torch.sigmoid(-positive).mean()
    of_negatives = torch.sigmoid(unlabelled).mean() - o.prior * torch.sigmoid(positive).mean()
    return of_positives + F.relu(of_negatives)


def asymmetric_single_label(labels, predictions, o):
    classes = predictions.shape[-1]
    log_p = predictions.log_softmax(-1)
    p, own = log_p.exp(), one_hot(labels, predictions)
    gamma = o.gamma_positive * own + o.gamma_negative * (1 - own)
    weight = ((1 - p) * own + p * (1 - own)) ** gamma
    y = smoothed(own, o.label_smoothing, classes)
    return -(y * weight * log_p).sum(-1)


def sparsemax(labels, predictions, o):
    bend = 0.25 * (predictions + 1).square()
    values = torch.where(predictions >= 1, predictions, torch.where(predictions > -1, bend, 0))
    return values - labels * predictions


def multiclass_sparsemax(labels, predictions, o):
    ordered = predictions.sort(dim=-1, descending=True).values
    ranks = torch.arange(1, predictions.shape[-1] + 1)
    sums = ordered.cumsum(-1)
    is_present = 1 + ranks * ordered > sums
    count = is_present.sum(-1, keepdim=True)
    threshold = (sums.gather(-1, count - 1) - 1) / count
    squares = torch.where(is_present, ordered.square() - threshold.square(), 0).sum(-1)
    return 0.5 + 0.5 * squares - at_label(predictions, labels)


def soft_margin(labels, predictions, o):
    return F.soft_margin_loss(predictions, signed(labels, o), reduction=o.reduction)


def exponential(labels, predictions, o):
    return (-signed(labels, o) * predictions).exp()


def brier(labels, predictions, o):
    return (predictions - labels).square().sum(-1)
