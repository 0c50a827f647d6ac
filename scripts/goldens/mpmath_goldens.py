"""High-precision values (400 digits) at the extremes, and of what no library has."""

import math

import mpmath
import numpy as np
from mpmath import mpf

from goldens import (
    goldens_of_mpmath, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, signs,
    weights,
)

REDUCTIONS = ["none", "perExample", "mean", "sum", "weightedMean", "meanOverNonzeroWeights",
              "meanOverNonzeroLosses"]
INFINITY = math.inf


def make():
    golden, one = goldens_of_mpmath("400 digits; integrals: 40 digits")

    regression(one)
    categorical(one)
    binary_crossentropy(one)
    margin(one)
    reductions(one)
    divergence(one)
    continuous(golden)
    return golden


def regression(one):
    y = rounded([[0, 1e-8, 1e4, -88, 1e18], [1, 1 + 2**-20, -1e4, 1e-30, -1e18]])
    x = rounded([[1e-8, 0, -1e4, 88, -1e18], [1 + 2**-20, 1, 1e4, -1e-30, 1]])
    one("extreme", "(x - y)²", "meanSquaredError", labels=y, predictions=x)
    far_y, far_x = rounded([[1e30, -1e30, 1e4]]), rounded([[-1e30, 0, 1e4 + 1]])
    one("extreme", "|x - y|", "meanAbsoluteError", labels=y, predictions=x)
    one("far apart", "|x - y|", "meanAbsoluteError", labels=far_y, predictions=far_x)
    for delta in (1, 1e-3, 50):
        one(f"extreme delta={delta}", "e²/2 if |e| <= delta else delta·(|e| - delta/2)", "huber",
            {"delta": delta}, labels=y, predictions=x)
    one("far apart", "e²/2 if |e| <= delta else delta·(|e| - delta/2)", "huber",
        labels=far_y, predictions=far_x)
    cosine = "1 - y·x / (max(|y|, epsilon)·max(|x|, epsilon))"
    one("short and long vectors", cosine, "cosineDistance",
        labels=rounded([[1e-4, 2e-4, 0], [3, 4, 0], [1e15, -1e15, 1e14]]),
        predictions=rounded([[2, -1e-4, 1e-4], [1e-5, 1e-6, -1e-6], [1e12, 0, -1e13]]))
    one("near parallel and near opposite", cosine, "cosineDistance",
        labels=rounded([[1, 2, 2], [1, 2, 2]]),
        predictions=rounded([[1, 2, 2 + 2**-10], [-1, -2, -2 - 2**-10]]))
    one("shorter than epsilon", cosine, "cosineDistance", {"epsilon": 2**-10},
        labels=[[3.0, 4.0], [2**-12, 2**-13]], predictions=[[2**-12, -(2**-13)], [1.0, -2.0]])


EXTREME = rounded([
    [1e30, -1e30, 0], [1e30, -1e30, 0], [1e30, 1e30, 1e30], [1e4, -1e4, 0], [1e4, -1e4, 0],
    [88, -88, 0], [88, -88, 0], [60, 0, 0], [0, 60, 0], [1e-8, -1e-8, 0], [1e-30, 0, -1e-30],
    [1, 1 + 2**-20, 1 - 2**-20], [-1e4, -1e4, -1e4 - 1], [20, 0, 0], [100, 0, 0],
])
EXTREME_CLASSES = np.array([0, 1, 2, 0, 1, 0, 1, 0, 0, 1, 2, 0, 2, 0, 0])


