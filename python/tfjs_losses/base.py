"""What all losses share: `loss` makes a Keras class of a formula and its facts."""

import functools
import inspect
import math
from types import SimpleNamespace
from typing import Any, Callable, NamedTuple, Union

import keras
from keras import ops

from .domain import confined, drawn_back
from .numerics import is_class, keep, nan_unless, of_rank, quotient, replace
from .signature import along_axis, arrange, parse, with_rank

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

# What labels are; the integer that is harmless where a position does not count, None for floats.
LABELS = {"numbers": None, "classes": 0, "ordered": 0, "padded": -1, "integers": 0}

# Options that become tensors if they come as lists.
TENSORS = {
    "class_weights": "float",
    "pos_weight": "float",
    "quantile": "float",
    "alpha": "float",
    "beta": "float",
    "bias": "float",
    "discount": "float",
    "selector": "float",
    "prior_mean": "float",
    "prior_log_variance": "float",
    "start": "float",
    "end": "float",
    "lengths": "int32",
    "negatives": "float",
    "references": "float",
    "reference_labels": "int32",
    "temperature": "float",
    "priors": "float",
    "counts": "float",
    "label_lengths": "int32",
    "logit_lengths": "int32",
    "threshold_weights": "float",
    "margin": "float",
    "sampled_indices": "int32",
    "sampled_counts": "float",
    "label_counts": "float",
    "chosen_lengths": "float",
    "rejected_lengths": "float",
    "reference_log_probs": "float",
    "kl": "float",
    "sigmas": "float",
}


# The default of an option that has none, and is to be given.
REQUIRED = object()


class Unreduced(NamedTuple):
    """What a formula gives before weights and reduction."""

    values: Any
    # How much each position counts by itself, where the formula has already multiplied that in.
    mass: Any = None
    # What stands for the sum of that where it is 0; with 0 the mean is 0 there.
    mass_if_none: float = 0
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
    range: Union[tuple, Callable, None]
    check: Union[Callable, None]

    @property
    def parameters(self):
        return inspect.signature(self.formula).parameters

    @property
    def class_axis_name(self):
        """The option that names the class axis; `axis` may also be what is summed over."""
        if "class_axis" in self.defaults:
            return "class_axis"
        return "axis" if isinstance(self.defaults.get("axis"), int) else None

    @property
    def names_entry_axis(self):
        """Whether `axis` is that along which options have their entries."""
        return "axis" in self.defaults and self.defaults["axis"] is None

    @property
    def inputs(self):
        return [name for name in self.parameters if name not in ("o", "valid", "weights")]

    def evaluate(self, inputs, given):
        """The formula, with those of options, `valid` and `weights` that it has parameters for."""
        extra = {name: given[name] for name in given if name in self.parameters}
        result = self.formula(*inputs, **extra)
        return result if isinstance(result, Unreduced) else Unreduced(result)


def loss(
    signature,
    *,
    _labels="numbers",
    _indices=None,
    _before=None,
    _range=None,
    _check=None,
    **defaults,
):
    """Makes and registers the Keras class of a formula; the formula itself stays what it is.

    The formula is called as `formula(*inputs, o, valid, weights)`, each of the last three only if
    it has a parameter of that name: `o` the options; `valid` which positions count, or None for
    all; `weights` those of single entries (a loss without that parameter takes weights of its
    values only). Inputs are floats with the class axis last, harmless where a position does not
    count.

    Args:
        signature: see signature.py, or a function of the options and the rank of the last input
            that gives it.
        _labels: what the first input is: "numbers", or integers: "classes" (class indices),
            "ordered" (those of classes between which the axis K has thresholds), "padded" (class indices, negative for none) or "integers" (any); or a function of the
            options that gives one of these.
        _indices: "classes" if labels may also come as class indices without the class axis, which
            the formula sees one-hot; "masks" if so, but with a single class 0 and 1 are the mask
            itself.
        _before: a function of the inputs and the options that gives the inputs to use instead.
        _range: between which numbers in the last input the formula means something, or a function
            of the options that gives it; beyond, see domain.py. None: all.
        _check: a function of the options that says what is wrong with them together, or None.
        defaults: the options; `REQUIRED` stands for one that has to be given. `class_axis`, `axis`
            (if a number or None by default), `ignore_index`, `ignore_class` and `base` are dealt
            with here.
    """

    def make(formula):
        name = formula.__name__
        facts = Facts(formula, signature, defaults, _labels, _indices, _before, _range, _check)
        class_name = "".join(word[:1].upper() + word[1:] for word in name.split("_"))
        body = {"__module__": "tfjs_losses", "__doc__": formula.__doc__, "facts": facts}
        cls = type(class_name, (FormulaLoss,), {**body, "default_name": name})
        classes[class_name] = keras.saving.register_keras_serializable(package=PACKAGE)(cls)
        return formula

    return make


