"""pytorch-msssim, whose images have the channels first."""

import numpy as np
import pytorch_msssim
import torch

from goldens import Goldens, between_0_and_1, torch_engine, weights


def gaussian(size, sigma, channels):
    """A window in float64."""
    coordinates = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    window = torch.exp(-((coordinates / sigma) ** 2) / 2)
    return (window / window.sum()).repeat(channels, 1, 1, 1)


def similarity(predictions, labels, size=11, sigma=1.5, **options):
    """`pytorch_msssim.ssim` of each image, with a window in float64."""
    window = gaussian(size, sigma, channels=predictions.shape[-1])
    return pytorch_msssim.ssim(predictions.movedim(-1, 1), labels.movedim(-1, 1), win=window,
                               size_average=False, **options)


def make():
    golden = Goldens(
        "pytorch-msssim",
        torch_engine({"similarity": similarity, "pytorch_msssim": pytorch_msssim}),
        ["pytorch-msssim", "torch"],
        note="CPU, float64; similarity calls pytorch_msssim.ssim with a Gaussian window, on the "
             "images with the channels moved")

    def one(title, arguments, options, labels, predictions, reduction="none",
            text="1 - similarity(predictions, labels{})"):
        golden(f"ssim {title}", text.format(arguments), "ssim",
               {**options, "reduction": reduction}, labels=labels, predictions=predictions)

    def images(*shape, seed):
        return between_0_and_1(*shape, seed=seed), between_0_and_1(*shape, seed=seed + 1)

    whole = ", data_range=1"
    one("one window", whole, {}, *images(1, 11, 11, 1, seed=1))
    golden("ssim a window of float32",
           "1 - pytorch_msssim.ssim(predictions.movedim(-1, 1), labels.movedim(-1, 1), "
           "data_range=1, size_average=False)", "ssim", {"reduction": "none"}, tolerance=1e-6,
           **dict(zip(("labels", "predictions"), images(2, 13, 12, 1, seed=7))))
    small, few = ", size=3, sigma=0.75, data_range=1", {"filterSize": 3, "filterSigma": 0.75}
    pair = images(2, 6, 5, 2, seed=3)
    one("two channels", small, few, *pair)
    one("range of 255", ", size=3, data_range=255", {"filterSize": 3, "maxValue": 255},
        *(255 * x for x in images(1, 5, 4, 1, seed=5)))
    one("constants", small + ", K=(0.25, 0.5)", {**few, "k1": 0.25, "k2": 0.5}, *pair)
    one("windows of one pixel", ", size=1, data_range=1", {"filterSize": 1}, *pair)
    one("equal images", small, few, pair[0], pair[0])
    one("almost equal images", small, few, pair[0], pair[0] + 2**-12 * np.sign(pair[1] - 0.5))
    one("black and white", small, few, np.zeros((1, 5, 5, 1)), np.ones((1, 5, 5, 1)))
    one("the negative", small, few, pair[0] - 0.5, 0.5 - pair[0])
    one("mean", small, few, *pair, "mean", "(1 - similarity(predictions, labels{})).mean()")
    one("weights", small, {**few, "weights": weights(2)}, *pair,
        text="(1 - similarity(predictions, labels{})) * weights")
    one("mask", small, {**few, "mask": [False, True]}, *pair, "mean",
        "(1 - similarity(predictions, labels{}))[mask].mean()")
    return golden
