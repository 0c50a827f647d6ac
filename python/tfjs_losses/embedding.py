"""Losses of vectors: those that belong together are to be near each other."""

import math

from keras import ops

from .base import Unreduced, keep, loss
from .domain import COSINE
from .numerics import (
    at_least,
    at_most,
    bounded,
    is_class,
    minimum,
    nan_unless,
    norm,
    pick,
    quotient,
    replace,
    safe_sqrt,
    signed_labels,
    unit_vector,
    zero_with_slope,
)


@loss("(...,D),(...,D),(...,D)->(...)", margin=1, p=2, epsilon=1e-6, swap=False, distance=None)
def triplet_margin(anchor, positive, negative, o):
    """max(0, d(a, b) − d(a, n) + m), with d(u, v) = ‖u − v + ε‖_p."""

    def distance(u, v):
        return o.distance(u, v) if o.distance else norm(u - v + o.epsilon, o.p)

    to_negative = distance(anchor, negative)
    if o.swap:
        to_negative = minimum(to_negative, distance(positive, negative))
    return ops.relu(o.margin + distance(anchor, positive) - to_negative)


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


@loss("(...),(...)->(...)", margin=1)
def pair_contrastive(labels, distances, o):
    """y·d² + (1 − y)·max(0, m − d)² of distances d."""
    gap = ops.relu(o.margin - distances)
    return labels * distances * distances + (1 - labels) * gap * gap


def margin_softmax(labels, cosines, scale, after_margin):
    """−ln softmax(s·c) at the label, where the cosine c of the label is the one after the margin."""
    at_label = is_class(labels, cosines.shape[-1])
    logits = scale * ops.where(at_label, after_margin(cosines), cosines)
    return -pick(ops.log_softmax(logits, axis=-1), at_label)


MARGIN_SOFTMAX = dict(_labels="classes", _range=COSINE, scale=64, ignore_index=None)


@loss("(...),(...,C)->(...)", **MARGIN_SOFTMAX, margin=0.35)
def cos_face(labels, cosines, o):
    """−ln softmax(s·c′) at the label y, with c′_y = c_y − m."""
    return margin_softmax(labels, cosines, o.scale, lambda c: c - o.margin)


@loss("(...),(...,C)->(...)", **MARGIN_SOFTMAX, margin=0.5)
def arc_face(labels, cosines, o):
    """−ln softmax(s·c′) at the label y, with c′_y = cos(θ_y + m) and c_y = cos θ_y."""
    cos, sin = math.cos(o.margin), math.sin(o.margin)

    def turned(c):
        # Beyond θ = π − m it would rise again.
        is_beyond = c < -cos
        return ops.where(is_beyond, c - o.margin * sin, cos * c - sin * sine(c))

    return margin_softmax(labels, cosines, o.scale, turned)


def sine(c):
    """The sine of an angle by its cosine; in the derivative −c / sin θ, the sine is bounded."""
    value = ops.stop_gradient(ops.sqrt((1 - c) * (1 + c)))
    return value - ops.stop_gradient(c / at_least(value, 2.0**-12)) * zero_with_slope(c)


def products(a, b, normalize):
    """The dot products [B, M] of the vectors of two batches."""
    if normalize:
        a, b = unit_vector(a, 1e-7), unit_vector(b, 1e-7)
    return ops.matmul(a, ops.transpose(b))


def is_own(x):
    """True where row and column of a matrix have the same place."""
    rows, columns = (ops.cumsum(ops.ones_like(x, dtype="int32"), axis=axis) for axis in (0, 1))
    return rows == columns


def left_out(valid):
    """True where an example that does not count stands in the row of one that does; None: nowhere."""
    return None if valid is None else ops.logical_and(valid[:, None], ~valid[None, :])


def contrast(logits, out, further=None):
    """ln Σ_j e^{s_ij} − s_ii of each row of logits, without what is left out."""
    if out is not None:
        logits = replace(logits, out, -math.inf)
    if further is not None:
        logits = ops.concatenate([logits, further], axis=1)
    return -pick(ops.log_softmax(logits, axis=-1), is_own(logits))


@loss("(B,D),(B,D)->(B)", temperature=0.07, normalize=False)
def clip(images, texts, o, valid):
    """½·(ln Σ_j e^{s_ij} − s_ii) + ½·(ln Σ_j e^{s_ji} − s_ii) with s_ij = a_i·b_j ÷ T."""
    scores = products(images, texts, o.normalize) / o.temperature
    out = left_out(valid)
    return (contrast(scores, out) + contrast(ops.transpose(scores), out)) / 2