class FormulaLoss(keras.losses.Loss):
    facts: Facts
    default_name: str

    def __init__(
        self,
        *,
        reduction="sum_over_batch_size",
        name=None,
        dtype=None,
        ignore_nan=False,
        **options,
    ):
        super().__init__(name=name or self.default_name, dtype=dtype)
        self.reduction = checked_reduction(reduction)
        self.ignore_nan = ignore_nan
        unknown = options.keys() - self.facts.defaults.keys()
        if unknown:
            known = ", ".join(self.facts.defaults)
            raise TypeError(
                f"{type(self).__name__}: unknown {', '.join(unknown)}; expected {known}"
            )
        self.options = {**self.facts.defaults, **{k: read(v) for k, v in options.items()}}
        missing = [name for name, value in self.options.items() if value is REQUIRED]
        if missing:
            raise TypeError(f"{type(self).__name__}: {', '.join(missing)} missing; expected a value")
        wrong = self.facts.check and self.facts.check(SimpleNamespace(**self.options))
        if wrong:
            raise ValueError(f"{type(self).__name__}: {wrong}")

    def get_config(self):
        options = {name: written(value) for name, value in self.options.items()}
        if self.ignore_nan:
            options["ignore_nan"] = True
        return {**super().get_config(), "reduction": self.reduction, **options}

    def call(self, *inputs):
        """The values before reduction."""
        return self._reduced(inputs, None, None, "none")

    def __call__(self, *inputs, sample_weight=None, mask=None):
        names = self.facts.inputs
        if len(inputs) == len(names) + 1 and sample_weight is None:
            *inputs, sample_weight = inputs
        if len(inputs) != len(names):
            raise TypeError(
                f"{type(self).__name__} takes {', '.join(names)}; got {len(inputs)} inputs"
            )
        if mask is None:
            mask = get_keras_mask(inputs[-1])
        with keras.name_scope(self.name):
            return self._reduced(inputs, sample_weight, mask, self.reduction)

    def _reduced(self, inputs, weights, mask, reduction):
        facts, dtype = self.facts, self.dtype
        o = SimpleNamespace(**{k: as_tensor(k, v, dtype) for k, v in self.options.items()})
        signature, arranged = self._arranged([ops.convert_to_tensor(x) for x in inputs], o)
        positions, output = (
            p.rank(arranged.leading) for p in (signature.positions, signature.output)
        )
        is_leading = signature.output.begins(signature.positions)
        n_classes = arranged.sizes.get("C")
        if facts.names_entry_axis:
            self._along_axis(o, arranged.leading)

        labels = facts.labels(o) if callable(facts.labels) else facts.labels
        neutral = LABELS["classes" if arranged.is_sparse else labels]
        first, *others = arranged.inputs
        if mask is not None:
            mask = arranged.to_positions(ops.cast(ops.convert_to_tensor(mask), "bool"))
        valid = valid_positions(mask, first, self.options, self.ignore_nan, positions)
        first = ops.cast(first, dtype if neutral is None else "int32")
        # 1 is harmless as a label and a prediction of any kind.
        tensors = [(first, 1 if neutral is None else neutral)]
        tensors += [(ops.cast(x, dtype), 1) for x in others]
        tensors = [(x, n, signature.is_per_position(i)) for i, (x, n) in enumerate(tensors)]

        of_entries = False
        if weights is not None:
            weights = ops.cast(ops.convert_to_tensor(weights), dtype)
            beyond = tuple(weights.shape)[output:]
            of_entries = "weights" in facts.parameters and any(size != 1 for size in beyond)
            if of_entries:
                weights = with_rank(arranged.to_positions(weights), positions)
            else:
                weights = with_rank(weights, output)
            if valid is not None and (is_leading or of_entries):
                # A weight where nothing counts may be anything, NaN too.
                weights = replace(weights, ops.logical_not(of_rank(valid, len(weights.shape))), 1)
        of_entry, weights = (weights, None) if of_entries else (None, weights)

        bounds = facts.range(o) if callable(facts.range) else facts.range

        def evaluate(admitted):
            safe = [
                only(admitted, x, n) if is_per_position else x for x, n, is_per_position in tensors
            ]
            if arranged.is_sparse:
                safe[0] = one_hot(safe[0], n_classes, dtype)
            given = {"o": o, "valid": admitted, "weights": of_entry}
            if bounds is None:
                return facts.evaluate(safe, given)
            safe[-1], pull = confined(safe[-1], *bounds, of_entry)
            found = facts.evaluate(safe, given)
            return found._replace(values=drawn_back(found.values, pull, signature))

        admitted = valid
        if weights is not None and is_leading:
            # Zero weights often stand for missing labels, and 0 · NaN would spread everywhere.
            for x in [x for x, _, is_per_position in tensors if is_per_position]:
                is_spoilt = ops.logical_not(ops.cast(x, dtype) < math.inf)
                admitted = without(of_rank(is_spoilt, output), weights, admitted)
            is_spoilt = ops.logical_not(ops.isfinite(evaluate(admitted).values))
            admitted = without(is_spoilt, weights, admitted)

        values, mass, mass_if_none, valid_values = evaluate(admitted)
        if is_leading:
            values = only(admitted, values, 0)
            if valid_values is None and valid is not None:
                valid_values = of_rank(valid, output)
        if labels == "ordered":
            n_classes = arranged.sizes["K"] + 1
        if labels in ("classes", "ordered") and len(first.shape) == len(values.shape):
            values = nan_unless(in_range(first, n_classes), values)
        if self.facts.defaults.get("base") == math.e:  # otherwise no base of logarithms
            values = values / math.log(self.options["base"])
        return reduce(values, mass, weights, valid_values, reduction, mass_if_none)

    def _arranged(self, inputs, o):
        facts = self.facts
        text = facts.signature
        signature = parse(text(o, len(inputs[-1].shape)) if callable(text) else text)
        if facts.before:
            inputs = facts.before(*inputs, o)
        name = facts.class_axis_name
        has_axis = name is not None and any(p.has_class_axis for p in signature.inputs)
        axis = getattr(o, name) if has_axis else -1
        return signature, arrange(type(self).__name__, signature, inputs, axis, facts.indices)

    def _along_axis(self, o, shape):
        """Brings options that hold one number per entry of an axis into its place."""
        for name, value in list(vars(o).items()):
            if name in TENSORS and keras.ops.is_tensor(value):
                setattr(o, name, along_axis(type(self).__name__, name, value, o.axis, shape))


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


