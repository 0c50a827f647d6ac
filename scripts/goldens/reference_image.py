"""Losses of images, channels last; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, absolute, bounded_below, log, power, relu
from reference import at_positions, whole


@whole("imageTotalVariation")
def _(arrays, o, mask):
    (images,) = arrays.values()

    def at(index):
        x = images[index]
        differences = [*(x[1:] - x[:-1]).ravel(), *(x[:, 1:] - x[:, :-1]).ravel()]
        return sum((absolute(d) for d in differences), Var(0))

    return at_positions(images.shape[:1], mask, at)


@whole("psnr", maxValue=1)
def _(arrays, o, mask):
    labels, predictions = arrays.values()

    def at(index):
        errors = np.ravel(predictions[index] - labels[index]) / mpmath.mpf(o["maxValue"])
        mean = sum((e * e for e in errors), Var(0)) / len(errors)
        return 10 * log(bounded_below(mean, mpmath.mpf(10) ** -10)) / mpmath.log(10)

    return at_positions(labels.shape[:1], mask, at)


@whole("style")
def _(arrays, o, mask):
    labels, predictions = arrays.values()

    def gram(image):
        pixels = image.reshape(-1, image.shape[-1])
        return pixels.T.dot(pixels) / pixels.size

    def at(index):
        gaps = np.ravel(gram(labels[index]) - gram(predictions[index]))
        return sum((gap * gap for gap in gaps), Var(0)) / len(gaps)

    return at_positions(labels.shape[:1], mask, at)


SSIM = dict(maxValue=1, filterSize=11, filterSigma=1.5, k1=0.01, k2=0.03)


@whole("ssim", **SSIM)
def _(arrays, o, mask):
    labels, predictions = arrays.values()

    def at(index):
        pairs = [similarities(x, y, o) for x, y in channels_of(labels[index], predictions[index])]
        return 1 - sum((luminance * structure for luminance, structure in sum(pairs, [])), Var(0)) / sum(map(len, pairs))

    return at_positions(labels.shape[:1], mask, at)


@whole("msSsim", **SSIM, powerFactors=[0.0448, 0.2856, 0.3001, 0.2363, 0.1333])
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    powers = [mpmath.mpf(power) for power in o["powerFactors"]]

    def of_channel(x, y):
        product = Var(1)
        for scale, power_of_scale in enumerate(powers):
            if scale:
                x, y = halved(x), halved(y)
            pairs = similarities(x, y, o)
            is_coarsest = scale == len(powers) - 1
            mean = sum((l * s if is_coarsest else s for l, s in pairs), Var(0)) / len(pairs)
            product = product * power(relu(mean), power_of_scale)
        return product

    def at(index):
        channels = channels_of(labels[index], predictions[index])
        return 1 - sum((of_channel(x, y) for x, y in channels), Var(0)) / len(channels)

    return at_positions(labels.shape[:1], mask, at)


def channels_of(x, y):
    return [(x[..., c], y[..., c]) for c in range(x.shape[-1])]


def halved(x):
    """The means of two by two pixels; a last row or column without a partner is repeated."""
    x = np.pad(x, [(0, size % 2) for size in x.shape], mode="symmetric")
    return (x[::2, ::2] + x[1::2, ::2] + x[::2, 1::2] + x[1::2, 1::2]) / 4


def similarities(x, y, o):
    """Luminance, and contrast and structure, of each window of a channel."""
    size = o["filterSize"]
    window = gaussian(size, mpmath.mpf(o["filterSigma"]))
    stable = [(mpmath.mpf(o[k]) * o["maxValue"]) ** 2 for k in ("k1", "k2")]
    places = np.ndindex(*(side - size + 1 for side in x.shape))
    parts = [(slice(row, row + size), slice(column, column + size)) for row, column in places]
    return [similarities_of_window(x[part], y[part], window, stable) for part in parts]


def gaussian(size, sigma):
    """The weights of a square window."""
    row = [mpmath.exp(-((i - mpmath.mpf(size - 1) / 2) / sigma) ** 2 / 2) for i in range(size)]
    return np.outer(row, row) / sum(row) ** 2


def similarities_of_window(x, y, window, stable):
    c1, c2 = stable

    def mean(values):
        return sum(np.ravel(window * values), Var(0))

    mx, my = mean(x), mean(y)
    dx, dy = x - mx, y - my
    luminance = (2 * mx * my + c1) / (mx * mx + my * my + c1)
    return luminance, (2 * mean(dx * dy) + c2) / (mean(dx * dx) + mean(dy * dy) + c2)
