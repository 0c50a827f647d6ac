"""Losses of sequences."""

import math

from keras import ops

from .base import Unreduced, in_range, keep, loss, nan_unless
from .numerics import at_least, at_most, is_class, zero_with_slope

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
    is_none = likelihood < IMPOSSIBLE / 10
    return ops.where(is_none, 0.0 if o.zero_infinity else math.inf, losses)


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
    only differences matter to what comes later, and small numbers keep their digits. The derivative
    is the posterior probability of each state, since not every backend differentiates a scan.
    """
    place = ops.arange(ops.shape(states)[1], dtype="int32")
    can_skip = ops.logical_and(states != ops.roll(states, 2, axis=1), states != blank)
    behind_last = place - 2 * counts[:, None]
    zeros = ops.zeros_like(ops.stop_gradient(emissions[:, 0]))
    # Before the first step: as if in the first blank.
    start = keep(place == 0, zeros, IMPOSSIBLE), zeros[:, 0]
    end = keep(ops.logical_or(behind_last == 0, behind_last == -1), zeros, IMPOSSIBLE)

    def forward(before, emission):
        last, offset = before
        ways = [last, moved(last, 1), keep(can_skip, moved(last, 2), IMPOSSIBLE)]
        reached = emission + log_sum_exp(ways)
        rest, largest = from_largest(ops.where(emission != math.inf, reached, last))
        after = rest, offset + largest
        return after, after

    def backward(after, emission):
        emitted = emission + after
        ways = [emitted, moved(emitted, -1), moved(keep(can_skip, emitted, IMPOSSIBLE), -2)]
        before = from_largest(ops.where(emission != math.inf, log_sum_exp(ways), after))[0]
        return before, after

    # A step behind the end is marked by infinity.
    steps = ops.swapaxes(keep(is_during[..., None], ops.stop_gradient(emissions), math.inf), 0, 1)
    (last, offset), (befores, _) = ops.scan(forward, start, steps)
    _, afters = ops.scan(backward, end, steps, reverse=True)

    both = ops.swapaxes(befores + afters, 0, 1)
    is_possible = ops.max(both, axis=-1) > IMPOSSIBLE / 10
    counted = ops.logical_and(is_during, is_possible)[..., None]
    posterior = keep(counted, ops.softmax(both, axis=-1), 0)
    slopes = ops.sum(posterior * zero_with_slope(emissions), axis=(1, 2))
    return offset + ops.logsumexp(last + end, axis=-1) + slopes


def moved(x, by):
    """States moved by some places, to the right if positive; impossible ones come in."""
    rest, width = (x[:, :-by], (by, 0)) if by > 0 else (x[:, -by:], (0, -by))
    return ops.pad(rest, ((0, 0), width), constant_values=IMPOSSIBLE)


def log_sum_exp(ways):
    return ops.logsumexp(ops.stack(ways, axis=-1), axis=-1)


def from_largest(x):
    """Each row less its largest entry, where impossible ones stay so, and that entry."""
    largest = ops.max(x, axis=-1)
    return at_least(x - largest[:, None], IMPOSSIBLE), largest


@loss("(B,T),(B,T,C),(C,C)->(B)", _labels="padded", start=None, end=None, lengths=None)
def crf(labels, emissions, transitions, o, valid):
    """−ln of the share of the labels in all sequences of classes, by the exponentials of scores."""
    classes = emissions.shape[-1]
    counts = o.lengths
    if counts is None:
        counts = ops.sum(ops.cast(labels >= 0, "int32"), axis=-1)
    is_during = within(counts, ops.shape(labels)[1])
    none = ops.zeros_like(transitions[0])
    scores = (
        # What lies behind the end may be anything, NaN too.
        at_least(keep(is_during[..., None], emissions, 0), IMPOSSIBLE),
        at_least(transitions, IMPOSSIBLE),
        none if o.start is None else at_least(o.start, IMPOSSIBLE),
        none if o.end is None else at_least(o.end, IMPOSSIBLE),
    )
    is_label = ops.logical_and(is_class(labels, classes), is_during[..., None])
    values = loss_of_path(ops.cast(is_label, emissions.dtype), is_during, *scores)
    is_stray = ops.logical_and(is_during, ops.logical_not(in_range(labels, classes)))
    values = nan_unless(ops.logical_not(ops.any(is_stray, axis=-1)), values)
    counted = counts > 0
    if valid is not None:
        counted = ops.logical_and(counted, valid)
    return Unreduced(keep(counted, values, 0), valid=counted)


def loss_of_path(path, is_during, emissions, transitions, start, end):
    """−ln of the share of a path [B, T, C] in all, by forward and backward variables.

    All scores are counted from those of the path. The derivative is the probability of each class
    and of each transition, less those of the path.
    """
    x, ways = ops.stop_gradient(emissions), ops.stop_gradient(transitions)
    before = ops.concatenate([ops.zeros_like(path[:, :1]), path[:, :-1]], axis=1)
    is_first = ops.logical_and(is_during, ops.arange(ops.shape(path)[1]) == 0)
    is_next = ops.concatenate([is_during[:, 1:], ops.zeros_like(is_during[:, :1])], axis=1)
    last = ops.sum(keep(ops.logical_not(is_next)[..., None], path, 0), axis=1)

    emitted = ops.sum(path * x, axis=-1)
    moved_on = ops.sum(ops.matmul(before, ways) * path, axis=-1)
    started, ended = ops.sum(path[:, 0] * start, axis=-1), ops.sum(last * end, axis=-1)
    total = ops.sum(emitted + moved_on, axis=-1) + started + ended
    is_possible = total > IMPOSSIBLE / 10
    emitted, moved_on = (keep(is_possible[:, None], own, 0) for own in (emitted, moved_on))
    started, ended = (keep(is_possible, own, 0) for own in (started, ended))

    first, final = start - started[:, None], end - ended[:, None]
    emitting = x - emitted[..., None]

    def forward(reached, step):
        emission, own, is_start, is_now = step
        arriving = reached[:, :, None] + (ways - own[:, None, None])
        arriving = ops.where(is_start[:, None], first, ops.logsumexp(arriving, axis=1))
        after = ops.where(is_now[:, None], emission + arriving, reached)
        return after, after

    def backward(after, step):
        emission, own, _, is_now = step
        leaving = (ways - own[:, None, None]) + (emission + after)[:, None, :]
        return ops.where(is_now[:, None], ops.logsumexp(leaving, axis=2), after), after

    steps = tuple(ops.swapaxes(a, 0, 1) for a in (emitting, moved_on, is_first, is_during))
    reached, befores = ops.scan(forward, ops.zeros_like(final), steps)
    _, afters = ops.scan(backward, final, steps, reverse=True)
    befores, afters = ops.swapaxes(befores, 0, 1), ops.swapaxes(afters, 0, 1)
    value = ops.logsumexp(reached + final, axis=-1)

    classes = keep(is_during[..., None], ops.softmax(befores + afters, axis=-1), 0)
    from_class = ops.concatenate([ops.zeros_like(befores[:, :1]), befores[:, :-1]], axis=1)
    exponents = (
        from_class[..., None]
        + (ways - moved_on[..., None, None])
        + (emitting + afters)[..., None, :]
        - value[:, None, None, None]
    )
    has_before = ops.logical_and(is_during, ops.logical_not(is_first))[..., None, None]
    moves = ops.exp(at_most(keep(has_before, exponents, -math.inf), 0.0))
    of_path = before[..., None] * path[..., None, :]
    slopes = ops.sum((classes - path) * zero_with_slope(emissions), axis=(1, 2))
    slopes += ops.sum(ops.sum(moves - of_path, axis=1) * zero_with_slope(transitions), axis=(1, 2))
    return keep(is_possible, value + slopes, math.inf)


@loss("(B,N,D),(B,T,D)->(B)", gamma=1)
def soft_dtw(labels, predictions, o):
    """−γ·ln Σ e^(−cost/γ) over all alignments of two sequences, by their squared distances.

    A place of an anti-diagonal is reached from the two before it. The derivative is the share of
    the alignments that go through each place, since not every backend differentiates a scan.
    """
    costs = ops.sum(ops.square(labels[:, :, None] - predictions[:, None]), axis=-1)
    scores = diagonals(-costs / o.gamma)
    own = ops.stop_gradient(scores)
    first, rows = own[0], scores.shape[-1]

    # What a scan gives at each step has the form of what it carries on.
    def forward(before, score):
        last, aslant = before
        above = moved(last, 1)
        after = at_least(score + log_sum_exp([above, last, aslant]), IMPOSSIBLE), above
        return after, after

    def backward(after, shares):
        through, aslant = after
        above, last, next_aslant = (through * shares[..., way] for way in range(3))
        before = back(above) + last + aslant, back(next_aslant)
        return before, before

    def back(x):
        return ops.pad(x[:, 1:], ((0, 0), (0, 1)))

    nowhere = ops.full_like(first, IMPOSSIBLE)
    (last, _), (lasts, aboves) = ops.scan(forward, (first, nowhere), own[1:])
    before = ops.concatenate([first[None], lasts], axis=0)[:-1]
    aslant = ops.concatenate([nowhere[None], aboves], axis=0)[:-1]
    shares = ops.softmax(ops.stack([aboves, before, aslant], axis=-1), axis=-1)
    end = ops.zeros_like(first) + ops.cast(ops.arange(rows) == rows - 1, first.dtype)
    _, (passing, _) = ops.scan(backward, (end, ops.zeros_like(first)), shares, reverse=True)
    through = ops.concatenate([passing, end[None]], axis=0)
    value = last[:, -1]
    is_known = value > IMPOSSIBLE / 10
    slopes = ops.sum(through * zero_with_slope(scores), axis=(0, 2))
    return keep(is_known, -o.gamma * (value + slopes), math.inf)


def diagonals(table):
    """The anti-diagonals of a table [B, N, T], one after another: [N + T − 1, B, N].

    Entry i of the k-th one is at (i, k − i), and impossible where the table has no such place.
    """
    rows, columns = table.shape[1:]
    width = rows + columns
    possible = at_least(table, IMPOSSIBLE)
    wide = ops.pad(possible, ((0, 0), (0, 0), (0, rows)), constant_values=IMPOSSIBLE)
    # Cut into rows that are one shorter, each row begins one place later than the one above it.
    cut = ops.reshape(wide, (-1, rows * width))[:, : rows * (width - 1)]
    return ops.transpose(ops.reshape(cut, (-1, rows, width - 1)), (2, 0, 1))