def categorical(one):
    dense, sparse = "categoricalCrossentropy", "sparseCategoricalCrossentropy"
    text, sparse_text = "-Σ y·log softmax(x)", "-log softmax(x)[y]"
    logit = {"fromLogits": True}
    classes, x = integers(4, 3, seed=1), logits(3, 4, seed=2)
    soft = distributions(3, 4, seed=3, zeros=True)
    labelled = [(dense, text, one_hot(classes, 4)), (sparse, sparse_text, classes)]

    for loss, formula, labels in [(dense, text, one_hot(EXTREME_CLASSES, 3)),
                                  (sparse, sparse_text, EXTREME_CLASSES)]:
        one("logits extreme", formula, loss, logit, labels=labels, predictions=EXTREME)
        for name, options in [("base 2", {"base": 2}), ("labelSmoothing", {"labelSmoothing": 0.1}),
                              ("temperature 2", {"temperature": 2}), ("softcap 30", {"softcap": 30})]:
            one(f"logits extreme {name}", formula, loss, {**logit, **options}, "perExample",
                labels=labels[3:9], predictions=EXTREME[3:9])
    one("logits far apart, soft labels", text, dense, logit,
        labels=[[0.5, 0.25, 0.25], [0.0, 0.5, 0.5]],
        predictions=rounded([[1e30, -1e30, 0], [1e4, 1e4, -1e4]]))
    one("logits -Infinity", sparse_text, sparse, logit, labels=np.array([0, 2, 1]),
        predictions=[[1.0, -INFINITY, 2.0], [-INFINITY, -INFINITY, 3.0], [-INFINITY, 0.5, 0.25]])
    one("logits -Infinity where the label is 0", text, dense, logit, wrt=["predictions"],
        labels=[[0.5, 0.0, 0.5], [0.0, 0.0, 1.0]],
        predictions=[[1.0, -INFINITY, 2.0], [-INFINITY, -INFINITY, 3.0]])

    for loss, formula, labels in labelled:
        for base in (2, 10, 3):
            one(f"logits base {base}", f"({formula}) / log {base}", loss, {**logit, "base": base},
                labels=labels, predictions=x)
            one(f"probabilities base {base}", f"-Σ y·log(p / Σp) / log {base}", loss,
                {"base": base}, labels=labels, predictions=distributions(3, 4, seed=4))
        for temperature in (0.5, 2):
            one(f"temperature {temperature}", formula.replace("x", "x / temperature"), loss,
                {**logit, "temperature": temperature}, labels=labels, predictions=x)
        for softcap in (2, 30):
            one(f"softcap {softcap}", formula.replace("(x)", "(softcap·tanh(x / softcap))"), loss,
                {**logit, "softcap": softcap}, labels=labels, predictions=x)
        for z in (1e-4, 0.5):
            one(f"zLoss {z}", f"{formula} + zLoss·logsumexp(x)²", loss, {**logit, "zLoss": z},
                labels=labels, predictions=x)
        one("zLoss, softcap, labelSmoothing", f"{formula} + zLoss·logsumexp(x)²", loss,
            {**logit, "zLoss": 0.125, "softcap": 4, "labelSmoothing": 0.2}, "mean",
            labels=labels, predictions=x)
        one("zLoss, temperature, classWeights, weights", f"{formula} + zLoss·logsumexp(x)²", loss,
            {**logit, "zLoss": 0.125, "temperature": 2, "classWeights": [1, 0.5, 2, 0.25],
             "weights": weights(3)}, "mean", labels=labels, predictions=x)
        one("probabilities extreme", "-Σ y·log max(p / Σp, epsilon)", loss, no_differences=True,
            labels=one_hot(np.array([1, 0, 2, 0, 0, 0]), 3) if loss == dense
            else np.array([1, 0, 2, 0, 0, 0]),
            predictions=rounded([[0, 1, 0], [0, 1, 0], [0.25, 0.75, 0], [1e-30, 0.5, 0.5],
                                 [1e-8, 0.5, 0.5], [1e-4, 0.5, 0.5]]))
        one("probabilities epsilon 2^-10", "-Σ y·log max(p / Σp, epsilon)", loss,
            {"epsilon": 2**-10}, no_differences=True,
            labels=one_hot(np.array([0, 1, 2]), 3) if loss == dense else np.array([0, 1, 2]),
            predictions=[[2**-12, 0.5, 0.5 - 2**-12], [0.25, 2**-9, 0.75 - 2**-9],
                         [1.0, 0.0, 0.0]])
        one("probabilities, classWeights, labelSmoothing, base 2",
            "-Σ w·y·log(p / Σp) / log 2", loss,
            {"classWeights": [1, 0.5, 2, 0.25], "labelSmoothing": 0.1, "base": 2}, "perExample",
            labels=labels, predictions=distributions(3, 4, seed=4))
    one("soft labels 0, extreme", text, dense, logit, labels=soft,
        predictions=rounded([[60, 0, -60, 1e-8], [88, -88, 0, 0], [1e4, 0, 0, -1e4]]))
    one("labels that do not sum to 1", text, dense, logit, "mean",
        labels=between_0_and_1(3, 4, seed=5) * 4, predictions=x)
    one("1000 classes", text, dense, logit, wrt=["predictions"],
        labels=one_hot(np.array([500]), 1000), predictions=logits(1, 1000, seed=6, scale=4))

    # Ignored labels, masks, weights, class weights and label smoothing together
    deep, some = logits(2, 3, 4, seed=7), np.array([[0, -1, 3], [-1, 2, 1]])
    everything = {
        **logit, "ignoreIndex": -1, "labelSmoothing": 0.2, "classWeights": [1, 0.5, 2, 0.25],
        "mask": [[True, True, False], [True, True, True]], "weights": weights(2, 3),
    }
    for reduction in REDUCTIONS:
        if reduction != "meanOverNonzeroLosses":
            one(f"everything at once {reduction}", "Σ over what counts", sparse, everything,
                reduction, labels=some, predictions=deep)
        one(f"an example without a valid position {reduction}", sparse_text, sparse,
            {**logit, "ignoreIndex": -1}, reduction, labels=np.array([[-1, -1, -1], [0, -1, 3]]),
            predictions=deep)
        one(f"all masked {reduction}", sparse_text, sparse, {**logit, "mask": [False, False]},
            reduction, labels=np.array([[0, 1, 2], [3, 0, 1]]), predictions=deep)
    nan = deep.copy()
    nan[0, 1], nan[1, 0, 2] = np.nan, np.inf
    one("NaN and Infinity where ignored", sparse_text, sparse,
        {**logit, "ignoreIndex": -1}, "mean", labels=some, predictions=nan)
    one("NaN where masked", text, dense,
        {**logit, "mask": [[True, False, True], [False, True, True]]}, "weightedMean",
        labels=one_hot(integers(4, 2, 3, seed=8), 4), predictions=nan)
    one("labels [2,3,1]", sparse_text, sparse, logit, "perExample",
        labels=integers(4, 2, 3, 1, seed=9), predictions=deep)
    one("axis=1 perExample", sparse_text, sparse, {**logit, "axis": 1}, "perExample",
        labels=integers(3, 2, 4, seed=10), predictions=np.moveaxis(logits(2, 4, 3, seed=11), -1, 1))
    one("probabilities axis=1 labelSmoothing", "-Σ y·log(p / Σp)", dense,
        {"axis": 1, "labelSmoothing": 0.2}, "perExample",
        labels=one_hot(integers(3, 2, 4, seed=10), 3, axis=1),
        predictions=distributions(2, 4, 3, seed=11, axis=1))
    one("[3] one example without batch", text, dense, logit, "sum", labels=[0.0, 1.0, 0.0],
        predictions=[1.0, 2.0, -1.0])

    nll = "negativeLogLikelihood"
    log_p = rounded(np.log(distributions(2, 3, 4, seed=12)))
    for reduction in REDUCTIONS[:-1]:
        one(f"everything at once {reduction}", "-w·x[y]", nll,
            {key: everything[key] for key in ("ignoreIndex", "classWeights", "mask", "weights")},
            reduction, labels=some, predictions=log_p)
    one("extreme", "-x[y]", nll, labels=np.array([0, 1, 0]),
        predictions=rounded([[-1e30, 0], [0, -1e-30], [-88, -1e4]]))


