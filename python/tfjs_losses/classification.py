"""Losses of classes."""

import math

from keras import ops

from .base import REQUIRED, Unreduced, in_range, loss
from .domain import LOG_PROBABILITY, NORMALIZED, PROBABILITY, unless
from .numerics import (
    at_least,
    at_most,
    bounded_log,
    bounded_power,
    bounded_power_log,
    is_class,
    keep,
    mul_no_nan,
    nan_unless,
    normalized,
    pick,
    replace,
    signed_labels,
    smoothed,
)

CLASS_PREDICTIONS = dict(from_logits=False, label_smoothing=0, epsilon=1e-7, axis=-1)
CROSSENTROPY = dict(
    CLASS_PREDICTIONS, class_weights=None, temperature=1, softcap=None, z_loss=0, base=math.e
)


def scale_logits(logits, o):
    """Logits after softcap (c·tanh(x/c)) and temperature (x/T)."""
    capped = logits if o.softcap is None else o.softcap * ops.tanh(logits / o.softcap)
    return capped / o.temperature


def log_probabilities(predictions, o):
    """Of logits by log-softmax, of probabilities (made to sum to 1) by a bounded logarithm."""
    if o.from_logits:
        return ops.log_softmax(scale_logits(predictions, o))
    return bounded_log(normalized(predictions), o.epsilon)


def plus_z_loss(values, logits, o):
    """Adds z_loss·(ln Σ eˣ)², which keeps logits from drifting away together."""
    if o.z_loss == 0:
        return values
    return values + o.z_loss * ops.square(ops.logsumexp(scale_logits(logits, o), axis=-1))


@loss("(...,C),(...,C)->(...)", _range=unless("from_logits", NORMALIZED), **CROSSENTROPY)
def categorical_crossentropy(labels, predictions, o):
    """−Σ_c w_c·y_c·ln p_c, with labels smoothed to (1 − s)·y + s/C, plus z_loss·(ln Σ eˣ)²."""
    y = smoothed(labels, o.label_smoothing, predictions.shape[-1])
    surprise = mul_no_nan(y, log_probabilities(predictions, o))
    if o.class_weights is None:
        return plus_z_loss(-ops.sum(surprise, axis=-1), predictions, o)
    values = -ops.sum(mul_no_nan(o.class_weights, surprise), axis=-1)
    mass = ops.sum(o.class_weights * labels, axis=-1)
    return Unreduced(plus_z_loss(values, predictions, o), mass=mass)


def sparse_crossentropy(labels, predictions, o):
    """−(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c, plus z_loss·(ln Σ eˣ)², of class indices y."""
    classes = predictions.shape[-1]
    at_label = is_class(labels, classes)
    log_p = log_probabilities(predictions, o)
    likelihood = pick(log_p, at_label)
    mass = None
    if o.class_weights is not None:
        mass = pick(o.class_weights, at_label)
        likelihood = mul_no_nan(mass, likelihood)
        log_p = mul_no_nan(o.class_weights, log_p)
    if o.label_smoothing:
        share = o.label_smoothing
        likelihood = (1 - share) * likelihood + share / classes * ops.sum(log_p, axis=-1)
    return Unreduced(plus_z_loss(-likelihood, predictions, o), mass=mass)


@loss(
    "(...),(...,C)->(...)",
    _labels="classes",
    _range=unless("from_logits", NORMALIZED),
    ignore_class=None,
    **CROSSENTROPY,
)
def sparse_categorical_crossentropy(labels, predictions, o):
    """−(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c, plus z_loss·(ln Σ eˣ)², of class indices y."""
    return sparse_crossentropy(labels, predictions, o)


@loss(
    "(...),(...,C)->(...)",
    _labels="classes",
    _range=LOG_PROBABILITY,
    class_weights=None,
    ignore_index=-100,
    axis=-1,
)
def negative_log_likelihood(labels, predictions, o):
    """−w_y·(ln p)_y of given log-probabilities."""
    at_label = is_class(labels, predictions.shape[-1])
    surprise = -pick(predictions, at_label)
    if o.class_weights is None:
        return surprise
    mass = pick(o.class_weights, at_label)
    return Unreduced(mul_no_nan(mass, surprise), mass=mass)


