"""Definitions of further regression losses; see reference.py."""

import mpmath

from autodiff import Var, drawn_back, exp, log, log_bounded, power, through, x_log_x
from reference import at_positions, elementwise, leading, whole


@elementwise("poisson", logInput=False, full=False, epsilon=1e-7)
def _(y, x, o):
    epsilon = mpmath.mpf(o["epsilon"])
    def of_rate(p):
        return p - y * log_bounded(p + epsilon, epsilon)

    loss = exp(x) - y * x if o["logInput"] else drawn_back(x, of_rate, 0)
    if o["full"] and y.value > 1:
        loss = loss + y * log(y) - y + log(2 * mpmath.pi * y) / 2
    return loss


@whole("gaussianNll", full=False, logVariance=False, epsilon=1e-6)
def _(arrays, o, mask):
    labels, means, variances = arrays.values()
    variances = leading(variances, means.shape)
    constant = mpmath.log(2 * mpmath.pi) / 2 if o["full"] else 0

    def at(index):
        error = labels[index] - means[index]
        if o["logVariance"]:
            return (variances[index] + error * error / exp(variances[index])) / 2 + constant
        variance = through(variances[index], max(variances[index].value, mpmath.mpf(o["epsilon"])))
        return (log(variance) + error * error / variance) / 2 + constant

    return at_positions(means.shape, mask, at)


def deviance(y, x, power_of_mean, o):
    """Twice the distance of log-likelihoods in the Tweedie family. A mean that is given as its
    logarithm is positive, and needs no bound."""
    p, epsilon = mpmath.mpf(power_of_mean), mpmath.mpf(o["epsilon"])
    mean = exp(x) if o["logInput"] else x
    if p == 0:
        return (y - mean) * (y - mean)
    if not o["logInput"]:
        mean = through(mean, max(mean.value, epsilon))
    bounded = through(y, max(y.value, epsilon))
    if p == 1:
        return 2 * (x_log_x(y) - y * log(mean) - y + mean)
    if p == 2:
        return 2 * (log(mean) - log(bounded) + y / mean - 1)
    base = bounded if p > 2 else through(y, max(y.value, 0))
    return 2 * (
        power(base, 2 - p) / ((1 - p) * (2 - p))
        - y * power(mean, 1 - p) / (1 - p)
        + power(mean, 2 - p) / (2 - p)
    )


@elementwise("gammaDeviance", logInput=False, epsilon=1e-7)
def _(y, x, o):
    return deviance(y, x, 2, o)


@elementwise("tweedieDeviance", power=1.5, logInput=False, epsilon=1e-7)
def _(y, x, o):
    return deviance(y, x, o["power"], o)


@elementwise("robust", alpha=1, scale=1)
def _(y, x, o):
    alpha = mpmath.mpf(float(o["alpha"]))
    error = (x - y) / mpmath.mpf(o["scale"])
    squared = error * error
    if alpha == 2:
        return squared / 2
    if alpha == 0:
        return log(squared / 2 + 1)
    if mpmath.isinf(alpha):
        return 1 - exp(-squared / 2)
    distance = abs(alpha - 2)
    return distance / alpha * (power(squared / distance + 1, alpha / 2) - 1)


@whole("meanPairwiseSquaredError")
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    allowed = leading(mask, labels.shape)

    def at(index):
        errors = list((predictions - labels)[index][allowed[index]])
        if not errors:
            return None
        n = len(errors)
        if n == 1:
            return Var(0)
        total = sum(errors)
        return 2 * sum(e * e for e in errors) / (n - 1) - 2 * total * total / (n * (n - 1))

    return at_positions(labels.shape[:1], True, at)
