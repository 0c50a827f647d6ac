"""Cross-entropy of a linear layer; see reference.py."""

from reference import LOSSES, whole

CROSSENTROPY = LOSSES["sparseCategoricalCrossentropy"]


@whole("linearCrossentropy", transposeWeight=False, ignoreIndex=None, labelSmoothing=0,
       softcap=None, zLoss=0, shift=0)
def _(arrays, o, mask):
    labels, hidden, weight = (arrays[name] for name in ("labels", "hidden", "weight"))
    if o["shift"]:
        labels, hidden = labels[..., o["shift"]:], hidden[..., :-o["shift"], :]
    logits = hidden @ (weight if o["transposeWeight"] else weight.T) + arrays.get("bias", 0)
    options = {**CROSSENTROPY.defaults, **o, "fromLogits": True}
    return CROSSENTROPY.unreduced({"labels": labels, "logits": logits}, options, mask)
