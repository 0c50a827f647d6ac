"""The clipped surrogate and the clipped value loss as CleanRL and OpenAI baselines write them, in PyTorch."""

import numpy as np

from goldens import Goldens, logits, rounded, torch_engine

# The derivative of clamp would not change a number here: no value lies at a bound.
VALUE = ("0.5 * torch.max((values - returns.detach()) ** 2, (oldValues.detach() + torch.clamp(values - "
         "oldValues.detach(), -{0}, {0}) - returns.detach()) ** 2)")
SURROGATE = ("(ratio := torch.exp(logProbs - oldLogProbs.detach()), a := advantages.detach(), "
             "torch.max(-a * ratio, -a * torch.clamp(ratio, 1 - {}, 1 + {})))[-1]")


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"],
                     note="CPU, float64; composed by hand from ops of PyTorch")

    def one(title, call, loss, options={}, **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": "none"}, **rest)

    states = {"returns": logits(8, seed=1), "values": logits(8, seed=2),
              "oldValues": logits(8, seed=3)}
    near = {**states, "oldValues": states["values"] + np.array([0, 1, -1, 2, -2, 3, -3, 0]) / 16}
    for reach in (0.2, 1.1):
        one(f"clipRange {reach}", VALUE.format(reach), "clippedValue", {"clipRange": reach}, **states)
        one(f"clipRange {reach}, near", VALUE.format(reach), "clippedValue", {"clipRange": reach}, **near)
    one("[2,3]", VALUE.format(0.2), "clippedValue", returns=logits(2, 3, seed=4),
        values=logits(2, 3, seed=5), oldValues=logits(2, 3, seed=6))
    one("extreme", VALUE.format(0.2), "clippedValue", returns=rounded([1e4, -1e4, 0, 88]),
        values=rounded([-1e4, -1e4, 1e-8, 0]), oldValues=rounded([1e4, 0, 0, 88]))

    steps = {"advantages": logits(8, seed=1), "logProbs": -np.abs(logits(8, seed=2))}
    old = {"oldLogProbs": steps["logProbs"] + np.array([0, 1, -1, 2, -2, 8, -8, 16]) / 16}
    one("default", SURROGATE.format(0.2, 0.2), "ppoClip", **steps, **old)
    one("clipRangeHigh 0.28", SURROGATE.format(0.2, 0.28), "ppoClip", {"clipRangeHigh": 0.28}, **steps, **old)
    one("clipRange 0.1, clipRangeHigh 2", SURROGATE.format(0.1, 2), "ppoClip",
        {"clipRange": 0.1, "clipRangeHigh": 2}, **steps, **old)
    return golden
