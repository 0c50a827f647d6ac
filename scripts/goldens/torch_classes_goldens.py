"""Losses of classes and peaks that PyTorch has no function for, as their authors write them in it."""

import numpy as np

from goldens import between_0_and_1, distributions, integers, logits, one_hot, weights
from torch_goldens import goldens_of_torch

# Wang et al., with ln 0 = -4: the reverse cross-entropy of probabilities p and labels q.
CE = "F.cross_entropy({x}, {y}, reduction='none')"
REVERSE = "(F.softmax({x}, -1) * torch.log({q}.clamp(min=math.exp({zero})))).sum(-1)"


def make():
    golden, _, _ = goldens_of_torch()
    symmetric(golden)
    heatmap(golden)
    logit_adjusted(golden)
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


# Law & Deng: the two terms, each of its places.
PEAKS = "torch.where(labels == 1, (1 - {p})**{alpha} * {log_p}, 0)"
OTHERS = "torch.where(labels < 1, (1 - labels)**{beta} * {p}**{alpha} * {log_rest}, 0)"
OF_PROBABILITIES = {"p": "predictions", "log_p": "torch.log(predictions)",
                    "log_rest": "torch.log(1 - predictions)"}
OF_LOGITS = {"p": "torch.sigmoid(predictions)", "log_p": "F.logsigmoid(predictions)",
             "log_rest": "F.logsigmoid(-predictions)"}


def heatmap(golden):
    loss = "heatmapFocal"
    y = between_0_and_1(3, 4, seed=21)
    y[[0, 1, 1], [1, 0, 3]] = 1
    none = between_0_and_1(3, 4, seed=22)
    p, x = between_0_and_1(3, 4, seed=23), logits(3, 4, seed=24)
    some = weights(3, 4)

    def one(name, form, options={}, reduction="none", weighed="", end="", **rest):
        o = {"alpha": 2, "beta": 4, **form, **options}
        call = f"(-({PEAKS.format(**o)} + {OTHERS.format(**o)}){weighed}){end}"
        given = {"fromLogits": True} if form is OF_LOGITS else {}
        golden(f"{loss} {name}", call, loss, {**given, **options, "reduction": reduction}, **rest)

    for kind, form, given in [("", OF_PROBABILITIES, p), ("logits ", OF_LOGITS, x)]:
        inputs = {"labels": y, "predictions": given}
        for title, options in [
            ("defaults", {}), ("alpha 1, beta 2", {"alpha": 1, "beta": 2}), ("alpha 0", {"alpha": 0}),
            ("beta 0", {"beta": 0}), ("alpha 3", {"alpha": 3}),
        ]:
            # The power of a label has no derivative at 1 that is felt here.
            one(kind + title, form, options, wrt=["predictions"], **inputs)
        one(kind + "gradients of labels", form, labels=none, predictions=given)
        # By the number of peaks, as the authors do, or by 1.
        one(kind + "weightedMean", form, {}, "weightedMean", end=".sum() / (labels == 1).sum()", wrt=["predictions"], **inputs)
        one(kind + "weightedMean without peaks", form, {}, "weightedMean", end=".sum()",
            labels=none, predictions=given)
        one(kind + "weights, weightedMean", form, {"weights": some}, "weightedMean", " * weights",
            ".sum() / (weights * (labels == 1)).sum()", wrt=["predictions", "weights"], **inputs)
        one(kind + "weights, weightedMean without peaks", form, {"weights": some}, "weightedMean",
            " * weights", ".sum()", labels=none, predictions=given)
        one(kind + "mean", form, {}, "mean", end=".mean()", wrt=["predictions"], **inputs)
    far = np.array([[88.0, -88, 1e4, -1e4]] * 2)
    one("far logits", OF_LOGITS, labels=np.array([[1.0] * 4, [0.5] * 4]), predictions=far, wrt=["predictions"])


def logit_adjusted(golden):
    loss = "logitAdjusted"

    def one(name, options={}, reduction="none", **rest):
        tau = options.get("tau", 1)
        end = f", ignore_index={options['ignoreIndex']}" if "ignoreIndex" in options else ""
        shape = "" if rest["predictions"].ndim == 2 else ".unsqueeze(-1)"
        golden(f"{loss} {name}",
               f"F.cross_entropy(predictions + {tau} * torch.log(priors){shape}, labels{end}, reduction={reduction!r})",
               loss, {"priors": [0.5, 0.25, 0.125, 0.125], "reduction": reduction, **options},
               wrt=["predictions"], **rest)

    y, x = integers(4, 5, seed=41), logits(5, 4, seed=42)
    for reduction in ("none", "mean", "sum"):
        one(f"defaults {reduction}", {}, reduction, labels=y, predictions=x)
    one("tau 0.5", {"tau": 0.5}, labels=y, predictions=x)
    one("tau 0", {"tau": 0}, labels=y, predictions=x)
    one("counts", {"priors": [1000, 100, 10, 1]}, labels=y, predictions=x)
    one("ignored labels", {}, "mean", labels=np.array([0, -100, 3, -100, 1]), predictions=x)
    one("ignoreIndex 2", {"ignoreIndex": 2}, "mean", labels=y, predictions=x)
    one("[2,4,3] axis=1", {"axis": 1}, "mean", labels=integers(4, 2, 3, seed=43), predictions=logits(2, 4, 3, seed=44))
    far = np.array([[88.0, -88, 0, 1], [1e4, 0, -1e4, 1], [-1e4, -1e4, -1e4, -1e4]])
    one("far logits", labels=np.array([1, 2, 0]), predictions=far)
