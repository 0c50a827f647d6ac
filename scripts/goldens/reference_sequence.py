"""Connectionist temporal classification, conditional random fields and time warping; see reference.py."""

import mpmath

from autodiff import Var, exp, log
from reference import at_positions, lift, whole


@whole("ctc", labelLengths=None, logitLengths=None, blankIndex=0, zeroInfinity=False,
       logProbabilities=False)
def _(arrays, o, mask):
    labels, x = arrays.values()
    batch, steps, _classes = x.shape

    def at(index):
        (b,) = index
        row = [int(lift(label).value) for label in labels[b]]
        count = (sum(label >= 0 and label != o["blankIndex"] for label in row)
                 if o["labelLengths"] is None else int(o["labelLengths"][b]))
        length = steps if o["logitLengths"] is None else int(o["logitLengths"][b])
        probability = of_all_alignments(row[:count], x[b, :length], o)
        if probability.value == 0:
            return Var(0) if o["zeroInfinity"] else Var(mpmath.inf)
        return -log(probability)

    return at_positions((batch,), mask, at)


def of_all_alignments(labels, x, o):
    """The forward recursion, in probabilities, over the labels with blanks between them."""
    blank = o["blankIndex"]
    states = [blank]
    for label in labels:
        states += [label, blank]
    reached = [Var(1)] + [Var(0)] * (len(states) - 1)
    for step, row in enumerate(x):
        powers = [exp(v) for v in row]
        norm = 1 if o["logProbabilities"] else sum(powers, Var(0))
        before, reached = reached, []
        for s, state in enumerate(states):
            # At the first step there is nothing before: the first blank or the first label.
            arriving = before[s] if step else Var(s < 2)
            if step and s > 0:
                arriving = arriving + before[s - 1]
            if step and s > 1 and state != blank and state != states[s - 2]:
                arriving = arriving + before[s - 2]
            reached.append(arriving * powers[state] / norm)
    return sum(reached[-2:], Var(0))


@whole("crf", lengths=None)
def _(arrays, o, mask):
    labels, emissions, transitions = (arrays[name] for name in ("labels", "emissions", "transitions"))
    batch, _steps, classes = emissions.shape
    start, end = (arrays.get(name, [Var(0)] * classes) for name in ("start", "end"))

    def at(index):
        (b,) = index
        count = sum(label >= 0 for label in labels[b]) if o["lengths"] is None else o["lengths"][b]
        if count == 0:
            return None
        row, x = [int(label) for label in labels[b][:count]], emissions[b, :count]
        score = start[row[0]] + end[row[-1]] + sum(x[t, c] for t, c in enumerate(row))
        for one, other in zip(row, row[1:]):
            score = score + transitions[one, other]
        return log(of_all_sequences(x, transitions, start, end)) - score

    return at_positions((batch,), mask, at)


def of_all_sequences(x, transitions, start, end):
    """The forward recursion, in exponentials of scores."""
    classes = range(len(start))
    reached = [exp(start[c] + x[0, c]) for c in classes]
    for row in x[1:]:
        reached = [
            exp(row[c]) * sum(reached[b] * exp(transitions[b, c]) for b in classes)
            for c in classes
        ]
    return sum((reached[c] * exp(end[c]) for c in classes), Var(0))


@whole("softDtw", gamma=1)
def _(arrays, o, mask):
    ours, theirs = arrays.values()
    gamma = mpmath.mpf(o["gamma"])

    def at(index):
        (b,) = index
        return -gamma * log(of_all_warpings(ours[b], theirs[b], gamma))

    return at_positions((len(ours),), mask, at)


def of_all_warpings(one, other, gamma):
    """The sum of e^(−cost ÷ γ) over all ways through the table of squared distances."""
    reached = {}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            before = [reached[at] for at in ((i - 1, j), (i, j - 1), (i - 1, j - 1)) if at in reached]
            cost = sum((v - w) * (v - w) for v, w in zip(a, b))
            reached[i, j] = exp(-cost / gamma) * (sum(before, Var(0)) if before else Var(1))
    return reached[len(one) - 1, len(other) - 1]