@loss("(B,D),(B,D)->(B)", temperature=0.1, bias=-10, normalize=False)
def sig_lip(images, texts, o, valid):
    """−ln σ(s_ii) − Σ_{j≠i} ln σ(−s_ij) with s_ij = a_i·b_j ÷ T + bias."""
    logits = products(images, texts, o.normalize) / o.temperature + o.bias
    losses = ops.softplus(ops.where(is_own(logits), -logits, logits))
    out = left_out(valid)
    return ops.sum(losses if out is None else replace(losses, out, 0), axis=-1)


def without_negatives(o):
    if o.in_batch or o.negatives is not None:
        return None
    return "in_batch=False leaves nothing to compare with; expected negatives"


@loss(
    "(B,D),(B,D)->(B)",
    _check=without_negatives,
    temperature=0.07,
    distance="cosine",
    negatives=None,
    in_batch=True,
)
def info_nce(queries, keys, o, valid):
    """ln Σ_j e^{s_ij} − s_ii with s_ij = cos(q_i, k_j) ÷ T; j: keys of the batch, and negatives."""

    def scores_of(others):
        return products(queries, others, o.distance == "cosine") / o.temperature

    scores = scores_of(keys)
    out = left_out(valid) if o.in_batch else ~is_own(scores)
    return contrast(scores, out, None if o.negatives is None else scores_of(o.negatives))


def of_examples(valid):
    """Which examples count, [B, 1], or whether all of them do, [1, 1]."""
    return ops.reshape(valid, (-1, 1))


def deviations(features, valid):
    """Features less their means over the examples that count, 0 in others; and how many count."""
    counts = ops.ones_like(features[:, :1])
    if valid is not None:
        counts = counts * ops.cast(of_examples(valid), features.dtype)
    count = ops.sum(counts)
    means = ops.sum(counts * features, axis=0) / at_least(count, 1)
    return counts * (features - means), count


def of_two_or_more(count, value):
    """A value that takes two examples, and 0 where fewer count."""
    return replace(value, count < 2, 0)


@loss("(B,D),(B,D)->(B)->()", **{"lambda": 0.005})
def barlow_twins(a, b, o, valid):
    """Σ_i (1 − c_ii)² + λ·Σ_{i≠j} c_ij² of the correlations c of the features of two views."""

    def standardized(x):
        moved, count = deviations(x, valid)
        size = at_least(count, 1)
        return moved / ops.sqrt(ops.sum(ops.square(moved), axis=0) / size + 1e-5), count

    (u, count), (v, _) = standardized(a), standardized(b)
    correlations = ops.matmul(ops.transpose(u), v) / at_least(count, 1)
    squares = ops.where(
        is_own(correlations),
        ops.square(1 - correlations),
        getattr(o, "lambda") * ops.square(correlations),
    )
    return of_two_or_more(count, ops.sum(squares))


@loss("(B,D),(B,D)->(B)->()", invariance=25, variance=25, covariance=1, epsilon=1e-4)
def vic_reg(a, b, o, valid):
    """The mean of (a − b)², what features lack of a deviation of 1, and their squared covariances."""

    def of_view(view):
        moved, count = deviations(view, valid)
        free = at_least(count - 1, 1)
        variances = ops.sum(ops.square(moved), axis=0) / free
        lack = ops.mean(ops.relu(1 - ops.sqrt(variances + o.epsilon)))
        # As good as infinite, but its square is not.
        covariances = bounded(ops.matmul(ops.transpose(moved), moved) / free, -1e18, 1e18)
        others = ops.square(replace(covariances, is_own(covariances), 0))
        return o.variance * lack / 2 + o.covariance * ops.sum(others) / view.shape[1], count

    (of_a, count), (of_b, _) = of_view(a), of_view(b)
    difference = ops.sum(ops.mean(ops.square(a - b), axis=-1)) / at_least(count, 1)
    return of_two_or_more(count, o.invariance * difference + of_a + of_b)


