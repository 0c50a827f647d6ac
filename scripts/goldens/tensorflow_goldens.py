"""TensorFlow's ops (tf.nn, float64) and tf.compat.v1.losses (which cast to float32)."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, weights,
)

P_MINUS_Y = "TensorFlow's gradient by the logits is softmax - y, right only where the labels sum to 1"
ADDS_EPSILON = "log_loss adds 1e-7 inside the logarithms, ours bounds them by it"
NOT_NORMALIZED = "cosine_distance does not normalize its vectors"
NAN_TIMES_0 = "TensorFlow multiplies by weights of 0, which leaves NaN"
FLOAT32 = 2e-6  # what tf.compat.v1.losses compute in

REDUCTIONS = {
    "NONE": "none",
    "SUM": "sum",
    "SUM_OVER_BATCH_SIZE": "mean",
    "MEAN": "weightedMean",
    "SUM_BY_NONZERO_WEIGHTS": "meanOverNonzeroWeights",
}


def evaluate(call, variables, wrt):
    tensors = {name: tf.constant(array) for name, array in variables.items()}
    names = {"tf": tf, "losses": tf.compat.v1.losses, "Reduction": tf.compat.v1.losses.Reduction}
    with tf.GradientTape() as tape:
        for name in wrt:
            tape.watch(tensors[name])
        value = eval(call, names, tensors)
        total = tf.reduce_sum(value)
    slopes = tape.gradient(total, [tensors[name] for name in wrt])
    return np.asarray(value, dtype=np.float64), {
        name: np.asarray(tf.convert_to_tensor(slope), dtype=np.float64)
        for name, slope in zip(wrt, slopes)
    }


def make():
    golden = Goldens("tensorflow", evaluate, ["tensorflow-cpu"],
                     note="CPU; tf.nn in float64, tf.compat.v1.losses (`losses`) in float32")

    # tf.nn: nothing is reduced
    def nn(name, call, loss, options={}, **rest):
        golden(f"tf.nn {name}", f"tf.nn.{call}", loss, {**options, "reduction": "none"}, **rest)

    logit = {"fromLogits": True}
    cce, sparse, bce = (
        "categoricalCrossentropy", "sparseCategoricalCrossentropy", "binaryCrossentropy")
    dense_call = "softmax_cross_entropy_with_logits(labels, predictions)"
    sparse_call = "sparse_softmax_cross_entropy_with_logits(labels, predictions)"
    sigmoid_call = "sigmoid_cross_entropy_with_logits(labels, predictions)"
    x, classes = logits(4, 5, seed=1), integers(5, 4, seed=2)
    deep, deep_classes = logits(2, 3, 4, seed=3), integers(4, 2, 3, seed=4)
    extreme = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4], [88, -88, 0], [88, -88, 0],
                       [1e-8, -1e-8, 0], [60, 0, 0], [0, 60, 0], [-1e4, -1e4, -1e4 - 1]])
    extreme_classes = np.array([0, 1, 2, 0, 1, 0, 0, 0, 2])
    nn(cce, dense_call, cce, logit, labels=one_hot(classes, 5), predictions=x)
    nn(f"{cce} soft labels", dense_call, cce, logit, labels=distributions(4, 5, seed=5),
       predictions=x)
    nn(f"{cce} labels that do not sum to 1", dense_call, cce, logit, departs=P_MINUS_Y,
       labels=between_0_and_1(4, 5, seed=6), predictions=x)
    nn(f"{cce} labels all 0", dense_call, cce, logit, departs=P_MINUS_Y,
       labels=np.zeros((1, 3)), predictions=[[1.0, 2.0, 3.0]])
    nn(f"{cce} [2,3,4]", dense_call, cce, logit, labels=one_hot(deep_classes, 4),
       predictions=deep)
    nn(f"{cce} axis=1", f"{dense_call[:-1]}, axis=1)", cce, {**logit, "axis": 1},
       labels=one_hot(integers(3, 2, 4, seed=7), 3, axis=1), predictions=logits(2, 3, 4, seed=8))
    nn(f"{cce} logits extreme", dense_call, cce, logit, labels=one_hot(extreme_classes, 3),
       predictions=extreme)
    nn(f"{cce} single class", dense_call, cce, logit, labels=[[1.0], [1.0]],
       predictions=[[3.0], [-2.0]])
    nn(sparse, sparse_call, sparse, logit, labels=classes, predictions=x)
    nn(f"{sparse} [2,3,4]", sparse_call, sparse, logit, labels=deep_classes, predictions=deep)
    nn(f"{sparse} logits extreme", sparse_call, sparse, logit, labels=extreme_classes,
       predictions=extreme)
    nn(f"{sparse} single class", sparse_call, sparse, logit, labels=np.array([0, 0]),
       predictions=[[3.0], [-2.0]])
    nn(f"{sparse} 1000 classes", sparse_call, sparse, logit, labels=np.array([999]),
       predictions=logits(1, 1000, seed=9))
    extreme_binary = dict(
        labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e4, -1e4],
                             [1e-8, -1e-8]]))
    nn(bce, sigmoid_call, bce, logit, labels=binary(4, 5, seed=10), predictions=x)
    nn(f"{bce} soft labels", sigmoid_call, bce, logit, labels=between_0_and_1(4, 5, seed=11),
       predictions=x)
    nn(f"{bce} logits extreme", sigmoid_call, bce, logit, **extreme_binary)
    for weight in (3, 0.25):
        call = f"weighted_cross_entropy_with_logits(labels, predictions, {weight})"
        options = {**logit, "posWeight": weight}
        nn(f"{bce} pos_weight={weight}", call, bce, options, labels=binary(4, 5, seed=10),
           predictions=x)
        nn(f"{bce} pos_weight={weight} soft labels", call, bce, options,
           labels=between_0_and_1(4, 5, seed=11), predictions=x)
        nn(f"{bce} pos_weight={weight} logits extreme", call, bce, options, **extreme_binary)
    nn(f"{bce} pos_weight [5]", "weighted_cross_entropy_with_logits(labels, predictions, pos_weight)",
       bce, {**logit, "posWeight": [0.5, 1, 2, 3, 0.25]}, labels=binary(4, 5, seed=10),
       predictions=x)

    # tf.compat.v1.losses
    def v1(name, call, loss, reduction, options={}, weights=None, **rest):
        if weights is not None:
            call = f"{call}, weights=weights"
            options = {**options, "weights": weights}
        golden(f"v1 {name} {reduction}", f"losses.{call}, reduction=Reduction.{reduction})", loss,
               {**options, "reduction": REDUCTIONS[reduction]}, tolerance=FLOAT32, **rest)

    y, x = logits(3, 4, seed=21), logits(3, 4, seed=22) + 1 / 32
    p = between_0_and_1(3, 4, seed=23)
    zeros = weights(3, 4) * binary(3, 4, seed=24)
    elementwise = [
        ("mean_squared_error", "mean_squared_error(labels, predictions", "meanSquaredError",
         {}, y, x),
        ("absolute_difference", "absolute_difference(labels, predictions", "meanAbsoluteError",
         {}, y, x),
        ("huber_loss", "huber_loss(labels, predictions", "huber", {}, y, x),
        ("huber_loss delta=2", "huber_loss(labels, predictions, delta=2.0", "huber",
         {"delta": 2}, y, x),
        ("hinge_loss", "hinge_loss(labels, predictions", "hinge", {"labels": "binary"},
         binary(3, 4, seed=25), logits(3, 4, seed=26) / 2 + 1 / 64),
        ("sigmoid_cross_entropy", "sigmoid_cross_entropy(labels, predictions",
         "binaryCrossentropy", logit, binary(3, 4, seed=25), x),
        ("sigmoid_cross_entropy smoothing",
         "sigmoid_cross_entropy(labels, predictions, label_smoothing=0.1", "binaryCrossentropy",
         {**logit, "labelSmoothing": 0.1}, binary(3, 4, seed=25), x),
    ]
    for name, call, loss, options, labels, predictions in elementwise:
        full = name in ("mean_squared_error", "sigmoid_cross_entropy")
        for reduction in REDUCTIONS:
            data = dict(labels=labels, predictions=predictions)
            v1(name, call, loss, reduction, options, **data)
            for some in [weights(3, 4), zeros, weights(3, 1), weights(1, 4), np.array(0.75)]:
                if not full and (some.shape != (3, 1) and some is not zeros):
                    continue
                kind = "some weights 0" if some is zeros else f"weights {list(some.shape)}"
                v1(f"{name} {kind}", call, loss, reduction, options, some, **data)
            if full and reduction not in ("NONE", "SUM"):
                v1(f"{name} all weights 0", call, loss, reduction, options, 0 * zeros, **data)
    for reduction in ("MEAN", "SUM_BY_NONZERO_WEIGHTS", "SUM_OVER_BATCH_SIZE", "SUM"):
        for shape in [(2, 1, 1), (2, 3, 1), (1, 3, 1), (2, 3, 2)]:
            v1(f"mean_squared_error [2,3,2] weights {list(shape)}",
               "mean_squared_error(labels, predictions", "meanSquaredError", reduction, {},
               weights(*shape), labels=logits(2, 3, 2, seed=27),
               predictions=logits(2, 3, 2, seed=28))
        v1("mean_squared_error empty batch", "mean_squared_error(labels, predictions",
           "meanSquaredError", reduction, labels=np.zeros((0, 3)), predictions=np.zeros((0, 3)))
    v1("mean_squared_error NaN where the weight is 0", "mean_squared_error(labels, predictions",
       "meanSquaredError", "SUM_BY_NONZERO_WEIGHTS", {"mask": [[True, False]]}, [[1, 0]],
       departs=NAN_TIMES_0, labels=[[1.0, 2.0]], predictions=[[0.5, np.nan]])
    v1("absolute_difference no error", "absolute_difference(labels, predictions",
       "meanAbsoluteError", "NONE", labels=y, predictions=y)
    v1("hinge_loss at its kink", "hinge_loss(labels, predictions", "hinge", "NONE",
       {"labels": "binary"}, labels=[[1.0, 0.0]], predictions=[[1.0, -1.0]])

    for reduction in REDUCTIONS:
        for some in (None, weights(3, 1), zeros):
            kind = "" if some is None else (
                " some weights 0" if some is zeros else " weights [3, 1]")
            v1(f"log_loss{kind}", "log_loss(labels, predictions", "binaryCrossentropy",
               reduction, {}, some, labels=binary(3, 4, seed=25), predictions=p)
    v1("log_loss probabilities 0 and 1", "log_loss(labels, predictions", "binaryCrossentropy",
       "NONE", wrt=["predictions"], labels=[[1.0, 0.0], [0.0, 1.0]],
       predictions=[[0.0, 1.0], [0.0, 1.0]])
    v1("log_loss small probabilities", "log_loss(labels, predictions", "binaryCrossentropy",
       "NONE", departs=ADDS_EPSILON, wrt=["predictions"],
       labels=[[1.0, 1.0, 1.0]], predictions=rounded([[1e-8, 1e-6, 1e-4]]))
    v1("log_loss epsilon=2**-5", "log_loss(labels, predictions, epsilon=2**-5",
       "binaryCrossentropy", "NONE", {"epsilon": 2**-5}, departs=ADDS_EPSILON,
       wrt=["predictions"], labels=binary(3, 4, seed=25), predictions=p)

    # Softmax cross-entropies. They stop the gradient at the labels.
    x, classes = logits(4, 5, seed=31), integers(5, 4, seed=32)
    some_zero = weights(4) * np.array([1, 0, 1, 0])
    for name, call, loss, options, labels in [
        ("softmax_cross_entropy", "softmax_cross_entropy(labels, predictions", cce, logit,
         one_hot(classes, 5)),
        ("softmax_cross_entropy smoothing",
         "softmax_cross_entropy(labels, predictions, label_smoothing=0.2", cce,
         {**logit, "labelSmoothing": 0.2}, one_hot(classes, 5)),
        ("softmax_cross_entropy soft labels", "softmax_cross_entropy(labels, predictions", cce,
         logit, distributions(4, 5, seed=33)),
        ("sparse_softmax_cross_entropy", "sparse_softmax_cross_entropy(labels, predictions",
         sparse, logit, classes),
    ]:
        for reduction in REDUCTIONS:
            for kind, some in [("", None), (" weights [4]", weights(4)),
                               (" some weights 0", some_zero), (" weights []", np.array(0.5)),
                               (" all weights 0", np.zeros(4))]:
                if "smoothing" in name and kind not in ("", " weights [4]"):
                    continue
                if "soft labels" in name and kind:
                    continue
                wrt = ["predictions"] + ["weights"] * (some is not None)
                v1(f"{name}{kind}", call, loss, reduction, options, some, wrt=wrt,
                   labels=labels, predictions=x)
    for reduction in REDUCTIONS:
        for shape in [(2, 3), (2, 1), (1, 3)]:
            v1(f"sparse_softmax_cross_entropy [2,3,4] weights {list(shape)}",
               "sparse_softmax_cross_entropy(labels, predictions", sparse, reduction, logit,
               weights(*shape), labels=integers(4, 2, 3, seed=34),
               predictions=logits(2, 3, 4, seed=35))

    # Cosine distance: of unit vectors the value is ours, the gradient is not
    units = np.array([[0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0], [0.5, -0.5, 0.5, -0.5]])
    others = np.array([[0.5, -0.5, 0.5, 0.5], [0, 0, 1, 0], [-0.5, 0.5, -0.5, 0.5]])
    cosine = "cosine_distance(labels, predictions, axis=-1"
    for reduction in REDUCTIONS:
        if reduction == "NONE":  # keeps the axis
            continue
        v1("cosine_distance of unit vectors", cosine, "cosineDistance", reduction,
           departs=NOT_NORMALIZED, labels=units, predictions=others)
        v1("cosine_distance of unit vectors, value", cosine, "cosineDistance", reduction,
           value_only=True, labels=units, predictions=others)
    v1("cosine_distance", cosine, "cosineDistance", "SUM_OVER_BATCH_SIZE",
       departs=NOT_NORMALIZED, labels=[[3.0, 4.0]], predictions=[[3.0, 4.0]])
    golden("v1 cosine_distance NONE, its axis of 1 dropped",
           "tf.squeeze(losses.cosine_distance(labels, predictions, axis=-1,"
           " reduction=Reduction.NONE), -1)", "cosineDistance", {"reduction": "none"},
           tolerance=FLOAT32, value_only=True, labels=units, predictions=others)
    return golden
