"""Losses of pairs and of ranked lists, composed in PyTorch.

TRL's `RewardTrainer` has no function of its loss, which is the line below. TensorFlow Ranking does
not install beside the TensorFlow of the other modules: its `ApproxNDCGLoss` is written out.
"""

import numpy as np
import torch

from goldens import Goldens, integers, logits, rounded, torch_engine, weights

TERRY = "-F.logsigmoid(chosen - rejected{})"


def approx_ndcg(labels, predictions, temperature):
    """As TensorFlow Ranking computes it of lists without padding, per list."""
    leads = (predictions[..., None, :] - predictions[..., :, None]) / temperature
    ranks = 0.5 + torch.sigmoid(leads).sum(-1)
    gains = 2**labels - 1
    best = torch.sort(gains, -1, descending=True)[0]
    places = torch.arange(1, labels.shape[-1] + 1, dtype=torch.float64)
    return -(gains / torch.log1p(ranks)).sum(-1) / (best / torch.log1p(places)).sum(-1)


def make():
    golden = Goldens("torch", torch_engine({"approx_ndcg": approx_ndcg}), ["torch"],
                     note="CPU, float64")
    bradley_terry(golden)
    ndcg(golden)
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


def ndcg(golden):
    scores, labels = logits(4, 5, seed=5) / 4, integers(4, 4, 5, seed=6).astype(float)

    def one(title, options={}, text="{}", reduction="none", labels=labels, predictions=scores,
            **rest):
        temperature = options.get("temperature", 0.1)
        call = f"approx_ndcg(labels, predictions, {temperature})"
        golden(f"approxNdcg {title}", text.format(call), "approxNdcg",
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