@loss("(B),(B,C)->(B)->()", _labels="classes", _range=COSINE, margin=0.1, scale=32)
def proxy_anchor(labels, cosines, o, valid):
    """ln(1 + Σ e^{−α·(s − δ)}) of each class in the batch plus ln(1 + Σ e^{α·(s + δ)}) of all classes."""
    n = cosines.shape[-1]
    is_label = is_class(labels, n)
    counted = ops.ones_like(is_label) if valid is None else of_examples(valid)
    is_positive, is_negative = (ops.logical_and(counted, x) for x in (is_label, ~is_label))

    def soft_sum(x, allowed):
        """ln(1 + Σ eˣ) over those of each class that are allowed."""
        allowed = ops.transpose(allowed)
        sums = ops.softplus(log_sum_exp_where(ops.transpose(x), allowed))
        return keep(ops.any(allowed, axis=-1), sums, 0)

    near = soft_sum(o.scale * (o.margin - cosines), is_positive)
    far = soft_sum(o.scale * (o.margin + cosines), is_negative)
    present = ops.sum(ops.cast(ops.any(is_positive, axis=0), cosines.dtype))
    value = ops.sum(near) / at_least(present, 1) + ops.mean(far)
    is_known = ops.logical_and(labels >= 0, labels < n)
    if valid is not None:
        is_known = ops.logical_or(is_known, ~valid)
    return nan_unless(ops.all(is_known), value)
def apart(who, a, b, o):
    """How far vectors a are from vectors b [B, M]: distances, or minus the similarities."""
    if o.normalize or o.distance == "cosine":
        a, b = unit_vector(a, 1e-7), unit_vector(b, 1e-7)
    if o.distance in ("cosine", "dot"):
        return -ops.matmul(a, ops.transpose(b))
    if o.distance == "euclidean":
        return safe_sqrt(squared_distances(a, b))
    if o.distance == "squaredEuclidean":
        return squared_distances(a, b)
    if o.distance == "snr":
        # Var(a − b) ÷ Var(a).
        a, b = (x - ops.mean(x, axis=-1, keepdims=True) for x in (a, b))
        length = ops.maximum(safe_sqrt(ops.sum(a * a, axis=-1, keepdims=True)), 1e-7)
        return squared_distances(a, b) / (length * length)
    if callable(o.distance):
        return o.distance(a, b)
    raise ValueError(f"{who}: distance is {o.distance!r}")


def squared_distances(a, b):
    return ops.sum(ops.square(a[:, None, :] - b[None, :, :]), axis=-1)


def lonely_references(o):
    if (o.references is None) == (o.reference_labels is None):
        return None
    alone = "references" if o.reference_labels is None else "reference_labels"
    return f"{alone} came alone; expected both references and reference_labels"


def loss_of_pairs(result, **options):
    """What losses of pairs have in common; `result` names the axis of those that each example is
    compared with M: without references, that is B."""

    def signature(o, rank):
        text = result if isinstance(result, str) else result(o)
        return "(B),(B,D)->" + (text if o.references is not None else text.replace("M", "B"))

    return loss(
        signature,
        _labels="integers",
        _check=lonely_references,
        **options,
        references=None,
        reference_labels=None,
    )


def compared(who, labels, embeddings, o, valid):
    """How far examples are from the references, or without these from each other, [B, M]; and which
    pairs belong together, and which do not."""
    if o.references is None:
        far = apart(who, embeddings, embeddings, o)
        return far, *pairs_of(labels, valid, with_itself=False)
    is_same = labels[:, None] == o.reference_labels[None, :]
    counted = ops.ones_like(is_same)
    if valid is not None:
        counted = ops.logical_and(valid[:, None], counted)
    pairs = (ops.logical_and(counted, x) for x in (is_same, ~is_same))
    return apart(who, embeddings, o.references, o), *pairs


def turned(o, number):
    """A similarity as a distance."""
    return -number if o.distance in ("cosine", "dot") else number


@loss_of_pairs(
    "(B)->(B,M)",
    positive_margin=0,
    negative_margin=1,
    pairs="all",
    distance="euclidean",
    normalize=False,
)
def contrastive(labels, embeddings, o, valid):
    """max(0, d − m₊) of pairs of the same label, max(0, m₋ − d) of others."""
    far, is_positive, is_negative = compared("Contrastive", labels, embeddings, o, valid)
    too_far = ops.relu(far - turned(o, o.positive_margin))
    too_near = ops.relu(turned(o, o.negative_margin) - far)
    chosen = {
        "all": ops.logical_or(is_positive, is_negative),
        "positive": is_positive,
        "negative": is_negative,
    }
    return Unreduced(ops.where(is_positive, too_far, too_near), valid=chosen[o.pairs])