BINARY = dict(
    _range=unless("from_logits", PROBABILITY),
    from_logits=False,
    label_smoothing=0,
    pos_weight=None,
    axis=None,
    epsilon=1e-7,
    ignore_index=None,
)


def logit_surprises(x):
    """−ln σ(x) and −ln(1 − σ(x))."""
    return ops.softplus(-x), ops.softplus(x)


def binary_surprise(labels, predictions, o):
    """−w·y·ln p − (1 − y)·ln(1 − p), of labels that are smoothed already."""
    if o.from_logits:
        if_positive, if_negative = logit_surprises(predictions)
    else:
        if_positive = -bounded_log(predictions, o.epsilon)
        if_negative = -bounded_log(1 - predictions, o.epsilon)
    positive = labels if o.pos_weight is None else o.pos_weight * labels
    return mul_no_nan(positive, if_positive) + mul_no_nan(1 - labels, if_negative)


@loss("(...),(...)->(...)", base=math.e, **BINARY)
def binary_crossentropy(labels, predictions, o):
    """−w·y·ln p − (1 − y)·ln(1 − p), with labels smoothed to y·(1 − s) + s/2."""
    return binary_surprise(smoothed(labels, o.label_smoothing, 2), predictions, o)


@loss("(...),(...)->(...)", gamma=2, alpha=None, reduced_threshold=None, normalized=False, **BINARY)
def binary_focal_crossentropy(labels, predictions, o, valid):
    """α_t·(1 − p_t)^γ·(−w·y·ln p − (1 − y)·ln(1 − p)).

    With `reduced_threshold` t the factor is ((1 − p_t)/t)^γ, and 1 where p_t < t; `normalized`
    divides by the sum of the factors.
    """
    y = smoothed(labels, o.label_smoothing, 2)
    factor = focus(y, predictions, o)
    values = factor * binary_surprise(y, predictions, o)
    if o.alpha is not None:
        values = mul_no_nan(of_label(y, o.alpha, 1 - o.alpha), values)
    if o.normalized:
        counted = factor if valid is None else keep(valid, factor, 0)
        values = values / at_least(ops.sum(counted), o.epsilon)
    return values


def of_label(y, one, zero):
    """What is so of a label of 1, and of a label of 0, in the shares of the two."""
    return y * one + (1 - y) * zero


def focus(y, predictions, o):
    """(1 − p_t)^γ, reduced or not."""
    if o.from_logits:
        p, not_p = ops.sigmoid(predictions), ops.sigmoid(-predictions)
    else:
        p, not_p = predictions, 1 - predictions
    missing = of_label(y, not_p, p)
    if o.reduced_threshold is None:
        return bounded_power(missing, o.gamma, o.epsilon)
    factor = bounded_power(missing / o.reduced_threshold, o.gamma, o.epsilon)
    return replace(factor, of_label(y, p, not_p) < o.reduced_threshold, 1)


def distribution_of(predictions, o):
    """Probabilities, and their logarithms."""
    if o.from_logits:
        log_p = ops.log_softmax(predictions)
        return ops.exp(log_p), log_p
    p = normalized(predictions)
    return p, bounded_log(p, o.epsilon)


CATEGORICAL_FOCAL = dict(
    CLASS_PREDICTIONS,
    _range=unless("from_logits", NORMALIZED),
    gamma=2,
    alpha=0.25,
    ignore_index=None,
)


def categorical_focal(labels, predictions, o):
    """−Σ_c α_c·(1 − p_c)^γ·y_c·ln p_c, with labels smoothed to (1 − s)·y + s/C."""
    p, log_p = distribution_of(predictions, o)
    factor = o.alpha * bounded_power(1 - p, o.gamma, o.epsilon)
    y = smoothed(labels, o.label_smoothing, predictions.shape[-1])
    return -ops.sum(mul_no_nan(factor * y, log_p), axis=-1)


