"""pycox's losses of survival times."""

import sys
from importlib.util import find_spec
from types import ModuleType

import numpy as np

from goldens import Goldens, integers, logits, rounded, torch_engine, weights


def without_running(name, path):
    """A package that is made and not run: its losses need PyTorch only, what it imports a dozen more."""
    package = ModuleType(name)
    package.__path__ = path
    sys.modules[name] = package


FOLDER = find_spec("pycox").submodule_search_locations[0]
without_running("pycox", [FOLDER])
without_running("pycox.models", [f"{FOLDER}/models"])
without_running("torchtuples", [])
sys.modules["torchtuples"].TupleTree = tuple
from pycox.models.loss import nll_logistic_hazard  # noqa: E402


def make():
    engine = torch_engine({"nll_logistic_hazard": nll_logistic_hazard})
    golden = Goldens("pycox", engine, ["pycox", "torch"], note="CPU, float64")

    def one(title, text="{}", options={}, theirs="none", reduction=None, **inputs):
        call = f"nll_logistic_hazard(predictions, labels[:, 0].long(), labels[:, 1], reduction={theirs!r})"
        golden(f"discreteTimeSurvival {title}", text.format(call), "discreteTimeSurvival",
               {**options, "reduction": reduction or theirs}, wrt=["predictions"], **inputs)

    def labels(intervals, count, seed):
        return np.stack([integers(intervals, count, seed=seed), integers(2, count, seed=seed + 1)], 1).astype(float)

    data = dict(labels=labels(5, 8, 1), predictions=logits(8, 5, seed=3))
    for reduction in ("none", "mean", "sum"):
        one(reduction, theirs=reduction, **data)
    one("weights [8]", "({} * weights).sum() / weights.sum()", {"weights": weights(8)},
        reduction="weightedMean", **data)
    one("mask", "{}[mask].mean()", {"mask": np.arange(8) % 3 != 0}, reduction="mean", **data)
    one("one example", labels=[[2.0, 1]], predictions=logits(1, 4, seed=4))
    one("one interval", labels=[[0.0, 1], [0, 0]], predictions=[[0.5], [-2.0]])
    one("no event", labels=np.array([[0.0, 0], [3, 0], [1, 0]]), predictions=logits(3, 4, seed=5))
    one("events only", labels=np.array([[0.0, 1], [3, 1], [1, 1]]), predictions=logits(3, 4, seed=6))
    one("logits of any size", labels=[[2.0, 1], [2, 0], [1, 1], [0, 1]],
        predictions=rounded([[-88, 1e4, 88], [1e4, -1e4, -88], [1e-8, -1e4, 0], [-1e4, 88, 0]]))
    return golden
