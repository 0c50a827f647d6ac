"""How the shapes of inputs fit together.

Shapes are written as `(...),(...,C)->(...)`: one bracket per input, then the unreduced result.
`...` is any number of leading axes, the same everywhere; a name is one axis, the same size
everywhere; a number is an axis of that size. A single named axis after `...` is the class axis,
which `axis` moves. An input in square brackets may lack trailing axes. Where one value is made of
many entries, as in `(B,...),(B,...)->(B,...)->(B)`, the shape in the middle says which entries a
mask may remove.
"""

import re
from functools import lru_cache
from typing import Callable, NamedTuple, Optional

import keras
from keras import ops


class Pattern(NamedTuple):
    names: tuple
    broadcasts: bool = False

    @property
    def has_dots(self):
        return "..." in self.names

    @property
    def after_dots(self):
        return self.names[self.names.index("...") + 1 :] if self.has_dots else ()

    @property
    def has_class_axis(self):
        return len(self.after_dots) == 1

    def axis_names(self, rank):
        """The name of each axis; those that `...` stands for are all called so."""
        free = rank - len(self.names) + 1
        return [n for name in self.names for n in [name] * (free if name == "..." else 1)]

    def rank(self, leading):
        return len(self.names) + (len(leading) - 1 if self.has_dots else 0)

    def begins(self, other):
        return self.names == other.names[: len(self.names)]


class Signature(NamedTuple):
    inputs: tuple
    positions: Pattern
    output: Pattern

    def is_per_position(self, i):
        """Whether an input has the leading axes of a mask; a layer's weights have not."""
        own, positions = self.inputs[i], self.positions
        return (own.has_dots and positions.has_dots) or own.names[:1] == positions.names[:1]


@lru_cache(maxsize=None)
def parse(text):
    inputs, *results = [
        tuple(
            Pattern(tuple(re.findall(r"[^,\s]+", names)), bracket == "[")
            for bracket, names in re.findall(r"([(\[])([^)\]]*)", part)
        )
        for part in text.split("->")
    ]
    return Signature(inputs, results[0][0], results[-1][0])


class Arranged(NamedTuple):
    inputs: list
    sizes: dict
    # What `...` stands for.
    leading: tuple
    # Labels came as class indices where the signature has a class axis.
    is_sparse: bool
    # Brings a mask, or weights of entries, into the order of axes of positions.
    to_positions: Callable


def arrange(who, signature, inputs, axis, takes_indices):
    """The inputs with the class axis last and leading axes that agree."""
    patterns = signature.inputs

    def misfit():
        shapes = ", ".join(str(tuple(x.shape)) for x in inputs)
        expected = ", ".join(f"({','.join(p.names)})" for p in patterns)
        return ValueError(f"{who}: inputs have shapes {shapes}; expected {expected}")

    # Sizes are read off the predictions: the last input, but for one that broadcasts or has axes of
    # its own.
    measured = [i for i, p in enumerate(patterns) if p.has_dots and not p.broadcasts]
    last = measured[-1] if measured else len(patterns) - 1
    found = match(patterns[last], moved(inputs[last], patterns[last], axis), {})
    if found is None:
        raise misfit()
    leading, sizes = found

    def fit(x, pattern):
        if pattern.broadcasts:
            return with_rank(x, pattern.rank(leading))
        for candidate in candidates(x, pattern, axis, inputs[last], leading, sizes):
            found = match(pattern, candidate, sizes)
            if found and (not pattern.has_dots or agree(found[0], leading)):
                sizes.update(found[1])
                return candidate
        return None

    fitted = [fit(x, pattern) for x, pattern in zip(inputs, patterns)]
    is_single = sizes.get("C") == 1
    is_integer = "int" in keras.backend.standardize_dtype(inputs[0].dtype)
    is_sparse = False
    may_be_both = is_single and is_integer and takes_indices == "classes"
    if takes_indices and (fitted[0] is None or may_be_both):
        indices = fit(inputs[0], Pattern(patterns[0].names[:-1]))
        # Masks of a single class lack an axis of size 1.
        is_sparse = indices is not None and not (is_single and takes_indices == "masks")
        if indices is not None:
            fitted[0] = indices if is_sparse else ops.expand_dims(indices, -1)
    if any(x is None for x in fitted):
        raise misfit()

    def to_positions(x):
        has_all_axes = len(x.shape) == len(inputs[last].shape)
        return moved(x, signature.positions, axis) if has_all_axes else x

    return Arranged(fitted, sizes, leading, is_sparse, to_positions)


