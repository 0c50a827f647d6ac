"""optax's overlap losses, in float64; see optax_goldens.py."""

import numpy as np

from goldens import (
    binary, distributions, integers, logits, one_hot, rounded, weights,
)
from optax_goldens import goldens_of_optax

COUNT_OF_CLASSES = "optax divides by the number of classes, ours by the sum of their weights"
SUM_OF_CLASSES = "optax sums over the classes, ours is their mean"
WEIGHS_LOSSES = ("optax weighs the Dice loss of each class by the batch's inverse squared counts; "
                 "ours is Sudre's, with weights within numerator and denominator")


def make():
    golden = goldens_of_optax()
    y, x = one_hot(integers(3, 2, 2, 3, seed=1), 3), logits(2, 2, 3, 3, seed=2)
    p = distributions(2, 2, 3, 3, seed=3)

    def one(title, arguments="", options={}, loss="dice", text="{}", labels=y, predictions=x,
            **rest):
        arguments = ", ".join(filter(None, ["predictions, labels", arguments]))
        call = f"optax.losses.dice_loss({arguments})"
        golden(f"{loss} {title}", text.format(call), loss,
               {"fromLogits": True, "smooth": 1, "reduction": "none", **options}, labels=labels,
               predictions=predictions, **rest)

    one("defaults")
    one("smooth=0.25", "smooth=0.25", {"smooth": 0.25})
    one("smooth=1e-5, as by default", "smooth=1e-5", {"smooth": 1e-5})
    one("probabilities", "apply_softmax=False", {"fromLogits": False}, predictions=p)
    one("probabilities 0 and 1", "apply_softmax=False", {"fromLogits": False},
        labels=[[[1.0, 0.0], [0.0, 1.0]]], predictions=[[[0.0, 1.0], [0.0, 1.0]]])
    one("ignore_background", "ignore_background=True", {"classes": [1, 2]})
    for axes in [(1,), (1, 2), (0, 2)]:
        one(f"axis={axes}", f"axis={axes}, reduction='none'", {"axis": list(axes)})
    one("example: axis=(1, 2)", "axis=(1, 2)")
    one("batch: axis=(0, 1, 2)", "axis=(0, 1, 2)", {"axis": "batch"})
    weighed = {"classWeights": [0.5, 2, 0.5]}
    one("class_weights that sum to their count", "class_weights=class_weights", weighed)
    one("class_weights", "class_weights=class_weights", {"classWeights": [0.5, 2, 1.25]},
        departs=COUNT_OF_CLASSES)
    one("class_weights, ignore_background", "class_weights=class_weights, ignore_background=True",
        {"classWeights": [3, 1.5, 0.5], "classes": [1, 2]})
    one("sum of classes", "reduction='sum'", departs=SUM_OF_CLASSES)
    one("of each class, one by one", "reduction='none'", {"classes": [1]}, text="{}[..., 1]")
    one("labels that are not integers", labels=distributions(2, 2, 3, 3, seed=4))
    one("an absent class", labels=y * [1, 0, 1])
    one("no class at all", labels=0 * y)
    one("12 classes [1,6,12]", labels=one_hot(integers(12, 1, 6, seed=5), 12),
        predictions=logits(1, 6, 12, seed=6))
    one("[2,3] without pixels between", labels=y[:, 0, 0], predictions=x[:, 0, 0])
    one("logits extreme", labels=one_hot(np.array([[0, 1, 2, 0, 1]]), 3),
        predictions=rounded([[[1e4, -1e4, 0], [88, -88, 0], [1e-8, -1e-8, 0], [60, 0, 0],
                              [1e4, 1e4, 1e4]]]))
    one("mean over the batch", "", {"reduction": "mean"}, text="{}.mean()")
    one("weighted mean", "", {"weights": weights(2), "reduction": "weightedMean"},
        text="jnp.average({}, weights=weights)")
    for alpha, beta in [(0.25, 0.75), (1, 0), (0, 1), (1, 1)]:
        errors = {"alpha": alpha, "beta": beta}
        arguments = f"alpha={float(alpha)}, beta={float(beta)}"
        one(f"alpha={alpha}, beta={beta}", arguments, errors, "tversky")
    one("alpha=1, beta=1", "alpha=1.0, beta=1.0", {}, "jaccard")

    # A mask
    mask, x = binary(2, 2, 3, seed=11), logits(2, 2, 3, seed=12)

    def of_mask(title, call, options={}, **inputs):
        golden(f"dice binary {title}", f"optax.losses.{call}", "dice",
               {"fromLogits": True, "smooth": 1, "reduction": "none", **options}, **inputs)

    plain = "binary_dice_loss(predictions, labels)"
    of_mask("[2,2,3,1]", plain, labels=mask[..., None], predictions=x[..., None])
    of_mask("labels [2,2,3]", "dice_loss(predictions, labels)", labels=mask,
            predictions=x[..., None])
    of_mask("smooth=0.5", f"{plain[:-1]}, smooth=0.5)", {"smooth": 0.5}, labels=mask[..., None],
            predictions=x[..., None])
    of_mask("empty mask", plain, labels=0 * mask[..., None], predictions=x[..., None])
    of_mask("full mask", plain, labels=0 * mask[..., None] + 1, predictions=x[..., None])

    # Sudre's weights, 1, 1/16 and 1/64: class counts of 1, 4 and 8 in the batch. Of the classes of
    # an example none ties for the heaviest weight, which one that is absent takes over.
    classes = np.array([[0, 1, 1, 2, 2, 2, 2], [3, 1, 1, 2, 2, 2, 2]])
    few = {"labels": one_hot(classes, 4), "predictions": logits(2, 7, 4, seed=13)}
    call = "optax.losses.multiclass_generalized_dice_loss(predictions, labels)"
    golden("generalizedDice", call, "generalizedDice",
           {"fromLogits": True, "smooth": 1, "reduction": "mean"}, departs=WEIGHS_LOSSES, **few)
    golden("dice as multiclass_generalized_dice_loss", call, "dice",
           {"fromLogits": True, "smooth": 1, "classWeights": [1, 0.0625, 0.015625, 1],
            "reduction": "mean"}, tolerance=1e-6, wrt=["predictions"], **few)
    return golden
