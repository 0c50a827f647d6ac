"""Overlap of masks, Lovász extensions and the Matthews correlation; see reference.py.

Predictions have the shape (B, ..., C), labels too, or they are maps of class indices
(B, ...); with a single class (B, ...) is the mask itself.
"""

import itertools

import mpmath
import numpy as np

from autodiff import (
    Var, absolute, bounded_below, exp, lift, log, log_bounded, power, relu, sqrt,
)
from reference import LOSSES, Unreduced, at_positions, leading, quotient, total, whole


def pixels(arrays, o, mask):
    """Labels, probabilities and what counts, all of the shape of the predictions."""
    y, x = arrays.values()
    classes = x.shape[-1]
    counts = np.array(leading(mask, x.shape), dtype=bool)
    ignore = o.get("ignoreIndex")
    if y.ndim < x.ndim:
        y = y[..., None]
    if ignore is not None:
        counts &= np.vectorize(lambda label: lift(label).value != ignore, otypes=[bool])(y)
    if y.shape != x.shape:
        y = (y == np.arange(classes)).astype(int)
    y = np.vectorize(lift, otypes=[object])(y)
    if o.get("fromLogits"):
        activation = o.get("activation") or ("softmax" if classes > 1 else "sigmoid")
        x = softmax(x) if activation == "softmax" else 1 / (1 + np.vectorize(exp)(-x))
    return y, x, counts


def softmax(x):
    powers = np.vectorize(exp, otypes=[object])(x)
    return powers / powers.sum(axis=-1, keepdims=True)


def summed_axes(axis, rank):
    named = {"example": range(1, rank - 1), "batch": range(rank - 1)}
    return sorted(a % rank for a in (named[axis] if isinstance(axis, str) else axis))


def groups(y, x, counts, axes):
    """For each index along the axes that stay: labels and predictions of what counts there."""
    stay = [a for a in range(x.ndim) if a not in axes]
    order = stay + axes
    shape = tuple(x.shape[a] for a in stay)
    y, x, counts = (a.transpose(order).reshape(shape + (-1,)) for a in (y, x, counts))
    for at in np.ndindex(shape):
        yield at, y[at][counts[at]], x[at][counts[at]]


def staying(shape, axes):
    return tuple(size for a, size in enumerate(shape) if a not in axes)


def smaller(a, b):
    """The derivative of the minimum of two equal numbers is 1/2 by each."""
    return (a + b - absolute(a - b)) / 2


def overlap(name, **own):
    """A loss per class of true positives, false positives and false negatives."""

    def register(weights_of_errors):
        defaults = dict(
            fromLogits=False, activation=None, axis="example", smooth=1e-5, epsilon=1e-7,
            logLoss=False, classWeights=None, classes=None, ignoreIndex=None,
            absentClasses="count", intersection="product", squared=False, **own,
        )

        @whole(name, **defaults)
        def _(arrays, o, mask):
            y, x, counts = pixels(arrays, o, mask)
            axes = summed_axes(o["axis"], x.ndim)
            of_classes = np.empty(staying(x.shape, axes), dtype=object)
            for at, labels, predictions in groups(y, x, counts, axes):
                of_classes[at] = class_loss(labels, predictions, o, *weights_of_errors(o))
            if isinstance(o["axis"], str):
                return mean_over_classes(of_classes, o)
            return one_by_one(of_classes, o, has_classes=x.ndim - 1 not in axes)

    return register


def class_loss(y, x, o, alpha, beta):
    """The loss, whether the class is there, and whether anything counts."""
    smooth, epsilon = mpmath.mpf(o["smooth"]), mpmath.mpf(o["epsilon"])
    meet = smaller if o["intersection"] == "minimum" else Var.__mul__
    both = sum(map(meet, y, x), Var(0))
    size = (lambda v: v * v) if o["squared"] else (lambda v: v)
    present, predicted = (sum(map(size, array), Var(0)) for array in (y, x))
    errors = alpha * (predicted - both) + beta * (present - both)
    score = (both + smooth) / bounded_below(both + errors + smooth, epsilon)
    loss = -log_bounded(score, epsilon) if o["logLoss"] else 1 - score
    is_there = sum(y, Var(0)).value != 0
    if o["absentClasses"] == "zero" and not is_there:
        return Var(0), is_there, len(y) > 0
    return power(loss, o.get("gamma", 1)), is_there, len(y) > 0


