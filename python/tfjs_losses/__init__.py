"""The losses of the TypeScript package tfjs-losses that Keras 3 does not have, as Keras losses."""

from . import (
    classification,
    composition,
    detection,
    divergence,
    embedding,
    generative,
    image,
    language,
    margin,
    preference,
    ranking,
    regression,
    reinforcement,
    segmentation,
    sequence,
    survival,
)
from .base import classes

__version__ = "0.1.0"
__all__ = sorted(classes)

globals().update(classes)
