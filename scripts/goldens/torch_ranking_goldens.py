"""Losses of pairs and of ranked lists, composed in PyTorch.

TRL's `RewardTrainer` has no function of its loss, which is the line below. TensorFlow Ranking does
not install beside the TensorFlow of the other modules: its losses are written out, of lists
without padding.
"""

import math

import numpy as np
import torch

from goldens import Goldens, integers, logits, rounded, torch_engine, weights

TERRY = "-F.logsigmoid(chosen - rejected{})"


def approx_ranks(predictions, temperature):
    leads = (predictions[..., None, :] - predictions[..., :, None]) / temperature
    return 0.5 + torch.sigmoid(leads).sum(-1)


def approx_ndcg(labels, predictions, temperature):
    """TensorFlow Ranking's `ApproxNDCGLoss`, per list."""
    ranks = approx_ranks(predictions, temperature)
    gains = 2**labels - 1
    best = torch.sort(gains, -1, descending=True)[0]
    places = torch.arange(1, labels.shape[-1] + 1, dtype=torch.float64)
    return -(gains / torch.log1p(ranks)).sum(-1) / (best / torch.log1p(places)).sum(-1)


def approx_mrr(labels, predictions, temperature):
    """TensorFlow Ranking's `ApproxMRRLoss`, per list."""
    return -(labels / approx_ranks(predictions, temperature)).sum(-1) / labels.sum(-1)


def unique_softmax(labels, predictions, temperature):
    """TensorFlow Ranking's `UniqueSoftmaxLoss`, per list."""
    scores = predictions / temperature
    is_compared = (labels[..., :, None] > labels[..., None, :]) | torch.eye(labels.shape[-1], dtype=bool)
    others = torch.where(is_compared, scores[..., None, :], -math.inf)
    return ((2**labels - 1) * (torch.logsumexp(others, -1) - scores)).sum(-1)


def pair_weights(labels, predictions, metric, topn=None, smooth_fraction=0.0):
    """The weights of TensorFlow Ranking's `LabelDiffLambdaWeight`, `PrecisionLambdaWeight` and
    `DCGLambdaWeight` with gain 2^y - 1, discount 1/ln(1 + rank) and, for "ndcg", `normalized`."""
    def pairs(op, x):
        return op(x[..., :, None], x[..., None, :])

    labels, predictions = labels.detach(), predictions.detach()
    order = torch.argsort(predictions, dim=-1, descending=True, stable=True)
    ranks = (torch.argsort(order, dim=-1) + 1).double()
    within = ranks <= (topn or labels.shape[-1])
    if metric == "labelDifference":
        return pairs(torch.sub, labels).abs()
    if metric == "precision":
        is_relevant = labels >= 1
        return (pairs(torch.logical_xor, is_relevant) & pairs(torch.logical_xor, within)).double()
    gains = 2**labels - 1
    if metric == "ndcg":
        best = gains.sort(-1, descending=True)[0][..., :topn]
        places = torch.arange(1, best.shape[-1] + 1, dtype=torch.float64)
        gains = gains / (best / torch.log1p(places)).sum(-1, keepdim=True)
    discounts = torch.where(within, 1 / torch.log1p(ranks), 0)
    apart = pairs(torch.sub, ranks).abs()
    relative = torch.where(apart > 0, 1 / torch.log1p(apart) - 1 / torch.log1p(apart + 1), 0)
    absolute = pairs(torch.sub, discounts).abs()
    mixed = (1 - smooth_fraction) * relative + smooth_fraction * absolute
    return labels.shape[-1] * pairs(torch.sub, gains).abs() * mixed * pairs(torch.logical_or, within)


def pairwise(loss, labels, predictions, **metric):
    """TensorFlow Ranking's pairwise losses with a `lambda_weight`, of each pair, and how much it counts."""
    gap = predictions[..., :, None] - predictions[..., None, :]
    wanted = labels[..., :, None] - labels[..., None, :]
    losses = {
        "pairwiseLogistic": lambda: torch.nn.functional.softplus(-gap),
        "pairwiseHinge": lambda: torch.relu(1 - gap),
        "pairwiseSoftZeroOne": lambda: torch.sigmoid(-gap),
        "pairwiseMeanSquaredError": lambda: (gap - wanted) ** 2,
    }[loss]()
    is_pair = ~torch.eye(labels.shape[-1], dtype=bool) if loss == "pairwiseMeanSquaredError" else wanted > 0
    return losses, is_pair * pair_weights(labels, predictions, **metric)


def weighed(*arguments, **metric):
    losses, counts = pairwise(*arguments, **metric)
    return (losses * counts).sum(-1)


def weighed_mean(*arguments, **metric):
    losses, counts = pairwise(*arguments, **metric)
    return (losses * counts).sum() / counts.sum()


def make():
    functions = {"approx_ndcg": approx_ndcg, "approx_mrr": approx_mrr, "unique_softmax": unique_softmax,
                 "weighed": weighed, "weighed_mean": weighed_mean}
    golden = Goldens("torch", torch_engine(functions), ["torch"], note="CPU, float64")
    bradley_terry(golden)
    lambda_weights(golden)
    lists(golden, "approxNdcg", "approx_ndcg", 0.1, seed=5)
    lists(golden, "approxMrr", "approx_mrr", 0.1, seed=7)
    lists(golden, "uniqueSoftmax", "unique_softmax", 1, seed=9)
    return golden


