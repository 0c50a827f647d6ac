"""What all losses share: a loss is a formula and its facts, and `loss` makes a Keras class of them."""

import inspect
import math
from types import SimpleNamespace
from typing import Any, Callable, NamedTuple, Union

import keras
from keras import ops

from .numerics import is_class, keep, nan_unless, of_rank, quotient
from .signature import arrange, parse, with_rank

try:
    from keras.src.backend.common.masking import get_keras_mask
    from keras.src.losses.loss import scale_loss_for_distribution
except ImportError:

    def get_keras_mask(x):
        return getattr(x, "_keras_mask", None)

    def scale_loss_for_distribution(value):
        return value


PACKAGE = "tfjs-losses"

# Every loss class by its name.
classes: dict = {}

REDUCTIONS = (
    None,
    "none",
    "sum",
    "sum_over_batch_size",
    "mean",
    "mean_with_sample_weight",
    "mean_over_nonzero_weights",
    "mean_over_nonzero_losses",
)

# What labels are, with the number that is harmless where a position does not count; None: they are no integers.
LABELS = {"numbers": None, "classes": 0, "padded": -1, "integers": 0}

# Options that become tensors if they come as lists.
TENSORS = {
    "class_weights": "float",
    "pos_weight": "float",
    "alpha": "float",
    "bias": "float",
    "label_lengths": "int32",
    "logit_lengths": "int32",
}


class Unreduced(NamedTuple):
    """What a formula gives before weights and reduction."""

    values: Any
    # How much each position counts by itself, where the formula has already multiplied that in.
    mass: Any = None
    # Which values count, where the formula knows it better than mask and labels do.
    valid: Any = None


class Facts(NamedTuple):
    """What a loss class is made of, see `loss`."""

    formula: Callable
    signature: Union[str, Callable]
    defaults: dict
    labels: Union[str, Callable]
    indices: Union[str, None]
    before: Union[Callable, None]

    @property
    def parameters(self):
        return inspect.signature(self.formula).parameters

    @property
    def names_class_axis(self):
        """Whether `axis` is the class axis, and not in words what is summed over."""
        return isinstance(self.defaults.get("axis"), int)

    @property
    def inputs(self):
        return [name for name in self.parameters if name not in ("o", "valid", "weights")]

    def evaluate(self, inputs, given):
        """The formula, with those of options, `valid` and `weights` that it has parameters for."""
        extra = {name: given[name] for name in given if name in self.parameters}
        result = self.formula(*inputs, **extra)
        return result if isinstance(result, Unreduced) else Unreduced(result)


def loss(signature, *, _labels="numbers", _indices=None, _before=None, **defaults):
    """Makes and registers the Keras class of a formula; the formula itself stays what it is.

    The formula is called as `formula(*inputs, o, valid, weights)`, each of the last three only if it has a parameter
    of that name: `o` the options; `valid` which positions count, or None for all; `weights` those of single entries (a
    loss without that parameter takes weights of its values only). Inputs are floats with the class axis last, harmless
    where a position does not count.

    Args:
        signature: see signature.py, or a function of the options and the rank of the last input that gives it.
        _labels: what the first input is: "numbers", or integers: "classes" (class indices), "padded" (class indices,
            negative for none) or "integers" (any); or a function of the options that gives one of these.
        _indices: "classes" if labels may also come as class indices without the class axis, which the formula sees
            one-hot; "masks" if so, but with a single class 0 and 1 are the mask itself.
        _before: a function of the inputs and the options that gives the inputs to use in their place.
        defaults: the options. `axis` (if a number by default), `ignore_index`, `ignore_class` and `base` are dealt with
            here.
    """

    def make(formula):
        name = formula.__name__
        facts = Facts(formula, signature, defaults, _labels, _indices, _before)
        class_name = "".join(word[:1].upper() + word[1:] for word in name.split("_"))
        body = {"__module__": "tfjs_losses", "__doc__": formula.__doc__, "facts": facts}
        cls = type(class_name, (FormulaLoss,), {**body, "default_name": name})
        classes[class_name] = keras.saving.register_keras_serializable(package=PACKAGE)(cls)
        return formula

    return make


