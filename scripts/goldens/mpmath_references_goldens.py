"""High-precision values (400 digits) of losses of pairs with references: weights, masks, swaps and edge
cases that no library has."""

import numpy as np

from goldens import goldens_of_mpmath, logits, weights

EXAMPLES = dict(labels=np.array([0, 1, 0, 5]), embeddings=logits(4, 2, seed=61) / 4)
REFERENCES = dict(references=(logits(5, 2, seed=62) / 4).tolist(), referenceLabels=[0, 1, 0, 3, 1])
ONE = dict(references=[[0.5, 1.0]], referenceLabels=[3])
MASK = [True, True, False, True]
FORMULAS = {
    "contrastive": ("max(0, d - m) of positive pairs, max(0, n - d) of negative ones", {}),
    "supervisedContrastive": ("mean over p of ln Σ e^s_j - s_p", {"temperature": 0.75}),
    "multiSimilarity": ("ln(1 + Σ e^(-α(s - λ)))/α + ln(1 + Σ e^(β(s - λ)))/β",
                        {"alpha": 1.5, "beta": 3, "base": 0.25}),
    "triplet": ("max(0, d_ap - d_an + m)", {"margin": 0.75}),
}


def make():
    golden, one = goldens_of_mpmath("400 digits")
    for loss, (formula, options) in FORMULAS.items():
        text = f"{formula}; p, n and j among the references"
        for reduction in ("none", "perExample", "weightedMean"):
            one(f"weights, mask, {reduction}", text, loss,
                {**options, **REFERENCES, "weights": weights(4), "mask": MASK}, reduction,
                **EXAMPLES)
        one("normalize, snr", text, loss,
            {**options, **REFERENCES, "distance": "snr", "normalize": True}, **EXAMPLES)
        one("no reference of their labels", text, loss, {**options, **REFERENCES}, "perExample",
            labels=np.array([6, 7]), embeddings=logits(2, 2, seed=63) / 4)
        one("nothing counts", text, loss, {**options, **REFERENCES, "mask": [False] * 4},
            "perExample", **EXAMPLES)
        one("one reference that is the example", text, loss,
            {**options, **ONE, "distance": "squaredEuclidean"}, "perExample",
            labels=np.array([3]), embeddings=[[0.5, 1.0]])
    for mining in ("all", "hard", "semihard", "batchHard", "batchSemihard"):
        one(f"{mining}, swap", f"{FORMULAS['triplet'][0]}; p and n among the references", "triplet",
            {"mining": mining, "swap": True, "margin": 0.75, **REFERENCES}, **EXAMPLES)
    return golden
