"""High-precision values (400 digits) of what no library has: options of overlap losses, Sudre's
generalized Dice loss, masks; and of CTC from log-probabilities."""

import numpy as np

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, weights,
)

DICE = "1 - (I + s) / (I + (P - I) / 2 + (T - I) / 2 + s)"
JACCARD = "1 - (I + s) / (P + T - I + s)"
TVERSKY = "(1 - (I + s) / (I + alpha·(P - I) + beta·(T - I) + s))^gamma"
SUDRE = "1 - (Σ w·I + s) / (Σ w·(P + T) / 2 + s)"


def make():
    golden = Goldens("mpmath", None, ["mpmath"], note="400 digits")

    def one(loss, name, call, options={}, reduction="none", **rest):
        golden(f"{loss} {name}", call, loss, {**options, "reduction": reduction}, **rest)

    of_overlap(one)
    of_dice_crossentropy(one)
    of_generalized_dice(one)
    of_matthews(one)
    of_lovasz(one)
    of_log_probabilities(one)
    return golden


def of_overlap(one):
    y, p = integers(3, 2, 2, 2, seed=1), distributions(2, 2, 2, 3, seed=2)
    dense = one_hot(y, 3)
    inputs = {"labels": dense, "predictions": p}
    without_2 = np.where(y == 2, 0, y)
    without_2[0, 0, 0] = 2  # the second image has none
    some = integers(3, 2, 2, 2, seed=3) > 0
    for loss, text in [("dice", DICE), ("jaccard", JACCARD), ("tversky", TVERSKY)]:
        one(loss, "defaults", text, **inputs)
        one(loss, "squared", f"{text}, P = Σ p², T = Σ y²", {"squared": True}, **inputs)
        one(loss, "minimum", f"{text}, I = Σ min(p, y)", {"intersection": "minimum"},
            labels=distributions(2, 2, 2, 3, seed=4) + 1 / 256, predictions=p)
        for absent in ("count", "skip", "zero"):
            one(loss, f"absentClasses {absent}", text, {"absentClasses": absent},
                labels=without_2, predictions=p)
            one(loss, f"absentClasses {absent}, classWeights, logits",
                f"Σ w·loss / Σ w, {text}",
                {"absentClasses": absent, "classWeights": [0.5, 2, 1.25], "fromLogits": True},
                labels=without_2, predictions=logits(2, 2, 2, 3, seed=5))
        one(loss, "mask [2,2,2], weights [2], weightedMean", f"{text}, of the pixels of the mask",
            {"mask": some, "weights": weights(2)}, "weightedMean", **inputs)
    one("dice", "mask [2,2,2,3]", f"{DICE}, of what is in the mask",
        {"mask": integers(3, 2, 2, 2, 3, seed=6) > 0}, **inputs)
    one("dice", "mask [2], mean", f"{DICE}, of the second image", {"mask": [False, True]}, "mean",
        **inputs)
    one("dice", "ignoreIndex, an ignored image, perExample", f"{DICE}, 0 for the ignored image",
        {"ignoreIndex": -1}, "perExample", labels=np.where([[[True]], [[False]]], y, -1),
        predictions=p)
    one("dice", "ignoreIndex, an ignored image, mean", f"{DICE}, of the first image",
        {"ignoreIndex": -1}, "mean", labels=np.where([[[True]], [[False]]], y, -1), predictions=p)
    one("dice", "activation sigmoid", f"{DICE}, p = σ(x)",
        {"fromLogits": True, "activation": "sigmoid"}, labels=binary(2, 2, 2, 3, seed=7),
        predictions=logits(2, 2, 2, 3, seed=8))
    one("dice", "smooth 0, empty and not", DICE, {"smooth": 0}, no_differences=True,
        labels=one_hot(np.zeros((2, 3), int), 2), predictions=[[[1.0, 0.0]] * 3, [[0.0, 1.0]] * 3])
    one("tversky", "alpha, beta, gamma, classWeights", f"Σ w·loss / Σ w, {TVERSKY}",
        {"alpha": 0.25, "beta": 0.75, "gamma": 1.5, "classWeights": [0.5, 2, 1.25]}, **inputs)
    one("tversky", "gamma, logLoss, axis=batch", "(-log score)^gamma",
        {"gamma": 0.75, "logLoss": True, "axis": "batch"}, **inputs)


