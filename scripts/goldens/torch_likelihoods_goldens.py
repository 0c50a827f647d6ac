"""PyTorch's distributions, whose log-probabilities are likelihoods; see torch_goldens.py."""

import numpy as np
import torch

from goldens import Goldens, between_0_and_1, integers, logits, rounded, torch_engine, weights

DISTRIBUTIONS = torch.distributions
NO_BOUND = "PyTorch has no lower bound of a scale or a dispersion"
OF_GAMMAS = 1e-7  # what PyTorch's differences of ln Γ keep in float64 where r is 1e6; their derivatives keep less


def make():
    golden = Goldens("torch", torch_engine({"distributions": DISTRIBUTIONS}), ["torch"],
                     note="CPU, float64")
    laplace(golden)
    negative_binomial(golden)
    mixture(golden)
    return golden


def laplace(golden):
    loss, full = "laplaceNll", "-distributions.Laplace(location, {}).log_prob(labels)"
    y, m, b = logits(3, 4, seed=1), logits(3, 4, seed=2) / 2 + 1 / 64, 4 * between_0_and_1(3, 4, seed=3)
    data = dict(labels=y, location=m, scale=b)

    def one(name, call, options={}, reduction="none", **rest):
        golden(f"laplaceNll {name}", call, loss, {**options, "reduction": reduction}, **rest)

    plain = f"{full} - math.log(2)".format("scale")
    one("full", full.format("scale"), {"full": True}, **data)
    one("none", plain, **data)
    one("mean", f"({plain}).mean()", {}, "mean", **data)
    one("scale [3]", f"{full} - math.log(2)".format("scale[:, None]"), labels=y, location=m, scale=b[:, 0])
    one("scale [1,4]", plain, labels=y, location=m, scale=b[:1])
    one("scale a scalar", plain, labels=y[0], location=m[0], scale=0.75)
    one("no error", plain, labels=[1.0, -2.0], location=[1.0, -2.0], scale=[0.5, 2.0])
    one("far", plain, labels=rounded([1e4, -1e4, 88, 0]), location=rounded([-1e4, 88, 88, 1e-8]),
        scale=rounded([1, 1e4, 1e-4, 1e30]))
    for shape in [(3, 4), (3, 1), ()]:
        one(f"weights {list(shape)}, average",
            f"(({plain}) * weights).sum() / weights.expand(3, 4).sum()",
            {"weights": weights(*shape)}, "weightedMean", **data)
    one("scale below epsilon", plain, departs=NO_BOUND, labels=[1.0], location=[0.5],
        scale=rounded([1e-8]))


def negative_binomial(golden):
    loss = "negativeBinomialNll"
    full = ("-distributions.NegativeBinomial(1 / {0}, logits=({0} * mean).log())"
            ".log_prob(labels)")
    counts = integers(6, 3, 4, seed=4).astype(float)
    m, a = 4 * between_0_and_1(3, 4, seed=5), 2 * between_0_and_1(3, 4, seed=6)
    data = dict(labels=counts, mean=m, dispersion=a)

    def one(name, call, options={}, reduction="none", **rest):
        golden(f"{loss} {name}", call, loss, {**options, "reduction": reduction}, **rest)

    plain = f"{full} - torch.lgamma(labels + 1)"
    one("full", full.format("dispersion"), {"full": True}, **data)
    one("none", plain.format("dispersion"), **data)
    one("mean", f"({plain}).mean()".format("dispersion"), {}, "mean", **data)
    one("dispersion [3]", plain.format("dispersion[:, None]"),
        labels=counts, mean=m, dispersion=a[:, 0])
    one("dispersion a scalar", full.format("dispersion"), {"full": True},
        labels=counts[0], mean=m[0], dispersion=0.75)
    some = dict(labels=[0.0, 1, 2, 7, 100, 10000], mean=rounded([3, 1, 1e-4, 1e4, 99.5, 10001]))
    for size in (1e-6, 1e-3, 1, 1e6, 1e20):
        one(f"dispersion {size:g}, full", full.format("dispersion"), {"full": True},
            tolerance=OF_GAMMAS if size < 1e-2 else None,
            wrt=["labels", "mean"] if size < 1e-4 else None, **some, dispersion=rounded(np.full(6, max(size, 1.0000001e-6))))
    one("weights, average", f"(({plain}) * weights).sum() / weights.expand(3, 4).sum()"
        .format("dispersion"), {"weights": weights(3, 1)}, "weightedMean", **data)
    one("dispersion below epsilon", plain.format("dispersion"), departs=NO_BOUND,
        labels=[3.0], mean=[2.0], dispersion=rounded([2.0**-24]))


def mixture(golden):
    loss = "gaussianMixtureNll"
    call = ("-distributions.MixtureSameFamily(distributions.Categorical(logits=logits), "
            "distributions.Independent(distributions.Normal(means, scales), 1)).log_prob(labels)")

    def one(name, text=call, options={}, reduction="none", **rest):
        golden(f"{loss} {name}", text, loss, {**options, "reduction": reduction}, **rest)

    def data(*leading, seed, components=3, entries=2):
        return dict(labels=logits(*leading, entries, seed=seed) / 2,
                    logits=logits(*leading, components, seed=seed + 1),
                    means=logits(*leading, components, entries, seed=seed + 2) / 2,
                    scales=2 * between_0_and_1(*leading, components, entries, seed=seed + 3))

    one("[4]", **data(4, seed=10))
    one("[4] mean", f"({call}).mean()", {}, "mean", **data(4, seed=10))
    one("[2,3]", **data(2, 3, seed=20))
    one("one point", **data(seed=30))
    one("one component", **data(4, seed=40, components=1))
    one("one entry", **data(4, seed=50, entries=1))
    one("weights, average", f"({call} * weights).sum() / weights.sum()",
        {"weights": weights(4)}, "weightedMean", **data(4, seed=60))
    one("logits of any size", labels=[[0.5], [0.5], [0.5]],
        logits=rounded([[1e4, -1e4], [88, -88], [-88, 1e4]]), means=[[[0.0], [1.0]]] * 3,
        scales=[[[1.0], [0.5]]] * 3)
    one("far from all", labels=rounded([[1e4, -1e4], [88, -88]]), logits=[[0.5, -0.5]] * 2,
        means=[[[0.0, 0.5], [1.0, -1.0]]] * 2, scales=rounded([[[1, 0.5], [1e-2, 2]]] * 2))
    one("scale below epsilon", departs=NO_BOUND, labels=[[0.0]], logits=[[0.0, 0.0]],
        means=[[[0.0], [1.0]]], scales=rounded([[[1e-8], [1.0]]]))