@loss_of_pairs(
    "(B)",
    temperature=0.1,
    distance="cosine",
    normalize=False,
)
def supervised_contrastive(labels, embeddings, o, valid):
    """Mean, over the others p of the label, of ln Σ_{j≠i} e^{s_ij} − s_ip with similarities s ÷ T."""
    far, is_positive, is_negative = compared("SupervisedContrastive", labels, embeddings, o, valid)
    scores = -far / o.temperature
    normalizer = log_sum_exp_where(scores, ops.logical_or(is_positive, is_negative))
    share = ops.cast(is_positive, scores.dtype)
    share = quotient(share, ops.sum(share, axis=-1, keepdims=True))
    values = ops.sum(share * keep(is_positive, normalizer[:, None] - scores, 0), axis=-1)
    return Unreduced(values, valid=ops.any(is_positive, axis=-1))


@loss_of_pairs(
    "(B)",
    alpha=2,
    beta=50,
    base=0.5,
    epsilon=None,
    distance="cosine",
    normalize=False,
)
def multi_similarity(labels, embeddings, o, valid):
    """1/α·ln(1 + Σ_p e^{−α·(s_ip − λ)}) + 1/β·ln(1 + Σ_n e^{β·(s_in − λ)})."""
    far, is_positive, is_negative = compared("MultiSimilarity", labels, embeddings, o, valid)
    if o.epsilon is not None:
        nearest = ops.min(keep(is_negative, far, math.inf), axis=-1, keepdims=True)
        farthest = ops.max(keep(is_positive, far, -math.inf), axis=-1, keepdims=True)
        is_positive = ops.logical_and(is_positive, far + o.epsilon > nearest)
        is_negative = ops.logical_and(is_negative, far - o.epsilon < farthest)

    def part(scale, x, allowed):
        values = ops.softplus(log_sum_exp_where(scale * x, allowed)) / scale
        return keep(ops.any(allowed, axis=-1), values, 0)

    beyond = far - turned(o, o.base)
    return part(o.alpha, beyond, is_positive) + part(o.beta, -beyond, is_negative)


@loss("(B),(B,D)->(B)", _labels="integers", distance="dot", normalize=False)
def n_pairs(labels, embeddings, o, valid):
    """ln Σ_q e^{s_aq} − s_ap of the first two examples a and p of each label, q all such p."""
    scores = -apart("NPairs", embeddings, embeddings, o)
    is_positive, _ = pairs_of(labels, valid, with_itself=False)
    place = ops.cumsum(ops.ones_like(labels), axis=0)
    is_earlier = ops.logical_and(is_positive, place[:, None] > place[None, :])
    before = ops.sum(ops.cast(is_earlier, "int32"), axis=-1)
    is_paired = ops.any(is_positive, axis=-1)
    is_anchor = ops.logical_and(is_paired, before == 0)
    is_second = ops.logical_and(is_paired, before == 1)
    is_candidate = ops.logical_and(is_anchor[:, None], is_second[None, :])
    is_partner = ops.logical_and(is_candidate, is_positive)
    to_partner = ops.sum(keep(is_partner, scores, 0), axis=-1)
    return Unreduced(log_sum_exp_where(scores, is_candidate) - to_partner, valid=is_anchor)


def values_of_triplets(o):
    return {"batchHard": "(B)", "batchSemihard": "(B)->(B,M)"}.get(o.mining, "(B)->(B,M,M)")


