"""A call of a loss, as the benchmark describes it."""

import re
from dataclasses import dataclass
from typing import Optional

import numpy as np


class Missing(Exception):
    """A library does not have what a call asks for."""


@dataclass
class Call:
    # The name in Python's spelling.
    loss: str
    # Every option of the loss itself by its name in Python's spelling, and those that are given.
    options: dict
    given: dict
    # "mean", "weightedMean", "perExample" or "none"; what is left is averaged.
    reduction: str
    # Arrays by name, in the order of the loss.
    inputs: dict
    mask: Optional[np.ndarray]
    weights: Optional[np.ndarray]
    gradient_of: list
    # Where the class axis is, and of which inputs; None: last.
    class_axis: Optional[dict]
    # Labels are class indices where the loss has one number per class.
    has_indices: bool


def snake_case(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def in_snake_case(options):
    return {snake_case(name): value for name, value in options.items()}


def array(entry):
    if entry is None:
        return None
    dtype = {"bool": "uint8"}.get(entry["dtype"], entry["dtype"])
    values = np.fromfile(entry["file"], dtype=dtype).reshape(entry["shape"])
    return values.astype(bool) if entry["dtype"] == "bool" else values


def call_of(question):
    return Call(
        loss=snake_case(question["loss"]),
        options=in_snake_case(question["options"]),
        given=in_snake_case(question["given"]),
        reduction=question["reduction"],
        inputs={name: array(entry) for name, entry in question["inputs"].items()},
        mask=array(question["mask"]),
        weights=array(question["weights"]),
        gradient_of=question["gradientOf"],
        class_axis=question["classAxis"],
        has_indices=question["hasIndices"],
    )
