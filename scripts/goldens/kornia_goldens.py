"""Kornia, whose images have the channels first."""

import kornia
import numpy as np

from goldens import Goldens, between_0_and_1, torch_engine, weights

VARIATION = "kornia.losses.total_variation(images.movedim(-1, 1)).sum(-1)"


def make():
    golden = Goldens("kornia", torch_engine({"kornia": kornia}), ["kornia", "torch"],
                     note="CPU, float64")

    def one(title, images, reduction="none", text="{}", options={}):
        golden(f"imageTotalVariation {title}", text.format(VARIATION), "imageTotalVariation",
               {**options, "reduction": reduction}, images=images)

    some = between_0_and_1(2, 4, 3, 2, seed=1)
    one("two channels", some)
    one("far from 0", 1e4 * some - 5e3)
    one("equal pixels", np.ones((1, 3, 3, 1)))
    one("some equal pixels", np.round(3 * some))
    one("one row", some[:, :1])
    one("one column", some[:, :, :1])
    one("one pixel", some[:, :1, :1])
    one("mean", some, "mean", "{}.mean()")
    one("weights", some, text="{} * weights", options={"weights": weights(2)})
    one("mask", some, "mean", "{}[mask].mean()", {"mask": [True, False]})
    return golden
