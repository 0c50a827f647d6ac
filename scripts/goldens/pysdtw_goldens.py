"""pysdtw on the CPU, in float64."""

import numpy as np
import pysdtw

from goldens import Goldens, logits, torch_engine, weights


def make():
    golden = Goldens("pysdtw", torch_engine({"pysdtw": pysdtw}), ["pysdtw", "torch", "numba"], tolerance=1e-5,
                     note="CPU, float64; the table of costs is rounded to float32")
    loss = "softDtw"

    def one(name, arguments="", options={}, reduction="none", text="{}", **inputs):
        call = f"pysdtw.SoftDTW({arguments}use_cuda=False)(labels, predictions)"
        golden(f"{loss} {name}", text.format(call), loss, {**options, "reduction": reduction}, **inputs)

    inputs = {"labels": logits(3, 4, 2, seed=1) / 2, "predictions": logits(3, 6, 2, seed=2) / 2}
    one("by default", **inputs)
    for gamma, tolerance in [(0.125, 1e-4), (4, None), (64, None)]:
        one(f"gamma={gamma}", f"gamma={gamma}, ", {"gamma": gamma}, tolerance=tolerance, **inputs)
    for reduction, text in [
        ("mean", "{}.mean()"), ("sum", "{}.sum()"),
    ]:
        one(reduction, reduction=reduction, text=text, **inputs)
    one("weights", options={"weights": weights(3)}, text="{} * weights", **inputs)
    one("weighted mean", options={"weights": weights(3)}, reduction="weightedMean",
        text="({} * weights).sum() / weights.sum()", **inputs)
    one("mask", options={"mask": [True, False, True]}, reduction="mean", text="{}[mask].mean()", **inputs)
    one("one step each", labels=np.array([[[1.0, 2.0]]]), predictions=np.array([[[3.0, -1.0]]]))
    one("one step and several", labels=logits(2, 1, 3, seed=3), predictions=logits(2, 5, 3, seed=4))
    one("several steps and one", labels=logits(2, 5, 3, seed=5), predictions=logits(2, 1, 3, seed=6))
    one("one number at each step", labels=logits(2, 5, 1, seed=7) / 2, predictions=logits(2, 5, 1, seed=8) / 2)
    same = logits(2, 4, 2, seed=9) / 4
    one("equal sequences", labels=same, predictions=same)
    one("equal vectors", labels=np.full((1, 3, 2), 0.5), predictions=np.full((1, 4, 2), 0.5))
    one("zero vectors", labels=np.zeros((1, 2, 2)), predictions=np.zeros((1, 3, 2)))
    one("numbers of 10000", labels=np.array([[[1e4], [-1e4], [88]]]), predictions=np.array([[[-1e4], [1e4]]]))
    one("20 and 24 steps", labels=logits(1, 20, 2, seed=10) / 4, predictions=logits(1, 24, 2, seed=11) / 4)
    return golden
