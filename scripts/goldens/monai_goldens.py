"""MONAI on the CPU, in float64. Its class axis is 1, ours is the last, and its smooth is twice ours."""

import numpy as np

from goldens import Goldens, binary, distributions, integers, logits, one_hot, torch_engine

from monai.losses import DiceCELoss

SOFTMAX_ANYWAY = "MONAI's cross-entropy is that of a softmax, also beside sigmoids of several classes"


def make():
    golden = Goldens("MONAI", torch_engine({"DiceCELoss": DiceCELoss}), ["monai", "torch"],
                     note="CPU, float64")

    def one(name, arguments="", options={}, activation="softmax=True", reduction="mean", **rest):
        is_map = rest["labels"].ndim < rest["predictions"].ndim
        labels = "labels.unsqueeze(1)" if is_map else "labels.movedim(-1, 1)"
        given = ", ".join(filter(None, [activation, "to_onehot_y=True" if is_map else "", arguments]))
        if "smooth" not in options:
            options = {**options, "smooth": 5e-6}
        golden(f"diceCrossentropy {name}", f"DiceCELoss({given})(predictions.movedim(-1, 1), {labels})",
               "diceCrossentropy", {"fromLogits": True, "reduction": reduction, **options},
               **rest)

    y, x = integers(3, 2, 2, 3, seed=1), logits(2, 2, 3, 3, seed=2)
    inputs = {"labels": y, "predictions": x}
    batch = {"axis": "batch", "reduction": "none"}
    one("class indices", **inputs)
    one("one-hot", labels=one_hot(y, 3), predictions=x, wrt=["predictions"])
    one("soft labels", labels=distributions(2, 2, 3, 3, seed=3), predictions=x)
    one("[2,2,2,2,3]", labels=integers(3, 2, 2, 2, 2, seed=4), predictions=logits(2, 2, 2, 2, 3, seed=5))
    one("batch", "batch=True", batch, **inputs)
    one("weights of classes, batch", "batch=True, weight=torch.tensor([0.5, 1.75, 0.75], dtype=torch.float64)",
        {**batch, "classWeights": [0.5, 1.75, 0.75]}, **inputs)
    one("lambda", "lambda_dice=0.5, lambda_ce=2.0", {"diceWeight": 0.5, "crossentropyWeight": 2}, **inputs)
    one("without background", "include_background=False", {"classes": [1, 2]}, **inputs)
    # Its one-hot labels are float32, of which it takes squares.
    one("squared", "squared_pred=True", {"squared": True}, labels=one_hot(y, 3), predictions=x,
        wrt=["predictions"])
    one("smooth", "smooth_nr=0.5, smooth_dr=0.5", {"smooth": 0.25}, **inputs)
    one("a mask", "", {}, "sigmoid=True", labels=binary(2, 2, 3, 1, seed=6), predictions=logits(2, 2, 3, 1, seed=7))
    one("an empty mask", "", {}, "sigmoid=True", labels=np.zeros((2, 2, 2, 1)),
        predictions=logits(2, 2, 2, 1, seed=8))
    one("logits ±88", labels=np.array([[[0, 1], [1, 0]]]), predictions=np.array([[[[88.0, -88], [-88, 88]]] * 2]))
    one("sigmoid of several classes", "", {"activation": "sigmoid"}, "sigmoid=True",
        labels=binary(2, 2, 3, 3, seed=9), predictions=x, departs=SOFTMAX_ANYWAY)
    return golden
