"""MONAI's clDice loss, on the CPU, in float64. Its class axis is 1, ours is the last."""

import numpy as np

from goldens import Goldens, torch_engine, weights

from monai.losses import SoftclDiceLoss

ADDS = "MONAI adds 1e-4 to the sum of the two shares"
JOINS = "MONAI sums over the pixels of all classes"


def shuffled(*shape, seed):
    """Different multiples of a power of two between 0 and 1, so that no two pixels tie."""
    count = int(np.prod(shape))
    steps = 2 ** int(np.ceil(np.log2(count + 1)))
    return (1 + np.random.RandomState(seed).permutation(count).reshape(shape)) / steps


def make():
    golden = Goldens("MONAI", torch_engine({"SoftclDiceLoss": SoftclDiceLoss}), ["monai", "torch"],
                     note="CPU, float64")

    def one(title, options, labels, predictions, arguments="", smooth="1e-300", text="{}", reduction="none", **rest):
        given = ", ".join(filter(None, ["reduction='none'", f"smooth={smooth}" if smooth else "", arguments]))
        call = f"SoftclDiceLoss({given})(predictions.movedim(-1, 1), labels.movedim(-1, 1))"
        golden(f"softClDice {title}", text.format(call), "softClDice", {**options, "reduction": reduction},
               labels=labels, predictions=predictions, **rest)

    y, x = shuffled(2, 6, 5, 1, seed=1), shuffled(2, 6, 5, 1, seed=2)
    mask = np.zeros((1, 7, 7, 1))
    mask[0, 1:6, 2:5] = 1
    tube = {"labels": mask, "predictions": shuffled(1, 7, 7, 1, seed=3), "wrt": ["predictions"]}
    one("soft labels", {}, y, x)
    one("a mask", {}, **tube)
    for iterations in (0, 1, 5):
        one(f"{iterations} iterations", {"iterations": iterations}, y, x, f"iter_={iterations}")
    one("smooth", {"smooth": 0.25}, y, x, "smooth_nr=0.25, smooth_dr=0.25")
    one("without smooth", {"smooth": 0}, y, x, "smooth_nr=0, smooth_dr=0")
    one("depth", {}, shuffled(1, 4, 3, 5, 1, seed=4), shuffled(1, 4, 3, 5, 1, seed=5))
    one("one row", {}, y[:, :1], x[:, :1])
    one("an empty mask", {}, np.zeros((1, 4, 4, 1)), shuffled(1, 4, 4, 1, seed=6), wrt=["predictions"])
    one("nothing predicted", {}, mask, np.zeros((1, 7, 7, 1)), value_only=True)
    one("two empty masks", {}, np.zeros((1, 4, 4, 1)), np.zeros((1, 4, 4, 1)), value_only=True)
    one("the mask itself", {}, mask, mask, value_only=True)
    one("mean", {}, y, x, text="{}.mean()", reduction="mean")
    one("weights", {"weights": weights(2)}, y, x, text="weights * {}")
    one("mask of examples", {"mask": [True, False]}, y, x, text="{}[mask].mean()", reduction="mean")
    one("its own bound", {}, y, x, smooth="", departs=ADDS)
    one("two classes", {}, shuffled(1, 5, 4, 2, seed=7), shuffled(1, 5, 4, 2, seed=8), departs=JOINS)
    return golden