def binary_crossentropy(one):
    bce = "binaryCrossentropy"
    text = "y·log(1 + e^-x) + (1 - y)·log(1 + e^x)"
    from_p = "-y·log max(p, epsilon) - (1 - y)·log max(1 - p, epsilon)"
    logit = {"fromLogits": True}
    some = [1e30, -1e30, 1e4, -1e4, 104, -104, 88, -88, 60, -60, 16, -16, 1e-8, -1e-8, 1e-30, 0]
    x = rounded([some, some, some])
    y = np.repeat([[0.0], [1.0], [0.25]], len(some), axis=1)
    one("logits extreme", text, bce, logit, labels=y, predictions=x)
    for name, options in [("posWeight 3", {"posWeight": 3}), ("base 2", {"base": 2}),
                          ("labelSmoothing 0.1", {"labelSmoothing": 0.1})]:
        one(f"logits extreme {name}", text, bce, {**logit, **options}, "perExample",
            labels=y, predictions=x)
    for base in (2, 10):
        one(f"probabilities base {base}", f"({from_p}) / log {base}", bce, {"base": base},
            labels=binary(2, 3, seed=1), predictions=between_0_and_1(2, 3, seed=2))
    one("probabilities extreme", from_p, bce, no_differences=True,
        labels=[[0.0, 1.0, 0.5]] * 6,
        predictions=np.repeat(rounded([[0], [1], [1e-30], [1e-8], [1e-4], [1 - 2**-24]]), 3, 1))
    one("probabilities epsilon 2^-10", from_p, bce, {"epsilon": 2**-10}, no_differences=True,
        labels=[[0.0, 1.0, 1.0, 0.0]], predictions=[[2**-12, 2**-12, 1 - 2**-12, 1 - 2**-12]])
    one("probabilities, labelSmoothing, base 2", from_p, bce,
        {"labelSmoothing": 0.2, "base": 2}, labels=binary(2, 3, seed=1),
        predictions=between_0_and_1(2, 3, seed=2))
    one("probabilities posWeight 3", "-w·y·log p - (1 - y)·log(1 - p)", bce, {"posWeight": 3},
        labels=binary(2, 3, seed=1), predictions=between_0_and_1(2, 3, seed=2))
    one("posWeight [3], labelSmoothing, weights [2]", text, bce,
        {**logit, "posWeight": [0.5, 2, 3], "labelSmoothing": 0.1, "weights": weights(2)},
        "mean", labels=binary(2, 3, seed=1), predictions=logits(2, 3, seed=3))
    for reduction in ("none", "perExample", "mean", "sum", "weightedMean"):
        one(f"ignoreIndex -1, mask, weights {reduction}", text, bce,
            {**logit, "ignoreIndex": -1, "mask": [[True, True, False], [True, True, True]],
             "weights": weights(2)}, reduction, no_differences=True,
            labels=[[1.0, -1.0, 0.0], [0.0, 1.0, -1.0]], predictions=logits(2, 3, seed=3))
    one("all ignored", text, bce, {**logit, "ignoreIndex": 255}, "mean", no_differences=True,
        labels=np.full((2, 3), 255.0), predictions=logits(2, 3, seed=3))