@loss_of_pairs(
    values_of_triplets,
    margin=1,
    mining="all",
    swap=False,
    soft=False,
    distance="euclidean",
    normalize=False,
)
def triplet(labels, embeddings, o, valid):
    """max(0, d_ap − d_an + m) of anchors a, positives p of their label and other negatives n."""
    far, is_positive, is_negative = compared("Triplet", labels, embeddings, o, valid)
    others = embeddings if o.references is None else o.references
    between = apart("Triplet", others, others, o) if o.swap else None

    def hinge(near, apart):
        gap = near - apart + o.margin
        return ops.softplus(gap) if o.soft else ops.relu(gap)

    if o.mining == "batchHard":
        is_farthest = first_largest(far, is_positive)
        is_nearest = first_largest(-far, is_negative)
        near, apart_ = entry_of(far, is_farthest), entry_of(far, is_nearest)
        if o.swap:
            from_positive = ops.matmul(ops.cast(is_farthest, far.dtype), between)
            apart_ = minimum(apart_, entry_of(from_positive, is_nearest))
        counts = ops.logical_and(ops.any(is_positive, axis=-1), ops.any(is_negative, axis=-1))
        return Unreduced(hinge(near, apart_), valid=counts)

    near = far[:, :, None]
    direct = far[:, None, :] + ops.zeros_like(near)
    apart_ = minimum(direct, between[None, :, :] + ops.zeros_like(direct)) if o.swap else direct
    exists = ops.logical_and(is_positive[:, :, None], is_negative[:, None, :])
    if o.mining == "batchSemihard":
        is_farther = ops.logical_and(exists, direct > near)
        none_is = ops.logical_not(ops.any(is_farther, axis=-1, keepdims=True))
        is_farthest = ops.logical_and(first_largest(direct, exists), none_is)
        is_chosen = ops.logical_or(first_largest(-direct, is_farther), is_farthest)
        counts = ops.logical_and(is_positive, ops.any(is_negative, axis=-1, keepdims=True))
        return Unreduced(hinge(far, entry_of(apart_, is_chosen)), valid=counts)

    if o.mining == "hard":
        exists = ops.logical_and(exists, direct <= near)
    if o.mining == "semihard":
        is_semihard = ops.logical_and(direct > near, direct <= near + o.margin)
        exists = ops.logical_and(exists, is_semihard)
    return Unreduced(hinge(near, apart_), valid=exists)


def first_largest(x, allowed):
    """True at the first of the largest x of the last axis among those that are allowed."""
    first = ops.argmax(keep(allowed, x, -math.inf), axis=-1)
    is_first = ops.cast(ops.one_hot(first, x.shape[-1]), "bool")
    return ops.logical_and(allowed, is_first)


def entry_of(x, is_chosen):
    """The one entry of the last axis that is chosen."""
    return ops.sum(keep(is_chosen, x, 0), axis=-1)


@loss_of_pairs("(B)", scale=1, distance="squaredEuclidean", normalize=False)
def nca(labels, embeddings, o, valid):
    """ln Σ_{j≠i} e^{−s·d_ij} − ln Σ_p e^{−s·d_ip} over the others p of the label."""
    far, is_positive, is_negative = compared("Nca", labels, embeddings, o, valid)
    scores = -o.scale * far
    odds = log_sum_exp_where(scores, is_negative) - log_sum_exp_where(scores, is_positive)
    values = keep(ops.any(is_negative, axis=-1), ops.softplus(odds), 0)
    return Unreduced(values, valid=ops.any(is_positive, axis=-1))


@loss_of_pairs("(B)->(B,M)", margin=0.2, beta=1.2, distance="euclidean", normalize=False)
def margin_loss(labels, embeddings, o, valid):
    """max(0, m + d − β) of pairs of the same label, max(0, m + β − d) of others."""
    far, is_positive, is_negative = compared("MarginLoss", labels, embeddings, o, valid)
    beyond = far - turned(o, ops.reshape(o.beta, (-1, 1)))
    values = ops.relu(o.margin + ops.where(is_positive, beyond, -beyond))
    return Unreduced(values, valid=ops.logical_or(is_positive, is_negative))


LIFTED = dict(positive_margin=0, negative_margin=1, distance="euclidean", normalize=False)


def excess_of(far, o):
    """By how much pairs of the same label are too far apart, and others too near."""
    return far - turned(o, o.positive_margin), turned(o, o.negative_margin) - far


def is_paired(is_positive, is_negative):
    """Which pairs of the same label have an example of another label."""
    return ops.logical_and(is_positive, ops.any(is_negative, axis=-1, keepdims=True))


@loss_of_pairs("(B)->(B,M)", **LIFTED)
def lifted_structure(labels, embeddings, o, valid):
    """½·max(0, ln(Σ_k e^{m₋ − d_ik} + Σ_k e^{m₋ − d_jk}) + d_ij − m₊)², k of other labels."""
    far, is_positive, is_negative = compared("LiftedStructure", labels, embeddings, o, valid)
    too_far, too_near = excess_of(far, o)
    of_anchors = of_positives = log_sum_exp_where(too_near, is_negative)
    if o.references is not None:
        among = excess_of(apart("LiftedStructure", o.references, o.references, o), o)[1]
        others = pairs_of(o.reference_labels, None, with_itself=False)[1]
        of_positives = log_sum_exp_where(among, others)
    nearest = ops.logaddexp(of_anchors[:, None], of_positives[None, :])
    # As good as infinite, but its square is not.
    excess = bounded(nearest + too_far, -math.inf, 1e18)
    return Unreduced(ops.square(ops.relu(excess)) / 2, valid=is_paired(is_positive, is_negative))


