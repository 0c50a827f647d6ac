"""High-precision values (400 digits) of Student likelihoods, ranked probability scores and quantile
regression, with options, masks and sizes that no library has."""

import numpy as np

from goldens import goldens_of_mpmath, between_0_and_1, logits, rounded, weights


def make():
    golden, one = goldens_of_mpmath("400 digits")
    student(one)
    gaussian(one)
    ensemble(one)
    quantiles(one)
    return golden


DEEP = dict(labels=logits(2, 3, 4, seed=1), location=logits(2, 3, 4, seed=2) + 1 / 32)
WEIGHED = {"mask": [[True, False, True], [True, True, False]], "weights": weights(2, 3)}


def student(one):
    loss, text = "studentTNll", ("log Γ(n/2) - log Γ((n + 1)/2) + log(n)/2 + log s + (n + 1)/2·log(1 + z²/n) "
                                 "(+ log(π)/2), z = (y - m)/s, n = degreesOfFreedom")
    for shape in [(), (2,), (2, 1, 1), (1, 3), (1, 1, 4)]:
        for full in (False, True):
            one(f"[2,3,4] {list(shape)}{' full' if full else ''}", text, loss, {"full": full}, "perExample", **DEEP,
                scale=2 * between_0_and_1(*shape, seed=3), degreesOfFreedom=8 * between_0_and_1(*shape, seed=4))
    for reduction in ("perExample", "weightedMean"):
        one(f"[2,3,4] mask, weights, {reduction}", text, loss, WEIGHED, reduction, **DEEP,
            scale=2 * between_0_and_1(2, seed=5), degreesOfFreedom=8 * between_0_and_1(2, 3, seed=6))
    errors = dict(labels=rounded([0, 0, 1, -88, 1e4, 1e20, 3]), location=rounded([0, 1e-8, 0.9, 88, 9999, 0, 1e-20]))
    for size in (1e-5, 0.3, 2, 2.5, 40, 1e3, 1e6, 1e12, 1e20):
        for s in (1e-3, 1, 30):
            one(f"{size:g} degrees of freedom, scale {s:g}", text, loss, **errors, scale=rounded(s),
                degreesOfFreedom=rounded(size))
    one("scales and degrees of freedom at their bounds", text, loss, {"epsilon": 2**-7}, no_differences=True,
        labels=[1.0, 0, 2, 1], location=[0.5, 0, 1, 0], scale=rounded([0, 1e-8, 0.25, 1]),
        degreesOfFreedom=rounded([1, 3, 0, 1e-8]))
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **DEEP, scale=1.5, degreesOfFreedom=3.0)


def gaussian(one):
    loss, text = "crpsGaussian", "s·(z·(2·Φ(z) - 1) + 2·φ(z) - 1/√π), z = (y - m)/s"
    deep = dict(labels=DEEP["labels"], mean=DEEP["location"])
    for shape in [(), (2,), (2, 1, 1), (1, 3), (1, 1, 4)]:
        one(f"[2,3,4] standardDeviation {list(shape)}", text, loss, {}, "perExample", **deep,
            standardDeviation=2 * between_0_and_1(*shape, seed=7))
    for reduction in ("perExample", "weightedMean"):
        one(f"[2,3,4] mask, weights, {reduction}", text, loss, WEIGHED, reduction, **deep,
            standardDeviation=2 * between_0_and_1(2, seed=8))
    errors = dict(labels=rounded([0, 0, 1, -88, 1e4, 1e20, 3]), mean=rounded([0, 1e-8, 0.9, 88, 9999, 0, 1e-20]))
    for s in (1e-5, 0.1, 1, 30, 1e10):
        one(f"standardDeviation {s:g}", text, loss, **errors, standardDeviation=rounded(s))
    one("deviations of every size", text, loss, labels=rounded([1e-6, 0.3, -0.9, 1.2, 1.31, -2, 3, 5, 8]),
        mean=np.zeros(9), standardDeviation=1.0)
    one("standardDeviation at its bound", text, loss, {"epsilon": 2**-7}, no_differences=True,
        labels=[1.0, 0, 2], mean=[0.5, 0, 1.99609375], standardDeviation=rounded([0, 1e-8, 2**-8]))
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **deep, standardDeviation=1.5)


def ensemble(one):
    loss, text = "crpsEnsemble", "Σ|x - y|/M - Σ|x - x'|/(2·M²), or fair with M·(M - 1)"
    data = dict(labels=logits(2, 3, seed=9) + 1 / 32, members=logits(2, 3, 4, seed=10))
    for fair in (False, True):
        for reduction in ("none", "perExample", "weightedMean", "sum"):
            one(f"fair={fair}, mask, weights, {reduction}", text, loss, {**WEIGHED, "fair": fair}, reduction, **data)
        one(f"fair={fair}, one member", text, loss, {"fair": fair}, labels=[0.5, -1], members=[[2.0], [-3]])
        one(f"fair={fair}, almost all at the label", text, loss, {"fair": fair}, labels=[0.5, 0],
            members=rounded([[0.5 + 1e-6] * 7 + [3], [-1e-8] * 4 + [1e-8] * 3 + [-1e4]]), no_differences=True)
        one(f"fair={fair}, all masked", text, loss, {"fair": fair, "mask": [False] * 2}, "mean", **data)


def quantiles(one):
    loss, text = "quantileHuber", "Σ_q mean_m |(q - 1/2)/Q - [d < 0]|·huber(d), d = y_m - p_q, y constant"
    of = dict(wrt=["predictions"])
    data = dict(labels=logits(2, 3, 4, seed=11) / 4, predictions=logits(2, 3, 2, seed=12) / 4 + 1 / 64)
    for delta in (1, 0, 0.25):
        for reduction in ("none", "perExample", "weightedMean"):
            one(f"delta={delta}, mask, weights, {reduction}", text, loss, {**WEIGHED, "delta": delta}, reduction,
                **of, **data)
        one(f"delta={delta}, errors of any size", text, loss, {"delta": delta}, **of,
            labels=rounded([[1e4, -88, 0], [88, 1e-8, 1e20]]), predictions=rounded([[-1e4, 1e-6], [0.5, 1e4]]))
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **of, **data)
