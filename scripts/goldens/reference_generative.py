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


@whole("vectorQuantization", commitment=0.25)
def _(arrays, o, mask):
    """Each term has the derivative of one side only."""
    latents, codes = arrays["latents"], arrays["codes"]
    commitment = mpmath.mpf(o["commitment"])

    def at(index):
        z, e = latents[index], codes[index]
        of_codes, of_latents = Var(z.value) - e, z - Var(e.value)
        return of_codes * of_codes + commitment * of_latents * of_latents

    return at_positions(latents.shape, mask, at)


@whole("diffusion", prediction="noise", weighting="minSnr", gamma=5)
def _(arrays, o, mask):
    targets, predictions, ratios = arrays.values()

    def weight(ratio):
        if o["weighting"] == "none":
            return 1
        bounded = ratio if o["weighting"] == "snr" else min(ratio, mpmath.mpf(o["gamma"]))
        if o["prediction"] == "sample":
            return bounded
        if o["prediction"] == "velocity":
            return bounded / (ratio + 1)
        return bounded / ratio if ratio else 1

    def at(index):
        errors = np.ravel(predictions[index] - targets[index])
        return weight(ratios[index].value) * sum((e * e for e in errors), Var(0)) / len(errors)

    return at_positions(ratios.shape, mask, at)
