"""Keras's CTC loss: every sequence of logits is whole, the blank is 0; see keras_goldens.py."""

import ctc_cases
from goldens import logits, weights
from keras_goldens import REDUCTIONS, goldens_of_keras

LOG_OF_0 = "Keras takes -1e5 for the logarithm of 0 in JAX: an impossible alignment is finite"


def make():
    golden = goldens_of_keras()

    def one(title, reduction="none", options={}, **rest):
        predictions = "keras_mask(logits, mask)" if "mask" in options else "logits"
        some = ", sample_weight=weights" if "weights" in options else ""
        golden(f"ctc {title}",
               f"keras.losses.CTC(reduction={reduction!r})(labels, {predictions}{some})", "ctc",
               {**options, "reduction": REDUCTIONS[reduction]}, **rest)

    for title, lengths, labels, x in ctc_cases.alignable():
        if set(lengths["logitLengths"]) == {x.shape[1]} and "behind" not in title:
            one(title, labels=labels, logits=x)
    x = logits(3, 6, 4, seed=1) / 2
    inputs = {"labels": ctc_cases.PADDED, "logits": x}
    for reduction in REDUCTIONS:
        one(f"padded, weights, mask, {reduction}", reduction,
            {"weights": weights(3), "mask": [True, False, True]}, **inputs)
    one("padded, sum_over_batch_size", "sum_over_batch_size", **inputs)
    _lengths, labels, x = ctc_cases.impossible()
    one("impossible", departs=LOG_OF_0, wrt=[], labels=labels, logits=x)
    return golden
