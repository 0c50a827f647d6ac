"""Losses made of losses."""

import keras

from .base import PACKAGE, checked_reduction, classes


@keras.saving.register_keras_serializable(package=PACKAGE)
class Combine(keras.losses.Loss):
    """Σ wᵢ·lossᵢ, called like any of its parts.

    `losses` holds them by name, as `{"loss": loss, "weight": weight}`. Weights and mask are handed
    to each part, and so is a reduction other than the default, over what the part has itself.
    """

    __module__ = "tfjs_losses"

    def __init__(self, losses, *, reduction="sum_over_batch_size", name="combine", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.reduction = checked_reduction(reduction)
        self.losses = {key: (read(part["loss"]), part["weight"]) for key, part in losses.items()}

    def get_config(self):
        losses = {
            key: {"loss": keras.losses.serialize(part), "weight": weight}
            for key, (part, weight) in self.losses.items()
        }
        return {**super().get_config(), "reduction": self.reduction, "losses": losses}

    def call(self, *inputs):
        """The values before reduction."""
        return self._sum(self._parts("none", inputs))

    def __call__(self, *inputs, sample_weight=None, mask=None):
        return self._sum(self.values(*inputs, sample_weight=sample_weight, mask=mask))

    def values(self, *inputs, sample_weight=None, mask=None):
        """What each part comes to, before its weight, by name."""
        reduction = None if self.reduction == "sum_over_batch_size" else self.reduction
        weights = () if sample_weight is None else (sample_weight,)
        return self._parts(reduction, (*inputs, *weights), {} if mask is None else {"mask": mask})

    def _parts(self, reduction, args, options={}):
        own = {} if reduction is None else {"reduction": reduction}
        parts = {key: part for key, (part, _) in self.losses.items()}
        return {key: with_config(part, own)(*args, **options) for key, part in parts.items()}

    def _sum(self, values):
        shapes = {key: tuple(value.shape) for key, value in values.items() if len(value.shape) > 0}
        if len(set(shapes.values())) > 1:
            raise ValueError(f"Combine: the parts have shapes {shapes}; expected the same")
        return sum(values[key] * weight for key, (_, weight) in self.losses.items())


classes["Combine"] = Combine


def read(loss):
    return loss if isinstance(loss, keras.losses.Loss) else keras.losses.deserialize(loss)


def with_config(loss, own):
    """The same loss with some of its config replaced."""
    return type(loss).from_config({**loss.get_config(), **own}) if own else loss
