"""Predictions outside the domain of a formula.

A model without a last activation predicts numbers that are no probabilities, no rates, no
variances. The loss there is that at the bound, never below what it can be; the derivative is
bounded, and directed towards the domain.
"""

import math

import keras
from keras import ops

from .numerics import at_least, bounded, keep, zero_with_slope

# Between which predictions a formula means something.
PROBABILITY = (0.0, 1.0)
NON_NEGATIVE = (0.0, math.inf)
LOG_PROBABILITY = (-math.inf, 0.0)
COSINE = (-1.0, 1.0)
# What is divided by its sum first.
NORMALIZED = NON_NEGATIVE


def unless(option, bounds):
    """These bounds, or none where an option is true: logits and logarithms have none."""
    return lambda o: None if getattr(o, option) else bounds


def rounding(dtype):
    """By how much a sum of probabilities may miss 1 by rounding."""
    return 2**-9 if keras.backend.standardize_dtype(dtype) == "float16" else 1e-6


def confined(x, low, high, weights):
    """x between the bounds, else the nearer one, and its pull: 0, with derivative −1 below the
    bounds and 1 above them, but for entries that weigh nothing.

    Beyond the bounds by more than rounding, the first has no derivative.
    """
    least = rounding(x.dtype)
    is_below, is_above = x < low - least, x > high + least
    is_out = ops.logical_or(is_below, is_above)
    inside = bounded(ops.where(is_out, ops.stop_gradient(x), x), low, high)
    side = ops.cast(is_above, x.dtype) - ops.cast(is_below, x.dtype)
    pull = side * zero_with_slope(x)
    return inside, pull if weights is None else keep(weights != 0, pull, 0)


def drawn_back(values, pull, signature):
    """The values, with a derivative that draws predictions back that were outside."""
    return values + strength_of(values) * of_values(pull, signature)


def strength_of(values):
    """How strongly predictions outside are drawn back: 1 where the loss at the bound is large, and
    just so much that it has a direction where there is nothing to gain.
    """
    return at_least(1 - 1 / (1 + at_least(ops.stop_gradient(values), 0.0)), 1 / 256)


def of_values(pull, signature):
    """The pull of each entry as that of a value: summed over classes, the mean of positions that
    share a value.
    """
    names = signature.inputs[-1].axis_names(len(pull.shape))
    dropped = [i for i, name in enumerate(names) if name not in signature.output.names]
    shared = [i for i in dropped if names[i] in signature.positions.names]
    if shared:
        pull = ops.mean(pull, axis=tuple(shared), keepdims=True)
    return ops.sum(pull, axis=tuple(dropped)) if dropped else pull
