"""smp's losses that are not ratios of sums; see smp_goldens.py."""

import numpy as np

from goldens import (
    between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, weights,
)
from smp_goldens import FIRST, goldens_of_smp

COUNTS_IGNORED = "smp's mean divides by the number of all elements, ignored ones included"
EMPTY = "smp divides 0 by 0 where every label is ignored"
VOID_IMAGE = "smp counts an image whose pixels are all ignored as 0, for us it does not count"
NO_SCALAR = "smp gives an empty tensor where every pixel is ignored"
P_T = "smp takes e^(-cross-entropy) for the probability of a label, also of one between 0 and 1"
CLAMPS = "smp clamps probabilities to [1e-7, 1 - 1e-7]: no gradient outside"
EACH_CLASS = "smp divides by the sum of the factors of each class"
SUM_OVER_CLASSES = "smp averages over the classes what it has summed over the pixels"
LOG_IS_NO_LOGIT = "smp takes the logarithms of probabilities for the logits of sigmoids"

FLOAT32 = 2e-6  # what smp's Lovász extension computes in


def make():
    golden = goldens_of_smp()
    of_lovasz(golden)
    of_matthews(golden)
    of_focal(golden)
    of_soft_labels(golden)
    return golden


def distinct(*shape, seed):
    """Scores of which no two have the same absolute value."""
    count = int(np.prod(shape))
    return (np.random.RandomState(seed).permutation(count).reshape(shape) - count / 2 + 0.25) / 4


def of_lovasz(golden):
    def hinge(title, arguments="'binary'", options={}, **rest):
        golden(f"lovaszHinge {title}",
               f"losses.LovaszLoss({arguments})(predictions.float(), labels).double()",
               "lovaszHinge", {"reduction": "mean", **options}, tolerance=FLOAT32,
               wrt=["predictions"], **rest)

    y, x = integers(2, 2, 2, 3, seed=1), distinct(2, 2, 3, seed=2)
    void = np.where(integers(3, 2, 2, 3, seed=3) == 0, -1, y)
    void_image = void.copy()
    void_image[0] = -1
    each = {"perImage": True}
    hinge("binary", labels=y, predictions=x)
    hinge("labels that are floats", labels=y.astype(float), predictions=x)
    hinge("per_image", "'binary', per_image=True", each, labels=y, predictions=x)
    hinge("ignore_index", "'binary', ignore_index=-1", {"ignoreIndex": -1}, labels=void,
          predictions=x)
    hinge("ignore_index per_image", "'binary', per_image=True, ignore_index=-1",
          {**each, "ignoreIndex": -1}, labels=void, predictions=x)
    hinge("a void image", "'binary', ignore_index=-1", {"ignoreIndex": -1}, labels=void_image,
          predictions=x)
    hinge("a void image per_image", "'binary', per_image=True, ignore_index=-1",
          {**each, "ignoreIndex": -1}, departs=VOID_IMAGE, labels=void_image, predictions=x)
    hinge("all ignored", "'binary', ignore_index=-1", {"ignoreIndex": -1},
          labels=np.full((2, 2, 3), -1), predictions=x)
    hinge("empty mask", labels=np.zeros((1, 2, 3), int), predictions=distinct(1, 2, 3, seed=4))
    hinge("full mask", labels=np.ones((1, 2, 3), int), predictions=distinct(1, 2, 3, seed=5))
    hinge("multilabel [2,2,2,2]", "'multilabel'", labels=binary(2, 2, 2, 2, seed=6),
          predictions=distinct(2, 2, 2, 2, seed=7))
    hinge("[3,4] per_image", "'binary', per_image=True", each, labels=integers(2, 3, 4, seed=8),
          predictions=distinct(3, 4, seed=9))
    hinge("one pixel", labels=np.array([[1]]), predictions=[[0.25]])
    hinge("all well beyond the margin", labels=np.array([[1, 0, 1]]),
          predictions=[[3.0, -2.5, 88.0]])
    hinge("far, tiny", labels=np.array([[1, 0, 0, 1, 1, 0]]),
          predictions=rounded([[1e4, 1e3, -88, -88, 1e-4, 2e-4]]))

    def softmax(title, arguments="", options={}, function="LovaszLoss", **rest):
        first, last = f"{FIRST}.float()", ", ".join(filter(None, ["labels", arguments]))
        if function == "LovaszLoss":
            arguments = ", ".join(filter(None, ["'multiclass'", arguments]))
            call = f"losses.LovaszLoss({arguments})({first}, labels)"
            options = {"fromLogits": True, **options}
        else:
            call = f"losses.lovasz._lovasz_softmax({first}, {last})"
        golden(f"lovaszSoftmax {title}", f"{call}.double()", "lovaszSoftmax",
               {"reduction": "mean", **options}, tolerance=FLOAT32, wrt=["predictions"], **rest)

    y, x = integers(3, 2, 2, 3, seed=11), distinct(2, 2, 3, 3, seed=12) / 4
    p = distributions(2, 2, 3, 3, seed=13)
    void = np.where(integers(3, 2, 2, 3, seed=14) == 0, 255, y)
    two = np.where(y == 1, 2, y)
    softmax("multiclass", labels=y, predictions=x)
    softmax("labels [2,2,3,1]", labels=y[..., None], predictions=x)
    softmax("per_image", "per_image=True", each, labels=y, predictions=x)
    softmax("ignore_index", "ignore_index=255", {"ignoreIndex": 255}, labels=void, predictions=x)
    softmax("ignore_index per_image", "per_image=True, ignore_index=255",
            {**each, "ignoreIndex": 255}, labels=void, predictions=x)
    softmax("all ignored", "ignore_index=255", {"ignoreIndex": 255}, departs=NO_SCALAR,
            labels=np.full((2, 2, 3), 255), predictions=x)
    softmax("an absent class", labels=two, predictions=x)
    softmax("one class present", labels=np.zeros((1, 2, 3), int),
            predictions=distinct(1, 2, 3, 3, seed=15))
    softmax("12 classes", labels=integers(12, 1, 2, 3, seed=16),
            predictions=distinct(1, 2, 3, 12, seed=17) / 8)
    softmax("logits extreme", labels=np.array([[[0, 1, 2, 0]]]),
            predictions=rounded([[[[1e4, -1e4, 0], [88, -88, 0], [1e-2, -1e-2, 0], [60, 0, 58]]]]))
    for title, arguments, options in [
        ("probabilities", "", {}),
        ("all", "classes='all'", {"classes": "all"}),
        ("all per_image", "classes='all', per_image=True", {"classes": "all", **each}),
        ("a list", "classes=[0, 1]", {"classes": [0, 1]}),
        ("a list, ignored", "classes=[1], ignore=2", {"classes": [1], "ignoreIndex": 2}),
    ]:
        softmax(f"probabilities, {title}, class 1 absent" if title != "probabilities" else title,
                arguments, options, "_lovasz_softmax", labels=two if arguments else y,
                predictions=p)


