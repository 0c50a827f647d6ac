"""Losses of detectors that PyTorch has no function for, in it, with torchvision's of boxes.

They say in its words what mmdetection (`quality_focal_loss`, `varifocal_loss`, `distribution_focal_loss`),
ultralytics (`KeypointLoss`) and the authors of the efficient IoU and of the adaptive wing loss define:
those packages need models and compiled code that are not installed here.
"""

import numpy as np
import torchvision

from goldens import Goldens, between_0_and_1, binary, logits, rounded, torch_engine, weights
from torchvision_goldens import boxes


def make():
    golden = Goldens("torch", torch_engine({"ops": torchvision.ops}), ["torch", "torchvision"],
                     note="CPU, float64; `ops` is torchvision.ops")
    qualities(golden)
    bins(golden)
    efficient(golden)
    keypoints(golden)
    wing(golden)
    return golden


FORMS = {
    "": {"p": "predictions", "surprise": "F.binary_cross_entropy(predictions, labels, reduction='none')"},
    "logits": {"p": "torch.sigmoid(predictions)",
               "surprise": "F.binary_cross_entropy_with_logits(predictions, labels, reduction='none')"},
}
QUALITY = "(labels - {p}).abs()**{beta} * {surprise}"
VARIFOCAL = "torch.where(labels > 0, labels, {alpha} * {p}**{gamma}) * {surprise}"


def qualities(golden):
    y = between_0_and_1(3, 4, seed=31)
    some = y * binary(3, 4, seed=32)
    # No error is 0.
    p, x = between_0_and_1(3, 4, seed=33) + 1 / 64, logits(3, 4, seed=34)

    for kind, form in FORMS.items():
        given = {"fromLogits": True} if kind else {}
        predictions = x if kind else p

        def one(loss, text, title, defaults, options={}, reduction="none", weighed="", end="", **rest):
            call = text.format(**{**defaults, **options, **form})
            call = f"({call}{weighed}){end}" if weighed or end else call
            golden(" ".join(filter(None, [loss, kind, title])), call, loss,
                   {**given, **options, "reduction": reduction}, **{"labels": some, "predictions": predictions, **rest})

        for loss, text, defaults, several in [
            ("qualityFocal", QUALITY, {"beta": 2}, [{}, {"beta": 0}, {"beta": 1}, {"beta": 0.5}, {"beta": 3}]),
            ("varifocal", VARIFOCAL, {"alpha": 0.75, "gamma": 2},
             [{}, {"alpha": 0.25}, {"alpha": 0}, {"gamma": 0}, {"gamma": 0.5}, {"gamma": 1}]),
        ]:
            for options in several:
                title = ", ".join(f"{name} {value}" for name, value in options.items()) or "defaults"
                one(loss, text, title, defaults, options, wrt=["predictions"])
            one(loss, text, "gradients of labels", defaults, labels=y)
            one(loss, text, "mean", defaults, {}, "mean", end=".mean()", wrt=["predictions"])
            one(loss, text, "weights, weightedMean", defaults, {"weights": weights(3, 4)}, "weightedMean",
                " * weights", ".sum() / weights.sum()", wrt=["predictions", "weights"])
            one(loss, text, "nothing anywhere", defaults, labels=np.zeros((3, 4)), wrt=["predictions"])
            one(loss, text, "one place", defaults, labels=np.array([0.5]), predictions=predictions[0, :1])
            if kind:
                one(loss, text, "far", defaults, labels=np.array([[1.0] * 4, [0.5] * 4, [0.0] * 4]),
                    predictions=np.array([[88.0, -88, 1e4, -1e4]] * 3), wrt=["predictions"])
        # The derivative for the error is 0 where there is none.
        one("qualityFocal", QUALITY, "right", {"beta": 2}, labels=np.array([0.5, 0.5]),
            predictions=np.array([0.0, 0.0] if kind else [0.5, 0.5]))


