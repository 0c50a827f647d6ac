"""optax, in float64. It reduces nothing, so that most cases are unreduced values."""

import os

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import optax

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, jax_engine, logits, one_hot,
    rounded, signs, weights,
)

NAN_WHERE_MASKED = "optax's gradient is NaN in a row that is masked altogether"
NAN_TIMES_0 = "optax multiplies a label of 0 by a logarithm of -Infinity"
KINK = "JAX shares the gradient at the kink; ours is 0"
EPSILON_OF_SQUARES = "optax bounds the squared norms by epsilon, ours the norms"


def goldens_of_optax():
    return Goldens("optax", jax_engine({"optax": optax}), ["optax", "jax", "jaxlib"],
                   note="float64")


def make():
    golden = goldens_of_optax()

    def one(name, call, loss, options={}, **rest):
        golden(name, call, loss, {**options, "reduction": "none"}, **rest)

    def reduced(name, call, loss, options, weighed, **rest):
        """The reductions as users of optax write them."""
        for how, ours, text in [
            ("mean", "mean", f"{call}.mean()"),
            ("sum", "sum", f"{call}.sum()"),
        ]:
            golden(f"{name} {how}", text, loss, {**options, "reduction": ours}, **rest)
        golden(f"{name} weighted mean", f"jnp.average({call}, weights=weights)", loss,
               {**options, "weights": weighed, "reduction": "weightedMean"}, **rest)

    # Regression. No label equals its prediction but where a case says so.
    y, x = logits(3, 4, seed=1), logits(3, 4, seed=2) + 1 / 32
    for name, call, loss, options in [
        ("meanSquaredError", "optax.squared_error(predictions, labels)", "meanSquaredError", {}),
        ("huber", "optax.huber_loss(predictions, labels)", "huber", {}),
        ("huber delta=0.5", "optax.huber_loss(predictions, labels, delta=0.5)", "huber",
         {"delta": 0.5}),
        ("huber delta=2.5", "optax.huber_loss(predictions, labels, delta=2.5)", "huber",
         {"delta": 2.5}),
    ]:
        one(name, call, loss, options, labels=y, predictions=x)
        reduced(name, call, loss, options, weights(3, 4), labels=y, predictions=x)
        one(f"{name} [2,3,2]", call, loss, options,
            labels=logits(2, 3, 2, seed=3), predictions=logits(2, 3, 2, seed=4) + 1 / 32)
    one("huber no error", "optax.huber_loss(predictions, labels)", "huber",
        labels=y, predictions=y)
    one("meanSquaredError scalars", "optax.squared_error(predictions, labels)",
        "meanSquaredError", labels=2.5, predictions=-0.75)

    # Binary cross-entropy
    bce, call = "binaryCrossentropy", "optax.sigmoid_binary_cross_entropy(predictions, labels)"
    logit = {"fromLogits": True}
    one(bce, call, bce, logit, labels=binary(3, 4, seed=5), predictions=x)
    one(f"{bce} soft labels", call, bce, logit, labels=between_0_and_1(3, 4, seed=6),
        predictions=x)
    reduced(bce, call, bce, logit, weights(3, 4), labels=binary(3, 4, seed=5), predictions=x)
    one(f"{bce} logits extreme", call, bce, logit,
        labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e4, -1e4],
                             [1e-8, -1e-8]]))

    # Categorical cross-entropy
    cce, sparse = "categoricalCrossentropy", "sparseCategoricalCrossentropy"
    dense_call = "optax.softmax_cross_entropy(predictions, labels)"
    safe_call = "optax.safe_softmax_cross_entropy(predictions, labels)"
    sparse_call = "optax.softmax_cross_entropy_with_integer_labels(predictions, labels)"
    x, classes = logits(4, 5, seed=11), integers(5, 4, seed=12)
    deep = logits(2, 3, 4, seed=13)
    deep_classes = integers(4, 2, 3, seed=14)
    extreme = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4], [88, -88, 0], [88, -88, 0],
                       [1e-8, -1e-8, 0], [60, 0, 0], [0, 60, 0], [-1e4, -1e4, -1e4 - 1]])
    extreme_classes = np.array([0, 1, 2, 0, 1, 0, 0, 0, 2])
    for name, call in [(cce, dense_call), (f"{cce} safe", safe_call)]:
        one(name, call, cce, logit, labels=one_hot(classes, 5), predictions=x)
        one(f"{name} soft labels", call, cce, logit,
            labels=distributions(4, 5, seed=15), predictions=x)
        one(f"{name} labels that do not sum to 1", call, cce, logit,
            labels=between_0_and_1(4, 5, seed=16), predictions=x)
        one(f"{name} [2,3,4]", call, cce, logit,
            labels=one_hot(deep_classes, 4), predictions=deep)
        one(f"{name} logits extreme", call, cce, logit,
            labels=one_hot(extreme_classes, 3), predictions=extreme)
        one(f"{name} single class", call, cce, logit, labels=[[1.0], [1.0]],
            predictions=[[3.0], [-2.0]])
    for smoothing in (0.1, 0.5):
        one(f"{cce} smooth_labels {smoothing}",
            f"optax.softmax_cross_entropy(predictions, optax.smooth_labels(labels, {smoothing}))",
            cce, {**logit, "labelSmoothing": smoothing},
            labels=one_hot(classes, 5), predictions=x)
    reduced(cce, dense_call, cce, logit, weights(4), labels=one_hot(classes, 5), predictions=x)
    infinite = dict(labels=one_hot(np.array([0, 2]), 3),
                    predictions=[[1.0, -np.inf, 2.0], [-np.inf, -np.inf, 3.0]])
    one(f"{cce} safe -Infinity where the label is 0", safe_call, cce, logit,
        wrt=["predictions"], **infinite)
    one(f"{cce} -Infinity where the label is 0", dense_call, cce, logit, value_only=True,
        departs=NAN_TIMES_0, **infinite)
    one(f"{cce} axis=1", "optax.softmax_cross_entropy(predictions, labels, axis=1)", cce,
        {**logit, "axis": 1}, labels=one_hot(integers(3, 2, 4, seed=17), 3, axis=1),
        predictions=logits(2, 3, 4, seed=18))
    one(f"{cce} axis=0", "optax.softmax_cross_entropy(predictions, labels, axis=0)", cce,
        {**logit, "axis": 0}, labels=one_hot(integers(3, 4, seed=17), 3, axis=0),
        predictions=logits(3, 4, seed=18))
    one(f"{cce} axis=(1, 2)", "optax.softmax_cross_entropy(predictions, labels, axis=(1, 2))",
        cce, {**logit, "axis": [1, 2]},
        labels=distributions(2, 12, seed=19).reshape(2, 3, 4), predictions=deep)

    one(sparse, sparse_call, sparse, logit, labels=classes, predictions=x)
    reduced(sparse, sparse_call, sparse, logit, weights(4), labels=classes, predictions=x)
    one(f"{sparse} [2,3,4]", sparse_call, sparse, logit, labels=deep_classes, predictions=deep)
    one(f"{sparse} logits extreme", sparse_call, sparse, logit, labels=extreme_classes,
        predictions=extreme)
    one(f"{sparse} -Infinity", sparse_call, sparse, logit, labels=np.array([0, 2]),
        predictions=infinite["predictions"])
    one(f"{sparse} single class", sparse_call, sparse, logit, labels=np.array([0, 0]),
        predictions=[[3.0], [-2.0]])
    one(f"{sparse} axis=1", sparse_call[:-1] + ", axis=1)", sparse, {**logit, "axis": 1},
        labels=integers(3, 2, 4, seed=20), predictions=logits(2, 3, 4, seed=21))
    one(f"{sparse} axis=(1, 2)", sparse_call[:-1] + ", axis=(1, 2))", sparse,
        {**logit, "axis": [1, 2]}, labels=np.array([7, 11]), predictions=deep)
    one(f"{sparse} axis=(2, 1)", sparse_call[:-1] + ", axis=(2, 1))", sparse,
        {**logit, "axis": [2, 1]}, labels=np.array([7, 10]), predictions=deep)
    one(f"{sparse} 1000 classes", sparse_call, sparse, logit,
        labels=np.array([3]), predictions=logits(1, 1000, seed=22, scale=4))

    # `where` with one entry per position is our mask
    mask = np.array([True, False, True, True])
    deep_mask = np.array([[True, False, True], [False, False, True]])
    for name, call, loss, labels, deep_labels in [
        (cce, dense_call, cce, one_hot(classes, 5), one_hot(deep_classes, 4)),
        (sparse, sparse_call, sparse, classes, deep_classes),
    ]:
        call = f"{call[:-1]}, where=mask)"
        departs = NAN_WHERE_MASKED if loss == cce else None
        one(f"{name} where", call, loss, {**logit, "mask": mask}, departs=departs,
            labels=labels, predictions=x)
        one(f"{name} [2,3,4] where", call, loss, {**logit, "mask": deep_mask}, departs=departs,
            labels=deep_labels, predictions=deep)
        golden(f"{name} where, mean over what counts", f"{call}.sum() / mask.sum()", loss,
               {**logit, "mask": mask, "reduction": "mean"}, departs=departs,
               labels=labels, predictions=x)

    # Kullback-Leibler divergence
    kl = "klDivergence"
    q_logs = {"predictionFormat": "logProbabilities", "epsilon": None}
    both_logs = {**q_logs, "labelFormat": "logProbabilities"}
    kl_call = "optax.kl_divergence(predictions, labels)"
    log_call = "optax.losses.kl_divergence_with_log_targets(predictions, labels)"
    p, log_p = distributions(3, 4, seed=31), rounded(np.log(distributions(3, 4, seed=31)))
    log_q = rounded(np.log(distributions(3, 4, seed=32)))
    one(kl, kl_call, kl, q_logs, labels=p, predictions=log_q)
    reduced(kl, kl_call, kl, q_logs, weights(3), labels=p, predictions=log_q)
    one(f"{kl} log targets", log_call, kl, both_logs, labels=log_p, predictions=log_q)
    one(f"{kl} p = q", log_call, kl, both_logs, labels=log_q, predictions=log_q)
    one(f"{kl} labels 0", kl_call, kl, q_logs, wrt=["predictions"],
        labels=distributions(3, 4, seed=33, zeros=True), predictions=log_q)
    one(f"{kl} labels 0, their gradient", kl_call, kl, q_logs,
        departs="optax's gradient of y·log y is NaN at y = 0",
        labels=distributions(3, 4, seed=33, zeros=True), predictions=log_q)
    one(f"{kl} axis=1", f"{kl_call[:-1]}, axis=1)", kl, {**q_logs, "axis": 1},
        labels=distributions(2, 3, 4, seed=34, axis=1),
        predictions=rounded(np.log(distributions(2, 3, 4, seed=35, axis=1))))
    one(f"{kl} [2,3,4]", kl_call, kl, q_logs, labels=distributions(2, 3, 4, seed=36),
        predictions=rounded(np.log(distributions(2, 3, 4, seed=37))))
    one(f"{kl} axis=(1, 2)", f"{kl_call[:-1]}, axis=(1, 2))", kl, {**q_logs, "axis": [1, 2]},
        labels=distributions(2, 12, seed=38).reshape(2, 3, 4),
        predictions=rounded(np.log(distributions(2, 12, seed=39))).reshape(2, 3, 4))

    # Hinge
    scores = logits(3, 4, seed=41) / 2 + 1 / 64
    hinge_call = "optax.hinge_loss(predictions, labels)"
    one("hinge", hinge_call, "hinge", labels=signs(3, 4, seed=42), predictions=scores)
    one("hinge labels signed", hinge_call, "hinge", {"labels": "signed"},
        labels=signs(3, 4, seed=42), predictions=scores)
    one("hinge labels signed, all 1", hinge_call, "hinge", {"labels": "signed"},
        labels=np.ones((3, 4)), predictions=scores)
    one("hinge at its kink", hinge_call, "hinge", departs=KINK,
        labels=[[1.0, -1.0]], predictions=[[1.0, -1.0]])
    one("hinge labels 0 and 1", hinge_call, "hinge",
        departs="optax takes labels as they are; ours are told apart by the option labels",
        labels=binary(3, 4, seed=43), predictions=scores)
    one("squaredHinge", f"{hinge_call} ** 2", "squaredHinge",
        labels=signs(3, 4, seed=42), predictions=scores)

    # Cosine distance
    cosine_call = "optax.cosine_distance(predictions, labels)"
    a, b = logits(4, 5, seed=51), logits(4, 5, seed=52)
    one("cosineDistance", cosine_call, "cosineDistance", labels=a, predictions=b)
    reduced("cosineDistance", cosine_call, "cosineDistance", {}, weights(4),
            labels=a, predictions=b)
    one("cosineDistance axis=1", f"{cosine_call[:-1]}, axis=1)", "cosineDistance", {"axis": 1},
        labels=logits(2, 3, 4, seed=53), predictions=logits(2, 3, 4, seed=54))
    one("cosineDistance zero vector", cosine_call, "cosineDistance",
        departs="optax divides by the norm, 0", labels=[[3.0, 4.0]], predictions=[[0.0, 0.0]])
    one("cosineDistance zero vector, epsilon", f"{cosine_call[:-1]}, epsilon=2**-10)",
        "cosineDistance", {"epsilon": 2**-10}, departs=EPSILON_OF_SQUARES,
        labels=[[3.0, 4.0]], predictions=[[0.0, 0.0]])
    one("cosineDistance short vector, epsilon of the norm",
        f"{cosine_call[:-1]}, epsilon=(2**-10) ** 2)", "cosineDistance", {"epsilon": 2**-10},
        labels=[[3.0, 4.0]], predictions=[[2**-11, -(2**-12)]])

    # Cosine similarity
    cosine_call = "-optax.cosine_similarity(predictions, labels)"
    reduced("cosineSimilarity", cosine_call, "cosineSimilarity", {}, weights(4),
            labels=a, predictions=b)
    one("cosineSimilarity axis=1", f"{cosine_call[:-1]}, axis=1)", "cosineSimilarity",
        {"axis": 1}, labels=logits(2, 3, 4, seed=53), predictions=logits(2, 3, 4, seed=54))
    one("cosineSimilarity short vector, epsilon of the norm",
        f"{cosine_call[:-1]}, epsilon=(2**-10) ** 2)", "cosineSimilarity", {"epsilon": 2**-10},
        labels=[[3.0, 4.0]], predictions=[[2**-11, -(2**-12)]])

    # Half squared error, log-cosh, perceptron
    for loss, call, labels in [
        ("halfSquaredError", "optax.l2_loss(predictions, labels)", logits),
        ("logCosh", "optax.log_cosh(predictions, labels)", logits),
        ("perceptron", "optax.losses.perceptron_loss(predictions, labels)", signs),
    ]:
        y, x = labels(3, 4, seed=61), logits(3, 4, seed=62) + 1 / 32
        one(loss, call, loss, labels=y, predictions=x)
        reduced(loss, call, loss, {}, weights(3, 4), labels=y, predictions=x)
        one(f"{loss} [2,3,2]", call, loss, labels=labels(2, 3, 2, seed=63),
            predictions=logits(2, 3, 2, seed=64) + 1 / 32)
        one(f"{loss} far", call, loss, labels=[[1.0, -1.0, -1.0, 1.0]],
            predictions=[[1e4, 1e4, 88.0, -88.0]])
    for loss in ("halfSquaredError", "logCosh"):
        call = "optax.l2_loss" if loss == "halfSquaredError" else "optax.log_cosh"
        one(f"{loss} no error", f"{call}(predictions, labels)", loss,
            labels=[[1.0, -2.0]], predictions=[[1.0, -2.0]])
    perceptron_call = "optax.losses.perceptron_loss(predictions, labels)"
    one("perceptron labels signed, all 1", perceptron_call, "perceptron", {"labels": "signed"},
        labels=np.ones((2, 3)), predictions=logits(2, 3, seed=65) + 1 / 32)
    one("perceptron at its kink", perceptron_call, "perceptron", departs=KINK,
        labels=[[1.0, -1.0]], predictions=[[0.0, 0.0]])

    # Multiclass hinge and perceptron, where no two scores of a row tie
    x = np.array([[1, 3, 2.25, 0.5], [0.25, 2, 0.75, 1], [3, -1, 2, 2.5], [-0.5, -1.25, -2, -4],
                  [6, 2.5, 0.25, -3]])
    classes = np.array([1, 0, 3, 2, 0])
    deep = np.stack([x[:3], -x[2:]])
    for loss, function in [("multiclassHinge", "hinge"), ("multiclassPerceptron", "perceptron")]:
        call = f"optax.losses.multiclass_{function}_loss(predictions, labels)"
        one(loss, call, loss, labels=classes, predictions=x)
        reduced(loss, call, loss, {}, weights(5), labels=classes, predictions=x)
        one(f"{loss} [2,3,4]", call, loss, labels=integers(4, 2, 3, seed=66), predictions=deep)
        golden(f"{loss} [2,3,4] weights [2,3]", f"({call} * weights).sum()", loss,
               {"weights": weights(2, 3), "reduction": "sum"},
               labels=integers(4, 2, 3, seed=66), predictions=deep)
        one(f"{loss} extreme", call, loss, labels=np.array([0, 1, 2, 0]),
            predictions=rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [88, -88, 1e-8], [1e-8, 0, -1]]))
        one(f"{loss} single class", call, loss, labels=np.array([0, 0]),
            predictions=[[3.0], [-2.0]])
    one("multiclassHinge at its kink", "optax.losses.multiclass_hinge_loss(predictions, labels)",
        "multiclassHinge", departs=KINK, labels=np.array([0]), predictions=[[2.0, 1.0, 0.0]])
    return golden
