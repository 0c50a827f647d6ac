"""keras-rs's losses of ranked lists, with Keras on PyTorch."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras  # noqa: E402
import keras_rs  # noqa: E402
import numpy as np  # noqa: E402
from keras.src.backend.common import dtypes  # noqa: E402

from goldens import Goldens, integers, logits, rounded, torch_engine, weights  # noqa: E402

PADDING = "keras-rs divides by the number of entries, padding among them; here padding does not count"
EMPTY = "keras-rs counts a list without items; here it does not count"
EPSILON = "keras-rs adds 1e-10 to sums of exponentials, which loses those of scores far below the best"
TIES = "keras-rs has the gradient 0 where two scores are equal; that of the loss is 1/2 there"
# Keras's reductions and ours.
REDUCTIONS = {"none": "none", "sum_over_batch_size": "mean", "sum": "sum"}
CLASSES = {
    "pairwiseLogistic": "PairwiseLogisticLoss",
    "pairwiseHinge": "PairwiseHingeLoss",
    "pairwiseSoftZeroOne": "PairwiseSoftZeroOneLoss",
    "pairwiseMeanSquaredError": "PairwiseMeanSquaredError",
    "listMle": "ListMLELoss",
}
# All scores of a list differ, and no two by 1 or 2, where hinges have their kinks.
SCORES = logits(4, 5, seed=1) / 4 + np.arange(5) / 64
RELEVANCES = integers(4, 4, 5, seed=2).astype(float)


def make():
    keras.config.set_floatx("float64")
    # Keras narrows float64 to float32 in some operations, such as means.
    dtypes.BIT64_TO_BIT32_DTYPE.clear()
    golden = Goldens("keras-rs", torch_engine({"keras_rs": keras_rs}),
                     ["keras-rs", "keras", "torch"], note="Keras on PyTorch, CPU, float64")

    def one(title, loss, reduction="none", arguments="", options={}, labels=RELEVANCES,
            predictions=SCORES, **rest):
        """One case; weights and a mask among our options are in the call of keras-rs's loss."""
        given = f"{arguments}{', ' if arguments else ''}reduction={reduction!r}, dtype='float64'"
        y_true = "{'labels': labels, 'mask': mask}" if "mask" in options else "labels"
        per_list = loss == "listMle" or np.ndim(options.get("weights")) == 2
        some = f", sample_weight=weights{'' if per_list else '[:, None]'}" if "weights" in options else ""
        golden(f"{loss} {title}",
               f"keras_rs.losses.{CLASSES[loss]}({given})({y_true}, predictions{some})", loss,
               {**options, "reduction": REDUCTIONS[reduction]},
               labels=labels, predictions=predictions, **rest)

    padded = RELEVANCES.copy()
    padded[0, 3:], padded[2, 1] = -1, -1
    gone = padded.copy()
    gone[1] = -1
    mask = np.array([[True] * 5, [True, False, True, True, True], [False] * 3 + [True] * 2,
                     [True] * 5])
    for loss in CLASSES:
        tolerance = {"tolerance": 1e-8} if loss == "listMle" else {}
        per_item = loss != "listMle"
        for reduction in REDUCTIONS:
            is_mean = reduction == "sum_over_batch_size"
            one(reduction, loss, reduction, **tolerance)
            one(f"padding {reduction}", loss, reduction, labels=padded,
                departs=PADDING if is_mean and per_item else None, **tolerance)
            one(f"a list of padding {reduction}", loss, reduction, labels=gone,
                departs=(PADDING if per_item else EMPTY) if is_mean else None, **tolerance)
            one(f"mask {reduction}", loss, reduction, options={"mask": mask},
                departs=PADDING if is_mean and per_item else None, **tolerance)
            one(f"weights [4] {reduction}", loss, reduction, options={"weights": weights(4)},
                **tolerance)
            if per_item:
                one(f"weights [4,5] {reduction}", loss, reduction,
                    options={"weights": weights(4, 5)})
        # Squared errors have none.
        for temperature in (0.5, 4.0) if loss != "pairwiseMeanSquaredError" else ():
            one(f"temperature={temperature}", loss, arguments=f"temperature={temperature}",
                options={"temperature": temperature}, **tolerance)
        one("equal labels", loss, labels=np.ones((4, 5)), **tolerance)
        one("equal scores", loss, predictions=np.full((4, 5), 0.5),
            departs=TIES if loss == "pairwiseLogistic" else None, **tolerance)
        one("every label different", loss, labels=[[3.0, 1, 4, 0, 2]], predictions=SCORES[:1],
            **tolerance)
        one("lists of one item", loss, labels=[[2.0], [0.0]], predictions=[[1.0], [-3.0]],
            **tolerance)
        one("fractions", loss, labels=[[0.5, 0.25, 0.75]], predictions=[[0.25, 0.5, -0.5]],
            **tolerance)
        far = rounded([[1e4, -1e4, 0], [88, -88, 0], [-88, 88, 0], [1e-8, -1e-8, 0]])
        one("scores far apart", loss, labels=[[2.0, 0, 1]] * 4, predictions=far,
            departs=EPSILON if loss == "listMle" else None)
    return golden
