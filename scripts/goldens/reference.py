"""What each loss of this package is, in 400 digits and without any library.

A second, independent statement of the definitions: it checks every case that is
recorded from another library (value and gradients), and gives the number that is
right where that library departs. A loss is one decorated function:

    @elementwise(name, **defaults)   of a label and a prediction, two numbers
    @rows(name, **defaults)          of a row of labels and a row of predictions
    @sparse_rows(name, **defaults)   of an integer label and a row of predictions
    @whole(name, **defaults)         of whole arrays, for what fits none of these

The common options (weights, mask, reduction) are handled once, in `evaluate`.
"""

from dataclasses import dataclass, field
from typing import Callable

import mpmath
import numpy as np

from autodiff import (
    Var, absolute, bounded_below, exp, gradients, largest, lift, log, log_bounded,
    relu, sqrt, tanh, variables, x_log_x,
)

LOSSES = {}

# Options that may be tensors and then have a gradient.
DIFFERENTIABLE = (
    "beta", "bias", "start", "end", "margin", "negatives", "priorMean", "priorLogVariance", "references", "sigmas",
    "temperature",
)


@dataclass
class Definition:
    unreduced: Callable  # (arrays, options, mask) -> Unreduced
    defaults: dict


@dataclass
class Unreduced:
    losses: np.ndarray  # of Var
    valid: np.ndarray  # of bool
    class_weights: np.ndarray = field(default=None)  # the true class's, or None
    weighted: bool = False  # the formula itself has used the weights
    mass_if_none: int = 0  # stands for the sum of the class weights where that is 0


def whole(name, **defaults):
    def register(function):
        LOSSES[name] = Definition(function, defaults)
        return function

    return register


def elementwise(name, **defaults):
    def register(formula):
        def unreduced(arrays, options, mask):
            labels, predictions = arrays.values()
            return at_positions(
                predictions.shape,
                mask,
                lambda at: None
                if labels_ignored(labels[at], options)
                else formula(labels[at], predictions[at], column(options, at)),
            )

        return whole(name, **defaults)(unreduced)

    return register


def rows(name, **defaults):
    def register(formula):
        def unreduced(arrays, options, mask):
            moved = [class_axis_last(array, options["axis"]) for array in arrays.values()]
            return at_positions(
                moved[0].shape[:-1],
                mask,
                lambda at: formula(*[list(array[at]) for array in moved], options),
            )

        return whole(name, **{"axis": -1, **defaults})(unreduced)

    return register


def sparse_rows(name, **defaults):
    def register(formula):
        def unreduced(arrays, options, mask):
            labels, predictions = arrays.values()
            predictions = class_axis_last(predictions, options["axis"])
            labels = labels.reshape(predictions.shape[:-1])  # drops a last axis of 1
            return at_positions(
                labels.shape,
                mask,
                lambda at: None
                if labels_ignored(labels[at], options)
                else formula(int(labels[at]), list(predictions[at]), options),
            )

        return whole(name, **{"axis": -1, **defaults})(unreduced)

    return register


def at_positions(shape, mask, at):
    """Calls `at` where the mask is true; it answers None for an ignored label."""
    losses = np.empty(shape, dtype=object)
    class_weights = np.empty(shape, dtype=object)
    valid = np.zeros(shape, dtype=bool)
    allowed = leading(mask, shape)
    for index in np.ndindex(shape):
        answer = at(index) if allowed[index] else None
        losses[index], class_weights[index] = Var(0), 1
        if answer is not None:
            valid[index] = True
            loss, weight = answer if isinstance(answer, tuple) else (answer, 1)
            losses[index], class_weights[index] = lift(loss), weight
    return Unreduced(losses, valid, class_weights)


def labels_ignored(label, options):
    ignore = options.get("ignoreIndex")
    return ignore is not None and (label.value if isinstance(label, Var) else label) == ignore


def column(options, at):
    """The options at one element: some may have one entry per last-axis index."""
    own = {
        name: options[name][at[-1]]
        for name in ("posWeight", "quantile")
        if isinstance(options.get(name), list)
    }
    return {**options, **own}


def class_axis_last(array, axis):
    axes = [a % array.ndim for a in (axis if isinstance(axis, list) else [axis])]
    rest = [a for a in range(array.ndim) if a not in axes]
    return array.transpose(rest + axes).reshape([array.shape[a] for a in rest] + [-1])


def leading(array, shape):
    """Aligns with the leading axes of `shape`, then broadcasts."""
    array = np.asarray(array)
    return np.broadcast_to(array.reshape(array.shape + (1,) * (len(shape) - array.ndim)), shape)


def total(array):
    return sum(np.ravel(array), Var(0))


def quotient(numerator, denominator):
    """0 where nothing counts."""
    denominator = lift(denominator)
    return numerator / denominator if denominator.value != 0 else Var(0)