class FormulaLoss(keras.losses.Loss):
    facts: Facts
    default_name: str

    def __init__(self, *, reduction="sum_over_batch_size", name=None, dtype=None, **options):
        super().__init__(name=name or self.default_name, dtype=dtype)
        self.reduction = checked_reduction(reduction)
        unknown = options.keys() - self.facts.defaults.keys()
        if unknown:
            known = ", ".join(self.facts.defaults)
            raise TypeError(f"{type(self).__name__}: unknown {', '.join(unknown)}; expected {known}")
        self.options = {**self.facts.defaults, **{k: read(v) for k, v in options.items()}}

    def get_config(self):
        options = {name: written(value) for name, value in self.options.items()}
        return {**super().get_config(), "reduction": self.reduction, **options}

    def call(self, *inputs):
        """The values before reduction."""
        return self._reduced(inputs, None, None, "none")

    def __call__(self, *inputs, sample_weight=None, mask=None):
        names = self.facts.inputs
        if len(inputs) == len(names) + 1 and sample_weight is None:
            *inputs, sample_weight = inputs
        if len(inputs) != len(names):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}; got {len(inputs)} inputs")
        if mask is None:
            mask = get_keras_mask(inputs[-1])
        with keras.name_scope(self.name):
            return self._reduced(inputs, sample_weight, mask, self.reduction)

    def _reduced(self, inputs, weights, mask, reduction):
        facts, dtype = self.facts, self.dtype
        o = SimpleNamespace(**{k: as_tensor(k, v, dtype) for k, v in self.options.items()})
        given = [ops.convert_to_tensor(x) for x in inputs]
        rank = len(given[-1].shape)
        text = facts.signature(o, rank) if callable(facts.signature) else facts.signature
        signature = parse(text)
        if facts.before:
            given = facts.before(*given, o)
        has_axis = facts.names_class_axis and any(p.has_class_axis for p in signature.inputs)
        axis = self.options["axis"] if has_axis else -1
        arranged = arrange(type(self).__name__, signature, given, axis, facts.indices)
        n_classes = arranged.sizes.get("C")
        rank_of = {p: p.rank(arranged.leading) for p in (signature.positions, signature.output)}
        positions, output = rank_of[signature.positions], rank_of[signature.output]

        labels = facts.labels(o) if callable(facts.labels) else facts.labels
        neutral = LABELS["classes" if arranged.is_sparse else labels]
        valid = valid_positions(mask, arranged.inputs[0], self.options, positions)
        tensors = [
            ops.cast(x, dtype if i or neutral is None else "int32")
            for i, x in enumerate(arranged.inputs)
        ]
        # 1 is harmless as a label and a prediction of any kind.
        harmless = [1 if i or neutral is None else neutral for i in range(len(tensors))]

        is_leading = signature.output.begins(signature.positions)
        of_entries = False
        if weights is not None:
            weights = ops.cast(ops.convert_to_tensor(weights), dtype)
            beyond = weights.shape[output:]
            of_entries = "weights" in facts.parameters and any(size != 1 for size in beyond)
            weights = with_rank(weights, positions if of_entries else output)
            if valid is not None and (is_leading or of_entries):
                # A weight where nothing counts may be anything, NaN too.
                counts = of_rank(valid, len(weights.shape))
                weights = ops.where(counts, weights, ops.ones_like(weights))
        entry_weights, weights = (weights, None) if of_entries else (None, weights)

        def evaluate(admitted):
            safe = [
                keep(of_rank(admitted, len(x.shape)), x, number)
                if admitted is not None and signature.is_per_position(i)
                else x
                for i, (x, number) in enumerate(zip(tensors, harmless))
            ]
            if arranged.is_sparse:
                safe[0] = one_hot(safe[0], n_classes, dtype)
            return facts.evaluate(safe, {"o": o, "valid": admitted, "weights": entry_weights})

        admitted = valid
        if weights is not None and is_leading:
            for i, x in enumerate(tensors):
                if signature.is_per_position(i):
                    spoilt = of_rank(ops.logical_not(ops.cast(x, dtype) < math.inf), output)
                    admitted = without(spoilt, weights, admitted)
            spoilt = ops.logical_not(ops.isfinite(evaluate(admitted).values))
            admitted = without(spoilt, weights, admitted)

        values, mass, own_valid = evaluate(admitted)
        if own_valid is None and valid is not None and is_leading:
            own_valid = of_rank(valid, output)
        if labels == "classes" and len(tensors[0].shape) == len(values.shape):
            values = nan_unless(in_range(tensors[0], n_classes), values)
        if "base" in self.options:
            values = values / math.log(self.options["base"])
        return reduce(values, mass, weights, own_valid, reduction)


