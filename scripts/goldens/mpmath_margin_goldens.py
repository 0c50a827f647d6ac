"""High-precision values (400 digits) of further losses of scores, and of the Brier score."""

import numpy as np

from goldens import (
    goldens_of_mpmath, binary, distributions, integers, logits, one_hot, rounded, signs, weights,
)


def make():
    golden, one = goldens_of_mpmath("400 digits")

    of_signs(one)
    of_classes(one)
    return golden


def of_signs(one):
    y, x = signs(3, 4, seed=1), logits(3, 4, seed=2) / 2 + 1 / 64
    weighed = {"weights": weights(3), "mask": [True, False, True]}
    far = {"labels": [[1.0, -1.0, 1.0, -1.0, 1.0]],
           "predictions": rounded([[88, 88, -88, -88, 1e-8]])}
    farther = {"labels": [[1.0, -1.0, 1.0, -1.0]], "predictions": [[1e4, 1e4, -1e4, -1e4]]}
    for loss, text in [
        ("softMargin", "log(1 + e^(-y·x))"),
        ("exponential", "e^(-y·x)"),
        ("perceptron", "max(0, -y·x)"),
        ("hingeEmbedding", "x if y = 1, max(0, margin - x) if y = -1"),
    ]:
        plus_minus = {"labels": "signed"} if loss == "hingeEmbedding" else {}
        if not plus_minus:
            one("labels -1 and 1", text, loss, labels=y, predictions=x)
            # No differences: a label between 0 and 1 would make all of them signed
            one("labels 0 and 1", text, loss, no_differences=True,
                labels=binary(3, 4, seed=3), predictions=x)
        one("labels signed, all 1", text, loss, {"labels": "signed"},
            labels=np.ones((2, 3)), predictions=x[:2, :3])
        one("labels binary", text, loss, {"labels": "binary"},
            labels=binary(3, 4, seed=3), predictions=x)
        for reduction in ("perExample", "mean", "weightedMean", "sum"):
            one(f"mask, weights [3], {reduction}", text, loss, {**weighed, **plus_minus},
                reduction, labels=y, predictions=x)
        one("far", text, loss, plus_minus, **far)
        if loss == "exponential":
            one("overflows", text, loss, no_differences=True,
                labels=[[1.0, -1.0]], predictions=[[-1e4, 1e4]])
            one("vanishes", text, loss, labels=[[1.0, -1.0]], predictions=[[1e4, -1e4]])
        else:
            one("farther", text, loss, plus_minus, **farther)
        if loss in ("softMargin", "exponential"):
            one("score 0", text, loss, labels=[[1.0, -1.0]], predictions=[[0.0, 0.0]])
    one("score 0", "max(0, -y·x), with the gradient 0 at 0", "perceptron", no_differences=True,
        labels=[[1.0, -1.0]], predictions=[[0.0, 0.0]])
    text, loss = "x if y = 1, max(0, margin - x) if y = -1", "hingeEmbedding"
    for margin in (0.25, 3):
        one(f"margin {margin}", text, loss, {"labels": "signed", "margin": margin},
            labels=y, predictions=x)
    one("score = margin", f"{text}, with the gradient 0 there", loss, {"labels": "signed"},
        no_differences=True, labels=[[1.0, -1.0, -1.0]], predictions=[[1.0, 1.0, 0.75]])


def of_classes(one):
    text = "Σ (x - y)²"
    labels, p = one_hot(integers(4, 3, seed=4), 4), distributions(3, 4, seed=5)
    one("none", text, "brier", labels=labels, predictions=p)
    one("soft labels", text, "brier", labels=distributions(3, 4, seed=6, zeros=True),
        predictions=p)
    for reduction in ("perExample", "mean", "weightedMean", "sum"):
        one(f"mask, weights [3], {reduction}", text, "brier",
            {"weights": weights(3), "mask": [True, False, True]}, reduction,
            labels=labels, predictions=p)
    one("[2,3,4] axis=1, weights [2,4]", text, "brier", {"axis": 1, "weights": weights(2, 4)},
        "perExample", labels=one_hot(integers(3, 2, 4, seed=7), 3, axis=1),
        predictions=distributions(2, 4, 3, seed=8, axis=1))
    one("axis=[1,2]", text, "brier", {"axis": [1, 2]}, "mean",
        labels=distributions(2, 12, seed=9).reshape(2, 3, 4),
        predictions=distributions(2, 12, seed=10).reshape(2, 3, 4))
    one("certain, right and wrong; nearly", text, "brier",
        labels=[[1.0, 0.0, 0.0]] * 5,
        predictions=rounded([[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5], [1 - 2**-20, 2**-20, 0],
                             [1e-8, 1 - 2**-20, 2**-20]]))

    # No two scores of a row tie
    x = np.array([[1, 3, 2.25, 0.5], [0.25, 2, 0.75, 1], [3, -1, 2, 2.5], [-0.5, -1.25, -2, -4]])
    classes = np.array([1, 0, 3, 2])
    deep = np.stack([x[:3], -x[1:]])
    of_rows = {"labels": integers(4, 2, 3, seed=11), "predictions": deep}
    weighed = {"weights": weights(4), "mask": [True, True, False, True]}
    for loss, text, margins in [
        ("multiclassHinge", "max(0, margin + max over wrong classes - true class)", (1, 0.5, 3)),
        ("multiclassPerceptron", "max(0, max over wrong classes - true class)", (None,)),
    ]:
        for margin in margins:
            options = {"margin": margin} if margin not in (1, None) else {}
            title = f"margin {margin}, " if options else ""
            one(f"{title}none", text, loss, options, labels=classes, predictions=x)
            one(f"{title}mask, weights [4], weightedMean", text, loss, {**weighed, **options},
                "weightedMean", labels=classes, predictions=x)
        for reduction in ("perExample", "mean", "sum"):
            one(f"[2,3,4] weights [2,3], {reduction}", text, loss, {"weights": weights(2, 3)},
                reduction, **of_rows)
        one("[2,4,3] axis=1", text, loss, {"axis": 1},
            labels=of_rows["labels"], predictions=deep.transpose(0, 2, 1))
        one("[2,3,4] axis=[1,2]", text, loss, {"axis": [1, 2]}, labels=np.array([7, 10]),
            predictions=np.arange(24).reshape(2, 3, 4) * 5 % 24 / 4 + 1 / 8)
        one("extreme", text, loss, labels=np.array([0, 1, 2, 0, 0]),
            predictions=rounded([[1e30, -1e30, 0], [1e4, -1e4, 0], [88, -88, 1e-8],
                                 [1e-8, 0, -1], [-1e30, 1e30, 0]]))
        one("single class", text, loss, labels=np.array([0, 0]), predictions=[[3.0], [-2.0]])
    one("score = margin",
        "max(0, margin + max over wrong classes - true class), with the gradient 0 there",
        "multiclassHinge", no_differences=True, labels=np.array([0, 2]),
        predictions=[[2.0, 1.0, 0.0], [0.0, 2.0, 3.0]])
