"""pytorch-metric-learning on the CPU, in float64: losses that compare an example with several
others, or a class with several centres."""

import math

import numpy as np

from embeddings import LABELS
from goldens import integers, logits
from pml_pairs_goldens import DATA, EDGES, REDUCERS, SMALL, goldens_of_pml
from pml_views_goldens import cosines

MISSING = "pytorch-metric-learning takes 0 for the part that is missing"
OFTEN = "pytorch-metric-learning counts a pair once for each triplet that it is in"
AS_THEY_ARE = "pytorch-metric-learning takes the negatives as they are"
AT_THE_END = "PyTorch's derivative of acos is infinite at 1"
DISTANCES = ("cosine", "dot", "euclidean", "squaredEuclidean", "snr")


def make():
    golden, case = goldens_of_pml()
    nca(case)
    margin_loss(case, golden)
    lifted_structure(case)
    generalized_lifted_structure(case)
    angular(golden)
    tuplet_margin(golden)
    soft_triple(golden)
    return golden


def nca(case):
    def one(name, distance="squaredEuclidean", options={}, arguments="", reduction="mean", **rest):
        case(name, "NCALoss", "nca", options, reduction, distance, arguments, **rest)

    for reduction in REDUCERS:
        one(f"by default {reduction}", reduction=reduction)
        one(f"softmax_scale=0.5 {reduction}", options={"scale": 0.5},
            arguments="softmax_scale=0.5", reduction=reduction)
    one("softmax_scale=16", options={"scale": 16}, arguments="softmax_scale=16")
    for distance in DISTANCES:
        one(distance, distance, data=SMALL)
    one("normalize", options={"normalize": True}, normalized=True)
    for name, data in EDGES.items():
        # Of shares of 0 it has no mean.
        if name not in ("every label different", "long vectors"):
            one(name, data=data)


def margin_loss(case, golden):
    def one(name, distance="euclidean", options={}, arguments="", **rest):
        which = "distances." + {
            "euclidean": "LpDistance(normalize_embeddings=False)",
            "squaredEuclidean": "LpDistance(normalize_embeddings=False, power=2)",
            "cosine": "CosineSimilarity()",
        }[distance]
        call = f"losses.MarginLoss({arguments}{', ' * bool(arguments)}distance={which})"
        golden(f"marginLoss {name}", f"{call}(embeddings, labels)", "marginLoss",
               {"distance": distance, "reduction": "meanOverNonzeroLosses", **options},
               wrt=["embeddings"], **rest)

    # Each pair is in one triplet. The third example has no positive and is no anchor there.
    triple = dict(labels=np.array([0, 0, 1]), embeddings=logits(3, 4, seed=51) / 8)
    anchors = {"weights": [1, 1, 0]}
    # Its β is float32.
    one("by default", options=anchors, tolerance=1e-7, **triple)
    one("margin, beta", options={**anchors, "margin": 0.5, "beta": 0.75},
        arguments="margin=0.5, beta=0.75", **triple)
    one("squaredEuclidean", "squaredEuclidean", options={**anchors, "beta": 1.25},
        arguments="beta=1.25", **triple)
    one("cosine", "cosine", options={**anchors, "beta": 0.5}, arguments="beta=0.5", **triple)
    one("of many triplets", departs=OFTEN, **DATA)
    one("one label", labels=np.zeros(4, int), embeddings=logits(4, 3, seed=52) / 64)

    # The sum over triplets has each pair as often as it is in one.
    same = LABELS[:, None] == LABELS[None, :]
    others = np.sum(~same, axis=1, keepdims=True)
    own = np.sum(same, axis=1, keepdims=True) - 1
    golden("marginLoss summed over triplets",
           "losses.MarginLoss(beta=1.25, distance=distances.LpDistance(normalize_embeddings=False), "
           "reducer=reducers.SumReducer())(embeddings, labels)", "marginLoss",
           {"beta": 1.25, "weights": np.where(same, others, own).astype(float), "reduction": "sum"},
           wrt=["embeddings"], **DATA)


def lifted_structure(case):
    def one(name, distance="euclidean", options={}, arguments="", reduction="mean", **rest):
        case(name, "LiftedStructureLoss", "liftedStructure", options, reduction, distance,
             arguments, **rest)

    lifted(one)
    for name, data in EDGES.items():
        one(name, data=data)


