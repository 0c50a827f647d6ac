"""Losses made of losses."""

import keras

from .base import PACKAGE, checked_reduction, classes


@keras.saving.register_keras_serializable(package=PACKAGE)
class Combine(keras.losses.Loss):
    """Σ wᵢ·lossᵢ, called like any of its parts.

    `losses` holds them by name, as `{"loss": loss, "weight": weight}`. Weights and mask are handed
    to each part, and so is a reduction, if there is one, over what the part has itself.
    """

    __module__ = "tfjs_losses"

    def __init__(self, losses, *, reduction=None, name="combine", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.given = {} if reduction is None else {"reduction": checked_reduction(reduction)}
        self.losses = {key: (read(part["loss"]), part["weight"]) for key, part in losses.items()}
        # As they came: Keras up to 3.15 forgets the options of some of its own losses.
        self.configs = {key: written(part["loss"]) for key, part in losses.items()}

    def get_config(self):
        losses = {
            key: {"loss": self.configs[key], "weight": weight}
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

    def _parts(self, reduction, args, options=None):
        parts = {key: part for key, (part, _) in self.losses.items()}
        return {
            key: with_reduction(part, reduction)(*args, **(options or {}))
            for key, part in parts.items()
        }

    def _sum(self, values):
        shapes = {key: tuple(value.shape) for key, value in values.items() if len(value.shape) > 0}
        if len(set(shapes.values())) > 1:
            raise ValueError(f"Combine: the parts have shapes {shapes}; expected the same")
        return sum(values[key] * weight for key, (_, weight) in self.losses.items())


classes["Combine"] = Combine


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
