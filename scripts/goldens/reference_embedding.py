"""Definitions of losses of embeddings and of ranked lists; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, absolute, bounded_below, exp, largest, log, power, relu, sqrt
from reference import at_positions, cosine, leading, log_softmax, quotient, whole
from reference_margin import signed_labels


def distance(u, v, o):
    """The p-norm of u - v + epsilon."""
    differences = [absolute(a - b + mpmath.mpf(o["epsilon"])) for a, b in zip(u, v)]
    p = mpmath.mpf(o["p"])
    return power(sum(power(d, p) for d in differences), 1 / p)


@whole("tripletMargin", margin=1, p=2, epsilon=1e-6, swap=False)
def _(arrays, o, mask):
    anchor, positive, negative = arrays.values()

    def at(index):
        near = distance(anchor[index], positive[index], o)
        far = distance(anchor[index], negative[index], o)
        if o["swap"]:
            far = -largest([-far, -distance(positive[index], negative[index], o)])
        return relu(near - far + mpmath.mpf(o["margin"]))

    return at_positions(anchor.shape[:-1], mask, at)


@whole("cosineEmbedding", margin=0, labels="auto", epsilon=1e-7)
def _(arrays, o, mask):
    """Between the two labels it is linear."""
    labels, a, b = arrays.values()
    labels = signed_labels(labels, o)

    def at(index):
        y, similarity = labels[index], cosine(a[index], b[index], o)
        return (1 + y) / 2 * (1 - similarity) + (1 - y) / 2 * relu(
            similarity - mpmath.mpf(o["margin"]))

    return at_positions(labels.shape, mask, at)


def partners(i, labels, mask):
    """The other examples of i's label, and those of other labels; a masked one makes no pair."""
    allowed = leading(mask, labels.shape)
    others = [j for j in range(len(labels)) if j != i and allowed[j] and allowed[i]]
    return ([j for j in others if labels[j] == labels[i]],
            [j for j in others if labels[j] != labels[i]])


def similarities(embeddings, o):
    """All dot products."""
    if o["normalize"]:
        norms = [bounded_below(sqrt(sum(v * v for v in row)), mpmath.mpf(1e-7))
                 for row in embeddings]
        embeddings = np.array([[v / n for v in row] for row, n in zip(embeddings, norms)])
    return embeddings @ embeddings.T


@whole("circle", gamma=80, margin=0.4, removeDiagonal=True, detachWeights=False, normalize=False)
def _(arrays, o, mask):
    labels, embeddings = arrays.values()
    products = similarities(embeddings, o)
    gamma, margin = mpmath.mpf(o["gamma"]), mpmath.mpf(o["margin"])

    def scale(number):
        """How much a pair counts: held constant if the weights are detached."""
        return Var(number.value) if o["detachWeights"] else number

    def at(anchor):
        i = anchor[0]
        distances = [relu(1 - product) for product in products[i]]
        same, different = partners(i, labels, mask)
        same = [distances[j] for j in (same if o["removeDiagonal"] else [*same, i])]
        different = [distances[j] for j in different]
        if not same or not different:
            return None
        near = sum(exp(gamma * scale(d + margin) * (d - margin)) for d in same)
        far = sum(exp(gamma * scale(relu(1 + margin - d)) * (1 - margin - d)) for d in different)
        return log(1 + near * far)

    return at_positions(labels.shape, mask, at)


@whole("ntXent", temperature=0.07, normalize=False)
def _(arrays, o, mask):
    labels, embeddings = arrays.values()
    scores = similarities(embeddings, o) / mpmath.mpf(o["temperature"])

    def at(pair):
        i, j = pair
        same, different = partners(i, labels, mask)
        if j not in same or not different:
            return None
        return log(exp(scores[i, j]) + sum(exp(scores[i, k]) for k in different)) - scores[i, j]

    return at_positions(scores.shape, True, at)


@whole("rankingSoftmax", normalizeLabels=False)
def _(arrays, o, mask):
    labels, scores = arrays.values()
    allowed, weights = leading(mask, labels.shape), o["weights"]
    per_item = weights.ndim == labels.ndim
    weights = leading(weights, labels.shape)

    def at(index):
        items = [(index + (i,)) for i in range(labels.shape[-1])]
        items = [item for item in items if allowed[item] and labels[item].value >= 0]
        if not items:
            return None
        logs = log_softmax([scores[item] for item in items])[0]
        y = [labels[item] for item in items]
        if o["normalizeLabels"]:
            total = sum(y)
            y = [quotient(label, total) for label in y]
        return -sum((weights[item] if per_item else 1) * label * logarithm
                    for item, label, logarithm in zip(items, y, logs))

    unreduced = at_positions(labels.shape[:-1], True, at)
    unreduced.weighted = per_item
    return unreduced