@loss("(...,C),(...,C)->(...)", _indices="classes", **CATEGORICAL_FOCAL)
def categorical_focal_crossentropy(labels, predictions, o):
    """−Σ_c α_c·(1 − p_c)^γ·y_c·ln p_c, with labels smoothed to (1 − s)·y + s/C."""
    return categorical_focal(labels, predictions, o)


@loss("(...),(...,C)->(...)", _labels="classes", **CATEGORICAL_FOCAL)
def sparse_categorical_focal_crossentropy(labels, predictions, o):
    """−α_y·(1 − p_y)^γ·ln p_y of class indices y."""
    at_label = is_class(labels, predictions.shape[-1])
    return categorical_focal(ops.cast(at_label, predictions.dtype), predictions, o)


@loss(
    "(...,C),(...,C)->(...)",
    _indices="classes",
    _range=unless("from_logits", NORMALIZED),
    poly_epsilon=2,
    ignore_index=None,
    **CLASS_PREDICTIONS,
)
def poly_crossentropy(labels, predictions, o):
    """−Σ_c y_c·ln p_c + ε₁·Σ_c y_c·(1 − p_c), with labels smoothed to (1 − s)·y + s/C."""
    p, log_p = distribution_of(predictions, o)
    y = smoothed(labels, o.label_smoothing, predictions.shape[-1])
    return ops.sum(mul_no_nan(y, -log_p) + o.poly_epsilon * y * (1 - p), axis=-1)


@loss(
    "(...,C),(...,C)->(...)",
    _indices="classes",
    _range=unless("from_logits", PROBABILITY),
    q=0.5,
    from_logits=False,
    epsilon=1e-7,
    axis=-1,
    ignore_index=None,
)
def generalized_crossentropy(labels, predictions, o):
    """Σ_c y_c·(1 − p_c^q)/q."""
    if o.from_logits:
        power_log = ops.expm1(o.q * ops.log_softmax(predictions)) / o.q
    else:
        power_log = bounded_power_log(predictions, o.q, o.epsilon)
    return -ops.sum(labels * power_log, axis=-1)


@loss(
    "(...,C),(...,C)->(...)",
    _indices="classes",
    _range=unless("from_logits", NORMALIZED),
    alpha=0.1,
    beta=1,
    log_zero=-4,
    from_logits=False,
    epsilon=1e-7,
    axis=-1,
    ignore_index=None,
)
def symmetric_crossentropy(labels, predictions, o):
    """−α·Σ_c y_c·ln p_c − β·Σ_c p_c·ln y_c, where ln y is at least `log_zero`."""
    p, log_p = distribution_of(predictions, o)
    forward = ops.sum(mul_no_nan(labels, log_p), axis=-1)
    reverse = ops.sum(p * bounded_log(labels, math.exp(o.log_zero)), axis=-1)
    return -(o.alpha * forward + o.beta * reverse)


@loss("(...),(...)->(...)", gamma_positive=1, gamma_negative=4, clip=0.05)
def asymmetric(labels, predictions, o):
    """−y·(1 − p)^γ₊·ln p − (1 − y)·(1 − q)^γ₋·ln q, with p = σ(x) and q = min(1 − p + clip, 1)."""
    if_positive, if_negative = logit_surprises(predictions)
    log_rest, surprise = -if_positive, if_negative
    if o.clip:
        p = ops.sigmoid(predictions)
        is_spared = p <= o.clip
        log_rest = ops.log(replace(p - o.clip, is_spared, 1))
        surprise = -ops.log(replace(ops.sigmoid(-predictions) + o.clip, is_spared, 1))
    positive = focused(o.gamma_positive, -if_negative, if_positive)
    return mul_no_nan(labels, positive) + mul_no_nan(
        1 - labels, focused(o.gamma_negative, log_rest, surprise)
    )


def focused(gamma, log_of_rest, surprise):
    """A surprise times the power γ of what is given by its logarithm: its derivative is finite."""
    return surprise if gamma == 0 else ops.exp(gamma * log_of_rest) * surprise


