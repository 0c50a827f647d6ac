"""High-precision values (400 digits) of likelihoods, expectiles, relative errors and survival times,
with options and masks that no library has."""

import numpy as np

from goldens import goldens_of_mpmath, between_0_and_1, integers, logits, rounded, weights


def make():
    golden, one = goldens_of_mpmath("400 digits")
    errors(one)
    likelihoods(one)
    mixtures(one)
    survival(one)
    return golden


def errors(one):
    y, x = logits(3, 4, seed=1), logits(3, 4, seed=2) + 1 / 32
    weighed = {"weights": weights(3), "mask": [True, False, True]}
    extreme = dict(labels=rounded([[0, 0, 1, -88, 1e4], [1, 2**-20, -1, 88, -1e4]]),
                   predictions=rounded([[1e-8, -1e-8, 1 + 2**-20, 88, -1e4], [1, 0, -1.75, -88, 1e4 + 1]]))

    text, loss = "|tau - [y < x]|·(y - x)²", "expectile"
    for tau in (0.5, 0.125, 0.9, 0, 1):
        one(f"expectile={tau}", text, loss, {"expectile": tau}, labels=y, predictions=x)
        one(f"extreme expectile={tau}", text, loss, {"expectile": tau}, **extreme)
    for reduction in ("perExample", "weightedMean"):
        one(f"mask, weights [3], {reduction}", text, loss, {**weighed, "expectile": 0.75}, reduction,
            labels=y, predictions=x)
    one("all masked", text, loss, {"mask": [False] * 3}, "mean", labels=y, predictions=x)
    one("scalars", text, loss, {"expectile": 0.25}, labels=2.5, predictions=-0.75)

    text, loss = "200·|y - x| / max(|y| + |x|, epsilon)", "symmetricMeanAbsolutePercentageError"
    one("none", text, loss, labels=y, predictions=x)
    one("percent=false, mask, weights [3]", "2" + text[3:], loss, {**weighed, "percent": False},
        "weightedMean", labels=y, predictions=x)
    one("epsilon=0.96875", text, loss, {"epsilon": 0.96875}, "perExample",
        labels=y / 8 + 1 / 64, predictions=x / 8)
    one("extreme", text, loss, no_differences=True, **extreme)
    one("of unlike sizes", text, loss, labels=rounded([1e20, 1e-5, 3, -1e4]),
        predictions=rounded([1e-5, 1e20, 3 + 2**-20, -1e-4]))
    one("both 0, and one", text, loss, no_differences=True, labels=[0.0, 0, 2], predictions=[0.0, 1, 0])

    text, loss = "√(Σ (x - y)² / n) over the entries that count", "rootMeanSquaredError"
    deep = dict(labels=logits(2, 3, 4, seed=3), predictions=logits(2, 3, 4, seed=4))
    mask = between_0_and_1(2, 3, 4, seed=5) < 0.625
    for reduction in ("none", "perExample", "mean", "weightedMean", "sum"):
        one(f"mask [3], weights [3], {reduction}", text, loss, weighed, reduction, labels=y, predictions=x)
        one(f"mask [2,3,4], {reduction}", text, loss, {"mask": mask}, reduction, **deep)
    one("one entry each", text, loss, labels=y[:, 0], predictions=x[:, 0])
    one("no error", text, loss, no_differences=True, labels=y[:2], predictions=[y[0], x[1]])
    one("of every size", text, loss, labels=rounded([[1e25, 0], [1e-25, 0], [1e18, 1]]),
        predictions=rounded([[-1e25, 1e20], [0, 3e-25], [0, 0]]))
    one("all masked", text, loss, {"mask": [False] * 3}, "mean", labels=y, predictions=x)


