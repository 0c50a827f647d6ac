"""Inputs for the CTC loss that every library is given."""

import numpy as np

from goldens import integers, logits, rounded

PADDED = np.array([[1, 2, 3], [3, 1, 0], [2, 0, 0]])
LENGTHS = {"labelLengths": [3, 2, 1], "logitLengths": [6, 4, 5]}


def alignable():
    """Title, our options, labels, logits; the blank is 0 and every loss is finite."""
    x = logits(3, 6, 4, seed=1) / 2
    every = {"labelLengths": [3, 3, 3], "logitLengths": [6, 6, 6]}
    full = np.array([[1, 2, 3], [3, 1, 2], [2, 1, 3]])
    repeats = np.array([[1, 1, 2], [2, 2, 2], [3, 1, 1]])
    yield "labels [3,3]", every, full, x
    yield "lengths of labels", {**every, "labelLengths": [3, 2, 1]}, PADDED, x
    yield "lengths of logits", {**every, "logitLengths": [6, 3, 5]}, full, x
    yield "lengths", LENGTHS, PADDED, x
    yield "lengths, labels behind the end", LENGTHS, np.array([[1, 2, 3], [3, 1, 1], [2, 2, 1]]), x
    yield "repeated labels", every, repeats, x
    yield ("repeated labels, lengths", {"labelLengths": [2, 3, 3], "logitLengths": [5, 6, 4]},
           repeats, x)
    yield ("no labels", {"labelLengths": [0, 2, 0], "logitLengths": [6, 6, 1]},
           np.array([[0, 0], [1, 2], [0, 0]]), x)
    yield ("one alignment", {"labelLengths": [3, 2], "logitLengths": [3, 3]},
           np.array([[1, 2, 3], [2, 2, 0]]), x[:2, :3])
    yield "one step", {"labelLengths": [1], "logitLengths": [1]}, np.array([[2]]), x[:1, :1]
    yield ("all logits 0", {"labelLengths": [2], "logitLengths": [5]}, np.array([[1, 2]]),
           np.zeros((1, 5, 3)))
    yield ("large and tiny logits", {"labelLengths": [2], "logitLengths": [4]}, np.array([[1, 2]]),
           rounded([[[88, -88, 0], [-88, 88, 60], [1e-8, -1e-8, 0], [0, 1e3, -1e3]]]))
    yield ("100 steps", {"labelLengths": [12], "logitLengths": [100]},
           integers(3, 1, 12, seed=2) + 1, logits(1, 100, 4, seed=3) / 2)
    yield ("40 steps, 20 classes", {"labelLengths": [9], "logitLengths": [37]},
           integers(19, 1, 9, seed=4) + 1, logits(1, 40, 20, seed=5) / 2)


def impossible():
    """More labels than steps, and too few steps for the blank between two equal labels."""
    return ({"labelLengths": [3, 2, 2], "logitLengths": [2, 2, 2]},
            np.array([[1, 2, 3], [1, 1, 0], [1, 2, 0]]), logits(3, 2, 4, seed=6) / 2)
