"""Losses of ranked lists."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .numerics import mul_no_nan, normalized, of_rank


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
    losses = keep(is_pair, f(difference / o.temperature), 0)
    count = ops.sum(ops.cast(is_pair, predictions.dtype), axis=-1)
    return Unreduced(ops.sum(losses, axis=-1), mass=count, valid=is_item)


@loss("(...,L),(...,L)->(...,L)", temperature=1)
def pairwise_logistic(labels, predictions, o, valid):
    """Σ_j ln(1 + e^−((s_i − s_j)/T)) over the items j that are less relevant than i."""
    return pairwise(lambda x: ops.softplus(-x), labels, predictions, o, valid)


@loss("(...,L),(...,L)->(...,L)", temperature=1, margin=1)
def pairwise_hinge(labels, predictions, o, valid):
    """Σ_j max(0, margin − (s_i − s_j)/T) over the items j that are less relevant than i."""
    return pairwise(lambda x: ops.relu(o.margin - x), labels, predictions, o, valid)


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=1)
def list_mle(labels, predictions, o, valid):
    """Σᵢ ln Σ_j e^(s_j/T) − s_i/T, over the items j from i on in the order of their labels."""
    is_item = items_of(labels, valid)
    scores = keep(is_item, predictions, 0) / o.temperature
    is_left = is_no_higher(labels, is_item)
    left = keep(is_left, ops.expand_dims(scores, -2), -math.inf)
    logs = keep(is_same(labels), ops.log_softmax(left, axis=-1), 0)
    return Unreduced(-ops.sum(logs, axis=(-2, -1)), valid=ops.any(is_item, axis=-1))


@loss("(...,L),(...,L)->(...,L)->(...)", temperature=0.1)
def approx_ndcg(labels, predictions, o, valid):
    """−Σᵢ (2^y_i − 1)/ln(1 + r_i), divided by the same of the best order, with approximate ranks
    r_i = ½ + Σ_j σ((s_j − s_i)/T).
    """
    is_item = items_of(labels, valid)
    y, s = keep(is_item, labels, 0), keep(is_item, predictions, 0)
    is_relevant = ops.any(y > 0, axis=-1)
    # Divided by 2^y of the most relevant item: 2^y itself may be beyond the range of floats.
    largest = ops.stop_gradient(ops.max(y, axis=-1, keepdims=True))
    gains = -ops.exp(math.log(2) * (y - largest)) * ops.expm1(-math.log(2) * y)
    leads = compared(lambda own, other: other - own, s) / o.temperature
    ranks = 0.5 + ops.sum(keep(ops.expand_dims(is_item, -2), ops.sigmoid(leads), 0), axis=-1)
    best_ranks = ops.sum(ops.cast(is_no_higher(labels, is_item), y.dtype), axis=-2)
    best = keep(is_relevant, ops.sum(gains / ops.log1p(best_ranks), axis=-1), 1)
    gained = ops.sum(gains / ops.log1p(ranks), axis=-1)
    return Unreduced(keep(is_relevant, -gained / best, 0), valid=is_relevant)


@loss("(...),(...)->(...)", margin=0)
def bradley_terry(chosen, rejected, o):
    """−ln σ(chosen − rejected − margin)."""
    return ops.softplus(o.margin - (chosen - rejected))


@loss("(...),(...,K)->(...)", _labels="ordered", threshold_weights=None)
def coral(labels, predictions, o):
    """Σ_k −w_k·ln σ(±x_k), + for the thresholds k below the class of the label."""
    thresholds = ops.arange(predictions.shape[-1], dtype="int32")
    is_above = ops.expand_dims(labels, -1) > thresholds
    losses = ops.softplus(ops.where(is_above, -predictions, predictions))
    weights = 1 if o.threshold_weights is None else o.threshold_weights
    return ops.sum(weights * losses, axis=-1)
