"""Soft time warping to all digits, also where few alignments count: libraries round the table of costs to float32."""

import numpy as np

from goldens import goldens_of_mpmath, logits

CALL = "-gamma * ln(sum over alignments of exp(-cost / gamma))"


def make():
    golden, one = goldens_of_mpmath("by all alignments, in 400 digits")
    loss = "softDtw"
    inputs = {"labels": logits(2, 3, 2, seed=1) / 2, "predictions": logits(2, 4, 2, seed=2) / 2}
    for gamma in (1, 0.125, 2**-10, 1e-15, 1e15):
        one(f"gamma={gamma}", CALL, loss, {"gamma": gamma}, **inputs)
    same = logits(1, 3, 2, seed=3) / 2
    for gamma in (1, 0.125):
        one(f"equal sequences, gamma={gamma}", CALL, loss, {"gamma": gamma}, labels=same, predictions=same)
        one(f"nearly equal sequences, gamma={gamma}", CALL, loss, {"gamma": gamma},
            labels=same, predictions=same + 2.0**-8)
    one("numbers of 10000", CALL, loss, labels=np.array([[[1e4], [-1e4], [88]]]), predictions=np.array([[[-1e4], [1e4]]]))
    one("numbers of 1e-4", CALL, loss, {"gamma": 2**-20}, labels=logits(1, 3, 1, seed=4) * 2**-13,
        predictions=logits(1, 2, 1, seed=5) * 2**-13)
    return golden
