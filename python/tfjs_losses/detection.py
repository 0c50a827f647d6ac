"""Losses between boxes: 1 − IoU, plus a penalty; and one of heatmaps."""

import math
from typing import Any, NamedTuple

from keras import ops

from .base import Unreduced, keep, loss
from .classification import focused, logit_surprises
from .domain import PROBABILITY, unless
from .numerics import bounded_log, bounded_power, maximum, minimum

SIGNATURE = "(...,4),(...,4)->(...)"
OPTIONS = dict(format="xyxy", epsilon=1e-7)


class Box(NamedTuple):
    x1: Any
    y1: Any
    x2: Any
    y2: Any

    @property
    def width(self):
        return self.x2 - self.x1

    @property
    def height(self):
        return self.y2 - self.y1

    @property
    def area(self):
        return self.width * self.height


class Overlap(NamedTuple):
    """How much two boxes have in common."""

    target: Box
    predicted: Box
    # The smallest box around both.
    hull: Box
    union: Any
    # I ÷ (U + ε).
    iou: Any


def read_box(boxes, format):
    a, b, c, d = (boxes[..., i] for i in range(4))
    if format == "xyxy":
        return Box(a, b, c, d)
    if format == "yxyx":
        return Box(b, a, d, c)
    if format == "xywh":
        return Box(a, b, a + c, b + d)
    if format == "cxcywh":
        return Box(a - c / 2, b - d / 2, a + c / 2, b + d / 2)
    raise ValueError(f"format is {format!r}; expected xyxy, xywh, cxcywh or yxyx")


def overlap_of(labels, predictions, o):
    t, p = read_box(labels, o.format), read_box(predictions, o.format)
    low, high = [minimum(a, b) for a, b in zip(t, p)], [maximum(a, b) for a, b in zip(t, p)]
    common, hull = Box(*high[:2], *low[2:]), Box(*low[:2], *high[2:])
    do_meet = ops.logical_and(common.width > 0, common.height > 0)
    intersection = keep(do_meet, common.area, 0)
    union = t.area + p.area - intersection
    return Overlap(t, p, hull, union, intersection / (union + o.epsilon))


def distance(overlap, epsilon):
    """The squared distance of the centers over the squared diagonal of the box around both."""
    t, p, hull = overlap.target, overlap.predicted, overlap.hull
    x, y = t.x1 + t.x2 - p.x1 - p.x2, t.y1 + t.y2 - p.y1 - p.y2
    diagonal = ops.square(hull.width) + ops.square(hull.height)
    return (ops.square(x) + ops.square(y)) / 4 / (diagonal + epsilon)


def angle(box):
    """arctan(w/h), also where h is 0; of 0/0 it is 0, without a derivative."""
    w, h = box.width, box.height
    has_extent = ops.logical_or(w != 0, h != 0)
    value = keep(has_extent, ops.arctan2(w, keep(has_extent, h, 1)), 0)
    # The angle of a box turned inside out is still that of its sides.
    half_turn = ops.cast(ops.where(w < 0, -math.pi, math.pi), h.dtype)
    return value - keep(h < 0, half_turn, 0)


@loss(SIGNATURE, **OPTIONS)
def iou(labels, predictions, o):
    """1 − I ÷ (U + ε)."""
    return 1 - overlap_of(labels, predictions, o).iou


@loss(SIGNATURE, **OPTIONS)
def generalized_iou(labels, predictions, o):
    """1 − I ÷ (U + ε) + (C − U) ÷ (C + ε), with C the area of the smallest box around both."""
    overlap = overlap_of(labels, predictions, o)
    area = overlap.hull.area
    return 1 - overlap.iou + (area - overlap.union) / (area + o.epsilon)


@loss(SIGNATURE, **OPTIONS)
def distance_iou(labels, predictions, o):
    """1 − I ÷ (U + ε) + ρ² ÷ (c² + ε), with the distance ρ of the centers and the diagonal c."""
    overlap = overlap_of(labels, predictions, o)
    return 1 - overlap.iou + distance(overlap, o.epsilon)


@loss(SIGNATURE, **OPTIONS)
def complete_iou(labels, predictions, o):
    """That of `distance_iou`, plus α·v, with the difference v of shapes."""
    overlap = overlap_of(labels, predictions, o)
    v = ops.square(2 / math.pi * (angle(overlap.target) - angle(overlap.predicted)))
    alpha = ops.stop_gradient(v / (1 - overlap.iou + v + o.epsilon))
    return 1 - overlap.iou + distance(overlap, o.epsilon) + alpha * v


@loss(
    "(...),(...)->(...)",
    _range=unless("from_logits", PROBABILITY),
    alpha=2,
    beta=4,
    from_logits=False,
    epsilon=1e-7,
)
def heatmap_focal(labels, predictions, o):
    """−(1 − p)^α·ln p at peaks, where y = 1, and −(1 − y)^β·p^α·ln(1 − p) elsewhere.

    A weighted mean divides by the number of peaks, or by 1 if there are none.
    """
    is_peak = labels == 1
    if o.from_logits:
        if_peak, if_none = logit_surprises(predictions)
        at_peak = focused(o.alpha, -if_none, if_peak)
        elsewhere = focused(o.alpha, -if_peak, if_none)
    else:
        rest = 1 - predictions
        at_peak = -bounded_power(rest, o.alpha, o.epsilon) * bounded_log(predictions, o.epsilon)
        elsewhere = -bounded_power(predictions, o.alpha, o.epsilon) * bounded_log(rest, o.epsilon)
    values = ops.where(is_peak, at_peak, bounded_power(1 - labels, o.beta, o.epsilon) * elsewhere)
    return Unreduced(values, mass=ops.cast(is_peak, values.dtype), mass_if_none=1)
