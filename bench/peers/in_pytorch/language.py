"""Losses of language models."""

import torch
import torch.nn.functional as F

from .common import at_label, classes_second
from .divergence import kullback_leibler


def logits_of(hidden, weight, o):
    return hidden @ (weight if o.transpose_weight else weight.T)


def linear_crossentropy(labels, hidden, weight, o):
    reduction = o.reduction
    if o.class_weights is not None:
        reduction = "mean" if o.weighted_mean else "none"
    return F.cross_entropy(
        classes_second(logits_of(hidden, weight, o)), labels, weight=o.class_weights,
        ignore_index=o.ignore_index, label_smoothing=o.label_smoothing, reduction=reduction,
    )  # fmt: skip


linear_crossentropy.ignores = True


def distillation(labels, predictions, teacher, o):
    surprise = F.cross_entropy(classes_second(predictions), labels, reduction="none")
    t = o.temperature
    p, q = (teacher.detach(), predictions) if o.divergence == "forward" else (predictions, teacher)
    divergence = kullback_leibler(p, q, "logits", "logits", t)
    scaled = t**2 * divergence if o.scale_by_temperature else divergence
    return (1 - o.alpha) * surprise + o.alpha * scaled


def sampled_logits(labels, hidden, weight, o):
    """Of the label and of all classes, which is what is drawn where there are no more."""
    logits = logits_of(hidden, weight, o)
    if o.num_sampled < logits.shape[-1]:
        raise NotImplementedError("the draw is this package's own")
    is_hit = labels.unsqueeze(-1) == torch.arange(logits.shape[-1])
    return at_label(logits, labels), logits, is_hit


def sampled_softmax(labels, hidden, weight, o):
    own, drawn, is_hit = sampled_logits(labels, hidden, weight, o)
    if o.remove_accidental_hits:
        drawn = drawn.masked_fill(is_hit, -torch.inf)
    return torch.logsumexp(torch.cat([own.unsqueeze(-1), drawn], -1), -1) - own


def nce(labels, hidden, weight, o):
    own, drawn, is_hit = sampled_logits(labels, hidden, weight, o)
    noise = F.softplus(drawn)
    if o.remove_accidental_hits:
        noise = noise.masked_fill(is_hit, 0)
    return F.softplus(-own) + noise.sum(-1)
