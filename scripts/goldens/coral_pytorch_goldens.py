"""coral-pytorch's losses of classes in an order."""

import numpy as np
from coral_pytorch.dataset import levels_from_labelbatch
from coral_pytorch.losses import coral_loss, corn_loss

from goldens import Goldens, integers, logits, rounded, torch_engine, weights


def make():
    engine = torch_engine({"coral_loss": coral_loss, "corn_loss": corn_loss,
                           "levels_from_labelbatch": levels_from_labelbatch})
    golden = Goldens("coral-pytorch", engine, ["coral-pytorch", "torch"], note="CPU, float64")
    coral(golden)
    corn(golden)
    return golden


def coral(golden):
    def one(title, arguments="", options={}, reduction="mean", **inputs):
        classes = np.shape(inputs["predictions"])[-1] + 1
        given = "None" if reduction == "none" else repr(reduction)
        golden(f"coral {title} {reduction}",
               f"coral_loss(predictions, levels_from_labelbatch(labels, {classes}){arguments}, "
               f"reduction={given})",
               "coral", {**options, "reduction": reduction}, **inputs)

    # The labels of 4 thresholds are 0 to 4.
    data = dict(labels=np.array([0, 4, 2, 3, 1, 2]), predictions=logits(6, 4, seed=1))
    weighed = {"thresholdWeights": [0.5, 2, 1.25, 0.25]}
    for reduction in ("none", "mean", "sum"):
        one("labels 0 to 4", reduction=reduction, **data)
        one("importance_weights", ", importance_weights=threshold_weights", weighed, reduction,
            **data)
    one("a negative importance weight", ", importance_weights=threshold_weights",
        {"thresholdWeights": [1, -0.5, 2, 1]}, **data)
    one("one threshold", labels=np.array([0, 1, 1]), predictions=logits(3, 1, seed=2))
    one("one example", labels=np.array([2]), predictions=logits(1, 3, seed=3))
    one("one class only", labels=np.full(4, 2), predictions=logits(4, 3, seed=4))
    one("the lowest and the highest", reduction="none", labels=np.array([0, 0, 3, 3]),
        predictions=rounded([[-88, -88, -88], [1e4, 0, 88], [88, 88, 88], [-1e4, 1e-8, -88]]))
    one("20 thresholds", labels=integers(21, 5, seed=5), predictions=logits(5, 20, seed=6))

    text = "coral_loss(predictions, levels_from_labelbatch(labels, 5), reduction=None)"
    golden("coral weights [6]", f"({text} * weights).sum() / weights.sum()", "coral",
           {"weights": weights(6), "reduction": "weightedMean"}, **data)
    golden("coral mask", "coral_loss(predictions[mask], levels_from_labelbatch(labels[mask], 5))", "coral",
           {"mask": np.arange(6) != 1, "reduction": "mean"}, **data)
    golden("coral [2,3,4]", f"{text.replace('predictions', 'predictions.reshape(6, 4)')}"
           .replace("labels,", "labels.reshape(6),") + ".reshape(2, 3).mean(-1)", "coral",
           {"reduction": "perExample"}, labels=data["labels"].reshape(2, 3),
           predictions=data["predictions"].reshape(2, 3, 4))


def corn(golden):
    """It divides by the number of tasks, as our weighted mean; of one example that is known."""
    def one(title, options={}, **inputs):
        classes = np.shape(inputs["predictions"])[-1] + 1
        golden(f"corn {title}", f"corn_loss(predictions, labels, {classes})", "corn",
               {**options, "reduction": "weightedMean"}, **inputs)

    def each(title, text="{}", options={}, reduction="none", **inputs):
        thresholds = np.shape(inputs["predictions"])[-1]
        losses = (f"torch.stack([corn_loss(x[None], y[None], {thresholds + 1}) * "
                  f"min(int(y) + 1, {thresholds}) for x, y in zip(predictions, labels)])")
        golden(f"corn {title} {reduction}", text.format(losses), "corn",
               {**options, "reduction": reduction}, **inputs)

    data = dict(labels=np.array([0, 4, 2, 3, 1, 2]), predictions=logits(6, 4, seed=11))
    one("labels 0 to 4", **data)
    one("one threshold", labels=np.array([0, 1, 1]), predictions=logits(3, 1, seed=12))
    one("one example", labels=np.array([2]), predictions=logits(1, 3, seed=13))
    one("the lowest class only", labels=np.zeros(4, int), predictions=logits(4, 3, seed=14))
    one("the highest class only", labels=np.full(4, 3), predictions=logits(4, 3, seed=15))
    one("20 thresholds", labels=integers(21, 5, seed=16), predictions=logits(5, 20, seed=17))
    far = dict(labels=np.array([0, 1, 3, 3]),
               predictions=rounded([[-88, 1e4, -88], [1e4, 0, 88], [88, 88, 88], [-1e4, 1e-8, -88]]))
    one("far from the thresholds", **far)
    each("far from the thresholds", **far)
    each("labels 0 to 4", **data)
    each("labels 0 to 4", "{}.mean()", reduction="mean", **data)
    each("labels 0 to 4", "{}.sum()", reduction="sum", **data)
    each("weights [6]", "({} * weights).sum() / (weights * (labels + 1).clamp(max=4)).sum()",
         {"weights": weights(6)}, "weightedMean", **data)
    golden("corn mask", "corn_loss(predictions[mask], labels[mask], 5)", "corn",
           {"mask": np.arange(6) != 1, "reduction": "weightedMean"}, **data)
