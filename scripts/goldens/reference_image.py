"""Losses of images, channels last; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, absolute
from reference import at_positions, whole


@whole("imageTotalVariation")
def _(arrays, o, mask):
    (images,) = arrays.values()

    def at(index):
        x = images[index]
        differences = [*(x[1:] - x[:-1]).ravel(), *(x[:, 1:] - x[:, :-1]).ravel()]
        return sum((absolute(d) for d in differences), Var(0))

    return at_positions(images.shape[:1], mask, at)


@whole("ssim", maxValue=1, filterSize=11, filterSigma=1.5, k1=0.01, k2=0.03)
def _(arrays, o, mask):
    labels, predictions = arrays.values()
    size = o["filterSize"]
    window = gaussian(size, mpmath.mpf(o["filterSigma"]))
    stable = [(mpmath.mpf(o[k]) * o["maxValue"]) ** 2 for k in ("k1", "k2")]
    _batch, height, width, channels = labels.shape
    places = list(np.ndindex(height - size + 1, width - size + 1, channels))

    def at(index):
        (b,) = index

        def similarity(row, column, channel):
            part = (b, slice(row, row + size), slice(column, column + size), channel)
            return similarity_of_windows(labels[part], predictions[part], window, stable)

        return 1 - sum((similarity(*place) for place in places), Var(0)) / len(places)

    return at_positions(labels.shape[:1], mask, at)


def gaussian(size, sigma):
    """The weights of a square window."""
    row = [mpmath.exp(-((i - mpmath.mpf(size - 1) / 2) / sigma) ** 2 / 2) for i in range(size)]
    return np.outer(row, row) / sum(row) ** 2


def similarity_of_windows(x, y, window, stable):
    """Luminance times contrast and structure."""
    c1, c2 = stable

    def mean(values):
        return sum(np.ravel(window * values), Var(0))

    mx, my = mean(x), mean(y)
    dx, dy = x - mx, y - my
    luminance = (2 * mx * my + c1) / (mx * mx + my * my + c1)
    return luminance * (2 * mean(dx * dy) + c2) / (mean(dx * dx) + mean(dy * dy) + c2)
