"""High-precision values (400 digits) of classification losses with options, masks and ignored
labels that no library has."""

import numpy as np

from goldens import (
    goldens_of_mpmath, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, weights,
)

REDUCTIONS = ("perExample", "weightedMean")
LOGITS = {"fromLogits": True}


def make():
    golden, one = goldens_of_mpmath("400 digits")

    binary_focal(one)
    categorical(one)
    generalized(one)
    asymmetric(one)
    multilabel_soft_margin(one)
    sparsemax(one)
    return golden


def binary_focal(one):
    text = ("a·u^gamma·b, u = y(1 - p) + (1 - y)p, b = -posWeight·y·log p - (1 - y)·log(1 - p),"
            " a = alpha·y + (1 - alpha)(1 - y)")
    loss = "binaryFocalCrossentropy"
    y, p, x = binary(3, 4, seed=1), between_0_and_1(3, 4, seed=2), logits(3, 4, seed=3)
    some = binary(3, 4, seed=4)
    some[[0, 1, 1], [2, 0, 3]] = -1
    reduced = f"{text}; (u/reducedThreshold)^gamma, and 1 where 1 - u < reducedThreshold"
    normalized = f"{text}; divided by max(Σ u^gamma, 1e-6) over all that counts"
    for fixed, given in [({}, p), (LOGITS, x)]:
        kind = "logits " if fixed else ""
        for name, call, options in [
            ("posWeight 3", text, {"posWeight": 3}),
            ("posWeight [4]", text, {"posWeight": [0.5, 2, 3, 1], "alpha": 0.25}),
            ("reducedThreshold 0.5", reduced, {"reducedThreshold": 0.53125}),
            ("reducedThreshold 0.25, gamma 0.5", reduced,
             {"reducedThreshold": 0.265625, "gamma": 0.5, "alpha": 0.75}),
            ("normalized", normalized, {"normalized": True}),
            ("normalized, gamma 1, alpha, smoothing", normalized,
             {"normalized": True, "gamma": 1, "alpha": 0.25, "labelSmoothing": 0.1}),
        ]:
            one(kind + name, call, loss, {**fixed, **options}, labels=y, predictions=given)
        for reduction in REDUCTIONS if fixed else ("mean",):
            one(f"{kind}ignoreIndex, weights, normalized {reduction}", normalized, loss,
                {**fixed, "ignoreIndex": -1, "weights": weights(3, 1), "normalized": True},
                reduction, wrt=["predictions"], labels=some, predictions=given)
            one(f"{kind}ignoreIndex, mask, weights {reduction}", text, loss,
                {**fixed, "ignoreIndex": -1, "weights": weights(3), "mask": [True, False, True]},
                reduction, wrt=["predictions", "weights"], labels=some, predictions=given)
        one(f"{kind}all ignored, normalized", normalized, loss,
            {**fixed, "ignoreIndex": -1, "normalized": True}, "mean", wrt=["predictions"],
            labels=np.full((3, 4), -1.0), predictions=given)
    one("probabilities 0 and 1", text, loss, no_differences=True,
        labels=[[1.0, 0.0, 1.0, 0.0], [0.5, 0.5, 0.25, 0.25]], predictions=[[0.0, 1.0, 1.0, 0.0]] * 2)
    one("probabilities 0 and 1, gamma 0.5", text, loss, {"gamma": 0.5}, no_differences=True,
        labels=[[1.0, 0.0, 1.0, 0.0]], predictions=[[0.0, 1.0, 1.0, 0.0]])
    one("epsilon", text, loss, {"epsilon": 2**-5}, no_differences=True,
        labels=[[1.0, 0.0, 1.0, 0.0]], predictions=[[2**-6, 1 - 2**-6, 2**-4, 0.5]])
    extreme = dict(labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
                   predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88],
                                        [1e4, -1e4], [1e-8, -1e-8]]))
    for gamma in (0, 0.5, 1, 2, 5):
        one(f"logits extreme, gamma {gamma}", text, loss, {**LOGITS, "gamma": gamma},
            no_differences=gamma == 0.5, **extreme)