@loss_of_pairs("(B)", **LIFTED)
def generalized_lifted_structure(labels, embeddings, o, valid):
    """max(0, ln Σ_p e^{d_ip − m₊} + ln Σ_n e^{m₋ − d_in}), p of the label and n of other labels."""
    who = "GeneralizedLiftedStructure"
    far, is_positive, is_negative = compared(who, labels, embeddings, o, valid)
    too_far, too_near = excess_of(far, o)
    farthest = log_sum_exp_where(too_far, is_positive)
    nearest = log_sum_exp_where(too_near, is_negative)
    counts = ops.logical_and(ops.any(is_positive, axis=-1), ops.any(is_negative, axis=-1))
    return Unreduced(ops.relu(farthest + nearest), valid=counts)


def log_one_plus(x, allowed):
    """ln(1 + eˣ), and 0 in rows that have none allowed."""
    return keep(ops.any(allowed, axis=-1, keepdims=True), ops.softplus(x), 0)


@loss("(B),(B,D)->(B)->(B,B)", _labels="integers", alpha=40)
def angular(labels, embeddings, o, valid):
    """ln(1 + Σ_n e^{4·t·(s_in + s_jn) − 2·(1 + t)·s_ij}) of cosines s, with t = tan²α."""
    cosines = products(embeddings, embeddings, normalize=True)
    is_positive, is_negative = pairs_of(labels, valid, with_itself=False)
    t = math.tan(math.radians(o.alpha)) ** 2
    of_negatives = 4 * t * (cosines[:, None, :] + cosines[None, :, :])
    is_allowed = ops.logical_and(is_negative[:, None, :], ops.ones_like(is_negative)[None, :, :])
    nearest = log_sum_exp_where(of_negatives, is_allowed)
    values = log_one_plus(nearest - 2 * (1 + t) * cosines, is_negative)
    return Unreduced(values, valid=is_positive)


@loss("(B),(B,D)->(B)->(B,B)", _labels="integers", margin=0.1, scale=64)
def tuplet_margin(labels, embeddings, o, valid):
    """ln(1 + Σ_n e^{s·(cos θ_in − cos(θ_ij − m))}) of angles θ, n of other labels."""
    cosines = products(embeddings, embeddings, normalize=True)
    is_positive, is_negative = pairs_of(labels, valid, with_itself=False)
    sines = sines_of(unit_vector(embeddings, 1e-7), cosines)
    nearer = math.cos(o.margin) * cosines + math.sin(o.margin) * sines
    nearest = log_sum_exp_where(o.scale * cosines, is_negative)[:, None]
    values = log_one_plus(nearest - o.scale * nearer, is_negative)
    return Unreduced(values, valid=is_positive)


def sines_of(u, cosines):
    """Sines of the angles between unit vectors u, by distances where cosines have no digits of them."""
    below = ops.where(cosines > 0.5, squared_distances(u, u) / 2, 1 - cosines)
    above = ops.where(cosines < -0.5, squared_distances(u, -u) / 2, 1 + cosines)
    return safe_sqrt(below * above)


@loss(
    "(B),(B,C,K)->(B)", _labels="classes", _range=COSINE, scale=20, gamma=0.1, margin=0.01
)
def soft_triple(labels, similarities, o):
    """−ln softmax(λ·S′) at the label y, of S_c = Σ_k softmax(s_c ÷ γ)_k·s_ck and S′_y = S_y − δ."""
    shares = ops.softmax(similarities / o.gamma, axis=-1)
    of_classes = ops.sum(shares * similarities, axis=-1)
    return margin_softmax(labels, of_classes, o.scale, lambda s: s - o.margin)


@loss("(B),(B,D),(C,D)->(B)", _labels="classes")
def center(labels, embeddings, centers):
    """½·‖x − c_y‖² with the centre of the label y."""
    own = ops.take(centers, ops.clip(labels, 0, centers.shape[0] - 1), axis=0)
    return ops.sum(ops.square(embeddings - own), axis=-1) / 2