def of_matthews(golden):
    def one(title, arguments="", options={}, **rest):
        golden(f"matthewsCorrelation {title}", f"losses.MCCLoss({arguments})(predictions, labels)",
               "matthewsCorrelation", {"reduction": "none", **options}, **rest)

    y, p = binary(2, 2, 3, 1, seed=21), between_0_and_1(2, 2, 3, 1, seed=22)
    one("defaults", labels=y, predictions=p)
    one("labels [2,2,3]", labels=y[..., 0].astype(int), predictions=p)
    one("labels that are not integers", labels=between_0_and_1(2, 2, 3, 1, seed=23),
        predictions=p)
    for epsilon in (0.5, 0.001):
        one(f"eps={epsilon}", f"eps={epsilon}", {"epsilon": epsilon}, labels=y, predictions=p)
    hard = np.array([[0, 1, 1, 0, 1]])
    for title, labels, predictions in [
        ("all right", hard, hard), ("all wrong", hard, 1 - hard),
        ("some right", hard, [[0, 1, 0, 1, 1]]), ("nothing predicted", hard, [[0] * 5]),
        ("everything predicted", hard, [[1] * 5]), ("empty mask", 0 * hard, [[0, 1, 0, 0, 1]]),
        ("full mask", 0 * hard + 1, [[0, 1, 0, 0, 1]]),
        ("empty, nothing predicted", 0 * hard, [[0] * 5]),
    ]:
        one(f"hard, {title}", labels=labels[..., None],
            predictions=np.array(predictions, dtype=float)[..., None])