@loss("(...,C),(...,C)->(...)", class_weights=None, axis=-1)
def multilabel_soft_margin(labels, predictions, o):
    """−(1/C)·Σ_c w_c·(y_c·ln σ(x_c) + (1 − y_c)·ln σ(−x_c))."""
    if_positive, if_negative = logit_surprises(predictions)
    surprise = mul_no_nan(labels, if_positive) + mul_no_nan(1 - labels, if_negative)
    if o.class_weights is not None:
        surprise = mul_no_nan(o.class_weights, surprise)
    return ops.mean(surprise, axis=-1)


@loss("(...,C),(...,C)->(...)", axis=-1)
def zlpr(labels, predictions):
    """ln(1 + Σ_{y=0} e^x) + ln(1 + Σ_{y=1} e^(−x)), with labels above ½ taken for 1."""
    is_positive = labels > 0.5
    # How far a logit is on the wrong side of 0; labels have the derivative 0, and NaN stays.
    wrong = predictions * (replace(ops.ones_like(labels), is_positive, -1) + 0 * labels)
    return softplus_of_sum(wrong, ops.logical_not(is_positive)) + softplus_of_sum(wrong, is_positive)


def softplus_of_sum(x, chosen):
    """ln(1 + Σ eˣ) of the chosen x over the last axis, also where there are none."""
    none = ops.max(replace(ops.zeros_like(x), chosen, 1), axis=-1, keepdims=True) == 0
    logits = replace(keep(chosen, x, -math.inf), none, 0)
    total = ops.softplus(ops.logsumexp(logits, axis=-1))
    return replace(total, ops.squeeze(none, -1), 0)


@loss(
    "(...),(...,C)->(...)",
    _labels="classes",
    priors=REQUIRED,
    tau=1,
    ignore_index=-100,
    axis=-1,
)
def logit_adjusted(labels, predictions, o):
    """−ln softmax(x + τ·ln π)_y of class indices y and priors π of the classes."""
    # Next to large logits, which a row may have in common, the logarithms would be lost.
    largest = ops.stop_gradient(ops.max(predictions, axis=-1, keepdims=True))
    log_p = ops.log_softmax(predictions - largest + o.tau * ops.log(o.priors))
    return -pick(log_p, is_class(labels, predictions.shape[-1]))


@loss(
    "(...),(...,C)->(...)",
    _labels="classes",
    counts=REQUIRED,
    max_margin=0.5,
    scale=30,
    axis=-1,
)
def ldam(labels, predictions, o):
    """−ln softmax(s·(x − m))_y, with a margin m ∝ n^(−1/4) at the class y of n examples alone."""
    at_label = is_class(labels, predictions.shape[-1])
    rarity = 1 / o.counts
    margins = o.max_margin * ops.sqrt(ops.sqrt(rarity / ops.max(rarity)))
    # Next to large logits, which a row may have in common, a margin would be lost.
    largest = ops.stop_gradient(ops.max(predictions, axis=-1, keepdims=True))
    logits = o.scale * (predictions - largest - keep(at_label, margins, 0))
    return -pick(ops.log_softmax(logits), at_label)


@loss("(B),(B)->(B)->()", _labels="integers", prior=REQUIRED)
def non_negative_pu(labels, predictions, o, valid):
    """π·E₊σ(−x) + max(0, E_u σ(x) − π·E₊σ(x)) of positive (1) and unlabelled (0) examples."""
    counted = ops.ones_like(labels, "bool") if valid is None else valid

    def mean(label, x):
        chosen = ops.logical_and(counted, labels == label)
        count = ops.sum(ops.cast(chosen, x.dtype))
        return ops.sum(keep(chosen, x, 0)) / at_least(count, 1)

    as_negative = ops.sigmoid(predictions)
    of_positives = o.prior * mean(1, ops.sigmoid(-predictions))
    of_negatives = mean(0, as_negative) - o.prior * mean(1, as_negative)
    is_known = ops.logical_or(in_range(labels, 2), ops.logical_not(counted))
    return nan_unless(ops.all(is_known), of_positives + ops.relu(of_negatives))


