"""High-precision values (400 digits) of the robust loss, and of what no library has of
deviances, counts, Gaussians and pairwise errors."""

import numpy as np

from goldens import goldens_of_mpmath, between_0_and_1, integers, logits, rounded, weights

ERRORS = rounded([[0, 1e-8, -1e-4, 0.03125, -0.5], [1, -2, 8, 88, -88], [1e4, -1e4, 1, 4, -16]])


def make():
    golden, one = goldens_of_mpmath("400 digits")

    robust(one)
    likelihoods(one)
    deviances(one)
    pairwise(one)
    return golden


def robust(one):
    formulas = {
        2: "e²/2, e = (x - y)/scale",
        0: "log(e²/2 + 1), e = (x - y)/scale",
        -np.inf: "1 - exp(-e²/2), e = (x - y)/scale",
    }
    general = "|alpha - 2|/alpha·((e²/|alpha - 2| + 1)^(alpha/2) - 1), e = (x - y)/scale"
    y, x = logits(3, 4, seed=1), logits(3, 4, seed=2) + 1 / 32
    for alpha in (-np.inf, -8, -2, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4):
        text, options = formulas.get(alpha, general), {"alpha": float(alpha)}
        one(f"alpha={alpha}", text, "robust", options, labels=y, predictions=x)
        one(f"alpha={alpha} errors of every size", text, "robust", options,
            labels=0 * ERRORS, predictions=ERRORS)
    for alpha, scale in [(-np.inf, 3), (-2, 0.25), (0, 3), (0.5, 0.25), (2, 0.25), (3, 3)]:
        one(f"alpha={alpha} scale={scale}", formulas.get(alpha, general), "robust",
            {"alpha": float(alpha), "scale": scale}, "mean", labels=y, predictions=x)
    one("by default", general, "robust", labels=y, predictions=x)
    one("scalars", general, "robust", labels=2.5, predictions=-0.75)
    for reduction in ("perExample", "weightedMean"):
        one(f"mask, weights [3], {reduction}", general, "robust",
            {"weights": weights(3), "mask": [True, False, True], "alpha": 0.5}, reduction,
            labels=y, predictions=x)


def likelihoods(one):
    y, x = integers(5, 3, 4, seed=3).astype(float), logits(3, 4, seed=4) / 2
    counts = "x - y·log(x + epsilon), + y log y - y + log(2πy)/2 where y > 1, if full"
    logarithms = "e^x - y·x, + y log y - y + log(2πy)/2 where y > 1, if full"
    weighed = {"weights": weights(3, 1), "mask": [True, False, True]}
    for reduction in ("perExample", "weightedMean"):
        one(f"full, mask, weights [3,1], {reduction}", counts, "poisson",
            {**weighed, "full": True}, reduction, no_differences=True,
            labels=y, predictions=4 * between_0_and_1(3, 4, seed=5))
        one(f"logInput, mask [3,4], {reduction}", logarithms, "poisson",
            {"logInput": True, "mask": between_0_and_1(3, 4, seed=6) < 0.5}, reduction,
            labels=y, predictions=x)
    one("means below 0", f"{counts}, at x = 0 with a derivative towards it", "poisson",
        no_differences=True, labels=[[2.0, 0.0, 1.0]], predictions=[[-1.0, -2.0, -(2.0**-20)]])

    gaussian = "(log v + (y - m)²/v + log 2π if full)/2, v = max(variance, epsilon)"
    deep = dict(labels=logits(2, 3, 4, seed=7), mean=logits(2, 3, 4, seed=8))
    for shape in [(), (2,), (2, 1, 1), (1, 3), (1, 1, 4)]:
        one(f"[2,3,4] variance {list(shape)}", gaussian, "gaussianNll", {"full": True},
            "perExample", **deep, variance=2 * between_0_and_1(*shape, seed=9))
    for reduction in ("perExample", "weightedMean"):
        one(f"[2,3,4] variance [2], mask [2,3], weights [2,3], {reduction}", gaussian,
            "gaussianNll",
            {"mask": [[True, False, True], [True, True, False]], "weights": weights(2, 3)},
            reduction, **deep, variance=2 * between_0_and_1(2, seed=10))
    logarithm = "(x + (y - m)²/e^x + log 2π if full)/2, x = ln v"
    one("logVariance, full, variance [2,1,4]", logarithm, "gaussianNll",
        {"full": True, "logVariance": True}, "perExample", **deep, variance=logits(2, 1, 4, seed=9))
    one("logVariance of any size", logarithm, "gaussianNll", {"logVariance": True},
        labels=rounded([[0, 2.0**-100, -(2.0**-80), 0, 2.0**-20], [1, 3, -(2.0**60), 2.0**90, 5]]),
        mean=np.zeros((2, 5)), variance=rounded([[-200, -200, -150, -90, -88], [0, 88, 90, 150, 200]]))
    one("all masked", gaussian, "gaussianNll", {"mask": [False, False]}, "mean", **deep,
        variance=1.5)


