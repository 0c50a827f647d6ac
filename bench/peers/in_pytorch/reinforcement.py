"""Losses of reinforcement learning; what is a target, or of an earlier policy, is held constant."""

import torch
import torch.nn.functional as F

from .common import at_label


def policy_gradient(advantages, log_probs, o):
    return -advantages.detach() * log_probs


def ppo_clip(advantages, log_probs, old_log_probs, o):
    ratio = (log_probs - old_log_probs.detach()).exp()
    high = o.clip_range if o.clip_range_high is None else o.clip_range_high
    a = advantages.detach()
    return -torch.minimum(ratio * a, ratio.clamp(1 - o.clip_range, 1 + high) * a)


def clipped_value(returns, values, old_values, o):
    returns, old = returns.detach(), old_values.detach()
    clipped = old + (values - old).clamp(-o.clip_range, o.clip_range)
    return 0.5 * torch.maximum((values - returns).square(), (clipped - returns).square())


def q_learning(actions, rewards, values, next_values, o):
    with torch.no_grad():
        target = rewards + o.discount * next_values.amax(-1)
    return F.huber_loss(at_label(values, actions), target, delta=o.delta, reduction=o.reduction)