def match(pattern, x, sizes) -> Optional[tuple]:
    """What `...` stands for, and the sizes of named axes; None if a shape does not fit. Unknown
    sizes fit.
    """
    if x is None:
        return None
    names, shape = pattern.names, tuple(x.shape)
    free = len(shape) - len(names) + pattern.has_dots
    if free < 0 or (free > 0 and not pattern.has_dots):
        return None
    at = names.index("...") if pattern.has_dots else len(names)
    sizes = dict(sizes)
    for name, size in zip(names[:at] + names[at + 1 :], shape[:at] + shape[at + free :]):
        known = int(name) if name.isdigit() else sizes.get(name)
        if not agree((known,), (size,)):
            return None
        sizes[name] = size if known is None else known
    return shape[at : at + free], sizes


def agree(a, b):
    """Whether two shapes may be the same, as far as they are known."""
    return len(a) == len(b) and all(m is None or n is None or m == n for m, n in zip(a, b))


def candidates(x, pattern, axis, predictions, leading, sizes):
    """An input, and as in Keras with an axis of size 1 more or less where that is clear."""
    given = moved(x, pattern, axis)
    if given is not None:
        yield given
    if given is None or pattern.after_dots:
        return
    shape = tuple(given.shape)
    names = [leading if name == "..." else (sizes.get(name, -1),) for name in pattern.names]
    if agree((*shape, 1), sum(names, ())):
        yield ops.expand_dims(given, -1)
    if shape and shape[-1] == 1:
        yield ops.squeeze(given, -1)
    if (
        isinstance(axis, int)
        and shape
        and len(shape) == len(predictions.shape)
        and shape[axis] == 1
    ):
        yield ops.squeeze(given, axis)


def moved(x, pattern, axis):
    """x with its class axis, or several joined into one, at the end; None if it has none."""
    if not pattern.has_class_axis:
        return x
    rank = len(x.shape)
    chosen = [a + rank if a < 0 else a for a in ([axis] if isinstance(axis, int) else axis)]
    if any(a < 0 or a >= rank for a in chosen):
        return None
    if chosen == [rank - 1]:
        return x
    rest = [a for a in range(rank) if a not in chosen]
    last = ops.transpose(x, rest + chosen)
    if len(chosen) == 1:
        return last
    sizes = ops.shape(last)
    joined = 1
    for size in sizes[len(rest) :]:
        joined *= size
    return ops.reshape(last, (*sizes[: len(rest)], joined))


def along_axis(who, name, x, axis, shape):
    """An option with one number per entry of an axis, as it broadcasts against a shape, of which
    unknown sizes fit.

    None is the last axis, unless that may be a mistake: where channels come first, a vector may fit
    axis 1 as well.
    """
    own, rank = tuple(x.shape), len(shape)
    if own in ((), (1,)):
        return x
    at = rank - 1 if axis is None else axis + rank if axis < 0 else axis
    expected = shape[at : at + 1] if at >= 0 else ()
    if not agree(own, expected):
        others = [i for i in range(1, rank) if len(own) == 1 and shape[i] == own[0]]
        remedy = f", or axis={others[0]} for an option along that one" if others else ""
        raise ValueError(
            f"{who}: {name} has shape {own}; expected {expected}, one for each entry of axis "
            f"{-1 if axis is None else axis} of {tuple(shape)}{remedy}"
        )
    if axis is None and rank > 2 and shape[1] == own[0]:
        raise ValueError(
            f"{who}: {name} has {own[0]} entries, and both axis 1 and the last of {tuple(shape)} "
            f"fit; expected axis=1 or axis=-1"
        )
    return ops.reshape(x, [own[0] if i == at else 1 for i in range(rank)])


def with_rank(x, rank):
    """x with axes of size 1 appended, or such axes at its end taken away."""
    for _ in range(len(x.shape), rank):
        x = ops.expand_dims(x, -1)
    shape = tuple(x.shape)
    if any(size not in (1, None) for size in shape[rank:]):
        raise ValueError(f"weights or mask have shape {shape}; expected at most {rank} axes")
    for _ in shape[rank:]:
        x = ops.squeeze(x, -1)
    return x
