"""Keras's focal and generalized cross-entropies, and its Poisson loss; see keras_goldens.py."""

import numpy as np

from keras_goldens import AVERAGES_FIRST, CLIPS, REDUCTIONS, UNBROADCAST, goldens_of_keras
from goldens import (
    between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, weights,
)

NAN_AT_1 = "Keras's derivative of (1 - p)^gamma is NaN or infinite at p = 1 if gamma < 1"
INFINITE_AT_0 = "Keras's derivative of p^q is infinite at p = 0; ours is bounded by epsilon"
LAST_AXIS = "Keras counts the classes of label smoothing on the last axis"
ZERO_ROW = "Keras divides by the sum of the row: NaN"

LOGITS = ("from_logits=True", {"fromLogits": True})


def make():
    golden = goldens_of_keras()

    def one(loss, name, arguments="", options={}, reduction="none", ours=None, labels_as="labels",
            our_loss=None, **rest):
        """One case; weights and a mask among our options are in the call of Keras's loss."""
        if reduction != "sum_over_batch_size":
            arguments += f"{', ' if arguments else ''}reduction={reduction!r}"
        predictions = "keras_mask(predictions, mask)" if "mask" in options else "predictions"
        some = ", sample_weight=weights" if "weights" in options else ""
        our_loss = our_loss or loss[0].lower() + loss[1:]
        golden(f"{our_loss} {name}", f"keras.losses.{loss}({arguments})"
               f"({labels_as}, {predictions}{some})", our_loss,
               {**options, "reduction": ours or REDUCTIONS[reduction]}, **rest)

    poisson(one)
    binary_focal(one)
    categorical_focal(one)
    generalized(one)
    return golden


def joined(*arguments):
    return ", ".join(argument for argument in arguments if argument)


def reductions(one, loss, flat, deep, arguments="", options={}, averaged=False, **rest):
    """All reductions, with weights and masks; `averaged`: Keras averages the last axis."""
    both = {"weights": weights(4), "mask": [True, False, True, True]}
    for reduction in REDUCTIONS:
        departs = AVERAGES_FIRST if averaged and reduction == "sum" else None
        one(loss, joined(arguments, reduction), arguments, options, reduction, departs=departs,
            **rest, **flat)
        one(loss, joined(arguments, f"mask, weights [4], {reduction}"), arguments,
            {**options, **both}, reduction, departs=departs, **rest, **flat)
    mean = "sum_over_batch_size"
    for shape in [(2, 3), (2, 1), (1, 3), ()]:
        one(loss, joined(arguments, f"[2,3,4] weights {list(shape)}"), arguments,
            {**options, "weights": weights(*shape)}, mean, **rest, **deep)
    one(loss, joined(arguments, "[2,3,4] weights [2,1] mean_with_sample_weight"), arguments,
        {**options, "weights": weights(2, 1)}, "mean_with_sample_weight", departs=UNBROADCAST,
        **rest, **deep)
    one(loss, joined(arguments, "[2,3,4] mask [2,3]"), arguments,
        {**options, "mask": [[True, False, True], [False, False, True]]}, mean, **rest, **deep)
    one(loss, joined(arguments, "all masked"), arguments, {**options, "mask": [False] * 4}, mean,
        **rest, **flat)


def poisson(one):
    loss = "Poisson"
    reductions(one, loss, averaged=True,
               flat=dict(labels=integers(5, 4, 3, seed=1).astype(float),
                         predictions=4 * between_0_and_1(4, 3, seed=2)),
               deep=dict(labels=integers(5, 2, 3, 4, seed=3).astype(float),
                         predictions=4 * between_0_and_1(2, 3, 4, seed=4)))
    one(loss, "predictions 0, tiny and large", labels=[[0.0, 2.0, 3.0], [1.0, 0.0, 1e4]],
        predictions=rounded([[0, 0, 1e-8], [1e-4, 1e4, 1e4]]))
    one(loss, "negative predictions", labels=[[2.0, 1.0]], predictions=[[-1.0, 0.5]],
        departs="Keras's logarithm of a mean below -1e-7 is NaN; ours is the loss of a mean of 0, with a derivative towards it")