DFL = ("(labels.long() + 1 - labels) * F.cross_entropy(predictions, labels.long(), reduction='none') + "
       "(labels - labels.long()) * F.cross_entropy(predictions, labels.long() + 1, reduction='none')")
# Labels beyond the whole numbers that there are, the last of them included.
BOUNDED = "-(F.log_softmax(predictions, -1) * F.one_hot(labels.clamp(0, {last}).long(), {last} + 1)).sum(-1)"


def bins(golden):
    loss = "distributionFocal"
    y, x = between_0_and_1(5, seed=41) * 3, logits(5, 4, seed=42)

    def one(title, call=DFL, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction},
               **{"labels": y, "predictions": x, **rest})

    one("defaults")
    one("whole numbers", labels=np.array([0.0, 1, 2, 1, 0]))
    one("mean", f"({DFL}).mean()", {}, "mean")
    one("weights, weightedMean", f"(({DFL}) * weights).sum() / weights.sum()", {"weights": weights(5)}, "weightedMean")
    one("two whole numbers", labels=between_0_and_1(5, seed=43), predictions=logits(5, 2, seed=44))
    one("16 whole numbers", labels=between_0_and_1(3, seed=45) * 15, predictions=logits(3, 16, seed=46))
    one("beyond", BOUNDED.format(last=3), labels=np.array([-1.0, -0.25, 3, 3.5, 100]), wrt=["predictions"])
    one("one whole number", BOUNDED.format(last=0), predictions=logits(5, 1, seed=47), wrt=["predictions"])
    far = np.array([[88.0, -88, 0, 0], [-88, 88, 0, 0], [1e4, -1e4, 0, 0], [-1e4, 1e4, 0, 0], [0, 0, 0, 0]])
    one("far", labels=np.array([0.25, 0.25, 0.25, 0.25, 0.25]), predictions=far)
    one("far, whole numbers", labels=np.array([0.0, 0, 0, 1, 1]), predictions=far)


# Zhang et al.: what the distance leaves out, of the differences of widths and heights.
SIDES = "((predictions - labels)[..., 2:] - (predictions - labels)[..., :2])"
HULL = "(torch.maximum(predictions, labels)[..., 2:] - torch.minimum(predictions, labels)[..., :2])"


