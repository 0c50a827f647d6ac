"""Losses of masks: how well predicted regions overlap with labelled ones."""

import functools
import math
from types import SimpleNamespace

from keras import ops

from .base import Unreduced, in_range, keep, loss, nan_unless
from .classification import binary_surprise
from .domain import PROBABILITY, unless
from .numerics import (
    at_least,
    bounded_log,
    is_class,
    maximum,
    minimum,
    mul_no_nan,
    of_rank,
    power,
    quotient,
)


def overlap_conflict(o):
    """A list of axes counts them as they are; classes are looked for where it does not."""
    if o.class_axis == -1 or isinstance(o.axis, str):
        return None
    return (
        f"class_axis is {o.class_axis}, and axis a list; expected axis to be 'example', 'batch' or "
        "'all' with it"
    )


MASKS = dict(
    _indices="masks",
    _range=unless("from_logits", PROBABILITY),
    class_axis=-1,
    from_logits=False,
    activation=None,
    axis="example",
)
OVERLAP = dict(
    **MASKS,
    _check=overlap_conflict,
    smooth=1e-5,
    epsilon=1e-7,
    log_loss=False,
    class_weights=None,
    classes=None,
    ignore_index=None,
    absent_classes="count",
    intersection="product",
    squared=False,
)


def masks_signature(o, rank):
    """A list of axes sums over those and leaves all others, so that each needs a name."""
    if isinstance(o.axis, str):
        return f"(B,...,C),(B,...,C)->(B,...,C)->({'B' if o.axis == 'example' else ''})"
    names = ["B", *(f"A{i}" for i in range(1, rank - 1)), "C"]
    left = [name for i, name in enumerate(names) if i not in over_axes(o.axis, rank)]
    entries = ",".join(names)
    return f"({entries}),({entries})->({entries})->({','.join(left)})"


def over_axes(axis, rank):
    """The axes that are summed, by number."""
    if isinstance(axis, str):
        return tuple(range(1 if axis == "example" else 0, rank if axis == "all" else rank - 1))
    return tuple(a % rank for a in ([axis] if isinstance(axis, int) else axis))


def sum_over(x, over):
    return ops.sum(x, axis=over) if over else x


def only(counted, x):
    """x, and 0 where an entry does not count."""
    return x if counted is None else keep(counted, x, 0)


def both(a, b):
    """Where both are true; None is true everywhere."""
    return a if b is None else b if a is None else ops.logical_and(a, b)


def activation_of(predictions, given=None):
    """What makes probabilities of these logits."""
    return given or ("softmax" if predictions.shape[-1] > 1 else "sigmoid")


def of_counted_classes(logits, counted):
    """Logits of which those that do not count have no part in a softmax."""
    if counted is None:
        return logits
    is_any = ops.any(counted, axis=-1, keepdims=True)
    return keep(is_any, keep(counted, logits, -math.inf), 0)


def probabilities_of(predictions, from_logits, activation=None, counted=None):
    """Of each class at each pixel. An entry that does not count takes no part in the softmax."""
    if not from_logits:
        return predictions
    if activation_of(predictions, activation) == "sigmoid":
        return ops.sigmoid(predictions)
    return ops.softmax(of_counted_classes(predictions, counted), axis=-1)


def chosen_classes(classes, n):
    """True at the chosen ones of the classes; None if that is all."""
    if classes is None:
        return None
    if max(classes) >= n:
        raise ValueError(f"classes is {classes}; expected class indices from 0 to {n - 1}")
    return ops.convert_to_tensor([c in classes for c in range(n)], dtype="bool")


def counted_entries(valid, weights, rank):
    """Which entries count: valid ones whose weight is not 0; None: all."""
    valid = None if valid is None else of_rank(valid, rank)
    return both(valid, None if weights is None else weights != 0)


def heavy_pixels(x, weights, rank):
    """x at the pixels, which are the first `rank` axes, and 0 at those that weigh nothing: they
    often lack labels, and x may be anything there, NaN too.
    """
    if weights is None:
        return x
    return keep(of_rank(of_rank(weights != 0, rank), len(x.shape)), x, 0)


def weighed(x, weights):
    return x if weights is None else weights * x


def counted_masks(labels, predictions, o, valid, weights):
    """Labels and probabilities, 0 where an entry does not count, and which entries do."""
    rank = len(predictions.shape)
    chosen = chosen_classes(o.classes, predictions.shape[-1])
    counted = both(counted_entries(valid, weights, rank), chosen)
    valid = None if valid is None else of_rank(valid, rank)
    heavy = heavy_pixels(predictions, weights, rank - 1)
    p = probabilities_of(heavy, o.from_logits, o.activation, valid)
    return only(counted, labels), only(counted, p), counted


