"""High-precision values (400 digits) of margins of several scores, divergences, losses of
embeddings and of ranked lists, with options, masks and formats that no library has."""

import numpy as np

from goldens import (
    goldens_of_mpmath, binary, distributions, integers, logits, one_hot, rounded, signs, weights,
)
from embeddings import EMBEDDINGS, LABELS

REDUCTIONS = ("perExample", "weightedMean")


def make():
    golden, one = goldens_of_mpmath("400 digits")

    margins(one)
    divergences(one)
    pairs(one)
    batches(one)
    ranking(one)
    return golden


def margins(one):
    text = "w_y·Σ max(0, margin - x_y + x_c)^p / C over wrong classes c"
    loss, x = "multiMargin", logits(5, 4, seed=1) / 2 + np.arange(4) / 64
    deep = logits(2, 3, 4, seed=2) / 2 + np.arange(4) / 64
    weighed = {"weights": weights(5), "mask": [True, True, False, True, True]}
    for reduction in REDUCTIONS:
        one(f"p=2, mask, weights [5], {reduction}", text, loss, {"p": 2, **weighed}, reduction,
            labels=integers(4, 5, seed=3), predictions=x)
    one("[2,4,3] axis=1, classWeights", text, loss,
        {"axis": 1, "classWeights": [0.5, 2, 1.25, 0.25], "weights": weights(2, 3)}, "mean",
        labels=integers(4, 2, 3, seed=4), predictions=deep.transpose(0, 2, 1))

    text = "Σ max(0, 1 - x_t + x_w) / C over true classes t and wrong classes w"
    loss = "multilabelMargin"
    hot = one_hot(np.array([1, 0, 3, 2, 2]), 4) + one_hot(np.array([0, 2, 2, 3, 1]), 4)
    hot[4] = 0
    hot = hot.astype(int)
    lists = np.array([[[3, 0, -1, 1], [2, -1, -1, -1], [-1, 2, 3, 0]]] * 2)
    for form in ({}, {"labelFormat": "multiHot"}):
        one(f"{form.get('labelFormat', 'auto')}, labels 0 and 1", text, loss, form,
            labels=hot, predictions=x)
    for reduction in REDUCTIONS:
        one(f"multiHot, mask, weights [5], {reduction}", text, loss, weighed, reduction,
            labels=hot, predictions=x)
    one("indices, [2,3,4], mask, weights", text, loss,
        {"labelFormat": "indices", "weights": weights(2, 3), "mask": [[True], [False]]},
        "weightedMean", labels=lists, predictions=deep)
    one("indices, [2,4,3] axis=1", text, loss, {"axis": 1, "labelFormat": "indices"},
        labels=lists.transpose(0, 2, 1), predictions=deep.transpose(0, 2, 1))
    one("multiHot, [2,4,3] axis=1", text, loss, {"axis": 1},
        labels=binary(2, 4, 3, seed=5).astype(int), predictions=deep.transpose(0, 2, 1))
    one("multiHot, all and none", text, loss, {"labelFormat": "multiHot"},
        labels=np.array([[1, 1, 1, 1], [0, 0, 0, 0]]), predictions=x[:2])

    text, loss = "max(0, margin - y·(a - b)), y = -1 or 1", "marginRanking"
    data = dict(a=logits(3, 4, seed=6) / 2, b=logits(3, 4, seed=7) / 2 + 1 / 64)
    for kind in ("binary", "auto"):
        one(f"labels 0 and 1, {kind}", text, loss, {"labels": kind, "margin": 0.5},
            no_differences=kind == "auto", labels=binary(3, 4, seed=8), **data)
    for reduction in REDUCTIONS:
        one(f"mask, weights [3], {reduction}", text, loss,
            {"margin": 1, "weights": weights(3), "mask": [True, False, True]}, reduction,
            labels=signs(3, 4, seed=9), **data)
    one("at its kink", f"{text}, with the gradient 0 at 0", loss, {"margin": 1},
        no_differences=True, labels=[[1.0, -1.0]], a=[[2.0, 1.0]], b=[[1.0, 2.0]])


