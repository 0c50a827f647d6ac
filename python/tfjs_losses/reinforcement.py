"""Losses of reinforcement learning. What is a target, or of an earlier policy, is held constant."""

from keras import ops

from .base import loss
from .numerics import is_class, keep, mul_no_nan, pick, times_exp


@loss("(...),(...)->(...)")
def policy_gradient(advantages, log_probs):
    """−A·ln π."""
    return -mul_no_nan(ops.stop_gradient(advantages), log_probs)


@loss("(...),(...),(...)->(...)", clip_range=0.2, clip_range_high=None)
def ppo_clip(advantages, log_probs, old_log_probs, o):
    """−min(r·A, clip(r, 1 − ε, 1 + ε′)·A)."""
    advantages = ops.stop_gradient(advantages)
    log_ratio = log_probs - ops.stop_gradient(old_log_probs)
    low = 1 - o.clip_range
    high = 1 + (o.clip_range if o.clip_range_high is None else o.clip_range_high)
    ratio = ops.exp(log_ratio)
    is_clipped = ops.where(advantages < 0, ratio < low, ratio > high)
    bound = advantages * ops.where(advantages < 0, low, high)
    return -keep(~is_clipped, times_exp(advantages, keep(~is_clipped, log_ratio, 0)), bound)


@loss("(...),(...),(...)->(...)", clip_range=0.2)
def clipped_value(returns, values, old_values, o):
    """½·max((v − R)², (v′ − R)²), with v′ = clip(v, v_old − ε, v_old + ε)."""
    returns, old_values = ops.stop_gradient(returns), ops.stop_gradient(old_values)
    change = values - old_values
    clipped = ops.stop_gradient(old_values + ops.clip(change, -o.clip_range, o.clip_range))
    error, bounded = values - returns, clipped - returns
    distance = ops.abs(change)
    # At the end of the range it is the error that grows outwards.
    at_end = ops.logical_and(distance == o.clip_range, error * change >= 0)
    is_worse = ops.logical_or(distance < o.clip_range, ops.abs(error) > ops.abs(bounded))
    return 0.5 * ops.square(keep(ops.logical_or(is_worse, at_end), error, bounded))


@loss(
    "(...),(...),(...,C),(...,C)->(...)",
    _labels="classes",
    discount=0.99,
    selector=None,
    delta=1,
)
def q_learning(actions, rewards, values, next_values, o):
    """Huber's loss of r + γ·max q′ − q_y; `selector` chooses the action in q′."""
    classes = values.shape[-1]
    if o.selector is None:
        best = ops.max(next_values, axis=-1)
    else:
        chosen = is_class(ops.argmax(o.selector, axis=-1), classes)
        best = pick(next_values, chosen)
    target = ops.stop_gradient(rewards + o.discount * best)
    error = ops.abs(target - pick(values, is_class(actions, classes)))
    quadratic = ops.minimum(error, o.delta)
    return quadratic * (error - 0.5 * quadratic)
