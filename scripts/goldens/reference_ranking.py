"""Definitions of losses of pairs, of lists and of classes in an order; see reference.py."""

import mpmath
import numpy as np

from autodiff import exp, log, relu
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


def items_of(labels, mask):
    """For the index of a list, the indices of its items."""
    allowed = leading(mask, labels.shape)

    def at(index):
        entries = [(*index, i) for i in range(labels.shape[-1])]
        return [e for e in entries if allowed[e] and labels[e].value >= 0]

    return at


def pairwise(name, **defaults):
    """Of each item the sum of a formula of score differences to the less relevant ones."""

    def register(formula):
        def unreduced(arrays, o, mask):
            labels, scores = arrays.values()
            items = items_of(labels, mask)

            def at(item):
                others = items(item[:-1])
                if item not in others:
                    return None
                below = [j for j in others if labels[item].value > labels[j].value]
                gaps = [(scores[item] - scores[j]) / mpmath.mpf(o["temperature"]) for j in below]
                return sum((formula(gap, o) for gap in gaps), 0), len(below)

            return at_positions(labels.shape, True, at)

        return whole(name, temperature=1, **defaults)(unreduced)

    return register


@pairwise("pairwiseLogistic")
def _(gap, o):
    return surprise(gap)


@pairwise("pairwiseHinge", margin=1)
def _(gap, o):
    return relu(mpmath.mpf(o["margin"]) - gap)


def by_label(items, labels):
    """The most relevant first, equal ones in their order."""
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


@whole("approxNdcg", temperature=0.1)
def _(arrays, o, mask):
    labels, scores = arrays.values()
    items = items_of(labels, mask)

    def gain(item):
        return exp(labels[item] * mpmath.log(2)) - 1

    def at(index):
        own = items(index)
        if not any(labels[item].value > 0 for item in own):
            return None

        def rank(i):
            leads = [(scores[j] - scores[i]) / mpmath.mpf(o["temperature"]) for j in own]
            return mpmath.mpf(0.5) + sum(1 / (1 + exp(-lead)) for lead in leads)

        gained = sum(gain(item) / log(1 + rank(item)) for item in own)
        best = sum(gain(item) / mpmath.log(2 + place)
                   for place, item in enumerate(by_label(own, labels)))
        return -gained / best

    return at_positions(labels.shape[:-1], True, at)
