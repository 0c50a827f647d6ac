"""Overlap of boxes, and heatmaps; see reference.py. Maxima and minima of equal numbers share the slope."""

import mpmath

from autodiff import Var, arctangent, exp, log, log_bounded, power
from reference import at_positions, rows, whole

HALF = mpmath.mpf(1) / 2


def least(a, b):
    if a.value == b.value:
        return Var(a.value, ((a, HALF), (b, HALF)))
    return a if a.value < b.value else b


def most(a, b):
    return -least(-a, -b)


def corners(box, form):
    """x1, y1, x2, y2"""
    a, b, c, d = box
    if form == "xywh":
        return a, b, a + c, b + d
    if form == "cxcywh":
        return a - c / 2, b - d / 2, a + c / 2, b + d / 2
    return (b, a, d, c) if form == "yxyx" else (a, b, c, d)


class Boxes:
    def __init__(self, labels, predictions, o):
        self.epsilon = mpmath.mpf(o["epsilon"])
        self.x, self.y, self.right, self.bottom = zip(
            corners(labels, o["format"]), corners(predictions, o["format"]))
        self.widths = [b - a for a, b in zip(self.x, self.right)]
        self.heights = [b - a for a, b in zip(self.y, self.bottom)]
        self.width = most(*self.right) - least(*self.x)  # of the smallest box around both
        self.height = most(*self.bottom) - least(*self.y)
        width = least(*self.right) - most(*self.x)
        height = least(*self.bottom) - most(*self.y)
        meet = width * height if width.value > 0 and height.value > 0 else Var(0)
        areas = [w * h for w, h in zip(self.widths, self.heights)]
        self.union = areas[0] + areas[1] - meet
        self.iou = meet / (self.union + self.epsilon)

    def distance(self):
        """Of the centers, squared, in units of the diagonal of the box around both."""
        x, y = (sum(b) - sum(a) for a, b in
                ((self.x[:1] + self.right[:1], self.x[1:] + self.right[1:]),
                 (self.y[:1] + self.bottom[:1], self.y[1:] + self.bottom[1:])))
        diagonal = self.width * self.width + self.height * self.height
        return (x * x + y * y) / 4 / (diagonal + self.epsilon)


def boxes(name):
    def register(formula):
        @rows(name, epsilon=1e-7, format="xyxy")
        def _(y, x, o):
            return formula(Boxes(y, x, o))

    return register


@boxes("iou")
def _(b):
    return 1 - b.iou


@boxes("generalizedIou")
def _(b):
    around = b.width * b.height
    return 1 - b.iou + (around - b.union) / (around + b.epsilon)


@boxes("distanceIou")
def _(b):
    return 1 - b.iou + b.distance()


@boxes("completeIou")
def _(b):
    """The weight of the shapes' difference is a constant for the gradient."""
    difference = arctangent(b.widths[0], b.heights[0]) - arctangent(b.widths[1], b.heights[1])
    shape = 4 / mpmath.pi**2 * (difference * difference)
    weight = shape.value / (1 - b.iou.value + shape.value + b.epsilon)
    return 1 - b.iou + b.distance() + weight * shape


@whole("heatmapFocal", alpha=2, beta=4, fromLogits=False, epsilon=1e-7)
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    bound = o["epsilon"]

    def at(index):
        y, x = labels[index], predictions[index]
        if o["fromLogits"]:
            p, rest = 1 / (1 + exp(-x)), 1 / (1 + exp(x))
            log_p, log_rest = -log(1 + exp(-x)), -log(1 + exp(x))
        else:
            p, rest, log_p, log_rest = x, 1 - x, log_bounded(x, bound), log_bounded(1 - x, bound)
        if y.value == 1:
            return -power(rest, o["alpha"]) * log_p, 1
        return -power(1 - y, o["beta"]) * power(p, o["alpha"]) * log_rest, 0

    unreduced = at_positions(predictions.shape, mask, at)
    unreduced.mass_if_none = 1
    return unreduced
