"""Losses of images, channels last."""

import functools
import math

from keras import ops

from .base import keep, loss
from .numerics import at_least, norm


@loss("(B,H,W,C)->(B)")
def image_total_variation(images):
    """Σ |difference| of all pixels that are side by side."""
    rows = ops.abs(images[:, 1:] - images[:, :-1])
    columns = ops.abs(images[:, :, 1:] - images[:, :, :-1])
    return ops.sum(rows, axis=(1, 2, 3)) + ops.sum(columns, axis=(1, 2, 3))


SIGNATURE = "(B,H,W,C),(B,H,W,C)->(B)"
SSIM = dict(max_value=1, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03)


@loss(SIGNATURE, max_value=1)
def psnr(labels, predictions, o):
    """10·log₁₀ of the mean squared error, as a share of the squared range."""
    errors = ops.reshape((predictions - labels) / 2, (ops.shape(labels)[0], -1))
    half = norm(errors / math.sqrt(math.prod(labels.shape[1:])), 2)
    return 20 / math.log(10) * ops.log(at_least(2 / o.max_value * half, 1e-5))


@loss(SIGNATURE)
def style(labels, predictions):
    """The mean square of what the Gram matrices of the channels differ by."""
    _, height, width, channels = labels.shape
    x, y = (ops.reshape(z, (-1, height * width, channels)) for z in (labels, predictions))
    largest = ops.maximum(ops.abs(x), ops.abs(y))
    scale = at_least(ops.max(largest, axis=(1, 2), keepdims=True) * 1e-9, 1.0)
    scale = ops.stop_gradient(scale)
    x, y = (z / scale / math.sqrt(height * width * channels) for z in (x, y))
    products = ops.matmul(ops.swapaxes(x - y, 1, 2), x + y)
    gaps = (products + ops.swapaxes(products, 1, 2)) / (2 * channels)
    squares = ops.sum(ops.square(gaps), axis=(1, 2))
    return squares * ops.reshape(scale, (-1,)) ** 4


@loss(SIGNATURE, **SSIM)
def ssim(labels, predictions, o):
    """1 − the mean structural similarity, over windows that lie wholly inside and channels."""
    refuse_small("ssim", labels, o)
    images, scale = compared(labels, predictions, o)
    return ops.mean(dissimilarity(images, scale, o), axis=(1, 2, 3))


@loss(SIGNATURE, **SSIM, power_factors=(0.0448, 0.2856, 0.3001, 0.2363, 0.1333))
def ms_ssim(labels, predictions, o):
    """1 − the mean over channels of the product of the similarities at several scales."""
    coarsest = len(o.power_factors) - 1
    refuse_small("ms_ssim", labels, o, coarsest)
    images, scale = compared(labels, predictions, o)
    lacks = []
    for step in range(len(o.power_factors)):
        if step > 0:
            images = [halved(x) for x in images]
        of_windows = dissimilarity_of_structure if step < coarsest else dissimilarity
        lacks.append(ops.mean(of_windows(images, scale, o), axis=(1, 2)))
    is_whole = functools.reduce(ops.logical_and, [lack < 1 for lack in lacks])
    logarithms = [
        power * ops.log1p(-keep(is_whole, lack, 0)) for power, lack in zip(o.power_factors, lacks)
    ]
    return ops.mean(keep(is_whole, -ops.expm1(sum(logarithms)), 1), axis=-1)


def refuse_small(who, images, o, halvings=0):
    """Raises if images, halved so often, do not hold a window."""
    smallest = min(size for size in images.shape[1:3] if size is not None)
    if math.ceil(smallest / 2**halvings) < o.filter_size:
        raise ValueError(f"{who}: images are smaller than filter_size = {o.filter_size}")


def compared(labels, predictions, o):
    """Both images and their difference, and by what they are divided so that squares are finite."""
    x, y = labels / o.max_value, predictions / o.max_value
    largest = ops.maximum(ops.abs(x), ops.abs(y))
    scale = at_least(ops.max(largest, axis=(1, 2, 3), keepdims=True) * 1e-9, 1.0)
    scale = ops.stop_gradient(scale)
    return [images / scale for images in (x, y, x - y)], scale


def dissimilarity(images, scale, o):
    """One minus luminance × contrast and structure, of each window and channel."""
    window = gaussian(o.filter_size, o.filter_sigma)
    means = [ops.square(moments_of(x, window)[0]) for x in images]
    luminance = share_of_difference(means, o.k1 / scale)
    return luminance + (1 - luminance) * dissimilarity_of_structure(images, scale, o)


def dissimilarity_of_structure(images, scale, o):
    """One minus contrast and structure, of each window and channel."""
    window = gaussian(o.filter_size, o.filter_sigma)
    return share_of_difference([moments_of(x, window)[1] for x in images], o.k2 / scale)


def halved(images):
    """The means of two by two pixels; a last row or column without a partner is its own."""
    for axis in (1, 2):
        if images.shape[axis] % 2:
            last = images[:, -1:] if axis == 1 else images[:, :, -1:]
            images = ops.concatenate([images, last], axis=axis)
        first, second = (
            (images[:, place::2] if axis == 1 else images[:, :, place::2]) for place in (0, 1)
        )
        images = (first + second) / 2
    return images


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


def share_of_difference(squares, k):
    """d² / (x² + y² + c) of squares of x, of y and of what they differ by."""
    x, y, difference = squares
    return difference / (x + y + at_least(ops.square(k), 1e-37))
