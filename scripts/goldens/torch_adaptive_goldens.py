"""PyTorch's adaptive softmax, with the weights that a case gives it."""

import numpy as np
import torch

from goldens import Goldens, logits, torch_engine

def adaptive(hidden, labels, head, tails, cutoffs, head_bias=None):
    """The log-probabilities of `AdaptiveLogSoftmaxWithLoss` with these weights."""
    classes = cutoffs[-1] + len(tails[-1][1])
    module = torch.nn.AdaptiveLogSoftmaxWithLoss(
        hidden.shape[-1], classes, cutoffs, head_bias=head_bias is not None)
    parameters = {"head.weight": head}
    for i, (projection, weight) in enumerate(tails):
        parameters[f"tail.{i}.0.weight"] = torch.tensor(projection, dtype=torch.float64)
        parameters[f"tail.{i}.1.weight"] = torch.tensor(weight, dtype=torch.float64)
    if head_bias is not None:
        parameters["head.bias"] = torch.tensor(head_bias, dtype=torch.float64)
    return torch.func.functional_call(module, parameters, (hidden, labels)).output


def make():
    golden = Goldens("torch", torch_engine({"adaptive": adaptive}), ["torch"],
                     note="CPU, float64; adaptive calls torch.nn.AdaptiveLogSoftmaxWithLoss with these weights")

    def one(name, cutoffs, tails, labels, hidden, head, bias=None):
        tails = [[projection.tolist(), weight.tolist()] for projection, weight in tails]
        given = "" if bias is None else f", head_bias={bias}"
        golden(f"adaptiveLogSoftmax {name}",
               f"-adaptive(hidden, labels, head, {tails}, {cutoffs}{given})", "adaptiveLogSoftmax",
               {"cutoffs": cutoffs, "tails": tails, **({} if bias is None else {"headBias": bias})},
               labels=np.array(labels), hidden=hidden, head=head)

    two = [(logits(2, 4, seed=1) / 4, logits(3, 2, seed=2) / 4), (logits(1, 4, seed=3) / 4, logits(2, 1, seed=4) / 4)]
    x, head = logits(6, 4, seed=5) / 4, logits(4, 4, seed=6) / 4
    one("two tails", [2, 5], two, [0, 2, 6, 1, 4, 5], x, head)
    one("head_bias", [2, 5], two, [0, 2, 6, 1, 4, 5], x, head, [0.5, -1, 0.25, 0])
    one("head alone is met", [2, 5], two, [0, 1, 1, 0, 0, 1], x, head)
    one("one tail alone is met", [2, 5], two, [5, 6, 6, 5, 5, 6], x, head)
    one("one tail", [3], two[:1], [3, 5, 0], x[:3], head)
    one("tails of one class", [1, 2], [(two[0][0], logits(1, 2, seed=7)), (two[1][0], logits(1, 1, seed=8))],
        [0, 1, 2], x[:3], head[:3])
    one("one example", [2, 5], two, [3], x[:1], head)
    one("hidden states of 0", [2, 5], two, [0, 2, 6], np.zeros((3, 4)), head)
    one("far hidden states", [2, 5], two, [0, 2, 6], np.array([[88.0, -88, 0, 1], [1e4, 0, 0, -1e4], [-1e4, 1, 1, 1]]), head)
    return golden
