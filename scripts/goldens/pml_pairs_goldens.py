"""pytorch-metric-learning on the CPU, in float64: losses of all pairs of a batch."""

import numpy as np
from pytorch_metric_learning import distances, losses, miners, reducers

from goldens import Goldens, logits, rounded, torch_engine
from embeddings import EMBEDDINGS, LABELS

ONE_LABEL = "pytorch-metric-learning is 0 without negatives"
SWAPPED = ("pytorch-metric-learning takes for the distance of a positive reference from a negative one that of the example "
           "in the place of the positive")

DISTANCES = {
    "cosine": "distances.CosineSimilarity()",
    "dot": "distances.DotProductSimilarity(normalize_embeddings=False)",
    "euclidean": "distances.LpDistance(normalize_embeddings=False)",
    "squaredEuclidean": "distances.LpDistance(normalize_embeddings=False, power=2)",
    "snr": "distances.SNRDistance(normalize_embeddings=False)",
}
REDUCERS = {"mean": "reducers.MeanReducer()",
            "meanOverNonzeroLosses": "reducers.AvgNonZeroReducer()"}
# Some labels have no reference, and one reference has a label that no example has.
REFERENCES = dict(references=(logits(6, 4, seed=35) / 4).tolist(), referenceLabels=[0, 1, 0, 3, 1, 0])
DATA = dict(labels=LABELS, embeddings=EMBEDDINGS)
SMALL = dict(labels=np.array([0, 1, 0, 1, 2]), embeddings=logits(5, 3, seed=31) / 4)
EDGES = {
    "one label": dict(labels=np.zeros(4, int), embeddings=logits(4, 3, seed=32) / 4),
    "every label different": dict(labels=np.arange(4), embeddings=logits(4, 3, seed=33) / 4),
    "equal vectors": dict(labels=np.array([0, 0, 1, 1]),
                          embeddings=[[0.5, 1.0], [0.5, 1.0], [1.0, 0.5], [0.5, 1.0]]),
    "long vectors": dict(labels=np.array([0, 0, 1, 1]),
                         embeddings=rounded([[1e4, 88.0], [88.0, -1e4], [-88.0, 1e4], [1.0, 2.0]])),
}


def goldens_of_pml():
    """Their goldens, and how most of the cases are recorded."""
    golden = Goldens("pytorch-metric-learning", torch_engine({
        "distances": distances, "losses": losses, "miners": miners, "reducers": reducers}),
        ["pytorch-metric-learning", "torch"], note="CPU, float64")

    def case(name, cls, loss, options, reduction="mean", distance="", arguments="", normalized="",
             miner="", data=DATA, **rest):
        """One call of a loss of theirs, with one of its miners perhaps."""
        which = DISTANCES[distance]
        if normalized:
            which = which.replace("normalize_embeddings=False", "")
        others = ", ref_emb=references, ref_labels=reference_labels" if "references" in options else ""
        mined = f", {miner.format(which)}(embeddings, labels{others})" if miner else ""
        call = (f"losses.{cls}({arguments}{', ' if arguments else ''}distance={which}, "
                f"reducer={REDUCERS[reduction]})(embeddings, labels{mined}{others})")
        golden(f"{loss} {name}", call.replace("(, ", "("), loss,
               {**options, "distance": distance, "reduction": reduction}, **data, **rest)

    return golden, case


def make():
    golden, case = goldens_of_pml()
    contrastive(case)
    supervised(case)
    multi_similarity(case)
    n_pairs(case)
    triplet(case)
    return golden


def contrastive(case):
    """Of one kind of pairs at a time; the other is out of reach of its margin."""
    def both(name, options, distance, **rest):
        m, far = options.get("positiveMargin", 0), options.get("negativeMargin", 1)
        out = 1e9 if distance in ("cosine", "dot") else -1e9
        case(f"{name}, positive", "ContrastiveLoss", "contrastive", {**options, "pairs": "positive"},
             distance=distance, arguments=f"pos_margin={float(m)}, neg_margin={out}", **rest)
        case(f"{name}, negative", "ContrastiveLoss", "contrastive", {**options, "pairs": "negative"},
             distance=distance, arguments=f"pos_margin={-out}, neg_margin={float(far)}", **rest)

    for reduction in REDUCERS:
        both(f"euclidean {reduction}", {}, "euclidean", reduction=reduction)
        both(f"euclidean, margins {reduction}", {"positiveMargin": 0.25, "negativeMargin": 0.75},
             "euclidean", reduction=reduction)
    both("squaredEuclidean", {}, "squaredEuclidean")
    both("euclidean, normalize", {"normalize": True}, "euclidean", normalized=True)
    both("snr", {}, "snr", data=SMALL)
    for distance in DISTANCES:
        both(f"references, {distance}", {"positiveMargin": 0.25, "negativeMargin": 0.5, **REFERENCES},
             distance)
    both("references, normalize", {"normalize": True, **REFERENCES}, "euclidean", normalized=True)
    for distance in ("cosine", "dot"):
        both(distance, {"positiveMargin": 0.75, "negativeMargin": 0.125}, distance)
    for name, data in EDGES.items():
        both(name, {"negativeMargin": 2}, "euclidean", data=data)


