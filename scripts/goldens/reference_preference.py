"""Losses of answers that people prefer; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, exp, log, relu
from reference import at_positions, leading, whole
from reference_reinforcement import held


def sigmoid(x):
    return 1 / (1 + exp(-x))


def surprise(x):
    """−ln σ(x)."""
    return log(1 + exp(-x))


def smoothed(h, epsilon):
    return (1 - epsilon) * surprise(h) + epsilon * surprise(-h)


def exo_pair(h, epsilon):
    own, other = sigmoid(h), sigmoid(-h)
    return own * (log(own) - mpmath.log(1 - epsilon)) + other * (log(other) - mpmath.log(epsilon))


def discopop(h, tau):
    share = sigmoid(h / tau)
    return (1 - share) * surprise(h) + share * exp(-h)


def squared(x):
    return x * x


DPO = {
    "sigmoid": lambda a, b, beta, e, tau: smoothed(beta * (a - b), e),
    "hinge": lambda a, b, beta, e, tau: relu(1 - beta * (a - b)),
    "ipo": lambda a, b, beta, e, tau: squared(a - b - 1 / (2 * beta)),
    "robust": lambda a, b, beta, e, tau: (
        ((1 - e) * surprise(beta * (a - b)) - e * surprise(beta * (b - a))) / (1 - 2 * e)),
    "exoPair": lambda a, b, beta, e, tau: exo_pair(beta * (a - b), e),
    "ncaPair": lambda a, b, beta, e, tau: (
        surprise(beta * a) + surprise(-beta * a) / 2 + surprise(-beta * b) / 2),
    "bcoPair": lambda a, b, beta, e, tau: surprise(beta * a) + surprise(-beta * b),
    "sppoHard": lambda a, b, beta, e, tau: squared(a - 1 / (2 * beta)) + squared(b + 1 / (2 * beta)),
    "apoZero": lambda a, b, beta, e, tau: sigmoid(-beta * a) + sigmoid(beta * b),
    "apoDown": lambda a, b, beta, e, tau: sigmoid(beta * a) + sigmoid(beta * (b - a)),
    "discopop": lambda a, b, beta, e, tau: discopop(beta * (a - b), tau),
}


@whole("dpo", objective="sigmoid", beta=0.1, labelSmoothing=0, tau=0.05, chosenLengths=None,
       rejectedLengths=None)
def _(arrays, o, mask):
    chosen, rejected, reference_chosen, reference_rejected = arrays.values()
    numbers = [mpmath.mpf(o[name]) for name in ("beta", "labelSmoothing", "tau")]

    def length(option, at):
        return 1 if o[option] is None else mpmath.mpf(o[option][at[0]])

    def at(index):
        a = (chosen[index] - held(reference_chosen[index])) / length("chosenLengths", index)
        b = (rejected[index] - held(reference_rejected[index])) / length("rejectedLengths", index)
        return DPO[o["objective"]](a, b, *numbers)

    return at_positions(chosen.shape, mask, at)


@whole("cpo", objective="sigmoid", beta=0.1, labelSmoothing=0)
def _(arrays, o, mask):
    chosen, rejected = arrays.values()
    beta, epsilon = mpmath.mpf(o["beta"]), mpmath.mpf(o["labelSmoothing"])

    def at(index):
        h = beta * (chosen[index] - rejected[index])
        return relu(1 - h) if o["objective"] == "hinge" else smoothed(h, epsilon)

    return at_positions(chosen.shape, mask, at)


@whole("simPo", beta=2, gamma=1, labelSmoothing=0)
def _(arrays, o, mask):
    chosen, rejected = arrays.values()
    beta, gamma, epsilon = (mpmath.mpf(o[name]) for name in ("beta", "gamma", "labelSmoothing"))
    return at_positions(chosen.shape, mask, lambda at: smoothed(
        beta * (chosen[at] - rejected[at]) - gamma, epsilon))


def log_odds(x):
    """With 1 − eˣ bounded, also in the derivative."""
    rest, least = 1 - exp(x), mpmath.mpf("1e-30")
    return x - log(rest if rest.value >= least else Var(least, ((rest, 1),)))


@whole("orpo", beta=0.1)
def _(arrays, o, mask):
    chosen, rejected = arrays.values()
    return at_positions(chosen.shape, mask, lambda at: mpmath.mpf(o["beta"]) * surprise(
        log_odds(chosen[at]) - log_odds(rejected[at])))


@whole("kto", beta=0.1, kl=0, desirableWeight=1, undesirableWeight=1)
def _(arrays, o, mask):
    labels, policy, reference = arrays.values()
    beta, kl = mpmath.mpf(o["beta"]), mpmath.mpf(float(np.ravel(o["kl"])[0]))

    def at(index):
        h = beta * (policy[index] - held(reference[index]) - kl)
        if labels[index] == 1:
            return mpmath.mpf(o["desirableWeight"]) * sigmoid(-h)
        return mpmath.mpf(o["undesirableWeight"]) * sigmoid(h)

    return at_positions(policy.shape, mask, at)


def clipped(ratio, advantage, o):
    low = 1 - mpmath.mpf(o["clipRange"])
    high = 1 + mpmath.mpf(o["clipRange"] if o["clipRangeHigh"] is None else o["clipRangeHigh"])
    free = ratio
    if o["delta"] is not None and ratio.value > o["delta"]:
        free = Var(o["delta"])
    bounded = ratio if low <= ratio.value <= high else Var(low if ratio.value < low else high)
    first, second = free * advantage, bounded * advantage
    return -(first if first.value <= second.value else second)


@whole("grpo", objective="clip", clipRange=0.2, clipRangeHigh=None, delta=None, importance="token",
       beta=0, referenceLogProbs=None, temperaturePositive=1, temperatureNegative=1.05)
def _(arrays, o, mask):
    advantages, log_probs, old = arrays.values()
    shape = log_probs.shape
    counted = leading(mask, shape)
    reference = None if o["referenceLogProbs"] is None else np.broadcast_to(o["referenceLogProbs"], shape)

    def log_ratio(index):
        places = [index] if o["importance"] == "token" else [
            (index[0], t) for t in range(shape[1]) if counted[index[0], t]]
        terms = [log_probs[place] - held(old[place]) for place in places]
        return sum(terms, Var(0)) / len(terms)

    def surrogate(index):
        advantage, ratio = held(advantages[index[0]]), exp(log_ratio(index))
        if o["objective"] == "clip":
            return clipped(ratio, advantage, o)
        if o["objective"] == "cispo":
            most = 5 if o["clipRangeHigh"] is None else mpmath.mpf(o["clipRangeHigh"])
            return -(Var(min(ratio.value, most)) * advantage * log_probs[index])
        tau = mpmath.mpf(o["temperaturePositive" if advantage.value > 0 else "temperatureNegative"])
        return -(4 / tau * sigmoid(tau * (ratio - 1)) * advantage)

    def at(index):
        value = surrogate(index)
        if o["beta"] == 0:
            return value
        k = mpmath.mpf(reference[index]) - log_probs[index]
        return value + mpmath.mpf(o["beta"]) * (exp(k) - k - 1)

    return at_positions(shape, mask, at)
