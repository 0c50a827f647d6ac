"""Losses of vectors: those that belong together are to be near each other."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .numerics import at_most, minimum, power, signed_labels, unit_vector


@loss("(...,D),(...,D),(...,D)->(...)", margin=1, p=2, epsilon=1e-6, swap=False, distance=None)
def triplet_margin(anchor, positive, negative, o):
    """max(0, d(a, b) − d(a, n) + m), with d(u, v) = ‖u − v + ε‖_p."""

    def distance(u, v):
        return o.distance(u, v) if o.distance else norm(u - v + o.epsilon, o.p)

    to_negative = distance(anchor, negative)
    if o.swap:
        to_negative = minimum(to_negative, distance(positive, negative))
    return ops.relu(o.margin + distance(anchor, positive) - to_negative)


def norm(x, p):
    """‖x‖_p over the last axis, without overflow; its derivative at 0 is 0."""
    size = ops.abs(x)
    largest = ops.max(size, axis=-1)
    if p == math.inf:
        return largest
    # It cancels, and so needs no derivative itself.
    scale = ops.stop_gradient(keep(largest != 0, largest, 1))
    return scale * power(ops.sum(power(size / scale[..., None], p), axis=-1), 1 / p)


@loss("(...),(...,D),(...,D)->(...)", labels="auto", margin=0, epsilon=1e-7)
def cosine_embedding(labels, a, b, o):
    """1 − cos(a, b) for y = 1, max(0, cos(a, b) − m) for y = −1; linear in y between them."""
    together = 0.5 * (1 + signed_labels(labels, o.labels))
    similarity = ops.sum(unit_vector(a, o.epsilon) * unit_vector(b, o.epsilon), axis=-1)
    return together * (1 - similarity) + (1 - together) * ops.relu(similarity - o.margin)


def similarities(embeddings, normalize):
    """The dot products [B, B] of all pairs of vectors."""
    vectors = unit_vector(embeddings, 1e-7) if normalize else embeddings
    return ops.matmul(vectors, ops.transpose(vectors))


def pairs_of(groups, valid, with_itself):
    """Which pairs [B, B] belong together, and which do not; examples that do not count: neither."""
    is_same = groups[:, None] == groups[None, :]
    counted = ops.ones_like(is_same)
    if valid is not None:
        counted = ops.logical_and(valid[:, None], valid[None, :])
    is_positive, is_negative = (ops.logical_and(counted, x) for x in (is_same, ~is_same))
    if not with_itself:
        place = ops.cumsum(ops.ones_like(groups), axis=0)
        is_positive = ops.logical_and(is_positive, place[:, None] != place[None, :])
    return is_positive, is_negative


def log_sum_exp_where(x, allowed):
    """ln Σ eˣ over those of the last axis that are allowed; a harmless number where none is."""
    has_any = ops.any(allowed, axis=-1, keepdims=True)
    return ops.logsumexp(keep(has_any, keep(allowed, x, -math.inf), 0), axis=-1)


@loss(
    "(B),(B,D)->(B)",
    _labels="integers",
    gamma=80,
    margin=0.4,
    remove_diagonal=True,
    detach_weights=False,
    normalize=False,
)
def circle(labels, embeddings, o, valid):
    """ln(1 + Σ_j e^{γ·(d_ij + m)·(d_ij − m)} · Σ_k e^{γ·max(0, 1 + m − d_ik)·(1 − m − d_ik)}).

    d_ij = max(0, 1 − v_i·v_j), j runs over the examples of the same label and k over all others.
    """
    distances = ops.relu(1 - similarities(embeddings, o.normalize))
    is_positive, is_negative = pairs_of(labels, valid, not o.remove_diagonal)

    def exponents(weights, gaps):
        weights = ops.stop_gradient(weights) if o.detach_weights else weights
        # As good as infinite, but no NaN comes of it.
        return at_most(o.gamma * weights * gaps, 3e38)

    near = exponents(distances + o.margin, distances - o.margin)
    far = exponents(ops.relu(1 + o.margin - distances), 1 - o.margin - distances)
    values = log_sum_exp_where(near, is_positive) + log_sum_exp_where(far, is_negative)
    counts = ops.logical_and(ops.any(is_positive, axis=-1), ops.any(is_negative, axis=-1))
    return Unreduced(ops.softplus(values), valid=counts)


@loss("(B),(B,D)->(B)->(B,B)", _labels="integers", temperature=0.07, normalize=False)
def nt_xent(labels, embeddings, o, valid):
    """ln(e^{s_ij} + Σ_k e^{s_ik}) − s_ij with s = v_i·v_j ÷ T, of each pair of the same label.

    k runs over the examples of other labels.
    """
    scores = similarities(embeddings, o.normalize) / o.temperature
    is_positive, is_negative = pairs_of(labels, valid, with_itself=False)
    others = log_sum_exp_where(scores, is_negative)[:, None]
    counts = ops.logical_and(is_positive, ops.any(is_negative, axis=-1, keepdims=True))
    return Unreduced(ops.softplus(others - scores), valid=counts)
