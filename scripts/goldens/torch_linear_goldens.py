"""PyTorch's cross-entropy of a linear layer: linear_cross_entropy, and composed by hand."""

import numpy as np

from goldens import Goldens, integers, logits, rounded, torch_engine, weights

EMPTY = "PyTorch divides 0 by 0 where every label is ignored"
LOSS = "linearCrossentropy"


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"], note="CPU, float64")

    def one(title, call, options={}, reduction="mean", ours=None, **rest):
        """Fills in `reduction` at the end of a call."""
        golden(f"{title} {reduction}", f"{call[:-1]}, reduction={reduction!r})", LOSS,
               {**options, "reduction": ours or reduction}, **rest)

    y, hidden, weight = integers(5, 4, seed=1), logits(4, 3, seed=2) / 2, logits(5, 3, seed=3) / 2
    inputs = {"labels": y, "hidden": hidden, "weight": weight}
    some = {**inputs, "labels": np.array([3, -100, 0, -100])}
    none = {**inputs, "labels": np.full(4, -100)}
    bias = {"bias": [0.5, -1, 0.25, 2, -0.125]}
    weighed = {"classWeights": [0.5, 2, 1.25, 0.25, 1]}
    smoothed = {"labelSmoothing": 0.125}

    def function(arguments=""):
        return f"F.linear_cross_entropy(hidden, weight, labels{arguments})"

    for reduction in ("none", "mean", "sum"):
        ours = "weightedMean" if reduction == "mean" else None
        one("linear_cross_entropy", function(), {}, reduction, **inputs)
        one("linear_cross_entropy bias", function(", linear_bias=bias"), bias, reduction, **inputs)
        one("linear_cross_entropy classWeights", function(", weight=class_weights"), weighed,
            reduction, ours, **inputs)
        one("linear_cross_entropy ignore_index", function(", ignore_index=-100"),
            {"ignoreIndex": -100}, reduction, **some)
        one("linear_cross_entropy everything",
            function(", linear_bias=bias, weight=class_weights, ignore_index=-100, "
                     "label_smoothing=0.125"),
            {**bias, **weighed, **smoothed, "ignoreIndex": -100}, reduction, ours, **some)
        one("linear_cross_entropy all ignored", function(), {"ignoreIndex": -100}, reduction,
            departs=EMPTY if reduction == "mean" else None, **none)
        for policy in ("accurate", "compact"):
            one(f"linear_cross_entropy chunks of 2, {policy}",
                function(", linear_bias=bias, options=torch.nn.LinearCrossEntropyOptions("
                         f"batch_chunk_size=2, acc_policy={policy!r})"),
                {**bias, "chunkSize": 2}, reduction, **inputs)
    one("linear_cross_entropy label_smoothing", function(", label_smoothing=0.125"), smoothed,
        **inputs)
    one("linear_cross_entropy one example", function(), labels=np.array(2), hidden=hidden[0],
        weight=weight, ours="none")
    one("linear_cross_entropy one-hot", "F.linear_cross_entropy(hidden, weight, "
        "F.one_hot(labels, 5).double())", **inputs)
    one("linear_cross_entropy 50 classes", function(), labels=integers(50, 3, seed=4),
        hidden=logits(3, 4, seed=5) / 2, weight=logits(50, 4, seed=6) / 4)
    one("linear_cross_entropy extreme", function(", linear_bias=bias"),
        {"bias": rounded([1e4, -1e4, 0, 1e-8])}, "none", labels=np.array([0, 1, 2, 3]),
        hidden=rounded([[0, 0], [88, 0], [1e4, 1e4], [1e-8, -1e-8]]),
        weight=rounded([[1, 0], [-1, 1e-8], [0, 1], [2, -2]]))

    # Composed by hand
    def composed(title, logits="hidden @ weight.T", arguments="", options={}, target="labels",
                 text="{}", **rest):
        call = f"F.cross_entropy({logits}, {target}{arguments})"
        golden(f"composed {title}", text.format(call), LOSS, {"reduction": "mean", **options},
               **{**inputs, **rest})

    composed("mean")
    composed("transposeWeight", "hidden @ weight", options={"transposeWeight": True},
             weight=weight.T)
    composed("transposeWeight, bias", "hidden @ weight + bias",
             options={"transposeWeight": True, **bias}, weight=weight.T)
    capped = "{0} * torch.tanh(({1}) / {0})"
    for cap in (2, 30):
        composed(f"softcap {cap}", capped.format(float(cap), "hidden @ weight.T"),
                 options={"softcap": cap})
    plus_z = "{} + 0.25 * torch.logsumexp(hidden @ weight.T, -1).square().mean()"
    composed("zLoss", text=plus_z, options={"zLoss": 0.25})
    composed("softcap, zLoss, bias, none",
             f"(x := {capped.format('2.0', 'hidden @ weight.T + bias')})", ", reduction='none'",
             {"softcap": 2, "zLoss": 0.25, **bias, "reduction": "none"},
             text="{} + 0.25 * torch.logsumexp(x, -1).square()")
    composed("zLoss, ignore_index", text="{} + 0.25 * torch.logsumexp(hidden[[0, 2]] @ weight.T, "
             "-1).square().mean()", options={"zLoss": 0.25, "ignoreIndex": -100}, **some)
    composed("weights", arguments=", reduction='none'",
             text="({} * weights).sum() / weights.sum()",
             options={"weights": weights(4), "reduction": "weightedMean"})
    composed("mask", "(hidden @ weight.T)[mask]", target="labels[mask]",
             options={"mask": [True, False, True, True]})

    # Sequences: the class axis of F.cross_entropy is 1
    deep = {"labels": integers(5, 2, 4, seed=7), "hidden": logits(2, 4, 3, seed=8) / 2}
    some = {**deep, "labels": np.where(integers(2, 2, 4, seed=9) == 1, -100, deep["labels"])}
    first = "(hidden @ weight.T).movedim(-1, 1)"
    composed("[2,4,3]", first, ", reduction='none'", {"reduction": "none"}, **deep)
    composed("[2,4,3] perExample", first, ", reduction='none'", {"reduction": "perExample"},
             text="{}.mean(-1)", **deep)
    for shift in (1, 2):
        shifted = f"(hidden[:, :-{shift}] @ weight.T).movedim(-1, 1)"
        for reduction in ("none", "mean"):
            composed(f"shift {shift} {reduction}", shifted, f", reduction={reduction!r}",
                     {"shift": shift, "reduction": reduction}, f"labels[:, {shift}:]", **deep)
    composed("shift 1, ignore_index, classWeights, label_smoothing",
             "(hidden[:, :-1] @ weight.T).movedim(-1, 1)",
             ", weight=class_weights, label_smoothing=0.125",
             {"shift": 1, "ignoreIndex": -100, **weighed, **smoothed, "reduction": "weightedMean"},
             "labels[:, 1:]", **some)
    return golden
