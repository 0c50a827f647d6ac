"""High-precision values (400 digits) of losses of ranked lists: padding, masks, weights and
reductions that no library has, or has otherwise."""

import numpy as np

from goldens import goldens_of_mpmath, integers, logits, weights

TEXTS = {
    "pairwiseLogistic": "Σ_j log(1 + e^-((s_i - s_j) / temperature)) over less relevant items j",
    "pairwiseHinge": "Σ_j max(0, margin - (s_i - s_j) / temperature) over less relevant items j",
    "listMle": "Σ_i log Σ e^s_j - s_i, over the items j from i on by their labels",
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
        of_items = loss.startswith("pairwise")
        for reduction in ("mean", "perExample", "weightedMean", "meanOverNonzeroLosses"):
            one(f"padding, mask, weights [4], {reduction}", text, loss,
                {"mask": MASK, "weights": weights(4)}, reduction, labels=PADDED, predictions=SCORES)
            if of_items:
                one(f"padding, weights [4,5], {reduction}", text, loss,
                    {"weights": weights(4, 5)}, reduction, labels=PADDED, predictions=SCORES)
        one("weightedMean", text, loss, reduction="weightedMean", labels=RELEVANCES,
            predictions=SCORES)
        one("temperature, mask [4]", text, loss,
            {"temperature": 0.625, "mask": np.arange(4) != 2}, "mean", labels=PADDED,
            predictions=SCORES)
        one("[2,2,5]", text, loss, {"mask": MASK.reshape(2, 2, 5)}, "perExample",
            labels=PADDED.reshape(2, 2, 5), predictions=SCORES.reshape(2, 2, 5))
        for name, changes in [("all padding", dict(labels=np.full((4, 5), -1.0))),
                              ("no relevance", dict(labels=np.zeros((4, 5))))]:
            one(name, text, loss, reduction="mean", no_differences=True,
                **{"labels": RELEVANCES, "predictions": SCORES, **changes})
        one("all masked", text, loss, {"mask": np.zeros((4, 5), bool)}, "mean",
            labels=RELEVANCES, predictions=SCORES)
        one("very relevant", text, loss, {"temperature": 1}, wrt=["predictions"],
            labels=[[200.0, 0, 199, 2**-20, 0]], predictions=SCORES[:1])
    one("margin=0.5, temperature=2", TEXTS["pairwiseHinge"], "pairwiseHinge",
        {"margin": 0.5, "temperature": 2}, labels=PADDED, predictions=SCORES)
    one("margin=0", TEXTS["pairwiseHinge"], "pairwiseHinge", {"margin": 0}, "weightedMean",
        labels=PADDED, predictions=SCORES)
    return golden
