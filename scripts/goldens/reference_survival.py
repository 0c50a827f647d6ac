"""Definitions of losses of survival times; see reference.py."""

import numpy as np

from autodiff import Var, exp, log
from reference import Unreduced, at_positions, lift, whole


@whole("cox", ties="efron")
def _(arrays, o, mask):
    """One event after the other: with Efron each leaves an equal share of those of its time."""
    labels, scores = arrays.values()
    times, events = ([float(label.value) for label in labels[:, at]] for at in (0, 1))
    scores = scores.reshape(-1)
    examples = [i for i in range(len(scores)) if np.broadcast_to(mask, len(scores))[i]]
    losses = np.array([Var(0) for _ in scores], dtype=object)
    valid = np.zeros(len(scores), dtype=bool)
    for time in {times[i] for i in examples}:
        tied = [i for i in examples if times[i] == time and events[i] == 1]
        at_risk = sum((exp(scores[i]) for i in examples if times[i] >= time), Var(0))
        for place, i in enumerate(tied):
            share = place / lift(len(tied)) if o["ties"] == "efron" else 0
            gone = share * sum((exp(scores[j]) for j in tied), Var(0))
            losses[i], valid[i] = log(at_risk - gone) - scores[i], True
    return Unreduced(losses, valid, np.ones(len(scores), dtype=object))


@whole("discreteTimeSurvival")
def _(arrays, o, mask):
    """The probability of each interval survived, and of the event that ends the last one."""
    labels, x = arrays.values()

    def at(index):
        interval, is_event = int(labels[index][0].value), labels[index][1].value == 1
        factors = [1 / (1 + exp(logit)) for logit in x[index][:interval + 1]]
        if is_event and interval < len(factors):
            factors[interval] = 1 / (1 + exp(-x[index][interval]))
        return -sum((log(factor) for factor in factors), Var(0))

    return at_positions(labels.shape[:-1], mask, at)