def divergences(one):
    p, q = distributions(3, 4, seed=11), distributions(3, 4, seed=12)
    log_p, log_q = (rounded(np.log(distributions(3, 4, seed=seed))) for seed in (13, 14))
    x, y = logits(3, 4, seed=15), logits(3, 4, seed=16)
    written = {"probabilities": (p, q), "logProbabilities": (log_p, log_q), "logits": (y, x)}
    texts = {
        "generalizedKlDivergence": "Σ y·log(y/p) - y + p",
        "jensenShannon": "beta·KL(y, m) + (1 - beta)·KL(p, m), m = beta·y + (1 - beta)·p",
        "totalVariation": "Σ |y - p| / 2",
    }
    weighed = {"weights": weights(3), "mask": [True, False, True]}
    sharp = rounded([[1e4, -1e4, 0], [88, -88, 0], [1e-8, -1e-8, 0], [0, 0, 0]])
    flat = rounded([[0, 1, -1], [-88, 88, 0], [0, 1, 2], [0, 0, 0]])
    both_logits = {"predictionFormat": "logits", "labelFormat": "logits"}
    for loss, text in texts.items():
        for label_format in written:
            for prediction_format in written:
                one(f"{label_format}, {prediction_format}", text, loss,
                    {"labelFormat": label_format, "predictionFormat": prediction_format},
                    labels=written[label_format][0], predictions=written[prediction_format][1])
        for reduction in REDUCTIONS:
            one(f"mask, weights [3], {reduction}", text, loss, weighed, reduction,
                labels=p, predictions=q)
        if loss != "totalVariation":
            one("base 2", text, loss, {"base": 2}, labels=p, predictions=q)
            one("axis=1, base 10, logits", text, loss, {**both_logits, "base": 10, "axis": 1},
                labels=logits(2, 3, 4, seed=17), predictions=logits(2, 3, 4, seed=18))
        if loss != "generalizedKlDivergence":
            one("logits, temperature 2", text, loss, {**both_logits, "temperature": 2},
                labels=y, predictions=x)
        one("axis=[1,2]", text, loss, {"axis": [1, 2]}, "mean",
            labels=distributions(2, 12, seed=19).reshape(2, 3, 4),
            predictions=distributions(2, 12, seed=20).reshape(2, 3, 4))
        one("equal", text, loss, no_differences=True, labels=p, predictions=p)
        one("probabilities 0 and 1, the value", text, loss, value_only=True,
            labels=[[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]],
            predictions=[[1.0, 0.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.0, 1.0]])
        if loss != "generalizedKlDivergence":
            one("logits extreme", text, loss, both_logits, no_differences=True, labels=flat,
                predictions=sharp)
        one("single class", text, loss, labels=[[1.0], [0.5]], predictions=[[0.5], [1.0]])
    one("labels 0, no epsilon", texts["generalizedKlDivergence"], "generalizedKlDivergence",
        {"epsilon": None}, wrt=["predictions"], labels=distributions(3, 4, seed=21, zeros=True),
        predictions=q)
    loss, text = "jensenShannon", texts["jensenShannon"]
    for beta, call in [(0, "KL(y, p)"), (1, "KL(p, y)"), (0.25, text)]:
        one(f"beta={beta}", call, loss, {"beta": beta}, labels=p, predictions=q)
        one(f"beta={beta} logits", call, loss, {**both_logits, "beta": beta}, "mean",
            labels=y, predictions=x)
    one("beta=0, predictions 0", "KL(y, p), as klDivergence", loss, {"beta": 0},
        wrt=["predictions"], no_differences=True, labels=[[0.5, 0.5], [0.25, 0.75]],
        predictions=[[1.0, 0.0], [0.0, 1.0]])


def pairs(one):
    text = "max(0, |a - p + epsilon| - |a - n + epsilon| + margin)"
    loss = "tripletMargin"
    triple = ("anchor", "positive", "negative")
    data = {name: logits(4, 5, seed=seed) / 4 for seed, name in enumerate(triple, 31)}
    deep = {name: logits(2, 3, 4, seed=seed) / 4 for seed, name in enumerate(triple, 34)}
    for reduction in (*REDUCTIONS, "meanOverNonzeroLosses"):
        one(f"mask, weights [4], {reduction}", text, loss,
            {"weights": weights(4), "mask": [True, False, True, True], "swap": True}, reduction,
            **data)
    one("[2,3,4] mask, weights [2,1]", text, loss,
        {"margin": 3, "weights": weights(2, 1), "mask": [[True, False, True], [True, True, False]]},
        "perExample", **deep)

    text = "1 - cos(a, b) if y = 1, max(0, cos(a, b) - margin) if y = -1"
    loss, vectors = "cosineEmbedding", dict(a=logits(4, 5, seed=37), b=logits(4, 5, seed=38))
    for kind in ("binary", "auto"):
        one(f"labels 0 and 1, {kind}", text, loss, {"labels": kind}, wrt=["a", "b"],
            labels=np.array([0.0, 1, 1, 0]), **vectors)
    for reduction in REDUCTIONS:
        one(f"mask, weights [4], {reduction}", text, loss,
            {"weights": weights(4), "mask": [True, False, True, True], "margin": -0.5}, reduction,
            labels=np.array([-1.0, 1, 1, -1]), wrt=["a", "b", "weights"], **vectors)
    one("[2,3,4] weights [2,1]", text, loss, {"weights": weights(2, 1), "margin": -0.5},
        "weightedMean", wrt=["a", "b"], labels=signs(2, 3, seed=39), a=logits(2, 3, 4, seed=40),
        b=logits(2, 3, 4, seed=41))
    one("integer labels", text, loss, labels=np.array([1, -1, -1, 1]), **vectors)
    one("shorter than epsilon", f"{text}, lengths bounded below by epsilon", loss,
        {"epsilon": 2**-10}, wrt=["a", "b"], labels=[1.0, -1.0],
        a=[[3.0, 4.0], [2**-12, 2**-13]], b=[[2**-12, -(2**-13)], [1.0, 2.0]])
    one("zero vectors", f"{text}, lengths bounded below by epsilon", loss, wrt=["a", "b"],
        no_differences=True, labels=[1.0, 1.0], a=[[3.0, 4.0], [0.0, 0.0]],
        b=[[0.0, 0.0], [0.0, 0.0]])


