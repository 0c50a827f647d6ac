"""timm on the CPU, in float32, which it turns logits into."""

import numpy as np

from goldens import Goldens, binary, logits, torch_engine

from timm.loss import ZlprLoss


def make():
    golden = Goldens("timm", torch_engine({"ZlprLoss": ZlprLoss}), ["timm", "torch"], tolerance=1e-5,
                     note="CPU, float32")

    def zlpr(name, labels, predictions, **rest):
        golden(f"zlpr {name}", "ZlprLoss()(predictions, labels).double()", "zlpr",
               {"reduction": "mean"}, labels=labels, predictions=predictions, **rest)

    y, x = binary(4, 5, seed=1), logits(4, 5, seed=2)
    zlpr("mean", y, x)
    zlpr("[2,3,4]", binary(2, 3, 4, seed=3), logits(2, 3, 4, seed=4))
    zlpr("soft labels", np.array([[0.25, 0.5, 0.75, 1.0]]), logits(1, 4, seed=5))
    zlpr("no positive", np.zeros((2, 3)), logits(2, 3, seed=6))
    zlpr("no negative", np.ones((2, 3)), logits(2, 3, seed=7))
    zlpr("one class", binary(3, 1, seed=8), logits(3, 1, seed=9))
    zlpr("logits ±88", np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]), np.array([[88.0, -88, 88, -88]] * 2))
    zlpr("logits ±1e4", np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]), np.array([[1e4, 1e4, -1e4, -1e4]] * 2),
         tolerance=1e-3)  # the exponential of a difference of rounded numbers
    return golden
