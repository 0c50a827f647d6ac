"""JAX, compiled, on one thread: every loss by the formula that the Python module has for Keras."""

import os
import sys
from pathlib import Path

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["NPROC"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2] / "python"))

import jax
import jax.numpy as jnp
import tfjs_losses

from call import Missing, snake_case

VERSION = jax.__version__

CLASSES = {name.lower(): loss for name, loss in tfjs_losses.classes.items()}
REDUCTIONS = {"mean": "mean", "weightedMean": "mean_with_sample_weight"}


def class_of(call):
    found = CLASSES.get(call.loss.replace("_", ""))
    if found is None:
        raise Missing("the Python module does not have it")
    return found


def loss_of(call):
    cls = class_of(call)
    known = cls.facts.defaults
    if call.reduction == "perExample" and "valid" in cls.facts.parameters:
        raise Missing("only the formula knows what counts in an example")
    options = dict(call.options)
    if "ignore_class" in known:
        options["ignore_class"] = options.pop("ignore_index")
    unknown = options.keys() - known.keys()
    if unknown:
        raise Missing(f"the Python module does not know {', '.join(sorted(unknown))}")
    if call.class_axis is not None:
        options[snake_case(call.class_axis["option"])] = call.class_axis["axis"]
    return cls(reduction=REDUCTIONS.get(call.reduction, "none"), **options)


def run_of(call):
    """A function that gives the value and the gradients."""
    loss = loss_of(call)
    arrays = {name: jnp.asarray(values) for name, values in call.inputs.items()}
    leaves = {name: arrays[name] for name in call.gradient_of}
    rest = {name: values for name, values in arrays.items() if name not in leaves}
    others = (rest, *(None if x is None else jnp.asarray(x) for x in (call.mask, call.weights)))

    def value(leaves, others):
        rest, mask, weights = others
        given = {**rest, **leaves}
        values = loss(*(given[name] for name in arrays), sample_weight=weights, mask=mask)
        return values if values.ndim == 0 else mean(values, mask, call.reduction)

    compiled = jax.jit(jax.value_and_grad(value))

    def run():
        total, gradients = compiled(leaves, others)
        jax.block_until_ready(gradients)
        return [float(total), *(gradients[name] for name in call.gradient_of)]

    return run


def mean(values, mask, reduction):
    if reduction != "perExample" or values.ndim == 1:
        return values.mean()
    if mask is None:
        return values.reshape(len(values), -1).mean(1).mean()
    mask = mask.reshape(mask.shape + (1,) * (values.ndim - mask.ndim))
    counts = jnp.broadcast_to(mask, values.shape)
    sums, counts = (x.reshape(len(x), -1).sum(1) for x in (values, counts))
    return (sums / jnp.maximum(counts, 1)).mean()
