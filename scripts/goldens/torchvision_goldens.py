"""torchvision on the CPU, in float64: losses of boxes and the focal loss."""

import numpy as np
import torchvision

from goldens import Goldens, between_0_and_1, binary, logits, rounded, torch_engine, weights

EPS_OF_DISTANCE = "torchvision's complete_box_iou_loss uses its eps in the weight alone"
NO_SHAPE = "torchvision divides width by height, which leaves NaN where the height is 0"
NAN_AT_0 = "the gradient of PyTorch's 0^gamma is NaN for a gamma below 1"

FUNCTIONS = {
    "generalizedIou": "ops.generalized_box_iou_loss",
    "distanceIou": "ops.distance_box_iou_loss",
    "completeIou": "ops.complete_box_iou_loss",
}


def make():
    golden = Goldens("torchvision", torch_engine({"ops": torchvision.ops}),
                     ["torchvision", "torch"], note="CPU, float64; `ops` is torchvision.ops")
    of_boxes(golden)
    of_iou(golden)
    of_focal(golden)
    return golden


def boxes(*shape, seed, width=24):
    """x1, y1, x2, y2 in quarters, with sides of at least 1."""
    random = np.random.RandomState(seed)
    corner = random.randint(0, 4 * width, (*shape, 2))
    return np.concatenate([corner, corner + random.randint(4, 4 * width, (*shape, 2))], -1) / 4


def of_boxes(golden):
    y, x = boxes(5, seed=1), boxes(5, seed=2) + 1 / 16
    for loss, function in FUNCTIONS.items():
        is_complete = loss == "completeIou"

        def one(title, arguments="", options={}, reduction="none", ours=None, text="{}",
                labels=y, predictions=x, **rest):
            """`arguments` begins with a comma."""
            if reduction != "none":
                arguments += f", reduction={reduction!r}"
            golden(f"{loss} {title}", text.format(f"{function}(predictions, labels{arguments})"),
                   loss, {**options, "reduction": ours or reduction}, labels=labels,
                   predictions=predictions, **rest)

        for reduction in ("none", "mean", "sum"):
            one(reduction, reduction=reduction)
        one("weighted mean", "", {"weights": weights(5)}, ours="weightedMean",
            text="({} * weights).sum() / weights.sum()")
        one("one box [4]", labels=y[0], predictions=x[0])
        one("[2,3,4]", labels=boxes(2, 3, seed=3), predictions=boxes(2, 3, seed=4) + 1 / 16)
        one("eps=0.5", ", eps=0.5", {"epsilon": 0.5},
            departs=EPS_OF_DISTANCE if is_complete else None)
        one("identical", labels=y[:2], predictions=y[:2])
        one("disjoint: apart, above, diagonal, touching at an edge and at a corner",
            labels=np.array([[0, 0, 2, 2], [0, 0, 2, 2], [0, 0, 1, 2], [0, 0, 2, 2],
                             [1, 1, 2, 3]], dtype=float),
            predictions=np.array([[3, 0, 5, 3], [0.5, 4, 1.5, 6], [7, 8, 9, 9], [2, 0, 3, 3],
                                  [2, 3, 4, 4]], dtype=float))
        one("one within the other, sharing no, one and two edges",
            labels=[[0.0, 0.0, 8.0, 8.0], [0.0, 0.0, 8.0, 8.0], [0.0, 0.0, 8.0, 8.0]],
            predictions=[[2.0, 3.0, 4.0, 7.0], [0.0, 3.0, 4.0, 7.0], [2.0, 0.0, 8.0, 7.0]])
        one("zero area: a point for a label, inside and outside",
            departs=NO_SHAPE if is_complete else None,
            labels=[[2.0, 2.0, 2.0, 2.0], [9.0, 9.0, 9.0, 9.0]],
            predictions=[[1.0, 1.0, 4.0, 5.0], [1.0, 1.0, 4.0, 5.0]])
        one("zero area: an upright line for a prediction",
            labels=[[1.0, 1.0, 4.0, 5.0]], predictions=[[2.0, 2.0, 2.0, 6.0]])
        one("zero area: a level line for a prediction",
            departs=NO_SHAPE if is_complete else None,
            labels=[[1.0, 1.0, 4.0, 5.0]], predictions=[[2.0, 2.0, 6.0, 2.0]])
        one("large and small", labels=rounded([[0, 0, 1e4, 2e4], [0, 0, 0.0625, 0.125],
                                               [100, 200, 101, 202]]),
            predictions=rounded([[88, 1e3, 3e4, 1e4], [0.03125, 0.0625, 0.25, 0.375],
                                 [100.5, 200.25, 101.25, 201]]))
        for form in ("xywh", "cxcywh"):
            sizes = boxes(4, seed=5)
            sizes[:, 2:] += 1
            golden(f"{loss} {form}",
                   f"{function}(ops.box_convert(predictions, {form!r}, 'xyxy'), "
                   f"ops.box_convert(labels, {form!r}, 'xyxy'))", loss,
                   {"format": form, "reduction": "none"}, labels=sizes,
                   predictions=boxes(4, seed=6) + 1 / 16)
        golden(f"{loss} yxyx",
               f"{function}(predictions[..., [1, 0, 3, 2]], labels[..., [1, 0, 3, 2]])", loss,
               {"format": "yxyx", "reduction": "none"}, labels=y, predictions=x)


