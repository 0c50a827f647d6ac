"""Losses of language models; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, exp, log
from reference import LOSSES, at_positions, labels_ignored, log_softmax, whole

CROSSENTROPY = LOSSES["sparseCategoricalCrossentropy"]


@whole("linearCrossentropy", transposeWeight=False, ignoreIndex=None, labelSmoothing=0,
       softcap=None, zLoss=0, shift=0)
def _(arrays, o, mask):
    labels, hidden, weight = (arrays[name] for name in ("labels", "hidden", "weight"))
    if o["shift"]:
        labels, hidden = labels[..., o["shift"]:], hidden[..., :-o["shift"], :]
    logits = hidden @ (weight if o["transposeWeight"] else weight.T) + arrays.get("bias", 0)
    options = {**CROSSENTROPY.defaults, **o, "fromLogits": True}
    return CROSSENTROPY.unreduced({"labels": labels, "logits": logits}, options, mask)


def softplus(x):
    return log(1 + exp(x))


def of_sampled_classes(name, loss, hits):
    """Losses of the logit of the label and of those of drawn classes, each less ln q."""
    @whole(name, transposeWeight=False, removeAccidentalHits=hits, sampledIndices=None,
           sampledCounts=None, labelCounts=1)
    def _(arrays, o, mask):
        labels, hidden, weight = (arrays[name] for name in ("labels", "hidden", "weight"))
        table = weight.T if o["transposeWeight"] else weight
        logits = hidden @ table.T + arrays.get("bias", 0)
        drawn = range(len(table)) if o["sampledIndices"] is None else o["sampledIndices"]
        counts = o["sampledCounts"] or [1] * len(drawn)
        own_counts = np.broadcast_to(o["labelCounts"] or 1, labels.shape)

        def at(index):
            label, x = labels[index], logits[index]
            others = [x[c] - mpmath.log(q) for c, q in zip(drawn, counts)
                      if not (o["removeAccidentalHits"] and c == label)]
            return loss(x[label] - mpmath.log(float(own_counts[index])), others)

        return at_positions(labels.shape, mask, at)


of_sampled_classes("sampledSoftmax", lambda own, others: -log_softmax([own, *others])[0][0], True)
of_sampled_classes(
    "nce", lambda own, others: softplus(-own) + sum(softplus(x) for x in others), False)


def divergence(teacher, student, o):
    """Of the logarithms of two rows of probabilities."""
    def to_mixture(own, other, share):
        """KL(own ‖ mixture), of which `share` is its own."""
        mixed = [log(share * exp(a) + (1 - share) * exp(b)) if share else b
                 for a, b in zip(own, other)]
        return sum(exp(a) * (a - m) for a, m in zip(own, mixed))

    kind, beta = o["divergence"], mpmath.mpf(o["beta"])
    if kind == "forward" or (kind == "jensenShannon" and beta == 0):
        return to_mixture(teacher, student, 0)
    if kind == "reverse" or beta == 1:
        return to_mixture(student, teacher, 0)
    return (beta * to_mixture(teacher, student, beta)
            + (1 - beta) * to_mixture(student, teacher, 1 - beta))


@whole("distillation", alpha=0.5, temperature=1, scaleByTemperature=True, divergence="forward",
       beta=0.5, ignoreIndex=-100, detachTeacher=True)
def _(arrays, o, mask):
    labels, predictions, teacher = arrays.values()
    alpha, temperature = mpmath.mpf(o["alpha"]), mpmath.mpf(o["temperature"])

    def at(index):
        if labels_ignored(labels[index], o):
            return None
        own = [Var(v.value) if o["detachTeacher"] else v for v in teacher[index]]
        crossentropy = -log_softmax(list(predictions[index]))[0][labels[index]]
        softened = [log_softmax([v / temperature for v in row])[0]
                    for row in (own, predictions[index])]
        factor = temperature ** 2 if o["scaleByTemperature"] else 1
        return (1 - alpha) * crossentropy + alpha * factor * divergence(*softened, o)

    return at_positions(labels.shape, mask, at)


@whole("adaptiveLogSoftmax", headBias=None)
def _(arrays, o, mask):
    labels, hidden, head = arrays.values()
    in_head = o["cutoffs"][0]

    def product(table, x):
        return [sum((v * w for v, w in zip(row, x)), Var(0)) for row in table]

    def at(index):
        x, label = hidden[index], labels[index]
        biases = o["headBias"] or [0] * len(head)
        of_head = log_softmax([v + bias for v, bias in zip(product(head, x), biases)])[0]
        if label < in_head:
            return -of_head[label]
        tail = max(i for i, first in enumerate(o["cutoffs"]) if label >= first)
        projection, weight = o["tails"][tail]
        of_tail = log_softmax(product(weight, product(projection, x)))[0]
        return -of_head[in_head + tail] - of_tail[label - o["cutoffs"][tail]]

    return at_positions(labels.shape, mask, at)
