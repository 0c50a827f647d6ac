"""optax's CTC loss, in float64; see optax_goldens.py."""

import numpy as np

import ctc_cases
from goldens import logits
from optax_goldens import goldens_of_optax

LOG_OF_0 = "optax takes -1e5 for the logarithm of 0, so that an impossible alignment is finite"
CALL = ("optax.ctc_loss(logits, 1.0 * (jnp.arange(logits.shape[1]) >= logit_lengths[:, None]), "
        "labels, 1.0 * (jnp.arange(labels.shape[1]) >= label_lengths[:, None]){})")


def make():
    golden = goldens_of_optax()

    def one(title, arguments="", options={}, **rest):
        golden(f"ctc {title}", CALL.format(arguments), "ctc", {"reduction": "none", **options},
               **rest)

    for title, lengths, labels, x in ctc_cases.alignable():
        one(title, "", lengths, labels=labels, logits=x)
    x = logits(3, 6, 4, seed=1) / 2
    one("blank 3", ", blank_id=3", {**ctc_cases.LENGTHS, "blankIndex": 3},
        labels=np.array([[1, 2, 0], [0, 1, 3], [2, 3, 3]]), logits=x)
    lengths, labels, x = ctc_cases.impossible()
    one("impossible", "", lengths, departs=LOG_OF_0, wrt=[], labels=labels, logits=x)
    return golden
