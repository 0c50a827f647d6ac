"""Losses of vectors: those that belong together are to be near each other."""

import math

import torch
import torch.nn.functional as F

from .common import counted_mean, of_batch, one_hot, signed


def triplet_margin(anchor, positive, negative, o):
    return F.triplet_margin_loss(
        anchor, positive, negative, margin=o.margin, p=o.p, eps=o.epsilon, swap=o.swap,
        reduction=o.reduction,
    )  # fmt: skip


def cosine_embedding(labels, a, b, o):
    together = 0.5 * (1 + signed(labels, o))
    similarity = F.cosine_similarity(a, b, dim=-1)
    return together * (1 - similarity) + (1 - together) * F.relu(similarity - o.margin)


def pair_contrastive(labels, distances, o):
    gap = F.relu(o.margin - distances)
    return labels * distances.square() + (1 - labels) * gap.square()


def pairs(labels):
    """Which pairs belong together, and which do not."""
    is_same = labels[:, None] == labels[None, :]
    return is_same & ~torch.eye(len(labels), dtype=torch.bool), ~is_same


def log_sum_exp_where(x, allowed):
    return torch.logsumexp(x.masked_fill(~allowed, -torch.inf), -1)


def units(embeddings, o):
    return F.normalize(embeddings, dim=-1) if getattr(o, "normalize", False) else embeddings


def similarities(embeddings, o):
    vectors = units(embeddings, o)
    return vectors @ vectors.T


def distances(embeddings, o):
    """How far apart all pairs are: distances, or minus the similarities."""
    if o.distance == "cosine":
        embeddings = F.normalize(embeddings, dim=-1)
    embeddings = units(embeddings, o)
    if o.distance in ("cosine", "dot"):
        return -embeddings @ embeddings.T
    far = torch.cdist(embeddings, embeddings)
    return far if o.distance == "euclidean" else far.square()


def turned(o, number):
    return -number if o.distance in ("cosine", "dot") else number


@of_batch
def circle(labels, embeddings, o):
    far = F.relu(1 - similarities(embeddings, o))
    is_positive, is_negative = pairs(labels)
    near = o.gamma * (far + o.margin) * (far - o.margin)
    apart = o.gamma * F.relu(1 + o.margin - far) * (1 - o.margin - far)
    return F.softplus(
        log_sum_exp_where(near, is_positive) + log_sum_exp_where(apart, is_negative)
    )


@of_batch
def nt_xent(labels, embeddings, o):
    scores = similarities(embeddings, o) / o.temperature
    is_positive, is_negative = pairs(labels)
    others = log_sum_exp_where(scores, is_negative)[:, None]
    return counted_mean(F.softplus(others - scores), is_positive)


def margin_softmax(labels, cosines, o, after_margin):
    own = one_hot(labels, cosines)
    logits = o.scale * (own * after_margin(cosines) + (1 - own) * cosines)
    ignored = -100 if getattr(o, "ignore_index", None) is None else o.ignore_index
    return F.cross_entropy(
        logits.movedim(-1, 1) if logits.dim() > 2 else logits, labels,
        ignore_index=ignored, reduction=o.reduction,
    )  # fmt: skip


def cos_face(labels, cosines, o):
    return margin_softmax(labels, cosines, o, lambda c: c - o.margin)


def arc_face(labels, cosines, o):
    cos, sin = math.cos(o.margin), math.sin(o.margin)

    def moved(c):
        return torch.where(c < -cos, c - o.margin * sin, cos * c - sin * (1 - c.square()).sqrt())

    return margin_softmax(labels, cosines, o, moved)


def soft_triple(labels, similarities, o):
    of_classes = ((similarities / o.gamma).softmax(-1) * similarities).sum(-1)
    return margin_softmax(labels, of_classes, o, lambda s: s - o.margin)


@of_batch
def clip(images, texts, o):
    scores = units(images, o) @ units(texts, o).T / o.temperature
    own = torch.arange(len(scores))
    how = dict(reduction=o.reduction)
    return (F.cross_entropy(scores, own, **how) + F.cross_entropy(scores.T, own, **how)) / 2


@of_batch
def sig_lip(images, texts, o):
    logits = units(images, o) @ units(texts, o).T / o.temperature + o.bias
    signs = 2 * torch.eye(len(logits)) - 1
    return -F.logsigmoid(signs * logits).sum(-1)


@of_batch
def info_nce(queries, keys, o):
    if o.distance == "cosine":
        queries, keys = F.normalize(queries, dim=-1), F.normalize(keys, dim=-1)
    scores = queries @ keys.T / o.temperature
    return F.cross_entropy(scores, torch.arange(len(scores)), reduction=o.reduction)


@of_batch
def barlow_twins(a, b, o):
    u, v = (
        (x - x.mean(0)) / (x.var(0, correction=0) + 1e-5).sqrt() for x in (a, b)
    )
    correlations = u.T @ v / len(a)
    own = correlations.diagonal()
    others = correlations.square().sum() - own.square().sum()
    return (1 - own).square().sum() + getattr(o, "lambda") * others


@of_batch
def vic_reg(a, b, o):
    value = o.invariance * F.mse_loss(a, b)
    for view in (a, b):
        moved = view - view.mean(0)
        covariances = moved.T @ moved / (len(view) - 1)
        variances = covariances.diagonal()
        lack = F.relu(1 - (view.var(0) + o.epsilon).sqrt()).mean()
        others = covariances.square().sum() - variances.square().sum()
        value = value + o.variance * lack / 2 + o.covariance * others / view.shape[1]
    return value


