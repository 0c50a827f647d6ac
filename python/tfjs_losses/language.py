"""Losses of language models."""

import math
from types import SimpleNamespace

import keras
import numpy as np
from keras import ops

from .base import loss
from .classification import sparse_crossentropy
from .divergence import jensen_shannon
from .numerics import is_class, pick, replace


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


SAMPLED = dict(
    bias=None,
    transpose_weight=False,
    num_sampled=64,
    sampler="logUniform",
    seed=None,
    sampled_indices=None,
    sampled_counts=None,
    label_counts=None,
)


def whole_draw(o):
    """A draw is given as a whole."""
    given = [x is not None for x in (o.sampled_indices, o.sampled_counts, o.label_counts)]
    if len(set(given)) == 1:
        return None
    return (
        "a draw is sampled_indices, sampled_counts and label_counts; expected all three or none"
    )


def random_numbers(seed):
    """Numbers from 0 to 1 by the generator mulberry32, those of TypeScript."""
    most = 2**32 - 1
    state = seed & most
    while True:
        state = (state + 0x6D2B79F5) & most
        bits = (state ^ (state >> 15)) * (state | 1) & most
        bits ^= (bits + ((bits ^ (bits >> 7)) * (bits | 61) & most)) & most
        yield (bits ^ (bits >> 14)) / 2**32


def seeded_draw(n, classes, o):
    """Different classes in the order in which they come, and how many tries it took."""
    drawn, tries = {}, 0
    random = random_numbers(o.seed)
    while len(drawn) < n:
        u = next(random)
        power = math.exp(u * math.log(classes + 1)) - 1
        drawn[min(int(power if o.sampler == "logUniform" else u * classes), classes - 1)] = True
        tries += 1
    return np.array(list(drawn), "int32"), tries


def free_draw(n, share):
    """The same without a seed: Gumbel's trick draws classes, and a geometric law the tries."""
    u = keras.random.uniform((2, share.shape[0]), 1e-7, 1)
    _, order = ops.top_k(ops.log(share) - ops.log(-ops.log(u[0])), n)
    own = ops.take(share, order)
    before = ops.clip(ops.cumsum(own) - own, 1e-7, 1 - 1e-7)
    return order, ops.sum(ops.ceil(ops.log(u[1][:n]) / ops.log(before)))


def drawn_classes(labels, classes, o):
    """Drawn indices, and the logarithms of the counts expected of them and of the labels."""
    if o.sampled_indices is not None:
        counts = (ops.stop_gradient(ops.convert_to_tensor(x)) for x in (o.sampled_counts, o.label_counts))
        return o.sampled_indices, *(ops.log(x) for x in counts)
    if o.num_sampled >= classes:
        return ops.arange(classes, dtype="int32"), 0, 0
    if o.sampler == "logUniform":
        share = np.log1p(1 / np.arange(1, classes + 1)) / math.log(classes + 1)
    else:
        share = np.full(classes, 1 / classes)
    share = ops.convert_to_tensor(share.astype("float32"))
    n = o.num_sampled
    indices, tries = free_draw(n, share) if o.seed is None else seeded_draw(n, classes, o)
    indices = ops.cast(indices, "int32")

    def log_counts(at):
        return ops.log(-ops.expm1(tries * ops.log1p(-ops.take(share, at))))

    return indices, log_counts(indices), log_counts(labels)


def sampled_logits(labels, hidden, weight, o):
    """Logits less ln q of the labels and of drawn classes, and where those are the label."""
    table = ops.transpose(weight) if o.transpose_weight else weight
    classes = table.shape[0]
    known = ops.clip(labels, 0, classes - 1)
    indices, log_counts, log_label_counts = drawn_classes(known, classes, o)
    own = ops.sum(hidden * ops.take(table, known, axis=0), -1)
    drawn = ops.matmul(hidden, ops.transpose(ops.take(table, indices, axis=0)))
    if o.bias is not None:
        own, drawn = own + ops.take(o.bias, known), drawn + ops.take(o.bias, indices)
    is_hit = ops.expand_dims(labels, -1) == indices
    return own - log_label_counts, drawn - log_counts, is_hit


def loss_of_sampled_classes(remove_accidental_hits):
    """What losses of sampled classes have in common."""
    return loss(
        weight_signature,
        _labels="classes",
        _check=whole_draw,
        remove_accidental_hits=remove_accidental_hits,
        **SAMPLED,
    )


@loss_of_sampled_classes(remove_accidental_hits=True)
def sampled_softmax(labels, hidden, weight, o):
    """ln Σ_j e^{x_j} − x_y over the label y and drawn classes, x = hidden·weightᵀ + bias − ln q.

    q is how often a class is expected in the draw.
    """
    own, drawn, is_hit = sampled_logits(labels, hidden, weight, o)
    if o.remove_accidental_hits:
        drawn = replace(drawn, is_hit, -math.inf)
    logits = ops.concatenate([ops.expand_dims(own, -1), drawn], -1)
    return -ops.log_softmax(logits)[..., 0]


@loss_of_sampled_classes(remove_accidental_hits=False)
def nce(labels, hidden, weight, o):
    """−ln σ(x_y) − Σ_j ln(1 − σ(x_j)) of the label y and drawn classes, see `sampled_softmax`."""
    own, drawn, is_hit = sampled_logits(labels, hidden, weight, o)
    noise = ops.softplus(drawn)
    if o.remove_accidental_hits:
        noise = replace(noise, is_hit, 0)
    return ops.softplus(-own) + ops.sum(noise, -1)
