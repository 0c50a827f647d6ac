"""pytorch-msssim and Kornia, whose images have the channels first."""

import kornia.losses
import numpy as np
import pytorch_msssim
import torch

from goldens import Goldens, between_0_and_1, torch_engine, weights


def similarity(predictions, labels, size=11, sigma=1.5, **options):
    """`pytorch_msssim.ssim` of each image, with a window in float64."""
    coordinates = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    window = torch.exp(-((coordinates / sigma) ** 2) / 2)
    channels = predictions.shape[-1]
    window = (window / window.sum()).repeat(channels, 1, 1, 1)
    return pytorch_msssim.ssim(predictions.movedim(-1, 1), labels.movedim(-1, 1), win=window,
                               size_average=False, **options)


def variation(images):
    """`kornia.losses.total_variation` of each image."""
    return kornia.losses.total_variation(images.movedim(-1, 1)).sum(-1)


def make():
    golden = Goldens(
        "pytorch-msssim, kornia", torch_engine({"similarity": similarity, "variation": variation}),
        ["pytorch-msssim", "kornia", "torch"],
        note="CPU, float64; similarity calls pytorch_msssim.ssim with a Gaussian window, variation "
             "kornia.losses.total_variation, both on the images with the channels moved")
    of_ssim(golden)
    of_variation(golden)
    return golden


def of_ssim(golden):
    def one(title, arguments, options, labels, predictions, reduction="none",
            text="1 - similarity(predictions, labels{})"):
        golden(f"ssim {title}", text.format(arguments), "ssim",
               {**options, "reduction": reduction}, labels=labels, predictions=predictions)

    def images(*shape, seed):
        return between_0_and_1(*shape, seed=seed), between_0_and_1(*shape, seed=seed + 1)

    whole = ", data_range=1"
    one("one window", whole, {}, *images(1, 11, 11, 1, seed=1))
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


def of_variation(golden):
    def one(title, images, reduction="none", text="variation(images)", options={}):
        golden(f"imageTotalVariation {title}", text, "imageTotalVariation",
               {**options, "reduction": reduction}, images=images)

    some = between_0_and_1(2, 4, 3, 2, seed=1)
    one("two channels", some)
    one("far from 0", 1e4 * some - 5e3)
    one("equal pixels", np.ones((1, 3, 3, 1)))
    one("some equal pixels", np.round(3 * some))
    one("one row", some[:, :1])
    one("one column", some[:, :, :1])
    one("one pixel", some[:, :1, :1])
    one("mean", some, "mean", "variation(images).mean()")
    one("weights", some, text="variation(images) * weights", options={"weights": weights(2)})
    one("mask", some, "mean", "variation(images)[mask].mean()", {"mask": [True, False]})
