"""Losses of survival times."""

import torch
import torch.nn.functional as F

from .common import counted_mean, of_batch


@of_batch
def cox(labels, log_hazards, o):
    time, is_event = labels[:, 0], labels[:, 1] > 0.5
    is_at_risk = time[:, None] <= time[None, :]
    scores = torch.where(is_at_risk, log_hazards[None, :], -torch.inf)
    if o.ties == "efron":
        is_tied = (time[:, None] == time[None, :]) & is_event[None, :]
        gone = is_tied.tril(-1).sum(1)
        left = torch.log1p(-gone / is_tied.sum(1).clamp(min=1))
        scores = torch.where(is_tied, scores + left[:, None], scores)
    return counted_mean(torch.logsumexp(scores, -1) - log_hazards, is_event)


def discrete_time_survival(labels, predictions, o):
    time, event = labels[:, :1], labels[:, 1:]
    starts = torch.arange(predictions.shape[-1])
    targets = ((time < starts + 1) & (event > 0.5)).float()
    losses = F.binary_cross_entropy_with_logits(predictions, targets, reduction="none")
    return (losses * (starts <= time)).sum(-1)
