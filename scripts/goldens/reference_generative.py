"""Losses of generative models; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, exp, log, relu
from reference import at_positions, whole


def softplus(x):
    return log(1 + exp(x))


@whole("ganDiscriminator", objective="minimax", labelSmoothing=0)
def _(arrays, o, mask):
    real, fake = arrays.values()
    smoothing = mpmath.mpf(o["labelSmoothing"])
    of_real = {
        "minimax": lambda r: (1 - smoothing) * softplus(-r) + smoothing * softplus(r),
        "leastSquares": lambda r: (r - (1 - smoothing)) * (r - (1 - smoothing)) / 2,
        "hinge": lambda r: relu(1 - r),
        "wasserstein": lambda r: -r,
    }[o["objective"]]
    of_fake = {
        "minimax": softplus,
        "leastSquares": lambda f: f * f / 2,
        "hinge": lambda f: relu(1 + f),
        "wasserstein": lambda f: f,
    }[o["objective"]]
    return at_positions(real.shape, mask, lambda at: of_real(real[at]) + of_fake(fake[at]))


@whole("ganGenerator", objective="nonSaturating")
def _(arrays, o, mask):
    (fake,) = arrays.values()
    formula = {
        "nonSaturating": lambda f: softplus(-f),
        "minimax": lambda f: -softplus(f),
        "leastSquares": lambda f: (f - 1) * (f - 1) / 2,
        "hinge": lambda f: -f,
        "wasserstein": lambda f: -f,
    }[o["objective"]]
    return at_positions(fake.shape, mask, lambda at: formula(fake[at]))


@whole("gaussianKl")
def _(arrays, o, mask):
    mean, log_variance = arrays["mean"], arrays["logVariance"]
    prior_mean, prior_log_variance = (
        np.broadcast_to(arrays.get(name, np.array(Var(0), dtype=object)), mean.shape)
        for name in ("priorMean", "priorLogVariance"))

    def entry(at):
        difference = mean[at] - prior_mean[at]
        excess = log_variance[at] - prior_log_variance[at]
        squares = difference * difference * exp(-prior_log_variance[at])
        return (exp(excess) + squares - 1 - excess) / 2

    return at_positions(mean.shape[:-1], mask, lambda at: sum(
        (entry((*at, d)) for d in range(mean.shape[-1])), Var(0)))