def margin(one):
    scores = logits(3, 4, seed=1) / 2 + 1 / 64
    far = rounded([[1e30, -1e30, 1e-8, 1 - 2**-20]])
    for loss, text in [("hinge", "max(0, margin - y·x)"), ("squaredHinge", "max(0, margin - y·x)²")]:
        for margin_ in (0.25, 2):
            one(f"margin {margin_}", text, loss, {"margin": margin_}, labels=signs(3, 4, seed=2),
                predictions=scores)
        one("labels binary", text, loss, {"labels": "binary"}, labels=binary(3, 4, seed=2),
            predictions=scores)
        one("labels signed, all 1", text, loss, {"labels": "signed"}, labels=np.ones((3, 4)),
            predictions=scores)
        one("mask, weights [3]", text, loss,
            {"mask": [True, False, True], "weights": weights(3)}, "perExample",
            labels=signs(3, 4, seed=2), predictions=scores)
    one("extreme", "max(0, 1 - y·x)", "hinge", labels=[[1.0, 1.0, -1.0, 1.0]], predictions=far)
    one("extreme", "max(0, 1 - y·x)²", "squaredHinge", labels=[[1.0, 1.0, -1.0, 1.0]],
        predictions=rounded([[1e30, -1e15, 1e-8, 1 - 2**-20]]))
    text = "max(0, margin + max over wrong classes - true class)"
    for margin_ in (0.25, 1, 3):
        one(f"margin {margin_}", text, "categoricalHinge", {"margin": margin_},
            wrt=["predictions"], labels=one_hot(np.array([0, 2, 1]), 3),
            predictions=[[1.0, 2.0, -1.0], [-2.0, -3.0, -1.5], [0.0, 4.0, 0.125]])
    one("extreme", text, "categoricalHinge", wrt=["predictions"],
        labels=one_hot(np.array([0, 1, 1]), 3),
        predictions=rounded([[1e30, -1e30, 0], [1e30, -1e30, 0], [1e-8, 0, -1e-8]]))
    one("axis=1 weights [2]", text, "categoricalHinge", {"axis": 1, "weights": weights(2)},
        "perExample", wrt=["predictions", "weights"],
        labels=one_hot(integers(3, 2, 2, seed=3), 3, axis=1),
        predictions=np.array([[[1, 4], [2.5, 0.5], [-1, 2]], [[3, 1.5], [1.25, -2], [2, 0.25]]]))


