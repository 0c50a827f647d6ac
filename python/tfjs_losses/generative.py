"""Losses of generative models."""

from keras import ops

from .base import loss


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
