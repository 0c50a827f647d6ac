"""Losses of masks: how well predicted regions overlap with labelled ones."""

import math

from keras import ops

from .base import Unreduced, in_range, keep, loss, nan_unless
from .numerics import at_least, bounded_log, is_class, minimum, of_rank, power, quotient

ACTIVATION = dict(from_logits=False, activation=None)
OVERLAP = dict(
    **ACTIVATION,
    axis="example",
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


def probabilities_of(predictions, from_logits, activation=None, counted=None):
    """Of each class at each pixel. An entry that does not count takes no part in the softmax."""
    if not from_logits:
        return predictions
    if (activation or ("softmax" if predictions.shape[-1] > 1 else "sigmoid")) == "sigmoid":
        return ops.sigmoid(predictions)
    if counted is not None:
        is_any = ops.any(counted, axis=-1, keepdims=True)
        predictions = keep(is_any, keep(counted, predictions, -math.inf), 0)
    return ops.softmax(predictions, axis=-1)


def chosen_classes(classes, n):
    """True at the chosen ones of the classes; None if that is all."""
    if classes is None:
        return None
    if max(classes) >= n:
        raise ValueError(f"classes is {classes}; expected class indices from 0 to {n - 1}")
    return ops.convert_to_tensor([c in classes for c in range(n)], dtype="bool")


def counted_masks(labels, predictions, o, valid):
    """Labels and probabilities, 0 where an entry does not count, and which entries do."""
    valid = None if valid is None else of_rank(valid, len(predictions.shape))
    counted = both(valid, chosen_classes(o.classes, predictions.shape[-1]))
    p = probabilities_of(predictions, o.from_logits, o.activation, valid)
    return only(counted, labels), only(counted, p), counted


def mean_over_classes(losses, kept, weights=None):
    """The mean over the last axis of what is kept, weighted; 0 where that is nothing."""
    ones = ops.ones_like(losses)
    shares = only(kept, ones if weights is None else weights * ones)
    return quotient(ops.sum(shares * only(kept, losses), axis=-1), ops.sum(shares, axis=-1))


def overlap_loss(labels, predictions, o, valid, alpha, beta, gamma=1):
    """(1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ of each class."""
    rank = len(predictions.shape)
    over = over_axes(o.axis, rank)
    sums_classes = rank - 1 in over
    y, p, counted = counted_masks(labels, predictions, o, valid)
    weights = o.class_weights

    def total(x):
        return sum_over(x * weights if sums_classes and weights is not None else x, over)

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
        return mean_over_classes(losses, both(kept, chosen), weights)
    if counted is not None:
        counted = ops.logical_and(counted, ops.ones_like(y, dtype="bool"))
        kept = both(ops.any(counted, axis=over), kept)
    if sums_classes or weights is None:
        return Unreduced(losses, valid=kept)
    return Unreduced(losses * weights, mass=weights, valid=kept)


@loss(masks_signature, _indices="masks", **OVERLAP)
def dice(labels, predictions, o, valid):
    """1 − (I + s) ÷ max(½·(P + T) + s, ε) of each class, with I = Σ y·p, T = Σ y and P = Σ p."""
    return overlap_loss(labels, predictions, o, valid, alpha=0.5, beta=0.5)


@loss(masks_signature, _indices="masks", **OVERLAP)
def jaccard(labels, predictions, o, valid):
    """1 − (I + s) ÷ max(P + T − I + s, ε) of each class, with I = Σ y·p, T = Σ y and P = Σ p."""
    return overlap_loss(labels, predictions, o, valid, alpha=1, beta=1)


@loss(masks_signature, _indices="masks", **OVERLAP, alpha=0.5, beta=0.5, gamma=1)
def tversky(labels, predictions, o, valid):
    """(1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ of each class."""
    return overlap_loss(labels, predictions, o, valid, o.alpha, o.beta, o.gamma)


@loss(
    masks_signature,
    _indices="masks",
    **ACTIVATION,
    axis="example",
    smooth=1e-5,
    epsilon=1e-7,
    weight="square",
    classes=None,
    ignore_index=None,
)
def generalized_dice(labels, predictions, o, valid):
    """1 − (Σ_c w_c·I_c + s) ÷ max(½·Σ_c w_c·(P_c + T_c) + s, ε), with w = 1 ÷ T²."""
    y, p, _ = counted_masks(labels, predictions, o, valid)
    over = over_axes(o.axis, len(y.shape))
    overlap, present, predicted = (sum_over(x, over) for x in (y * p, y, p))
    # All weights are divided by the largest, which overflows where a class is tiny.
    weights, inverse = relative_weights(present, {"square": 2, "simple": 1, "uniform": 0}[o.weight])
    smooth = o.smooth * inverse
    overlap = ops.sum(weights * overlap, axis=-1) + smooth
    union = 0.5 * ops.sum(weights * (predicted + present), axis=-1) + smooth
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


@loss(masks_signature, _indices="masks", axis="batch", epsilon=1e-5)
def matthews_correlation(labels, predictions, o, valid):
    """1 − (TP·TN − FP·FN) ÷ √((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN)), over all classes."""
    rank = len(predictions.shape)
    counted = None if valid is None else of_rank(valid, rank)

    def count(x):
        return ops.sum(only(counted, x), axis=(*over_axes(o.axis, rank), rank - 1)) + o.epsilon

    tp, tn = count(labels * predictions), count((1 - labels) * (1 - predictions))
    fp, fn = count((1 - labels) * predictions), count(labels * (1 - predictions))
    spread = ops.sqrt((tp + fp) * (tp + fn)) * ops.sqrt((tn + fp) * (tn + fn))
    return 1 - (tp * tn - fp * fn) / spread


def images_signature(inputs):
    return lambda o, rank: f"{inputs}->(B,...)->({'B' if o.per_image else ''})"


def lovasz_extension(errors, is_positive, valid, per_image):
    """Σ e_i·ΔJ_i of errors [B, ..., C]: [B, C], or [1, C] where images are not sorted on their own.

    ΔJ_i is by how much the Jaccard loss grows as pixel i is got wrong after all those with larger
    errors; it is constant in the gradient, as it is wherever the order does not change.
    """
    groups = ops.shape(errors)[0] if per_image else 1
    counted = ops.ones_like(errors, dtype="bool")
    if valid is not None:
        counted = ops.logical_and(counted, of_rank(valid, len(errors.shape)))
    positives = ops.cast(ops.logical_and(is_positive, counted), errors.dtype)
    keys = keep(counted, -errors, 1)  # What does not count comes last.
    errors = keep(counted, errors, 0)
    shape = (groups, -1, errors.shape[-1])
    errors, positives, keys = (ops.reshape(x, shape) for x in (errors, positives, keys))
    order = ops.argsort(keys, axis=1)
    errors, positives = (ops.take_along_axis(x, order, axis=1) for x in (errors, positives))

    present = ops.sum(positives, axis=1, keepdims=True)
    found = ops.cumsum(positives, axis=1)
    union = present + ops.cumsum(1 - positives, axis=1)
    # Written out, since n ÷ u − (n − 1) ÷ u′ loses all digits among many pixels.
    of_negative = keep(union > 1, (present - found) / at_least(union * (union - 1), 1), 1)
    steps = ops.stop_gradient(ops.where(positives > 0, 1 / union, of_negative))
    return ops.sum(steps * errors, axis=1)


@loss(
    images_signature("(B,...,C),(B,...,C)"),
    _indices="masks",
    from_logits=False,
    classes="present",
    per_image=False,
    ignore_index=None,
)
def lovasz_softmax(labels, predictions, o, valid):
    """The mean over the classes of Σ e_i·ΔJ_i over errors e = |y − p|, see `lovasz_extension`."""
    n = predictions.shape[-1]
    # The class of a pixel is the one with the greatest label.
    is_positive = labels >= 0.5 if n == 1 else is_class(ops.argmax(labels, axis=-1), n)
    errors = ops.abs(labels - probabilities_of(predictions, o.from_logits))
    of_classes = lovasz_extension(errors, is_positive, valid, o.per_image)
    if o.classes == "present":
        counted = None if valid is None else of_rank(valid, len(labels.shape))
        first = 1 if o.per_image else 0
        kept = ops.any(both(is_positive, counted), axis=tuple(range(first, len(labels.shape) - 1)))
    else:
        kept = chosen_classes(None if o.classes == "all" else o.classes, n)
    values = mean_over_classes(of_classes, kept)
    return values if o.per_image else values[0]


@loss(images_signature("(B,...),(B,...)"), _labels="integers", per_image=False, ignore_index=None)
def lovasz_hinge(labels, predictions, o, valid):
    """Σ e_i·ΔJ_i over errors e = max(0, 1 − x·(2y − 1)), see `lovasz_extension`."""
    signs = nan_unless(in_range(labels, 2), 2 * ops.cast(labels, predictions.dtype) - 1)
    errors, is_positive = ops.relu(1 - predictions * signs)[..., None], (labels == 1)[..., None]
    values = lovasz_extension(errors, is_positive, valid, o.per_image)[:, 0]
    return values if o.per_image else values[0]