def categorical(one):
    """Focal and poly cross-entropy: dense, and with integer labels."""
    focal = "-Σ alpha_c·(1 - p_c)^gamma·y_c·log p_c"
    poly = "-Σ y·log p + polyEpsilon·Σ y·(1 - p)"
    p, x = distributions(4, 5, seed=11), logits(4, 5, seed=12)
    classes, deep_classes = np.array([3, -1, 0, 4]), np.array([[0, -1, 3], [-1, -1, 1]])
    deep = logits(2, 3, 4, seed=13)
    some = {"ignoreIndex": -1}
    for loss, text, own in [
        ("sparseCategoricalFocalCrossentropy", focal, {"alpha": [0.5, 0.25, 1, 2, 0.125]}),
        ("polyCrossentropy", poly, {"polyEpsilon": 0.75}),
    ]:
        for fixed, given in [({}, p), (LOGITS, x)]:
            kind = "logits " if fixed else ""
            for reduction in REDUCTIONS if fixed else ("mean",):
                one(f"{kind}integer labels, ignoreIndex, weights [4], {reduction}", text, loss,
                    {**fixed, **own, **some, "weights": weights(4)}, reduction,
                    labels=classes, predictions=given)
            one(f"{kind}integer labels, smoothing, labels [4,1]", text, loss,
                {**fixed, **own, **some, "labelSmoothing": 0.25}, labels=classes[:, None],
                predictions=given)
            one(f"{kind}all ignored", text, loss, {**fixed, **some}, "mean",
                labels=np.full(4, -1), predictions=given)
        one("integer labels [2,3], ignoreIndex, mask, weights", text, loss,
            {**LOGITS, **some, "mask": [[True, True, False], [True, True, True]],
             "weights": weights(2, 3)}, "perExample", labels=deep_classes, predictions=deep)
        one("integer labels, axis=1", text, loss, {**LOGITS, "axis": 1},
            labels=integers(3, 2, 4, seed=14), predictions=logits(2, 3, 4, seed=15))
        one("integer labels, axis=[1,2]", text, loss, {**LOGITS, "axis": [1, 2]},
            labels=np.array([7, 10]), predictions=deep)
        single = np.array([0, 0]) if loss.startswith("sparse") else [[1.0], [1.0]]
        one("single class", text, loss, labels=single, predictions=[[1.0], [0.25]])
        one("integer labels, probabilities 0 and 1", text, loss, no_differences=True,
            labels=np.array([1, 0, 2, 0, 0, 2]),
            predictions=rounded([[0, 1, 0], [0, 1, 0], [0.25, 0.75, 0], [1e-30, 0.5, 0.5],
                                 [1e-8, 0.5, 0.5], [0, 0, 0]]))
    extreme = dict(labels=[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.25, 0.25, 0.5], [0.0, 0.0, 1.0]],
                   predictions=rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [88, -88, 0],
                                        [1e-8, -1e-8, 0]]))
    for gamma in (0, 0.5, 1, 2, 5):
        one(f"logits extreme, gamma {gamma}", focal, "categoricalFocalCrossentropy",
            {**LOGITS, "gamma": gamma}, no_differences=gamma == 0.5, **extreme)
    loss = "polyCrossentropy"
    for reduction in REDUCTIONS:
        one(f"probabilities, mask, weights [4], {reduction}", poly, loss,
            {"weights": weights(4), "mask": [True, False, True, True]}, reduction,
            labels=distributions(4, 5, seed=16), predictions=p)
    one("rows that do not sum to 1", poly, loss, {"polyEpsilon": -1},
        labels=distributions(4, 5, seed=16), predictions=between_0_and_1(4, 5, seed=17))
    one("probabilities, smoothing", poly, loss, {"labelSmoothing": 0.1},
        labels=one_hot(np.array([1, 0, 4, 2]), 5), predictions=p)