def valid_positions(mask, labels, options, ignore_nan, rank):
    """Which positions count, by the mask and by labels that are to be ignored; None: all."""
    counted = []
    if mask is not None:
        counted.append(with_rank(mask, rank))
    ignored = options.get("ignore_index", options.get("ignore_class"))
    if ignored is not None and len(labels.shape) <= rank:
        counted.append(of_rank(ops.cast(labels, "float32") != ignored, rank))
    if ignore_nan and keras.backend.is_float_dtype(labels.dtype):
        counted.append(ops.logical_not(of_rank(ops.isnan(labels), rank)))
    return functools.reduce(ops.logical_and, counted) if counted else None


def without(spoilt, weights, admitted):
    """The admitted positions, less the spoilt ones of weight 0."""
    counts = ops.logical_not(ops.logical_and(spoilt, weights == 0))
    if admitted is None:
        return counts
    rank = max(len(counts.shape), len(admitted.shape))
    return ops.logical_and(of_rank(admitted, rank), of_rank(counts, rank))


def only(positions, x, otherwise):
    """x at some positions, None: all, and a number elsewhere."""
    return x if positions is None else keep(of_rank(positions, len(x.shape)), x, otherwise)


def in_range(labels, n):
    return ops.logical_and(labels >= 0, labels < n)


def one_hot(labels, n, dtype):
    """One number per class; NaN for a label that is none."""
    return nan_unless(
        ops.expand_dims(in_range(labels, n), -1), ops.cast(is_class(labels, n), dtype)
    )


def reduce(values, mass, weights, valid, reduction, mass_if_none=0):
    """Values as a number. What is not valid has no part in any sum, count or gradient."""

    losses = only(valid, values, 0)
    losses = losses if weights is None else losses * weights
    if reduction in (None, "none"):
        return losses
    total = ops.sum(losses)
    if reduction == "sum":
        return total

    def counted(x):
        return only(valid, x * ops.ones_like(values), 0)

    share = weights
    if reduction == "mean_with_sample_weight" and mass is not None:
        share = mass if weights is None else weights * mass
    if reduction == "mean_over_nonzero_losses":
        divisor = count_nonzero(losses)
    elif reduction == "mean_over_nonzero_weights" and share is not None:
        divisor = count_nonzero(counted(share))
    elif reduction == "mean_with_sample_weight" and share is not None:
        divisor = ops.sum(counted(share))
        if mass_if_none:
            divisor = replace(divisor, divisor == 0, mass_if_none)
    elif valid is None:
        divisor = ops.cast(ops.size(values), values.dtype)
    else:
        divisor = ops.sum(counted(1))
    return scale_loss_for_distribution(quotient(total, divisor))


def count_nonzero(x):
    return ops.sum(ops.cast(x != 0, x.dtype))
