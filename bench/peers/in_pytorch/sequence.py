"""Losses of sequences."""

import torch
import torch.nn.functional as F


def ctc(labels, logits, o):
    batch, steps, _ = logits.shape
    log_p = logits if o.log_probabilities else logits.log_softmax(-1)
    lengths = (labels >= 0).sum(-1)
    return F.ctc_loss(
        log_p.transpose(0, 1), labels.clamp(min=0), torch.full((batch,), steps), lengths,
        blank=o.blank_index, reduction="none", zero_infinity=o.zero_infinity,
    )  # fmt: skip


def crf(labels, emissions, transitions, o):
    steps = emissions.shape[1]
    is_during = labels >= 0
    y = labels.clamp(min=0)
    own = (emissions.gather(-1, y.unsqueeze(-1)).squeeze(-1) * is_during).sum(-1)
    own = own + (transitions[y[:, :-1], y[:, 1:]] * is_during[:, 1:]).sum(-1)
    reached = emissions[:, 0]
    for t in range(1, steps):
        after = torch.logsumexp(reached.unsqueeze(-1) + transitions, 1) + emissions[:, t]
        reached = torch.where(is_during[:, t, None], after, reached)
    return torch.logsumexp(reached, -1) - own


def soft_dtw(labels, predictions, o):
    costs = (labels[:, :, None] - predictions[:, None]).square().sum(-1)
    batch, rows, columns = costs.shape
    beyond = torch.full((batch,), torch.inf)
    last = [torch.zeros(batch)] + [beyond] * columns
    for i in range(rows):
        row = [beyond]
        for j in range(columns):
            ways = torch.stack([last[j], last[j + 1], row[j]], -1)
            row.append(costs[:, i, j] - o.gamma * torch.logsumexp(-ways / o.gamma, -1))
        last = row
    return last[-1]
