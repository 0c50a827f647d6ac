"""Losses of masks: how well predicted regions overlap with labelled ones."""

import torch
import torch.nn.functional as F


def probabilities(predictions, o):
    if not getattr(o, "from_logits", False):
        return predictions
    return predictions.softmax(-1) if predictions.shape[-1] > 1 else predictions.sigmoid()


def counted(labels, predictions, o, mask):
    """Labels and probabilities, 0 where the mask or an ignored label leaves them out."""
    p = probabilities(predictions, o)
    return (labels, p) if mask is None else (labels * mask, p * mask)


def over(x, o):
    """The axes that are summed: of pixels, and of examples too."""
    return tuple(range(1 if o.axis == "example" else 0, x.dim() - 1))


def mean_over_classes(losses, o):
    if o.class_weights is None:
        return losses.mean(-1)
    return (losses * o.class_weights).sum(-1) / o.class_weights.sum()


def overlap_loss(labels, predictions, o, mask, alpha, beta):
    y, p = counted(labels, predictions, o, mask)
    axes = over(y, o)
    overlap = (y * p).sum(axes)
    present, predicted = ((x.square() if o.squared else x).sum(axes) for x in (y, p))
    errors = alpha * (predicted - overlap) + beta * (present - overlap)
    score = (overlap + o.smooth) / (overlap + errors + o.smooth)
    return mean_over_classes(-score.log() if o.log_loss else 1 - score, o)


def dice(labels, predictions, o, mask):
    return overlap_loss(labels, predictions, o, mask, 0.5, 0.5)


def jaccard(labels, predictions, o, mask):
    return overlap_loss(labels, predictions, o, mask, 1, 1)


def tversky(labels, predictions, o, mask):
    return overlap_loss(labels, predictions, o, mask, o.alpha, o.beta) ** o.gamma


def dice_crossentropy(labels, predictions, o, mask):
    if o.from_logits:
        log_p = predictions.log_softmax(-1)
    else:
        log_p = predictions.clamp(min=o.epsilon).log()
    y = labels if mask is None else labels * mask
    weighed = y if o.class_weights is None else y * o.class_weights
    axes = over(y, o)
    surprise = -(weighed * log_p).sum(-1).sum(axes)
    if o.class_weights is not None:
        mass = weighed.sum(-1).sum(axes)
    elif mask is None:
        mass = y[..., 0].numel() / (len(y) if o.axis == "example" else 1)
    else:
        mass = mask.expand_as(y).any(-1).sum(axes)
    overlap = dice(labels, predictions, o, mask)
    return o.dice_weight * overlap + o.crossentropy_weight * surprise / mass


def generalized_dice(labels, predictions, o, mask):
    y, p = counted(labels, predictions, o, mask)
    axes = over(y, o)
    overlap, present, predicted = (x.sum(axes) for x in (y * p, y, p))
    power = {"square": 2, "simple": 1, "uniform": 0}[o.weight]
    weights = torch.where(present > 0, present, torch.inf) ** -power if power else 1
    union = 0.5 * (weights * (present + predicted)).sum(-1) + o.smooth
    return 1 - ((weights * overlap).sum(-1) + o.smooth) / union


def matthews_correlation(labels, predictions, o, mask):
    axes = (*over(labels, o), labels.dim() - 1)

    def count(x):
        return (x if mask is None else x * mask).sum(axes) + o.epsilon

    tp, tn = count(labels * predictions), count((1 - labels) * (1 - predictions))
    fp, fn = count((1 - labels) * predictions), count(labels * (1 - predictions))
    spread = ((tp + fp) * (tp + fn)).sqrt() * ((tn + fp) * (tn + fn)).sqrt()
    return 1 - (tp * tn - fp * fn) / spread


def lovasz_extension(errors, is_positive):
    """The sum of the errors in their order, each times what it adds to the Jaccard loss."""
    errors, order = errors.sort(descending=True)
    truth = is_positive[order].float()
    present = truth.sum()
    lack = 1 - (present - truth.cumsum(0)) / (present + (1 - truth).cumsum(0))
    return errors @ torch.cat([lack[:1], lack[1:] - lack[:-1]])


def lovasz_softmax(labels, predictions, o, mask):
    classes = predictions.shape[-1]
    p, y = (x.reshape(-1, classes) for x in (probabilities(predictions, o), labels))
    if mask is not None:
        kept = mask[..., 0].reshape(-1)
        p, y = p[kept], y[kept]
    label = y.argmax(-1)
    losses = []
    for c in range(classes):
        is_positive = label == c
        if o.classes == "present" and not is_positive.any():
            continue
        losses.append(lovasz_extension((y[:, c] - p[:, c]).abs(), is_positive))
    return torch.stack(losses).mean()


def lovasz_hinge(labels, predictions, o, mask):
    every = ... if mask is None else mask
    y, x = labels[every].reshape(-1), predictions[every].reshape(-1)
    errors = F.relu(1 - x * (2 * y.to(x.dtype) - 1))
    return lovasz_extension(errors, y == 1)


def eroded(x):
    along = (-F.max_pool2d(-x, (3, 1), 1, (1, 0)), -F.max_pool2d(-x, (1, 3), 1, (0, 1)))
    return torch.minimum(*along)


def skeleton(x, iterations):
    left = eroded(x)
    found = F.relu(x - F.max_pool2d(left, 3, 1, 1))
    for _ in range(iterations):
        x, left = left, eroded(left)
        found = found + F.relu(x - F.max_pool2d(left, 3, 1, 1)) * (1 - found)
    return found


def soft_cl_dice(labels, predictions, o):
    y, x = labels.movedim(-1, 1), predictions.movedim(-1, 1)

    def share(lines, masks):
        return ((lines * masks).sum((2, 3)) + o.smooth) / (lines.sum((2, 3)) + o.smooth)

    p, r = share(skeleton(x, o.iterations), y), share(skeleton(y, o.iterations), x)
    return (1 - 2 * p * r / (p + r)).mean(-1)