def batches(one):
    text = ("log(1 + Σ e^(gamma·(d + margin)(d - margin)) over positives"
            " · Σ e^(gamma·max(0, 1 + margin - d)(1 - margin - d)) over negatives),"
            " d = max(0, 1 - dot product)")
    data = dict(labels=LABELS, embeddings=EMBEDDINGS)
    unequal = {"labels": LABELS, "embeddings": EMBEDDINGS * [[1], [2], [0.5], [4], [1], [3], [2]]}
    mild = {"gamma": 4}
    one("gamma=4 detachWeights", f"{text}, d + margin and 1 + margin - d held constant", "circle",
        {**mild, "detachWeights": True}, no_differences=True, **data)
    one("detachWeights", f"{text}, d + margin and 1 + margin - d held constant", "circle",
        {"detachWeights": True}, no_differences=True, **data)
    one("gamma=4 normalize", f"{text} of vectors of length 1", "circle",
        {**mild, "normalize": True}, **unequal)
    lone = np.array([0, 0, 1, 1, 2, 1, 3])
    for reduction in (*REDUCTIONS, "none"):
        one(f"gamma=4 anchors without a positive, mask, weights {reduction}", text, "circle",
            {**mild, "weights": weights(7), "mask": np.arange(7) != 1}, reduction,
            labels=lone, embeddings=EMBEDDINGS)

    text = "log(1 + Σ e^(s_n - s_p) over negatives n), s = dot product / temperature"
    for options in [{}, {"temperature": 0.5}, {"normalize": True}]:
        name = ", ".join(f"{option}={value}" for option, value in options.items()) or "by default"
        call = f"{text}, of vectors of length 1" if "normalize" in options else text
        one(name, call, "ntXent", options, **data)
    for reduction in REDUCTIONS:
        one(f"temperature=0.5, weights [7], {reduction}", text, "ntXent",
            {"temperature": 0.5, "weights": weights(7)}, reduction, labels=lone,
            embeddings=EMBEDDINGS)
        one(f"temperature=0.5, mask, weights [7], {reduction}", text, "ntXent",
            {"temperature": 0.5, "weights": weights(7), "mask": np.arange(7) % 4 != 1}, reduction,
            **data)
    one("no positive pair", text, "ntXent", {}, "mean", labels=np.arange(7),
        embeddings=EMBEDDINGS)


def ranking(one):
    text = "-Σ w·y·log softmax(x) over the items that count"
    # No label is 0: a little less would be padding
    y, x = integers(4, 3, 5, seed=51) + 0.25, logits(3, 5, seed=52)
    mask = np.array([[True, True, False, True, True], [True, False, False, False, True],
                     [True, True, True, False, False]])
    for reduction in (*REDUCTIONS, "none"):
        one(f"mask [3,5], weights [3], {reduction}", text, "rankingSoftmax",
            {"mask": mask, "weights": weights(3)}, reduction, labels=y, predictions=x)
        one(f"mask [3], {reduction}", text, "rankingSoftmax", {"mask": [True, False, True]},
            reduction, labels=y, predictions=x)
    padded = y.copy()
    padded[0, 3:] = padded[1] = -1
    for normalize in (False, True):
        options = {"normalizeLabels": True} if normalize else {}
        one(f"padding{', normalizeLabels' if normalize else ''}, mask", text, "rankingSoftmax",
            {**options, "mask": mask, "weights": weights(3)}, "mean",
            wrt=["predictions", "weights"], labels=padded, predictions=x)
    one("no relevance, normalizeLabels", text, "rankingSoftmax", {"normalizeLabels": True},
        wrt=["predictions"], labels=np.zeros((2, 3)), predictions=x[:2, :3])
    one("all padding", text, "rankingSoftmax", {}, "mean", wrt=["predictions"],
        labels=np.full((2, 3), -1.0), predictions=x[:2, :3])
    one("all masked", text, "rankingSoftmax", {"mask": np.zeros((3, 5), bool)}, "mean",
        labels=y, predictions=x)
    one("[2,3,4] mask and weights per item", text, "rankingSoftmax",
        {"mask": logits(2, 3, 4, seed=53) < 1, "weights": weights(2, 3, 4)}, "perExample",
        labels=integers(3, 2, 3, 4, seed=54) + 0.25, predictions=logits(2, 3, 4, seed=55))
    one("1000 items", text, "rankingSoftmax", {"normalizeLabels": True}, wrt=["predictions"],
        labels=one_hot(np.array([417]), 1000), predictions=integers(9, 1, 1000, seed=56) / 2)
