"""Keras's further regression losses; see keras_goldens.py."""

import numpy as np

from keras_goldens import AVERAGES_FIRST, REDUCTIONS, SLOPE, goldens_of_keras
from goldens import between_0_and_1, logits, rounded, signs, weights

NO_GRADIENT_BELOW_EPSILON = "Keras clips at epsilon: no gradient below it"
NAN_AT_0 = "the gradient of Keras's rsqrt is NaN at 0 in JAX"


def make():
    golden = goldens_of_keras()

    def one(name, loss, arguments="", options={}, reduction="none", ours=None, **rest):
        """One case; weights and a mask among our options are in the call of Keras's loss."""
        if reduction != "sum_over_batch_size":
            arguments += f"{', ' if arguments else ''}reduction={reduction!r}"
        predictions = "keras_mask(predictions, mask)" if "mask" in options else "predictions"
        some = ", sample_weight=weights" if "weights" in options else ""
        golden(f"{loss[0].lower()}{loss[1:]} {name}",
               f"keras.losses.{loss}({arguments})(labels, {predictions}{some})",
               loss[0].lower() + loss[1:],
               {**options, "reduction": ours or REDUCTIONS[reduction]}, **rest)

    mask = [True, False, True, True]
    both = {"weights": weights(4), "mask": mask}
    percentage, logarithmic = "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError"
    far_from_0 = signs(4, 3, seed=1) * (between_0_and_1(4, 3, seed=2) + 0.5)
    deep_far_from_0 = signs(2, 3, 4, seed=3) * (between_0_and_1(2, 3, 4, seed=4) + 0.5)
    for loss, y, x, y3, x3 in [
        (percentage, far_from_0, logits(4, 3, seed=5) + 1 / 64,
         deep_far_from_0, logits(2, 3, 4, seed=6) + 1 / 64),
        (logarithmic, 4 * between_0_and_1(4, 3, seed=7), 4 * between_0_and_1(4, 3, seed=8),
         4 * between_0_and_1(2, 3, 4, seed=9), 4 * between_0_and_1(2, 3, 4, seed=10)),
        ("LogCosh", logits(4, 3, seed=11), logits(4, 3, seed=12) / 2,
         logits(2, 3, 4, seed=13), logits(2, 3, 4, seed=14) / 2),
    ]:
        for reduction in REDUCTIONS:
            one(reduction, loss, reduction=reduction, labels=y, predictions=x,
                departs=AVERAGES_FIRST if reduction == "sum" else None)
        one("[4,1] weights [4] sum", loss, "", {"weights": weights(4)}, "sum",
            labels=y[:, :1], predictions=x[:, :1])
        one("weights [4]", loss, "", {"weights": weights(4)}, "sum_over_batch_size",
            labels=y, predictions=x)
        one("mask, weights [4], mean_with_sample_weight", loss, "", both,
            "mean_with_sample_weight", labels=y, predictions=x)
        one("[2,3,4] weights [2,3]", loss, "", {"weights": weights(2, 3)}, "sum_over_batch_size",
            labels=y3, predictions=x3)

    one("labels 0 and tiny", percentage, labels=rounded([[0, 1e-8, -1e-8], [0, 1e-6, -1e-6]]),
        predictions=rounded([[1e-8, 0, 1e-8], [0.5, 3e-6, -3e-6]]))
    one("far", percentage, labels=rounded([[1e4, -1e4, 88, 1e-4]]),
        predictions=rounded([[-1e4, 88, 1e4, 1e4]]))
    one("no error", percentage, departs=SLOPE, labels=[[2.0, -0.5]], predictions=[[2.0, -0.5]])
    one("below epsilon", logarithmic, departs=NO_GRADIENT_BELOW_EPSILON,
        labels=rounded([[0, -3, 1, 2], [1e-8, 1, -1e4, 0]]),
        predictions=rounded([[0.5, 2, -3, 0], [-88, 1e-8, -1e4, 1e4]]))
    one("below epsilon, the value", logarithmic, value_only=True,
        labels=rounded([[0, -3, 1, 2], [1e-8, 1, -1e4, 0]]),
        predictions=rounded([[0.5, 2, -3, 0], [-88, 1e-8, -1e4, 1e4]]))
    one("far", logarithmic, labels=rounded([[1e4, 88, 1e-4]]),
        predictions=rounded([[1e-4, 1e4, 1e30]]))
    one("far, tiny, none", "LogCosh", labels=np.zeros((2, 4)),
        predictions=rounded([[1e4, -1e4, 88, -88], [1e-8, -1e-8, 0, 20]]))

    # Cosine similarity: one loss per vector
    y, x = logits(4, 5, seed=21), logits(4, 5, seed=22)
    y3, x3 = logits(2, 3, 4, seed=23), logits(2, 3, 4, seed=24)
    cosine = "CosineSimilarity"
    for reduction in REDUCTIONS:
        one(reduction, cosine, reduction=reduction, labels=y, predictions=x)
        one(f"mask, weights [4], {reduction}", cosine, "", both, reduction,
            labels=y, predictions=x)
    one("[2,3,4] weights [2,3]", cosine, "", {"weights": weights(2, 3)}, "sum_over_batch_size",
        labels=y3, predictions=x3)
    one("[2,3,4] axis=1", cosine, "axis=1", {"axis": 1}, ours="none", labels=y3, predictions=x3)
    one("same direction, opposite, at right angles", cosine,
        labels=[[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]],
        predictions=[[2.0, 4.0], [-0.5, -1.0], [-2.0, 1.0]])
    one("tiny and long vectors", cosine, labels=rounded([[3, 4], [1e-5, 1e-4], [1e4, -1e4]]),
        predictions=rounded([[1e-4, -3e-4], [1e4, -88], [88, -1e-4]]))
    one("zero vector", cosine, departs=NAN_AT_0, labels=[[3.0, 4.0]], predictions=[[0.0, 0.0]])
    one("zero vector, the value", cosine, value_only=True,
        labels=[[3.0, 4.0], [0.0, 0.0]], predictions=[[0.0, 0.0], [0.0, 0.0]])
    return golden