def of_dice_crossentropy(one):
    y, p, x = integers(3, 2, 2, 2, seed=31), distributions(2, 2, 2, 3, seed=32), logits(2, 2, 2, 3, seed=33)
    loss, text = "diceCrossentropy", f"{DICE}, plus the mean of -Σ y·log p"
    binary_text = f"{DICE}, plus the mean of -y·log p - (1 - y)·log(1 - p)"
    for kind, options, given in [("", {}, p), ("logits ", {"fromLogits": True}, x)]:
        for name, more in [
            ("defaults", {}), ("axis=batch", {"axis": "batch"}), ("classes", {"classes": [0, 2]}),
            ("classWeights", {"classWeights": [0.5, 2, 1.25]}), ("logLoss, squared", {"logLoss": True, "squared": True}),
            ("factors", {"diceWeight": 0.25, "crossentropyWeight": 3}), ("absentClasses", {"absentClasses": "skip"}),
        ]:
            one(loss, kind + name, text, {**options, **more}, labels=y, predictions=given)
        one(loss, f"{kind}dense", text, options, labels=one_hot(y, 3), predictions=given,
            wrt=["predictions"])
        one(loss, f"{kind}sigmoid, classWeights", binary_text,
            {**options, "activation": "sigmoid", "classWeights": [0.5, 2, 1.25]},
            labels=binary(2, 2, 2, 3, seed=34), predictions=given)
        one(loss, f"{kind}ignoreIndex, weights, weightedMean", text,
            {**options, "ignoreIndex": 1, "weights": weights(2), "classWeights": [0.5, 2, 1.25]}, "weightedMean",
            labels=y, predictions=given)
        one(loss, f"{kind}mask, an ignored image", text, {**options, "mask": y > 0, "ignoreIndex": -1}, "mean",
            labels=np.where([[[True]], [[False]]], y, -1), predictions=given)


def of_generalized_dice(one):
    # Every image has every class: the value jumps where the last label of a class vanishes.
    y = np.array([[[0, 1, 1], [2, 1, 0]], [[2, 2, 1], [0, 2, 2]]])
    p = distributions(2, 2, 3, 3, seed=12)
    inputs = {"labels": one_hot(y, 3), "predictions": p}
    without_2 = {"labels": one_hot(np.where(y == 2, 0, y), 3), "predictions": p}
    loss = "generalizedDice"
    for weight, text in [("square", "w = 1 / T²"), ("simple", "w = 1 / T"), ("uniform", "w = 1")]:
        one(loss, weight, f"{SUDRE}, {text}", {"weight": weight}, **inputs)
        one(loss, f"{weight}, axis=batch", f"{SUDRE}, {text}", {"weight": weight, "axis": "batch"},
            **inputs)
        one(loss, f"{weight}, an absent class", f"{SUDRE}, {text}, the largest w for T = 0",
            {"weight": weight}, wrt=["predictions"], **without_2)
    one(loss, "class indices, logits", SUDRE, {"fromLogits": True}, labels=y,
        predictions=logits(2, 2, 3, 3, seed=13))
    one(loss, "sigmoid", SUDRE, {"fromLogits": True, "activation": "sigmoid"},
        labels=binary(2, 2, 3, 2, seed=14), predictions=logits(2, 2, 3, 2, seed=15))
    one(loss, "classes, smooth", SUDRE, {"classes": [0, 2], "smooth": 1}, **inputs)
    one(loss, "ignoreIndex", SUDRE, {"ignoreIndex": -1},
        labels=np.where(integers(3, 2, 2, 3, seed=16) == 0, -1, y), predictions=p)
    one(loss, "mask, weights, weightedMean", SUDRE,
        {"mask": y != [[[1], [0]], [[0], [1]]], "weights": weights(2)}, "weightedMean",
        wrt=["predictions", "weights"], **inputs)
    one(loss, "a mask", SUDRE, labels=np.minimum(y, 1.0)[..., None],
        predictions=between_0_and_1(2, 2, 3, 1, seed=19))
    one(loss, "labels that are not integers", SUDRE, labels=distributions(2, 2, 3, 3, seed=20),
        predictions=p)


