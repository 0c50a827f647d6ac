"""TensorFlow's tf.nn.sampled_softmax_loss and tf.nn.nce_loss, with given draws."""

import numpy as np

from goldens import Goldens, integers, logits, rounded, weights
from tensorflow_goldens import evaluate

TWICE = "TensorFlow removes an accidental hit once, also of a class that was drawn twice"
FUNCTIONS = {"sampledSoftmax": "sampled_softmax_loss", "nce": "nce_loss"}


def make():
    golden = Goldens("tensorflow", evaluate, ["tensorflow-cpu"], note="CPU, float64")
    for loss in FUNCTIONS:
        of(golden, loss)
    return golden


def of(golden, loss):
    function, by_default = f"tf.nn.{FUNCTIONS[loss]}", loss == "sampledSoftmax"
    y, hidden, weight = np.array([1, 4, 0, 3]), logits(4, 3, seed=2) / 2, logits(6, 3, seed=3) / 2
    inputs = {"labels": y, "hidden": hidden, "weight": weight}
    draw = {"sampledIndices": [2, 4, 5], "sampledCounts": [0.5, 0.25, 0.125],
            "labelCounts": [0.75, 0.25, 1, 0.375]}
    bias = {"bias": [0.5, -1, 0.25, 2, -0.125, 1]}

    def call(table="weight", bias="tf.zeros([6], tf.float64)", labels="labels", states="hidden",
             counts="label_counts[:, None]", drawn=3, hits=by_default):
        return (f"{function}({table}, {bias}, tf.cast({labels}, tf.int64)[:, None], {states}, "
                f"{drawn}, 6, sampled_values=(tf.cast(sampled_indices, tf.int64), {counts}, sampled_counts), "
                f"remove_accidental_hits={hits})")

    def one(title, text, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", text, loss, {**draw, **options, "reduction": reduction},
               **{**inputs, **rest})

    for hits in (True, False):
        one(f"removeAccidentalHits={hits}", call(hits=hits), {"removeAccidentalHits": hits})
        one(f"bias, removeAccidentalHits={hits}", call(bias="bias", hits=hits),
            {**bias, "removeAccidentalHits": hits})
    one("transposeWeight, bias", call("tf.transpose(weight)", "bias"),
        {**bias, "transposeWeight": True}, weight=weight.T)
    one("without hits", call(), {"sampledIndices": [2, 5, 2]})
    one("one class drawn", call(drawn=1), {"sampledIndices": [5], "sampledCounts": [0.5]})
    one("only hits", call(drawn=1, hits=True), {"sampledIndices": [1], "sampledCounts": [0.5],
        "removeAccidentalHits": True}, labels=np.array([1, 1, 1, 1]))
    twice = {"sampledIndices": [4, 2, 4], "sampledCounts": [0.5, 0.25, 0.5]}
    one("drawn twice, not removed", call(hits=False), {**twice, "removeAccidentalHits": False})
    one("drawn twice, removed", call(hits=True), {**twice, "removeAccidentalHits": True},
        departs=TWICE)
    one("mean", f"tf.reduce_mean({call()})", {}, "mean")
    one("weights", f"tf.reduce_sum(weights * {call()})", {"weights": weights(4)}, "sum")
    one("mask", "tf.reduce_mean(tf.boolean_mask(" + call() + ", mask))",
        {"mask": [True, False, True, True]}, "mean")
    one("one label count for all", call(counts="tf.fill([4, 1], tf.constant(0.5, tf.float64))"),
        {"labelCounts": 0.5})
    one("extreme", call(bias="bias"), {"bias": rounded([1e4, -1e4, 0, 1e-8, 88, -88])},
        hidden=rounded([[0, 0], [88, 0], [1e4, 1e4], [1e-8, -1e-8]]),
        weight=rounded([[1, 0], [-1, 1e-8], [0, 1], [2, -2], [0.5, 0], [0, 0]]))
    flat = call(labels="tf.reshape(labels, [-1])", states="tf.reshape(hidden, [-1, 3])",
                counts="tf.reshape(label_counts, [-1, 1])")
    one("[2,3]", f"tf.reshape({flat}, [2, 3])",
        {"labelCounts": [[0.75, 0.25, 1], [0.375, 0.5, 0.125]]},
        labels=integers(6, 2, 3, seed=5), hidden=logits(2, 3, 3, seed=6) / 2)

    # All classes drawn
    text = ("tf.nn.sparse_softmax_cross_entropy_with_logits(labels, hidden @ tf.transpose(weight))"
            if by_default else
            "tf.reduce_sum(tf.nn.softplus(hidden @ tf.transpose(weight)), 1) + tf.nn.softplus("
            "-tf.gather(hidden @ tf.transpose(weight), labels, batch_dims=1))")
    for sampler in ("logUniform", "uniform"):
        golden(f"{loss} all classes, {sampler}", text, loss,
               {"sampler": sampler, "reduction": "none"}, **inputs)
