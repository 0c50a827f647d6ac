"""High-precision values (400 digits) of losses that compare an example with several others, or a
class with several centres, with weights, masks and options that no library has."""

import numpy as np

from goldens import goldens_of_mpmath, integers, logits, rounded, weights
from mpmath_pairs_goldens import EDGES, MASK, MIXED, REDUCTIONS, ZEROS
from pml_views_goldens import cosines

DISTANCES = ("cosine", "dot", "euclidean", "squaredEuclidean", "snr")
# The formula, and options off their default. The first four have a choice of distances.
FORMULAS = {
    "nca": ("ln Σ e^(-s d_j) - ln Σ e^(-s d_p)", {"scale": 0.5}),
    "marginLoss": ("max(0, m + d - β), max(0, m + β - d)", {"margin": 0.5, "beta": 0.75}),
    "liftedStructure": ("max(0, ln(Σ e^(m - d_ik) + Σ e^(m - d_jk)) + d_ij - n)²/2",
                        {"positiveMargin": 0.25, "negativeMargin": 0.5}),
    "generalizedLiftedStructure": ("max(0, ln Σ e^(d_p - m) + ln Σ e^(n - d_k))",
                                   {"positiveMargin": 0.25, "negativeMargin": 0.5}),
    "angular": ("ln(1 + Σ e^(4t(s_in + s_jn) - 2(1 + t)s_ij))", {"alpha": 30}),
    "tupletMargin": ("ln(1 + Σ e^(s(cos θ_in - cos(θ_ij - m))))", {"margin": 0.25, "scale": 4}),
}


def make():
    golden, one = goldens_of_mpmath("400 digits")
    for loss, (text, options) in FORMULAS.items():
        for reduction in REDUCTIONS:
            one(f"weights, mask, {reduction}", text, loss,
                {**options, "weights": weights(7), "mask": MASK}, reduction, **MIXED)
        one("nothing counts", text, loss, {**options, "mask": [False] * 7}, "perExample", **MIXED)
        for name, data in EDGES.items():
            one(name, text, loss, options, "perExample", **data)
        if loss in ("angular", "tupletMargin"):
            one("zero vectors, the value", text, loss, options, value_only=True, **ZEROS)
            continue
        for distance in DISTANCES:
            one(distance, text, loss, {**options, "distance": distance}, **MIXED)
            one(f"{distance}, normalize", text, loss,
                {**options, "distance": distance, "normalize": True}, **MIXED)
        one("a zero vector, the value", text, loss, {**options, "distance": "cosine"},
            value_only=True, **ZEROS)
    for loss in ("marginLoss", "liftedStructure", "angular", "tupletMargin"):
        text, options = FORMULAS[loss]
        one("weights of pairs", text, loss, {**options, "weights": weights(7, 7)}, "mean", **MIXED)
    boundaries(one)
    near_and_opposite(one)
    soft_triple(one)
    center(one)
    return golden


def boundaries(one):
    text = FORMULAS["marginLoss"][0]
    each = {"beta": [0.5, 1, 0.75, 1.25, 0.5, 1.5, 1], "margin": 0.5}
    for distance in ("euclidean", "cosine"):
        one(f"a boundary for each example, {distance}", text, "marginLoss",
            {**each, "distance": distance}, **MIXED)
    one("a boundary with a gradient", text, "marginLoss", {"beta": [0.75]}, "mean", **MIXED)


def near_and_opposite(one):
    """Vectors whose cosines have no digits of the angle."""
    near = 1 / 64
    vectors = [[1, 2, 0.5], [1, 2 + near, 0.5], [-1, -2, -0.5 - near], [2, 1, 1], [2 + near, 1, 1]]
    for labels in ([0, 0, 0, 1, 1], [0, 1, 0, 1, 0]):
        one(f"near and opposite vectors of labels {labels}", FORMULAS["tupletMargin"][0],
            "tupletMargin", {"scale": 4}, labels=np.array(labels), embeddings=vectors)


def soft_triple(one):
    text = "cross-entropy of λ(Σ_k p_ck s_ck, less δ at the label), p softmax(s/γ)"
    data = dict(labels=integers(3, 5, seed=71), similarities=cosines(5, 3, 2, seed=72))
    options = {"scale": 4, "gamma": 0.25, "margin": 0.125}
    for reduction in REDUCTIONS:
        one(f"weights, mask, {reduction}", text, "softTriple",
            {**options, "weights": weights(5), "mask": [True, False, True, True, True]},
            reduction, **data)
    one("nothing counts", text, "softTriple", {"mask": [False] * 5}, "perExample", **data)
    one("scale=1e4", text, "softTriple", {"scale": 1e4}, **data)
    one("gamma=1e-4", text, "softTriple", {"gamma": 1e-4}, **data)


def center(one):
    text = "‖x - c_y‖²/2"
    data = dict(labels=integers(3, 5, seed=81), embeddings=logits(5, 2, seed=82),
                centers=logits(3, 2, seed=83))
    for reduction in REDUCTIONS:
        one(reduction, text, "center", {}, reduction, **data)
        one(f"weights, mask, {reduction}", text, "center",
            {"weights": weights(5), "mask": [True, False, True, True, True]}, reduction, **data)
    one("nothing counts", text, "center", {"mask": [False] * 5}, "perExample", **data)
    one("one example, one class", text, "center", labels=np.array([0]),
        embeddings=[[1e4, 88.0]], centers=[[-88.0, 0.0]])
    one("every label different", text, "center", labels=np.array([2, 0, 1]),
        embeddings=logits(3, 2, seed=84), centers=data["centers"])
    one("at the center", text, "center", labels=np.array([0, 0]),
        embeddings=[[0.5, 1.0], [0.0, 0.0]], centers=[[0.5, 1.0]])
    far = rounded([[1e4, 1e4 + 1 / 16], [1e-8, 88.0]])
    one("near and far", text, "center", labels=np.array([0, 1]), embeddings=far,
        centers=rounded([[1e4, 1e4], [0, -88.0]]))