def binary_focal(one):
    loss = "BinaryFocalCrossentropy"
    y, p = binary(4, 3, seed=11), between_0_and_1(4, 3, seed=12)
    deep = binary(2, 3, 4, seed=13)
    reductions(one, loss, averaged=True, flat=dict(labels=y, predictions=p),
               deep=dict(labels=deep, predictions=between_0_and_1(2, 3, 4, seed=14)))
    for kind, fixed, x in [("", ("", {}), p), ("logits ", LOGITS, logits(4, 3, seed=15))]:
        for arguments, options in [
            ("gamma=0.0", {"gamma": 0}), ("gamma=1.0", {"gamma": 1}), ("gamma=0.5", {"gamma": 0.5}),
            ("gamma=3.5", {"gamma": 3.5}), ("apply_class_balancing=True", {"alpha": 0.25}),
            ("apply_class_balancing=True, alpha=0.75", {"alpha": 0.75}),
            ("label_smoothing=0.25", {"labelSmoothing": 0.25}),
            ("apply_class_balancing=True, alpha=0.9, gamma=1.5, label_smoothing=0.1",
             {"alpha": 0.9, "gamma": 1.5, "labelSmoothing": 0.1}),
        ]:
            one(loss, kind + arguments, joined(fixed[0], arguments), {**fixed[1], **options},
                "sum_over_batch_size" if kind else "none", labels=y, predictions=x)
        one(loss, f"{kind}soft labels", joined(fixed[0], "apply_class_balancing=True"),
            {**fixed[1], "alpha": 0.25}, labels=between_0_and_1(4, 3, seed=16), predictions=x)
    one(loss, "probabilities 0 and 1, right", labels=[[0.0, 1.0]], predictions=[[0.0, 1.0]])
    one(loss, "probabilities 0 and 1", departs=CLIPS, labels=[[1.0, 0.0], [0.5, 0.5]],
        predictions=[[0.0, 1.0], [0.0, 1.0]])
    one(loss, "probabilities 0 and 1, the value", value_only=True, tolerance=1e-7,
        labels=[[1.0, 0.0], [0.5, 0.5]], predictions=[[0.0, 1.0], [0.0, 1.0]])
    one(loss, "probabilities near 0 and 1", departs=CLIPS, labels=[[0.0, 1.0], [1.0, 0.0]],
        predictions=rounded([[1e-8, 1 - 2**-24], [1e-8, 1 - 2**-24]]))
    one(loss, "probabilities 0 and 1, gamma=0.5", "gamma=0.5", {"gamma": 0.5}, departs=NAN_AT_1,
        labels=[[0.0, 1.0]], predictions=[[0.0, 1.0]])
    one(loss, "logits far", *LOGITS, labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]],
        predictions=rounded([[8, 8], [-8, -8], [1e-8, -1e-8]]))
    one(loss, "logits extreme", *LOGITS, departs=CLIPS,
        labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e4, -1e4]]))