def mean_over_classes(losses, kept, weights=None):
    """The mean over the last axis of what is kept, weighted; 0 where that is nothing."""
    ones = ops.ones_like(losses)
    shares = only(kept, ones if weights is None else weights * ones)
    return quotient(ops.sum(shares * only(kept, losses), axis=-1), ops.sum(shares, axis=-1))


def overlap_loss(labels, predictions, o, valid, weights, alpha, beta, gamma=1):
    """(1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ of each class."""
    rank = len(predictions.shape)
    over = over_axes(o.axis, rank)
    sums_classes = rank - 1 in over
    y, p, counted = counted_masks(labels, predictions, o, valid, weights)
    of_classes = o.class_weights

    def total(x):
        return sum_over(weighed(weighed(x, weights), of_classes if sums_classes else None), over)

    overlap = total(y * p if o.intersection == "product" else minimum(y, p))
    present, predicted = (total(ops.square(x) if o.squared else x) for x in (y, p))
    errors = alpha * (predicted - overlap) + beta * (present - overlap)
    score = (overlap + o.smooth) / at_least(overlap + errors + o.smooth, o.epsilon)
    losses = power(-bounded_log(score, o.epsilon) if o.log_loss else 1 - score, gamma)

    is_present = present != 0
    losses = only(is_present if o.absent_classes == "zero" else None, losses)
    kept = is_present if o.absent_classes == "skip" else None
    if o.axis in ("example", "batch"):
        chosen = chosen_classes(o.classes, predictions.shape[-1])
        return mean_over_classes(losses, both(kept, chosen), of_classes)
    if counted is not None:
        counted = ops.logical_and(counted, ops.ones_like(y, dtype="bool"))
        kept = both(ops.any(counted, axis=over), kept)
    if sums_classes or of_classes is None:
        return Unreduced(losses, valid=kept)
    return Unreduced(losses * of_classes, mass=of_classes, valid=kept)


@loss(masks_signature, dice_weight=1, crossentropy_weight=1, **OVERLAP)
def dice_crossentropy(labels, predictions, o, valid, weights):
    """The Dice loss and the mean cross-entropy, each times its weight."""
    overlap = overlap_loss(labels, predictions, o, valid, weights, alpha=0.5, beta=0.5)
    crossentropy = mean_crossentropy(labels, predictions, o, valid, weights)
    return o.dice_weight * overlap + o.crossentropy_weight * crossentropy


def mean_crossentropy(labels, predictions, o, valid, weights):
    """The mean over what counts of an example, or of the batch, weighted by class.

    With a softmax it is that of the cross-entropies of pixels, with a sigmoid that of the binary
    ones of entries.
    """
    rank = len(predictions.shape)
    over = over_axes(o.axis, rank)
    counted = counted_entries(valid, weights, rank)
    x = heavy_pixels(predictions, weights, rank - 1)
    y, present = only(counted, labels), only(counted, ops.ones_like(predictions))

    def weighed_by_all(entries):
        return weighed(weighed(entries, weights), o.class_weights)

    if activation_of(predictions, o.activation) == "sigmoid":
        surprise = binary_surprise(y, x, SimpleNamespace(**{**vars(o), "pos_weight": None}))
        axes = (*over, rank - 1)
        total = sum_over(weighed_by_all(only(counted, surprise)), axes)
        return quotient(total, sum_over(weighed_by_all(present), axes))
    if o.from_logits:
        valid = None if valid is None else of_rank(valid, rank)
        log_p = ops.log_softmax(of_counted_classes(x, valid), axis=-1)
    else:
        log_p = bounded_log(x, o.epsilon)
    surprise = -ops.sum(mul_no_nan(weighed_by_all(y), log_p), axis=-1)
    if o.class_weights is None:
        mass = quotient(ops.sum(weighed(present, weights), axis=-1), ops.sum(present, axis=-1))
    else:
        mass = ops.sum(weighed_by_all(y), axis=-1)
    return quotient(sum_over(surprise, over), sum_over(mass, over))


@loss(masks_signature, **OVERLAP)
def dice(labels, predictions, o, valid, weights):
    """1 − (I + s) ÷ max(½·(P + T) + s, ε) of each class, with I = Σ y·p, T = Σ y and P = Σ p."""
    return overlap_loss(labels, predictions, o, valid, weights, alpha=0.5, beta=0.5)


@loss(masks_signature, **OVERLAP)
def jaccard(labels, predictions, o, valid, weights):
    """1 − (I + s) ÷ max(P + T − I + s, ε) of each class, with I = Σ y·p, T = Σ y and P = Σ p."""
    return overlap_loss(labels, predictions, o, valid, weights, alpha=1, beta=1)


