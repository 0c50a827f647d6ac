"""Information and the difference of distributions."""

import torch
import torch.nn.functional as F

from .classification import in_base


def as_logarithms(x, how, temperature=1):
    if how == "logits":
        return (x if temperature == 1 else x / temperature).log_softmax(-1)
    return x if how == "logProbabilities" else x.log()


def as_probabilities(x, how, temperature=1):
    if how == "logits":
        return (x if temperature == 1 else x / temperature).softmax(-1)
    return x.exp() if how == "logProbabilities" else x


def entropy(probabilities, o):
    if o.from_logits:
        log_p = probabilities.log_softmax(-1)
        return in_base(-(log_p.exp() * log_p).sum(-1), o)
    return in_base(torch.special.entr(probabilities).sum(-1), o)


def cross_entropy(p, q, o):
    log_q = q.log_softmax(-1) if o.from_logits else q.log()
    return in_base(-(p * log_q).sum(-1), o)


def kullback_leibler(labels, predictions, label_format, prediction_format, temperature=1):
    log_p = as_logarithms(predictions, prediction_format, temperature)
    if label_format == "probabilities":
        return F.kl_div(log_p, labels, reduction="none").sum(-1)
    log_y = as_logarithms(labels, label_format, temperature)
    return F.kl_div(log_p, log_y, reduction="none", log_target=True).sum(-1)


def kl_divergence(labels, predictions, o):
    formats = o.label_format, o.prediction_format
    return in_base(kullback_leibler(labels, predictions, *formats, o.temperature), o)


def generalized_kl_divergence(labels, predictions, o):
    formats = o.label_format, o.prediction_format
    y = as_probabilities(labels, o.label_format)
    q = as_probabilities(predictions, o.prediction_format)
    surplus = (q - y).sum(-1)
    return in_base(kullback_leibler(labels, predictions, *formats) + surplus, o)


def jensen_shannon(labels, predictions, o):
    p = as_probabilities(labels, o.label_format, o.temperature)
    q = as_probabilities(predictions, o.prediction_format, o.temperature)
    log_m = (o.beta * p + (1 - o.beta) * q).log()
    of_p, of_q = (F.kl_div(log_m, x, reduction="none").sum(-1) for x in (p, q))
    return in_base(o.beta * of_p + (1 - o.beta) * of_q, o)


def total_variation(labels, predictions, o):
    p = as_probabilities(labels, o.label_format, o.temperature)
    q = as_probabilities(predictions, o.prediction_format, o.temperature)
    return 0.5 * (p - q).abs().sum(-1)
