"""PyTorch, eager, on one thread: each loss as its user would write it, a module for each family."""

import inspect
import pkgutil
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F

from call import Missing

# The modules beside this one.
FAMILIES = [import_module(f".{module.name}", __name__) for module in pkgutil.iter_modules(__path__)]

VERSION = torch.__version__

torch.set_num_threads(1)
torch.set_num_interop_threads(1)

# Options that are tensors for whoever uses PyTorch.
TENSORS = ("class_weights", "pos_weight")


def find(name):
    for family in FAMILIES:
        if hasattr(family, name):
            return getattr(family, name)
    raise Missing("no one has written it in PyTorch")


def tensor(values):
    if values is None:
        return None
    return torch.from_numpy(values.astype(np.int64) if values.dtype == np.int32 else values)


def options_of(call):
    o = SimpleNamespace(**call.options)
    for name in TENSORS:
        if isinstance(getattr(o, name, None), list):
            setattr(o, name, torch.tensor(getattr(o, name)))
    is_plain = call.mask is None and call.weights is None
    o.weighted_mean = call.reduction == "weightedMean"
    o.reduction = "mean" if is_plain and call.reduction in ("mean", "weightedMean") else "none"
    return o


def has_ignored(call):
    ignored = call.options.get("ignore_index")
    return ignored is not None and bool((next(iter(call.inputs.values())) == ignored).any())


def run_of(call):
    """A function that gives the value and the gradients."""
    f = find(call.loss)
    value_of = value_in(call, f)
    tensors = {name: tensor(values) for name, values in call.inputs.items()}
    leaves = [tensors[name].requires_grad_() for name in call.gradient_of]

    def run():
        value = value_of(tensors)
        gradients = torch.autograd.grad(value, leaves, allow_unused=True, materialize_grads=True)
        return [value.item(), *gradients]

    return run


def value_in(call, f):
    """A function of the inputs that gives the value."""
    o, mask, weights = options_of(call), tensor(call.mask), tensor(call.weights)
    takes_mask = "mask" in inspect.signature(f).parameters
    is_of_batch = getattr(f, "is_of_batch", False)
    drops = has_ignored(call) and not getattr(f, "ignores", False)
    is_mask_of_examples = mask is not None and mask.dim() == 1
    # Examples that depend on each other, or whose entries are summed, are left out as a whole.
    picks = is_mask_of_examples and (is_of_batch or takes_mask)
    if mask is not None and is_of_batch and not picks:
        raise Missing("pairs have no mask of their own")

    def value(tensors):
        inputs, own = classes_last(list(tensors.values()), call.class_axis), mask
        if drops:
            kept = inputs[0] != o.ignore_index
            if takes_mask:
                own = kept
            else:
                inputs = [x[kept] for x in inputs]
        if call.has_indices:
            classes = F.one_hot(inputs[0].clamp(min=0), inputs[-1].shape[-1])
            inputs[0] = classes.to(inputs[-1].dtype)
        if picks:
            inputs, own = [x[mask] if len(x) == len(mask) else x for x in inputs], None
        if not takes_mask:
            return reduced(f(*inputs, o), own, weights, f, inputs, o, call)
        if own is not None and own.dim() == inputs[-1].dim() - 1:
            own = own.unsqueeze(-1)
        return reduced(f(*inputs, o, own), None, weights, f, inputs, o, call)

    return value


def classes_last(inputs, class_axis):
    if class_axis is None:
        return inputs
    axis, have_axis = class_axis["axis"], class_axis["inputs"]
    return [x.movedim(axis, -1) if has_axis else x for x, has_axis in zip(inputs, have_axis)]


def reduced(values, counted, weights, f, inputs, o, call):
    """The value of a call by what the loss gives: values, maybe with those that count, or a mean."""
    if isinstance(values, tuple):
        values, counted = values
    if values.dim() == 0:
        is_weighed = weights is not None or call.reduction in ("perExample", "none")
        if is_weighed and getattr(f, "is_of_batch", False):
            raise Missing("its user averages the pairs that count at once")
        return values
    if weights is not None:
        weights = weights.reshape(weights.shape + (1,) * (values.dim() - weights.dim()))
    if counted is not None:
        counted = counted.reshape(counted.shape + (1,) * (values.dim() - counted.dim()))
    weighted = values if weights is None else values * weights
    if call.reduction == "weightedMean":
        mass = f.mass(inputs, o) if hasattr(f, "mass") else torch.ones(())
        shares = mass if weights is None else mass * weights
        if counted is not None:
            weighted, shares = weighted * counted, shares * counted
        return weighted.sum() / shares.expand_as(values).sum()
    if call.reduction == "perExample":
        return mean_of_examples(weighted, counted)
    if counted is None or call.reduction == "none":
        return (weighted if counted is None else weighted * counted).mean()
    if counted.shape == values.shape:
        return (weighted * counted).sum() / counted.sum()
    return (weighted * counted).sum() / (counted.sum() * (values.numel() // counted.numel()))


def mean_of_examples(values, counted):
    if values.dim() == 1:
        return values.mean() if counted is None else (values * counted).sum() / len(values)
    if counted is None:
        return values.flatten(1).mean(1).mean()
    counts = counted.expand_as(values).flatten(1)
    return ((values.flatten(1) * counts).sum(1) / counts.sum(1).clamp(min=1)).mean()