def generalized(one):
    text, loss = "Σ y·(1 - p^q)/q", "generalizedCrossentropy"
    bounded = f"{text}, with p bounded below by epsilon in the derivative"
    p, x = distributions(4, 5, seed=21), logits(4, 5, seed=22)
    classes, deep_classes = np.array([3, -1, 0, 4]), integers(4, 2, 3, seed=23)
    soft, deep = distributions(4, 5, seed=24), logits(2, 3, 4, seed=25)
    for q in (0.25, 0.5, 1):
        for fixed, given in [({}, p), (LOGITS, x)]:
            kind = f"{'logits ' if fixed else ''}q={q}"
            one(f"{kind} soft labels", text, loss, {**fixed, "q": q}, labels=soft,
                predictions=given)
            one(f"{kind} integer labels", text, loss, {**fixed, "q": q},
                labels=integers(5, 4, seed=26), predictions=given)
    for reduction in REDUCTIONS:
        one(f"soft labels, mask, weights [4], {reduction}", text, loss,
            {"weights": weights(4), "mask": [True, False, True, True]}, reduction,
            labels=soft, predictions=p)
        one(f"logits, integer labels, ignoreIndex, weights [4], {reduction}", text, loss,
            {**LOGITS, "ignoreIndex": -1, "weights": weights(4)}, reduction,
            labels=classes, predictions=x)
    one("all ignored", text, loss, {"ignoreIndex": -1}, "mean", labels=np.full(4, -1),
        predictions=p)
    one("labels that do not sum to 1", text, loss, labels=between_0_and_1(4, 5, seed=27),
        predictions=p)
    one("logits, integer labels, axis=1", text, loss, {**LOGITS, "axis": 1},
        labels=integers(3, 2, 4, seed=28), predictions=logits(2, 3, 4, seed=29))
    one("logits, axis=[1,2]", text, loss, {**LOGITS, "axis": [1, 2]},
        labels=distributions(2, 12, seed=30).reshape(2, 3, 4), predictions=deep)
    one("logits, integer labels [2,3]", text, loss, {**LOGITS, "weights": weights(2, 1)},
        "weightedMean", labels=deep_classes, predictions=deep)
    one("logits extreme, integer labels", text, loss, LOGITS, labels=np.array([0, 1, 0, 1, 0, 2]),
        predictions=rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [88, -88, 0], [88, -88, 0],
                             [1e-8, -1e-8, 0], [1e4, 1e4, 1e4]]))
    one("logits, 1000 classes", text, loss, LOGITS, labels=np.array([417]),
        predictions=integers(9, 1, 1000, seed=31) / 2)
    one("single class", text, loss, labels=[[1.0], [1.0]], predictions=[[1.0], [0.25]])
    for epsilon in (1e-7, 2**-6):
        one(f"probabilities 0 and 1, epsilon={epsilon}", bounded, loss, {"epsilon": epsilon},
            no_differences=True, labels=np.array([1, 0, 2, 0]),
            predictions=rounded([[0, 1, 0], [0, 1, 0], [0.25, 0.75, 0], [2**-8, 0.5, 0.5]]))


