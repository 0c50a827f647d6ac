"""Distillation, composed in PyTorch of its cross-entropy and its divergences."""

import math

import numpy as np
import torch
import torch.nn.functional as F

from goldens import Goldens, integers, logits, rounded, torch_engine, weights


def divergence(teacher, student, kind, temperature, beta=0.5):
    """As Hinton's distillation, and Liger's generalised Jensen-Shannon divergence, per row."""
    p, q = (F.log_softmax(x / temperature, -1) for x in (teacher, student))
    if kind == "jensenShannon" and 0 < beta < 1:
        mixture = torch.logsumexp(torch.stack([p + math.log(beta), q + math.log(1 - beta)]), 0)
        return (beta * F.kl_div(mixture, p, log_target=True, reduction="none").sum(-1)
                + (1 - beta) * F.kl_div(mixture, q, log_target=True, reduction="none").sum(-1))
    is_forward = kind == "forward" or (kind == "jensenShannon" and beta == 0)
    target, given = (p, q) if is_forward else (q, p)
    return F.kl_div(given, target, log_target=True, reduction="none").sum(-1)


def make():
    golden = Goldens("torch", torch_engine({"divergence": divergence}), ["torch"],
                     note="CPU, float64")
    data = dict(labels=integers(4, 5, seed=1), predictions=logits(5, 4, seed=2),
                teacher=logits(5, 4, seed=3))

    def one(title, options={}, text="{}", reduction="none", axis="", **inputs):
        o = {"alpha": 0.5, "temperature": 1, "divergence": "forward", "beta": 0.5, **options}
        teacher = "teacher" if options.get("detachTeacher") is False else "teacher.detach()"
        ignore = f", ignore_index={options['ignoreIndex']}" if "ignoreIndex" in options else ""
        t, a = o["temperature"], o["alpha"]
        factor = t * t if options.get("scaleByTemperature", True) else 1
        call = (f"{1 - a} * F.cross_entropy(predictions{axis}, labels{ignore}, reduction='none') + "
                f"{a * factor} * divergence({teacher}, predictions, {o['divergence']!r}, {t}, "
                f"{o['beta']})")
        golden(f"distillation {title}", text.format(f"({call})"), "distillation",
               {**options, "reduction": reduction}, **{**data, **inputs})

    one("none")
    one("mean", text="{}.mean()", reduction="mean")
    for kind in ("forward", "reverse", "jensenShannon"):
        own = {"divergence": kind, "detachTeacher": False}
        one(f"{kind}, the teacher too", own)
        for temperature in (0.5, 4):
            one(f"{kind} temperature={temperature}", {**own, "temperature": temperature})
        one(f"{kind} temperature=4, not scaled",
            {"divergence": kind, "temperature": 4, "scaleByTemperature": False})
        for alpha in (0, 0.25, 1):
            one(f"{kind} alpha={alpha}", {**own, "alpha": alpha})
        one(f"{kind} equal", own, predictions=data["teacher"])
    for beta in (0, 0.125, 0.75, 1):
        one(f"jensenShannon beta={beta}",
            {"divergence": "jensenShannon", "beta": beta, "detachTeacher": False})
    one("weights [5]", {"weights": weights(5)}, "({} * weights).sum() / weights.sum()",
        "weightedMean")
    one("mask", {"mask": np.arange(5) != 2}, "{}[mask].mean()", "mean")
    some = np.array([1, -100, 0, 3, -100])
    one("ignored labels", text="{}[labels != -100].mean()", reduction="mean", labels=some)
    one("ignoreIndex=3", {"ignoreIndex": 3}, "{}[labels != 3].sum()", "sum",
        labels=np.array([1, 3, 0, 3, 2]))
    one("[2,3,4] perExample", text="{}.mean(-1)", reduction="perExample",
        axis=".movedim(-1, 1)", labels=integers(4, 2, 3, seed=4),
        predictions=logits(2, 3, 4, seed=5), teacher=logits(2, 3, 4, seed=6))
    one("one class", labels=np.zeros(2, int), predictions=[[1.0], [2.0]], teacher=[[0.5], [-1.0]])
    far = rounded([[1e4, -1e4, 0], [88, -88, 0], [-88, 88, 0], [1e-8, -1e-8, 0]])
    one("logits far apart", labels=np.array([0, 1, 2, 0]), predictions=far[::-1].copy(), teacher=far)
    return golden
