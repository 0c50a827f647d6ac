"""torchmetrics: metrics that are averaged, with the gradients of PyTorch."""

import torchmetrics.functional

from goldens import Goldens, logits, rounded, torch_engine

BOUND = "torchmetrics bounds the sum of the sizes by 1.17e-6, ours by epsilon"


def make():
    golden = Goldens("torchmetrics", torch_engine({"metrics": torchmetrics.functional}),
                     ["torchmetrics", "torch"], note="CPU, float64")
    symmetric_percentage(golden)
    root_mean_square(golden)
    return golden


def symmetric_percentage(golden):
    loss = "symmetricMeanAbsolutePercentageError"
    call = "metrics.symmetric_mean_absolute_percentage_error(predictions, labels)"

    def one(name, options={}, **rest):
        golden(f"{loss} {name}", call, loss, {"percent": False, "reduction": "mean", **options}, **rest)

    one("[8]", labels=logits(8, seed=1), predictions=logits(8, seed=2) + 1 / 32)
    one("[3,4]", labels=logits(3, 4, seed=3), predictions=logits(3, 4, seed=4) + 1 / 32)
    one("zeros and equal ones", labels=[0.0, 2, 0, -3, 1], predictions=[1.0, 0, 0, -3, -1])
    one("of every size", labels=rounded([1e4, -1e4, 88, 1e-3, 1e20]),
        predictions=rounded([1e-3, -9999, -88, 1e4, 1e-5]))
    one("epsilon that of torchmetrics", {"epsilon": 1.17e-6}, labels=rounded([1e-8, 0, 2.0**-21]),
        predictions=rounded([0, -1e-7, 2.0**-22]))
    one("small ones", departs=BOUND, labels=rounded([2.0**-21]), predictions=rounded([2.0**-22]))


def root_mean_square(golden):
    loss = "rootMeanSquaredError"
    call = "metrics.mean_squared_error(predictions, labels, squared=False)"
    whole = "metrics.mean_squared_error(predictions.T, labels.T, squared=False, num_outputs={})"

    golden(f"{loss} of one example", f"{call}[None]", loss, {"reduction": "none"},
           labels=logits(1, 5, seed=5), predictions=logits(1, 5, seed=6))
    golden(f"{loss} of images", f"{call}[None]", loss, {"reduction": "none"},
           labels=logits(1, 2, 3, seed=7), predictions=logits(1, 2, 3, seed=8))
    golden(f"{loss} [4,3]", whole.format(4), loss, {"reduction": "none"},
           labels=logits(4, 3, seed=9), predictions=logits(4, 3, seed=10))
    golden(f"{loss} [4,3], mean", f"{whole.format(4)}.mean()", loss, {"reduction": "mean"},
           labels=logits(4, 3, seed=9), predictions=logits(4, 3, seed=10))
    golden(f"{loss} of every size", whole.format(3), loss, {"reduction": "none"},
           labels=rounded([[1e4, 88, 1e-8], [1e-8, 0, 0], [0, 1e8, -1e-3]]),
           predictions=rounded([[-1e4, -88, 0], [0, 1e-9, 0], [1, 1e8, 0]]))