def likelihoods(one):
    deep = dict(labels=logits(2, 3, 4, seed=6), location=logits(2, 3, 4, seed=7))
    text, loss = "log b + |y - m|/b (+ log 2), b = max(scale, epsilon)", "laplaceNll"
    weighed = {"mask": [[True, False, True], [True, True, False]], "weights": weights(2, 3)}
    for shape in [(), (2,), (2, 1, 1), (1, 3), (1, 1, 4)]:
        one(f"[2,3,4] scale {list(shape)}", text, loss, {"full": True}, "perExample", **deep,
            scale=2 * between_0_and_1(*shape, seed=8))
    for reduction in ("perExample", "weightedMean"):
        one(f"[2,3,4] scale [2], mask, weights, {reduction}", text, loss, weighed, reduction, **deep,
            scale=2 * between_0_and_1(2, seed=9))
    one("scales 0 and tiny", text, loss, {"epsilon": 2**-7}, no_differences=True,
        labels=[1.0, 0, 2], location=[0.5, 0, 1], scale=rounded([0, 1e-8, 0.25]))
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **deep, scale=1.5)

    loss = "negativeBinomialNll"
    text = "(y + r)·log(1 + m/r) - y·log(m/r) - log Γ(y + r) + log Γ(r) (+ log Γ(y + 1)), r = 1/dispersion"
    counts = dict(labels=integers(6, 2, 3, 4, seed=10).astype(float), mean=4 * between_0_and_1(2, 3, 4, seed=11))
    for shape in [(), (2,), (1, 3), (1, 1, 4)]:
        for full in (False, True):
            one(f"[2,3,4] dispersion {list(shape)}{' full' if full else ''}", text, loss, {"full": full},
                "perExample", **counts, dispersion=2 * between_0_and_1(*shape, seed=12))
    for reduction in ("perExample", "weightedMean"):
        one(f"[2,3,4] dispersion [2], mask, weights, {reduction}", text, loss, weighed, reduction, **counts,
            dispersion=2 * between_0_and_1(2, seed=13))
    numbers = dict(labels=rounded([0, 0, 1, 1, 2, 7, 30, 100, 1e4, 1e4, 0.3, 1.5]),
                   mean=rounded([1e-4, 1e4, 1, 30, 1e-3, 7, 31, 1, 1e4, 9999, 0.5, 3]))
    for size in (1e-5, 1e-2, 0.3, 3, 100, 1e6, 1e20):
        for full in (False, True):
            one(f"dispersion {size:g}{' full' if full else ''}", text, loss, {"full": full}, **numbers,
                dispersion=rounded(size))
    one("means and dispersions at their bounds", text, loss, {"epsilon": 2**-7}, no_differences=True,
        labels=[0.0, 2, 3, 1], mean=rounded([0, 1e-8, 2, 1]), dispersion=rounded([0.5, 0, 1e-8, 0]))
    one("means below 0", text, loss, no_differences=True, labels=[0.0, 2], mean=[-1.0, -0.5],
        dispersion=[0.5, 2])
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **counts, dispersion=1.5)


def mixtures(one):
    text = "-log Σ_k softmax(x)_k·Π_d N(y_d; m_kd, max(s_kd, epsilon))"
    loss = "gaussianMixtureNll"
    data = dict(labels=logits(2, 3, 2, seed=14) / 2, logits=logits(2, 3, 4, seed=15),
                means=logits(2, 3, 4, 2, seed=16) / 2, scales=2 * between_0_and_1(2, 3, 4, 2, seed=17))
    weighed = {"mask": [[True, False, True], [True, True, False]], "weights": weights(2, 3)}
    for reduction in ("none", "perExample", "weightedMean"):
        one(f"mask, weights, {reduction}", text, loss, weighed, reduction, **data)
    one("epsilon=0.5", text, loss, {"epsilon": 0.5}, no_differences=True, **data)
    one("scales 0 and tiny", text, loss, no_differences=True, labels=[[0.0], [1.0]], logits=[[0.5, 0]] * 2,
        means=[[[0.0], [2**-20]], [[1.0], [0.5]]], scales=rounded([[[0], [1e-8]], [[1e-5], [1]]]))
    one("equal components", text, loss, labels=[[0.5, 1]], logits=[[1.0, 1]], means=[[[0.0, 1], [0, 1]]],
        scales=[[[1.0, 2], [1, 2]]])
    one("all masked", text, loss, {"mask": [False] * 2}, "mean", **data)


def survival(one):
    text = "log(Σ_j e^(h_j) over those at risk - l/d·Σ over those tied) - h_i of each event i, l = 0 for Breslow"
    loss = "cox"
    labels = np.array([[2.0, 1], [1, 1], [2, 0], [2, 1], [3, 1], [1, 0], [4, 0], [2, 1]])
    hazards, of_hazards = logits(8, seed=18) / 2, ["logHazards"]

    def both(name, options={}, reduction="none", wrt=of_hazards, **inputs):
        for ties in ("efron", "breslow"):
            one(f"{name}, {ties}", text, loss, {**options, "ties": ties}, reduction, wrt=wrt, **inputs)

    for reduction in ("none", "perExample", "mean", "sum"):
        both(reduction, {}, reduction, labels=labels, logHazards=hazards)
    mask = [True, True, False, True, True, True, False, True]
    for reduction in ("none", "mean", "weightedMean"):
        both(f"mask, weights, {reduction}", {"mask": mask, "weights": weights(8)}, reduction,
             wrt=["logHazards", "weights"], labels=labels, logHazards=hazards)
    both("no event", {}, "mean", labels=[[1.0, 0], [2, 0]], logHazards=[0.5, -1])
    both("one example", labels=[[1.0, 1]], logHazards=[0.5])
    both("all masked", {"mask": [False] * 8}, "mean", labels=labels, logHazards=hazards)
    both("all tied", labels=[[1.0, 1]] * 4, logHazards=[0.5, -1, 2, 0])
    both("hazards of any size", labels=labels,
         logHazards=rounded([1e4, -1e4, 88, -88, 0, 1e-8, 20, -20]))
    both("hazards [8,1]", {}, "mean", labels=labels, logHazards=hazards[:, None])
