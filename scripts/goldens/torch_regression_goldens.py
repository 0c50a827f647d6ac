"""PyTorch's negative log-likelihoods of counts and of Gaussians; see torch_goldens.py."""

import numpy as np

from goldens import (
    Goldens, between_0_and_1, binary, integers, logits, rounded, torch_engine, weights,
)
from torch_goldens import REDUCTIONS

NAN_AT_0 = "PyTorch's gradient of Stirling's y·log y by labels is NaN at y = 0"
LOG_OF_NEGATIVE = "PyTorch's logarithm of a mean below -eps is NaN; ours is the loss of a mean of 0, with a derivative towards it"


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"], note="CPU, float64")
    poisson(golden)
    gaussian(golden)
    return golden


def poisson(golden):
    of_x = ["predictions"]
    counts = integers(6, 3, 4, seed=1).astype(float) + 1
    means = 4 * between_0_and_1(3, 4, seed=2)
    logarithms = logits(3, 4, seed=3) / 2

    def one(name, arguments, options, reduction="none", **rest):
        golden(f"poisson {name}",
               f"F.poisson_nll_loss(predictions, labels{arguments}, reduction={reduction!r})",
               "poisson", {**options, "reduction": REDUCTIONS[reduction]}, **rest)

    plain = (", log_input=False, eps=1e-7", {})
    for form, (arguments, options), x in [
        ("logInput", ("", {"logInput": True}), logarithms),
        ("means", plain, means),
        ("eps=0.25", (", log_input=False, eps=0.25", {"epsilon": 0.25}), means),
    ]:
        for full in (False, True):
            text = f"{arguments}, full=True" if full else arguments
            ours = {**options, "full": True} if full else options
            for reduction in REDUCTIONS:
                one(f"{form}{' full' if full else ''} {reduction}", text, ours, reduction,
                    labels=counts, predictions=x)
        one(f"{form} labels between counts, full", f"{arguments}, full=True",
            {**options, "full": True}, labels=8 * between_0_and_1(3, 4, seed=4), predictions=x)
    call = "F.poisson_nll_loss(predictions, labels, reduction='none')"
    for shape in [(3, 4), (3, 1), (1, 4), ()]:
        golden(f"poisson weights {list(shape)}, average",
               f"({call} * weights).sum() / weights.expand(3, 4).sum()", "poisson",
               {"logInput": True, "weights": weights(*shape), "reduction": "weightedMean"},
               labels=counts, predictions=logarithms)
    few = rounded([[0, 1, 1.0000001, 2, 30, 0.5]])
    one("few and many, full", ", full=True", {"logInput": True, "full": True}, wrt=of_x,
        labels=few, predictions=[[0.5, -0.5, 0.25, 1.0, 3.5, -2.0]])
    one("few and many, full, gradient by labels", ", full=True",
        {"logInput": True, "full": True}, departs=NAN_AT_0,
        labels=few, predictions=[[0.5, -0.5, 0.25, 1.0, 3.5, -2.0]])
    one("logInput extreme", "", {"logInput": True}, labels=[[3.0, 0.0, 2.0, 0.0, 1.0, 5.0]],
        predictions=rounded([[-1e4, -88, 88, 1e-8, -1e-8, 0]]))
    one("means 0, tiny and large", *plain, labels=[[0.0, 2.0, 3.0, 1.0, 0.0, 1e4]],
        predictions=rounded([[0, 0, 1e-8, 1e-4, 1e4, 1e4]]))
    one("negative means", *plain, departs=LOG_OF_NEGATIVE, labels=[[2.0, 0.0, 1.0]],
        predictions=[[-1.0, -2.0, 0.5]])
    one("[2,3,2]", "", {"logInput": True}, "mean",
        labels=integers(5, 2, 3, 2, seed=5).astype(float), predictions=logits(2, 3, 2, seed=6) / 2)
    one("scalars", "", {"logInput": True}, labels=2.0, predictions=-0.75)


def gaussian(golden):
    y, m = logits(3, 4, seed=11), logits(3, 4, seed=12) / 2
    v = 4 * between_0_and_1(3, 4, seed=13)

    def one(name, arguments="", options={}, reduction="none", given="variance", **rest):
        golden(f"gaussianNll {name}",
               f"F.gaussian_nll_loss(mean, labels, {given}{arguments}, reduction={reduction!r})",
               "gaussianNll", {**options, "reduction": REDUCTIONS[reduction]}, **rest)

    for reduction in REDUCTIONS:
        one(reduction, reduction=reduction, labels=y, mean=m, variance=v)
        one(f"full {reduction}", ", full=True", {"full": True}, reduction,
            labels=y, mean=m, variance=v)
        one(f"variance [3] {reduction}", reduction=reduction, labels=y, mean=m, variance=v[:, 0])
    one("variance [3,1]", labels=y, mean=m, variance=v[:, :1])
    one("variance [1,4]", labels=y, mean=m, variance=v[:1])
    one("labels [4], variance a scalar", labels=y[0], mean=m[0], variance=0.75)
    one("variance a number", given="variance.item()", wrt=["labels", "mean"],
        labels=y, mean=m, variance=0.75)
    deep = dict(labels=logits(2, 3, 4, seed=14), mean=logits(2, 3, 4, seed=15))
    for shape in [(2, 3), (2, 3, 1), (2, 1, 4), (1, 3, 4)]:
        one(f"[2,3,4] variance {list(shape)}", ", full=True", {"full": True}, "mean",
            **deep, variance=2 * between_0_and_1(*shape, seed=16))
    for eps in (1e-6, 0.5):
        one(f"variance 0 and tiny eps={eps}", f", eps={eps}",
            {} if eps == 1e-6 else {"epsilon": eps},
            labels=[[1.0, 0.0, 2.0, 1.0, 0.0]], mean=[[1.0, 0.5, 1.0, 1.25, 0.0]],
            variance=rounded([[0, 0, 1e-8, 1e-5, 0.25]]))
    one("far", labels=rounded([[1e4, -1e4, 88, 0, 1e-8]]), mean=rounded([[-1e4, 88, 88, 0, 0]]),
        variance=rounded([[1, 1e4, 1e-4, 1e30, 1e-4]]))
    call = "F.gaussian_nll_loss(mean, labels, variance, reduction='none')"
    for shape in [(3, 4), (3, 1), (1, 4), ()]:
        golden(f"gaussianNll weights {list(shape)}, average",
               f"({call} * weights).sum() / weights.expand(3, 4).sum()", "gaussianNll",
               {"weights": weights(*shape), "reduction": "weightedMean"},
               labels=y, mean=m, variance=v)
    some = weights(3, 4) * binary(3, 4, seed=17)
    golden("gaussianNll some weights 0, variance [3]", f"({call} * weights).sum()", "gaussianNll",
           {"weights": some, "reduction": "sum"}, labels=y, mean=m, variance=v[:, 0])
    mask = np.array([True, False, True])
    golden("gaussianNll where, mean over what counts", f"{call}[mask].mean()", "gaussianNll",
           {"mask": mask, "reduction": "mean"}, labels=y, mean=m, variance=v[:, :1])
