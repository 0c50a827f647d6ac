"""Definitions of losses that compare an example with several others, or a class with several
centres; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, exp, log, relu, sqrt
from reference import at_positions, log_softmax, whole
from reference_pairs import PAIRS, Batch, product, squared, unit
from reference_views import margin_softmax

COSINES = dict(distance="cosine", normalize=False)


def log_sum(terms):
    return log(sum((exp(x) for x in terms), Var(0)))


def log_one_plus_sum(terms):
    return log(1 + sum((exp(x) for x in terms), Var(0)))


def over_pairs(batch, value):
    """A loss of each positive pair: value(i, j, the examples of other labels), None: no pair."""

    def at(pair):
        i, j = pair
        same, different = batch.partners(i)
        return value(i, j, different) if j in same else None

    return at_positions((len(batch.labels), len(batch.others)), True, at)


def over_examples(batch, value):
    """A loss of each example: value(i, the others of its label, those of other labels)."""
    return at_positions(batch.labels.shape, True, lambda at: value(at[0], *batch.partners(at[0])))


@whole("nca", scale=1, distance="squaredEuclidean", **PAIRS)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)

    def value(i, same, different):
        if not same:
            return None
        score = {j: -mpmath.mpf(o["scale"]) * batch.distance(i, j) for j in same + different}
        return log_sum(score.values()) - log_sum(score[j] for j in same)

    return over_examples(batch, value)


@whole("marginLoss", margin=0.2, beta=1.2, distance="euclidean", **PAIRS)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    margin = mpmath.mpf(o["margin"])
    count = len(batch.labels)
    beta = (np.broadcast_to(arrays["beta"], count) if "beta" in arrays
            else [Var(o["beta"])] * count)

    def at(pair):
        i, j = pair
        same, different = batch.partners(i)
        beyond = batch.distance(i, j) - (-beta[i] if batch.is_similarity else beta[i])
        if j in same:
            return relu(margin + beyond)
        return relu(margin - beyond) if j in different else None

    return at_positions((count, len(batch.others)), True, at)


LIFTED = dict(positiveMargin=0, negativeMargin=1, distance="euclidean", **PAIRS)


@whole("liftedStructure", **LIFTED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    near, apart = batch.turned(o["positiveMargin"]), batch.turned(o["negativeMargin"])

    def value(i, j, different):
        if not different:
            return None
        terms = [apart - batch.distance(i, n) for n in different]
        terms += [apart - batch.between(j, n) for n in different]
        excess = relu(log_sum(terms) + batch.distance(i, j) - near)
        return excess * excess / 2

    return over_pairs(batch, value)


@whole("generalizedLiftedStructure", **LIFTED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    near, apart = batch.turned(o["positiveMargin"]), batch.turned(o["negativeMargin"])

    def value(i, same, different):
        if not same or not different:
            return None
        return relu(log_sum(batch.distance(i, p) - near for p in same)
                    + log_sum(apart - batch.distance(i, n) for n in different))

    return over_examples(batch, value)


@whole("angular", alpha=40)
def _(arrays, o, mask):
    batch = Batch(arrays, {**o, **COSINES}, mask)
    t = mpmath.tan(mpmath.radians(mpmath.mpf(o["alpha"]))) ** 2

    def value(i, j, different):
        own = 2 * (1 + t) * batch.distance(i, j)
        return log_one_plus_sum(own - 4 * t * (batch.distance(i, n) + batch.between(j, n))
                                for n in different)

    return over_pairs(batch, value)


@whole("tupletMargin", margin=0.1, scale=64)
def _(arrays, o, mask):
    batch = Batch(arrays, {**o, **COSINES}, mask)
    margin, scale = mpmath.mpf(o["margin"]), mpmath.mpf(o["scale"])

    def sine(i, j):
        """Of vectors whose unit vectors have the lengths 1, or 0 at right angles to all."""
        u, v = unit(batch.vectors[i]), unit(batch.vectors[j])
        if abs(product(u, v).value) < 0.5:
            return sqrt(1 - product(u, v) * product(u, v))
        return sqrt(squared(u, v) * squared(u, [-x for x in v])) / 2

    def value(i, j, different):
        nearer = -batch.distance(i, j) * mpmath.cos(margin) + sine(i, j) * mpmath.sin(margin)
        return log_one_plus_sum(scale * (-batch.distance(i, n) - nearer) for n in different)

    return over_pairs(batch, value)


@whole("softTriple", scale=20, gamma=0.1, margin=0.01)
def _(arrays, o, mask):
    labels, similarities = arrays.values()

    def of_class(row):
        logarithms = log_softmax([s / mpmath.mpf(o["gamma"]) for s in row])[0]
        return sum((exp(x) * s for x, s in zip(logarithms, row)), Var(0))

    def at(index):
        rows = [of_class(list(row)) for row in similarities[index]]
        return margin_softmax(int(labels[index]), rows, o, lambda s: s - mpmath.mpf(o["margin"]))

    return at_positions(labels.shape, mask, at)


@whole("center")
def _(arrays, o, mask):
    labels, embeddings, centers = arrays.values()
    return at_positions(labels.shape, mask,
                        lambda at: squared(embeddings[at], centers[int(labels[at])]) / 2)
