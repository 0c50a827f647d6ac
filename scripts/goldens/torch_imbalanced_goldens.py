"""Losses of rare classes and of missing labels, which PyTorch has no function for, as their authors write them in it."""

import numpy as np

from goldens import integers, logits, weights
from torch_goldens import goldens_of_torch


def make():
    golden, _, _ = goldens_of_torch()
    ldam(golden)
    non_negative_pu(golden)
    return golden


def ldam(golden):
    loss = "ldam"

    def one(name, options={}, reduction="none", end="", **rest):
        o = {"maxMargin": 0.5, "scale": 30, **options}
        classes = len(o.get("counts", COUNTS))
        given = {"counts": COUNTS, "reduction": reduction, **options}
        margins = f"{o['maxMargin']} * (counts.min() / counts)**0.25 * F.one_hot(labels, {classes})"
        call = f"F.cross_entropy({o['scale']} * (predictions - {margins}), labels, reduction={reduction!r}){end}"
        golden(f"{loss} {name}", call, loss, given, **{"wrt": ["predictions"], **rest})

    inputs = {"labels": integers(4, 5, seed=1), "predictions": logits(5, 4, seed=2) / 4}
    for reduction in ("none", "mean", "sum"):
        one(f"defaults {reduction}", {}, reduction, **inputs)
    one("max_m 0.25", {"maxMargin": 0.25}, **inputs)
    one("max_m 0", {"maxMargin": 0}, **inputs)
    one("s 1", {"scale": 1}, **inputs)
    one("s 4, max_m 2", {"scale": 4, "maxMargin": 2}, **inputs)
    one("equal counts", {"counts": [7, 7, 7, 7]}, **inputs)
    one("shares", {"counts": [0.5, 0.25, 0.125, 0.125]}, **inputs)
    one("weights", {"weights": weights(5)}, end=" * weights", wrt=["predictions", "weights"], **inputs)
    one("one class", {"counts": [5]}, labels=np.array([0, 0]), predictions=logits(2, 1, seed=3))
    one("one example", labels=np.array([2]), predictions=logits(1, 4, seed=4))
    golden(f"{loss} [2,3,2] axis=1",
           "F.cross_entropy(4 * (predictions - 0.5 * ((counts.min() / counts)**0.25)"
           ".unsqueeze(-1) * F.one_hot(labels, 3).transpose(1, 2)), labels, reduction='none')",
           loss, {"counts": [16, 1, 256], "scale": 4, "axis": 1, "reduction": "none"}, wrt=["predictions"],
           labels=integers(3, 2, 2, seed=5), predictions=logits(2, 3, 2, seed=6) / 4)
    far = np.array([[88.0, -88, 0, 1], [1e4, 0, -1e4, 1], [-1e4, -1e4, -1e4, -1e4]])
    for name, label in [("right", [0, 0, 1]), ("wrong", [1, 2, 0])]:
        one(f"far logits, {name}", labels=np.array(label), predictions=far)


COUNTS = [1000, 100, 10, 1]

MEAN = "torch.sigmoid({}predictions[labels == {}]).mean()"


def non_negative_pu(golden):
    loss = "nonNegativePu"
    missed, taken, unlabelled = MEAN.format("-", 1), MEAN.format("", 1), MEAN.format("", 0)

    def one(name, prior, call=f"{{0}} * {missed} + F.relu({unlabelled} - {{0}} * {taken})", options={}, **inputs):
        golden(f"{loss} {name}", call.format(prior), loss, {"prior": prior, "reduction": "mean", **options}, **inputs)

    inputs = {"labels": np.array([1, 0, 0, 1, 0, 0]), "predictions": logits(6, seed=11)}
    for prior in (0.25, 0.5, 0, 1):
        one(f"prior {prior}", prior, **inputs)
    for reduction in ("none", "perExample", "sum", "weightedMean"):
        one(f"prior 0.25, {reduction}", 0.25, options={"reduction": reduction}, **inputs)
    one("a negative part below 0", 0.5, labels=inputs["labels"],
        predictions=np.array([3.0, -4, -2, 1, -1, -3]))
    one("mask", 0.25, f"{{0}} * {missed} + F.relu({unlabelled} - {{0}} * {taken})"
        .replace("predictions[labels", "predictions[mask][labels[mask]"),
        {"mask": [True, True, False, True, True, False]}, **inputs)
    one("weight 0.5", 0.25, f"0.5 * ({{0}} * {missed} + F.relu({unlabelled} - {{0}} * {taken}))",
        {"weights": 0.5, "reduction": "sum"}, wrt=["predictions"], **inputs)
    one("no positive", 0.25, unlabelled, labels=np.array([0, 0, 0]), predictions=logits(3, seed=12))
    one("only positives", 0.25, f"{{}} * {missed}", labels=np.array([1, 1]), predictions=logits(2, seed=13))
    one("one example", 0.5, unlabelled, labels=np.array([0]), predictions=logits(1, seed=14))
    one("equal scores", 0.25, labels=np.array([1, 0, 0]), predictions=np.array([0.5, 0.5, 0.5]))
    for far in (88.0, 1e4):
        one(f"scores of ±{far:g}", 0.25, labels=np.array([1, 0, 1, 0]), predictions=np.array([far, far, -far, -far]))
