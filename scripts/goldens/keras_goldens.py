"""Keras on its JAX backend, in float64: no logits are recovered behind one's back."""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras
import numpy as np
from keras.src.backend.common import dtypes

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, jax_engine, logits, one_hot,
    rounded, signs, weights,
)

keras.config.set_floatx("float64")
# Keras narrows float64 to float32 in some operations (`mean`, say) to match JAX's
# default. JAX is told to use 64 bits here, so that this must not happen.
dtypes.BIT64_TO_BIT32_DTYPE.clear()

CLIPS = "Keras clips probabilities to [1e-7, 1 - 1e-7]: no gradient outside, 1e-7 instead of 0 at 1"
CLIPS_LABELS = "Keras clips labels to [1e-7, 1]: no gradient outside"
AVERAGES_FIRST = "Keras averages over the last axis before it sums"
UNBROADCAST = "Keras divides by the sum of the weights before they are broadcast"
TIME_AXIS = "Keras aligns weights of rank 1 with the last axis of the losses"
NAN_TIMES_0 = "Keras multiplies masked losses by 0, which leaves NaN"
SLOPE = "JAX's |x| has the slope 1 at 0; ours is 0"
KINK = "JAX shares the gradient at the kink; ours is 0"

# Ours for each of Keras's reductions, of losses that have one value per example in Keras.
REDUCTIONS = {
    "none": "perExample",
    "sum_over_batch_size": "mean",
    "mean_with_sample_weight": "weightedMean",
    "sum": "sum",
}


def keras_mask(predictions, mask):
    """As a masking layer leaves it on its output."""
    keras.src.backend.set_keras_mask(predictions, mask)
    return predictions


def goldens_of_keras():
    return Goldens(
        "keras",
        jax_engine({"keras": keras, "keras_mask": keras_mask}),
        ["keras", "jax", "jaxlib"],
        note="JAX backend, floatx float64, without Keras's narrowing of float64 to float32",
    )


