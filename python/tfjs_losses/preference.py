"""Losses of answers that people prefer. What the reference and an earlier policy give is held constant."""

import math

from keras import ops

from .base import keep, loss
from .domain import LOG_PROBABILITY
from .numerics import at_least, at_most, bounded, mul_no_nan, times_exp


def smoothed_surprise(h, smoothing):
    """−(1 − ε)·ln σ(h) − ε·ln σ(−h)."""
    surprise = ops.softplus(-h)
    return surprise if smoothing == 0 else (1 - smoothing) * surprise + smoothing * ops.softplus(h)


def divergence_from_share(h, share):
    """The divergence of σ(h) and σ(−h) from a share and its rest."""
    own, other = ops.sigmoid(h), ops.sigmoid(-h)
    of_rest = -ops.softplus(h) - math.log(1 - share)
    return own * (-ops.softplus(-h) - math.log(share)) + other * of_rest


def check_dpo(o):
    smoothing, objective = o.label_smoothing, o.objective
    expected = {"sigmoid": None, "robust": "less than 0.5", "exoPair": "more than 0 and less than 1"}
    is_right = {
        "sigmoid": True,
        "robust": smoothing < 0.5,
        "exoPair": 0 < smoothing < 1,
    }.get(objective, smoothing == 0)
    if not is_right:
        wanted = expected.get(objective, "0")
        return f"label_smoothing is {smoothing}; expected {wanted} for the objective {objective!r}"
    if (o.chosen_lengths is None) != (o.rejected_lengths is None):
        return "only one of chosen_lengths and rejected_lengths is given; expected both or none"
    if o.chosen_lengths is not None and objective != "ipo":
        return (
            "chosen_lengths and rejected_lengths are given; "
            f"expected None for the objective {objective!r}"
        )
    return None


def per_length(log_ratios, lengths):
    return log_ratios if lengths is None else log_ratios / lengths


def discopop(h, tau):
    """(1 − m)·ln(1 + e⁻ʰ) + m·e⁻ʰ with m = σ(h/τ), whose second term is made by its logarithm."""
    turned = -h / tau
    return ops.sigmoid(turned) * ops.softplus(-h) + ops.exp(-(h + ops.softplus(turned)))


# Each of log-ratios a and b, h = β·(a − b), and the options.
OBJECTIVES = {
    "sigmoid": lambda a, b, h, o: smoothed_surprise(h, o.label_smoothing),
    "hinge": lambda a, b, h, o: ops.relu(1 - h),
    "ipo": lambda a, b, h, o: ops.square(a - b - 0.5 / o.beta),
    "robust": lambda a, b, h, o: (
        ops.softplus(-h) - o.label_smoothing / (1 - 2 * o.label_smoothing) * h
    ),
    "exoPair": lambda a, b, h, o: divergence_from_share(h, 1 - o.label_smoothing),
    "ncaPair": lambda a, b, h, o: (
        ops.softplus(-o.beta * a) + 0.5 * (ops.softplus(o.beta * a) + ops.softplus(o.beta * b))
    ),
    "bcoPair": lambda a, b, h, o: ops.softplus(-o.beta * a) + ops.softplus(o.beta * b),
    "sppoHard": lambda a, b, h, o: ops.square(a - 0.5 / o.beta) + ops.square(b + 0.5 / o.beta),
    "apoZero": lambda a, b, h, o: ops.sigmoid(-o.beta * a) + ops.sigmoid(o.beta * b),
    "apoDown": lambda a, b, h, o: ops.sigmoid(o.beta * a) + ops.sigmoid(-h),
    "discopop": lambda a, b, h, o: discopop(h, o.tau),
}


@loss(
    "(B),(B),(B),(B)->(B)",
    _check=check_dpo,
    objective="sigmoid",
    beta=0.1,
    label_smoothing=0,
    tau=0.05,
    chosen_lengths=None,
    rejected_lengths=None,
)
def dpo(chosen, rejected, reference_chosen, reference_rejected, o):
    """−ln σ(β·(a − b)), or what the objective says, of the log-ratios of policy and reference."""
    a = per_length(chosen - ops.stop_gradient(reference_chosen), o.chosen_lengths)
    b = per_length(rejected - ops.stop_gradient(reference_rejected), o.rejected_lengths)
    return OBJECTIVES[o.objective](a, b, o.beta * (a - b), o)


def check_cpo(o):
    if o.label_smoothing and o.objective == "hinge":
        return f"label_smoothing is {o.label_smoothing}; expected 0 for the objective 'hinge'"
    return None


