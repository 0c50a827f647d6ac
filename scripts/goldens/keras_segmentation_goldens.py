"""Keras's Dice and Tversky losses, of probabilities; see keras_goldens.py."""

import numpy as np

from goldens import between_0_and_1, binary, distributions, integers, one_hot, weights
from keras_goldens import REDUCTIONS, goldens_of_keras

EMPTY = ("Keras's Dice and Tversky have no smooth: two empty masks do not overlap there; here, with the "
         "default smooth, they overlap fully")
SWAPPED = ("up to 3.15, Keras's alpha weighs what is missed and its beta what is wrong; alpha weighs "
           "false positives here, as in the paper and everywhere else")
ADDS_EPSILON = 1e-6  # Keras adds its epsilon of 1e-7 to the denominator, we bound it by that


def make():
    golden = goldens_of_keras()
    y, p = one_hot(integers(3, 2, 2, 3, seed=1), 3), distributions(2, 2, 3, 3, seed=2)
    whole = {"axis": [0, 1, 2, 3]}

    def one(title, loss, arguments="", options=whole, reduction="sum_over_batch_size", text="{}",
            ours=None, labels=y, predictions=p, **rest):
        if reduction != "sum_over_batch_size":
            arguments += f"{', ' if arguments else ''}reduction={reduction!r}"
        first = "keras_mask(predictions, mask)" if "mask" in options else "predictions"
        some = ", sample_weight=weights" if "weights" in options else ""
        call = f"keras.losses.{loss}({arguments})(labels, {first}{some})"
        golden(f"{loss.lower()} {title}", text.format(call), loss.lower(),
               {"smooth": 0, **options, "reduction": ours or REDUCTIONS[reduction]},
               tolerance=ADDS_EPSILON, labels=labels, predictions=predictions, **rest)

    images, each = {"axis": [1, 2, 3]}, {"axis": "example"}
    for loss in ("Dice", "Tversky"):
        one("everything at once", loss)
        for reduction in REDUCTIONS:
            one(f"axis=(1, 2, 3), {reduction}", loss, "axis=(1, 2, 3)", images, reduction)
            one(f"axis=(1, 2, 3), weights, {reduction}", loss, "axis=(1, 2, 3)",
                {**images, "weights": weights(2)}, reduction)
        one("axis=(1, 2), of each class", loss, "axis=(1, 2)", each, "none", "{}.mean(-1)")
        one("axis=(0, 1, 2), of each class", loss, "axis=(0, 1, 2)", {"axis": "batch"}, "none",
            "{}.mean()")
        one("axis=1, of each class", loss, "axis=1", {"axis": [1]}, "none",
            ours="none")
        one("axis=-2, of each class", loss, "axis=-2", {"axis": [-2]}, "none",
            ours="none")
        one("axis=(1, 2), the classes 0 and 2", loss, "axis=(1, 2)", {**each, "classes": [0, 2]},
            "none", "{}[:, [0, 2]].mean(-1)")
        one("a mask [2,2,3,1]", loss, labels=binary(2, 2, 3, 1, seed=3),
            predictions=between_0_and_1(2, 2, 3, 1, seed=4))
        one("labels that are not integers", loss, labels=distributions(2, 2, 3, 3, seed=5))
        one("probabilities 0 and 1", loss, labels=[[[[1.0], [0.0], [1.0], [0.0], [1.0]]]],
            predictions=[[[[0.0], [1.0], [1.0], [0.0], [0.5]]]])
        one("labels all 0", loss, labels=0 * y)
        one("nothing at all", loss, value_only=True, labels=0 * y, predictions=0 * p)
        one("axis=(1, 2, 3), an empty image", loss, "axis=(1, 2, 3)", images, "none",
            labels=y * np.array([0, 1]).reshape(2, 1, 1, 1))
    one("axis=(1, 2, 3), mask", "Dice", "axis=(1, 2, 3)",
        {**images, "weights": weights(3), "mask": [True, False, True]},
        labels=binary(3, 2, 2, 1, seed=6), predictions=between_0_and_1(3, 2, 2, 1, seed=7))

    # Up to 3.15, Keras's alpha is the weight of what is missed, and beta of what is wrong.
    for alpha, beta in [(0.25, 0.75), (1, 0), (0, 1), (2, 1.5)]:
        one(f"alpha={alpha}, beta={beta}, swapped", "Tversky",
            f"alpha={float(alpha)}, beta={float(beta)}",
            {**whole, "alpha": beta, "beta": alpha})
    one("alpha=1, beta=1", "Tversky", "alpha=1.0, beta=1.0", {**whole, "alpha": 1, "beta": 1})
    golden("jaccard Tversky alpha=1, beta=1",
           "keras.losses.Tversky(alpha=1.0, beta=1.0, axis=(1, 2, 3))(labels, predictions)",
           "jaccard", {"smooth": 0, **images, "reduction": "mean"}, tolerance=ADDS_EPSILON,
           labels=y, predictions=p)
    # What the same names give
    for loss in ("Dice", "Tversky"):
        golden(f"{loss.lower()} of two empty masks", f"keras.losses.{loss}()(labels, predictions)",
               loss.lower(), {"axis": [0, 1]}, value_only=True, departs=EMPTY,
               labels=np.zeros((1, 3)), predictions=np.zeros((1, 3)))
    golden("tversky alpha=1, beta=0, only false positives",
           "keras.losses.Tversky(alpha=1.0, beta=0.0)(labels, predictions)", "tversky",
           {**whole, "alpha": 1, "beta": 0, "smooth": 0}, departs=SWAPPED,
           labels=[[[[1.0], [0.0]]]], predictions=[[[[1.0], [0.5]]]])
    return golden