def checked_reduction(reduction):
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction is {reduction!r}; expected one of {REDUCTIONS}")
    return reduction


def read(value):
    """An option as it is kept: JSON has no infinities, and tensors become lists."""
    if isinstance(value, str) and value in ("Infinity", "-Infinity"):
        return float(value)
    if isinstance(value, tuple):
        return list(value)
    if keras.ops.is_tensor(value):
        value = ops.convert_to_numpy(value)
    return value.tolist() if hasattr(value, "tolist") else value


def written(value):
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def as_tensor(name, value, dtype):
    if name not in TENSORS or not isinstance(value, list):
        return value
    kind = TENSORS[name]
    return ops.convert_to_tensor(value, dtype=dtype if kind == "float" else kind)


def valid_positions(mask, labels, options, rank):
    """Which positions count, by the mask and by a label that is to be ignored; None: all."""
    valid = None
    if mask is not None:
        valid = with_rank(ops.cast(ops.convert_to_tensor(mask), "bool"), rank)
    ignored = options.get("ignore_index", options.get("ignore_class"))
    if ignored is not None and len(labels.shape) <= rank:
        counted = of_rank(labels != ops.cast(ignored, labels.dtype), rank)
        valid = counted if valid is None else ops.logical_and(valid, counted)
    return valid


def without(spoilt, weights, admitted):
    """Positions without the spoilt ones of weight 0, which often stand for missing labels: 0 · NaN would spread."""
    counts = ops.logical_not(ops.logical_and(spoilt, weights == 0))
    if admitted is None:
        return counts
    rank = max(len(counts.shape), len(admitted.shape))
    return ops.logical_and(of_rank(admitted, rank), of_rank(counts, rank))


def in_range(labels, n):
    return ops.logical_and(labels >= 0, labels < n)


def one_hot(labels, n, dtype):
    """One number per class; NaN for a label that is none."""
    return nan_unless(ops.expand_dims(in_range(labels, n), -1), ops.cast(is_class(labels, n), dtype))


def reduce(values, mass, weights, valid, reduction):
    """The only place where values become a number. What is not valid has no part in any sum, count or gradient."""

    def counted(x):
        full = x * ops.ones_like(values)
        return full if valid is None else keep(valid, full, 0)

    losses = values if valid is None else keep(valid, values, 0)
    losses = losses if weights is None else losses * weights
    if reduction in (None, "none"):
        return losses
    total = ops.sum(losses)
    if reduction == "sum":
        return total
    if reduction == "mean_over_nonzero_losses":
        return scale_loss_for_distribution(quotient(total, count_nonzero(losses)))
    divisor = ops.sum(counted(1.0))
    if reduction == "mean_over_nonzero_weights" and weights is not None:
        divisor = count_nonzero(counted(weights))
    if reduction == "mean_with_sample_weight" and (weights is not None or mass is not None):
        divisor = ops.sum(counted((1 if weights is None else weights) * (1 if mass is None else mass)))
    return scale_loss_for_distribution(quotient(total, divisor))


def count_nonzero(x):
    return ops.sum(ops.cast(x != 0, x.dtype))
