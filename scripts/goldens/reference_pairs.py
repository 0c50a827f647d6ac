"""Definitions of losses that compare a batch of embeddings with itself or with others; see
reference.py."""

import mpmath

from autodiff import Var, bounded_below, exp, log, relu, sqrt
from reference import at_positions, leading, whole

PAIRS = dict(normalize=False)
COMPARED = dict(**PAIRS, references=None, referenceLabels=None)


def unit(vector):
    length = bounded_below(sqrt(sum(x * x for x in vector)), mpmath.mpf(1e-7))
    return [x / length for x in vector]


def less_mean(vector):
    mean = sum(vector, Var(0)) / len(vector)
    return [x - mean for x in vector]


def product(a, b):
    return sum((x * y for x, y in zip(a, b)), Var(0))


def squared(a, b):
    return sum(((x - y) * (x - y) for x, y in zip(a, b)), Var(0))


def noise(a, b):
    """Var(a − b) ÷ Var(a), of a whose deviations are no shorter than 1e-7."""
    a, b = less_mean(a), less_mean(b)
    length = bounded_below(sqrt(product(a, a)), mpmath.mpf(1e-7))
    return squared(a, b) / (length * length)


FAR = {
    "cosine": lambda a, b: -product(unit(a), unit(b)),
    "dot": lambda a, b: -product(a, b),
    "euclidean": lambda a, b: sqrt(squared(a, b)),
    "squaredEuclidean": squared,
    "snr": noise,
}


class Batch:
    """Who is compared with whom, and how far apart they are: minus a similarity."""

    def __init__(self, arrays, o, mask):
        def vectors(name):
            rows = [list(row) for row in arrays[name]]
            return [unit(row) for row in rows] if o["normalize"] else rows

        self.labels = arrays["labels"]
        self.allowed = leading(mask, self.labels.shape)
        self.vectors, self.far = vectors("embeddings"), FAR[o["distance"]]
        self.is_similarity = o["distance"] in ("cosine", "dot")
        self.has_references = o.get("references") is not None
        self.candidates = vectors("references") if self.has_references else self.vectors
        self.names = o["referenceLabels"] if self.has_references else self.labels
        self.others = range(len(self.candidates))

    def distance(self, i, j):
        return self.far(self.vectors[i], self.candidates[j])

    def between(self, i, j):
        return self.far(self.candidates[i], self.candidates[j])

    def may_be_paired(self, i, j):
        return self.allowed[i] and (self.has_references or (j != i and self.allowed[j]))

    def turned(self, number):
        """A similarity as a distance."""
        return -mpmath.mpf(number) if self.is_similarity else mpmath.mpf(number)

    def partners(self, i):
        others = [j for j in self.others if self.may_be_paired(i, j)]
        same = [j for j in others if self.names[j] == self.labels[i]]
        return same, [j for j in others if self.names[j] != self.labels[i]]


@whole("contrastive", positiveMargin=0, negativeMargin=1, pairs="all", distance="euclidean",
       **COMPARED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    near, apart = batch.turned(o["positiveMargin"]), batch.turned(o["negativeMargin"])

    def at(pair):
        i, j = pair
        same, different = batch.partners(i)
        if j in same and o["pairs"] != "negative":
            return relu(batch.distance(i, j) - near)
        if j in different and o["pairs"] != "positive":
            return relu(apart - batch.distance(i, j))
        return None

    return at_positions((len(batch.labels), len(batch.others)), True, at)


@whole("supervisedContrastive", temperature=0.1, distance="cosine", **COMPARED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)

    def at(anchor):
        i = anchor[0]
        same, different = batch.partners(i)
        if not same:
            return None
        score = {j: -batch.distance(i, j) / mpmath.mpf(o["temperature"])
                 for j in same + different}
        normalizer = log(sum(exp(x) for x in score.values()))
        return sum(normalizer - score[j] for j in same) / len(same)

    return at_positions(batch.labels.shape, mask, at)


@whole("multiSimilarity", alpha=2, beta=50, base=0.5, epsilon=None, distance="cosine",
       **COMPARED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    alpha, beta = mpmath.mpf(o["alpha"]), mpmath.mpf(o["beta"])
    threshold = batch.turned(o["base"])

    def at(anchor):
        i = anchor[0]
        same, different = ([batch.distance(i, j) for j in side] for side in batch.partners(i))
        if o["epsilon"] is not None:
            epsilon = mpmath.mpf(o["epsilon"])
            nearest = min([d.value for d in different], default=mpmath.inf)
            farthest = max([d.value for d in same], default=-mpmath.inf)
            same = [d for d in same if d.value + epsilon > nearest]
            different = [d for d in different if d.value - epsilon < farthest]
        near = sum((exp(alpha * (d - threshold)) for d in same), Var(0))
        apart = sum((exp(beta * (threshold - d)) for d in different), Var(0))
        return log(1 + near) / alpha + log(1 + apart) / beta

    return at_positions(batch.labels.shape, mask, at)


@whole("nPairs", distance="dot", **PAIRS)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    pairs = {}
    for i in batch.others:
        same = batch.partners(i)[0]
        if same and i < min(same):
            pairs[i] = min(same)

    def at(anchor):
        i = anchor[0]
        if i not in pairs:
            return None
        score = {j: -batch.distance(i, j) for j in pairs.values()}
        return log(sum(exp(x) for x in score.values())) - score[pairs[i]]

    return at_positions(batch.labels.shape, mask, at)


@whole("triplet", margin=1, mining="all", swap=False, soft=False, distance="euclidean",
       **COMPARED)
def _(arrays, o, mask):
    batch = Batch(arrays, o, mask)
    margin = mpmath.mpf(o["margin"])

    def loss(i, p, n):
        apart = batch.distance(i, n)
        if o["swap"]:
            other = batch.between(p, n)
            apart = other if other.value < apart.value else apart
        gap = batch.distance(i, p) - apart + margin
        return log(1 + exp(gap)) if o["soft"] else relu(gap)

    def farthest(i, some):
        return max(some, key=lambda j: batch.distance(i, j).value)

    def nearest(i, some):
        return min(some, key=lambda j: batch.distance(i, j).value)

    def is_mined(i, p, n):
        near, apart = batch.distance(i, p).value, batch.distance(i, n).value
        if o["mining"] == "hard":
            return apart <= near
        return o["mining"] == "all" or near < apart <= near + margin

    def at(index):
        i = index[0]
        same, different = batch.partners(i)
        if not same or not different:
            return None
        if o["mining"] == "batchHard":
            return loss(i, farthest(i, same), nearest(i, different))
        p = index[1]
        if p not in same:
            return None
        if o["mining"] == "batchSemihard":
            beyond = [n for n in different
                      if batch.distance(i, n).value > batch.distance(i, p).value]
            return loss(i, p, nearest(i, beyond) if beyond else farthest(i, different))
        n = index[2]
        return loss(i, p, n) if n in different and is_mined(i, p, n) else None

    count = len(batch.others)
    shape = {"batchHard": (), "batchSemihard": (count,)}.get(o["mining"], (count, count))
    return at_positions((len(batch.labels), *shape), True, at)