def bradley_terry(golden):
    def one(title, margin="", options={}, text="{}", reduction="none", **inputs):
        golden(f"bradleyTerry {title}", text.format(TERRY.format(margin)), "bradleyTerry",
               {**options, "reduction": reduction}, **inputs)

    data = dict(chosen=logits(4, 3, seed=1), rejected=logits(4, 3, seed=2))
    one("none", **data)
    one("mean", text="({}).mean()", reduction="mean", **data)
    one("perExample", text="({}).mean(-1)", reduction="perExample", **data)
    for margin in (0.5, -2.0):
        one(f"margin={margin}", f" - {margin}", {"margin": margin}, **data)
    for name, shape in (("margin [4,3]", (4, 3)), ("margin [3]", (3,)), ("margin [4,1]", (4, 1)),
                        ("margin [1]", (1,))):
        one(name, " - margin", {"margin": (logits(*shape, seed=3) / 4).tolist()}, **data)
    one("margin [4,3], weights [4]", " - margin",
        {"margin": (logits(4, 3, seed=4) / 4).tolist(), "weights": weights(4)},
        "(({}) * weights[:, None]).sum() / (3 * weights.sum())", "weightedMean", **data)
    one("mask", options={"mask": [True, False, True, True]}, text="({})[mask].mean()",
        reduction="mean", **data)
    one("equal scores", chosen=[0.5, -2.0], rejected=[0.5, -2.0])
    one("far apart", chosen=rounded([1e4, -1e4, 88, -88, 1e-8, 20]),
        rejected=rounded([-1e4, 1e4, 0, 0, 0, 0]))
    one("one pair", chosen=1.5, rejected=2.0)


def lambda_weights(golden):
    # All scores of a list differ, and no two by 1, where hinges have their kinks.
    scores, labels = logits(3, 6, seed=31) / 4 + np.arange(6) / 64, integers(4, 3, 6, seed=32).astype(float)
    metrics = [{"metric": metric, **rest} for metric in ("labelDifference", "dcg", "ndcg") for rest in
               ({}, {"smooth_fraction": 0.25}, {"topn": 2, "smooth_fraction": 1.0})]
    metrics = [metric for metric in metrics if metric["metric"] != "labelDifference" or len(metric) == 1]
    metrics += [{"metric": "ndcg", "topn": 3}, {"metric": "precision", "topn": 2},
                {"metric": "precision", "topn": 5}]
    for loss in ("pairwiseLogistic", "pairwiseHinge", "pairwiseSoftZeroOne", "pairwiseMeanSquaredError"):
        for metric in metrics:
            ours = {"lambdaWeight": metric["metric"], "topN": metric.get("topn"),
                    "smoothFraction": metric.get("smooth_fraction", 0)}
            title = ", ".join(f"{name}={value}" for name, value in metric.items())
            given = ", ".join(f"{name}={value!r}" for name, value in metric.items())
            call = f"({loss!r}, labels, predictions, {given})"
            golden(f"{loss} {title}", f"weighed{call}", loss, {**ours, "reduction": "none"},
                   labels=labels, predictions=scores)
            if loss == "pairwiseLogistic" or metric["metric"] == "ndcg":
                golden(f"{loss} {title} weightedMean", f"weighed_mean{call}", loss,
                       {**ours, "reduction": "weightedMean"}, labels=labels, predictions=scores)


def lists(golden, loss, function, default, seed):
    scores, labels = logits(4, 5, seed=seed) / 4, integers(4, 4, 5, seed=seed + 1).astype(float)

    def one(title, options={}, text="{}", reduction="none", labels=labels, predictions=scores,
            **rest):
        temperature = options.get("temperature", default)
        call = f"{function}(labels, predictions, {temperature})"
        golden(f"{loss} {title}", text.format(call), loss,
               {**options, "reduction": reduction}, labels=labels, predictions=predictions, **rest)

    one("none")
    one("mean", text="{}.mean()", reduction="mean")
    one("weights [4]", {"weights": weights(4)}, "({} * weights).sum() / weights.sum()",
        "weightedMean")
    for temperature in (0.5, 1.0, 2.0):
        one(f"temperature={temperature}", {"temperature": temperature})
    one("equal labels", labels=np.full((4, 5), 2.0))
    one("equal scores", predictions=np.full((4, 5), 0.5))
    one("lists of one item", labels=[[2.0], [0.25]], predictions=[[1.0], [-3.0]])
    one("fractions", labels=[[0.5, 0.25, 0.75]], predictions=[[0.25, 0.5, -0.5]])
    one("scores far apart", labels=[[2.0, 0, 1]] * 3,
        predictions=rounded([[1e4, -1e4, 0], [-88, 88, 0], [1e-8, -1e-8, 0]]))
    one("[2,2,5] perExample", text="{}.mean(-1)", reduction="perExample",
        labels=labels.reshape(2, 2, 5), predictions=scores.reshape(2, 2, 5))
