"""High-precision values (400 digits) of further regression losses."""

import numpy as np

from goldens import goldens_of_mpmath, between_0_and_1, logits, rounded, signs, weights

# Every pair has another error: none, tiny, near, far
LABELS = rounded([[0, 0, 1, -88, 1e4], [1, 2**-20, -1, 88, -1e4]])
PREDICTIONS = rounded([[1e-8, -1e-8, 1 + 2**-20, 88, -1e4], [1, 0, -1.75, -88, 1e4 + 1]])


def make():
    golden, one = goldens_of_mpmath("400 digits")

    y, x = logits(3, 4, seed=1), logits(3, 4, seed=2) + 1 / 32
    weighed = {"weights": weights(3), "mask": [True, False, True]}
    extreme = {"labels": LABELS, "predictions": PREDICTIONS}

    half = "(x - y)² / 2"
    one("perExample", half, "halfSquaredError", {}, "perExample", labels=y, predictions=x)
    one("mask, weights [3]", half, "halfSquaredError", weighed, "weightedMean",
        labels=y, predictions=x)
    one("extreme", half, "halfSquaredError", **extreme)
    one("far apart", half, "halfSquaredError", labels=rounded([[1e18, -1e18]]),
        predictions=rounded([[-1e18, 1]]))

    smooth = "e²/(2·beta) if e < beta else e - beta/2, e = |x - y|"
    one("mask, weights [3]", smooth, "smoothL1", weighed, "weightedMean", labels=y, predictions=x)
    for beta in (1e-3, 1, 50):
        one(f"extreme beta={beta}", smooth, "smoothL1", {"beta": beta}, **extreme)
    one("error = beta", smooth, "smoothL1", {"beta": 0.5},
        labels=[[0.0, 0.0]], predictions=[[0.5, -0.5]])
    one("extreme beta=0", "|x - y|", "smoothL1", {"beta": 0}, **extreme)

    percentage = "100·|y - x| / max(|y|, epsilon)"
    y_far_from_0 = signs(3, 4, seed=3) * (between_0_and_1(3, 4, seed=4) + 0.5)
    name = "meanAbsolutePercentageError"
    one("percent=false", percentage[4:], name, {"percent": False},
        labels=y_far_from_0, predictions=x)
    one("percent=false, mask, weights [3]", percentage[4:], name, {**weighed, "percent": False},
        "mean", labels=y_far_from_0, predictions=x)
    one("epsilon=0.96875", percentage, name, {"epsilon": 0.96875}, "perExample",
        labels=y_far_from_0 + 1 / 64, predictions=x)
    one("extreme", percentage, name, labels=rounded([[0, 1e-8, 1e-6, 1e4], [88, -88, -1e-30, 1]]),
        predictions=rounded([[1e-8, 0, 3e-6, -1e4], [-88, 1e-8, 1, 1]]))
    one("extreme, percent=false, epsilon=0.25", percentage[4:], name,
        {"percent": False, "epsilon": 0.25},
        labels=rounded([[0, 1e-8, 1e-6, 1e4], [88, -88, -1e-30, 1]]),
        predictions=rounded([[1e4, -1e4, 0, 88], [-88, 1e-8, 1, 1]]))

    logarithmic = "(log(1 + max(x, epsilon)) - log(1 + max(y, epsilon)))²"
    name = "meanSquaredLogarithmicError"
    y_positive, x_positive = 4 * between_0_and_1(3, 4, seed=5), 4 * between_0_and_1(3, 4, seed=6)
    one("mask, weights [3]", logarithmic, name, weighed, "weightedMean",
        labels=y_positive, predictions=x_positive)
    one("epsilon=1", logarithmic, name, {"epsilon": 1}, "perExample", no_differences=True,
        labels=y_positive + 1 / 64, predictions=x_positive + 1 / 64)
    one("extreme", logarithmic, name, no_differences=True,
        labels=rounded([[0, 1e-8, 1e-6, 1e4], [88, -88, -1e4, 1]]),
        predictions=rounded([[1e-8, 0, 1e-4, 0], [-1e4, 1e-8, 1e18, 1]]))
    one("extreme, epsilon=1e-3", logarithmic, name, {"epsilon": 1e-3}, no_differences=True,
        labels=rounded([[0, 1e-8, 1e-6, 1e4], [88, -88, -1e4, 1]]),
        predictions=rounded([[1e-8, 0, 1e-2, 0], [-1e4, 1e-8, 1e18, 1]]))

    cosh = "log cosh(x - y)"
    one("perExample", cosh, "logCosh", {}, "perExample", labels=y, predictions=x)
    one("mask, weights [3]", cosh, "logCosh", weighed, "weightedMean", labels=y, predictions=x)
    one("extreme", cosh, "logCosh", **extreme)
    errors = rounded([[1e-30, -1e-8, 1e-4, 1e-3], [0.01, -0.125, 0.25, 0.29], [0.31, 0.5, -1, 2],
                      [5, -9, 20, 88], [-88, 1e4, -1e4, 0]])
    one("errors of every size", cosh, "logCosh", labels=0 * errors, predictions=errors)
    # Tiny losses of weights so large that the tolerance does not hide their digits
    one("tiny errors, large weights", cosh, "logCosh",
        {"weights": rounded([[2.0**60, 2.0**54, 2.0**34, 2.0**20]])},
        labels=np.zeros((1, 4)), predictions=rounded([[1e-8, -1e-7, 1e-4, 1e-2]]))

    pinball = "max(q·(y - x), (q - 1)·(y - x))"
    for q in (0.5, 0.125, 0.9):
        one(f"quantile={q}", pinball, "quantile", {"quantile": q}, labels=y, predictions=x)
        one(f"extreme quantile={q}", pinball, "quantile", {"quantile": q}, no_differences=True,
            **extreme)
    one("quantile=0.75, mask, weights [3]", pinball, "quantile", {**weighed, "quantile": 0.75},
        "mean", labels=y, predictions=x)
    several = {"quantile": [0.125, 0.5, 0.75, 1]}
    one("a quantile for each column", pinball, "quantile", several, labels=y, predictions=x)
    one("a quantile for each column, mask, weights [3]", pinball, "quantile",
        {**weighed, **several}, "weightedMean", labels=y, predictions=x)
    one("no error", pinball, "quantile", {"quantile": 0.25}, no_differences=True,
        labels=y[:1], predictions=y[:1])

    wing = "w·log(1 + e/c) if e < w else e - (w - w·log(1 + w/c)), e = |x - y|"
    for width, curvature in [(5, 0.5), (1, 0.5), (10, 2), (0.25, 4)]:
        options = {} if width == 5 else {"width": width, "curvature": curvature}
        one(f"width={width} curvature={curvature}", wing, "wing", options,
            labels=y, predictions=x)
        one(f"extreme width={width} curvature={curvature}", wing, "wing", options,
            no_differences=True, **extreme)
    one("mask, weights [3]", wing, "wing", weighed, "weightedMean", labels=y, predictions=x)

    cosine = "-y·x / (max(|y|, epsilon)·max(|x|, epsilon))"
    name = "cosineSimilarity"
    one("axis=[1,2] weights [2]", cosine, name, {"axis": [1, 2], "weights": weights(2)},
        "weightedMean", labels=logits(2, 3, 4, seed=7), predictions=logits(2, 3, 4, seed=8))
    one("axis=0 mask", cosine, name, {"axis": 0, "mask": [True, False, True, True]}, "mean",
        labels=logits(3, 4, seed=9), predictions=logits(3, 4, seed=10))
    one("short and long vectors", cosine, name,
        labels=rounded([[1e-4, 2e-4, 0], [3, 4, 0], [1e15, -1e15, 1e14]]),
        predictions=rounded([[2, -1e-4, 1e-4], [1e-5, 1e-6, -1e-6], [1e12, 0, -1e13]]))
    one("near parallel and near opposite", cosine, name,
        labels=[[1.0, 2.0, 2.0], [1.0, 2.0, 2.0]],
        predictions=[[1.0, 2.0, 2 + 2**-10], [-1.0, -2.0, -2 - 2**-10]])
    one("shorter than epsilon", cosine, name, {"epsilon": 2**-10},
        labels=[[3.0, 4.0], [2**-12, 2**-13]], predictions=[[2**-12, -(2**-13)], [1.0, -2.0]])
    one("zero vectors", cosine, name, labels=[[3.0, 4.0], [0.0, 0.0]],
        predictions=[[0.0, 0.0], [0.0, 0.0]])
    return golden
