"""Definitions of further margin losses; see reference.py."""

import mpmath
import numpy as np

from autodiff import Var, relu
from reference import at_positions, class_axis_last, class_weight, lift, sparse_rows, whole


@sparse_rows("multiMargin", p=1, margin=1)
def _(y, x, o):
    excesses = [
        relu(mpmath.mpf(o["margin"]) - x[y] + v) for c, v in enumerate(x) if c != y
    ]
    terms = [e * e if o["p"] == 2 else e for e in excesses]
    return class_weight(o, y) * sum(terms, Var(0)) / len(x)


@whole("multilabelMargin", labelFormat="auto", axis=-1)
def _(arrays, o, mask):
    labels, predictions = [class_axis_last(array, o["axis"]) for array in arrays.values()]
    form = o["labelFormat"]
    if form == "auto":
        form = "multiHot" if np.isin(labels, (0, 1)).all() else "indices"

    def targets(row):
        """With their multiplicity; a list of indices ends at the first -1."""
        if form == "multiHot":
            return [c for c, label in enumerate(row) if label == 1]
        row = [int(label) for label in row]
        return row[: row.index(-1)] if -1 in row else row

    def at(index):
        x, true = predictions[index], targets(labels[index])
        wrong = [v for c, v in enumerate(x) if c not in true]
        return sum((relu(1 - x[t] + v) for t in true for v in wrong), Var(0)) / len(x)

    return at_positions(predictions.shape[:-1], mask, at)


def signed_labels(labels, o):
    """Labels 0 and 1 as -1 and 1, if the option or all of the labels say so."""
    binary = o["labels"] == "binary" or (
        o["labels"] == "auto" and all(lift(y).value in (0, 1) for y in np.ravel(labels)))
    return 2 * labels - 1 if binary else labels


@whole("marginRanking", margin=0, labels="auto")
def _(arrays, o, mask):
    labels, a, b = arrays.values()
    y = signed_labels(labels, o)
    return at_positions(
        a.shape, mask, lambda at: relu(mpmath.mpf(o["margin"]) - y[at] * (a[at] - b[at])))
