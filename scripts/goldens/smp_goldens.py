"""segmentation-models-pytorch on the CPU, in float64. Its class axis is 1, ours is the last.

Its overlap losses are sums over the whole batch, of minima of label and prediction,
with 0 for classes that no label has.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

import numpy as np

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded,
    torch_engine,
)

# The losses need PyTorch only; the models beside them, which the package imports first,
# need a dozen packages more. So the package is made, and not run.
package = ModuleType("segmentation_models_pytorch")
package.__path__ = find_spec(package.__name__).submodule_search_locations
sys.modules[package.__name__] = package
from segmentation_models_pytorch import losses  # noqa: E402

NO_GRADIENT_BELOW_EPS = "smp clamps the score at eps: no gradient below it, where it is worst"
GAMMA_OF_MEAN = "smp raises the mean over the classes to gamma, ours the loss of each class"

OURS = {
    "axis": "batch", "smooth": 0, "absentClasses": "zero", "intersection": "minimum",
    "reduction": "none",
}
LOGITS = {**OURS, "fromLogits": True}
FIRST = "predictions.movedim(-1, 1)"


def goldens_of_smp():
    return Goldens("segmentation-models-pytorch", torch_engine({"losses": losses}),
                   ["segmentation-models-pytorch", "torch"],
                   note="CPU, float64; `losses` is segmentation_models_pytorch.losses")


def make():
    golden = goldens_of_smp()
    for loss, name in [("dice", "DiceLoss"), ("jaccard", "JaccardLoss")]:
        of_one_loss(golden, loss, name)
    of_tversky(golden)
    return golden


def of_one_loss(golden, loss, function):
    def one(mode, title, arguments="", options={}, base=LOGITS, **rest):
        arguments = ", ".join(filter(None, [repr(mode), arguments]))
        first = "predictions" if mode == "binary" else FIRST
        labels = "labels.movedim(-1, 1)" if mode == "multilabel" else "labels"
        golden(f"{loss} {mode} {title}", f"losses.{function}({arguments})({first}, {labels})",
               loss, {**base, **options}, **rest)

    # Class indices
    classes, x = integers(3, 2, 2, 3, seed=1), logits(2, 2, 3, 3, seed=2)
    indices = {"labels": classes, "predictions": x}
    p = distributions(2, 2, 3, 3, seed=3)
    void = np.where(integers(3, 2, 2, 3, seed=4) == 0, 255, classes)
    without_1 = np.where(classes == 1, 2, classes)
    for title, arguments, options in [
        ("defaults", "", {}),
        ("smooth", "smooth=1.0", {"smooth": 1}),
        ("eps above the denominator", "eps=64.0", {"epsilon": 64}),
        ("log_loss", "log_loss=True", {"logLoss": True}),
        ("log_loss smooth", "log_loss=True, smooth=0.5", {"logLoss": True, "smooth": 0.5}),
        ("classes", "classes=[0, 2]", {"classes": [0, 2]}),
        ("one class", "classes=[1]", {"classes": [1]}),
        ("class_weights", "class_weights=[0.5, 2.0, 1.25]", {"classWeights": [0.5, 2, 1.25]}),
        ("classes, class_weights", "classes=[2, 0], class_weights=[0.5, 2.0, 1.25]",
         {"classes": [2, 0], "classWeights": [0.5, 2, 1.25]}),
    ]:
        one("multiclass", title, arguments, options, **indices)
    one("multiclass", "log_loss below eps", "log_loss=True, eps=0.75",
        {"logLoss": True, "epsilon": 0.75}, departs=NO_GRADIENT_BELOW_EPS, **indices)
    one("multiclass", "probabilities", "from_logits=False", base=OURS, labels=classes,
        predictions=p)
    one("multiclass", "probabilities 0 and 1", "from_logits=False", base=OURS,
        labels=np.array([[0, 1, 2], [1, 0, 2]]),
        predictions=[[[0.0, 1.0, 0.0], [0.25, 0.5, 0.25], [0.5, 0.0, 0.5]],
                     [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]])
    one("multiclass", "ignore_index", "ignore_index=255", {"ignoreIndex": 255}, labels=void,
        predictions=x)
    one("multiclass", "all ignored", "ignore_index=255", {"ignoreIndex": 255},
        labels=np.full((2, 2, 3), 255), predictions=x)
    one("multiclass", "an absent class", labels=without_1, predictions=x)
    one("multiclass", "an absent class, log_loss, class_weights",
        "log_loss=True, class_weights=[0.5, 2.0, 1.25]",
        {"logLoss": True, "classWeights": [0.5, 2, 1.25]}, labels=without_1, predictions=x)
    one("multiclass", "logits extreme", labels=np.array([[0, 1, 2, 0, 1]]),
        predictions=rounded([[[1e4, -1e4, 0], [88, -88, 0], [1e-8, -1e-8, 0], [60, 0, 0],
                              [1e4, 1e4, 1e4]]]))
    if loss == "dice":
        one("multiclass", "labels [2,2,3,1]", labels=classes[..., None], predictions=x)
        one("multiclass", "ignore_index=-1, probabilities", "ignore_index=-1, from_logits=False",
            {"ignoreIndex": -1}, OURS, labels=np.where(void == 255, -1, void), predictions=p)
        one("multiclass", "ignore_index=0", "ignore_index=0", {"ignoreIndex": 0}, **indices)
        one("multiclass", "an absent class, smooth", "smooth=1.0", {"smooth": 1}, labels=without_1,
            predictions=x)
        one("multiclass", "one class present", labels=np.zeros((2, 2, 3), int), predictions=x)
        one("multiclass", "[2,4,3]", labels=integers(3, 2, 4, seed=5),
            predictions=logits(2, 4, 3, seed=6))
        one("multiclass", "[1,2,2,2,3]", labels=integers(3, 1, 2, 2, 2, seed=7),
            predictions=logits(1, 2, 2, 2, 3, seed=8))
        one("multiclass", "12 classes", labels=integers(12, 2, 2, 3, seed=9),
            predictions=logits(2, 2, 3, 12, seed=10))
        golden(f"{loss} multiclass a single class: index 0 for smp, the mask itself for us",
               f"losses.{function}('multiclass')({FIRST}, 1 - labels)", loss,
               {**LOGITS, "activation": "softmax"}, labels=np.array([[1, 1, 1]]),
               predictions=[[[1.0], [-2.0], [0.5]]])

    # A mask
    mask, x = integers(2, 2, 2, 3, seed=11), logits(2, 2, 3, 1, seed=12)
    p = between_0_and_1(2, 2, 3, 1, seed=13)
    void = np.where(integers(3, 2, 2, 3, seed=14) == 0, -1, mask)
    for title, arguments, options in [
        ("defaults", "", {}),
        ("smooth", "smooth=1.0", {"smooth": 1}),
        ("eps above the denominator", "eps=64.0", {"epsilon": 64}),
        ("log_loss", "log_loss=True", {"logLoss": True}),
    ]:
        one("binary", title, arguments, options, labels=mask, predictions=x)
    one("binary", "probabilities", "from_logits=False", base=OURS, labels=mask, predictions=p)
    one("binary", "labels [2,2,3,1] that are not integers", "from_logits=False", base=OURS,
        labels=between_0_and_1(2, 2, 3, 1, seed=15) + 1 / 64, predictions=p)
    one("binary", "labels equal to predictions", "from_logits=False", base=OURS,
        labels=p, predictions=p)
    one("binary", "ignore_index", "ignore_index=-1", {"ignoreIndex": -1}, labels=void,
        predictions=x)
    one("binary", "all ignored", "ignore_index=-1", {"ignoreIndex": -1},
        labels=np.full((2, 2, 3), -1), predictions=x)
    one("binary", "empty mask", labels=np.zeros((2, 2, 3), int), predictions=x)
    one("binary", "probabilities 0 and 1", "from_logits=False", base=OURS,
        labels=np.array([[0, 1, 1, 0, 1]]), predictions=[[[0.0], [1.0], [0.0], [1.0], [0.5]]])
    one("binary", "logits extreme", labels=np.array([[0, 1, 1, 0, 1, 0, 0]]),
        predictions=rounded([[[1e4], [-1e4], [88], [-88], [1e-8], [-1e-8], [1]]]))
    if loss == "dice":
        one("binary", "ignore_index, probabilities", "ignore_index=-1, from_logits=False",
            {"ignoreIndex": -1}, OURS, labels=void.astype(float)[..., None], predictions=p)
        one("binary", "full mask", labels=np.ones((2, 2, 3), int), predictions=x)

    # Several masks
    masks, x = binary(2, 2, 3, 2, seed=16), logits(2, 2, 3, 2, seed=17)
    several = {"labels": masks, "predictions": x}
    sigmoid = {"activation": "sigmoid"}
    for title, arguments, options in [
        ("defaults", "", {}),
        ("log_loss, smooth", "log_loss=True, smooth=0.5", {"logLoss": True, "smooth": 0.5}),
        ("classes", "classes=[1]", {"classes": [1]}),
        ("class_weights", "class_weights=[0.5, 2.0]", {"classWeights": [0.5, 2]}),
    ]:
        one("multilabel", title, arguments, {**sigmoid, **options}, **several)
    one("multilabel", "probabilities, labels that are not integers", "from_logits=False",
        base=OURS, labels=between_0_and_1(2, 2, 3, 2, seed=18) + 1 / 64,
        predictions=between_0_and_1(2, 2, 3, 2, seed=19))
    one("multilabel", "ignore_index", "ignore_index=-1", {**sigmoid, "ignoreIndex": -1},
        labels=np.where(integers(3, 2, 2, 3, 2, seed=20) == 0, -1, masks), predictions=x)
    one("multilabel", "an absent class", "", sigmoid, labels=masks * [1, 0], predictions=x)
    one("multilabel", "one-hot", "", sigmoid, labels=one_hot(integers(2, 2, 2, 3, seed=21), 2),
        predictions=x)


def of_tversky(golden):
    """What it has beyond Dice, whose code it shares."""

    def one(mode, title, arguments, options, base=LOGITS, **rest):
        first = "predictions" if mode == "binary" else FIRST
        golden(f"tversky {mode} {title}",
               f"losses.TverskyLoss({mode!r}, {arguments})({first}, labels)", "tversky",
               {**base, **options}, **rest)

    several = {"labels": integers(3, 2, 2, 3, seed=31), "predictions": logits(2, 2, 3, 3, seed=32)}
    mask = {"labels": integers(2, 2, 2, 3, seed=33), "predictions": logits(2, 2, 3, 1, seed=34)}
    for alpha, beta in [(0.25, 0.75), (1, 0), (0, 1), (2, 1.5)]:
        arguments = f"alpha={float(alpha)}, beta={float(beta)}"
        errors = {"alpha": alpha, "beta": beta}
        for mode, inputs in [("multiclass", several), ("binary", mask)]:
            one(mode, f"alpha={alpha}, beta={beta}", arguments, errors, **inputs)
    for gamma in (2, 0.75):
        one("binary", f"gamma={gamma}", f"gamma={float(gamma)}", {"gamma": gamma}, **mask)
        one("multiclass", f"gamma={gamma}, one class", f"gamma={float(gamma)}, classes=[2]",
            {"gamma": gamma, "classes": [2]}, **several)
        one("multiclass", f"gamma={gamma}", f"gamma={float(gamma)}", {"gamma": gamma},
            departs=GAMMA_OF_MEAN, **several)
    one("binary", "all", "alpha=0.25, beta=0.75, gamma=1.5, smooth=1.0, log_loss=True",
        {"alpha": 0.25, "beta": 0.75, "gamma": 1.5, "smooth": 1, "logLoss": True}, **mask)
    errors, options = "alpha=0.25, beta=0.75", {"alpha": 0.25, "beta": 0.75}
    one("multiclass", "ignore_index", f"{errors}, ignore_index=0", {**options, "ignoreIndex": 0},
        **several)
    one("multiclass", "an absent class", errors, options,
        **{**several, "labels": np.where(several["labels"] == 1, 2, several["labels"])})
    one("multiclass", "probabilities, classes, class_weights",
        f"{errors}, from_logits=False, classes=[2, 0], class_weights=[0.5, 2.0, 1.25]",
        {**options, "classes": [2, 0], "classWeights": [0.5, 2, 1.25]}, OURS,
        **{**several, "predictions": distributions(2, 2, 3, 3, seed=35)})
    one("multiclass", "gamma=2, class_weights", "gamma=2.0, class_weights=[0.5, 2.0, 1.25]",
        {"gamma": 2, "classWeights": [0.5, 2, 1.25]}, departs=GAMMA_OF_MEAN, **several)