def deviances(one):
    y, m, x = (4 * between_0_and_1(3, 4, seed=11), 4 * between_0_and_1(3, 4, seed=12),
               logits(3, 4, seed=13) / 2)
    counts = integers(4, 3, 4, seed=14).astype(float)
    gamma = "2·(log(m/y) + y/m - 1)"
    tweedie = "2·(y^(2-p)/((1-p)(2-p)) - y·m^(1-p)/(1-p) + m^(2-p)/(2-p))"
    bounded = ", m bounded below by epsilon, and y where it is divided by or in a logarithm"
    weighed = {"weights": weights(3), "mask": [True, False, True]}
    one("none", gamma, "gammaDeviance", labels=y, predictions=m)
    for reduction in ("perExample", "weightedMean"):
        one(f"logInput, mask, weights [3], {reduction}", f"{gamma}, m = e^x", "gammaDeviance",
            {**weighed, "logInput": True}, reduction, labels=y, predictions=x)
        one(f"mask, weights [3], {reduction}", tweedie, "tweedieDeviance", weighed, reduction,
            wrt=["predictions", "weights"], labels=counts, predictions=m)
    one("means below epsilon", gamma + bounded, "gammaDeviance", {"epsilon": 2**-7},
        no_differences=True, labels=[[1.0, 2.0, 0.25]], predictions=[[0.0, 2**-8, 2**-6]])
    one("labels below epsilon", gamma + bounded, "gammaDeviance", wrt=["predictions"],
        labels=rounded([[0, 1e-8, 1]]), predictions=[[0.5, 1.0, 2.0]])
    for power in (1, 1.5, 2, 2.5, 3):
        one(f"power={power} means below epsilon", tweedie + bounded, "tweedieDeviance",
            {"power": power, "epsilon": 2**-7}, no_differences=True,
            labels=[[1.0, 2.0, 0.25]], predictions=[[0.0, 2**-8, 2**-6]])
        one(f"power={power} labels 0", tweedie + bounded, "tweedieDeviance",
            {"power": power, "epsilon": 2**-7}, wrt=["predictions"],
            labels=np.zeros((1, 3)), predictions=[[0.5, 1.0, 2.0]])
    for power in (-2, 0.25, 1.25, 1.75, 2.25, 4):
        one(f"power={power} logInput", tweedie, "tweedieDeviance",
            {"power": power, "logInput": True}, "perExample", labels=y, predictions=x)


def pairwise(one):
    text = "2·Σd²/(n-1) - 2·(Σd)²/(n(n-1)), d = x - y over the n entries that count"
    loss = "meanPairwiseSquaredError"
    flat = dict(labels=logits(3, 4, seed=15), predictions=logits(3, 4, seed=16))
    deep = dict(labels=logits(2, 3, 4, seed=17), predictions=logits(2, 3, 4, seed=18))
    for reduction in ("none", "perExample", "mean", "weightedMean", "sum",
                      "meanOverNonzeroWeights"):
        one(f"mask [3], weights [3], {reduction}", text, loss,
            {"mask": [True, False, True], "weights": weights(3)}, reduction, **flat)
    mask = between_0_and_1(2, 3, 4, seed=19) < 0.625
    for reduction in ("none", "mean", "sum"):
        one(f"mask [2,3,4], {reduction}", text, loss, {"mask": mask}, reduction, **deep)
        one(f"mask [2,3], {reduction}", text, loss,
            {"mask": [[True, False, True], [False, True, False]]}, reduction, **deep)
    few = np.array([[True, True, False, False], [False, True, False, False], [False] * 4])
    one("two, one and no entries", text, loss, {"mask": few}, **flat)
    one("all masked", text, loss, {"mask": [False] * 3}, "mean", **flat)