def one_by_one(of_classes, o, has_classes):
    """What a list of axes leaves, the classes too: a chosen class counts if anything of it does."""
    shape = of_classes.shape
    losses, weights = np.empty(shape, dtype=object), np.ones(shape, dtype=object)
    valid = np.zeros(shape, dtype=bool)
    for at in np.ndindex(shape):
        loss, is_there, counts = of_classes[at]
        is_chosen = not has_classes or o["classes"] is None or at[-1] in o["classes"]
        valid[at] = counts and is_chosen and (is_there or o["absentClasses"] != "skip")
        if has_classes and o["classWeights"] is not None:
            weights[at] = mpmath.mpf(o["classWeights"][at[-1]])
        losses[at] = weights[at] * loss if valid[at] else Var(0)
    return Unreduced(losses, valid, weights)


def mean_over_classes(of_classes, o):
    losses = np.full(of_classes.shape[:-1], None, dtype=object)
    valid = np.zeros(losses.shape, dtype=bool)
    classes = range(of_classes.shape[-1]) if o["classes"] is None else o["classes"]
    for at in np.ndindex(losses.shape):
        weighted, weights = Var(0), 0
        for c in classes:
            loss, is_there, counts = of_classes[at][c]
            valid[at] |= counts
            if is_there or o["absentClasses"] != "skip":
                weight = mpmath.mpf(o["classWeights"][c] if o["classWeights"] is not None else 1)
                weighted, weights = weighted + weight * loss, weights + weight
        losses[at] = quotient(weighted, weights) if valid[at] else Var(0)
    return Unreduced(losses, valid, np.ones(losses.shape))


@overlap("dice")
def _(o):
    return mpmath.mpf(1) / 2, mpmath.mpf(1) / 2


@overlap("jaccard")
def _(o):
    return 1, 1


@overlap("tversky", alpha=0.5, beta=0.5, gamma=1)
def _(o):
    return mpmath.mpf(o["alpha"]), mpmath.mpf(o["beta"])


@whole("diceCrossentropy", **LOSSES["dice"].defaults, diceWeight=1, crossentropyWeight=1)
def _(arrays, o, mask):
    result = LOSSES["dice"].unreduced(arrays, o, mask)
    y, p, counts = pixels(arrays, o, mask)
    if o["axis"] == "batch":
        y, p, counts = (a[None] for a in (y, p, counts))
    flat = [a.reshape(len(a), -1, a.shape[-1]) for a in (y, p, counts)]
    entropies = np.array([mean_crossentropy(*image, o) for image in zip(*flat)], dtype=object)
    entropies = entropies.reshape(result.losses.shape)
    weighed = (mpmath.mpf(o["diceWeight"]) * result.losses
               + mpmath.mpf(o["crossentropyWeight"]) * entropies)
    result.losses = np.where(result.valid, weighed, Var(0))
    return result


def mean_crossentropy(y, p, counts, o):
    """Of pixels, each a row of classes."""
    classes = p.shape[-1]
    is_binary = (o["activation"] or ("softmax" if classes > 1 else "sigmoid")) == "sigmoid"
    weights = [1] * classes if o["classWeights"] is None else o["classWeights"]
    weights = [mpmath.mpf(weight) for weight in weights]

    def logarithm(share):
        return log(share) if o["fromLogits"] else log_bounded(share, o["epsilon"])

    loss, mass = Var(0), Var(0)
    for label, share, counted in zip(y, p, counts):
        chosen = [c for c in range(classes) if counted[c]]
        for c in chosen:
            positive = label[c] * logarithm(share[c])
            negative = (1 - label[c]) * logarithm(1 - share[c]) if is_binary else 0
            loss = loss - weights[c] * (positive + negative)
        if is_binary:
            mass = mass + sum(weights[c] for c in chosen)
        elif o["classWeights"] is None:
            mass = mass + int(bool(chosen))
        else:
            mass = mass + sum((weights[c] * label[c] for c in chosen), Var(0))
    return quotient(loss, mass)


