"""High-precision values (400 digits) of losses of all pairs of a batch, with weights, masks and
options that no library has."""

import numpy as np

from embeddings import EMBEDDINGS, LABELS
from goldens import goldens_of_mpmath, logits, rounded, weights

REDUCTIONS = ("none", "perExample", "mean", "sum", "weightedMean", "meanOverNonzeroWeights",
              "meanOverNonzeroLosses")
MIXED = dict(labels=np.array([0, 1, 0, 1, 2, 0, 3]), embeddings=logits(7, 3, seed=41) / 4)
MASK = [True, True, True, True, False, True, True]
EDGES = {
    "one example": dict(labels=np.array([3]), embeddings=[[0.5, 1.0]]),
    "one label": dict(labels=np.zeros(3, int), embeddings=logits(3, 2, seed=42) / 4),
    "every label different": dict(labels=np.arange(3), embeddings=logits(3, 2, seed=43) / 4),
    "long vectors": dict(labels=np.array([0, 0, 1, 1]), embeddings=rounded(
        [[1e4, 88.0], [9e3, -88.0], [-88.0, 1e4], [88.0, 2e3]])),
}
# Cosines of zero vectors have no slope that differences would confirm.
ZEROS = dict(labels=np.array([0, 0, 1, 1]), embeddings=[[0.0, 0.0], [1.0, 2.0], [0.5, 0.0], [2.0, 1.0]])
FORMULAS = {
    "contrastive": ("max(0, d - m) of positive pairs, max(0, n - d) of negative ones", {}),
    "supervisedContrastive": ("mean over p of ln Σ e^s_j - s_p", {"temperature": 0.75}),
    "multiSimilarity": ("ln(1 + Σ e^(-α(s - λ)))/α + ln(1 + Σ e^(β(s - λ)))/β",
                        {"alpha": 1.5, "beta": 3, "base": 0.25}),
    "nPairs": ("ln Σ e^s_q - s_p", {}),
    "triplet": ("max(0, d_ap - d_an + m)", {"margin": 0.75}),
}


def make():
    golden, one = goldens_of_mpmath("400 digits")
    for loss, (text, options) in FORMULAS.items():
        for reduction in REDUCTIONS:
            one(f"weights, mask, {reduction}", text, loss,
                {**options, "weights": weights(7), "mask": MASK}, reduction, **MIXED)
        one("nothing counts", text, loss, {**options, "mask": [False] * 7}, "perExample",
            **MIXED)
        for distance in ("cosine", "dot", "euclidean", "squaredEuclidean", "snr"):
            one(distance, text, loss, {**options, "distance": distance}, **MIXED)
            one(f"{distance}, normalize", text, loss,
                {**options, "distance": distance, "normalize": True}, **MIXED)
        for name, data in EDGES.items():
            one(name, text, loss, {**options, "distance": "euclidean"}, "perExample", **data)
        one("a zero vector, the value", text, loss, {**options, "distance": "cosine"},
            value_only=True, **ZEROS)
    triplets(one)
    return golden


def triplets(one):
    text = FORMULAS["triplet"][0]
    for mining in ("all", "hard", "semihard", "batchHard", "batchSemihard"):
        for swap in (False, True):
            for reduction in ("none", "perExample", "meanOverNonzeroLosses"):
                one(f"{mining}, swap={swap}, weights, mask, {reduction}", text, "triplet",
                    {"mining": mining, "swap": swap, "margin": 0.75, "mask": MASK,
                     "weights": weights(7)}, reduction, **MIXED)
        one(f"{mining}, soft, by clusters", text, "triplet",
            {"mining": mining, "soft": True, "margin": 0.25}, "mean", labels=LABELS,
            embeddings=EMBEDDINGS)
    one("weights of pairs", text, "triplet", {"margin": 0.75, "weights": weights(7, 7)}, "mean",
        **MIXED)
    one("weights of triplets", text, "triplet", {"margin": 0.75, "weights": weights(7, 7, 7)},
        "weightedMean", **MIXED)