@loss(masks_signature, **OVERLAP, alpha=0.5, beta=0.5, gamma=1)
def tversky(labels, predictions, o, valid, weights):
    """(1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ of each class."""
    return overlap_loss(labels, predictions, o, valid, weights, o.alpha, o.beta, o.gamma)


@loss(
    masks_signature,
    **MASKS,
    smooth=1e-5,
    epsilon=1e-7,
    weight="square",
    classes=None,
    ignore_index=None,
)
def generalized_dice(labels, predictions, o, valid, weights):
    """1 − (Σ_c w_c·I_c + s) ÷ max(½·Σ_c w_c·(P_c + T_c) + s, ε), with w = 1 ÷ T²."""
    y, p, _ = counted_masks(labels, predictions, o, valid, weights)
    over = over_axes(o.axis, len(y.shape))
    overlap, present, predicted = (sum_over(weighed(x, weights), over) for x in (y * p, y, p))
    # All factors are divided by the largest, which overflows where a class is tiny.
    factors, inverse = relative_weights(present, {"square": 2, "simple": 1, "uniform": 0}[o.weight])
    smooth = o.smooth * inverse
    overlap = ops.sum(factors * overlap, axis=-1) + smooth
    union = 0.5 * ops.sum(factors * (predicted + present), axis=-1) + smooth
    union = ops.maximum(union, o.epsilon * inverse)
    # It cancels, so that the square of the denominator, in the derivative, cannot underflow.
    scale = ops.stop_gradient(union)
    return 1 - overlap / scale / (union / scale)


def relative_weights(sizes, k):
    """T^−k of each size T over the last axis, divided by the largest, and its inverse."""
    is_there = sizes != 0
    logs = ops.log(keep(is_there, sizes, 1))
    least = ops.min(keep(is_there, logs, math.inf), axis=-1, keepdims=True)
    least = keep(ops.isfinite(least), least, 0)
    weights = keep(is_there, ops.exp(k * (least - logs)), 1)
    is_any_there = ops.any(is_there, axis=-1, keepdims=True)
    if k > 0:
        weights = keep(is_any_there, weights, 0)
    return weights, ops.exp(k * least[..., 0])


@loss(masks_signature, _indices="masks", _range=PROBABILITY, axis="batch", epsilon=1e-5)
def matthews_correlation(labels, predictions, o, valid, weights):
    """1 − (TP·TN − FP·FN) ÷ √((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN)), over all classes."""
    rank = len(predictions.shape)
    counted = counted_entries(valid, weights, rank)
    labels, predictions = only(counted, labels), only(counted, predictions)

    def count(x):
        entries = weighed(only(counted, x), weights)
        return ops.sum(entries, axis=(*over_axes(o.axis, rank), rank - 1)) + o.epsilon

    tp, tn = count(labels * predictions), count((1 - labels) * (1 - predictions))
    fp, fn = count((1 - labels) * predictions), count(labels * (1 - predictions))
    spread = ops.sqrt((tp + fp) * (tp + fn)) * ops.sqrt((tn + fp) * (tn + fn))
    return 1 - (tp * tn - fp * fn) / spread


def images_signature(inputs):
    return lambda o, rank: f"{inputs}->(B,...)->({'B' if o.per_image else ''})"


def lovasz_extension(errors, is_positive, valid, weights, per_image):
    """Σ e_i·ΔJ_i of errors [B, ..., C]: [B, C], or [1, C] where images are not sorted on their own.

    ΔJ_i is by how much the Jaccard loss grows as pixel i is got wrong after all those with larger
    errors; it is constant in the gradient, as it is wherever the order does not change.
    """
    rank = len(errors.shape)
    groups = ops.shape(errors)[0] if per_image else 1
    counted = counted_entries(valid, weights, rank - 1)
    own = ops.ones_like(errors)
    if weights is not None:
        own = own * of_rank(weights, rank)
    # What does not count comes last, and weighs nothing.
    keys = -errors
    if counted is not None:
        counted = of_rank(counted, rank)
        errors, own, keys = keep(counted, errors, 0), keep(counted, own, 0), keep(counted, keys, 1)
    positives = own * ops.cast(is_positive, own.dtype)
    shape = (groups, -1, errors.shape[-1])
    errors, own, positives, keys = (ops.reshape(x, shape) for x in (errors, own, positives, keys))
    order = ops.argsort(keys, axis=1)
    in_order = (ops.take_along_axis(x, order, axis=1) for x in (errors, own, positives))
    errors, own, positives = in_order

    present = ops.sum(positives, axis=1, keepdims=True)
    found = ops.cumsum(positives, axis=1)
    union = present + ops.cumsum(own, axis=1) - found
    before = union - own
    # Written out, since n ÷ u − (n − w) ÷ u′ loses all digits among many pixels.
    of_negative = keep(before > 0, quotient(own * (present - found), union * before), 1)
    steps = ops.where(positives != 0, quotient(own, union), of_negative)
    steps = ops.stop_gradient(keep(own != 0, steps, 0))
    return ops.sum(steps * errors, axis=1)