def asymmetric(one):
    text = ("-y·(1 - p)^gammaPositive·log p - (1 - y)·(1 - q)^gammaNegative·log q,"
            " p = sigmoid(x), q = min(1 - p + clip, 1)")
    loss = "asymmetric"
    y, x = binary(3, 4, seed=41), logits(3, 4, seed=42)
    for options in [
        {}, {"clip": 0}, {"clip": 0.25}, {"gammaNegative": 2}, {"gammaPositive": 0},
        {"gammaPositive": 0.5, "gammaNegative": 1.5, "clip": 0.125},
        {"gammaPositive": 0, "gammaNegative": 0, "clip": 0},
        {"gammaPositive": 0, "gammaNegative": 0},
    ]:
        name = ", ".join(f"{option}={value}" for option, value in options.items()) or "by default"
        one(name, text, loss, options, labels=y, predictions=x)
    one("soft labels", text, loss, labels=between_0_and_1(3, 4, seed=43), predictions=x)
    for reduction in REDUCTIONS:
        one(f"mask, weights [3], {reduction}", text, loss,
            {"weights": weights(3), "mask": [True, False, True]}, reduction,
            labels=y, predictions=x)
    for shape in [(2, 3, 2), (2, 1), (1, 3), ()]:
        one(f"[2,3,2] weights {list(shape)}", text, loss, {"weights": weights(*shape)}, "mean",
            labels=binary(2, 3, 2, seed=44), predictions=logits(2, 3, 2, seed=45))
    for clip in (0.05, 0):
        one(f"logits extreme, clip={clip}", text, loss, {"clip": clip} if clip == 0 else {},
            labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.5, 0.5]],
            predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e-8, -1e-8],
                                 [30, -30]]))


def multilabel_soft_margin(one):
    text = "-Σ w_c·(y_c·log σ(x_c) + (1 - y_c)·log σ(-x_c)) / C"
    loss, y, x = "multilabelSoftMargin", binary(3, 4, seed=51), logits(3, 4, seed=52)
    for reduction in REDUCTIONS:
        one(f"mask, weights [3], {reduction}", text, loss,
            {"weights": weights(3), "mask": [True, False, True]}, reduction,
            labels=y, predictions=x)
    one("axis=1, classWeights, weights [2,4]", text, loss,
        {"axis": 1, "classWeights": [0.5, 2, 1.25], "weights": weights(2, 4)}, "perExample",
        labels=binary(2, 3, 4, seed=53), predictions=logits(2, 3, 4, seed=54))
    one("axis=[1,2]", text, loss, {"axis": [1, 2]}, labels=binary(2, 3, 4, seed=53),
        predictions=logits(2, 3, 4, seed=54))


def sparsemax(one):
    text = "s(x) - y·x, s(x) = (x + 1)²/4 between -1 and 1, else max(0, x)"
    y, x = between_0_and_1(3, 4, seed=61), logits(3, 4, seed=62) / 2 + 1 / 64
    one("soft labels", text, "sparsemax", labels=y, predictions=x)
    one("labels 0 and 1", text, "sparsemax", labels=binary(3, 4, seed=63), predictions=x)
    for reduction in REDUCTIONS:
        one(f"mask, weights [3], {reduction}", text, "sparsemax",
            {"weights": weights(3), "mask": [True, False, True]}, reduction,
            labels=y, predictions=x)
    one("at its joints and far", text, "sparsemax", labels=[[1.0, 0.0, 0.5, 0.25, 1.0, 0.0, 0.5]],
        predictions=rounded([[1, -1, 0, 1e-8, 1e4, -1e4, 88]]))
    text = "max over distributions p of Σ p·x - Σ p²/2, less x_y - 1/2"
    loss, x = "multiclassSparsemax", logits(4, 5, seed=64) / 2 + np.arange(5) / 64
    classes = integers(5, 4, seed=65)
    for reduction in REDUCTIONS:
        one(f"mask, weights [4], {reduction}", text, loss,
            {"weights": weights(4), "mask": [True, False, True, True]}, reduction,
            labels=classes, predictions=x)
    one("labels [4,1]", text, loss, labels=classes[:, None], predictions=x)
    one("[2,3,4] axis=1, weights [2,4]", text, loss, {"axis": 1, "weights": weights(2, 4)},
        "perExample", labels=integers(3, 2, 4, seed=66), predictions=logits(2, 3, 4, seed=67) / 4)
    one("axis=[1,2]", text, loss, {"axis": [1, 2]}, labels=np.array([7, 10]),
        predictions=np.arange(24).reshape(2, 3, 4) * 5 % 24 / 16 + 1 / 64)