def of_matthews(one):
    y, p = binary(3, 4, 1, seed=21), between_0_and_1(3, 4, 1, seed=22)
    loss, text = "matthewsCorrelation", (
        "1 - (tp·tn - fp·fn) / sqrt((tp + fp)·(tp + fn)·(tn + fp)·(tn + fn))")
    one(loss, "axis=example", f"{text}, of each example", {"axis": "example"}, labels=y,
        predictions=p)
    one(loss, "axis=example, weights, weightedMean", f"{text}, of each example",
        {"axis": "example", "weights": weights(3)}, "weightedMean", labels=y, predictions=p)
    one(loss, "mask", f"{text}, of what is in the mask", {"mask": integers(3, 3, 4, seed=23) > 0},
        labels=y, predictions=p)


def of_lovasz(one):
    y = integers(3, 2, 2, 2, seed=31)
    p = distributions(2, 2, 2, 3, seed=32)
    text = "the mean over classes of the Lovász extension of the Jaccard loss at |y - p|"
    some = np.array([[[True, True], [False, True]], [[True, False], [True, True]]])
    one("lovaszSoftmax", "one-hot", text, wrt=["predictions"], no_differences=True,
        labels=one_hot(y, 3), predictions=p)
    one("lovaszSoftmax", "perImage, mask", text, {"perImage": True, "mask": some}, labels=y,
        predictions=p)
    one("lovaszSoftmax", "perImage, weights, weightedMean", text,
        {"perImage": True, "weights": weights(2)}, "weightedMean", labels=y, predictions=p)
    text = "the Lovász extension of the Jaccard loss at max(0, 1 - y·x)"
    x = np.array([1.25, -0.5, 0.25, -2, 0.75, 3, -0.125, -1.5]).reshape(2, 2, 2)
    for reduction in ("none", "perExample"):
        one("lovaszHinge", f"perImage {reduction}", text, {"perImage": True}, reduction,
            labels=integers(2, 2, 2, 2, seed=33), predictions=x)
    one("lovaszHinge", "mask", text, {"mask": some}, labels=integers(2, 2, 2, 2, seed=33),
        predictions=x)


def of_log_probabilities(one):
    text = "-log of the sum over all alignments of the product of their probabilities"
    p = np.array([[[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.25, 0.25, 0.5]],
                  [[0.75, 0.125, 0.125], [0.25, 0.5, 0.25], [1, 0.5, 0.25]]])
    logs = {"labels": np.array([[1, 2], [2, 0]]), "logits": rounded(np.log(p))}
    one("ctc", "log-probabilities", text, {"logProbabilities": True}, **logs)
    one("ctc", "log-probabilities, lengths", text,
        {"logProbabilities": True, "labelLengths": [1, 1], "logitLengths": [3, 2]}, **logs)
    one("ctc", "log-probabilities that do not sum to 1", text, {"logProbabilities": True},
        labels=np.array([[1, 1], [2, 1]]), logits=logits(2, 4, 3, seed=41) / 2)
    one("ctc", "log-probabilities of -Infinity", text, {"logProbabilities": True},
        value_only=True, labels=np.array([[1, 2]]),
        logits=[[[-np.inf, 0.0, -np.inf], [-1.0, -np.inf, -0.5], [-1.0, -2.0, -3.0]]])
