"""What peers in PyTorch share."""

import torch.nn.functional as F


def signed(labels, o):
    """Labels as −1 and 1; whoever calls a loss knows which they are."""
    return 2 * labels - 1 if o.labels == "binary" else labels


def classes_second(x):
    """The last axis at the place where PyTorch's built-ins look for classes."""
    return x.movedim(-1, 1) if x.dim() > 2 else x


def smoothed(labels, share, classes):
    return labels if share == 0 else (1 - share) * labels + share / classes


def normalized(p):
    return p / p.sum(-1, keepdim=True)


def one_hot(labels, like):
    return F.one_hot(labels, like.shape[-1]).to(like.dtype)


def at_label(x, labels):
    """The entry of each row at its class."""
    return x.gather(-1, labels.unsqueeze(-1)).squeeze(-1)


def of_batch(f):
    """Marks a loss whose examples depend on each other: what a mask removes is not given to it."""
    f.is_of_batch = True
    return f


def counted_mean(values, counted):
    """The mean of the values that count."""
    return values[counted].mean()