@of_batch
def proxy_anchor(labels, cosines, o):
    is_positive = one_hot(labels, cosines).bool()
    near = (o.scale * (o.margin - cosines)).masked_fill(~is_positive, -torch.inf)
    far = (o.scale * (o.margin + cosines)).masked_fill(is_positive, -torch.inf)
    present = is_positive.any(0).sum()
    of_near, of_far = (F.softplus(torch.logsumexp(x, 0)) for x in (near, far))
    return of_near.sum() / present + of_far.mean()


@of_batch
def contrastive(labels, embeddings, o):
    far = distances(embeddings, o)
    is_positive, is_negative = pairs(labels)
    too_far = F.relu(far - turned(o, o.positive_margin))
    too_near = F.relu(turned(o, o.negative_margin) - far)
    chosen = {"all": is_positive | is_negative, "positive": is_positive, "negative": is_negative}
    return counted_mean(torch.where(is_positive, too_far, too_near), chosen[o.pairs])


@of_batch
def supervised_contrastive(labels, embeddings, o):
    scores = -distances(embeddings, o) / o.temperature
    is_positive, is_negative = pairs(labels)
    normalizer = log_sum_exp_where(scores, is_positive | is_negative)
    share = is_positive / is_positive.sum(-1, keepdim=True)
    return (share * (normalizer[:, None] - scores)).sum(-1)


@of_batch
def multi_similarity(labels, embeddings, o):
    is_positive, is_negative = pairs(labels)
    beyond = distances(embeddings, o) - turned(o, o.base)
    near = F.softplus(log_sum_exp_where(o.alpha * beyond, is_positive)) / o.alpha
    far = F.softplus(log_sum_exp_where(-o.beta * beyond, is_negative)) / o.beta
    return near + far


@of_batch
def n_pairs(labels, embeddings, o):
    labels, order = labels.sort(stable=True)
    starts = torch.nonzero(torch.cat([labels[:1] >= -1, labels[1:] != labels[:-1]])).squeeze(-1)
    scores = -distances(embeddings, o)[order[starts]][:, order[starts + 1]]
    return F.cross_entropy(scores, torch.arange(len(scores)))


@of_batch
def triplet(labels, embeddings, o):
    far = distances(embeddings, o)
    is_positive, is_negative = pairs(labels)
    gap = far[:, :, None] - far[:, None, :] + o.margin
    values = F.softplus(gap) if o.soft else F.relu(gap)
    return counted_mean(values, is_positive[:, :, None] & is_negative[:, None, :])


@of_batch
def nca(labels, embeddings, o):
    scores = -o.scale * distances(embeddings, o)
    is_positive, is_negative = pairs(labels)
    return F.softplus(
        log_sum_exp_where(scores, is_negative) - log_sum_exp_where(scores, is_positive)
    )


@of_batch
def margin_loss(labels, embeddings, o):
    is_positive, is_negative = pairs(labels)
    beyond = distances(embeddings, o) - turned(o, o.beta)
    values = F.relu(o.margin + torch.where(is_positive, beyond, -beyond))
    return counted_mean(values, is_positive | is_negative)


@of_batch
def lifted_structure(labels, embeddings, o):
    far = distances(embeddings, o)
    is_positive, is_negative = pairs(labels)
    nearest = log_sum_exp_where(turned(o, o.negative_margin) - far, is_negative)
    excess = torch.logaddexp(nearest[:, None], nearest[None]) + far - turned(o, o.positive_margin)
    return counted_mean(F.relu(excess).square() / 2, is_positive)


@of_batch
def generalized_lifted_structure(labels, embeddings, o):
    far = distances(embeddings, o)
    is_positive, is_negative = pairs(labels)
    farthest = log_sum_exp_where(far - turned(o, o.positive_margin), is_positive)
    nearest = log_sum_exp_where(turned(o, o.negative_margin) - far, is_negative)
    return F.relu(farthest + nearest)


@of_batch
def angular(labels, embeddings, o):
    vectors = F.normalize(embeddings, dim=-1)
    cosines = vectors @ vectors.T
    is_positive, is_negative = pairs(labels)
    t = math.tan(math.radians(o.alpha)) ** 2
    of_negatives = 4 * t * (cosines[:, None, :] + cosines[None, :, :])
    nearest = log_sum_exp_where(of_negatives, is_negative[:, None, :])
    return counted_mean(F.softplus(nearest - 2 * (1 + t) * cosines), is_positive)


@of_batch
def tuplet_margin(labels, embeddings, o):
    vectors = F.normalize(embeddings, dim=-1)
    cosines = vectors @ vectors.T
    is_positive, is_negative = pairs(labels)
    nearest = log_sum_exp_where(o.scale * cosines, is_negative)[:, None].expand_as(cosines)
    own = cosines[is_positive]
    nearer = math.cos(o.margin) * own + math.sin(o.margin) * (1 - own.square()).sqrt()
    return F.softplus(nearest[is_positive] - o.scale * nearer).mean()


def center(labels, embeddings, centers, o):
    return (embeddings - centers[labels]).square().sum(-1) / 2