@whole("generalizedDice", fromLogits=False, activation=None, axis="example", smooth=1e-5,
       epsilon=1e-7, weight="square", classes=None, ignoreIndex=None)
def _(arrays, o, mask):
    """A class that is not there weighs as much as the heaviest one that is, as in MONAI."""
    y, x, counts = pixels(arrays, o, mask)
    axes = summed_axes(o["axis"], x.ndim)
    sums = np.empty(staying(x.shape, axes), dtype=object)
    for at, labels, predictions in groups(y, x, counts, axes):
        sums[at] = (sum(labels * predictions, Var(0)), sum(labels, Var(0)),
                    sum(predictions, Var(0)), len(labels) > 0)
    losses = np.empty(sums.shape[:-1], dtype=object)
    valid = np.zeros(losses.shape, dtype=bool)
    smooth, epsilon = mpmath.mpf(o["smooth"]), mpmath.mpf(o["epsilon"])
    for at in np.ndindex(losses.shape):
        chosen = [sums[at][c] for c in (o["classes"] or range(x.shape[-1]))]
        valid[at] = any(counts for *_, counts in chosen)
        weights = [sudre_weight(present, o["weight"]) for _, present, _, _ in chosen]
        heaviest = max((w for w in weights if w), key=lambda w: w.value, default=Var(0))
        both, either = Var(0), Var(0)
        for weight, (meet, present, predicted, _) in zip(weights, chosen):
            both = both + (weight or heaviest) * meet
            either = either + (weight or heaviest) * (present + predicted)
        score = (both + smooth) / bounded_below(either / 2 + smooth, epsilon)
        losses[at] = 1 - score if valid[at] else Var(0)
    return Unreduced(losses, valid, np.ones(losses.shape))


def sudre_weight(present, weight):
    if weight == "uniform":
        return Var(1)
    if present.value == 0:
        return None
    return 1 / (present * present) if weight == "square" else 1 / present


@whole("matthewsCorrelation", axis="batch", epsilon=1e-5)
def _(arrays, o, mask):
    y, x, counts = pixels(arrays, o, mask)
    axes = [*summed_axes(o["axis"], x.ndim), x.ndim - 1]
    losses = np.empty(staying(x.shape, axes), dtype=object)
    valid = np.zeros(losses.shape, dtype=bool)
    epsilon = mpmath.mpf(o["epsilon"])
    for at, labels, predictions in groups(y, x, counts, axes):
        tp, tn, fp, fn = (
            sum(products, Var(epsilon)) for products in (
                labels * predictions, (1 - labels) * (1 - predictions),
                (1 - labels) * predictions, labels * (1 - predictions),
            )
        )
        spread = sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
        valid[at] = len(labels) > 0
        losses[at] = 1 - (tp * tn - fp * fn) / spread if valid[at] else Var(0)
    return Unreduced(losses, valid, np.ones(losses.shape))


# Lovász extensions. Errors that tie share no slope by rule: their order is a matter of taste.


def lovasz(errors, is_there):
    """The errors, largest first, times the steps of the Jaccard loss."""
    order = sorted(range(len(errors)), key=lambda i: -errors[i].value)
    present, found, wrong = sum(is_there), 0, 0
    before, result = mpmath.mpf(0), Var(0)
    for i in order:
        found, wrong = found + is_there[i], wrong + 1 - is_there[i]
        jaccard = 1 - (present - found) / mpmath.mpf(present + wrong)
        result, before = result + (jaccard - before) * errors[i], jaccard
    return result


def over_images(y, x, counts, o, formula):
    """`formula` of the pixels that count, of all images together or of each."""
    losses = np.empty(y.shape[:1] if o["perImage"] else (), dtype=object)
    valid = np.zeros(losses.shape, dtype=bool)
    for at in np.ndindex(losses.shape):
        chosen = counts[at].ravel()
        labels = y[at].ravel()[chosen]
        predictions = x[at].reshape(len(chosen), -1)[chosen]
        valid[at] = len(labels) > 0
        losses[at] = formula(labels, predictions) if valid[at] else Var(0)
    return Unreduced(losses, valid, np.ones(losses.shape))


