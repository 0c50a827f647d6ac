"""Losses of ranked lists; items with negative labels are padding."""


import torch
import torch.nn.functional as F


def items_of(labels, mask):
    return labels >= 0 if mask is None else (labels >= 0) & mask


def ranking_softmax(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    y = labels.masked_fill(~is_item, 0)
    if o.normalize_labels:
        y = y / y.sum(-1, keepdim=True)
    log_p = predictions.masked_fill(~is_item, -torch.inf).log_softmax(-1)
    return -(y * log_p.masked_fill(~is_item, 0)).sum(-1), is_item.any(-1)


def ranks_above(labels, is_item):
    is_pair = is_item.unsqueeze(-1) & is_item.unsqueeze(-2)
    return (labels.unsqueeze(-1) > labels.unsqueeze(-2)) & is_pair


def gaps_of(x):
    return x.unsqueeze(-1) - x.unsqueeze(-2)


def pairwise(f, labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    values = f(gaps_of(predictions) / o.temperature)
    return (values * ranks_above(labels, is_item)).sum(-1), is_item


def mass_of_pairs(inputs, o):
    return ranks_above(inputs[0], inputs[0] >= 0).sum(-1)


def pairwise_logistic(labels, predictions, o, mask):
    return pairwise(lambda x: F.softplus(-x), labels, predictions, o, mask)


def pairwise_hinge(labels, predictions, o, mask):
    return pairwise(lambda x: F.relu(o.margin - x), labels, predictions, o, mask)


def pairwise_soft_zero_one(labels, predictions, o, mask):
    return pairwise(lambda x: torch.sigmoid(-x), labels, predictions, o, mask)


for loss in (pairwise_logistic, pairwise_hinge, pairwise_soft_zero_one):
    loss.mass = mass_of_pairs


def pairwise_mean_squared_error(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    is_pair = is_item.unsqueeze(-1) & is_item.unsqueeze(-2)
    squares = (gaps_of(predictions) - gaps_of(labels)).square()
    return (squares * is_pair).sum(-1), is_item


def mass_of_items(inputs, o):
    is_item = inputs[0] >= 0
    return (is_item.sum(-1, keepdim=True) - 1).expand_as(is_item)


pairwise_mean_squared_error.mass = mass_of_items


def list_mle(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    order = labels.masked_fill(~is_item, -1).sort(dim=-1, descending=True, stable=True).indices
    is_item = is_item.gather(-1, order)
    scores = (predictions / o.temperature).gather(-1, order).masked_fill(~is_item, -torch.inf)
    left = scores.flip(-1).logcumsumexp(-1).flip(-1)
    return torch.where(is_item, left - scores, 0).sum(-1), is_item.any(-1)


def unique_softmax(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    scores = predictions / o.temperature
    is_compared = ranks_above(labels, is_item) | torch.eye(labels.shape[-1], dtype=torch.bool)
    others = scores.unsqueeze(-2).masked_fill(~is_compared, -torch.inf)
    gains = 2 ** labels.masked_fill(~is_item, 0) - 1
    return (gains * (torch.logsumexp(others, -1) - scores)).sum(-1), is_item.any(-1)


def approximate_ranks(scores, is_item, temperature):
    leads = -gaps_of(scores) / temperature
    return 0.5 + (torch.sigmoid(leads) * is_item.unsqueeze(-2)).sum(-1)


def approx_mrr(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    y = labels.masked_fill(~is_item, 0)
    ranks = approximate_ranks(predictions, is_item, o.temperature)
    total = y.sum(-1)
    return -(y / ranks).sum(-1) / total.clamp(min=1e-9), total > 0


def approx_ndcg(labels, predictions, o, mask):
    is_item = items_of(labels, mask)
    y = labels.masked_fill(~is_item, 0)
    gains = 2**y - 1
    best = gains.sort(dim=-1, descending=True).values
    ideal = (best / torch.log1p(torch.arange(1, y.shape[-1] + 1))).sum(-1)
    ranks = approximate_ranks(predictions, is_item, o.temperature)
    return -(gains / torch.log1p(ranks)).sum(-1) / ideal.clamp(min=1e-9), ideal > 0


def bradley_terry(chosen, rejected, o):
    return -F.logsigmoid(chosen - rejected - o.margin)


def exceeds(labels, predictions):
    return labels.unsqueeze(-1) > torch.arange(predictions.shape[-1])


def coral(labels, predictions, o):
    targets = exceeds(labels, predictions).float()
    losses = F.binary_cross_entropy_with_logits(predictions, targets, reduction="none")
    weighed = losses if o.threshold_weights is None else losses * torch.tensor(o.threshold_weights)
    return weighed.sum(-1)


def corn(labels, predictions, o):
    targets = exceeds(labels, predictions).float()
    losses = F.binary_cross_entropy_with_logits(predictions, targets, reduction="none")
    return (losses * exceeds(labels + 1, predictions)).sum(-1)


corn.mass = lambda inputs, o: exceeds(inputs[0] + 1, inputs[1]).sum(-1)