def of_iou(golden):
    def one(title, **inputs):
        golden(f"iou box_iou {title}", "1 - ops.box_iou(predictions, labels).diagonal()", "iou",
               {"reduction": "none"}, tolerance=1e-6, **inputs)

    def bounded(title, epsilon=1e-7, reduction="none", **inputs):
        call = f"1 - ops.diou_loss._diou_iou_loss(predictions, labels, eps={epsilon})[1]"
        golden(f"iou {title}", call if reduction == "none" else f"({call}).{reduction}()", "iou",
               {"epsilon": epsilon, "reduction": reduction}, **inputs)

    y, x = boxes(5, seed=1), boxes(5, seed=2) + 1 / 16
    one("boxes", labels=y, predictions=x)
    one("disjoint", labels=[[0.0, 0.0, 2.0, 2.0]], predictions=[[3.0, 0.0, 5.0, 3.0]])
    for reduction in ("none", "mean", "sum"):
        bounded(reduction, reduction=reduction, labels=y, predictions=x)
    bounded("eps=0.5", 0.5, labels=y, predictions=x)
    bounded("identical", labels=y[:2], predictions=y[:2])
    bounded("zero area: a point, a line, two points",
            labels=[[2.0, 2.0, 2.0, 2.0], [1.0, 1.0, 4.0, 5.0], [1.0, 1.0, 1.0, 1.0]],
            predictions=[[1.0, 1.0, 4.0, 5.0], [2.0, 2.0, 6.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
    bounded("[2,3,4]", labels=boxes(2, 3, seed=3), predictions=boxes(2, 3, seed=4) + 1 / 16)


def of_focal(golden):
    def one(title, options, reduction="none", arguments="", **rest):
        loss = "binaryFocalCrossentropy"
        golden(f"{loss} {title} {reduction}",
               f"ops.sigmoid_focal_loss(predictions, labels{arguments}, reduction={reduction!r})",
               loss, {"fromLogits": True, **options, "reduction": reduction}, **rest)

    y, x = binary(3, 4, seed=11), logits(3, 4, seed=12)
    for reduction in ("none", "mean", "sum"):
        one("defaults: alpha=0.25", {"alpha": 0.25}, reduction, labels=y, predictions=x)
        one("alpha=-1", {}, reduction, ", alpha=-1", labels=y, predictions=x)
    for alpha, gamma in [(0.75, 2), (0, 2), (1, 2), (0.25, 0), (0.25, 1), (0.25, 0.5), (0.5, 5)]:
        one(f"alpha={alpha}, gamma={gamma}", {"alpha": alpha, "gamma": gamma}, "none",
            f", alpha={float(alpha)}, gamma={float(gamma)}", labels=y, predictions=x)
    for alpha in (-1, 0.25):
        one(f"labels that are not integers, alpha={alpha}",
            {"alpha": alpha} if alpha > 0 else {}, "none", f", alpha={alpha}",
            labels=between_0_and_1(3, 4, seed=13), predictions=x)
    extreme = {"labels": [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]],
               "predictions": rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88],
                                       [1e-8, -1e-8]])}
    one("logits extreme", {}, "none", ", alpha=-1", **extreme)
    one("logits extreme, gamma=0", {"gamma": 0}, "none", ", alpha=-1, gamma=0", **extreme)
    one("logits extreme, gamma=0.5", {"gamma": 0.5}, "none", ", alpha=-1, gamma=0.5",
        departs=NAN_AT_0, **extreme)