def categorical_focal(one):
    dense = "CategoricalFocalCrossentropy"
    sparse = dict(our_loss="sparseCategoricalFocalCrossentropy")
    classes, deep_classes = integers(5, 4, seed=21), integers(4, 2, 3, seed=22)
    p, x = distributions(4, 5, seed=23), logits(4, 5, seed=24)
    deep_p = distributions(2, 3, 4, seed=25)
    reductions(one, dense, dict(labels=one_hot(classes, 5), predictions=p),
               dict(labels=one_hot(deep_classes, 4), predictions=deep_p))

    def both(name, arguments, options, reduction="none", ours=None, classes=classes, **rest):
        """Keras has no sparse form: its labels are made one-hot."""
        count = rest["predictions"].shape[-1]
        one(dense, name, arguments, options, reduction, ours,
            labels=one_hot(classes, count), **rest)
        one(dense, name, arguments, options, reduction, ours, **sparse, labels=classes,
            labels_as=f"jax.nn.one_hot(labels, {count})", **rest)

    for kind, fixed, given in [("", ("", {}), p), ("logits ", LOGITS, x)]:
        for arguments, options in [
            ("", {}), ("gamma=0.0", {"gamma": 0}), ("gamma=1.0", {"gamma": 1}),
            ("gamma=0.5", {"gamma": 0.5}), ("gamma=3.5", {"gamma": 3.5}),
            ("alpha=1.0", {"alpha": 1}),
            ("alpha=[0.5, 0.25, 1.0, 2.0, 0.125]", {"alpha": [0.5, 0.25, 1, 2, 0.125]}),
            ("label_smoothing=0.25", {"labelSmoothing": 0.25}),
            ("alpha=0.75, gamma=1.5, label_smoothing=0.1",
             {"alpha": 0.75, "gamma": 1.5, "labelSmoothing": 0.1}),
        ]:
            if arguments and "alpha" not in arguments:
                one(dense, kind + arguments, joined(fixed[0], arguments),
                    {**fixed[1], **options}, labels=one_hot(classes, 5), predictions=given)
            else:
                both(f"{kind}{arguments or 'by default'}", joined(fixed[0], arguments),
                     {**fixed[1], **options}, predictions=given)
        one(dense, f"{kind}soft labels", *fixed, labels=distributions(4, 5, seed=26, zeros=True),
            predictions=given)
        one(dense, f"{kind}labels that do not sum to 1", *fixed,
            labels=between_0_and_1(4, 5, seed=27), predictions=given)
        middle = (logits if kind else distributions)(2, 4, 3, seed=28)
        one(dense, f"{kind}axis=1", joined(fixed[0], "axis=1"), {**fixed[1], "axis": 1},
            ours="none", labels=one_hot(integers(3, 2, 4, seed=29), 3, axis=1),
            predictions=np.moveaxis(middle, -1, 1))
        both(f"{kind}[2,3,4] weights [2,3]", fixed[0], {**fixed[1], "weights": weights(2, 3)},
             "mean_with_sample_weight", classes=deep_classes,
             predictions=logits(2, 3, 4, seed=30) if kind else deep_p)
    one(dense, "axis=1 label_smoothing=0.2", "label_smoothing=0.2, axis=1",
        {"labelSmoothing": 0.2, "axis": 1}, ours="none", departs=LAST_AXIS,
        labels=one_hot(integers(3, 2, 4, seed=29), 3, axis=1),
        predictions=np.moveaxis(distributions(2, 4, 3, seed=28), -1, 1))
    both("rows of predictions that do not sum to 1", "", {},
         predictions=between_0_and_1(4, 5, seed=31))
    both("probabilities 0 and 1", "", {}, departs=CLIPS, classes=np.array([1, 0, 2, 0, 0]),
         predictions=rounded([[0, 1, 0], [0, 1, 0], [0.25, 0.75, 0], [1e-30, 0.5, 0.5],
                              [1e-8, 0.5, 0.5]]))
    both("probability 1, right", "", {}, value_only=True, classes=np.array([1, 0]),
         predictions=np.eye(3)[[1, 0]])
    both("row of zeros", "", {}, value_only=True, departs=ZERO_ROW, classes=np.array([1, 0]),
         predictions=np.array([[0, 0, 0], [0.5, 0.25, 0.25]]))
    both("logits far", *LOGITS, classes=np.array([0, 1, 2, 0]),
         predictions=rounded([[8, -4, 0], [8, -4, 0], [1e4, 1e4, 1e4], [1e-8, -1e-8, 0]]))
    both("logits extreme", *LOGITS, departs=CLIPS, classes=np.array([0, 1, 0, 1, 2]),
         predictions=rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [88, -88, 0], [88, -88, 0],
                              [-1e4, -1e4, -1e4 - 1]]))
    both("logits 1000 classes", *LOGITS, classes=np.array([417]),
         predictions=integers(9, 1, 1000, seed=32) / 2)
    both("logits single class", *LOGITS, classes=np.array([0, 0]),
         predictions=np.array([[3.0], [-2.0]]))


def generalized(one):
    loss, ours = "CategoricalGeneralizedCrossEntropy", dict(our_loss="generalizedCrossentropy")
    classes, deep_classes = integers(5, 4, seed=41), integers(4, 2, 3, seed=42)
    p = distributions(4, 5, seed=43)
    reductions(one, loss, dict(labels=classes, predictions=p),
               dict(labels=deep_classes, predictions=distributions(2, 3, 4, seed=44)), **ours)
    for q in (0.1, 0.25, 0.7, 0.99):
        one(loss, f"q={q}", f"q={q}", {"q": q}, **ours, labels=classes, predictions=p)
    one(loss, "rows that do not sum to 1", **ours, labels=classes,
        predictions=between_0_and_1(4, 5, seed=45))
    edges = rounded([[0, 1, 0], [0.25, 0.75, 0], [0.5, 0.25, 0.25]])
    one(loss, "probability 1", **ours, labels=np.array([1, 0, 2]), predictions=edges)
    one(loss, "probability 0", **ours, labels=np.array([0, 2, 1]), predictions=edges,
        departs=INFINITE_AT_0)
    one(loss, "probability 0, the value", **ours, labels=np.array([0, 2, 1]), predictions=edges,
        value_only=True)
    one(loss, "1000 classes", **ours, labels=np.array([417]),
        predictions=(1 + integers(15, 1, 1000, seed=46)) / 8192)
