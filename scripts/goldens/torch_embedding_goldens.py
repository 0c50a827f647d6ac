"""PyTorch's losses of embeddings, and divergences as its users build them; see torch_goldens.py."""

import numpy as np

from goldens import (
    distributions, logits, rounded, signs,
)
from torch_goldens import REDUCTIONS, goldens_of_torch

SQUARES = "PyTorch adds 1e-12 to the squared lengths, ours bounds the lengths by epsilon"
AROUND_0 = 1e-9  # how far that is felt by vectors of ordinary length


def make():
    golden, one, weighed = goldens_of_torch()

    triplet(one, weighed)
    cosine(one, weighed)
    divergences(golden)
    return golden


def triplet(one, weighed):
    loss, call = "tripletMargin", "F.triplet_margin_loss(anchor, positive, negative{})"
    anchor = logits(4, 5, seed=1) / 2
    data = dict(anchor=anchor, positive=anchor + logits(4, 5, seed=2) / 4 + 1 / 64,
                negative=anchor + logits(4, 5, seed=3) / 3)
    data = {name: rounded(array) for name, array in data.items()}
    for reduction in REDUCTIONS:
        one(reduction, call.format(""), loss, {}, reduction, **data)
        one(f"swap {reduction}", call.format(", swap=True"), loss, {"swap": True}, reduction,
            **data)
    for arguments, options in [
        (", p=1", {"p": 1}), (", p=3", {"p": 3}), (", p=1.5", {"p": 1.5}),
        (", margin=0.25", {"margin": 0.25}), (", margin=5.0", {"margin": 5}),
        (", eps=0.5", {"epsilon": 0.5}), (", eps=0.0", {"epsilon": 0}),
        (", p=4, margin=2.5, eps=1e-3, swap=True",
         {"p": 4, "margin": 2.5, "epsilon": 1e-3, "swap": True}),
    ]:
        one(arguments[2:], call.format(arguments), loss, options, **data)
    for shape in [(4,), ()]:
        weighed("", call.format(""), loss, {}, shape, "4", **data)
    deep = [logits(2, 3, 4, seed=seed) / 2 for seed in (4, 5, 6)]
    deep = dict(zip(("anchor", "positive", "negative"), deep))
    one("[2,3,4]", call.format(", margin=4.0"), loss, {"margin": 4}, **deep)
    for shape in [(2, 3), (2, 1), (1, 3)]:
        weighed("[2,3,4]", call.format(", margin=4.0"), loss, {"margin": 4}, shape, "2, 3", **deep)
    one("one triple", call.format(", margin=4.0"), loss, {"margin": 4},
        **{name: array[0, 0] for name, array in deep.items()})
    near = dict(anchor=[[1.0, 2.0], [1.0, 2.0]], positive=[[1.0, 2.0], [0.25, 1.0]],
                negative=[[1.5, 1.75], [1.0, 2.0]])
    for p in (1, 2, 3):
        one(f"distance 0 p={p}", call.format(f", p={p}"), loss, {"p": p}, **near)
        one(f"distance 0 p={p} eps=0", call.format(f", p={p}, eps=0.0"), loss,
            {"p": p, "epsilon": 0}, **near)
    one("at its kink", call.format(", p=1, eps=0.0"), loss, {"p": 1, "epsilon": 0},
        anchor=[[0.0, 0.0]], positive=[[0.5, 0.5]], negative=[[1.0, 1.0]])
    one("far", call.format(""), loss, anchor=rounded([[1e4, -1e4], [88, -88], [1e-8, 0]]),
        positive=rounded([[-1e4, 1e4], [88, 0], [0, 1e-8]]),
        negative=rounded([[1e4, 88], [-88, -88], [1, -1]]))
    for swap in (False, True):
        distance = "lambda a, b: (a - b + 1e-6).norm(dim=-1)"
        one(f"of a given distance, swap={swap}",
            f"F.triplet_margin_with_distance_loss(anchor, positive, negative,"
            f" distance_function={distance}, margin=1.5, swap={swap})", loss,
            {"margin": 1.5, "swap": swap}, **data)