def reductions(one):
    """Every reduction, with weights and masks of every rank that broadcasts."""
    y, x = logits(2, 3, 4, seed=1), logits(2, 3, 4, seed=2)
    classes, deep = integers(4, 2, 3, seed=3), logits(2, 3, 4, seed=4)
    zeros = weights(2, 3) * np.array([[1, 0, 1], [0, 0, 0]])
    for reduction in REDUCTIONS:
        for shape in [(), (2,), (2, 1), (2, 3), (1, 3)]:
            one(f"[2,3,4] weights {list(shape)} {reduction}", "-log softmax(x)[y]",
                "sparseCategoricalCrossentropy", {"fromLogits": True, "weights": weights(*shape)},
                reduction, labels=classes, predictions=deep)
        one(f"[2,3,4] some weights 0 {reduction}", "-log softmax(x)[y]",
            "sparseCategoricalCrossentropy", {"fromLogits": True, "weights": zeros},
            reduction, no_differences=reduction.startswith("meanOver"),
            labels=classes, predictions=deep)
    for reduction in ("none", "perExample", "weightedMean"):
        for shape in [(2,), (2, 3), (2, 1, 4), (1, 3, 1), (2, 3, 4)]:
            one(f"[2,3,4] weights {list(shape)} {reduction}", "(x - y)²", "meanSquaredError",
                {"weights": weights(*shape)}, reduction, labels=y, predictions=x)
        for name, mask in [("[2]", [True, False]), ("[2,1]", [[False], [True]]),
                           ("[2,3]", [[True, False, True], [False, False, False]])]:
            one(f"[2,3,4] mask {name}, weights [2] {reduction}", "(x - y)²", "meanSquaredError",
                {"mask": mask, "weights": weights(2)}, reduction, labels=y, predictions=x)
    mixed = x.copy()
    mixed[:, :2] = y[:, :2]
    one("some losses 0, weights [2]", "(x - y)²", "meanSquaredError", {"weights": weights(2)},
        "meanOverNonzeroLosses", no_differences=True, labels=y, predictions=mixed)
    nan = x.copy()
    nan[0, 1, 2] = np.nan
    for loss in ("meanSquaredError", "meanAbsoluteError", "huber"):
        one("NaN where masked", "over what counts", loss,
            {"mask": np.isfinite(nan)}, "mean", labels=y, predictions=nan)
    one("[3] weights [3] none", "(x - y)²", "meanSquaredError", {"weights": weights(3)},
        labels=[1.0, 2.0, 3.0], predictions=[1.5, 1.0, 3.25])


