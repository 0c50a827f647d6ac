"""Definitions of losses of survival times; see reference.py."""

import numpy as np

from autodiff import Var, exp, log
from reference import Unreduced, lift, whole


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
