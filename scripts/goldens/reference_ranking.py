"""Definitions of losses of pairs, of lists and of classes in an order; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, exp, log, relu
from reference import at_positions, leading, log_softmax, sparse_rows, whole


def surprise(x):
    """-ln σ(x)."""
    return log(1 + exp(-x))


@whole("bradleyTerry", margin=0)
def _(arrays, o, mask):
    chosen, rejected = arrays["chosen"], arrays["rejected"]
    margins = np.asarray(arrays.get("margin", o["margin"]), dtype=object)
    margins = np.broadcast_to(margins, chosen.shape)
    return at_positions(chosen.shape, mask,
                        lambda at: surprise(chosen[at] - rejected[at] - margins[at]))


@sparse_rows("coral")
def _(y, x, o):
    weights = o.get("thresholdWeights") or [1] * len(x)
    return sum(mpmath.mpf(w) * surprise(v if y > k else -v)
               for k, (w, v) in enumerate(zip(weights, x)))


@sparse_rows("corn")
def _(y, x, o):
    tasks = x[:y + 1]
    return sum((surprise(v if y > k else -v) for k, v in enumerate(tasks)), Var(0)), len(tasks)


def items_of(labels, mask):
    """For the index of a list, the indices of its items."""
    allowed = leading(mask, labels.shape)

    def at(index):
        entries = [(*index, i) for i in range(labels.shape[-1])]
        return [e for e in entries if allowed[e] and labels[e].value >= 0]

    return at


def discount(rank):
    return 1 / mpmath.log(1 + rank)


def constant_gain(label):
    return mpmath.mpf(2) ** label.value - 1


def lambda_weight(own, labels, scores, o):
    """How much the pair of two of a list's items counts, by what the metric makes of it; constant."""
    metric, top, f = o["lambdaWeight"], o["topN"] or len(own), mpmath.mpf(o["smoothFraction"])
    rank = {item: place + 1 for place, item in enumerate(by_label(own, scores))}
    best = sum(constant_gain(labels[item]) * discount(place + 1)
               for place, item in enumerate(by_label(own, labels)[:top]))

    def of_rank(r):
        return discount(r) if r <= top else 0

    def of_pair(i, j):
        if metric is None:
            return 1
        within = [rank[i] <= top, rank[j] <= top]
        if metric == "precision":
            return int((labels[i].value >= 1) != (labels[j].value >= 1) and within[0] != within[1])
        if not any(within):
            return 0
        if metric == "labelDifference":
            return abs(labels[i].value - labels[j].value)
        gained = abs(constant_gain(labels[i]) - constant_gain(labels[j]))
        apart = abs(rank[i] - rank[j])
        lost = ((1 - f) * (discount(apart) - discount(apart + 1))
                + f * abs(of_rank(rank[i]) - of_rank(rank[j])))
        unit = 1 if metric == "dcg" or best == 0 else best
        return len(own) * gained * lost / unit

    return of_pair


LAMBDA = {"lambdaWeight": None, "topN": None, "smoothFraction": 0}


def pairwise(name, is_pair=lambda own, other: own > other, **defaults):
    """Of each item the sum of a formula of the differences of score and label to its partners."""

    def register(formula):
        def unreduced(arrays, o, mask):
            labels, scores = arrays.values()
            items = items_of(labels, mask)

            def at(i):
                own = items(i[:-1])
                if i not in own:
                    return None
                others = [j for j in own if j != i and is_pair(labels[i].value, labels[j].value)]
                weight_of = lambda_weight(own, labels, scores, o)
                counts = [weight_of(i, j) for j in others]
                losses = [formula(scores[i] - scores[j], labels[i] - labels[j], o) for j in others]
                return sum((n * loss for n, loss in zip(counts, losses)), Var(0)), sum(counts)

            return at_positions(labels.shape, True, at)

        return whole(name, **LAMBDA, **defaults)(unreduced)

    return register


@pairwise("pairwiseLogistic", temperature=1)
def _(gap, _, o):
    return surprise(gap / mpmath.mpf(o["temperature"]))


@pairwise("pairwiseSoftZeroOne", temperature=1)
def _(gap, _, o):
    return 1 / (1 + exp(gap / mpmath.mpf(o["temperature"])))


@pairwise("pairwiseHinge", temperature=1, margin=1)
def _(gap, _, o):
    return relu(mpmath.mpf(o["margin"]) - gap / mpmath.mpf(o["temperature"]))


@pairwise("pairwiseMeanSquaredError", is_pair=lambda own, other: True)
def _(gap, wanted, o):
    return (gap - wanted) * (gap - wanted)


def by_label(items, labels):
    """The most relevant first, or those of the highest score, equal ones in their order."""
    return sorted(items, key=lambda item: -labels[item].value)


@whole("listMle", temperature=1)
def _(arrays, o, mask):
    labels, scores = arrays.values()
    items = items_of(labels, mask)

    def at(index):
        order = by_label(items(index), labels)
        s = [scores[item] / mpmath.mpf(o["temperature"]) for item in order]
        return -sum(log_softmax(s[i:])[0][0] for i in range(len(s))) if s else None

    return at_positions(labels.shape[:-1], True, at)


def gain(label):
    return exp(label * mpmath.log(2)) - 1


@whole("uniqueSoftmax", temperature=1)
def _(arrays, o, mask):
    labels, scores = arrays.values()
    items = items_of(labels, mask)

    def at(index):
        own = items(index)

        def surprise_of(i):
            below = [j for j in own if labels[j].value < labels[i].value]
            return -log_softmax([scores[j] / mpmath.mpf(o["temperature"]) for j in [i, *below]])[0][0]

        return sum((gain(labels[i]) * surprise_of(i) for i in own), Var(0)) if own else None

    return at_positions(labels.shape[:-1], True, at)


def approximate(name):
    """Of each list with relevance a formula of its labels in their order and approximate ranks."""

    def register(formula):
        def unreduced(arrays, o, mask):
            labels, scores = arrays.values()
            items = items_of(labels, mask)

            def at(index):
                own = items(index)
                if not any(labels[item].value > 0 for item in own):
                    return None

                def rank(i):
                    leads = [(scores[j] - scores[i]) / mpmath.mpf(o["temperature"]) for j in own]
                    return mpmath.mpf(0.5) + sum(1 / (1 + exp(-lead)) for lead in leads)

                order = by_label(own, labels)
                return formula([labels[item] for item in order], [rank(item) for item in order])

            return at_positions(labels.shape[:-1], True, at)

        return whole(name, temperature=0.1)(unreduced)

    return register


@approximate("approxNdcg")
def _(labels, ranks):
    gained = sum(gain(label) / log(1 + rank) for label, rank in zip(labels, ranks))
    best = sum(gain(label) / mpmath.log(2 + place) for place, label in enumerate(labels))
    return -gained / best


@approximate("approxMrr")
def _(labels, ranks):
    return -sum(label / rank for label, rank in zip(labels, ranks)) / sum(labels, Var(0))