def divergence(one):
    p, q = distributions(3, 4, seed=1), distributions(3, 4, seed=2)
    for base in (None, 2, 10):
        unit, options = (f" / log {base}", {"base": base}) if base else ("", {})
        title = f"base {base or 'e'}"
        one(title, f"-Σ p·log p{unit}", "entropy", options, probabilities=p)
        one(f"{title} from logits", f"-Σ p·log p{unit}, p = softmax(x)", "entropy",
            {**options, "fromLogits": True}, probabilities=logits(3, 4, seed=3))
        one(title, f"-Σ p·log q{unit}", "crossEntropy", options, p=p, q=q)
        one(f"{title} q from logits", f"-Σ p·log softmax(q){unit}", "crossEntropy",
            {**options, "fromLogits": True}, p=p, q=logits(3, 4, seed=3))
        one(title, f"Σ y·log(y / p){unit}", "klDivergence", options, labels=p, predictions=q)
        one(f"{title} logits", f"Σ y·log(y / p){unit}, y and p = softmax", "klDivergence",
            {**options, "predictionFormat": "logits", "labelFormat": "logits"},
            labels=logits(3, 4, seed=4), predictions=logits(3, 4, seed=5))
    certain = [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.25, 0.25, 0.5]]
    one("zeros, base 2", "-Σ p·log p / log 2", "entropy", {"base": 2}, value_only=True,
        probabilities=certain)
    one("uniform over 1000, base 10", "log 1000 / log 10", "entropy",
        {"base": 10, "fromLogits": True}, value_only=True, probabilities=np.zeros((1, 1000)))
    one("[4]", "-Σ p·log p", "entropy", {}, "sum", probabilities=[0.5, 0.25, 0.125, 0.125])
    one("logits extreme", "-Σ p·log p, p = softmax(x)", "entropy", {"fromLogits": True},
        probabilities=EXTREME)
    one("axis=1 perExample", "-Σ p·log p", "entropy", {"axis": 1}, "perExample",
        probabilities=distributions(2, 3, 4, seed=6, axis=1))
    one("mean, weights [3], mask", "-Σ p·log p", "entropy",
        {"weights": weights(3), "mask": [True, True, False]}, "mean", probabilities=p)
    one("zeros in both", "-Σ p·log q, 0·log 0 = 0", "crossEntropy", wrt=["q"],
        no_differences=True, p=certain,
        q=[[1.0, 0.0, 0.0], [0.25, 0.75, 0.0], [0.5, 0.25, 0.25]])
    one("q rules out what p does not", "Infinity", "crossEntropy", value_only=True,
        p=[[0.5, 0.5], [0.0, 1.0]], q=[[0.0, 1.0], [0.0, 1.0]])
    one("q tiny", "-Σ p·log q", "crossEntropy", p=[[0.5, 0.5], [0.25, 0.75]],
        q=rounded([[1e-30, 1], [1e-8, 1]]))
    one("rows that do not sum to 1", "-Σ p·log q", "crossEntropy",
        p=between_0_and_1(3, 4, seed=9), q=between_0_and_1(3, 4, seed=10))
    one("rows that do not sum to 1", "-Σ p·log p", "entropy",
        probabilities=between_0_and_1(3, 4, seed=9))
    one("[4] base 2", "-Σ p·log q / log 2", "crossEntropy", {"base": 2}, "sum",
        p=[0.5, 0.25, 0.125, 0.125], q=[0.25, 0.25, 0.25, 0.25])
    one("q from logits extreme", "-Σ p·log softmax(q)", "crossEntropy", {"fromLogits": True},
        p=one_hot(EXTREME_CLASSES, 3), q=EXTREME)
    one("mean, weights [3], mask", "-Σ p·log q", "crossEntropy",
        {"weights": weights(3), "mask": [True, True, False]}, "mean", p=p, q=q)

    kl = "klDivergence"
    log_p, log_q = rounded(np.log(p)), rounded(np.log(q))
    formats = {"probabilities": (p, q), "logProbabilities": (log_p, log_q),
               "logits": (logits(3, 4, seed=4), logits(3, 4, seed=5))}
    for labels, (y, _) in formats.items():
        for predictions, (_, x) in formats.items():
            options = {"labelFormat": labels, "predictionFormat": predictions}
            for epsilon in ([None] if "logProbabilities" in (labels, predictions)
                            else ["default", None]):
                extra = {} if epsilon == "default" else {"epsilon": None}
                title = "epsilon null" if extra else "default epsilon"
                one(f"of {labels} from {predictions}, {title}", "Σ y·log(y / p)", kl,
                    {**options, **extra}, labels=y, predictions=x)
    one("labels 0, epsilon null", "Σ y·log(y / p), 0·log 0 = 0", kl, {"epsilon": None},
        wrt=["predictions"], labels=certain, predictions=[[0.5, 0.25, 0.25]] * 3)
    one("0 in both, epsilon null", "Σ y·log(y / p), 0·log 0 = 0", kl, {"epsilon": None},
        value_only=True, labels=certain, predictions=certain)
    one("predictions 0, epsilon null", "Infinity", kl, {"epsilon": None}, value_only=True,
        labels=[[0.5, 0.5]], predictions=[[0.0, 1.0]])
    one("labels 0", "Σ y'·log(y' / p'), y' = max(y, epsilon), p' = max(p, epsilon)", kl,
        no_differences=True, labels=certain, predictions=[[0.5, 0.25, 0.25]] * 3)
    one("predictions extreme", "Σ y'·log(y' / p'), y' = max(y, epsilon), p' = max(p, epsilon)", kl,
        no_differences=True, labels=[[0.25, 0.75]] * 4,
        predictions=rounded([[0, 1], [1e-30, 1], [1e-8, 1], [1e-4, 1]]))
    one("p = q", "0", kl, labels=p, predictions=p)
    one("p near q", "Σ y·log(y / p)", kl, {"predictionFormat": "logits", "labelFormat": "logits"},
        labels=[[1.0, 2.0, 3.0]], predictions=[[1.0, 2.0, 3 + 2**-10]])
    one("logits extreme", "Σ y·log(y / p)", kl,
        {"predictionFormat": "logits", "labelFormat": "logits"},
        labels=EXTREME, predictions=np.roll(EXTREME, 1, axis=1))
    one("logits temperature 2, base 2", "Σ y·log(y / p), y and p = softmax(x / 2)", kl,
        {"predictionFormat": "logits", "labelFormat": "logits", "temperature": 2, "base": 2},
        "mean", labels=logits(3, 4, seed=4), predictions=logits(3, 4, seed=5))
    one("axis=1, weights [2], perExample", "Σ y·log(y / p)", kl,
        {"axis": 1, "weights": weights(2)}, "perExample",
        labels=distributions(2, 3, 4, seed=7, axis=1),
        predictions=distributions(2, 3, 4, seed=8, axis=1))