def cosine(one, weighed):
    loss, call = "cosineEmbedding", "F.cosine_embedding_loss(a, b, labels{})"
    of_vectors = dict(wrt=["a", "b"], tolerance=AROUND_0)
    of_both = dict(wrt=["a", "b", "weights"], tolerance=AROUND_0)
    data = dict(labels=signs(6, seed=12), a=logits(6, 5, seed=11), b=logits(6, 5, seed=14))
    for margin in (0, 0.25, -0.5):
        arguments, options = (f", margin={margin}", {"margin": margin}) if margin else ("", {})
        for reduction in REDUCTIONS:
            one(f"margin={margin} {reduction}", call.format(arguments), loss, options, reduction,
                **of_vectors, **data)
    for shape in [(6,), ()]:
        weighed("", call.format(""), loss, {}, shape, "6", **of_both, **data)
    one("labels signed, all 1", call.format(""), loss, {"labels": "signed"}, **of_vectors,
        **{**data, "labels": np.ones(6)})
    one("labels signed, some -1", call.format(""), loss, {"labels": "signed"}, **of_vectors,
        **data)
    one("one pair", call.format(""), loss, **of_vectors, labels=-1.0, a=data["b"][0],
        b=data["b"][0] + 0.5)
    axes = dict(labels=[1.0, -1.0, 1.0, -1.0, 1.0, -1.0],
                a=[[1.0, 2.0]] * 6, b=[[2.0, 4.0], [2.0, 4.0], [-0.5, -1.0], [-0.5, -1.0],
                                       [-2.0, 1.0], [-2.0, 1.0]])
    one("same direction, opposite, at right angles", call.format(", margin=0.5"), loss,
        {"margin": 0.5}, **of_vectors, **axes)
    one("at its kink", call.format(""), loss, **of_vectors, labels=[-1.0], a=[[1.0, 2.0]],
        b=[[-2.0, 1.0]])
    one("long vectors", call.format(""), loss, **of_vectors, labels=[1.0, -1.0],
        a=rounded([[1e4, -1e4], [88, 1]]), b=rounded([[88, -1e-4], [1e4, 1e4]]))
    zero = dict(labels=[1.0, -1.0], a=[[3.0, 4.0], [0.0, 0.0]], b=[[0.0, 0.0], [0.0, 0.0]])
    one("zero vectors, the value", call.format(""), loss, value_only=True, **zero)
    one("zero vectors", call.format(""), loss, wrt=["a", "b"], departs=SQUARES, **zero)


def divergences(golden):
    """Of the Jensen-Shannon kind, from kl_div, as in Liger; and of others."""
    p, q = distributions(3, 4, seed=21), distributions(3, 4, seed=22)
    log_p, log_q = (rounded(np.log(distributions(3, 4, seed=seed))) for seed in (23, 24))
    x, y = logits(3, 4, seed=25), logits(3, 4, seed=26)
    logs = {"predictionFormat": "logProbabilities", "labelFormat": "logProbabilities"}
    from_logits = {"predictionFormat": "logits", "labelFormat": "logits"}
    softmaxes = "F.softmax(labels{0}, -1)", "F.softmax(predictions{0}, -1)"

    def js(beta, labels, predictions):
        """kl_div(log a, b) is the divergence of a from b."""
        mean = f"({beta} * {labels} + {1 - beta} * {predictions}).log()"
        return " + ".join(f"{share} * F.kl_div({mean}, {side}, reduction='none').sum(-1)"
                          for share, side in [(beta, labels), (1 - beta, predictions)])

    for beta in (0.5, 0.25, 0.875):
        options = {"beta": beta} if beta != 0.5 else {}
        golden(f"jensenShannon beta={beta}", js(beta, "labels", "predictions"), "jensenShannon",
               {**options, "reduction": "none"}, labels=p, predictions=q)
        golden(f"jensenShannon beta={beta} logProbabilities",
               js(beta, "labels.exp()", "predictions.exp()"), "jensenShannon",
               {**options, **logs, "reduction": "none"}, labels=log_p, predictions=log_q)
        golden(f"jensenShannon beta={beta} logits, temperature=2, mean",
               f"({js(beta, *[s.format(' / 2') for s in softmaxes])}).mean()", "jensenShannon",
               {**options, **from_logits, "temperature": 2, "reduction": "mean"},
               labels=y, predictions=x)
    for beta, call in [(0, "F.kl_div(predictions.log(), labels, reduction='none').sum(-1)"),
                       (1, "F.kl_div(labels.log(), predictions, reduction='none').sum(-1)")]:
        golden(f"jensenShannon beta={beta}", call, "jensenShannon",
               {"beta": beta, "reduction": "none"}, labels=p, predictions=q)
    variation = "({1} - {0}).abs().sum(-1) / 2"
    for name, call, options, labels, predictions in [
        ("probabilities", variation.format("labels", "predictions"), {}, p, q),
        ("logProbabilities", variation.format("labels.exp()", "predictions.exp()"), logs, log_p,
         log_q),
        ("logits", variation.format(*[s.format("") for s in softmaxes]), from_logits, y, x),
        ("logits temperature=4", variation.format(*[s.format(" / 4") for s in softmaxes]),
         {**from_logits, "temperature": 4}, y, x),
    ]:
        golden(f"totalVariation {name}", call, "totalVariation", {**options, "reduction": "none"},
               labels=labels, predictions=predictions)
    golden("generalizedKlDivergence",
           "(F.kl_div(predictions.log(), labels, reduction='none') - labels + predictions).sum(-1)",
           "generalizedKlDivergence", {"reduction": "none"},
           labels=4 * distributions(3, 4, seed=27), predictions=3 * distributions(3, 4, seed=28))
