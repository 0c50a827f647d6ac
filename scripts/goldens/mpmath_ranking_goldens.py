"""High-precision values (400 digits) of losses of ranked lists and of classes in an order:
padding, masks, weights and reductions that no library has, or has otherwise."""

import numpy as np

from goldens import goldens_of_mpmath, integers, logits, rounded, weights

TEXTS = {
    "pairwiseLogistic": "Σ_j log(1 + e^-((s_i - s_j) / temperature)) over less relevant items j",
    "pairwiseHinge": "Σ_j max(0, margin - (s_i - s_j) / temperature) over less relevant items j",
    "pairwiseSoftZeroOne": "Σ_j 1 - σ((s_i - s_j) / temperature) over less relevant items j",
    "pairwiseMeanSquaredError": "Σ_j ((s_i - s_j) - (y_i - y_j))² over the other items j",
    "listMle": "Σ_i log Σ e^s_j - s_i, over the items j from i on by their labels",
    "uniqueSoftmax": "Σ_i (2^y_i - 1) * (log(e^s_i + Σ_j e^s_j) - s_i) over less relevant items j",
    "approxMrr": "-Σ y_i / rank_i / Σ y_i, rank_i = 1/2 + Σ_j σ((s_j - s_i) / T)",
    "approxNdcg": "-Σ (2^y_i - 1) / log(1 + rank_i) / the best, rank_i = 1/2 + Σ_j σ((s_j - s_i) / T)",
}
SCORES = logits(4, 5, seed=1) / 4 + np.arange(5) / 64
# No two of a list are equal: there values jump with the labels.
RELEVANCES = integers(4, 4, 5, seed=2) + np.arange(1, 6) / 64
PADDED = RELEVANCES.copy()
PADDED[0, 3:], PADDED[2, 1] = -1, -1
MASK = np.array([[True] * 5, [True, False, True, True, True], [False] * 3 + [True] * 2, [True] * 5])


def make():
    golden, one = goldens_of_mpmath("400 digits")
    for loss, text in TEXTS.items():
        of_items, has_temperature = loss.startswith("pairwise"), loss != "pairwiseMeanSquaredError"
        for reduction in ("mean", "perExample", "weightedMean", "meanOverNonzeroLosses"):
            one(f"padding, mask, weights [4], {reduction}", text, loss,
                {"mask": MASK, "weights": weights(4)}, reduction, labels=PADDED, predictions=SCORES)
            if of_items:
                one(f"padding, weights [4,5], {reduction}", text, loss,
                    {"weights": weights(4, 5)}, reduction, labels=PADDED, predictions=SCORES)
        one("weightedMean", text, loss, reduction="weightedMean", labels=RELEVANCES,
            predictions=SCORES)
        if has_temperature:
            one("temperature, mask [4]", text, loss,
                {"temperature": 0.625, "mask": np.arange(4) != 2}, "mean", labels=PADDED,
                predictions=SCORES)
        one("one item, and padding", text, loss, wrt=["predictions"],
            labels=[[2.0, -1], [-1, 0.25]], predictions=[[1.0, 5], [0.5, -3]])
        one("[2,2,5]", text, loss, {"mask": MASK.reshape(2, 2, 5)}, "perExample",
            labels=PADDED.reshape(2, 2, 5), predictions=SCORES.reshape(2, 2, 5))
        for name, changes in [("all padding", dict(labels=np.full((4, 5), -1.0))),
                              ("no relevance", dict(labels=np.zeros((4, 5))))]:
            one(name, text, loss, reduction="mean", no_differences=True,
                **{"labels": RELEVANCES, "predictions": SCORES, **changes})
        one("all masked", text, loss, {"mask": np.zeros((4, 5), bool)}, "mean",
            labels=RELEVANCES, predictions=SCORES)
        # 2^200 itself is no float32.
        if loss != "uniqueSoftmax":
            one("very relevant", text, loss, {"temperature": 1} if has_temperature else {},
                wrt=["predictions"], labels=[[200.0, 0, 199, 2**-20, 0]], predictions=SCORES[:1])
    one("margin=0.5, temperature=2", TEXTS["pairwiseHinge"], "pairwiseHinge",
        {"margin": 0.5, "temperature": 2}, labels=PADDED, predictions=SCORES)
    one("margin=0", TEXTS["pairwiseHinge"], "pairwiseHinge", {"margin": 0}, "weightedMean",
        labels=PADDED, predictions=SCORES)
    one("far apart", TEXTS["uniqueSoftmax"], "uniqueSoftmax", labels=[[2.0, 0, 1]] * 3, wrt=["predictions"],
        predictions=rounded([[1e4, -1e4, 0], [-88, 88, 0], [1e-8, -1e-8, 0]]))
    lambda_weights(one)
    corn(one)
    return golden


def lambda_weights(one):
    """Of lists with padding, whose items alone are counted, and of ties."""
    metrics = [{"lambdaWeight": "labelDifference"}, {"lambdaWeight": "labelDifference", "topN": 1},
               {"lambdaWeight": "dcg", "smoothFraction": 0.5}, {"lambdaWeight": "ndcg", "topN": 2},
               {"lambdaWeight": "precision", "topN": 2}]
    # Weights are held constant, so that gradients are not the slopes of values.
    rest = {"no_differences": True, "predictions": SCORES}
    for loss in [loss for loss in TEXTS if loss.startswith("pairwise")]:
        text = f"{TEXTS[loss]}, each times what the pair counts"
        for metric in metrics:
            title = ", ".join(str(value) for value in metric.values())
            one(f"{title}, padding, mask, weights [4]", text, loss,
                {**metric, "mask": MASK, "weights": weights(4)}, "weightedMean", labels=PADDED, **rest)
        ndcg = {"lambdaWeight": "ndcg", "smoothFraction": 0.25}
        one("ndcg, equal scores", text, loss, ndcg, labels=RELEVANCES, no_differences=True,
            predictions=np.full((4, 5), 0.5))
        for name, changes in [("one item, and padding", dict(labels=[[2.0, -1]], predictions=[[1.0, 5]])),
                              ("all padding", dict(labels=np.full((4, 5), -1.0))),
                              ("no relevance", dict(labels=np.zeros((4, 5))))]:
            one(f"ndcg, {name}", text, loss, ndcg, "weightedMean",
                **{"labels": RELEVANCES, **rest, **changes})
        one("ndcg, very relevant", text, loss, ndcg, wrt=["predictions"], no_differences=True,
            labels=[[200.0, 0, 199, 2**-20, 0]], predictions=SCORES[:1])


def corn(one):
    data = dict(labels=np.array([[0, 4, 2], [3, 1, 2]]), predictions=logits(2, 3, 4, seed=21))
    mask = np.array([[True, False, True], [True, True, False]])
    for reduction in ("perExample", "mean", "weightedMean", "meanOverNonzeroLosses"):
        one(f"mask, weights [2], {reduction}", "Σ_{k<=y} log(1 + e^∓x_k), - for k < y", "corn",
            {"mask": mask, "weights": weights(2)}, reduction, **data)
    one("all masked", "Σ_{k<=y} log(1 + e^∓x_k), - for k < y", "corn",
        {"mask": np.zeros((2, 3), bool)}, "weightedMean", **data)
