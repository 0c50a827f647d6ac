"""Kornia's peak signal-to-noise ratio, which is that of a whole batch."""

import kornia
import numpy as np

from goldens import Goldens, between_0_and_1, torch_engine, weights

UNBOUNDED = "Kornia has no bound: of equal images it is minus infinity"


EACH = "torch.stack([{} for x, y in zip(predictions, labels)])"


def make():
    golden = Goldens("kornia", torch_engine({"kornia": kornia}), ["kornia", "torch"], note="CPU, float64")

    def one(title, options, labels, predictions, maximum="1.0", text=EACH, reduction="none", **rest):
        call = f"kornia.losses.psnr_loss(x, y, {maximum})"
        golden(f"psnr {title}", text.format(call), "psnr", {**options, "reduction": reduction},
               labels=labels, predictions=predictions, **rest)

    y, x = between_0_and_1(2, 4, 3, 2, seed=1), between_0_and_1(2, 4, 3, 2, seed=2)
    golden("psnr one image", "kornia.losses.psnr_loss(predictions, labels, 1.0)", "psnr", {"reduction": "sum"},
           labels=y[:1], predictions=x[:1])
    one("two images", {}, y, x)
    one("range of 255", {"maxValue": 255}, np.round(255 * y), np.round(255 * x), "255.0")
    one("a small range", {"maxValue": 0.25}, y, x, "0.25")
    one("one pixel", {}, y[:, :1, :1, :1], x[:, :1, :1, :1])
    one("almost equal images", {}, y, y + 2**-12 * np.sign(x - 0.515625))
    one("far out", {}, 1e4 * y, -1e4 * x)
    one("mean", {}, y, x, text=f"{EACH}.mean()", reduction="mean")
    one("weights", {"weights": weights(2)}, y, x, text=f"weights * {EACH}")
    one("mask", {"mask": [False, True]}, y, x, text=f"{EACH}[mask].mean()", reduction="mean")
    one("equal images", {}, y, y, departs=UNBOUNDED)
    one("below the bound", {}, y, y + 2**-18, departs=UNBOUNDED)
    return golden
