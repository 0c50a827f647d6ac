"""Definitions of further classification losses; see reference.py."""

import mpmath

from autodiff import Var, bounded_below, exp, lift, log, log_bounded, power, relu
from reference import (
    LOSSES, at_positions, class_weight, column, elementwise, labels_ignored, leading,
    log_probabilities, log_softmax, rows, sparse_rows, whole,
)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def log_sigmoid(x):
    return -log(1 + exp(-x))


@whole("binaryFocalCrossentropy", fromLogits=False, gamma=2, alpha=None, labelSmoothing=0,
       posWeight=1, epsilon=1e-7, ignoreIndex=None, reducedThreshold=None, normalized=False)
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    factors = []

    def at(index):
        y, x = labels[index], predictions[index]
        if labels_ignored(y, o):
            return None
        smoothing = mpmath.mpf(o["labelSmoothing"])
        y = y * (1 - smoothing) + smoothing / 2
        if o["fromLogits"]:
            p, not_p, positive, negative = sigmoid(x), sigmoid(-x), log_sigmoid(x), log_sigmoid(-x)
        else:
            p, not_p = x, 1 - x
            positive, negative = log_bounded(p, o["epsilon"]), log_bounded(not_p, o["epsilon"])
        missing = y * not_p + (1 - y) * p
        factor = focal_factor(missing, o)
        factors.append(factor)
        weight = mpmath.mpf(column(o, index)["posWeight"])
        loss = -(weight * y * positive + (1 - y) * negative) * factor
        if o["alpha"] is not None:
            alpha = mpmath.mpf(o["alpha"])
            loss = (y * alpha + (1 - y) * (1 - alpha)) * loss
        return loss

    unreduced = at_positions(predictions.shape, mask, at)
    if o["normalized"]:
        unreduced.losses = unreduced.losses / bounded_below(sum(factors, Var(0)), mpmath.mpf(1e-6))
    return unreduced


def focal_factor(missing, o):
    """`missing` is 1 less the probability of the true label."""
    if o["reducedThreshold"] is None:
        return power(missing, o["gamma"])
    threshold = mpmath.mpf(o["reducedThreshold"])
    return Var(1) if 1 - missing.value < threshold else power(missing / threshold, o["gamma"])


def probabilities(x, o):
    if o["fromLogits"]:
        return [exp(v) for v in log_softmax(x)[0]]
    sum_of_row = sum(x) if any(v.value for v in x) else 1
    return [v / sum_of_row for v in x]


def smoothed(y, o):
    smoothing = mpmath.mpf(o["labelSmoothing"])
    return [v * (1 - smoothing) + smoothing / len(y) for v in y]


def categorical_focal(y, x, o):
    y, p, logs = smoothed(y, o), probabilities(x, o), log_probabilities(x, o)[0]

    def alpha(c):
        return mpmath.mpf(o["alpha"][c] if isinstance(o["alpha"], list) else o["alpha"])

    return -sum(alpha(c) * power(1 - p[c], o["gamma"]) * y[c] * logs[c] for c in range(len(x)))


def poly(y, x, o):
    y, p, logs = smoothed(y, o), probabilities(x, o), log_probabilities(x, o)[0]
    missing = sum(a * (1 - b) for a, b in zip(y, p))
    return mpmath.mpf(o["polyEpsilon"]) * missing - sum(a * b for a, b in zip(y, logs))


def generalized(y, x, o):
    q = mpmath.mpf(o["q"])
    if o["fromLogits"]:
        powers = [exp(q * v) for v in log_softmax(x)[0]]
    else:
        epsilon = mpmath.mpf(o["epsilon"])
        powers = [Var(v.value**q, ((v, q * max(v.value, epsilon) ** (q - 1)),)) for v in x]
    return sum(a * (1 - b) / q for a, b in zip(y, powers))


def of_classes(name, formula, dense, sparse, **defaults):
    """Of a row of labels (`dense`), or of an integer label, and a row of predictions."""
    forms = {}
    if dense:
        rows(name, **defaults)(formula)
        forms["f"] = LOSSES[name]
    if sparse:
        sparse_rows(name, **{"ignoreIndex": None, **defaults})(
            lambda label, x, o: formula([Var(int(c == label)) for c in range(len(x))], x, o)
        )
        forms["i"] = LOSSES[name]

    def unreduced(arrays, o, mask):
        labels = next(iter(arrays.values()))
        return forms["i" if labels.dtype.kind == "i" else "f"].unreduced(arrays, o, mask)

    whole(name, **LOSSES[name].defaults)(unreduced)


FOCAL = dict(fromLogits=False, gamma=2, alpha=0.25, labelSmoothing=0, epsilon=1e-7)
of_classes("categoricalFocalCrossentropy", categorical_focal, True, False, **FOCAL)
of_classes("sparseCategoricalFocalCrossentropy", categorical_focal, False, True, **FOCAL)
of_classes("polyCrossentropy", poly, True, True,
           fromLogits=False, polyEpsilon=2, labelSmoothing=0, epsilon=1e-7)
