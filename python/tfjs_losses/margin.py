"""Losses that ask for a distance between scores."""

from keras import ops

from .base import Unreduced, loss
from .numerics import (
    is_class,
    keep,
    largest_where,
    mul_no_nan,
    nan_unless,
    pick,
    replace,
    signed_labels,
)


@loss("(...),(...)->(...)", labels="auto", margin=1)
def hinge(labels, predictions, o):
    """max(0, m − y·x) for a label y of −1 or 1."""
    return ops.relu(o.margin - signed_labels(labels, o.labels) * predictions)


@loss("(...),(...)->(...)", labels="auto", margin=1)
def squared_hinge(labels, predictions, o):
    """max(0, m − y·x)² for a label y of −1 or 1."""
    return ops.square(ops.relu(o.margin - signed_labels(labels, o.labels) * predictions))


@loss("(...),(...)->(...)", labels="auto")
def perceptron(labels, predictions, o):
    """max(0, −y·x) for a label y of −1 or 1."""
    return ops.relu(-signed_labels(labels, o.labels) * predictions)


@loss("(...),(...)->(...)", labels="auto", margin=1)
def hinge_embedding(labels, predictions, o):
    """The distance x for a label of 1, max(0, m − x) for one of −1."""
    together = 0.5 * (1 + signed_labels(labels, o.labels))
    return together * predictions + (1 - together) * ops.relu(o.margin - predictions)


@loss("(...),(...),(...)->(...)", labels="auto", margin=0)
def margin_ranking(labels, a, b, o):
    """max(0, m − y·(a − b)) for a label y of 1 if a is to rank above b, and −1 if below."""
    return ops.relu(o.margin - signed_labels(labels, o.labels) * (a - b))


def shortfall(right, scores, is_wrong, margin):
    """By how much the best wrong score plus a margin exceeds the right one; 0 if none is wrong."""
    gap = ops.relu(margin + largest_where(scores, is_wrong) - right)
    return keep(ops.any(is_wrong, axis=-1), gap, 0)


def shortfall_of_class(labels, scores, margin):
    at_label = is_class(labels, scores.shape[-1])
    return shortfall(pick(scores, at_label), scores, ops.logical_not(at_label), margin)


@loss("(...,C),(...,C)->(...)", margin=1, axis=-1)
def categorical_hinge(labels, predictions, o):
    """max(0, m + max_c (1 − y_c)·x_c − Σ_c y_c·x_c), the inner maximum over the classes with y_c <
    1.
    """
    right = ops.sum(mul_no_nan(labels, predictions), axis=-1)
    return shortfall(right, mul_no_nan(1 - labels, predictions), labels < 1, o.margin)


@loss("(...),(...,C)->(...)", _labels="classes", margin=1, axis=-1)
def multiclass_hinge(labels, predictions, o):
    """max(0, m + max_{j≠y} x_j − x_y)."""
    return shortfall_of_class(labels, predictions, o.margin)


@loss("(...),(...,C)->(...)", _labels="classes", axis=-1)
def multiclass_perceptron(labels, predictions):
    """max(0, max_{j≠y} x_j − x_y)."""
    return shortfall_of_class(labels, predictions, 0)


@loss("(...),(...,C)->(...)", _labels="classes", p=1, margin=1, class_weights=None, axis=-1)
def multi_margin(labels, predictions, o):
    """w_y·Σ_{c≠y} max(0, m − x_y + x_c)^p / C."""
    at_label = is_class(labels, predictions.shape[-1])
    right = ops.expand_dims(pick(predictions, at_label), -1)
    shortfalls = ops.relu(o.margin + predictions - right)
    if o.p == 2:
        shortfalls = ops.square(shortfalls)
    values = ops.mean(replace(shortfalls, at_label, 0), axis=-1)
    if o.class_weights is None:
        return values
    mass = pick(o.class_weights, at_label)
    return Unreduced(mul_no_nan(mass, values), mass=mass)


@loss(
    "(...,C),(...,C)->(...)",
    _labels=lambda o: "numbers" if o.label_format == "multiHot" else "padded",
    label_format="auto",
    axis=-1,
)
def multilabel_margin(labels, predictions, o, valid):
    """Σ_{j∈Y} Σ_{i∉Y} max(0, 1 − (x_j − x_i)) / C, with the classes Y that apply."""
    if o.label_format == "multiHot":
        count, absent = labels, 1 - labels
    else:
        count = counts_of(labels, predictions.dtype)
        if o.label_format == "auto":
            multi_hot = ops.cast(labels, predictions.dtype)
            count = ops.where(are_multi_hot(labels, valid), multi_hot, count)
        absent = ops.cast(count == 0, predictions.dtype)
    gap = ops.expand_dims(predictions, -1) - ops.expand_dims(predictions, -2)
    pairs = ops.expand_dims(count, -1) * ops.expand_dims(absent, -2)
    # A class paired with itself falls short by 1, but is no pair.
    total = ops.sum(mul_no_nan(pairs, ops.relu(1 - gap)), axis=(-2, -1))
    return (total - ops.sum(count * absent, axis=-1)) / predictions.shape[-1]


def counts_of(labels, dtype):
    """How often each list names each class, up to its first negative index; NaN where it names one
    that is none.
    """
    classes = labels.shape[-1]
    is_listed = ops.cumsum(ops.cast(labels < 0, "int32"), axis=-1) == 0
    weight = nan_unless(
        ops.logical_or(ops.logical_not(is_listed), labels < classes), ops.cast(is_listed, dtype)
    )
    return ops.sum(
        ops.expand_dims(weight, -1) * ops.cast(is_class(labels, classes), dtype), axis=-2
    )


def are_multi_hot(labels, valid):
    """Whether every label that counts is 0 or 1."""
    is_binary = ops.logical_or(labels == 0, labels == 1)
    if valid is not None:
        is_binary = ops.logical_or(is_binary, ops.expand_dims(ops.logical_not(valid), -1))
    return ops.all(is_binary)
