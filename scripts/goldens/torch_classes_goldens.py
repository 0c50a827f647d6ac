"""Losses of classes that PyTorch has no function for, as their authors write them in it."""

import numpy as np

from goldens import distributions, integers, logits, one_hot, weights
from torch_goldens import goldens_of_torch

# Wang et al., with ln 0 = -4: the reverse cross-entropy of probabilities p and labels q.
CE = "F.cross_entropy({x}, {y}, reduction='none')"
REVERSE = "(F.softmax({x}, -1) * torch.log({q}.clamp(min=math.exp({zero})))).sum(-1)"


def make():
    golden, _, _ = goldens_of_torch()
    symmetric(golden)
    return golden


def symmetric(golden):
    loss = "symmetricCrossentropy"

    def one(name, options={}, call=None, **rest):
        o = {"alpha": 0.1, "beta": 1, "logZero": -4, **options}
        labels = "F.one_hot(labels, predictions.shape[-1])" if rest["labels"].dtype.kind == "i" else "labels"
        logarithm = REVERSE.format(x="predictions", q=labels, zero=o["logZero"])
        forward = CE.format(x="predictions", y="labels")
        golden(f"{loss} {name}", f"{o['alpha']} * {forward} - {o['beta']} * {logarithm}", loss,
               {"fromLogits": True, "reduction": "none", **options}, **rest)

    y, x = integers(4, 5, seed=1), logits(5, 4, seed=2)
    dense = distributions(5, 4, seed=3)
    for name, labels in [("class indices", y), ("one-hot", one_hot(y, 4)), ("soft", dense)]:
        # torch.clamp has no gradient below its bound.
        wrt = ["predictions"]
        for title, options in [
            ("", {}), (" alpha 1, beta 0.5", {"alpha": 1, "beta": 0.5}), (" alpha 0", {"alpha": 0}),
            (" beta 0", {"beta": 0}), (" logZero -6", {"logZero": -6}),
        ]:
            one(name + title, options, wrt=wrt, labels=labels, predictions=x)
    one("soft, gradients of labels", {"logZero": -6}, labels=dense, predictions=x)
    far = np.array([[88.0, -88, 0], [1e4, 0, -1e4], [-1e4, -1e4, -1e4]])
    for name, label in [("of the right class", [0, 0, 1]), ("of a wrong class", [1, 2, 0])]:
        one(f"far logits, {name}", wrt=["predictions"], labels=np.array(label), predictions=far)
    p = distributions(4, 3, seed=4)
    golden(f"{loss} probabilities",
           "0.1 * F.nll_loss(predictions.log(), labels, reduction='none')"
           " - (predictions * torch.log(F.one_hot(labels, 3).clamp(min=math.exp(-4)))).sum(-1)", loss,
           {"reduction": "none"}, labels=integers(3, 4, seed=5), predictions=p,
           departs="probabilities are made to sum to 1 here, which their gradient knows")
    golden(f"{loss} ignore_index mean",
           "(0.1 * F.cross_entropy(predictions, labels, ignore_index=0)"
           " - ((F.softmax(predictions, -1) * torch.log(F.one_hot(labels, 4).clamp(min=math.exp(-4)))).sum(-1)"
           " * (labels != 0)).sum() / (labels != 0).sum())", loss,
           {"fromLogits": True, "ignoreIndex": 0, "reduction": "mean"}, labels=y, predictions=x)
    golden(f"{loss} weights [5] sum",
           f"((0.1 * {CE.format(x='predictions', y='labels')} - "
           f"{REVERSE.format(x='predictions', q='F.one_hot(labels, 4)', zero=-4)}) * weights).sum()", loss,
           {"fromLogits": True, "weights": weights(5), "reduction": "sum"}, labels=y, predictions=x)
