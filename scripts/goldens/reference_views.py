"""Losses of two batches of vectors, of cosines and of distances; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, bounded_below, exp, log, relu, sqrt
from reference import at_positions, elementwise, leading, log_softmax, sparse_rows, whole


@elementwise("pairContrastive", margin=1)
def _(y, d, o):
    gap = relu(mpmath.mpf(o["margin"]) - d)
    return y * d * d + (1 - y) * gap * gap


def margin_softmax(y, cosines, o, after_margin):
    """The cross-entropy of scaled cosines, the one of the label after its margin."""
    chosen = [after_margin(c) if i == y else c for i, c in enumerate(cosines)]
    return -log_softmax([mpmath.mpf(o["scale"]) * c for c in chosen])[0][y]


@sparse_rows("cosFace", margin=0.35, scale=64)
def _(y, cosines, o):
    return margin_softmax(y, cosines, o, lambda c: c - mpmath.mpf(o["margin"]))


@sparse_rows("arcFace", margin=0.5, scale=64)
def _(y, cosines, o):
    margin = mpmath.mpf(o["margin"])

    def turned(c):
        """cos(θ + m); the sine in the derivative is bounded by 2^-12."""
        if c.value < -mpmath.cos(margin):
            return c - margin * mpmath.sin(margin)
        sine = mpmath.sqrt(1 - c.value**2)
        bounded = Var(sine, ((c, -c.value / max(sine, mpmath.mpf(2) ** -12)),))
        return mpmath.cos(margin) * c - mpmath.sin(margin) * bounded

    return margin_softmax(y, cosines, o, turned)


def unit(vectors):
    """Vectors divided by their lengths, which are bounded by 1e-7 from below."""
    least = mpmath.mpf(1e-7)
    return np.array([[v / bounded_below(sqrt(sum(u * u for u in row)), least) for v in row]
                     for row in vectors])


def option(name, arrays, o):
    """A number, or a variable of one in a list."""
    return np.ravel(arrays[name])[0] if name in arrays else mpmath.mpf(o[name])


def counted(mask, shape):
    return [i for i in range(shape[0]) if leading(mask, shape[:1])[i]]


def own_among(scores, i, among):
    """The cross-entropy of row i for its own column."""
    return log(sum(exp(scores[i, j]) for j in among)) - scores[i, i]


@whole("clip", temperature=0.07, normalize=False)
def _(arrays, o, mask):
    images, texts = (unit(arrays[name]) if o["normalize"] else arrays[name]
                     for name in ("images", "texts"))
    scores = images @ texts.T / option("temperature", arrays, o)
    among = counted(mask, images.shape)
    return at_positions(
        images.shape[:1], mask,
        lambda at: (own_among(scores, at[0], among) + own_among(scores.T, at[0], among)) / 2)


@whole("sigLip", temperature=0.1, bias=-10, normalize=False)
def _(arrays, o, mask):
    images, texts = (unit(arrays[name]) if o["normalize"] else arrays[name]
                     for name in ("images", "texts"))
    logits = images @ texts.T / option("temperature", arrays, o) + option("bias", arrays, o)
    among = counted(mask, images.shape)

    def at(index):
        i = index[0]
        return sum(log(1 + exp(-logits[i, j] if i == j else logits[i, j])) for j in among)

    return at_positions(images.shape[:1], mask, at)


@whole("infoNce", temperature=0.07, distance="cosine", inBatch=True)
def _(arrays, o, mask):
    def vectors(name):
        return unit(arrays[name]) if o["distance"] == "cosine" else arrays[name]

    queries, temperature = vectors("queries"), option("temperature", arrays, o)
    scores = queries @ vectors("keys").T / temperature
    count = len(queries)
    further = range(0)
    if "negatives" in arrays:
        scores = np.concatenate([scores, queries @ vectors("negatives").T / temperature], axis=1)
        further = range(count, scores.shape[1])
    among = counted(mask, queries.shape)
    return at_positions(
        queries.shape[:1], mask,
        lambda at: own_among(scores, at[0], [*(among if o["inBatch"] else at), *further]))


def of_batch(value, rows):
    """One value for the whole batch, of which some rows count; 0 of fewer than two."""
    return at_positions((), True, lambda _: (value() if len(rows) > 1 else Var(0)) if rows else None)


def deviations(features, rows):
    """The rows that count, less their mean."""
    chosen = features[rows]
    return chosen - sum(chosen) / len(rows)


@whole("barlowTwins", **{"lambda": 0.005})
def _(arrays, o, mask):
    a, b = arrays.values()
    rows = counted(mask, a.shape)

    def standardized(features):
        moved = deviations(features, rows)
        variances = sum(moved * moved) / len(rows)
        return moved / np.array([sqrt(v + mpmath.mpf("1e-5")) for v in variances])

    def value():
        correlations = standardized(a).T @ standardized(b) / len(rows)
        return sum((1 - c) * (1 - c) if i == j else mpmath.mpf(o["lambda"]) * c * c
                   for (i, j), c in np.ndenumerate(correlations))

    return of_batch(value, rows)


@whole("vicReg", invariance=25, variance=25, covariance=1, epsilon=1e-4)
def _(arrays, o, mask):
    a, b = arrays.values()
    rows, features = counted(mask, a.shape), a.shape[1]
    number = {name: mpmath.mpf(o[name])
              for name in ("invariance", "variance", "covariance", "epsilon")}

    def of_view(view):
        moved = deviations(view, rows)
        covariances = moved.T @ moved / (len(rows) - 1)
        lack = sum(relu(1 - sqrt(covariances[i, i] + number["epsilon"])) for i in range(features))
        others = sum((c * c for (i, j), c in np.ndenumerate(covariances) if i != j), Var(0))
        return (number["variance"] * lack / 2 + number["covariance"] * others) / features

    def value():
        difference = (a - b)[rows]
        mean = np.sum(difference * difference) / (len(rows) * features)
        return number["invariance"] * mean + of_view(a) + of_view(b)

    return of_batch(value, rows)


@whole("proxyAnchor", margin=0.1, scale=32)
def _(arrays, o, mask):
    labels, cosines = arrays.values()
    rows, classes = counted(mask, cosines.shape), range(cosines.shape[1])
    margin, scale = mpmath.mpf(o["margin"]), mpmath.mpf(o["scale"])

    def value(_):
        if not rows:
            return None
        present = [c for c in classes if any(labels[i] == c for i in rows)]
        near = sum(log(1 + sum(exp(-scale * (cosines[i, c] - margin))
                               for i in rows if labels[i] == c)) for c in present)
        far = sum(log(1 + sum((exp(scale * (cosines[i, c] + margin))
                               for i in rows if labels[i] != c), Var(0))) for c in classes)
        return near / len(present) + far / len(classes)

    return at_positions((), True, value)
