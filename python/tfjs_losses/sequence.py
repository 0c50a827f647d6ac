"""Losses of sequences that are not aligned."""

import math

from keras import ops

from .base import in_range, keep, loss, nan_unless
from .numerics import at_least

# The logarithm of an impossible state: finite, so that differences of two are no NaN.
IMPOSSIBLE = -1e35


@loss(
    "(B,S),(B,T,C)->(B)",
    _labels="padded",
    label_lengths=None,
    logit_lengths=None,
    blank_index=0,
    zero_infinity=False,
    log_probabilities=False,
)
def ctc(labels, logits, o):
    """−ln of the probability that logits emit the labels, summed over all ways to spread them."""
    classes = logits.shape[-1]
    blank = o.blank_index % classes
    is_label = labels >= 0
    counts = o.label_lengths
    if counts is None:
        counts = ops.sum(ops.cast(ops.logical_and(is_label, labels != blank), "int32"), axis=-1)
    is_wanted = within(counts, ops.shape(labels)[1])
    states = with_blanks(keep(ops.logical_and(is_wanted, is_label), labels, blank), blank)

    is_during = ops.ones_like(logits[..., 0], dtype="bool")
    if o.logit_lengths is not None:
        is_during = within(o.logit_lengths, ops.shape(logits)[1])
        # What lies behind the end may be anything, NaN too.
        logits = keep(is_during[..., None], logits, 0)
    log_p = logits if o.log_probabilities else ops.log_softmax(logits, axis=-1)
    at_state = ops.clip(states, 0, classes - 1)[:, None, :] * ops.ones_like(log_p[..., :1], "int32")
    emissions = ops.take_along_axis(at_least(log_p, IMPOSSIBLE), at_state, axis=-1)

    likelihood = log_likelihood(emissions, states, blank, counts, is_during)
    is_stray = ops.logical_and(is_wanted, ops.logical_not(in_range(labels, classes)))
    losses = nan_unless(ops.logical_not(ops.any(is_stray, axis=-1)), -likelihood)
    is_possible = likelihood > IMPOSSIBLE / 10
    return keep(is_possible, losses, 0 if o.zero_infinity else math.inf)


def within(counts, n):
    """Which of the first n entries of each row there are."""
    return ops.arange(n, dtype="int32") < counts[:, None]


def with_blanks(labels, blank):
    """Blank, y₁, blank, y₂, …, blank: [B, 2S + 1]."""
    blanks = ops.full_like(labels, blank)
    pairs = ops.stack([blanks, labels], axis=-1)
    pairs = ops.reshape(pairs, (-1, 2 * ops.shape(labels)[1]))
    return ops.concatenate([pairs, blanks[:, :1]], axis=1)


def log_likelihood(emissions, states, blank, counts, is_during):
    """ln of the summed probability of all alignments, of log-probabilities [B, T, states].

    An alignment walks through the states, one per time step; it stays, goes on to the next state,
    or skips a blank between two different labels. A step's values are counted from its largest one:
    only differences matter to what comes later, and small numbers keep their digits.
    """
    place = ops.arange(ops.shape(states)[1], dtype="int32")
    can_skip = ops.logical_and(states != ops.roll(states, 2, axis=1), states != blank)
    behind_last = place - 2 * counts[:, None]
    ends = ops.logical_or(behind_last == 0, behind_last == -1)

    def moved(x, by):
        return ops.pad(x[:, :-by], ((0, 0), (by, 0)), constant_values=IMPOSSIBLE)

    def step(before, now):
        last, offset = before
        emission, is_now = now
        ways = [last, moved(last, 1), keep(can_skip, moved(last, 2), IMPOSSIBLE)]
        reached = emission + ops.logsumexp(ops.stack(ways, axis=-1), axis=-1)
        reached = ops.where(is_now[:, None], reached, last)
        largest = ops.stop_gradient(ops.max(reached, axis=-1))
        after = at_least(reached - largest[:, None], IMPOSSIBLE), offset + largest
        return after, after

    # Before the first step: as if in the first blank.
    zeros = ops.zeros_like(emissions[:, 0])
    start = keep(place == 0, zeros, IMPOSSIBLE), zeros[:, 0]
    steps = ops.swapaxes(emissions, 0, 1), ops.transpose(is_during)
    (last, offset), _ = ops.scan(step, start, steps)
    return offset + ops.logsumexp(keep(ends, last, IMPOSSIBLE), axis=-1)
