"""PyTorch's ctc_loss, which takes log-probabilities with the time before the batch."""

import numpy as np

import ctc_cases
from goldens import Goldens, integers, logits, rounded, torch_engine, weights

LENGTHS_DIVIDE = "PyTorch's 'mean' divides each loss by the number of its labels"
SLOPE_BY_LOGITS = ("PyTorch's gradient by log-probabilities is the one by the logits that they "
                   "were made of, ours is the plain derivative")
LOGS = "logits.log_softmax(-1).transpose(0, 1)"


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"], note="CPU, float64")

    def one(title, arguments="", options={}, reduction="none", ours=None, first=LOGS, text="{}",
            **rest):
        call = (f"F.ctc_loss({first}, labels, logit_lengths, label_lengths{arguments}, "
                f"reduction={reduction!r})")
        golden(f"ctc {title}", text.format(call), "ctc",
               {**options, "reduction": ours or reduction}, **rest)

    for title, lengths, labels, x in ctc_cases.alignable():
        one(title, "", lengths, labels=labels, logits=x)
    x = logits(3, 6, 4, seed=1) / 2
    lengths, padded = ctc_cases.LENGTHS, ctc_cases.PADDED
    inputs = {"labels": padded, "logits": x}

    def by_default(title, label_lengths, arguments="", options={}, **inputs):
        golden(f"ctc {title}, lengths by default",
               f"F.ctc_loss({LOGS}, labels, (6, 6, 6), {label_lengths}{arguments}, "
               "reduction='none')", "ctc", {**options, "reduction": "none"}, **inputs)

    by_default("padded with the blank", (3, 2, 1), **inputs)
    by_default("padded with -1", (3, 2, 0), labels=np.array([[1, 2, 3], [3, 1, -1], [-1, -1, -1]]),
               logits=x)
    for blank in (3, 1):
        others = np.array([c for c in range(4) if c != blank])
        labels = others[np.maximum(padded - 1, 0)]
        arguments, options = f", blank={blank}", {"blankIndex": blank}
        one(f"blank {blank}", arguments, {**options, **lengths}, labels=labels, logits=x)
        by_default(f"blank {blank}, padded with it", (3, 2, 1), arguments, options,
                   labels=np.where(padded == 0, blank, labels), logits=x)
    one("blank 2, 30 steps", ", blank=2",
        {"blankIndex": 2, "labelLengths": [7, 4], "logitLengths": [30, 21]},
        labels=np.array([0, 1, 3, 4])[integers(4, 2, 7, seed=7)], logits=logits(2, 30, 5, seed=8))

    # Reductions
    one("sum", "", lengths, "sum", **inputs)
    one("mean", "", lengths, "mean", departs=LENGTHS_DIVIDE, **inputs)
    one("mean, by weights", "", {"weights": [0.25, 0.5, 1], "labelLengths": [4, 2, 1],
                                 "logitLengths": [6, 4, 5]}, "mean", wrt=["logits"],
        labels=np.array([[1, 2, 3, 1], [3, 1, 0, 0], [2, 0, 0, 0]]), logits=x)
    one("mean of the losses", "", lengths, ours="mean", text="{}.mean()", **inputs)
    one("weighted mean", "", {**lengths, "weights": weights(3)}, ours="weightedMean",
        text="({} * weights).sum() / weights.sum()", **inputs)
    one("mask", "", {**lengths, "mask": [True, False, True]}, ours="mean", text="{}[mask].mean()",
        **inputs)

    # No alignment
    some, labels, x = ctc_cases.impossible()
    one("impossible", "", some, value_only=True, labels=labels, logits=x)
    for reduction in ("none", "sum"):
        one(f"impossible zero_infinity {reduction}", ", zero_infinity=True",
            {**some, "zeroInfinity": True}, reduction, labels=labels, logits=x)
    one("zero_infinity where nothing is infinite", ", zero_infinity=True",
        {**lengths, "zeroInfinity": True}, **inputs)

    # Log-probabilities
    logs = rounded(np.log(np.array([[[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.25, 0.25, 0.5]],
                                    [[0.75, 0.125, 0.125], [0.25, 0.5, 0.25], [1, 0.5, 0.25]]])))
    of_logs = {"labels": np.array([[1, 2], [1, 0]]), "logits": logs}
    some = {"labelLengths": [2, 1], "logitLengths": [3, 2], "logProbabilities": True}
    for title, rest in [("log-probabilities", {"departs": SLOPE_BY_LOGITS}),
                        ("log-probabilities, the value", {"value_only": True})]:
        one(title, "", some, first="logits.transpose(0, 1)", **rest, **of_logs)
    return golden
