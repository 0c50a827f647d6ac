"""Losses of answers that people prefer."""

import torch
import torch.nn.functional as F


def smoothed_surprise(h, share):
    if share == 0:
        return -F.logsigmoid(h)
    return -(1 - share) * F.logsigmoid(h) - share * F.logsigmoid(-h)


def dpo(chosen, rejected, reference_chosen, reference_rejected, o):
    a, b = chosen - reference_chosen.detach(), rejected - reference_rejected.detach()
    if o.objective == "ipo":
        return (a - b - 0.5 / o.beta).square()
    h = o.beta * (a - b)
    return F.relu(1 - h) if o.objective == "hinge" else smoothed_surprise(h, o.label_smoothing)


def cpo(chosen, rejected, o):
    h = o.beta * (chosen - rejected)
    return F.relu(1 - h) if o.objective == "hinge" else smoothed_surprise(h, o.label_smoothing)


def sim_po(chosen, rejected, o):
    return smoothed_surprise(o.beta * (chosen - rejected) - o.gamma, o.label_smoothing)


def orpo(chosen, rejected, o):
    odds = [x - torch.log1p(-x.exp()) for x in (chosen, rejected)]
    return -o.beta * F.logsigmoid(odds[0] - odds[1])


def kto(labels, policy, reference, o):
    h = o.beta * (policy - reference.detach() - o.kl)
    is_desirable = labels == 1
    weight = torch.where(is_desirable, o.desirable_weight, o.undesirable_weight)
    return weight * (1 - torch.sigmoid(torch.where(is_desirable, h, -h)))


def grpo(advantages, log_probs, old_log_probs, o):
    ratio = (log_probs - old_log_probs.detach()).exp()
    high = o.clip_range if o.clip_range_high is None else o.clip_range_high
    a = advantages.detach().unsqueeze(-1)
    return -torch.minimum(ratio * a, ratio.clamp(1 - o.clip_range, 1 + high) * a)