def of_focal(golden):
    loss = "binaryFocalCrossentropy"

    def one(mode, title, arguments="", options={}, reduction="mean", ours=None, first=None,
            labels_text="labels", **rest):
        settings = ", ".join(filter(None, [repr(mode), arguments, f"reduction={reduction!r}"]))
        golden(f"{loss} {mode} {title} {reduction}",
               f"losses.FocalLoss({settings})({first or 'predictions'}, {labels_text})"
               + (".reshape(labels.shape)" if reduction == "none" else ""),
               loss, {"fromLogits": True, **options, "reduction": ours or reduction},
               wrt=["predictions"], **rest)

    y, x = binary(3, 4, seed=31), logits(3, 4, seed=32)
    of_x = {"labels": y, "predictions": x}
    some = y.copy()
    some[integers(3, 3, 4, seed=33) == 0] = -1
    for reduction in ("none", "mean", "sum"):
        one("binary", "defaults", reduction=reduction, **of_x)
        one("binary", "normalized", "normalized=True", {"normalized": True}, reduction, **of_x)
        one("binary", "reduced_threshold=0.5", "reduced_threshold=0.5", {"reducedThreshold": 0.5},
            reduction, **of_x)
    for title, options in [
        ("gamma=0.0", {"gamma": 0}),
        ("gamma=0.5", {"gamma": 0.5}),
        ("gamma=3.5", {"gamma": 3.5}),
        ("alpha=0.25", {"alpha": 0.25}),
        ("alpha=0.0", {"alpha": 0}),
        ("alpha=0.75, gamma=1.0, reduced_threshold=0.25, normalized=True",
         {"alpha": 0.75, "gamma": 1, "reducedThreshold": 0.25, "normalized": True}),
    ]:
        one("binary", title, title, options, **of_x)
    one("binary", "labels that are not integers", departs=P_T,
        labels=between_0_and_1(3, 4, seed=34), predictions=x)
    ignoring = {"ignoreIndex": -1}
    for reduction in ("mean", "sum"):
        one("binary", "ignore_index", "ignore_index=-1", ignoring, reduction, labels=some,
            predictions=x)
        one("binary", "ignore_index, normalized", "ignore_index=-1, normalized=True",
            {**ignoring, "normalized": True}, reduction, labels=some, predictions=x)
        one("binary", "all ignored", "ignore_index=-1", ignoring, reduction,
            departs=EMPTY if reduction == "mean" else None, labels=np.full((3, 4), -1.0),
            predictions=x)
    extreme = {"labels": [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]],
               "predictions": rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88],
                                       [1e-8, -1e-8]])}
    one("binary", "logits extreme", reduction="none", **extreme)
    one("binary", "logits extreme, threshold", "reduced_threshold=0.5", {"reducedThreshold": 0.5},
        "none", **extreme)
    probable = {"fromLogits": False}
    one("binary", "probabilities", "from_logits=False", probable, labels=y,
        predictions=between_0_and_1(3, 4, seed=35))
    sure = {"labels": [[1.0, 0.0, 1.0, 0.0]], "predictions": [[0.0, 1.0, 1.0, 0.0]]}
    one("binary", "probabilities 0 and 1", "from_logits=False", probable, "none", departs=CLAMPS,
        **sure)
    one("binary", "probabilities 0 and 1, the value", "from_logits=False", probable, "none",
        value_only=True, tolerance=1e-6, **sure)

    y, x = binary(2, 2, 3, 3, seed=36), logits(2, 2, 3, 3, seed=37)
    masks = {"labels": y, "predictions": x, "first": FIRST,
             "labels_text": "labels.movedim(-1, 1)"}
    weighed = {"weights": np.broadcast_to([0.5, 2, 1.25], x.shape)}
    one("multilabel", "defaults", **masks)
    one("multilabel", "alpha", "alpha=0.25", {"alpha": 0.25}, **masks)
    one("multilabel", "class_weights", "class_weights=[0.5, 2.0, 1.25]", weighed,
        ours="weightedMean", **masks)
    one("multilabel", "sum", "", reduction="sum", departs=SUM_OVER_CLASSES, **masks)
    one("multilabel", "normalized", "normalized=True", {"normalized": True}, departs=EACH_CLASS,
        **masks)
    classes = one_hot(integers(3, 2, 2, 3, seed=38), 3)
    indices = {"labels": classes, "predictions": x, "first": FIRST,
               "labels_text": "labels.argmax(-1)"}
    one("multiclass", "defaults", **indices)
    one("multiclass", "class_weights, gamma, alpha",
        "class_weights=[0.5, 2.0, 1.25], gamma=1.5, alpha=0.75",
        {**weighed, "gamma": 1.5, "alpha": 0.75}, ours="weightedMean", **indices)
    one("multiclass", "ignore_index", "ignore_index=255",
        {"mask": integers(3, 2, 2, 3, seed=39) > 0},
        **{**indices, "labels_text": "torch.where(mask, labels.argmax(-1), 255)"})
    one("multiclass", "probabilities", "from_logits=False", probable, departs=LOG_IS_NO_LOGIT,
        **{**indices, "predictions": distributions(2, 2, 3, 3, seed=40)})


