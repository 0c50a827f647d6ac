"""rlax: quantile regression of distributions of returns, in float64; see rlax_goldens.py."""

import os

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import rlax

from goldens import Goldens, jax_engine, logits, rounded, weights


def make():
    golden = Goldens("rlax", jax_engine({"rlax": rlax}), ["rlax", "jax", "jaxlib"], note="float64")
    loss = "quantileHuber"

    def one(title, call, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, **rest)

    def of(quantiles, delta):
        """The loss of one state."""
        return (f"rlax.quantile_regression_loss(predictions, jnp.arange(0.5, {quantiles}) / {quantiles}, "
                f"jax.lax.stop_gradient(labels), {float(delta)})")

    def of_batch(quantiles, delta):
        return (f"jax.vmap(lambda labels, predictions: {of(quantiles, delta)})(labels, predictions)")

    state = dict(labels=logits(4, seed=1) / 2, predictions=logits(4, seed=2) / 2 + 1 / 64)
    for delta in (1, 0.5, 4, 0):
        one(f"delta {delta}", of(4, delta), {"delta": delta}, **state)
    one("unlike numbers", of(2, 1), labels=logits(5, seed=3), predictions=[0.25, 1])
    one("one label, one quantile", of(1, 1), labels=[0.5], predictions=[-2.0])
    one("equal ones", of(3, 1), labels=[1.0, 1, 2], predictions=[1.0, 1, 2])
    one("quantiles out of order", of(3, 0), {"delta": 0}, labels=[0.0, 1], predictions=[3.5, 0.5, -2])
    batch = dict(labels=logits(3, 4, seed=4) / 4, predictions=logits(3, 5, seed=5) / 4 + 1 / 64)
    one("[3]", of_batch(5, 1), **batch)
    one("[3], mean", f"{of_batch(5, 1)}.mean()", {}, "mean", **batch)
    one("[3], weights, average", f"({of_batch(5, 1)} * weights).sum() / weights.sum()", {"weights": weights(3)},
        "weightedMean", **batch)
    one("extreme", of_batch(2, 1), labels=rounded([[1e4, -1e4], [88, 1e-8]]),
        predictions=rounded([[1e4 + 1, 0], [-88, 0]]))
    return golden
