"""Losses of generative models."""

import torch
import torch.nn.functional as F


def gan_discriminator(real, fake, o):
    s = o.label_smoothing
    if o.objective == "minimax":
        return F.softplus(-real) + (s * real if s else 0) + F.softplus(fake)
    if o.objective == "leastSquares":
        return 0.5 * (real - (1 - s)).square() + 0.5 * fake.square()
    return F.relu(1 - real) + F.relu(1 + fake) if o.objective == "hinge" else fake - real


def gan_generator(fake, o):
    if o.objective == "nonSaturating":
        return F.softplus(-fake)
    if o.objective == "minimax":
        return -F.softplus(fake)
    return 0.5 * (fake - 1).square() if o.objective == "leastSquares" else -fake


def gaussian_kl(mean, log_variance, o):
    excess = log_variance - o.prior_log_variance
    squares = (mean - o.prior_mean).square()
    if o.prior_log_variance != 0:
        squares = squares * torch.tensor(-o.prior_log_variance).exp()
    return 0.5 * (excess.exp() - excess - 1 + squares).sum(-1)


def vector_quantization(latents, codes, o):
    of_codes = F.mse_loss(codes, latents.detach(), reduction=o.reduction)
    return of_codes + o.commitment * F.mse_loss(latents, codes.detach(), reduction=o.reduction)


def diffusion(targets, predictions, signal_to_noise, o):
    errors = F.mse_loss(predictions, targets, reduction="none").flatten(1).mean(1)
    if o.weighting == "none":
        return errors
    ratio = signal_to_noise.detach()
    bounded = ratio.clamp(max=o.gamma) if o.weighting == "minSnr" else ratio
    by = {"noise": ratio, "sample": 1, "velocity": ratio + 1}[o.prediction]
    return bounded / by * errors
