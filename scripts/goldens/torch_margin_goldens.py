"""PyTorch's losses of several scores: margins of classes and of ranks, multilabel; see
torch_goldens.py."""

import numpy as np

from goldens import (
    between_0_and_1, binary, integers, logits, one_hot, rounded, signs,
)
from torch_goldens import REDUCTIONS, goldens_of_torch

LOOKS_MULTI_HOT = "labels that are all 0 or 1 are taken as multi-hot, unless labelFormat says otherwise"

CLASS_WEIGHTS = [0.5, 2, 1.25, 0.25]
FAR = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [88, -88, 1e-8], [-88, 88, 1e-8], [1e-8, 0, -1]])


def make():
    golden, one, weighed = goldens_of_torch()

    multi_margin(one, weighed)
    multilabel_margin(one, weighed)
    multilabel_soft_margin(one, weighed)
    margin_ranking(one, weighed)
    return golden


def multi_margin(one, weighed):
    loss, call = "multiMargin", "F.multi_margin_loss(predictions, labels{})"
    x, classes = logits(5, 4, seed=1) / 2 + np.arange(4) / 64, integers(4, 5, seed=2)
    data = dict(labels=classes, predictions=x)
    for p in (1, 2):
        for margin in (1, 0.25, 3):
            arguments = f", p={p}, margin={margin}"
            options = {"p": p, "margin": margin} if (p, margin) != (1, 1) else {}
            for kind, more, ours in [
                ("", "", {}), (" classWeights", ", weight=class_weights",
                               {"classWeights": CLASS_WEIGHTS}),
            ]:
                for reduction in REDUCTIONS if margin == 1 else ("none",):
                    one(f"p={p} margin={margin}{kind} {reduction}",
                        call.format(arguments + more), loss, {**options, **ours}, reduction,
                        **data)
    for shape in [(5,), ()]:
        weighed("p=2", call.format(", p=2"), loss, {"p": 2}, shape, "5", **data)
    one("far", call.format(""), loss, labels=np.array([0, 1, 2, 0, 1]), predictions=FAR)
    one("p=2 far", call.format(", p=2"), loss, {"p": 2}, labels=np.array([0, 1, 2, 0, 1]),
        predictions=FAR)
    for p in (1, 2):
        one(f"p={p} score = margin", call.format(f", p={p}"), loss, {"p": p} if p == 2 else {},
            labels=np.array([0]), predictions=[[2.0, 1.0, 1.5]])
    one("single class", call.format(""), loss, labels=np.array([0, 0]),
        predictions=[[3.0], [-2.0]])
    one("one example", call.format(""), loss, labels=np.array(2), predictions=x[0])
    one("1000 classes", call.format(""), loss, tolerance=2e-5, labels=np.array([417]),
        predictions=integers(9, 1, 1000, seed=3) / 2 + 1 / 64 * (np.arange(1000) == 417))


def multilabel_margin(one, weighed):
    loss, call = "multilabelMargin", "F.multilabel_margin_loss(predictions, labels)"
    x = logits(5, 4, seed=11) / 2 + np.arange(4) / 64
    lists = np.array([[3, 0, -1, 1], [2, -1, -1, -1], [-1, 2, 3, 0], [0, 1, 2, 3], [1, 3, 2, -1]])
    data = dict(labels=lists, predictions=x)
    for form in ({}, {"labelFormat": "indices"}):
        for reduction in REDUCTIONS:
            one(f"{form.get('labelFormat', 'auto')} {reduction}", call, loss, form, reduction,
                **data)
    for shape in [(5,), ()]:
        weighed("indices", call, loss, {"labelFormat": "indices"}, shape, "5", **data)
    looks_binary = dict(labels=np.array([[1, 0, 1]]), predictions=x[:1, :3])
    one("indices 0 and 1", call, loss, {"labelFormat": "indices"}, **looks_binary)
    one("indices 0 and 1, auto", call, loss, departs=LOOKS_MULTI_HOT, **looks_binary)
    one("a label twice", call, loss, {"labelFormat": "indices"},
        labels=np.array([[2, 2, -1, -1]]), predictions=x[:1])
    one("far", call, loss, labels=np.array([[0, 2, -1], [2, 1, -1], [1, -1, -1], [0, -1, 2],
                                            [2, -1, -1]]), predictions=FAR)
    one("score = margin", call, loss, labels=np.array([[0, -1, -1]]),
        predictions=[[2.0, 1.0, 1.5]])
    one("no labels", call, loss, labels=np.full((2, 3), -1), predictions=logits(2, 3, seed=12))
    one("single class", call, loss, {"labelFormat": "indices"}, labels=np.array([[0], [-1]]),
        predictions=[[3.0], [-2.0]])
    one("one example", call, loss, labels=lists[0], predictions=x[0])