# Densities, as plain data and as functions


def normal(mean, deviation):
    return {"distribution": "normal", "mean": mean, "standardDeviation": deviation}


LOG_DENSITIES = {
    "normal": lambda x, mean, standardDeviation:
    -(((x - mpf(mean)) / mpf(standardDeviation)) ** 2) / 2 - mpmath.log(mpf(standardDeviation))
    - mpmath.log(2 * mpmath.pi) / 2,
    "laplace": lambda x, mean, scale: -abs(x - mpf(mean)) / mpf(scale)
    - mpmath.log(2 * mpf(scale)),
    "exponential": lambda x, rate: mpmath.log(mpf(rate)) - mpf(rate) * x,
    "uniform": lambda x, low, high: -mpmath.log(mpf(high) - mpf(low)),
}


def log_density(density, x):
    parameters = {key: value for key, value in density.items() if key != "distribution"}
    return LOG_DENSITIES[density["distribution"]](x, **parameters)


def integral(integrand, domain, p):
    """By tanh-sinh quadrature, cut where the density bends."""
    middle, width = mpf(p.get("mean", 0)), mpf(p.get("standardDeviation", p.get("scale", 1)))
    low, high = [mpf(end) for end in domain]
    cuts = [middle + width * k for k in (-20, -8, -4, -2, -1, 0, 1, 2, 4, 8, 20)]
    points = [low] + [cut for cut in cuts if low < cut < high] + [high]
    return mpmath.quad(integrand, points)