def whole_labels(y):
    return np.vectorize(lambda label: int(lift(label).value), otypes=[int])(y)


@whole("lovaszHinge", perImage=False, ignoreIndex=None)
def _(arrays, o, mask):
    y, x = arrays.values()
    y = whole_labels(y)
    counts = leading(mask, x.shape) & (y != o["ignoreIndex"])

    def of_pixels(y, x):
        errors = [relu(1 - (2 * int(label) - 1) * score) for label, (score,) in zip(y, x)]
        return lovasz(errors, list(y))

    return over_images(y, x, counts, o, of_pixels)


@whole("lovaszSoftmax", fromLogits=False, classes="present", perImage=False, ignoreIndex=None)
def _(arrays, o, mask):
    y, x = arrays.values()
    if y.ndim == x.ndim:
        y = y[..., 0] if y.shape[-1] == 1 else np.argmax(whole_labels(y), axis=-1)
    if o["fromLogits"]:
        x = softmax(x)
    counts = leading(mask, y.shape) & (y != o["ignoreIndex"])

    def of_pixels(y, p):
        classes = range(p.shape[1]) if isinstance(o["classes"], str) else o["classes"]
        if o["classes"] == "present":
            classes = [c for c in classes if c in y]
        losses = [lovasz([absolute(int(label == c) - row[c]) for label, row in zip(y, p)],
                         [int(label == c) for label in y]) for c in classes]
        return quotient(total(np.array(losses, dtype=object)), len(losses))

    return over_images(y, x, counts, o, of_pixels)


@whole("softClDice", iterations=3, smooth=1, epsilon=1e-7)
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    smooth, epsilon = mpmath.mpf(o["smooth"]), mpmath.mpf(o["epsilon"])

    def share(skeleton, masks):
        inside = sum(np.ravel(skeleton * masks), Var(0)) + smooth
        return inside / bounded_below(sum(np.ravel(skeleton), Var(0)) + smooth, epsilon)

    def of_class(y, x):
        precision = share(skeleton_of(x, o["iterations"]), y)
        recall = share(skeleton_of(y, o["iterations"]), x)
        return 1 - 2 * precision * recall / bounded_below(precision + recall, epsilon)

    def at(index):
        y, x = labels[index], predictions[index]
        classes = x.shape[-1]
        return sum((of_class(y[..., c], x[..., c]) for c in range(classes)), Var(0)) / classes

    return at_positions(labels.shape[:1], mask, at)


def skeleton_of(image, iterations):
    """What openings take away from an image, and from its erosions."""

    def relus(x):
        return np.vectorize(relu, otypes=[object])(x)

    skeleton = relus(image - opened(image))
    for _ in range(iterations):
        image = eroded(image)
        delta = relus(image - opened(image))
        skeleton = skeleton + delta - skeleton * delta
    return skeleton


def opened(image):
    """The largest of the square, or the cube, around each pixel of the erosion."""
    low = eroded(image)
    steps = list(itertools.product((-1, 0, 1), repeat=image.ndim))
    return of_pixels(low, steps, lambda near: max(near, key=lambda v: v.value))


def eroded(image):
    """The least of each pixel and its neighbours along each axis."""
    axes = np.eye(image.ndim, dtype=int)
    steps = [np.zeros(image.ndim, int), *axes, *-axes]
    return of_pixels(image, steps, lambda near: min(near, key=lambda v: v.value))


def of_pixels(image, steps, choose):
    """Of numbers that tie the first one has the derivative."""
    result = np.empty(image.shape, dtype=object)
    for place in np.ndindex(image.shape):
        near = (tuple(np.add(place, step)) for step in steps)
        result[place] = choose([image[at] for at in near if all(0 <= i < n for i, n in zip(at, image.shape))])
    return result
