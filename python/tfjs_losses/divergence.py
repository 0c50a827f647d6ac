"""Information and the difference of distributions."""

import math

from keras import ops

from .base import loss
from .domain import LOG_PROBABILITY, NON_NEGATIVE, PROBABILITY, unless
from .numerics import at_least, bounded, bounded_log, mul_no_nan, replace, x_log_x

INFORMATION = dict(
    _range=unless("from_logits", PROBABILITY), from_logits=False, base=math.e, axis=-1
)
FORMATS = dict(prediction_format="probabilities", label_format="probabilities", axis=-1)
DIVERGENCE = dict(FORMATS, epsilon=1e-7, base=math.e)


def by_format(probabilities, log_probabilities=None):
    """The bounds of predictions of a format; logits have none."""
    bounds = {"probabilities": probabilities, "logProbabilities": log_probabilities}
    return lambda o: bounds.get(o.prediction_format)


DISTRIBUTION = by_format(PROBABILITY, LOG_PROBABILITY)


def log_of(given, format, temperature=1):
    """Log-probabilities of a distribution given by them or by logits, which the temperature
    divides.
    """
    return ops.log_softmax(given / temperature) if format == "logits" else given


def probabilities_of(given, format, temperature=1):
    return given if format == "probabilities" else ops.exp(log_of(given, format, temperature))


def log_where_present(q, p):
    """ln q, and 0 where p and q are 0: 0·ln 0 has neither a value nor a gradient."""
    is_absent = ops.logical_and(p == 0, q == 0)
    return ops.log(replace(q, is_absent, 1))


@loss("(...,C)->(...)", **INFORMATION)
def entropy(probabilities, o):
    """−Σ_c p_c·ln p_c, with 0·ln 0 = 0."""
    if not o.from_logits:
        return -ops.sum(x_log_x(probabilities), axis=-1)
    log_p = ops.log_softmax(probabilities)
    return -ops.sum(mul_no_nan(ops.exp(log_p), log_p), axis=-1)


@loss("(...,C),(...,C)->(...)", **INFORMATION)
def cross_entropy(p, q, o):
    """−Σ_c p_c·ln q_c, with 0·ln 0 = 0; nothing is bounded or normalised."""
    log_q = ops.log_softmax(q) if o.from_logits else log_where_present(q, p)
    return -ops.sum(mul_no_nan(p, log_q), axis=-1)


def kullback_leibler(labels, predictions, label_format, prediction_format, epsilon, temperature=1):
    """Σ_c y_c·(ln y_c − ln p_c)."""
    are_probabilities = label_format == prediction_format == "probabilities"
    if are_probabilities and epsilon is not None:
        return bounded_divergence(labels, predictions, epsilon)
    y = probabilities_of(labels, label_format, temperature)
    if prediction_format != "probabilities":
        log_p = log_of(predictions, prediction_format, temperature)
    elif epsilon is None:
        log_p = log_where_present(predictions, y)
    else:
        log_p = bounded_log(predictions, epsilon)
    if label_format == "probabilities":
        y_log_y = x_log_x(y)
    else:
        y_log_y = mul_no_nan(y, log_of(labels, label_format, temperature))
    return ops.sum(y_log_y - mul_no_nan(y, log_p), axis=-1)


def bounded_divergence(labels, predictions, epsilon):
    """Keras's form: both sides bounded from below, without a gradient where both are below."""
    is_absent = ops.logical_and(labels < epsilon, predictions < epsilon)
    y = at_least(labels, epsilon)
    terms = y * ops.log(y) - bounded(labels, epsilon) * bounded_log(predictions, epsilon)
    return ops.sum(replace(terms, is_absent, 0), axis=-1)


@loss("(...,C),(...,C)->(...)", _range=DISTRIBUTION, temperature=1, **DIVERGENCE)
def kl_divergence(labels, predictions, o):
    """Σ_c y_c·(ln y_c − ln p_c)."""
    return kullback_leibler(
        labels, predictions, o.label_format, o.prediction_format, o.epsilon, o.temperature
    )


@loss("(...,C),(...,C)->(...)", _range=by_format(NON_NEGATIVE), **DIVERGENCE)
def generalized_kl_divergence(labels, predictions, o):
    """Σ_c (y_c·(ln y_c − ln q_c) − y_c + q_c), also of what does not sum to 1."""
    y, q = labels, predictions
    # No two terms overflow together: what is left of e⁸⁰ has room for its logarithm, e⁸⁹ is
    # infinite.
    if o.label_format == "logProbabilities":
        y = bounded(y, high=80.0)
    if o.prediction_format == "logProbabilities":
        q = bounded(q, high=89.0)
    surplus = probabilities_of(q, o.prediction_format) - probabilities_of(y, o.label_format)
    divergence = kullback_leibler(y, q, o.label_format, o.prediction_format, o.epsilon)
    return divergence + ops.sum(surplus, axis=-1)


@loss("(...,C),(...,C)->(...)", _range=DISTRIBUTION, temperature=1, beta=0.5, **DIVERGENCE)
def jensen_shannon(labels, predictions, o):
    """β·KL(P‖M) + (1 − β)·KL(Q‖M) with M = β·P + (1 − β)·Q; at β = 0 KL(P‖Q), at β = 1 KL(Q‖P)."""
    ours, theirs = (labels, o.label_format), (predictions, o.prediction_format)
    if o.beta in (0, 1):
        (y, of_y), (q, of_q) = (ours, theirs) if o.beta == 0 else (theirs, ours)
        return kullback_leibler(y, q, of_y, of_q, o.epsilon, o.temperature)
    p = probabilities_of(*ours, o.temperature)
    q = probabilities_of(*theirs, o.temperature)
    mixture = o.beta * p + (1 - o.beta) * q
    # Where neither has anything, there is nothing to measure.
    log_m = ops.log(replace(mixture, mixture == 0, 1))

    def divergence(x, given, format):
        if format == "probabilities":
            return x_log_x(x) - x * log_m
        return mul_no_nan(x, log_of(given, format, o.temperature) - log_m)

    terms = o.beta * divergence(p, *ours) + (1 - o.beta) * divergence(q, *theirs)
    return ops.sum(terms, axis=-1)


@loss("(...,C),(...,C)->(...)", temperature=1, **FORMATS)
def total_variation(labels, predictions, o):
    """½·Σ_c |p_c − q_c|."""
    p = probabilities_of(labels, o.label_format, o.temperature)
    q = probabilities_of(predictions, o.prediction_format, o.temperature)
    return 0.5 * ops.sum(ops.abs(p - q), axis=-1)