def of_soft_labels(golden):
    def one(loss, title, function, arguments, options, reduction="mean", ignores=False, **rest):
        arguments = ", ".join(filter(None, [arguments, f"reduction={reduction!r}"]))
        squeeze = ".squeeze(-1)" if reduction == "none" and "Cross" in function else ""
        golden(f"{loss} {title} {reduction}",
               f"losses.{function}({arguments})(predictions, labels){squeeze}", loss,
               {"fromLogits": True, **options, "reduction": reduction},
               departs=COUNTS_IGNORED if ignores and reduction == "mean" else None, **rest)

    y, x = binary(3, 4, seed=41), logits(3, 4, seed=42)
    some = y.copy()
    some[integers(3, 3, 4, seed=43) == 0] = -100
    bce, function = "binaryCrossentropy", "SoftBCEWithLogitsLoss"
    for reduction in ("none", "mean", "sum"):
        one(bce, "smooth_factor=0.1", function, "smooth_factor=0.1", {"labelSmoothing": 0.2},
            reduction, labels=y, predictions=x)
        one(bce, "ignore_index", function, "", {"ignoreIndex": -100}, reduction, ignores=True,
            labels=some, predictions=x)
        one(bce, "weight, pos_weight", function, "weight=weights, pos_weight=pos_weight",
            {"weights": weights(3, 4), "posWeight": [0.5, 2, 1.25, 3]}, reduction,
            wrt=["labels", "predictions"], labels=y, predictions=x)
    one(bce, "ignore_index=1, smooth_factor=0.25", function,
        "ignore_index=1, smooth_factor=0.25", {"ignoreIndex": 1, "labelSmoothing": 0.5}, "sum",
        labels=y, predictions=x)
    one(bce, "labels that are not integers, ignore_index=None", function, "ignore_index=None", {},
        labels=between_0_and_1(3, 4, seed=44), predictions=x)
    one(bce, "all ignored", function, "", {"ignoreIndex": -100}, labels=np.full((3, 4), -100.0),
        predictions=x)
    one(bce, "logits extreme", function, "smooth_factor=0.25", {"labelSmoothing": 0.5}, "none",
        labels=[[1.0, 0.0, 1.0, 0.0, 1.0]], predictions=rounded([[-1e4, 1e4, -88, 88, 1e-8]]))

    sparse, function = "sparseCategoricalCrossentropy", "SoftCrossEntropyLoss"
    y, x = integers(3, 2, 4, seed=45), logits(2, 4, 3, seed=46)
    some = np.where(integers(3, 2, 4, seed=47) == 0, -100, y)
    for reduction in ("none", "mean", "sum"):
        for smoothing in (0.0, 0.25):
            arguments = f"smooth_factor={smoothing}, dim=-1"
            options = {"labelSmoothing": smoothing, "ignoreIndex": -100}
            one(sparse, f"smooth_factor={smoothing}", function, arguments, options, reduction,
                labels=y, predictions=x)
            one(sparse, f"ignore_index, smooth_factor={smoothing}", function, arguments, options,
                reduction, ignores=True, labels=some, predictions=x)
    one(sparse, "dim=1", function, "smooth_factor=0.25, ignore_index=None",
        {"labelSmoothing": 0.25, "axis": 1}, "sum", labels=integers(3, 2, 2, 2, seed=48),
        predictions=logits(2, 3, 2, 2, seed=49))
    one(sparse, "all ignored", function, "smooth_factor=0.25, dim=-1",
        {"labelSmoothing": 0.25, "ignoreIndex": -100}, labels=np.full((2, 4), -100),
        predictions=x)