@loss(
    images_signature("(B,...,C),(B,...,C)"),
    _indices="masks",
    class_axis=-1,
    from_logits=False,
    classes="present",
    per_image=False,
    ignore_index=None,
)
def lovasz_softmax(labels, predictions, o, valid, weights):
    """The mean over the classes of Σ e_i·ΔJ_i over errors e = |y − p|, see `lovasz_extension`."""
    n, rank = predictions.shape[-1], len(predictions.shape)
    labels, predictions = (heavy_pixels(x, weights, rank - 1) for x in (labels, predictions))
    # The class of a pixel is the one with the greatest label.
    is_positive = labels >= 0.5 if n == 1 else is_class(ops.argmax(labels, axis=-1), n)
    errors = ops.abs(labels - probabilities_of(predictions, o.from_logits))
    of_classes = lovasz_extension(errors, is_positive, valid, weights, o.per_image)
    if o.classes == "present":
        counted = counted_entries(valid, weights, rank - 1)
        counted = None if counted is None else of_rank(counted, rank)
        first = 1 if o.per_image else 0
        kept = ops.any(both(is_positive, counted), axis=tuple(range(first, rank - 1)))
    else:
        kept = chosen_classes(None if o.classes == "all" else o.classes, n)
    values = mean_over_classes(of_classes, kept)
    return values if o.per_image else values[0]


@loss(images_signature("(B,...),(B,...)"), _labels="integers", per_image=False, ignore_index=None)
def lovasz_hinge(labels, predictions, o, valid, weights):
    """Σ e_i·ΔJ_i over errors e = max(0, 1 − x·(2y − 1)), see `lovasz_extension`."""
    signs = nan_unless(in_range(labels, 2), 2 * ops.cast(labels, predictions.dtype) - 1)
    predictions = heavy_pixels(predictions, weights, len(predictions.shape))
    errors, is_positive = ops.relu(1 - predictions * signs)[..., None], (labels == 1)[..., None]
    values = lovasz_extension(errors, is_positive, valid, weights, o.per_image)[:, 0]
    return values if o.per_image else values[0]


def pixels_signature(o, rank):
    """With an axis of depth, or without."""
    entries = "(B,Z,H,W,C)" if rank == 5 else "(B,H,W,C)"
    return f"{entries},{entries}->(B)"


@loss(pixels_signature, _range=PROBABILITY, iterations=3, smooth=1, epsilon=1e-7)
def soft_cl_dice(labels, predictions, o):
    """1 − the harmonic mean of the shares of each skeleton that lies in the other mask."""

    def share(skeleton, masks):
        over = over_axes("example", len(masks.shape))
        inside = ops.sum(skeleton * masks, axis=over) + o.smooth
        return inside / at_least(ops.sum(skeleton, axis=over) + o.smooth, o.epsilon)

    p = share(skeleton_of(predictions, o.iterations), labels)
    r = share(skeleton_of(labels, o.iterations), predictions)
    return ops.mean(1 - 2 * p * r / at_least(p + r, o.epsilon), axis=-1)


def skeleton_of(masks, iterations):
    """What an opening takes away from masks, and from what is left of them after erosions."""
    eroded = erosion_of(masks)
    skeleton = ops.relu(masks - dilation_of(eroded))
    for _ in range(iterations):
        left, eroded = eroded, erosion_of(eroded)
        skeleton = skeleton + ops.relu(left - dilation_of(eroded)) * (1 - skeleton)
    return skeleton


def erosion_of(x):
    """The least of a pixel and its neighbours along each axis."""
    along = [of_neighbours(minimum, x, axis) for axis in range(1, len(x.shape) - 1)]
    return functools.reduce(minimum, along)


def dilation_of(x):
    """The largest of the square, or the cube, around a pixel."""
    for axis in range(1, len(x.shape) - 1):
        x = of_neighbours(maximum, x, axis)
    return x


def of_neighbours(choose, x, axis):
    """What is chosen of a pixel and the two beside it; at the border it is its own neighbour."""
    size = x.shape[axis]
    previous = ops.take(x, [max(0, i - 1) for i in range(size)], axis=axis)
    after = ops.take(x, [min(size - 1, i + 1) for i in range(size)], axis=axis)
    return choose(choose(previous, after), x)
