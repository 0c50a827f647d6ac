"""Objectives of direct preference optimization that Liger Kernel lacks, as TRL writes them, in
PyTorch: they are lines inside its trainers, which need a dozen other packages."""

import numpy as np

from goldens import Goldens, logits, torch_engine

GAINS = "((chosen - referenceChosen){} - (rejected - referenceRejected){})"


def log_probs(*shape, seed):
    return -np.abs(logits(*shape, seed=seed, scale=4)) - 0.125


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"],
                     note="CPU, float64; composed by hand from ops of PyTorch")

    def one(loss, title, call, options={}, **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": "none"}, wrt=["chosen", "rejected"],
               **rest)

    pairs = {"chosen": log_probs(6, seed=1), "rejected": log_probs(6, seed=2)}
    whole = {**pairs, "referenceChosen": log_probs(6, seed=3), "referenceRejected": log_probs(6, seed=4)}
    for options, beta in ({}, 0.1), ({"beta": 0.5}, 0.5):
        h = f"{beta} * {GAINS.format('', '')}"
        one("dpo", f"smoothed, beta {beta}", f"-F.logsigmoid({h}) * 0.875 - F.logsigmoid(-{h}) * 0.125",
            {**options, "labelSmoothing": 0.125}, **whole)
        one("dpo", f"ipo, beta {beta}", f"({GAINS.format('', '')} - 1 / (2 * {beta})) ** 2",
            {**options, "objective": "ipo"}, **whole)
        lengths = {"chosenLengths": [3, 4, 2, 8, 5, 1], "rejectedLengths": [7, 1, 2, 4, 3, 6]}
        one("dpo", f"ipo, lengths, beta {beta}",
            f"({GAINS.format(' / chosen_lengths', ' / rejected_lengths')} - 1 / (2 * {beta})) ** 2",
            {**options, "objective": "ipo", **lengths}, **whole)
        one("cpo", f"hinge, beta {beta}", f"torch.relu(1 - {beta} * (chosen - rejected))",
            {**options, "objective": "hinge"}, **pairs)
    return golden