def make():
    golden = goldens_of_keras()

    def call(loss, arguments="", reduction="sum_over_batch_size", weights=False, mask=False):
        arguments = [arguments] if arguments else []
        if reduction != "sum_over_batch_size":
            arguments.append(f"reduction={reduction!r}")
        predictions = "keras_mask(predictions, mask)" if mask else "predictions"
        weights = ", sample_weight=weights" if weights else ""
        return f"keras.losses.{loss}({', '.join(arguments)})(labels, {predictions}{weights})"

    def every_reduction(name, loss, ours, arguments, options, labels, predictions, elements=1,
                        labels_differ=True, brief=False):
        """All reductions, bare, weighted and masked; `elements` = last axis that Keras averages."""
        batch = len(predictions)
        some = weights(batch)
        zeros = some * (np.arange(batch) % 2)
        mask = np.arange(batch) != 1
        kinds = {
            "": {},
            " weights [batch]": {"weights": some},
            " some weights 0": {"weights": zeros},
            " all weights 0": {"weights": 0 * some},
            " mask": {"mask": mask},
            " mask, weights": {"mask": mask, "weights": some},
            " all masked": {"mask": mask & False},
        }
        if brief:
            kinds = {kind: kinds[kind] for kind in ("", " mask, weights")}
        for reduction, our_reduction in REDUCTIONS.items():
            for kind, extra in kinds.items():
                if reduction in ("none", "sum") and ("all" in kind or "0" in kind):
                    continue
                text = call(loss, arguments, reduction, "weights" in extra, "mask" in extra)
                departs = None
                if reduction == "sum" and elements > 1:
                    departs = AVERAGES_FIRST
                wrt = None if labels_differ else (
                    ["predictions", "weights"] if "weights" in extra else ["predictions"])
                golden(f"{name}{kind} {reduction}", text, ours,
                       {**options, **extra, "reduction": our_reduction},
                       wrt=wrt, departs=departs, labels=labels, predictions=predictions)

    def one(name, loss, ours, arguments="", options={}, reduction="none", more={}, **rest):
        """One case; `more` are our options that Keras has in the call of the loss."""
        text = call(loss, arguments, reduction, "weights" in more, "mask" in more)
        golden(name, text, ours, {**options, **more, "reduction": REDUCTIONS[reduction]}, **rest)

    # No label equals its prediction, where JAX's |·| has a slope.
    y, x = logits(4, 3, seed=1), logits(4, 3, seed=2) + 1 / 32
    y3, x3 = logits(2, 3, 4, seed=3), logits(2, 3, 4, seed=4) + 1 / 32
    square = dict(labels=logits(3, 3, 2, seed=5), predictions=logits(3, 3, 2, seed=6) + 1 / 32)

    # Elementwise losses
    every_reduction("meanSquaredError", "MeanSquaredError", "meanSquaredError", "", {}, y, x, 3)
    for name, loss, ours, arguments, options in [
        ("meanSquaredError", "MeanSquaredError", "meanSquaredError", "", {}),
        ("meanAbsoluteError", "MeanAbsoluteError", "meanAbsoluteError", "", {}),
        ("huber", "Huber", "huber", "", {}),
        ("huber delta=0.5", "Huber", "huber", "delta=0.5", {"delta": 0.5}),
        ("huber delta=2", "Huber", "huber", "delta=2.0", {"delta": 2}),
        ("hinge", "Hinge", "hinge", "", {}),
        ("squaredHinge", "SquaredHinge", "squaredHinge", "", {}),
        ("binaryCrossentropy", "BinaryCrossentropy", "binaryCrossentropy", "", {}),
        ("binaryCrossentropy logits", "BinaryCrossentropy", "binaryCrossentropy",
         "from_logits=True", {"fromLogits": True}),
    ]:
        a, b, a3, b3, sq = y, x, y3, x3, square
        if "inge" in name or "logits" in name:
            # hinge kinks at ±1: keep clear of them
            labels = signs if "inge" in name else between_0_and_1
            shift = 1 / 64 if "inge" in name else 0
            a, b = labels(4, 3, seed=1), logits(4, 3, seed=2) / 2 + shift
            a3, b3 = labels(2, 3, 4, seed=3), logits(2, 3, 4, seed=4) / 2 + shift
            sq = dict(labels=labels(3, 3, 2, seed=5),
                      predictions=logits(3, 3, 2, seed=6) / 2 + shift)
        elif "binary" in name:
            a, b = binary(4, 3, seed=1), between_0_and_1(4, 3, seed=2)
            a3, b3 = between_0_and_1(2, 3, 4, seed=3), between_0_and_1(2, 3, 4, seed=4)
            sq = dict(labels=binary(3, 3, 2, seed=5), predictions=between_0_and_1(3, 3, 2, seed=6))
        column = dict(labels=a[:, :1], predictions=b[:, :1])
        if name != "meanSquaredError":
            for reduction in REDUCTIONS:
                one(f"{name} {reduction}", loss, ours, arguments, options, reduction,
                    departs=AVERAGES_FIRST if reduction == "sum" else None,
                    labels=a, predictions=b)
            one(f"{name} weights [batch]", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": weights(4)}, labels=a, predictions=b)
            one(f"{name} mask, weights, mean_with_sample_weight", loss, ours, arguments, options,
                "mean_with_sample_weight",
                {"mask": [True, False, True, True], "weights": weights(4)},
                labels=a, predictions=b)
        one(f"{name} [4,1] sum", loss, ours, arguments, options, "sum",
            {"weights": weights(4)}, **column)
        one(f"{name} [2,3,4]", loss, ours, arguments, options, "sum_over_batch_size",
            labels=a3, predictions=b3)
        one(f"{name} [2,3,4] weights [2,3]", loss, ours, arguments, options,
            "sum_over_batch_size", {"weights": weights(2, 3)}, labels=a3, predictions=b3)
        if name in ("meanSquaredError", "binaryCrossentropy"):
            one(f"{name} weights scalar", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": 0.75}, labels=a, predictions=b)
            one(f"{name} weights scalar mean_with_sample_weight", loss, ours, arguments, options,
                "mean_with_sample_weight", {"weights": 0.75}, departs=UNBROADCAST,
                labels=a, predictions=b)
            one(f"{name} weights [4,1]", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": weights(4, 1)}, labels=a, predictions=b)
            one(f"{name} [2,3,4] weights [2,1]", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": weights(2, 1)}, labels=a3, predictions=b3)
            one(f"{name} [2,3,4] weights [1,3]", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": weights(1, 3)}, labels=a3, predictions=b3)
            one(f"{name} [2,3,4] weights [2,3] mean_with_sample_weight", loss, ours, arguments,
                options, "mean_with_sample_weight", {"weights": weights(2, 3)},
                labels=a3, predictions=b3)
            one(f"{name} [2,3,4] weights [2,1] mean_with_sample_weight", loss, ours, arguments,
                options, "mean_with_sample_weight", {"weights": weights(2, 1)},
                departs=UNBROADCAST, labels=a3, predictions=b3)
            one(f"{name} [2,3,4] mask [2,3]", loss, ours, arguments, options,
                "sum_over_batch_size",
                {"mask": [[True, False, True], [False, False, True]]}, labels=a3, predictions=b3)
            one(f"{name} [3,3,2] weights [3]", loss, ours, arguments, options,
                "sum_over_batch_size", {"weights": weights(3)}, departs=TIME_AXIS, **sq)

    nan = x.copy()
    nan[1, 2] = np.nan
    one("meanSquaredError NaN where masked", "MeanSquaredError", "meanSquaredError",
        reduction="sum_over_batch_size", more={"mask": [True, False, True, True]},
        departs=NAN_TIMES_0, labels=y, predictions=nan)
    one("meanSquaredError empty batch", "MeanSquaredError", "meanSquaredError",
        reduction="sum_over_batch_size", labels=np.zeros((0, 3, 2)), predictions=np.zeros((0, 3, 2)))
    one("meanAbsoluteError no error", "MeanAbsoluteError", "meanAbsoluteError",
        departs=SLOPE, labels=y, predictions=y)
    one("huber no error", "Huber", "huber", labels=y, predictions=y)
    one("huber error = delta", "Huber", "huber",
        labels=np.zeros((2, 2)), predictions=[[1.0, -1.0], [1.0, 0.5]])

    # Hinge
    scores = logits(4, 3, seed=2) / 2 + 1 / 64
    for ours, loss in [("hinge", "Hinge"), ("squaredHinge", "SquaredHinge")]:
        one(f"{ours} labels 0 and 1", loss, ours, labels=binary(4, 3, seed=8), predictions=scores)
        one(f"{ours} labels all 1", loss, ours, labels=np.ones((4, 3)), predictions=scores)
        one(f"{ours} labels 0 and 1, mean", loss, ours, reduction="sum_over_batch_size",
            more={"weights": weights(4)}, labels=binary(4, 3, seed=8), predictions=scores)
    one("hinge at its kink", "Hinge", "hinge", departs=KINK,
        labels=[[1.0, -1.0], [1.0, -1.0]], predictions=[[1.0, -1.0], [0.5, -2.0]])
    one("squaredHinge at its kink", "SquaredHinge", "squaredHinge",
        labels=[[1.0, -1.0], [1.0, -1.0]], predictions=[[1.0, -1.0], [0.5, -2.0]])

    chosen = one_hot(integers(4, 5, seed=9), 4)
    positive = np.array([[1, 3, 2, 0.5], [0.25, 2, 0.75, 1], [3, 1, 2, 4], [0.5, 1.25, 0.125, 2],
                         [1, 2.5, 0.25, 0.5]])
    every_reduction("categoricalHinge", "CategoricalHinge", "categoricalHinge", "", {},
                    chosen, positive, labels_differ=False, brief=True)
    one("categoricalHinge [2,2,3] weights [2,2]", "CategoricalHinge", "categoricalHinge",
        reduction="sum_over_batch_size", more={"weights": weights(2, 2)},
        wrt=["predictions", "weights"], labels=one_hot(integers(3, 2, 2, seed=1), 3),
        predictions=[[[1.0, 1.75, 0.5], [0.25, 1.5, 3.0]], [[2.0, 0.5, 1.5], [4.0, 1.0, 2.0]]])
    zero_for_true = "Keras counts the true class as a wrong class with score 0"
    one("categoricalHinge all scores negative", "CategoricalHinge", "categoricalHinge",
        wrt=["predictions"], departs=zero_for_true, labels=[[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        predictions=[[-2.0, -1.0, -3.0], [-1.0, -1.5, -4.0]])
    one("categoricalHinge single class", "CategoricalHinge", "categoricalHinge",
        wrt=["predictions"], departs=zero_for_true, labels=[[1.0], [1.0]], predictions=[[0.25], [-3.0]])

    # Binary cross-entropy
    bce = ("BinaryCrossentropy", "binaryCrossentropy")
    from_logits = ("from_logits=True", {"fromLogits": True})
    for smoothing in (0.1, 0.5):
        one(f"binaryCrossentropy label_smoothing={smoothing}", *bce,
            f"label_smoothing={smoothing}", {"labelSmoothing": smoothing},
            labels=binary(4, 3, seed=1), predictions=between_0_and_1(4, 3, seed=2))
        one(f"binaryCrossentropy logits label_smoothing={smoothing}", *bce,
            f"from_logits=True, label_smoothing={smoothing}",
            {"fromLogits": True, "labelSmoothing": smoothing}, "sum_over_batch_size",
            {"weights": weights(4)},
            labels=binary(4, 3, seed=1), predictions=logits(4, 3, seed=2))
    one("binaryCrossentropy soft labels", *bce,
        labels=between_0_and_1(4, 3, seed=1), predictions=between_0_and_1(4, 3, seed=2))
    one("binaryCrossentropy probabilities 0 and 1", *bce, departs=CLIPS,
        labels=[[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]],
        predictions=[[0.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
    one("binaryCrossentropy probabilities near 0 and 1", *bce, departs=CLIPS,
        labels=[[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
        predictions=rounded([[1e-8, 1 - 2**-24], [1e-8, 1 - 2**-24], [1e-30, 1e-3]]))
    one("binaryCrossentropy logits extreme", *bce, *from_logits,
        labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e4, -1e4],
                             [1e-8, -1e-8]]))

    # Categorical cross-entropy
    cce, sparse = ("CategoricalCrossentropy", "categoricalCrossentropy"), (
        "SparseCategoricalCrossentropy", "sparseCategoricalCrossentropy")
    classes = integers(5, 4, seed=11)
    for kind, fixed, predicted in [
        ("", ("", {}), distributions(4, 5, seed=12)),
        (" logits", from_logits, logits(4, 5, seed=12)),
    ]:
        every_reduction(f"categoricalCrossentropy{kind}", *cce, *fixed,
                        one_hot(classes, 5), predicted, brief=bool(kind))
        every_reduction(f"sparseCategoricalCrossentropy{kind}", *sparse, *fixed,
                        classes, predicted, brief=bool(kind))
        comma = ", " if fixed[0] else ""
        for smoothing in (0.1, 0.5):
            one(f"categoricalCrossentropy{kind} label_smoothing={smoothing}", *cce,
                f"{fixed[0]}{comma}label_smoothing={smoothing}",
                {**fixed[1], "labelSmoothing": smoothing},
                labels=one_hot(classes, 5), predictions=predicted)
        one(f"categoricalCrossentropy{kind} soft labels", *cce, *fixed,
            labels=distributions(4, 5, seed=13, zeros=True), predictions=predicted)
        one(f"categoricalCrossentropy{kind} labels that do not sum to 1", *cce, *fixed,
            labels=between_0_and_1(4, 5, seed=14), predictions=predicted)
        one(f"categoricalCrossentropy{kind} soft labels, smoothing, weights", *cce,
            f"{fixed[0]}{comma}label_smoothing=0.25", {**fixed[1], "labelSmoothing": 0.25},
            "mean_with_sample_weight", {"weights": weights(4)},
            labels=distributions(4, 5, seed=13), predictions=predicted)
        one(f"sparseCategoricalCrossentropy{kind} labels [4,1]", *sparse, *fixed,
            labels=classes[:, None], predictions=predicted)

        deep = (logits if kind else distributions)(2, 3, 4, seed=15)
        deep_classes = integers(4, 2, 3, seed=16)
        for name, loss, labels in [("categoricalCrossentropy", cce, one_hot(deep_classes, 4)),
                                   ("sparseCategoricalCrossentropy", sparse, deep_classes)]:
            for shape in [(2, 3)] if kind else [(2, 3), (2, 1), (1, 3), ()]:
                one(f"{name}{kind} [2,3,4] weights {list(shape)}", *loss, *fixed,
                    "sum_over_batch_size", {"weights": weights(*shape)},
                    labels=labels, predictions=deep)
            one(f"{name}{kind} [2,3,4] weights [2,3] sum", *loss, *fixed, "sum",
                {"weights": weights(2, 3)}, labels=labels, predictions=deep)
            one(f"{name}{kind} [2,3,4] weights [2,1] mean_with_sample_weight", *loss, *fixed,
                "mean_with_sample_weight", {"weights": weights(2, 1)}, departs=UNBROADCAST,
                labels=labels, predictions=deep)
            one(f"{name}{kind} [2,3,4] mask [2,3], weights [2,3]", *loss, *fixed,
                "mean_with_sample_weight",
                {"mask": [[True, False, True], [False, True, True]], "weights": weights(2, 3)},
                labels=labels, predictions=deep)
            golden(f"{name}{kind} [2,3,4] none", call(loss[0], fixed[0], "none"), loss[1],
                   {**fixed[1], "reduction": "none"}, labels=labels, predictions=deep)

        # The class axis elsewhere. Keras-JAX checks sparse shapes against the last axis,
        # so that this needs as many classes as positions.
        middle = (logits if kind else distributions)(2, 3, 3, seed=17)
        middle = np.moveaxis(middle, -1, 1)
        middle_classes = integers(3, 2, 3, seed=18)
        golden(f"categoricalCrossentropy{kind} axis=1", call(cce[0], f"{fixed[0]}{comma}axis=1",
               "none"), cce[1], {**fixed[1], "axis": 1, "reduction": "none"},
               labels=one_hot(middle_classes, 3, axis=1), predictions=middle)
        golden(f"sparseCategoricalCrossentropy{kind} axis=1",
               call(sparse[0], f"{fixed[0]}{comma}axis=1", "none"), sparse[1],
               {**fixed[1], "axis": 1, "reduction": "none"},
               labels=middle_classes, predictions=middle)
        wide = np.moveaxis((logits if kind else distributions)(2, 4, 3, seed=19), -1, 1)
        wide_classes = integers(3, 2, 4, seed=20)
        golden(f"categoricalCrossentropy{kind} axis=1 label_smoothing=0.2",
               call(cce[0], f"{fixed[0]}{comma}label_smoothing=0.2, axis=1", "none"), cce[1],
               {**fixed[1], "labelSmoothing": 0.2, "axis": 1, "reduction": "none"},
               departs="Keras counts the classes of label smoothing on the last axis",
               labels=one_hot(wide_classes, 3, axis=1), predictions=wide)

        # ignore_class
        for ignored in (-1,) if kind else (-1, 255, 2):
            some = classes.copy()
            some[[1, 3]] = ignored
            more = f"{fixed[0]}{comma}ignore_class={ignored}"
            options = {**fixed[1], "ignoreIndex": ignored}
            for reduction in REDUCTIONS:
                one(f"sparseCategoricalCrossentropy{kind} ignore_class={ignored} {reduction}",
                    *sparse, more, options, reduction, {"weights": weights(4)},
                    labels=some, predictions=predicted)
        some = np.array([[0, -1, 3], [-1, -1, 1]])
        more, options = f"{fixed[0]}{comma}ignore_class=-1", {**fixed[1], "ignoreIndex": -1}
        one(f"sparseCategoricalCrossentropy{kind} [2,3,4] ignore_class", *sparse, more, options,
            "sum_over_batch_size", labels=some, predictions=deep)
        one(f"sparseCategoricalCrossentropy{kind} [2,3,4] ignore_class, mask, weights", *sparse,
            more, options, "sum_over_batch_size",
            {"mask": [[True, True, False], [True, True, True]], "weights": weights(2, 3)},
            labels=some, predictions=deep)
        for reduction in ("none", "sum_over_batch_size", "mean_with_sample_weight"):
            one(f"sparseCategoricalCrossentropy{kind} all ignored {reduction}", *sparse, more,
                options, reduction, labels=np.full(4, -1), predictions=predicted)
        nan = predicted.copy()
        nan[1] = np.nan
        one(f"sparseCategoricalCrossentropy{kind} NaN where ignored", *sparse, more, options,
            "sum_over_batch_size", labels=np.array([0, -1, 2, 3]), predictions=nan)

    one("categoricalCrossentropy rows of predictions that do not sum to 1", *cce,
        labels=one_hot(classes, 5), predictions=between_0_and_1(4, 5, seed=21))
    one("sparseCategoricalCrossentropy rows of predictions that do not sum to 1", *sparse,
        labels=classes, predictions=between_0_and_1(4, 5, seed=21))
    probabilities = rounded([[0, 1, 0], [0, 1, 0], [0.25, 0.75, 0], [1e-30, 0.5, 0.5],
                             [1e-8, 0.5, 0.5]])
    one("categoricalCrossentropy probabilities 0 and 1", *cce, departs=CLIPS,
        labels=one_hot(np.array([1, 0, 2, 0, 0]), 3), predictions=probabilities)
    one("sparseCategoricalCrossentropy probabilities 0 and 1", *sparse, departs=CLIPS,
        labels=np.array([1, 0, 2, 0, 0]), predictions=probabilities)
    one("categoricalCrossentropy row of zeros", *cce, value_only=True,
        departs="Keras divides by the sum of the row: NaN",
        labels=[[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        predictions=[[0.0, 0.0, 0.0], [0.5, 0.25, 0.25]])
    one("categoricalCrossentropy single class", *cce, departs=CLIPS,
        labels=[[1.0], [1.0]], predictions=[[1.0], [0.25]])
    one("categoricalCrossentropy logits single class", *cce, *from_logits,
        labels=[[1.0], [1.0]], predictions=[[3.0], [-2.0]])
    one("sparseCategoricalCrossentropy logits single class", *sparse, *from_logits,
        labels=np.array([[0], [0]]), predictions=[[3.0], [-2.0]])

    extreme = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4], [88, -88, 0], [88, -88, 0],
                       [1e-8, -1e-8, 0], [60, 0, 0], [0, 60, 0], [-1e4, -1e4, -1e4 - 1]])
    extreme_classes = np.array([0, 1, 2, 0, 1, 0, 0, 0, 2])
    one("categoricalCrossentropy logits extreme", *cce, *from_logits,
        labels=one_hot(extreme_classes, 3), predictions=extreme)
    one("sparseCategoricalCrossentropy logits extreme", *sparse, *from_logits,
        labels=extreme_classes, predictions=extreme)
    one("categoricalCrossentropy logits extreme label_smoothing=0.1", *cce,
        "from_logits=True, label_smoothing=0.1", {"fromLogits": True, "labelSmoothing": 0.1},
        labels=one_hot(extreme_classes, 3), predictions=extreme)
    thousand = dict(labels=np.array([417]), predictions=logits(1, 1000, seed=22, scale=2))
    one("sparseCategoricalCrossentropy logits 1000 classes", *sparse, *from_logits, **thousand)

    # Kullback-Leibler divergence
    p, q = distributions(4, 5, seed=31), distributions(4, 5, seed=32)
    every_reduction("klDivergence", "KLDivergence", "klDivergence", "", {}, p, q, brief=True)
    kl = ("KLDivergence", "klDivergence")
    golden("klDivergence [2,3,4] none", call("KLDivergence", "", "none"), "klDivergence",
           {"reduction": "none"}, labels=distributions(2, 3, 4, seed=33),
           predictions=distributions(2, 3, 4, seed=34))
    one("klDivergence [2,3,4] weights [2,3]", *kl, reduction="sum_over_batch_size",
        more={"weights": weights(2, 3)}, labels=distributions(2, 3, 4, seed=33),
        predictions=distributions(2, 3, 4, seed=34))
    one("klDivergence p = q", *kl, labels=p, predictions=p)
    one("klDivergence labels 0", *kl, wrt=["predictions"],
        labels=distributions(4, 5, seed=35, zeros=True), predictions=q)
    one("klDivergence labels 0, their gradient", *kl, wrt=["labels"], departs=CLIPS_LABELS,
        labels=distributions(4, 5, seed=35, zeros=True), predictions=q)
    one("klDivergence one-hot labels", *kl, wrt=["predictions"], labels=one_hot(classes, 5),
        predictions=q)
    one("klDivergence rows that do not sum to 1", *kl,
        labels=between_0_and_1(4, 5, seed=36), predictions=between_0_and_1(4, 5, seed=37))
    one("klDivergence predictions 0", *kl, departs=CLIPS,
        labels=distributions(2, 3, seed=38), predictions=[[0.0, 0.5, 0.5], [0.25, 0.0, 0.75]])

    # Cosine: Keras has -cos
    def cosine(name, reduction="none", arguments="", options={}, more={}, **rest):
        text = call("CosineSimilarity", arguments, reduction, "weights" in more)
        golden(f"cosineDistance {name}", f"1 + {text}", "cosineDistance",
               {**options, **more, "reduction": REDUCTIONS[reduction]}, **rest)

    a, b = logits(4, 5, seed=41), logits(4, 5, seed=42)
    cosine("none", labels=a, predictions=b)
    cosine("mean", "sum_over_batch_size", labels=a, predictions=b)
    cosine("[2,3,4] mean", "sum_over_batch_size", labels=logits(2, 3, 4, seed=43),
           predictions=logits(2, 3, 4, seed=44))
    golden("cosineDistance [2,3,4] axis=1",
           "1 + " + call("CosineSimilarity", "axis=1", "none"), "cosineDistance",
           {"axis": 1, "reduction": "none"}, labels=logits(2, 3, 4, seed=43),
           predictions=logits(2, 3, 4, seed=44))
    cosine("same direction, opposite", labels=[[1.0, 2.0], [1.0, 2.0]],
           predictions=[[2.0, 4.0], [-0.5, -1.0]])
    cosine("zero vector", departs="the gradient of Keras's rsqrt(max(x², ε²)) is NaN at 0 in JAX",
           labels=[[3.0, 4.0]], predictions=[[0.0, 0.0]])
    cosine("tiny vectors", labels=[[3.0, 4.0]], predictions=rounded([[1e-4, -3e-4]]))
    return golden