of_classes("generalizedCrossentropy", generalized, True, True,
           q=0.5, fromLogits=False, epsilon=1e-7)


@elementwise("asymmetric", gammaPositive=1, gammaNegative=4, clip=0.05)
def _(y, x, o):
    not_p = sigmoid(-x)
    shifted = not_p + mpmath.mpf(o["clip"])
    shifted = shifted if shifted.value < 1 else Var(1)
    positive = power(not_p, o["gammaPositive"]) * log_sigmoid(x)
    negative = power(1 - shifted, o["gammaNegative"]) * log(shifted)
    return -(y * positive + (1 - y) * negative)


@rows("multilabelSoftMargin")
def _(y, x, o):
    terms = [a * log_sigmoid(v) + (1 - a) * log_sigmoid(-v) for a, v in zip(y, x)]
    return -sum(class_weight(o, c) * term for c, term in enumerate(terms)) / len(x)


@elementwise("sparsemax")
def _(y, x, o):
    if abs(x.value) < 1:
        return (x + 1) * (x + 1) / 4 - y * x
    return (x if x.value > 0 else Var(0)) - y * x


@sparse_rows("multiclassSparsemax")
def _(y, x, o):
    """The Fenchel-Young loss of half the squared norm over the simplex."""
    ordered = sorted(x, key=lambda v: -v.value)
    for k in range(len(x), 0, -1):
        threshold = (sum(ordered[:k]) - 1) / k
        if ordered[k - 1].value > threshold.value:
            break
    p = [v - threshold for v in x if v.value > threshold.value]
    chosen = [v for v in x if v.value > threshold.value]
    dot = sum(a * b for a, b in zip(p, chosen))
    return dot - sum(a * a for a in p) / 2 + lift(mpmath.mpf(1) / 2) - x[y]


@rows("zlpr")
def _(y, x, o):
    positive = sum((exp(-v) for a, v in zip(y, x) if a.value > 0.5), Var(0))
    negative = sum((exp(v) for a, v in zip(y, x) if a.value <= 0.5), Var(0))
    return log(1 + negative) + log(1 + positive)


def symmetric(y, x, o):
    logs, p = log_probabilities(x, o)[0], probabilities(x, o)
    least = mpmath.exp(mpmath.mpf(o["logZero"]))
    forward = -sum(a * b for a, b in zip(y, logs))
    reverse = -sum(a * log_bounded(b, least) for a, b in zip(p, y))
    return mpmath.mpf(o["alpha"]) * forward + mpmath.mpf(o["beta"]) * reverse


of_classes("symmetricCrossentropy", symmetric, True, True,
           alpha=0.1, beta=1, logZero=-4, fromLogits=False, epsilon=1e-7)


@sparse_rows("logitAdjusted", priors=None, tau=1, ignoreIndex=-100)
def _(y, x, o):
    tau = mpmath.mpf(o["tau"])
    adjusted = [v + tau * log(lift(prior)) for v, prior in zip(x, o["priors"])]
    return -log_softmax(adjusted)[0][y]


@sparse_rows("asymmetricSingleLabel", gammaPositive=1, gammaNegative=4, labelSmoothing=0.1)
def _(y, x, o):
    logs, smoothing = log_softmax(x)[0], mpmath.mpf(o["labelSmoothing"])

    def term(c):
        p = exp(logs[c])
        factor = power(1 - p, o["gammaPositive"]) if c == y else power(p, o["gammaNegative"])
        return -((1 - smoothing) * (c == y) + smoothing / len(x)) * factor * logs[c]

    return sum(term(c) for c in range(len(x)))


@sparse_rows("ldam", counts=None, maxMargin=0.5, scale=30)
def _(y, x, o):
    fourth_roots = [mpmath.mpf(count) ** (-mpmath.mpf(1) / 4) for count in o["counts"]]
    margin = mpmath.mpf(o["maxMargin"]) * fourth_roots[y] / max(fourth_roots)
    scale = mpmath.mpf(o["scale"])
    return -log_softmax([scale * (v - margin if c == y else v) for c, v in enumerate(x)])[0][y]


@whole("nonNegativePu", prior=None)
def _(arrays, o, mask):
    labels, scores = arrays.values()
    counted, prior = leading(mask, labels.shape), mpmath.mpf(o["prior"])

    def mean(label, sign):
        chosen = [sigmoid(sign * x) for y, x, one in zip(labels, scores, counted) if one and y == label]
        return sum(chosen) / len(chosen) if chosen else Var(0)

    def value(_):
        if not counted.any():
            return None
        return prior * mean(1, -1) + relu(mean(0, 1) - prior * mean(1, 1))

    return at_positions((), True, value)
