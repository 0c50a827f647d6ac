"""pytorch-crf, whose CRF answers the log-likelihood."""

import numpy as np
import torch
from torchcrf import CRF

from goldens import Goldens, integers, logits, torch_engine, weights

def log_likelihood(emissions, labels, transitions, start=None, end=None, lengths=None,
                   reduction="none"):
    """`CRF(classes)(emissions, labels, mask, reduction)` with these parameters."""
    _batch, steps, classes = emissions.shape
    none = torch.zeros(classes, dtype=torch.float64)
    parameters = {
        "transitions": transitions,
        "start_transitions": none if start is None else start,
        "end_transitions": none if end is None else end,
    }
    mask = torch.ones_like(labels, dtype=torch.bool)
    if lengths is not None:
        mask = torch.arange(steps) < lengths[:, None]
    return torch.func.functional_call(
        CRF(classes, batch_first=True), parameters, (emissions, labels),
        {"mask": mask, "reduction": reduction})


def make():
    golden = Goldens("pytorch-crf", torch_engine({"log_likelihood": log_likelihood, "CRF": CRF}),
                     ["pytorch-crf", "torch"],
                     note="CPU, float64; log_likelihood calls torchcrf.CRF with these parameters")

    def one(title, arguments="", options={}, reduction="none", theirs=None, text="-{}", **inputs):
        call = (f"log_likelihood(emissions, labels, transitions{arguments}, "
                f"reduction={theirs or reduction!r})")
        golden(f"crf {title}", text.format(call), "crf", {**options, "reduction": reduction},
               **inputs)

    x = logits(3, 5, 4, seed=1) / 2
    of_batch = {"labels": integers(4, 3, 5, seed=2), "emissions": x,
                "transitions": logits(4, 4, seed=3) / 4}
    ends = {"start": [0.5, -1, 0.25, 0], "end": [-0.75, 0, 1.5, 0.125]}
    lengths = {"lengths": [5, 3, 1]}
    by_ends = ", start=start, end=end"
    by_lengths = ", lengths=lengths"

    one("all steps", **of_batch)
    golden("crf parameters given",
           "-torch.func.functional_call(CRF(4, batch_first=True), {'transitions': transitions, "
           "'start_transitions': start, 'end_transitions': end}, (emissions, labels), "
           "{'reduction': 'mean'})", "crf", {**ends, "reduction": "mean"}, **of_batch)
    one("start", ", start=start", {"start": ends["start"]}, **of_batch)
    one("end", ", end=end", {"end": ends["end"]}, **of_batch)
    one("start and end", by_ends, ends, **of_batch)
    one("lengths", by_lengths, lengths, **of_batch)
    one("start, end and lengths", by_ends + by_lengths, {**ends, **lengths}, **of_batch)
    padded = np.where(np.arange(5) < np.array([[5], [3], [1]]), of_batch["labels"], -1)
    one("labels padded with -1", ", start=start, end=end, lengths=torch.tensor([5, 3, 1])", ends,
        **{**of_batch, "labels": padded})
    one("one step", by_ends, ends, labels=np.array([[2]]), emissions=x[:1, :1],
        transitions=of_batch["transitions"])
    one("one class", "", labels=np.zeros((2, 3), int), emissions=logits(2, 3, 1, seed=4),
        transitions=np.array([[0.5]]))
    one("two classes, all scores 0", "", labels=integers(2, 2, 4, seed=5),
        emissions=np.zeros((2, 4, 2)), transitions=np.zeros((2, 2)))
    confident = np.array([[0, 1, 1, 2]])
    one("sure of the labels", "", labels=confident, emissions=24 * np.eye(3)[confident],
        transitions=logits(3, 3, seed=6) / 4)
    one("sure of others", "", labels=2 - confident, emissions=88 * np.eye(3)[confident],
        transitions=logits(3, 3, seed=6) / 4)
    one("scores of 10000", "", labels=confident,
        emissions=1e4 * np.eye(3)[np.array([[0, 1, 0, 2]])] - 5e3, transitions=np.eye(3) * 100)
    one("40 steps, 9 classes", by_lengths, {"lengths": [40, 33]}, labels=integers(9, 2, 40, seed=7),
        emissions=logits(2, 40, 9, seed=8) / 2, transitions=logits(9, 9, seed=9) / 2)

    # Reductions
    one("sum", by_lengths, lengths, "sum", **of_batch)
    one("mean", by_lengths, lengths, "mean", **of_batch)
    one("weights", "", {"weights": weights(3)}, text="-{} * weights", **of_batch)
    one("weighted mean", "", {"weights": weights(3)}, "weightedMean", theirs="none",
        text="-({} * weights).sum() / weights.sum()", **of_batch)
    one("mask", "", {"mask": [True, False, True]}, "mean", theirs="none",
        text="-{}[mask].mean()", **of_batch)
    return golden
