"""Losses of survival times."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .numerics import at_least


def as_vector(labels, log_hazards, o):
    """Log-hazards may have an axis of size 1 at their end."""
    if len(log_hazards.shape) == 2 and log_hazards.shape[1] == 1:
        log_hazards = ops.squeeze(log_hazards, -1)
    return labels, log_hazards


@loss("(B,2),(B)->(B)", _before=as_vector, ties="efron")
def cox(labels, log_hazards, o, valid):
    """ln Σ_j e^{h_j} − h_i of each event i; j runs over those at risk, whose time is not smaller.

    With `ties` "efron" each event leaves an even share of those of its time less at risk.
    """
    time, event = labels[:, 0], labels[:, 1]
    place = ops.cumsum(ops.ones_like(time), axis=0)
    is_event, is_self = event > 0.5, place[:, None] == place[None, :]
    is_at_risk = time[:, None] <= time[None, :]
    if valid is not None:
        is_event = ops.logical_and(is_event, valid)
        # What does not count has itself in its row, so that nothing infinite comes of it.
        is_at_risk = ops.logical_or(is_self, ops.logical_and(is_at_risk, valid[None, :]))
    is_tied = ops.logical_and(time[:, None] == time[None, :], is_event[None, :])
    scores = ops.where(is_at_risk, log_hazards[None, :], -math.inf)
    if o.ties == "efron":
        is_before = ops.logical_and(is_tied, place[:, None] > place[None, :])
        tied, gone = (ops.sum(ops.cast(x, scores.dtype), axis=1) for x in (is_tied, is_before))
        left = ops.log(1 - gone / at_least(tied, 1.0))
        scores = ops.where(is_tied, scores + left[:, None], scores)
    values = ops.logsumexp(scores, axis=-1) - log_hazards
    return Unreduced(keep(is_event, values, 0), valid=is_event)


@loss("(B,2),(B,T)->(B)")
def discrete_time_survival(labels, predictions, o):
    """−ln(1 − σ(x_t)) of each interval survived, and −ln σ(x_k) of that of an event."""
    time, event = labels[:, :1], labels[:, 1:]
    starts = ops.arange(predictions.shape[-1], dtype=predictions.dtype)
    is_of_event = ops.logical_and(time < starts + 1, event > 0.5)
    losses = ops.softplus(ops.where(is_of_event, -predictions, predictions))
    return ops.sum(keep(starts <= time, losses, 0), axis=-1)
