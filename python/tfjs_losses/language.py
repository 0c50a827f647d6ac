"""Losses of language models."""

from types import SimpleNamespace

from keras import ops

from .base import loss
from .classification import sparse_crossentropy


def weight_signature(o, rank):
    return f"(...),(...,D),({'D,C' if o.transpose_weight else 'C,D'})->(...)"


def shifted(labels, hidden, weight, o):
    """Labels lie behind by some places."""
    if o.shift == 0:
        return labels, hidden, weight
    return labels[..., o.shift :], hidden[..., : -o.shift, :], weight


@loss(
    weight_signature,
    _labels="classes",
    _before=shifted,
    bias=None,
    transpose_weight=False,
    ignore_index=-100,
    class_weights=None,
    label_smoothing=0,
    softcap=None,
    z_loss=0,
    shift=0,
    chunk_size=None,
)
def linear_crossentropy(labels, hidden, weight, o):
    """−(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c + z_loss·(ln Σ eˣ)², x = hidden·weightᵀ + bias.

    The logits are made as a whole: `chunk_size` changes nothing here.
    """
    logits = ops.matmul(hidden, weight if o.transpose_weight else ops.transpose(weight))
    if o.bias is not None:
        logits = logits + o.bias
    # What `sparse_categorical_crossentropy` has and this loss does not.
    fixed = dict(from_logits=True, temperature=1, epsilon=1e-7)
    return sparse_crossentropy(labels, logits, SimpleNamespace(**vars(o), **fixed))