def efficient(golden):
    loss = "efficientIou"
    y, x = boxes(5, seed=1), boxes(5, seed=2) + 1 / 16

    def one(title, options={}, epsilon=1e-7, reduction="none", text="{}", **rest):
        call = (f"ops.distance_box_iou_loss(predictions, labels, eps={epsilon}) + "
                f"({SIDES}**2 / ({HULL}**2 + {epsilon})).sum(-1)")
        golden(f"{loss} {title}", text.format(call), loss, {**options, "reduction": reduction},
               **{"labels": y, "predictions": x, **rest})

    one("defaults")
    one("mean", reduction="mean", text="({}).mean()")
    one("weights, weightedMean", {"weights": weights(5)}, reduction="weightedMean",
        text="(({}) * weights).sum() / weights.sum()")
    one("epsilon 0.5", {"epsilon": 0.5}, 0.5)
    one("one box", labels=y[0], predictions=x[0])
    one("[2,3,4]", labels=boxes(2, 3, seed=3), predictions=boxes(2, 3, seed=4) + 1 / 16)
    one("identical", labels=y[:2], predictions=y[:2])
    one("zero area", labels=[[2.0, 2.0, 2.0, 2.0], [1.0, 1.0, 4.0, 5.0], [1.0, 1.0, 1.0, 1.0]],
        predictions=[[1.0, 1.0, 4.0, 5.0], [2.0, 2.0, 6.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
    one("apart", labels=[[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 1.0, 2.0]],
        predictions=[[3.0, 0.0, 5.0, 3.0], [7.0, 8.0, 9.0, 9.0]])
    one("large and small", labels=rounded([[0, 0, 1e4, 2e4], [0, 0, 0.0625, 0.125]]),
        predictions=rounded([[88, 1e3, 3e4, 1e4], [0.03125, 0.0625, 0.25, 0.375]]))
    for form in ("xywh", "cxcywh"):
        corners = f"ops.box_convert({{}}, {form!r}, 'xyxy')".format
        one(form, {"format": form}, labels=boxes(4, seed=5) + [0, 0, 1, 1], predictions=boxes(4, seed=6) + 1 / 16,
            text=f"(lambda predictions, labels: {{}})({corners('predictions')}, {corners('labels')})")


OKS = "-torch.expm1(-((predictions - labels)**2).sum(-1) / (8 * sigmas**2 * areas[..., None]))"


def keypoints(golden):
    loss = "objectKeypointSimilarity"
    sigmas = [0.125, 0.25, 0.5]
    y = logits(2, 3, 2, seed=51)
    x = y + logits(2, 3, 2, seed=52, scale=0.25)
    areas = np.array([4.0, 9.0])
    # Areas are held constant.
    wrt = ["labels", "predictions", "sigmas"]

    def one(title, call=OKS, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {"sigmas": sigmas, **options, "reduction": reduction},
               **{"wrt": wrt, "labels": y, "predictions": x, "areas": areas, **rest})

    one("defaults")
    one("mean", f"({OKS}).mean()", {}, "mean")
    one("sum over keypoints that can be seen", f"(({OKS}) * mask).sum()",
        {"mask": [[True, True, False], [False, True, True]]}, "sum")
    one("weights, weightedMean", f"(({OKS}) * weights).sum() / weights.sum()", {"weights": weights(2, 3)},
        "weightedMean", wrt=[*wrt, "weights"])
    one("equal points", predictions=y)
    one("far", predictions=y + 1e4)
    one("one object", labels=y[0], predictions=x[0], areas=np.array(4.0))
    one("areas of all sizes", labels=y[:, :1] / 16, predictions=y[:, :1] / 16 + 2.0**-10,
        areas=np.array([2.0**-12, 2.0**12]), options={"sigmas": [0.125]})
    one("[2,2,3,2]", labels=logits(2, 2, 3, 2, seed=53), predictions=logits(2, 2, 3, 2, seed=53) + 0.25,
        areas=np.array([[4.0, 1.0], [2.0, 16.0]]))


def wing(golden):
    loss = "adaptiveWing"
    y = between_0_and_1(3, 4, seed=61)
    y[[0, 1, 2], [1, 2, 0]] = [0, 1, 1]
    x = y + logits(3, 4, seed=62, scale=0.25) + 1 / 64
    error = "(predictions - labels).abs()"

    def one(title, options={}, reduction="none", text="{}", **rest):
        o = {"omega": 14, "theta": 0.5, "epsilon": 1, "alpha": 2.1, **options}
        n, bound = f"({o['alpha']} - labels)", f"{o['theta'] / o['epsilon']}"
        slope = f"{n} * {bound}**({n} - 1) / (1 + {bound}**{n}) / {o['epsilon']}"
        call = (f"{o['omega']} * torch.where({error} < {o['theta']}, torch.log1p(({error} / {o['epsilon']})**{n}), "
                f"torch.log1p({bound}**{n}) + {slope} * ({error} - {o['theta']}))")
        golden(f"{loss} {title}", text.format(call), loss, {**options, "reduction": reduction},
               **{"labels": y, "predictions": x, **rest})

    one("defaults")
    for options in ({"omega": 2}, {"theta": 0.25}, {"epsilon": 0.25}, {"alpha": 3}, {"theta": 4, "epsilon": 2}):
        one(", ".join(f"{name} {value}" for name, value in options.items()), options)
    one("mean", {}, "mean", "({}).mean()")
    one("weights, weightedMean", {"weights": weights(3, 4)}, "weightedMean", "(({}) * weights).sum() / weights.sum()")
    one("no error", predictions=y)
    one("at the bound", labels=np.array([0.0, 1, 0.25]), predictions=np.array([0.5, 0.5, 0.75]))
    one("far", labels=np.array([0.0, 1, 0.5]), predictions=np.array([1e4, -1e4, 88]))