@loss("(B),(B)->(B)", _check=check_cpo, objective="sigmoid", beta=0.1, label_smoothing=0)
def cpo(chosen, rejected, o):
    """−ln σ(h), or max(0, 1 − h), of h = β·(c − r)."""
    h = o.beta * (chosen - rejected)
    return ops.relu(1 - h) if o.objective == "hinge" else smoothed_surprise(h, o.label_smoothing)


@loss("(B),(B)->(B)", beta=2, gamma=1, label_smoothing=0)
def sim_po(chosen, rejected, o):
    """−ln σ(β·(c − r) − γ)."""
    return smoothed_surprise(o.beta * (chosen - rejected) - o.gamma, o.label_smoothing)


@loss("(B),(B)->(B)", _range=LOG_PROBABILITY, beta=0.1)
def orpo(chosen, rejected, o):
    """−β·ln σ of the difference of the log-odds x − ln(1 − eˣ)."""

    def log_odds(x):
        return x - ops.log(bounded(-ops.expm1(x), 1e-30))

    return o.beta * ops.softplus(log_odds(rejected) - log_odds(chosen))


@loss(
    "(B),(B),(B)->(B)", _labels="integers", beta=0.1, kl=0, desirable_weight=1, undesirable_weight=1
)
def kto(labels, policy, reference, o):
    """σ(−h) of a desirable answer and σ(h) of another one, times their weights."""
    h = o.beta * (policy - ops.stop_gradient(reference + o.kl))
    is_desirable = labels == 1
    weight = keep(is_desirable, o.desirable_weight * ops.ones_like(h), o.undesirable_weight)
    return weight * ops.sigmoid(ops.where(is_desirable, -h, h))


def check_grpo(o):
    if o.beta and o.reference_log_probs is None:
        return f"beta is {o.beta}; expected 0 without reference_log_probs"
    if o.delta is not None and o.objective != "clip":
        return f"delta is {o.delta}; expected None for the objective {o.objective!r}"
    return None


def clipped_surrogate(advantages, log_ratio, low, high, most):
    """−r·A, where r goes down to `low` and up to `most` if A < 0, and else up to `high`."""
    ratio = ops.exp(log_ratio)
    of_bad = at_least(ratio, low)
    of_bad = of_bad if most is None else at_most(of_bad, most)
    followed = ops.stop_gradient(ops.where(advantages < 0, of_bad, at_most(ratio, high)))
    is_followed = followed == ratio
    bound = keep(~is_followed, followed, 0) * advantages
    return -ops.where(is_followed, times_exp(advantages, keep(is_followed, log_ratio, 0)), bound)


def grpo_surrogate(advantages, log_ratio, log_probs, o):
    if o.objective == "cispo":
        most = 5 if o.clip_range_high is None else o.clip_range_high
        ratio = ops.stop_gradient(at_most(ops.exp(log_ratio), most))
        return -mul_no_nan(ratio * advantages, log_probs)
    if o.objective == "sapo":
        of_others = o.temperature_negative
        tau = keep(advantages > 0, o.temperature_positive * ops.ones_like(advantages), of_others)
        return -4 * ops.sigmoid(tau * ops.expm1(at_most(log_ratio, 80.0))) / tau * advantages
    low = 1 - o.clip_range
    high = 1 + (o.clip_range if o.clip_range_high is None else o.clip_range_high)
    if o.delta is None:
        return clipped_surrogate(advantages, log_ratio, low, high, None)
    return clipped_surrogate(advantages, log_ratio, low, min(high, o.delta), max(high, o.delta))


@loss(
    "(B),(B,T),(B,T)->(B,T)",
    _check=check_grpo,
    objective="clip",
    clip_range=0.2,
    clip_range_high=None,
    delta=None,
    importance="token",
    beta=0,
    reference_log_probs=None,
    temperature_positive=1,
    temperature_negative=1.05,
)
def grpo(advantages, log_probs, old_log_probs, o, valid):
    """−min(r·A, clip(r, 1 − ε, 1 + ε′)·A) + β·(eᵏ − k − 1), or what the objective says."""
    ones = ops.ones_like(log_probs)
    log_ratio = log_probs - ops.stop_gradient(old_log_probs)
    if o.importance == "sequence":
        counts = ones if valid is None else keep(valid, ones, 0)
        shares = counts / at_least(ops.sum(counts, axis=-1, keepdims=True), 1)
        log_ratio = ops.sum(shares * log_ratio, axis=-1, keepdims=True) * ones
    of_tokens = ops.stop_gradient(advantages)[:, None] * ones
    surrogate = grpo_surrogate(of_tokens, log_ratio, log_probs, o)
    if o.beta == 0:
        return surrogate
    k = o.reference_log_probs - log_probs
    return surrogate + o.beta * (ops.expm1(k) - k)
