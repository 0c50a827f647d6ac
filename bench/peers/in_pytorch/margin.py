"""Losses that ask for a distance between scores."""

import torch
import torch.nn.functional as F

from .common import at_label, one_hot, signed


def hinge(labels, predictions, o):
    return F.relu(o.margin - signed(labels, o) * predictions)


def squared_hinge(labels, predictions, o):
    return F.relu(o.margin - signed(labels, o) * predictions).square()


def perceptron(labels, predictions, o):
    return F.relu(-signed(labels, o) * predictions)


def hinge_embedding(labels, predictions, o):
    together = 0.5 * (1 + signed(labels, o))
    return together * predictions + (1 - together) * F.relu(o.margin - predictions)


def margin_ranking(labels, a, b, o):
    return F.margin_ranking_loss(a, b, signed(labels, o), margin=o.margin, reduction=o.reduction)


def categorical_hinge(labels, predictions, o):
    right = (labels * predictions).sum(-1)
    wrong = ((1 - labels) * predictions).masked_fill(labels >= 1, -torch.inf).amax(-1)
    return F.relu(o.margin + wrong - right)


def shortfall(labels, predictions, margin):
    is_right = one_hot(labels, predictions).bool()
    wrong = predictions.masked_fill(is_right, -torch.inf).amax(-1)
    return F.relu(margin + wrong - at_label(predictions, labels))


def multiclass_hinge(labels, predictions, o):
    return shortfall(labels, predictions, o.margin)


def multiclass_perceptron(labels, predictions, o):
    return shortfall(labels, predictions, 0)


def multi_margin(labels, predictions, o):
    classes = predictions.shape[-1]
    values = F.multi_margin_loss(
        predictions.reshape(-1, classes), labels.reshape(-1), p=o.p, margin=o.margin,
        weight=o.class_weights, reduction="none",
    )  # fmt: skip
    return values.reshape(labels.shape)


def mass_of_labels(inputs, o):
    return torch.ones(()) if o.class_weights is None else o.class_weights[inputs[0]]


multi_margin.mass = mass_of_labels


def multilabel_margin(labels, predictions, o):
    classes = predictions.shape[-1]
    values = F.multilabel_margin_loss(
        predictions.reshape(-1, classes), labels.reshape(-1, classes), reduction="none"
    )
    return values.reshape(predictions.shape[:-1])