def mass(weights, unreduced):
    found = lift(total(weights * unreduced.class_weights))
    return found if found.value != 0 else unreduced.mass_if_none


def reduce(unreduced, weights, reduction):
    losses, valid = unreduced.losses, unreduced.valid
    weights = np.where(valid, 1 if unreduced.weighted else leading(weights, losses.shape), 0)
    weighted = losses * weights
    if reduction == "none":
        return weighted
    if reduction == "perExample":
        if losses.ndim == 0:
            return weighted
        return np.array(
            [quotient(total(weighted[i]), int(np.sum(valid[i]))) for i in range(len(losses))],
            dtype=object,
        )
    count = {
        "sum": lambda: 1,
        "mean": lambda: int(np.sum(valid)),
        "weightedMean": lambda: mass(weights, unreduced),
        "meanOverNonzeroWeights": lambda: sum(
            1 for weight in np.ravel(weights) if lift(weight).value != 0
        ),
        "meanOverNonzeroLosses": lambda: sum(
            1 for loss in np.ravel(weighted) if lift(loss).value != 0
        ),
    }[reduction]()
    return np.array(quotient(total(weighted), count), dtype=object)


def differentiable(options):
    """The options by which a loss is differentiated: those that came as lists."""
    return {name: np.asarray(options[name], float) for name in DIFFERENTIABLE
            if isinstance(options.get(name), list)}


def prepare(options, inputs):
    """The inputs, with them some of the options, and the weights as arrays of variables."""
    arrays = {
        name: array if array.dtype.kind in "iub" else variables(array)
        for name, array in {**inputs, **differentiable(options)}.items()
    }
    return arrays, variables(np.asarray(options.get("weights", 1.0), dtype=float))


def compute(loss, options, arrays, weights):
    definition = LOSSES[loss]
    unreduced = definition.unreduced(
        arrays, {**definition.defaults, **options, "weights": weights}, options.get("mask", True)
    )
    return np.asarray(reduce(unreduced, weights, options.get("reduction", "perExample")))


def evaluate(loss, options, inputs, wrt=()):
    """The value, and the gradients of the sum of the value, as float64 arrays."""
    arrays, weights = prepare(options, inputs)
    value = compute(loss, options, arrays, weights)
    arrays["weights"] = weights
    flat = [variable for name in wrt for variable in np.ravel(arrays[name])]
    slopes = iter(gradients(total(value), flat))
    return floats(value), {
        name: floats(np.array([next(slopes) for _ in np.ravel(arrays[name])], dtype=object)
                     .reshape(arrays[name].shape))
        for name in wrt
    }


