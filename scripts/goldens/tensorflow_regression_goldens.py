"""TensorFlow's Poisson loss, l2_loss and pairwise squared error; see tensorflow_goldens.py."""

import numpy as np

from goldens import Goldens, between_0_and_1, integers, logits, rounded, weights
from tensorflow_goldens import FLOAT32, evaluate

NAN_AT_0 = "TensorFlow's gradient of Stirling's y·log y by labels is NaN at y = 0"
WHOLE_BATCH = "TensorFlow, run eagerly with one weight for all, counts the entries of the whole batch"
ABSENT = "TensorFlow takes an example of weight 0 as absent: no gradient by its weight"


def make():
    golden = Goldens("tensorflow", evaluate, ["tensorflow-cpu"],
                     note="CPU; tf.nn in float64, tf.compat.v1.losses (`losses`) in float32")
    poisson(golden)
    pairwise(golden)
    for name, shape in [("[3,4]", (3, 4)), ("[2,3,2]", (2, 3, 2))]:
        golden(f"tf.nn l2_loss of errors {name}", "tf.nn.l2_loss(labels - predictions)",
               "halfSquaredError", {"reduction": "sum"}, labels=logits(*shape, seed=21),
               predictions=logits(*shape, seed=22))
    return golden


def poisson(golden):
    counts = integers(6, 3, 4, seed=1).astype(float) + 1
    x = logits(3, 4, seed=2) / 2

    def one(name, full=False, options={}, **rest):
        more = ", compute_full_loss=True" if full else ""
        ours = {"logInput": True, **({"full": True} if full else {}), **options}
        golden(f"tf.nn poisson {name}", f"tf.nn.log_poisson_loss(labels, predictions{more})",
               "poisson", {**ours, "reduction": "none"}, **rest)

    for full in (False, True):
        title = " full" if full else ""
        one(f"counts{title}", full, labels=counts, predictions=x)
        one(f"[2,3,2]{title}", full, labels=8 * between_0_and_1(2, 3, 2, seed=3),
            predictions=logits(2, 3, 2, seed=4) / 2)
        one(f"extreme{title}", full, wrt=["predictions"], labels=[[3.0, 0.0, 2.0, 0.0, 1.0, 5.0]],
            predictions=rounded([[-1e4, -88, 88, 1e-8, -1e-8, 0]]))
    one("labels from 0 to 1, full", True, wrt=["predictions"],
        labels=[[0.0, 0.25, 1.0]], predictions=[[0.5, -0.5, 1.0]])
    one("labels from 0 to 1, full, gradient by labels", True, departs=NAN_AT_0,
        labels=[[0.0, 0.25, 1.0]], predictions=[[0.5, -0.5, 1.0]])


def pairwise(golden):
    """v1 sums over the batch. In a graph: eagerly it counts the whole batch, see below."""
    function = "losses.mean_pairwise_squared_error"

    def one(name, some=None, call=f"tf.function({function})", wrt=None, departs=None, **data):
        weighed = "" if some is None else ", weights=weights"
        if some is not None and np.ndim(some):  # v1 wants the rank of the predictions
            weighed += f"[:{', None' * (np.ndim(data['labels']) - 1)}]"
        golden(f"v1 mean_pairwise_squared_error {name}", f"{call}(labels, predictions{weighed})",
               "meanPairwiseSquaredError",
               {**({} if some is None else {"weights": some}), "reduction": "sum"},
               tolerance=FLOAT32, wrt=wrt, departs=departs, **data)

    flat = dict(labels=logits(3, 4, seed=11), predictions=logits(3, 4, seed=12))
    deep = dict(labels=logits(2, 3, 4, seed=13), predictions=logits(2, 3, 4, seed=14))
    deepest = dict(labels=logits(2, 2, 3, 2, seed=15), predictions=logits(2, 2, 3, 2, seed=16))
    for name, data in [("[3,4]", flat), ("[2,3,4]", deep), ("[2,2,3,2]", deepest)]:
        batch = len(data["labels"])
        one(name, **data)
        one(f"{name} weights [{batch}]", weights(batch), function, **data)
        one(f"{name} weights []", np.array(0.75), **data)
    one("[3,4] eager", None, function, departs=WHOLE_BATCH, **flat)
    of_both = ["labels", "predictions"]
    one("[3,4] some weights 0", np.array([0.5, 0, 2]), wrt=of_both, **flat)
    one("[3,4] all weights 0", np.zeros(3), wrt=of_both, **flat)
    one("[3,4] all weights 0, gradient by weights", np.zeros(3), departs=ABSENT, **flat)
    one("same differences", labels=logits(2, 4, seed=17), predictions=logits(2, 4, seed=17) + 0.5)
    one("one entry per example", labels=logits(3, 1, seed=18), predictions=logits(3, 1, seed=19))
    one("two entries per example", labels=logits(3, 2, seed=18), predictions=logits(3, 2, seed=19))
    one("no error", labels=logits(2, 3, seed=20), predictions=logits(2, 3, seed=20))
