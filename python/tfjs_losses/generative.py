"""Losses of generative models."""

import math

from keras import ops

from .base import loss
from .numerics import at_most, mul_no_nan


def check_smoothing(o):
    if o.label_smoothing and o.objective in ("hinge", "wasserstein"):
        return f"label_smoothing is {o.label_smoothing}; expected 0 for the objective {o.objective!r}"
    return None


@loss("(...),(...)->(...)", _check=check_smoothing, objective="minimax", label_smoothing=0)
def gan_discriminator(real, fake, o):
    """ln(1 + e⁻ʳ) + ln(1 + eᶠ), or what the objective says."""
    s = o.label_smoothing
    if o.objective == "minimax":
        return ops.softplus(-real) + s * real + ops.softplus(fake)
    if o.objective == "leastSquares":
        return 0.5 * ops.square(real - (1 - s)) + 0.5 * ops.square(fake)
    if o.objective == "hinge":
        return ops.relu(1 - real) + ops.relu(1 + fake)
    return fake - real


@loss("(...)->(...)", objective="nonSaturating")
def gan_generator(fake, o):
    """ln(1 + e⁻ᶠ), or what the objective says."""
    if o.objective == "nonSaturating":
        return ops.softplus(-fake)
    if o.objective == "minimax":
        return -ops.softplus(fake)
    if o.objective == "leastSquares":
        return 0.5 * ops.square(fake - 1)
    return -fake


@loss("(...,D),(...,D)->(...)", prior_mean=0, prior_log_variance=0)
def gaussian_kl(mean, log_variance, o):
    """½·Σ (e^(v − v₀) + (μ − μ₀)²·e^(−v₀) − 1 − (v − v₀))."""
    excess = log_variance - o.prior_log_variance
    squares = ops.square(mean - o.prior_mean) * ops.exp(-1.0 * o.prior_log_variance)
    return 0.5 * ops.sum(ops.expm1(excess) - excess + squares, axis=-1)


@loss("(...),(...)->(...)", commitment=0.25)
def vector_quantization(latents, codes, o):
    """(sg(z) − e)² + β·(z − sg(e))²: each side is drawn to the other one as it stands."""
    of_codes = ops.square(ops.stop_gradient(latents) - codes)
    return of_codes + o.commitment * ops.square(latents - ops.stop_gradient(codes))


@loss(
    "(B,...),(B,...),(B)->(B)",
    prediction="noise",
    weighting="minSnr",
    gamma=5,
)
def diffusion(targets, predictions, signal_to_noise, o):
    """The mean squared error of an example, weighed by its signal-to-noise ratio."""
    errors = ops.reshape(ops.square(predictions - targets), (ops.shape(targets)[0], -1))
    errors = ops.mean(errors, axis=-1)
    if o.weighting == "none":
        return errors
    # Without noise it is infinite.
    ratio = at_most(ops.stop_gradient(signal_to_noise), 3e38)
    most = math.inf if o.weighting == "snr" else o.gamma
    weight = {
        "noise": lambda: ops.where(ratio > most, most / ops.where(ratio > most, ratio, 1), 1),
        "sample": lambda: at_most(ratio, most),
        "velocity": lambda: at_most(ratio, most) / (ratio + 1),
    }[o.prediction]()
    return mul_no_nan(weight, errors)
