"""PyTorch's Student distribution, whose log-probability is a likelihood; see torch_goldens.py."""

import numpy as np
import torch

from goldens import Goldens, between_0_and_1, logits, rounded, torch_engine, weights

NO_BOUND = "PyTorch has no lower bound of a scale or of degrees of freedom"
OF_GAMMAS = 1e-6  # what PyTorch's differences of ln Γ keep in float64 where there are 1e6 degrees of freedom


def make():
    golden = Goldens("torch", torch_engine({"distributions": torch.distributions}), ["torch"],
                     note="CPU, float64")
    loss = "studentTNll"
    full = "-distributions.StudentT({1}, location, {0}).log_prob(labels)"
    both = full.format("scale", "degreesOfFreedom")
    plain = f"{both} - math.log(math.pi) / 2"

    def one(name, call, options={}, reduction="none", **rest):
        golden(f"{loss} {name}", call, loss, {**options, "reduction": reduction}, **rest)

    data = dict(labels=logits(3, 4, seed=1), location=logits(3, 4, seed=2) / 2 + 1 / 64,
                scale=4 * between_0_and_1(3, 4, seed=3), degreesOfFreedom=8 * between_0_and_1(3, 4, seed=4))
    one("full", both, {"full": True}, **data)
    one("none", plain, **data)
    one("mean", f"({plain}).mean()", {}, "mean", **data)
    one("weights, average", f"(({plain}) * weights).sum() / weights.expand(3, 4).sum()",
        {"weights": weights(3, 1)}, "weightedMean", **data)
    some = {name: array[0] for name, array in data.items()}
    one("scale and degrees of freedom scalars", both, {"full": True},
        **{**some, "scale": 0.75, "degreesOfFreedom": 3.0})
    one("degrees of freedom [3]", full.format("scale", "degreesOfFreedom[:, None]"), {"full": True},
        **{**data, "degreesOfFreedom": data["degreesOfFreedom"][:, 0]})
    one("no error", both, {"full": True}, labels=[1.0, -2.0], location=[1.0, -2.0], scale=[0.5, 2.0],
        degreesOfFreedom=[1.0, 30])
    one("far", plain, labels=rounded([1e4, -1e4, 88, 0]), location=rounded([-1e4, 88, 88, 1e-8]),
        scale=rounded([1, 1e4, 1e-4, 1e30]), degreesOfFreedom=[0.5, 2, 3, 10])
    for size in (1e-2, 1, 100, 1e4, 1e6):
        one(f"{size:g} degrees of freedom", both, {"full": True}, tolerance=OF_GAMMAS if size > 100 else None,
            labels=rounded([-3, 0, 0.1, 10]), location=rounded([0, 1e-3, 0, 0.5]),
            scale=rounded([0.5, 1, 2, 3]), degreesOfFreedom=rounded(np.full(4, size)))
    below = dict(labels=[1.0], location=[0.5])
    one("scale below epsilon", plain, departs=NO_BOUND, **below, scale=rounded([1e-8]), degreesOfFreedom=[2.0])
    one("degrees of freedom below epsilon", plain, departs=NO_BOUND, **below, scale=[2.0],
        degreesOfFreedom=[2.0**-24])
    return golden