@loss(
    "(...),(...,C)->(...)",
    _labels="classes",
    gamma_positive=1,
    gamma_negative=4,
    label_smoothing=0.1,
    axis=-1,
)
def asymmetric_single_label(labels, predictions, o):
    """−(1 − s + s/C)·(1 − p_y)^γ₊·ln p_y − s/C·Σ_{c≠y} p_c^γ₋·ln p_c of class indices y."""
    classes = predictions.shape[-1]
    at_label = is_class(labels, classes)
    log_p = ops.log_softmax(predictions)
    of_label = pick(log_p, at_label)
    focused = bounded_power(-ops.expm1(of_label), o.gamma_positive, 1e-7) * of_label
    share = o.label_smoothing / classes
    if o.gamma_negative != 0:
        log_p = mul_no_nan(ops.exp(o.gamma_negative * log_p), log_p)
    of_others = ops.sum(replace(log_p, at_label, 0), axis=-1)
    return -(1 - o.label_smoothing + share) * focused - share * of_others


@loss("(...),(...)->(...)")
def sparsemax(labels, predictions):
    """f(x) − y·x, with f(x) = 0 up to −1, (x + 1)²/4 up to 1, and x from there on."""
    inner = at_most(at_least(predictions, -1.0), 1.0)
    # f(x) − y·x between −1 and 1, and what there is more of it outside, where an infinite x is
    # certain.
    bend = 0.25 * ops.square(inner + 1) - labels * inner
    above = mul_no_nan(1 - labels, ops.relu(predictions - 1))
    below = mul_no_nan(labels, ops.relu(-predictions - 1))
    return bend + above + below


@loss("(...),(...,C)->(...)", _labels="classes", axis=-1)
def multiclass_sparsemax(labels, predictions):
    """½ + ½·Σ_{c∈S} (x_c² − τ²) − x_y, where S is the classes whose probability max(0, x_c − τ) is
    not 0.
    """
    # A constant added to all logits cancels; without it no square is beyond float32.
    x = predictions - ops.stop_gradient(ops.max(predictions, axis=-1, keepdims=True))
    is_present = support_of(x)
    present = keep(is_present, x, 0)
    count = ops.sum(ops.cast(is_present, x.dtype), axis=-1)
    threshold = (ops.sum(present, axis=-1) - 1) / count
    squares = ops.sum(ops.square(present), axis=-1) - count * ops.square(threshold)
    return 0.5 + 0.5 * squares - pick(x, is_class(labels, x.shape[-1]))


def support_of(x):
    """The classes whose probability is not 0, of logits whose largest is 0."""
    # What lies 1 or more below the largest has no part.
    x = ops.stop_gradient(x)
    ordered = -ops.sort(-at_least(x, -1.0), axis=-1)
    rank = ops.arange(1, x.shape[-1] + 1, dtype=x.dtype)
    is_present = 1 + rank * ordered > ops.cumsum(ordered, axis=-1)
    count = ops.sum(ops.cast(is_present, x.dtype), axis=-1, keepdims=True)
    total = ops.sum(keep(is_present, ordered, 0), axis=-1, keepdims=True)
    # So that NaN is present, and stays.
    return ops.logical_not(x <= (total - 1) / count)


@loss("(...),(...)->(...)", labels="auto")
def soft_margin(labels, predictions, o):
    """ln(1 + e^(−y·x)) for a label y of −1 or 1."""
    return ops.softplus(-signed_labels(labels, o.labels) * predictions)


@loss("(...),(...)->(...)", labels="auto")
def exponential(labels, predictions, o):
    """e^(−y·x) for a label y of −1 or 1."""
    return ops.exp(-signed_labels(labels, o.labels) * predictions)


@loss("(...,C),(...,C)->(...)", axis=-1)
def brier(labels, predictions):
    """Σ_c (p_c − y_c)²."""
    return ops.sum(ops.square(predictions - labels), axis=-1)
