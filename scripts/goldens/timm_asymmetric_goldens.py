"""timm's asymmetric loss of class indices, on the CPU in float64."""

import numpy as np

from goldens import Goldens, integers, logits, torch_engine, weights

from timm.loss import AsymmetricLossSingleLabel


def make():
    golden = Goldens("timm", torch_engine({"AsymmetricLossSingleLabel": AsymmetricLossSingleLabel}),
                     ["timm", "torch"], note="CPU, float64")
    loss = "asymmetricSingleLabel"

    def one(name, arguments="", options={}, reduction="none", text="{}(predictions, labels)", **inputs):
        separator = ", " if arguments else ""
        made = f"AsymmetricLossSingleLabel({arguments}{separator}reduction={reduction!r})"
        golden(f"{loss} {name}", text.format(made), loss, {**options, "reduction": reduction}, **inputs)

    inputs = {"labels": integers(4, 5, seed=1), "predictions": logits(5, 4, seed=2)}
    for reduction in ("none", "mean"):
        one(f"by default, {reduction}", "", {}, reduction, **inputs)
    for arguments, options in [
        ("gamma_pos=2", {"gammaPositive": 2}), ("gamma_pos=0", {"gammaPositive": 0}),
        ("gamma_pos=0.5", {"gammaPositive": 0.5}), ("gamma_neg=1", {"gammaNegative": 1}),
        ("gamma_neg=0", {"gammaNegative": 0}), ("gamma_neg=0.5", {"gammaNegative": 0.5}),
        ("eps=0", {"labelSmoothing": 0}), ("eps=0.5", {"labelSmoothing": 0.5}),
        ("eps=1", {"labelSmoothing": 1}),
        ("gamma_pos=0, gamma_neg=0, eps=0.25",
         {"gammaPositive": 0, "gammaNegative": 0, "labelSmoothing": 0.25}),
    ]:
        one(arguments, arguments, options, **inputs)
    golden(f"{loss} weights", "AsymmetricLossSingleLabel(reduction='none')(predictions, labels) * weights", loss,
           {"weights": weights(5), "reduction": "none"}, **inputs)
    golden(f"{loss} mask", "AsymmetricLossSingleLabel()(predictions[mask], labels[mask])", loss,
           {"mask": [True, False, True, True, False], "reduction": "mean"}, **inputs)
    one("axis=1", "", {"axis": 1}, labels=integers(3, 2, seed=3), predictions=logits(2, 3, seed=4))
    one("one class", labels=np.array([0, 0]), predictions=logits(2, 1, seed=5))
    one("one example", labels=np.array([2]), predictions=logits(1, 3, seed=6))
    one("equal logits", labels=np.array([0, 1]), predictions=np.full((2, 3), 0.5))
    far = np.array([[88.0, -88, 0], [1e4, 0, -1e4], [-1e4, -1e4, -1e4]])
    for name, label in [("of the right class", [0, 0, 1]), ("of a wrong class", [1, 2, 0])]:
        one(f"far logits, {name}", labels=np.array(label), predictions=far)
    return golden