def multilabel_soft_margin(one, weighed):
    loss, call = "multilabelSoftMargin", "F.multilabel_soft_margin_loss(predictions, labels{})"
    x = logits(3, 4, seed=21)
    for kind, y in [("", binary(3, 4, seed=22)), (" soft labels", between_0_and_1(3, 4, seed=23))]:
        for title, more, ours in [("", "", {}), (" classWeights", ", weight=class_weights",
                                                {"classWeights": CLASS_WEIGHTS})]:
            for reduction in REDUCTIONS:
                one(f"{reduction}{kind}{title}", call.format(more), loss, ours, reduction,
                    labels=y, predictions=x)
    for shape in [(3,), ()]:
        weighed("", call.format(""), loss, {}, shape, "3", labels=binary(3, 4, seed=22),
                predictions=x)
    one("[2,3,4] classWeights", call.format(", weight=class_weights"), loss,
        {"classWeights": CLASS_WEIGHTS}, "mean", labels=binary(2, 3, 4, seed=24),
        predictions=logits(2, 3, 4, seed=25))
    one("extreme", call.format(""), loss, labels=[[1.0, 0.0, 1.0], [1.0, 0.0, 0.5], [0.0, 1.0, 1.0]],
        predictions=rounded([[1e4, -1e4, 88], [-88, 88, 0], [1e4, -1e4, 1e-8]]))
    one("single class", call.format(""), loss, labels=[[1.0], [0.0]], predictions=[[3.0], [-2.0]])
    one("1000 classes", call.format(""), loss, wrt=["predictions"],
        labels=one_hot(np.array([417]), 1000), predictions=integers(9, 1, 1000, seed=26) / 2)


def margin_ranking(one, weighed):
    loss, call = "marginRanking", "F.margin_ranking_loss(a, b, labels{})"
    data = dict(labels=signs(3, 4, seed=31), a=logits(3, 4, seed=32) / 2,
                b=logits(3, 4, seed=33) / 2 + 1 / 64)
    for margin in (0, 0.5, 2):
        arguments, options = (f", margin={margin}", {"margin": margin}) if margin else ("", {})
        for reduction in REDUCTIONS:
            one(f"margin={margin} {reduction}", call.format(arguments), loss, options, reduction,
                **data)
    for shape in [(3, 4), (3, 1), (1, 4), ()]:
        weighed("", call.format(", margin=1.0"), loss, {"margin": 1}, shape, "3, 4", **data)
    ones = {**data, "labels": np.ones((3, 4))}
    one("labels signed, all 1", call.format(""), loss, {"labels": "signed"}, **ones)
    one("labels signed, some -1", call.format(", margin=1.0"), loss,
        {"labels": "signed", "margin": 1}, **data)
    one("[2,3,2]", call.format(", margin=1.0"), loss, {"margin": 1}, "mean",
        labels=signs(2, 3, 2, seed=34), a=logits(2, 3, 2, seed=35),
        b=logits(2, 3, 2, seed=36) + 1 / 64)
    one("far", call.format(""), loss, labels=[[1.0, -1.0, 1.0, -1.0]],
        a=rounded([[1e4, 1e4, -88, 1e-8]]), b=rounded([[-1e4, -1e4, 88, -1e-8]]))
    one("at its kink", call.format(", margin=1.0"), loss, {"margin": 1},
        labels=[[1.0, -1.0]], a=[[2.0, 1.0]], b=[[1.0, 2.0]])
    one("a = b, no margin", call.format(""), loss,
        labels=[[1.0, -1.0]], a=[[2.0, 1.0]], b=[[2.0, 1.0]])
    one("scalars", call.format(", margin=0.5"), loss, {"margin": 0.5}, labels=-1.0, a=0.75, b=0.5)
