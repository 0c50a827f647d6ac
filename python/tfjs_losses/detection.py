"""Losses between boxes: 1 − IoU, plus a penalty; of how well they fit, heatmaps, keypoints."""

import math
from types import SimpleNamespace
from typing import Any, NamedTuple

from keras import ops

from .base import REQUIRED, Unreduced, keep, loss
from .classification import binary_surprise, focused, logit_surprises
from .domain import PROBABILITY, unless
from .numerics import (
    at_least,
    at_most,
    bounded_log,
    bounded_power,
    maximum,
    minimum,
    mul_no_nan,
    replace,
)

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


@loss(SIGNATURE, **OPTIONS)
def efficient_iou(labels, predictions, o):
    """That of `distance_iou`, plus the squared differences of widths and of heights, in units of
    the box around both.
    """
    overlap = overlap_of(labels, predictions, o)
    t, p, hull = overlap.target, overlap.predicted, overlap.hull
    wider = ops.square(t.width - p.width) / (ops.square(hull.width) + o.epsilon)
    higher = ops.square(t.height - p.height) / (ops.square(hull.height) + o.epsilon)
    return 1 - overlap.iou + distance(overlap, o.epsilon) + wider + higher


OF_SHARES = dict(
    _range=unless("from_logits", PROBABILITY),
    from_logits=False,
    epsilon=1e-7,
)


def focused_on_zero(predictions, gamma, o):
    """−p^γ·ln(1 − p), the loss of a label of 0."""
    if o.from_logits:
        if_positive, if_negative = logit_surprises(predictions)
        return focused(gamma, -if_positive, if_negative)
    log_of_rest = bounded_log(1 - predictions, o.epsilon)
    return -bounded_power(predictions, gamma, o.epsilon) * log_of_rest


@loss("(...),(...)->(...)", alpha=2, beta=4, **OF_SHARES)
def heatmap_focal(labels, predictions, o):
    """−(1 − p)^α·ln p at peaks, where y = 1, and −(1 − y)^β·p^α·ln(1 − p) elsewhere.

    A weighted mean divides by the number of peaks, or by 1 if there are none.
    """
    is_peak = labels == 1
    if o.from_logits:
        at_peak = focused_on_zero(-predictions, o.alpha, o)
    else:
        rest = bounded_power(1 - predictions, o.alpha, o.epsilon)
        at_peak = -rest * bounded_log(predictions, o.epsilon)
    elsewhere = focused_on_zero(predictions, o.alpha, o)
    values = ops.where(is_peak, at_peak, bounded_power(1 - labels, o.beta, o.epsilon) * elsewhere)
    return Unreduced(values, mass=ops.cast(is_peak, values.dtype), mass_if_none=1)


def surprise_of(labels, predictions, o):
    """−y·ln p − (1 − y)·ln(1 − p)."""
    o = SimpleNamespace(from_logits=o.from_logits, epsilon=o.epsilon, pos_weight=None)
    return binary_surprise(labels, predictions, o)


@loss("(...),(...)->(...)", beta=2, **OF_SHARES)
def quality_focal(labels, predictions, o):
    """|y − p|^β·(−y·ln p − (1 − y)·ln(1 − p))."""
    if o.from_logits:
        error = labels * ops.sigmoid(-predictions) - (1 - labels) * ops.sigmoid(predictions)
    else:
        error = labels - predictions
    factor = bounded_power(ops.abs(error), o.beta, o.epsilon)
    return factor * surprise_of(labels, predictions, o)


@loss("(...),(...)->(...)", alpha=0.75, gamma=2, **OF_SHARES)
def varifocal(labels, predictions, o):
    """y·(−y·ln p − (1 − y)·ln(1 − p)) where y > 0, and −α·p^γ·ln(1 − p) elsewhere."""
    of_something = mul_no_nan(labels, surprise_of(labels, predictions, o))
    of_nothing = o.alpha * focused_on_zero(predictions, o.gamma, o)
    return ops.where(labels > 0, of_something, of_nothing)


@loss("(...),(...,K)->(...)")
def distribution_focal(labels, predictions):
    """−Σ t·ln p, t being 1 less the distance of the label from each whole number, or 0."""
    whole = ops.arange(predictions.shape[-1], dtype=predictions.dtype)
    last = predictions.shape[-1] - 1
    y = replace(at_least(labels, 0.0), labels >= last, last)
    above = y[..., None] - whole
    is_lower = ops.logical_and(above >= 0, above < 1)
    is_upper = ops.logical_and(above >= -1, above < 0)
    shares = ops.where(is_lower, 1 - above, keep(is_upper, 1 + above, 0))
    return -ops.sum(mul_no_nan(shares, ops.log_softmax(predictions, axis=-1)), axis=-1)


@loss("(...,K,2),(...,K,2),(...)->(...,K)", sigmas=REQUIRED)
def object_keypoint_similarity(labels, predictions, areas, o):
    """1 − e^(−d²/(8·σ²·A)) for each keypoint."""
    size = 8 * ops.square(o.sigmas) * ops.stop_gradient(areas)[..., None]
    spread = ops.sqrt(at_least(size, 1e-37))
    offset = predictions - labels
    # Beyond this, a float32 has no e⁻ˣ.
    is_far = ops.max(ops.abs(offset), axis=-1) > math.sqrt(104) * spread
    near = keep(~is_far[..., None], offset, 0) / spread[..., None]
    return replace(-ops.expm1(-ops.sum(ops.square(near), axis=-1)), is_far, 1)


@loss("(...),(...)->(...)", omega=14, theta=0.5, epsilon=1, alpha=2.1)
def adaptive_wing(labels, predictions, o):
    """ω·ln(1 + (e/ε)^n) with n = α − y where e < θ, and its tangent at θ beyond."""
    n = o.alpha - labels
    error, bound = ops.abs(predictions - labels) / o.epsilon, o.theta / o.epsilon
    inner = at_most(error, bound)
    slope = n * ops.sigmoid(n * math.log(bound)) / bound
    is_zero = inner == 0
    logarithm = n * ops.log(replace(inner, is_zero, 1))
    return o.omega * (replace(ops.softplus(logarithm), is_zero, 0) + slope * (error - inner))