def lifted(one):
    """Calls that both losses have."""
    for reduction in REDUCERS:
        one(f"by default {reduction}", reduction=reduction)
        one(f"margins {reduction}", options={"positiveMargin": 0.25, "negativeMargin": -0.5},
            arguments="pos_margin=0.25, neg_margin=-0.5", reduction=reduction)
    for distance in DISTANCES:
        one(distance, distance)
    one("cosine, margins", "cosine", {"positiveMargin": 0.75, "negativeMargin": 0.125},
        "pos_margin=0.75, neg_margin=0.125")
    one("normalize", options={"normalize": True}, normalized=True)


def generalized_lifted_structure(case):
    def one(name, distance="euclidean", options={}, arguments="", reduction="mean", **rest):
        case(name, "GeneralizedLiftedStructureLoss", "generalizedLiftedStructure", options,
             reduction, distance, arguments, **rest)

    lifted(one)
    one("a label of one example", data=SMALL, departs=MISSING)
    for name, data in EDGES.items():
        departs = MISSING if name in ("one label", "every label different") else None
        one(name, data=data, departs=departs)


def angular(golden):
    def one(name, options={}, arguments="", embeddings="F.normalize(embeddings)",
            reduction="mean", data=DATA, **rest):
        call = (f"losses.AngularLoss({arguments}{', ' * bool(arguments)}"
                f"reducer={REDUCERS[reduction]})({embeddings}, labels)")
        golden(f"angular {name}", call, "angular", {**options, "reduction": reduction},
               **data, **rest)

    for reduction in REDUCERS:
        one(f"by default {reduction}", reduction=reduction)
    for alpha in (0, 20, 60, 80):
        one(f"alpha={alpha}", {"alpha": alpha}, f"alpha={alpha}")
    one("a label of one example", data=SMALL)
    one("negatives as they are", embeddings="embeddings", departs=AS_THEY_ARE)
    for name, data in EDGES.items():
        one(name, data=data)


def tuplet_margin(golden):
    def one(name, options={}, reduction="mean", data=DATA, **rest):
        margin, scale = options.get("margin", 0.1), options.get("scale", 64)
        call = (f"losses.TupletMarginLoss(margin={math.degrees(margin)}, scale={scale}, "
                f"reducer={REDUCERS[reduction]})(embeddings, labels)")
        golden(f"tupletMargin {name}", call, "tupletMargin", {**options, "reduction": reduction},
               **data, **rest)

    for reduction in REDUCERS:
        one(f"by default {reduction}", reduction=reduction)
    for margin, scale in [(0.25, 4), (0, 1), (1.5, 16), (3, 2)]:
        one(f"margin={margin}, scale={scale}", {"margin": margin, "scale": scale})
    one("a label of one example", data=SMALL)
    for name, data in EDGES.items():
        one(name, data=data, departs=AT_THE_END if name == "equal vectors" else None)


def soft_triple(golden):
    """Its table of centres is the identity, and embeddings are the similarities."""

    def one(name, options={}, arguments="", reduction="mean", labels=integers(3, 6, seed=61),
            similarities=cosines(6, 3, 2, seed=62), **rest):
        _, classes, centers = np.shape(similarities)
        call = (f"losses.SoftTripleLoss(num_classes={classes}, embedding_size={classes * centers}, "
                f"centers_per_class={centers}, {arguments}{', ' * bool(arguments)}"
                "weight_init_func=torch.nn.init.eye_, "
                "distance=distances.DotProductSimilarity(normalize_embeddings=False), "
                f"reducer={REDUCERS[reduction]})(similarities.flatten(1), labels)")
        golden(f"softTriple {name}", call, "softTriple", {**options, "reduction": reduction},
               labels=labels, similarities=similarities, **rest)

    for reduction in REDUCERS:
        one(f"by default {reduction}", reduction=reduction)
    one("la=4", {"scale": 4}, "la=4")
    for gamma in (0.5, 0.03125):
        one(f"gamma={gamma}", {"scale": 4, "gamma": gamma}, f"la=4, gamma={gamma}")
    one("margin=0.25", {"scale": 4, "margin": 0.25}, "la=4, margin=0.25")
    one("one example", labels=np.array([1]), similarities=cosines(1, 3, 2, seed=63))
    one("one class", labels=np.array([0, 0]), similarities=cosines(2, 1, 3, seed=64))
    one("one center", labels=np.array([0, 2]), similarities=cosines(2, 3, 1, seed=65))
    one("equal similarities", labels=np.array([0, 2]), similarities=np.full((2, 3, 2), 0.25))
    one("similarities of 0", labels=np.array([0, 2]), similarities=np.zeros((2, 3, 2)))
    one("similarities of −1 and 1", {"scale": 4}, "la=4", labels=np.array([0, 1]),
        similarities=[[[1.0, -1.0], [0.5, 1.0]], [[-1.0, -1.0], [-1.0, 1.0]]])
