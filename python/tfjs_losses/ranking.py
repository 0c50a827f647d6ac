"""Losses of ranked lists."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .numerics import mul_no_nan, normalized, of_rank


@loss("(...,L),(...,L)->(...,L)->(...)", normalize_labels=False)
def ranking_softmax(labels, predictions, o, valid, weights):
    """−Σᵢ wᵢ·yᵢ·ln softmax(x)ᵢ over the items of a list; those with negative labels are padding."""
    is_item = labels >= 0
    if valid is not None:
        is_item = ops.logical_and(is_item, of_rank(valid, len(labels.shape)))
    has_items = ops.any(is_item, axis=-1, keepdims=True)
    scores = keep(has_items, keep(is_item, predictions, -math.inf), 0)
    relevance = keep(is_item, labels, 0)
    y = normalized(relevance) if o.normalize_labels else relevance
    losses = -mul_no_nan(y, ops.log_softmax(scores, axis=-1))
    if weights is not None:
        losses = mul_no_nan(weights, losses)
    return Unreduced(ops.sum(losses, axis=-1), valid=has_items[..., 0])
