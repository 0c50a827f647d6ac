"""Boxes, heatmaps and keypoints; see reference.py. Maxima and minima of equal numbers share the slope."""

import mpmath

from autodiff import Var, absolute, arctangent, exp, log, log_bounded, power
from reference import at_positions, elementwise, log_softmax, rows, whole

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


@boxes("efficientIou")
def _(b):
    def apart(sides, whole):
        difference = sides[0] - sides[1]
        return difference * difference / (whole * whole + b.epsilon)

    return 1 - b.iou + b.distance() + apart(b.widths, b.width) + apart(b.heights, b.height)


class Share:
    """A predicted probability: itself, its rest, and the logarithms of both."""

    def __init__(self, x, o):
        if o["fromLogits"]:
            self.p, self.rest = 1 / (1 + exp(-x)), 1 / (1 + exp(x))
            self.log_p, self.log_rest = -log(1 + exp(-x)), -log(1 + exp(x))
        else:
            self.p, self.rest = x, 1 - x
            self.log_p, self.log_rest = (log_bounded(v, o["epsilon"]) for v in (x, 1 - x))

    def surprise(self, y):
        return -(y * self.log_p + (1 - y) * self.log_rest)


@whole("heatmapFocal", alpha=2, beta=4, fromLogits=False, epsilon=1e-7)
def _(arrays, o, mask):
    labels, predictions = arrays.values()

    def at(index):
        y, share = labels[index], Share(predictions[index], o)
        if y.value == 1:
            return -power(share.rest, o["alpha"]) * share.log_p, 1
        return -power(1 - y, o["beta"]) * power(share.p, o["alpha"]) * share.log_rest, 0

    unreduced = at_positions(predictions.shape, mask, at)
    unreduced.mass_if_none = 1
    return unreduced


@elementwise("qualityFocal", beta=2, fromLogits=False, epsilon=1e-7)
def _(y, x, o):
    share = Share(x, o)
    return power(absolute(y - share.p), o["beta"]) * share.surprise(y)


@elementwise("varifocal", alpha=0.75, gamma=2, fromLogits=False, epsilon=1e-7)
def _(y, x, o):
    share = Share(x, o)
    if y.value > 0:
        return y * share.surprise(y)
    return -mpmath.mpf(o["alpha"]) * power(share.p, o["gamma"]) * share.log_rest


@whole("distributionFocal")
def _(arrays, o, mask):
    labels, predictions = arrays.values()

    def at(index):
        y, logs = labels[index], log_softmax(list(predictions[index]))[0]
        if y.value >= len(logs) - 1:
            return -logs[-1]
        y = y if y.value >= 0 else Var(0)
        lower = int(mpmath.floor(y.value))
        return (y - lower - 1) * logs[lower] - (y - lower) * logs[lower + 1]

    return at_positions(labels.shape, mask, at)


@whole("objectKeypointSimilarity", sigmas=None)
def _(arrays, o, mask):
    labels, predictions, areas, sigmas = arrays.values()

    def at(index):
        x, y = (a - b for a, b in zip(labels[index], predictions[index]))
        sigma, area = sigmas[index[-1]], areas[index[:-1]].value
        return 1 - exp(-(x * x + y * y) / (8 * area * sigma * sigma))

    return at_positions(labels.shape[:-1], mask, at)


@elementwise("adaptiveWing", omega=14, theta=0.5, epsilon=1, alpha=2.1)
def _(y, x, o):
    omega, theta, epsilon, alpha = (mpmath.mpf(o[name]) for name in ("omega", "theta", "epsilon", "alpha"))
    error, n, bound = absolute(x - y), alpha - y, mpmath.log(theta / epsilon)
    if error.value < theta:
        return omega * log(1 + exp(n * log(error / epsilon))) if error.value else Var(0)
    at_bound = exp(n * bound)
    slope = omega * n * at_bound / (theta * (1 + at_bound))
    return slope * (error - theta) + omega * log(1 + at_bound)