def continuous(golden):
    line = [-INFINITY, INFINITY]
    with mpmath.workdps(40):
        closed = {
            "normal": lambda d: mpmath.log(2 * mpmath.pi * mpmath.e * mpf(d["standardDeviation"]) ** 2) / 2,
            "laplace": lambda d: 1 + mpmath.log(2 * mpf(d["scale"])),
            "exponential": lambda d: 1 - mpmath.log(mpf(d["rate"])),
            "uniform": lambda d: mpmath.log(mpf(d["high"]) - mpf(d["low"])),
        }
        laplace = {"distribution": "laplace", "mean": 0.5, "scale": 2}
        exponential = {"distribution": "exponential", "rate": 0.5}
        uniform = {"distribution": "uniform", "low": -1, "high": 0.5}
        for p, domain in [
            (normal(0, 1), line), (normal(3, 0.125), line), (normal(-2, 16), line),
            (normal(0, 1), [-12, 12]), (normal(1, 2), [-1, 4]), (laplace, line),
            (laplace, [-8, 8]), (exponential, [0, INFINITY]), (uniform, [-1, 0.5]),
        ]:
            def minus_p_log_p(x):
                logarithm = log_density(p, x)
                return -mpmath.exp(logarithm) * logarithm

            value = integral(minus_p_log_p, domain, p)
            whole = domain in (line, [0, INFINITY]) or p is uniform
            if whole:
                assert abs(value - closed[p["distribution"]](p)) < mpf(10) ** -25, p
            for base in (None, 2, 10):
                record(golden, "differentialEntropy", {"density": p}, domain, base, value,
                       "-∫ p·log p")
        for p, q, domain in [
            (normal(0, 1), normal(0, 1), line), (normal(0, 1), normal(1, 2), line),
            (normal(1, 2), normal(0, 1), line), (normal(-2, 0.5), normal(3, 0.25), line),
            (normal(0, 1), normal(0.5, 1.5), [-12, 12]), (normal(0, 1), normal(1, 1), [-1, 2]),
            (laplace, normal(0, 3), line), (normal(0, 1), laplace, line),
        ]:
            def p_log_p_over_q(x):
                logarithm = log_density(p, x)
                return mpmath.exp(logarithm) * (logarithm - log_density(q, x))

            value = integral(p_log_p_over_q, domain, p)
            if domain == line and p["distribution"] == q["distribution"] == "normal":
                ratio = mpf(p["standardDeviation"]) / mpf(q["standardDeviation"])
                shift = (mpf(p["mean"]) - mpf(q["mean"])) / mpf(q["standardDeviation"])
                expected = (ratio**2 + shift**2 - 1) / 2 - mpmath.log(ratio)
                assert abs(value - expected) < mpf(10) ** -25, (p, q)
                value = expected  # exactly 0 where p = q
            for base in (None, 2):
                record(golden, "continuousKlDivergence", {"p": p, "q": q}, domain, base, value,
                       "∫ p·log(p / q)")


def record(golden, loss, densities, domain, base, value, formula):
    title = " from ".join(
        d["distribution"] + str(tuple(v for k, v in d.items() if k != "distribution"))
        for d in densities.values())
    ends = [end if math.isfinite(end) else ("Infinity" if end > 0 else "-Infinity")
            for end in domain]
    golden.scalar(
        f"{loss} {title} on {ends}" + (f" base {base}" if base else ""),
        formula + (f" / log {base}" if base else ""), loss, {"base": base} if base else {},
        {**densities, "domain": ends}, value / mpmath.log(base) if base else value)