def confirm_by_differences(loss, options, inputs, wrt, most=40):
    """Compares gradients with central differences; at most so many entries of each input."""
    arrays, weights = prepare(options, inputs)
    step = mpmath.mpf(10) ** -120

    def sum_at(variable, value):
        variable.value = value
        return total(compute(loss, options, arrays, weights)).value

    slopes = evaluate(loss, options, inputs, wrt)[1]
    for name in wrt:
        entries = np.ravel(weights if name == "weights" else arrays[name])
        for i in range(0, len(entries), -(-len(entries) // most)):
            variable, middle = entries[i], entries[i].value
            if not mpmath.isfinite(middle):
                continue
            difference = sum_at(variable, middle + step) - sum_at(variable, middle - step)
            variable.value = middle
            expected, got = float(difference / (2 * step)), np.ravel(slopes[name])[i]
            if abs(got - expected) > 1e-12 * max(1, abs(expected)):
                yield f"the gradient of {name}[{i}] is {got}, by differences {expected}"


def floats(array):
    result = np.empty(array.shape)
    for index in np.ndindex(array.shape):
        number = array[index]
        result[index] = float(number.value if isinstance(number, Var) else number)
    return result


# Regression


@elementwise("meanSquaredError")
def _(y, x, o):
    return (x - y) * (x - y)


@elementwise("meanAbsoluteError")
def _(y, x, o):
    return absolute(x - y)


@elementwise("huber", delta=1)
def _(y, x, o):
    error = absolute(x - y)
    delta = mpmath.mpf(o["delta"])
    return error * error / 2 if error.value <= delta else delta * (error - delta / 2)


@elementwise("halfSquaredError")
def _(y, x, o):
    return (x - y) * (x - y) / 2


@elementwise("smoothL1", beta=1)
def _(y, x, o):
    error, beta = absolute(x - y), mpmath.mpf(o["beta"])
    return error * error / (2 * beta) if error.value < beta else error - beta / 2


@elementwise("meanAbsolutePercentageError", epsilon=1e-7, percent=True)
def _(y, x, o):
    error = absolute(y - x) / bounded_below(absolute(y), mpmath.mpf(o["epsilon"]))
    return 100 * error if o["percent"] else error


@elementwise("meanSquaredLogarithmicError", epsilon=1e-7)
def _(y, x, o):
    least = 1 + mpmath.mpf(o["epsilon"])
    error = log_bounded(1 + x, least) - log_bounded(1 + y, least)
    return error * error


@elementwise("logCosh")
def _(y, x, o):
    return log((exp(x - y) + exp(y - x)) / 2)


@elementwise("quantile", quantile=0.5)
def _(y, x, o):
    tau, error = mpmath.mpf(o["quantile"]), y - x
    return largest([tau * error, (tau - 1) * error]) if error.value else Var(0)


@elementwise("wing", width=5, curvature=0.5)
def _(y, x, o):
    error, width, curvature = absolute(x - y), mpmath.mpf(o["width"]), mpmath.mpf(o["curvature"])
    if error.value < width:
        return width * log(1 + error / curvature)
    return error - (width - width * mpmath.log(1 + width / curvature))


def cosine(y, x, o):
    def norm(vector):
        return bounded_below(sqrt(sum(v * v for v in vector)), mpmath.mpf(o["epsilon"]))

    return sum(a * b for a, b in zip(y, x)) / (norm(y) * norm(x))


@rows("cosineSimilarity", epsilon=1e-7)
def _(y, x, o):
    return -cosine(y, x, o)


@rows("cosineDistance", epsilon=1e-7)
def _(y, x, o):
    return 1 - cosine(y, x, o)


# Classification


def unit(o):
    """Divides nats into the unit of the chosen base."""
    return mpmath.log(mpmath.mpf(o["base"])) if o.get("base") else mpmath.mpf(1)


def log_softmax(x):
    normalizer = log(sum(exp(v) for v in x))
    return [v - normalizer for v in x], normalizer


def log_probabilities(x, o):
    """The logarithms of a row of predictions, and the log-sum-exp of its logits."""
    if not o["fromLogits"]:
        sum_of_row = sum(x) if any(v.value for v in x) else 1
        return [log_bounded(v / sum_of_row, o["epsilon"]) for v in x], None
    if o.get("softcap"):
        cap = mpmath.mpf(o["softcap"])
        x = [cap * tanh(v / cap) for v in x]
    if o.get("temperature"):
        x = [v / mpmath.mpf(o["temperature"]) for v in x]
    return log_softmax(x)


def z_loss(normalizer, o):
    return mpmath.mpf(o["zLoss"]) * normalizer * normalizer if o.get("zLoss") else 0


def class_weight(o, c):
    return mpmath.mpf(o["classWeights"][c]) if o.get("classWeights") else mpmath.mpf(1)


@rows("categoricalCrossentropy", fromLogits=False, labelSmoothing=0, epsilon=1e-7)
def _(y, x, o):
    smoothing = mpmath.mpf(o["labelSmoothing"])
    logs, normalizer = log_probabilities(x, o)
    y = [v * (1 - smoothing) + smoothing / len(x) for v in y]
    loss = -sum(class_weight(o, c) * y[c] * logs[c] for c in range(len(x)))
    return loss / unit(o) + z_loss(normalizer, o)


@sparse_rows("sparseCategoricalCrossentropy", fromLogits=False, labelSmoothing=0, epsilon=1e-7)
def _(y, x, o):
    smoothing = mpmath.mpf(o["labelSmoothing"])
    logs, normalizer = log_probabilities(x, o)
    loss = (smoothing - 1) * class_weight(o, y) * logs[y]
    if smoothing:
        uniform = smoothing / len(x)
        loss = loss - uniform * sum(class_weight(o, c) * logs[c] for c in range(len(x)))
    return loss / unit(o) + z_loss(normalizer, o), class_weight(o, y)


@sparse_rows("negativeLogLikelihood")
def _(y, x, o):
    return -class_weight(o, y) * x[y], class_weight(o, y)


@elementwise("binaryCrossentropy", fromLogits=False, labelSmoothing=0, posWeight=1, epsilon=1e-7)
def _(y, x, o):
    smoothing = mpmath.mpf(o["labelSmoothing"])
    y = y * (1 - smoothing) + smoothing / 2
    if o["fromLogits"]:
        positive, negative = -log(1 + exp(-x)), -log(1 + exp(x))
    else:
        positive, negative = log_bounded(x, o["epsilon"]), log_bounded(1 - x, o["epsilon"])
    return -(mpmath.mpf(o["posWeight"]) * y * positive + (1 - y) * negative) / unit(o)


@rows("brier")
def _(y, x, o):
    return sum((p - label) * (p - label) for p, label in zip(x, y))


# Margin


def signed(name, **defaults):
    """Elementwise, of a label that has been made -1 or 1."""

    def register(formula):
        def of_any_label(y, x, o):
            if o["labels"] == "binary" or (o["labels"] == "auto" and o["all binary"]):
                y = 2 * y - 1
            return formula(y, x, o)

        elementwise(name, **{"labels": "auto", **defaults})(of_any_label)
        LOSSES[name].unreduced = with_all_binary(LOSSES[name].unreduced)
        return formula

    return register


def with_all_binary(unreduced):
    """`labels: 'auto'` asks whether every label of the batch is 0 or 1."""

    def wrapped(arrays, options, mask):
        labels = [lift(label).value for label in np.ravel(next(iter(arrays.values())))]
        return unreduced(arrays, {**options, "all binary": all(y in (0, 1) for y in labels)}, mask)

    return wrapped


@signed("hinge", margin=1)
def hinge(y, x, o):
    return relu(mpmath.mpf(o["margin"]) - y * x)


@signed("squaredHinge", margin=1)
def _(y, x, o):
    return hinge(y, x, o) * hinge(y, x, o)


@signed("softMargin")
def _(y, x, o):
    return log(1 + exp(-(y * x)))


@signed("exponential")
def _(y, x, o):
    return exp(-(y * x))


@signed("perceptron")
def _(y, x, o):
    return relu(-(y * x))


@signed("hingeEmbedding", margin=1)
def _(y, x, o):
    """Between the two labels it is linear."""
    return (1 + y) / 2 * x + (1 - y) / 2 * relu(mpmath.mpf(o["margin"]) - x)


def excess(y, x):
    """How far the best wrong class is above the true one; -infinity if there is no other."""
    return largest([v for c, v in enumerate(x) if c != y]) - x[y]


@sparse_rows("multiclassHinge", margin=1)
def _(y, x, o):
    return relu(mpmath.mpf(o["margin"]) + excess(y, x))


@sparse_rows("multiclassPerceptron")
def _(y, x, o):
    return relu(excess(y, x))


@rows("categoricalHinge", margin=1)
def _(y, x, o):
    positive = sum(a * b for a, b in zip(y, x))
    negative = largest([v for v, label in zip(x, y) if label.value == 0])
    return relu(negative - positive + mpmath.mpf(o["margin"]))


# Divergence


@rows("entropy", fromLogits=False)
def _(p, o):
    if o["fromLogits"]:
        logs, _normalizer = log_softmax(p)
        return -sum(exp(v) * v for v in logs) / unit(o)
    return -sum(x_log_x(v) for v in p) / unit(o)


@rows("crossEntropy", fromLogits=False)
def _(p, q, o):
    logs = log_softmax(q)[0] if o["fromLogits"] else [log(v) for v in q]
    return -sum(a * b for a, b in zip(p, logs)) / unit(o)


def bounded_term(y, log_p, p, epsilon):
    """y log y - y log p with y bounded below; bounded or 0, y log y has no derivative."""
    if epsilon is None or y.value >= epsilon:
        return x_log_x(y) - y * log_p
    if p.value < epsilon:
        return Var(0)
    bounded = Var(epsilon, ((y, 1),))
    return x_log_x(Var(epsilon)) - bounded * log_p


@rows("klDivergence", predictionFormat="probabilities", labelFormat="probabilities", epsilon=1e-7)
def _(y, x, o):
    epsilon, temperature = o["epsilon"], mpmath.mpf(o.get("temperature") or 1)

    def logarithms(row, form):
        if form == "probabilities":
            return [log_bounded(v, epsilon) for v in row]
        return log_softmax([v / temperature for v in row])[0] if form == "logits" else row

    predicted = logarithms(x, o["predictionFormat"])
    if o["labelFormat"] == "probabilities":
        least = epsilon if o["predictionFormat"] == "probabilities" else None
        return sum(bounded_term(a, b, v, least) for a, b, v in zip(y, predicted, x)) / unit(o)
    logs = logarithms(y, o["labelFormat"])
    return sum(exp(a) * (a - b) for a, b in zip(logs, predicted)) / unit(o)


# More definitions, which need what is above.

import reference_classification  # noqa: E402, F401
import reference_detection  # noqa: E402, F401
import reference_divergence  # noqa: E402, F401
import reference_embedding  # noqa: E402, F401
import reference_generative  # noqa: E402, F401
import reference_image  # noqa: E402, F401
import reference_language  # noqa: E402, F401
import reference_margin  # noqa: E402, F401
import reference_ranking  # noqa: E402, F401
import reference_pairs  # noqa: E402, F401
import reference_preference  # noqa: E402, F401
import reference_regression  # noqa: E402, F401
import reference_reinforcement  # noqa: E402, F401
import reference_segmentation  # noqa: E402, F401
import reference_sequence  # noqa: E402, F401
import reference_survival  # noqa: E402, F401
import reference_tuples  # noqa: E402, F401
import reference_views  # noqa: E402, F401
