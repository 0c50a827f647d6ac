"""Losses of images, channels last."""

import math

from keras import ops

from .base import loss
from .numerics import at_least


@loss("(B,H,W,C)->(B)")
def image_total_variation(images):
    """Σ |difference| of all pixels that are side by side."""
    rows = ops.abs(images[:, 1:] - images[:, :-1])
    columns = ops.abs(images[:, :, 1:] - images[:, :, :-1])
    return ops.sum(rows, axis=(1, 2, 3)) + ops.sum(columns, axis=(1, 2, 3))


@loss(
    "(B,H,W,C),(B,H,W,C)->(B)",
    max_value=1,
    filter_size=11,
    filter_sigma=1.5,
    k1=0.01,
    k2=0.03,
)
def ssim(labels, predictions, o):
    """1 − the mean structural similarity, over windows that lie wholly inside and channels."""
    smallest = min(size for size in labels.shape[1:3] if size is not None)
    if smallest < o.filter_size:
        raise ValueError(f"ssim: images are smaller than filter_size = {o.filter_size}")
    window = gaussian(o.filter_size, o.filter_sigma)
    x, y = labels / o.max_value, predictions / o.max_value
    # So that squares stay finite of images far out of range.
    largest = ops.maximum(ops.abs(x), ops.abs(y))
    scale = at_least(ops.max(largest, axis=(1, 2, 3), keepdims=True) * 1e-9, 1.0)
    scale = ops.stop_gradient(scale)
    moments = [moments_of(images / scale, window) for images in (x, y, x - y)]
    means, variances = zip(*moments)
    luminance = dissimilarity([ops.square(mean) for mean in means], o.k1 / scale)
    structure = dissimilarity(variances, o.k2 / scale)
    return ops.mean(luminance + (1 - luminance) * structure, axis=(1, 2, 3))


def gaussian(size, sigma):
    """The weights of a window along one axis, with sum 1."""
    exponents = [-0.5 * ((i - (size - 1) / 2) / sigma) ** 2 for i in range(size)]
    weights = [math.exp(exponent - max(exponents)) for exponent in exponents]
    return [weight / sum(weights) for weight in weights]


def moments_of(images, window):
    """The mean and the variance of each window: along the columns, and then of what they give."""
    mean, variance = images, None
    for axis in (1, 2):
        parts = [entries(mean, axis, place, len(window)) for place in range(len(window))]
        own = None
        if variance is not None:
            own = [entries(variance, axis, place, len(window)) for place in range(len(window))]
        mean = weighed(window, parts)
        squares = [ops.square(part - mean) for part in parts]
        variance = weighed(window, squares if own is None else [a + b for a, b in zip(own, squares)])
    return mean, variance


def entries(x, axis, place, size):
    """What stands at a place of each window along an axis."""
    end = ops.shape(x)[axis] - size + 1 + place
    return x[:, place:end] if axis == 1 else x[:, :, place:end]


def weighed(window, parts):
    return sum(weight * part for weight, part in zip(window, parts))


def dissimilarity(squares, k):
    """d² / (x² + y² + c) of squares of x, of y and of what they differ by."""
    x, y, difference = squares
    return difference / (x + y + at_least(ops.square(k), 1e-37))
