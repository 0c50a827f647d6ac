"""Losses of language models."""

from types import SimpleNamespace

from keras import ops

from .base import loss
from .classification import sparse_crossentropy
from .divergence import jensen_shannon
from .numerics import is_class, pick


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


@loss(
    "(...),(...,C),(...,C)->(...)",
    _labels="classes",
    alpha=0.5,
    temperature=1,
    scale_by_temperature=True,
    divergence="forward",
    beta=0.5,
    ignore_index=-100,
    detach_teacher=True,
)
def distillation(labels, predictions, teacher, o):
    """(1 − α)·cross-entropy + α·T²·divergence of the teacher's and the student's probabilities."""
    at_label = is_class(labels, predictions.shape[-1])
    surprise = -pick(ops.log_softmax(predictions), at_label)
    if o.alpha == 0:
        return surprise
    logits = dict(label_format="logits", prediction_format="logits", epsilon=None)
    beta = {"forward": 0, "reverse": 1}.get(o.divergence, o.beta)
    mixing = SimpleNamespace(**logits, temperature=o.temperature, beta=beta)
    target = ops.stop_gradient(teacher) if o.detach_teacher else teacher
    divergence = jensen_shannon(target, predictions, mixing)
    scaled = o.temperature**2 * divergence if o.scale_by_temperature else divergence
    return scaled if o.alpha == 1 else (1 - o.alpha) * surprise + o.alpha * scaled
