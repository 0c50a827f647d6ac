"""Losses of ranked lists."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .numerics import mul_no_nan, normalized, of_rank, quotient


def items_of(labels, valid):
    """Which entries of lists are items: those that count and have no negative label."""
    is_item = labels >= 0
    if valid is None:
        return is_item
    return ops.logical_and(is_item, of_rank(valid, len(labels.shape)))


@loss("(...,L),(...,L)->(...,L)->(...)", normalize_labels=False)
def ranking_softmax(labels, predictions, o, valid, weights):
    """−Σᵢ wᵢ·yᵢ·ln softmax(x)ᵢ over the items of a list; those with negative labels are padding."""
    is_item = items_of(labels, valid)
    has_items = ops.any(is_item, axis=-1, keepdims=True)
    scores = keep(has_items, keep(is_item, predictions, -math.inf), 0)
    relevance = keep(is_item, labels, 0)
    y = normalized(relevance) if o.normalize_labels else relevance
    losses = -mul_no_nan(y, ops.log_softmax(scores, axis=-1))
    if weights is not None:
        losses = mul_no_nan(weights, losses)
    return Unreduced(ops.sum(losses, axis=-1), valid=has_items[..., 0])


def compared(f, of_first, of_second=None):
    """A function of all pairs of entries i and j of a list, `[..., L, L]`."""
    of_second = of_first if of_second is None else of_second
    return f(ops.expand_dims(of_first, -1), ops.expand_dims(of_second, -2))


def ranks_above(labels, is_item):
    """Whether item i is to rank above item j, by their labels."""
    return ops.logical_and(compared(ops.greater, labels), compared(ops.logical_and, is_item))


def is_same(labels):
    """Whether an entry is paired with itself."""
    return compared(ops.equal, ops.arange(labels.shape[-1]))


def is_no_higher(labels, is_item):
    """Whether item j ranks no higher than item i, equal labels in the order of the list; so it is
    of each entry and itself, and of no other pair with padding.
    """
    are_equal = ops.logical_and(compared(ops.equal, labels), compared(ops.logical_and, is_item))
    is_later = compared(ops.less, ops.arange(labels.shape[-1]))
    above = ops.logical_or(ranks_above(labels, is_item), ops.logical_and(are_equal, is_later))
    return ops.logical_or(above, is_same(labels))


def pairwise(f, labels, predictions, o, valid):
    """Of each item i the sum of f of (s_i − s_j) / T over the items j with y_i > y_j."""
    is_item = items_of(labels, valid)
    is_pair = ranks_above(labels, is_item)
    difference = keep(is_pair, compared(ops.subtract, predictions), 0)
    losses = f(difference / o.temperature)
    return sums_over_pairs(losses, is_pair, is_item, labels, predictions, o)


def sums_over_pairs(losses, is_pair, is_item, labels, predictions, o):
    """Of each item the sum over its pairs, each times what it counts; the item counts as much."""
    if o.lambda_weight is None:
        weights = ops.cast(is_pair, losses.dtype)
    else:
        weights = keep(is_pair, lambda_weights(labels, predictions, is_item, o), 0)
    weights = ops.stop_gradient(weights)
    mass = ops.sum(weights, axis=-1)
    return Unreduced(ops.sum(mul_no_nan(weights, losses), axis=-1), mass=mass, valid=is_item)


LAMBDA = {"lambda_weight": None, "top_n": None, "smooth_fraction": 0}

# More counts as this where gains are not divided, so that products with them are float32.
MOST_RELEVANT = 100


def lambda_conflict(o):
    if o.lambda_weight == "precision" and o.top_n is None:
        return 'lambda_weight="precision" is that of the top_n highest scores; expected top_n'
    return None


def lambda_weights(labels, scores, is_item, o):
    """How much each pair of items counts, by what a metric makes of it."""
    y, ranks = keep(is_item, labels, 0), ranks_by(scores, is_item)
    top_n = labels.shape[-1] if o.top_n is None else o.top_n
    is_within = ranks <= top_n
    if o.lambda_weight == "labelDifference":
        weights = ops.abs(compared(ops.subtract, y))
    elif o.lambda_weight == "precision":
        is_hit = ops.logical_and(compared(ops.not_equal, y >= 1), compared(ops.not_equal, is_within))
        weights = ops.cast(is_hit, scores.dtype)
    elif o.lambda_weight == "dcg":
        gains = gain_differences(ops.minimum(y, MOST_RELEVANT), 0)
        weights = gains * discount_differences(ranks, is_within, is_item, o.smooth_fraction)
    else:
        largest, by_label = ops.max(y, axis=-1, keepdims=True), ranks_by(y, is_item)
        best = ops.sum(keep(by_label <= top_n, gains_of(y, largest) / ops.log1p(by_label), 0), axis=-1)
        gains = gain_differences(y, ops.expand_dims(largest, -1))
        discounts = discount_differences(ranks, is_within, is_item, o.smooth_fraction)
        weights = quotient(gains * discounts, best[..., None, None])
    return keep(compared(ops.logical_or, is_within), weights, 0)


def ranks_by(numbers, is_item):
    """The rank of each item by numbers such as labels, equal ones in the order of the list."""
    return ops.sum(ops.cast(is_no_higher(numbers, is_item), numbers.dtype), axis=-2)


def gains_of(y, scale=0):
    """2^y − 1, divided by 2^scale."""
    return -ops.exp(math.log(2) * (y - scale)) * ops.expm1(-math.log(2) * y)


def gain_differences(y, scale):
    """|2^y_i − 2^y_j|, divided by 2^scale."""
    higher, apart = compared(ops.maximum, y), ops.abs(compared(ops.subtract, y))
    return -ops.exp(math.log(2) * (higher - scale)) * ops.expm1(-math.log(2) * apart)


def discount_difference(r, by):
    """1 / ln(1 + r) − 1 / ln(1 + r + by)."""
    return ops.log1p(by / (1 + r)) / (ops.log1p(r) * ops.log1p(r + by))


def discount_differences(ranks, is_within, is_item, smooth_fraction):
    """Differences of discounts, times the number of items."""
    lower, higher = compared(ops.minimum, ranks), compared(ops.maximum, ranks)
    # An entry and itself are no pair.
    apart = ops.maximum(higher - lower, 1)
    are_within = compared(ops.logical_and, is_within)
    of_ranks = ops.where(are_within, discount_difference(lower, apart), 1 / ops.log1p(lower))
    mixed = (1 - smooth_fraction) * discount_difference(apart, 1) + smooth_fraction * of_ranks
    items = ops.sum(ops.cast(is_item, ranks.dtype), axis=-1)
    return items[..., None, None] * mixed


@loss("(...,L),(...,L)->(...,L)", _check=lambda_conflict, temperature=1, **LAMBDA)
def pairwise_logistic(labels, predictions, o, valid):
    """Σ_j ln(1 + e^−((s_i − s_j)/T)) over the items j that are less relevant than i."""
    return pairwise(lambda x: ops.softplus(-x), labels, predictions, o, valid)


@loss("(...,L),(...,L)->(...,L)", _check=lambda_conflict, temperature=1, margin=1, **LAMBDA)
def pairwise_hinge(labels, predictions, o, valid):
    """Σ_j max(0, margin − (s_i − s_j)/T) over the items j that are less relevant than i."""
    return pairwise(lambda x: ops.relu(o.margin - x), labels, predictions, o, valid)


@loss("(...,L),(...,L)->(...,L)", _check=lambda_conflict, temperature=1, **LAMBDA)
def pairwise_soft_zero_one(labels, predictions, o, valid):
    """Σ_j 1 − σ((s_i − s_j)/T) over the items j that are less relevant than i."""
    return pairwise(lambda x: ops.sigmoid(-x), labels, predictions, o, valid)


@loss("(...,L),(...,L)->(...,L)", _check=lambda_conflict, **LAMBDA)
def pairwise_mean_squared_error(labels, predictions, o, valid):
    """Σ_j ((s_i − s_j) − (y_i − y_j))² over the other items j."""
    is_item = items_of(labels, valid)
    is_pair = ops.logical_and(compared(ops.logical_and, is_item), ops.logical_not(is_same(labels)))
    of_scores, of_labels = (keep(is_pair, compared(ops.subtract, x), 0) for x in (predictions, labels))
    squares = ops.square(of_scores - of_labels)
    return sums_over_pairs(squares, is_pair, is_item, labels, predictions, o)


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=1)
def list_mle(labels, predictions, o, valid):
    """Σᵢ ln Σ_j e^(s_j/T) − s_i/T, over the items j from i on in the order of their labels."""
    is_item = items_of(labels, valid)
    scores = keep(is_item, predictions, 0) / o.temperature
    is_left = is_no_higher(labels, is_item)
    left = keep(is_left, ops.expand_dims(scores, -2), -math.inf)
    logs = keep(is_same(labels), ops.log_softmax(left, axis=-1), 0)
    return Unreduced(-ops.sum(logs, axis=(-2, -1)), valid=ops.any(is_item, axis=-1))


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=1)
def unique_softmax(labels, predictions, o, valid):
    """Σᵢ (2^y_i − 1)·(ln(e^(s_i/T) + Σ_j e^(s_j/T)) − s_i/T), over the items j less relevant than i."""
    is_item = items_of(labels, valid)
    y, scores = keep(is_item, labels, 0), keep(is_item, predictions, 0) / o.temperature
    is_compared = ops.logical_or(is_same(labels), ranks_above(labels, is_item))
    compared_scores = keep(is_compared, ops.expand_dims(scores, -2), -math.inf)
    logs = ops.sum(keep(is_same(labels), ops.log_softmax(compared_scores, axis=-1), 0), axis=-1)
    gains = gains_of(ops.minimum(y, MOST_RELEVANT))
    return Unreduced(-ops.sum(gains * logs, axis=-1), valid=ops.any(is_item, axis=-1))


def approximate_ranks(scores, is_item, temperature):
    """½ + Σ_j σ((s_j − s_i)/T)."""
    leads = compared(lambda own, other: other - own, scores) / temperature
    return 0.5 + ops.sum(keep(ops.expand_dims(is_item, -2), ops.sigmoid(leads), 0), axis=-1)


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=0.1)
def approx_mrr(labels, predictions, o, valid):
    """−Σᵢ y_i/r_i, divided by Σᵢ y_i, with approximate ranks r_i = ½ + Σ_j σ((s_j − s_i)/T)."""
    is_item = items_of(labels, valid)
    y, s = keep(is_item, labels, 0), keep(is_item, predictions, 0)
    reciprocal = normalized(y) / approximate_ranks(s, is_item, o.temperature)
    return Unreduced(-ops.sum(reciprocal, axis=-1), valid=ops.any(y > 0, axis=-1))


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=0.1)
def approx_ndcg(labels, predictions, o, valid):
    """−Σᵢ (2^y_i − 1)/ln(1 + r_i), divided by the same of the best order, with approximate ranks
    r_i = ½ + Σ_j σ((s_j − s_i)/T).
    """
    is_item = items_of(labels, valid)
    y, s = keep(is_item, labels, 0), keep(is_item, predictions, 0)
    is_relevant = ops.any(y > 0, axis=-1)
    # Divided by 2^y of the most relevant item: 2^y itself may be beyond the range of floats.
    gains = gains_of(y, ops.stop_gradient(ops.max(y, axis=-1, keepdims=True)))
    ranks = approximate_ranks(s, is_item, o.temperature)
    best = keep(is_relevant, ops.sum(gains / ops.log1p(ranks_by(y, is_item)), axis=-1), 1)
    gained = ops.sum(gains / ops.log1p(ranks), axis=-1)
    return Unreduced(keep(is_relevant, -gained / best, 0), valid=is_relevant)


@loss("(...),(...)->(...)", margin=0)
def bradley_terry(chosen, rejected, o):
    """−ln σ(chosen − rejected − margin)."""
    return ops.softplus(o.margin - (chosen - rejected))


def exceeds(labels, predictions):
    """Whether the class of each label lies above each threshold."""
    return ops.expand_dims(labels, -1) > ops.arange(predictions.shape[-1], dtype="int32")


@loss("(...),(...,K)->(...)", _labels="ordered", threshold_weights=None)
def coral(labels, predictions, o):
    """Σ_k −w_k·ln σ(±x_k), + for the thresholds k below the class of the label."""
    losses = ops.softplus(ops.where(exceeds(labels, predictions), -predictions, predictions))
    weights = 1 if o.threshold_weights is None else o.threshold_weights
    return ops.sum(weights * losses, axis=-1)


@loss("(...),(...,K)->(...)", _labels="ordered")
def corn(labels, predictions, o):
    """−ln σ(x_k) for each threshold k below the class of the label, and −ln σ(−x_k) for the next."""
    losses = ops.softplus(ops.where(exceeds(labels, predictions), -predictions, predictions))
    is_task = exceeds(labels + 1, predictions)
    tasks = ops.sum(ops.cast(is_task, losses.dtype), axis=-1)
    return Unreduced(ops.sum(keep(is_task, losses, 0), axis=-1), mass=tasks)
