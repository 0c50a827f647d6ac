"""Losses made of losses."""

import keras
from keras import ops

from .base import PACKAGE, FormulaLoss, checked_reduction, classes, get_keras_mask


@keras.saving.register_keras_serializable(package=PACKAGE)
class Combine(keras.losses.Loss):
    """Σ wᵢ·lossᵢ, called like any of its parts.

    `losses` holds them by name, as `{"loss": loss, "weight": weight}`. Weights and mask are handed
    to each part, and so is a reduction, if there is one, over what the part has itself.

    A part may take columns of the last axis: `"columns"` holds one column or `[start, end]` by the
    name of an input of its loss; of others it takes all. The input called `labels`, and the first
    of two, is of the labels, the others of the predictions.
    """

    __module__ = "tfjs_losses"

    def __init__(self, losses, *, reduction=None, name="combine", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.given = {} if reduction is None else {"reduction": checked_reduction(reduction)}
        self.losses = {key: (read(part["loss"]), part["weight"]) for key, part in losses.items()}
        # As they came: Keras up to 3.15 forgets the options of some of its own losses.
        self.configs = {key: written(part["loss"]) for key, part in losses.items()}
        self.columns = {
            key: part["columns"] for key, part in losses.items() if part.get("columns") is not None
        }

    def get_config(self):
        losses = {
            key: {"loss": self.configs[key], "weight": weight, **self._written_columns(key)}
            for key, (_, weight) in self.losses.items()
        }
        return {"name": self.name, **self.given, "losses": losses}

    def call(self, *inputs):
        """The values before reduction."""
        return self._sum(self._parts("none", inputs))

    def __call__(self, *inputs, sample_weight=None, mask=None):
        return self._sum(self.values(*inputs, sample_weight=sample_weight, mask=mask))

    def values(self, *inputs, sample_weight=None, mask=None):
        """What each part comes to, before its weight, by name."""
        weights = () if sample_weight is None else (sample_weight,)
        return self._parts(
            self.given.get("reduction"),
            (*inputs, *weights),
            None if mask is None else {"mask": mask},
        )

    def _written_columns(self, key):
        return {"columns": self.columns[key]} if key in self.columns else {}

    def _parts(self, reduction, args, options=None):
        parts = {key: part for key, (part, _) in self.losses.items()}
        return {
            key: with_reduction(part, reduction)(*self._inputs(key, part, args), **(options or {}))
            for key, part in parts.items()
        }

    def _inputs(self, key, part, args):
        """What a part is called with: columns of the first two of these arguments, if it takes some."""
        columns = self.columns.get(key)
        if columns is None:
            return args
        labels, predictions, *weights = args
        # Classes of Keras average over the last axis.
        keeps_axis = not isinstance(part, (Combine, FormulaLoss))
        names = input_names(part, columns)
        taken = [
            take(
                key,
                labels if is_of_labels(i, names) else predictions,
                name,
                columns.get(name),
                keeps_axis,
            )
            for i, name in enumerate(names)
        ]
        return (*taken, *weights)

    def _sum(self, values):
        shapes = {key: tuple(value.shape) for key, value in values.items() if len(value.shape) > 0}
        if len(set(shapes.values())) > 1:
            raise ValueError(f"Combine: the parts have shapes {shapes}; expected the same")
        return sum(values[key] * weight for key, (_, weight) in self.losses.items())


classes["Combine"] = Combine


def input_names(part, columns):
    """The inputs of a loss as its columns name them; those of Keras take labels and another."""
    if isinstance(part, FormulaLoss):
        return part.facts.inputs
    return ["labels", next((name for name in columns if name != "labels"), "predictions")]


def is_of_labels(i, names):
    return i == 0 and (names[0] == "labels" or len(names) == 2)


def take(part, x, name, columns, keeps_axis):
    """Columns of the last axis, with the mask of x; None: all."""
    if columns is None:
        return x
    mask = get_keras_mask(x)
    x = ops.convert_to_tensor(x)
    start, end = (columns, columns + 1) if isinstance(columns, int) else columns
    if len(x.shape) < 2 or (x.shape[-1] is not None and x.shape[-1] < end):
        raise ValueError(
            f"Combine: {part} takes columns {columns} for {name}, of shape {tuple(x.shape)}; "
            f"expected at least {end} columns, in an axis after that of examples"
        )
    taken = x[..., start] if isinstance(columns, int) and not keeps_axis else x[..., start:end]
    if mask is not None:
        taken._keras_mask = mask
    return taken


def read(loss):
    return loss if isinstance(loss, keras.losses.Loss) else keras.losses.deserialize(loss)


def written(loss):
    return keras.losses.serialize(loss) if isinstance(loss, keras.losses.Loss) else loss


def with_reduction(loss, reduction):
    """The same loss with another reduction, if there is one."""
    if reduction is None:
        return loss
    # Not by copy, which Keras does through the config.
    changed = object.__new__(type(loss))
    changed.__dict__.update(loss.__dict__)
    if isinstance(loss, Combine):
        changed.given = {"reduction": reduction}
    else:
        changed.reduction = reduction
    return changed
