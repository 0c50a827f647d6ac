"""Losses between boxes, of heatmaps and of keypoints."""

import math

import torch
import torch.nn.functional as F


def corners(boxes, o):
    a, b, c, d = boxes.unbind(-1)
    if o.format == "xyxy":
        return a, b, c, d
    if o.format == "yxyx":
        return b, a, d, c
    if o.format == "xywh":
        return a, b, a + c, b + d
    return a - c / 2, b - d / 2, a + c / 2, b + d / 2


def area(box):
    x1, y1, x2, y2 = box
    return (x2 - x1) * (y2 - y1)


def overlap(labels, predictions, o):
    """Both boxes, the smallest box around them, their union, and I ÷ (U + ε)."""
    t, p = corners(labels, o), corners(predictions, o)
    low, high = torch.minimum, torch.maximum
    hull = (low(t[0], p[0]), low(t[1], p[1]), high(t[2], p[2]), high(t[3], p[3]))
    width = (low(t[2], p[2]) - high(t[0], p[0])).clamp(min=0)
    height = (low(t[3], p[3]) - high(t[1], p[1])).clamp(min=0)
    union = area(t) + area(p) - width * height
    return t, p, hull, union, width * height / (union + o.epsilon)


def center_distance(t, p, hull, o):
    x, y = t[0] + t[2] - p[0] - p[2], t[1] + t[3] - p[1] - p[3]
    diagonal = (hull[2] - hull[0]).square() + (hull[3] - hull[1]).square()
    return (x.square() + y.square()) / 4 / (diagonal + o.epsilon)


def iou(labels, predictions, o):
    return 1 - overlap(labels, predictions, o)[-1]


def generalized_iou(labels, predictions, o):
    _, _, hull, union, share = overlap(labels, predictions, o)
    around = area(hull)
    return 1 - share + (around - union) / (around + o.epsilon)


def distance_iou(labels, predictions, o):
    t, p, hull, _, share = overlap(labels, predictions, o)
    return 1 - share + center_distance(t, p, hull, o)


def complete_iou(labels, predictions, o):
    t, p, hull, _, share = overlap(labels, predictions, o)
    angles = [torch.atan((b[2] - b[0]) / (b[3] - b[1])) for b in (t, p)]
    v = 4 / math.pi**2 * (angles[0] - angles[1]).square()
    with torch.no_grad():
        alpha = v / (1 - share + v + o.epsilon)
    return 1 - share + center_distance(t, p, hull, o) + alpha * v


def efficient_iou(labels, predictions, o):
    t, p, hull, _, share = overlap(labels, predictions, o)
    values = 1 - share + center_distance(t, p, hull, o)
    for low, high in ((0, 2), (1, 3)):
        difference = (t[high] - t[low] - p[high] + p[low]).square()
        values = values + difference / ((hull[high] - hull[low]).square() + o.epsilon)
    return values


def probabilities(predictions, o):
    if o.from_logits:
        return predictions.sigmoid(), F.logsigmoid(predictions), F.logsigmoid(-predictions)
    return predictions, predictions.log(), (1 - predictions).log()


def heatmap_focal(labels, predictions, o):
    p, log_p, log_rest = probabilities(predictions, o)
    at_peak = -((1 - p) ** o.alpha) * log_p
    elsewhere = -((1 - labels) ** o.beta) * p**o.alpha * log_rest
    return torch.where(labels == 1, at_peak, elsewhere)


heatmap_focal.mass = lambda inputs, o: (inputs[0] == 1).float()


def quality_focal(labels, predictions, o):
    p, log_p, log_rest = probabilities(predictions, o)
    surprise = -labels * log_p - (1 - labels) * log_rest
    return (labels - p).abs() ** o.beta * surprise


def varifocal(labels, predictions, o):
    p, log_p, log_rest = probabilities(predictions, o)
    of_something = -labels * (labels * log_p + (1 - labels) * log_rest)
    of_nothing = -o.alpha * p**o.gamma * log_rest
    return torch.where(labels > 0, of_something, of_nothing)


def distribution_focal(labels, predictions, o):
    last = predictions.shape[-1] - 1
    y = labels.clamp(0, last)
    left = y.floor().clamp(max=last - 1).long()
    share = y - left
    log_p = predictions.log_softmax(-1)
    of_left, of_right = (log_p.gather(-1, at.unsqueeze(-1)).squeeze(-1) for at in (left, left + 1))
    return -(1 - share) * of_left - share * of_right


def object_keypoint_similarity(labels, predictions, areas, o):
    squares = (predictions - labels).square().sum(-1)
    sizes = 8 * torch.tensor(o.sigmas).square() * areas.detach().unsqueeze(-1)
    return 1 - (-squares / sizes).exp()


def adaptive_wing(labels, predictions, o):
    error, n = (predictions - labels).abs(), o.alpha - labels
    bound = o.theta / o.epsilon
    slope = o.omega / (1 + bound**n) * n * bound ** (n - 1) / o.epsilon
    offset = o.theta * slope - o.omega * torch.log1p(bound**n)
    inner = o.omega * torch.log1p((error / o.epsilon) ** n)
    return torch.where(error < o.theta, inner, slope * error - offset)
