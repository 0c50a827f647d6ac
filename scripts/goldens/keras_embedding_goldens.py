"""Keras's circle loss; see keras_goldens.py."""

import numpy as np

from embeddings import EMBEDDINGS, LABELS
from keras_goldens import REDUCTIONS, goldens_of_keras
from goldens import weights

MASKED_PARTNERS = "Keras masks losses: a masked example still makes pairs with the others"
HALF = "JAX shares the gradient of max(1 - similarity, 0) at 0; ours is 0"


def make():
    golden = goldens_of_keras()

    def one(name, arguments="", options={}, reduction="none", **rest):
        """One case; weights and a mask among our options are in the call of Keras's loss."""
        if reduction != "sum_over_batch_size":
            arguments += f"{', ' if arguments else ''}reduction={reduction!r}"
        embeddings = "keras_mask(embeddings, mask)" if "mask" in options else "embeddings"
        some = ", sample_weight=weights" if "weights" in options else ""
        golden(f"circle {name}", f"keras.losses.Circle({arguments})(labels, {embeddings}{some})",
               "circle", {**options, "reduction": REDUCTIONS[reduction]}, **rest)

    data = dict(labels=LABELS, embeddings=EMBEDDINGS)
    mild = ("gamma=4.0", {"gamma": 4})
    for reduction in REDUCTIONS:
        one(f"{reduction}", reduction=reduction, **data)
        one(f"gamma=4 weights [7] {reduction}", mild[0], {**mild[1], "weights": weights(7)},
            reduction, **data)
        one(f"gamma=4 mask, weights [7] {reduction}", mild[0],
            {**mild[1], "weights": weights(7), "mask": np.arange(7) % 3 != 1}, reduction,
            departs=MASKED_PARTNERS, **data)
    for arguments, options in [
        ("gamma=1.0", {"gamma": 1}), ("gamma=256.0", {"gamma": 256}), ("margin=0.25", {"margin": 0.25}),
        ("gamma=4.0, margin=0.0", {"gamma": 4, "margin": 0}),
        ("gamma=4.0, margin=1.0", {"gamma": 4, "margin": 1}),
        ("gamma=4.0, remove_diagonal=False", {"gamma": 4, "removeDiagonal": False}),
        ("remove_diagonal=False", {"removeDiagonal": False}),
    ]:
        one(arguments, arguments, options, **data)
    lone = dict(labels=np.array([0, 0, 1, 1, 2, 1, 3]), embeddings=EMBEDDINGS)
    for reduction in REDUCTIONS:
        one(f"gamma=4 anchors without a positive {reduction}", *mild, reduction, **lone)
    one("gamma=4 one label only", *mild, "sum_over_batch_size", labels=np.zeros(7, int),
        embeddings=EMBEDDINGS)
    one("gamma=4 every label once", *mild, "sum_over_batch_size", labels=np.arange(7),
        embeddings=EMBEDDINGS)
    # All dot products of these are 0, ±1/2 and ±1
    unit = np.array([[1, 1, 1, 1], [1, 1, 1, -1], [1, -1, 1, 1], [-1, 1, 1, 1], [2, 0, 0, 0]]) / 2
    one("gamma=4 unit vectors", *mild, labels=np.array([0, 0, 1, 1, 0]), embeddings=unit)
    same = unit[[0, 0, 1, 3, 4]]
    one("gamma=4 two of one label that are the same", *mild,
        labels=np.array([0, 0, 1, 1, 0]), embeddings=same)
    one("gamma=4 two of two labels that are the same", *mild, departs=HALF,
        labels=np.array([0, 1, 0, 1, 0]), embeddings=same)
    one("gamma=4 two of two labels that are the same, the value", *mild, value_only=True,
        labels=np.array([0, 1, 0, 1, 0]), embeddings=same)
    one("gamma=4 opposite vectors", *mild, labels=np.array([0, 0, 1, 1]),
        embeddings=np.array([[1, 1, 1, 1], [-1, -1, -1, -1], [1, -1, 1, -1], [1, 1, -1, -1]]) / 2)
    one("gamma=4 dot products above 1", *mild, labels=np.array([0, 0, 1, 1, 2, 2, 2]),
        embeddings=1.75 * EMBEDDINGS)
    return golden
