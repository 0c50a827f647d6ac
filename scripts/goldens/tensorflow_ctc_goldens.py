"""tf.nn.ctc_loss, which computes in float32 only."""

import numpy as np

import ctc_cases
from goldens import Goldens, logits
from tensorflow_goldens import evaluate

FINITE = "TensorFlow takes log(1e-307) for the logarithm of 0: its loss ends near 708"
CALL = ("tf.nn.ctc_loss(labels, tf.cast(logits, tf.float32), label_lengths, logit_lengths, "
        "logits_time_major=False, blank_index={})")


def make():
    golden = Goldens("tensorflow", evaluate, ["tensorflow-cpu"], tolerance=1e-5, note="CPU, float32")

    def one(title, blank=0, options={}, **rest):
        golden(f"ctc {title}", CALL.format(blank), "ctc", {"reduction": "none", **options}, **rest)

    for title, lengths, labels, x in ctc_cases.alignable():
        one(title, 0, lengths, departs=FINITE if "large" in title else None, labels=labels,
            logits=x)
    x = logits(3, 6, 4, seed=1) / 2
    for blank in (3, -1):
        one(f"blank {blank}", blank, {**ctc_cases.LENGTHS, "blankIndex": 3},
            labels=np.array([[1, 2, 0], [0, 1, 3], [2, 3, 3]]), logits=x)
    lengths, labels, x = ctc_cases.impossible()
    one("impossible", 0, lengths, departs=FINITE, wrt=[], labels=labels, logits=x)
    return golden
