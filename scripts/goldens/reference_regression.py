"""Definitions of further regression losses; see reference.py."""

import mpmath
import numpy as np

from autodiff import (
    Var, absolute, bounded_below, drawn_back, erf, exp, log, log_bounded, log_gamma, power, sqrt, through,
    x_log_x,
)
from reference import at_positions, elementwise, leading, log_softmax, whole


@elementwise("expectile", expectile=0.5)
def _(y, x, o):
    tau = mpmath.mpf(o["expectile"])
    return (tau if y.value >= x.value else 1 - tau) * (y - x) * (y - x)


@elementwise("symmetricMeanAbsolutePercentageError", epsilon=1e-7, percent=True)
def _(y, x, o):
    sizes = bounded_below(absolute(y) + absolute(x), mpmath.mpf(o["epsilon"]))
    return (200 if o["percent"] else 2) * absolute(y - x) / sizes


@whole("rootMeanSquaredError")
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    allowed = leading(mask, labels.shape)

    def at(index):
        errors = list(np.ravel(predictions[index] - labels[index])[np.ravel(allowed[index])])
        return sqrt(sum(e * e for e in errors) / len(errors)) if errors else None

    return at_positions(labels.shape[:1], True, at)


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


def bounded_by(x, o):
    """x, or epsilon with the derivative of x."""
    return through(x, max(x.value, mpmath.mpf(o["epsilon"])))


@whole("laplaceNll", full=False, epsilon=1e-6)
def _(arrays, o, mask):
    labels, locations, scales = arrays.values()
    scales = leading(scales, locations.shape)

    def at(index):
        scale = bounded_by(scales[index], o)
        error = absolute(labels[index] - locations[index])
        return log(scale) + error / scale + (mpmath.log(2) if o["full"] else 0)

    return at_positions(locations.shape, mask, at)


@whole("negativeBinomialNll", full=False, epsilon=1e-6)
def _(arrays, o, mask):
    """By the gamma functions themselves. A mean below 0 is one of 0, with derivative -1."""
    labels, means, dispersions = arrays.values()
    dispersions = leading(dispersions, means.shape)

    def at(index):
        y, given = labels[index], means[index]
        is_out = given.value < -mpmath.mpf("1e-6")
        pull = Var(0, ((given, -1),)) if is_out else 0
        mean = bounded_by(Var(0) if is_out else given, o)
        r = 1 / bounded_by(dispersions[index], o)
        gammas = log_gamma(y + r) - log_gamma(r)
        loss = (y + r) * log(1 + mean / r) - y * log(mean / r) - gammas + pull
        return loss + log_gamma(y + 1) if o["full"] else loss

    return at_positions(means.shape, mask, at)


@whole("studentTNll", full=False, epsilon=1e-6)
def _(arrays, o, mask):
    labels, locations, scales, degrees = arrays.values()
    scales, degrees = leading(scales, locations.shape), leading(degrees, locations.shape)

    def at(index):
        s, nu = bounded_by(scales[index], o), bounded_by(degrees[index], o)
        z = (labels[index] - locations[index]) / s
        constants = log_gamma(nu / 2) - log_gamma((nu + 1) / 2) + log(nu) / 2 + log(s)
        loss = constants + (nu + 1) / 2 * log(1 + z * z / nu)
        return loss + mpmath.log(mpmath.pi) / 2 if o["full"] else loss

    return at_positions(locations.shape, mask, at)


@whole("crpsGaussian", epsilon=1e-6)
def _(arrays, o, mask):
    labels, means, deviations = arrays.values()
    deviations = leading(deviations, means.shape)

    def at(index):
        s = bounded_by(deviations[index], o)
        z = (labels[index] - means[index]) / s
        density = exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi)
        return s * (z * erf(z / mpmath.sqrt(2)) + 2 * density - 1 / mpmath.sqrt(mpmath.pi))

    return at_positions(means.shape, mask, at)


@whole("crpsEnsemble", fair=False)
def _(arrays, o, mask):
    """As it is defined. A single member has no spread."""
    labels, ensembles = arrays.values()

    def at(index):
        y, members = labels[index], list(ensembles[index])
        m = len(members)
        error = sum((absolute(x - y) for x in members), Var(0)) / m
        spread = sum((absolute(a - b) for a in members for b in members), Var(0))
        return error - spread / (2 * max(m * (m - 1 if o["fair"] else m), 1))

    return at_positions(labels.shape, mask, at)


@whole("quantileHuber", delta=1)
def _(arrays, o, mask):
    """Labels are held constant."""
    labels, predictions = arrays.values()
    delta = mpmath.mpf(o["delta"])

    def huber(error):
        if delta == 0:
            return error
        return error * error / 2 if error.value <= delta else (error - delta / 2) * delta

    def at(index):
        draws, quantiles = list(labels[index]), list(predictions[index])
        total = Var(0)
        for q, x in enumerate(quantiles):
            tau = mpmath.mpf(2 * q + 1) / (2 * len(quantiles))
            for y in draws:
                difference = y.value - x
                share = 1 - tau if difference.value < 0 else tau
                total = total + share * huber(absolute(difference)) / len(draws)
        return total

    return at_positions(predictions.shape[:-1], mask, at)


@whole("gaussianMixtureNll", epsilon=1e-6)
def _(arrays, o, mask):
    labels, logits, means, scales = arrays.values()

    def at(index):
        total = Var(0)
        for k, logarithm in enumerate(log_softmax(list(logits[index]))[0]):
            for y, mean, scale in zip(labels[index], means[index][k], scales[index][k]):
                s = bounded_by(scale, o)
                deviation = (y - mean) / s
                logarithm = logarithm - (deviation * deviation + mpmath.log(2 * mpmath.pi)) / 2 - log(s)
            total = total + exp(logarithm)
        return -log(total)

    return at_positions(logits.shape[:-1], mask, at)


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
