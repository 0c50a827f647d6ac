"""Losses of reinforcement learning; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, absolute, exp
from reference import at_positions, whole


def held(number):
    """The number, held constant."""
    return Var(number.value)


@whole("policyGradient")
def _(arrays, o, mask):
    advantages, log_probs = arrays.values()
    return at_positions(log_probs.shape, mask, lambda at: -held(advantages[at]) * log_probs[at])


@whole("ppoClip", clipRange=0.2, clipRangeHigh=None)
def _(arrays, o, mask):
    advantages, log_probs, old = arrays.values()
    low = 1 - mpmath.mpf(o["clipRange"])
    high = 1 + mpmath.mpf(o["clipRange"] if o["clipRangeHigh"] is None else o["clipRangeHigh"])

    def at(index):
        advantage = held(advantages[index])
        ratio = exp(log_probs[index] - held(old[index]))
        clipped = Var(min(max(ratio.value, low), high))
        surrogate, bounded = ratio * advantage, clipped * advantage
        return -(surrogate if surrogate.value <= bounded.value else bounded)

    return at_positions(log_probs.shape, mask, at)


@whole("clippedValue", clipRange=0.2)
def _(arrays, o, mask):
    returns, values, old_values = arrays.values()
    reach = mpmath.mpf(o["clipRange"])

    def at(index):
        value, old, target = values[index], held(old_values[index]), held(returns[index])
        change = value - old
        clipped = change if abs(change.value) <= reach else Var(mpmath.sign(change.value) * reach)
        errors = [value - target, old + clipped - target]
        first, second = [error * error / 2 for error in errors]
        return first if first.value >= second.value else second

    return at_positions(values.shape, mask, at)


@whole("qLearning", discount=0.99, selector=None, delta=1)
def _(arrays, o, mask):
    actions, rewards, values, next_values = arrays.values()
    discount = np.broadcast_to(np.asarray(o["discount"], float), actions.shape)
    selector = next_values if o["selector"] is None else np.broadcast_to(o["selector"], values.shape)
    delta = mpmath.mpf(float(o["delta"]))

    def size(number):
        return number.value if isinstance(number, Var) else number

    def at(index):
        row = list(selector[index])
        best = max(range(len(row)), key=lambda a: size(row[a]))
        target = held(rewards[index]) + held(next_values[index][best]) * mpmath.mpf(discount[index])
        error = absolute(target - values[index][actions[index]])
        if error.value <= delta:
            return error * error / 2
        return (error - delta / 2) * delta

    return at_positions(actions.shape, mask, at)