def supervised(case):
    def one(name, distance="cosine", options={}, arguments="", **rest):
        case(name, "SupConLoss", "supervisedContrastive", options, "meanOverNonzeroLosses",
             distance, arguments, **rest)

    one("by default")
    one("temperature=1", options={"temperature": 1}, arguments="temperature=1.0")
    one("dot", "dot", data=SMALL)
    one("dot, normalize", "dot", {"normalize": True}, normalized=True)
    one("euclidean", "euclidean", {"temperature": 0.5}, "temperature=0.5")
    one("snr", "snr", {"temperature": 2}, "temperature=2.0", data=SMALL)
    one("references", options={"temperature": 0.5, **REFERENCES}, arguments="temperature=0.5")
    one("references, euclidean", "euclidean", {"temperature": 0.5, **REFERENCES}, "temperature=0.5")
    for name, data in EDGES.items():
        one(name, options={"temperature": 1}, arguments="temperature=1.0", data=data,
            departs=ONE_LABEL if name == "one label" else None)


def multi_similarity(case):
    def one(name, distance="cosine", options={}, arguments="", **rest):
        case(name, "MultiSimilarityLoss", "multiSimilarity", options, "mean", distance, arguments,
             **rest)

    scales = dict(options={"alpha": 1.5, "beta": 4, "base": 0.25},
                  arguments="alpha=1.5, beta=4.0, base=0.25")
    one("by default")
    one("alpha, beta, base", **scales)
    one("dot", "dot", **scales)
    one("euclidean", "euclidean", **scales)
    for distance in ("cosine", "euclidean"):
        one(f"references, {distance}", distance, {**scales["options"], **REFERENCES},
            scales["arguments"])
    for epsilon in (0.125, 0.5):
        miner = f"miners.MultiSimilarityMiner(epsilon={epsilon}, distance={{}})"
        one(f"references, epsilon={epsilon}",
            options={**scales["options"], "epsilon": epsilon, **REFERENCES},
            arguments=scales["arguments"], miner=miner)
        one(f"epsilon={epsilon}", options={**scales["options"], "epsilon": epsilon},
            arguments=scales["arguments"], miner=miner)
    for name, data in EDGES.items():
        one(name, **scales, data=data)


def n_pairs(case):
    def one(name, distance="dot", options={}, **rest):
        case(name, "NPairsLoss", "nPairs", options, "mean", distance, **rest)

    one("by default")
    one("normalize", options={"normalize": True}, normalized=True)
    one("cosine", "cosine")
    one("euclidean", "euclidean")
    one("a label of one example", data=SMALL)
    for name, data in EDGES.items():
        if name != "every label different":
            one(name, data=data)


def triplet(case):
    def one(name, distance="euclidean", options={}, arguments="", reduction="mean", **rest):
        case(name, "TripletMarginLoss", "triplet", {"margin": 0.25, **options}, reduction, distance,
             f"margin={float(options.get('margin', 0.25))}{arguments}", **rest)

    mining = {
        "hard": "miners.TripletMarginMiner(margin=0.25, type_of_triplets='hard', distance={})",
        "semihard": "miners.TripletMarginMiner(margin=0.25, type_of_triplets='semihard', distance={})",
        "batchHard": "miners.BatchHardMiner(distance={})",
    }
    mixed = dict(data=dict(labels=np.array([0, 1, 0, 1, 2, 0, 2]),
                           embeddings=logits(7, 3, seed=34) / 4))
    for reduction in REDUCERS:
        one(reduction, reduction=reduction)
        one(f"mixed {reduction}", reduction=reduction, **mixed)
    one("margin=1", options={"margin": 1})
    one("swap", options={"swap": True}, arguments=", swap=True", **mixed)
    one("soft", options={"soft": True}, arguments=", smooth_loss=True")
    one("soft, swap", options={"soft": True, "swap": True},
        arguments=", smooth_loss=True, swap=True", **mixed)
    for distance in ("cosine", "dot", "squaredEuclidean", "snr"):
        one(distance, distance, **mixed)
    one("cosine, swap", "cosine", {"swap": True}, ", swap=True", **mixed)
    one("normalize", options={"normalize": True}, normalized=True, **mixed)
    for distance in ("euclidean", "dot"):
        one(f"references, {distance}", distance, REFERENCES)
        one(f"references, swap, {distance}", distance, {"swap": True, **REFERENCES}, ", swap=True",
            departs=SWAPPED)
    for kind, miner in mining.items():
        one(f"references, {kind}", options={"mining": kind, **REFERENCES}, miner=miner)
    for kind, miner in mining.items():
        one(kind, options={"mining": kind}, miner=miner, **mixed)
        one(f"{kind}, swap", options={"mining": kind, "swap": True}, arguments=", swap=True",
            miner=miner, **mixed)
        one(f"{kind}, cosine", "cosine", {"mining": kind}, miner=miner, **mixed)
    for name, data in EDGES.items():
        one(name, data=data)
