"""rlax: losses of reinforcement learning, in float64. It takes one transition, or a mean over time."""

import os

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import rlax

from goldens import Goldens, integers, jax_engine, logits, rounded, weights

MASKED = [True, False, True, True, False, True]


def make():
    golden = Goldens("rlax", jax_engine({"rlax": rlax}), ["rlax", "jax", "jaxlib"], note="float64")

    def one(title, call, loss, options={}, reduction="mean", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, **rest)

    # The action of each step is the first of two.
    advantages = logits(6, seed=1)
    log_probs = -np.abs(logits(6, seed=2)) - 0.125
    policy = ("rlax.policy_gradient_loss(jnp.stack([logProbs, jnp.log1p(-jnp.exp(logProbs))], -1), "
              "jnp.zeros(logProbs.shape[0], int), advantages, {})")
    steps = {"advantages": advantages, "logProbs": log_probs}
    ones = "jnp.ones(logProbs.shape[0])"
    one("mean", policy.format(ones), "policyGradient", **steps)
    one("weights", policy.format("weights"), "policyGradient", {"weights": weights(6)}, **steps)
    one("mask", policy.format("mask * 6 / mask.sum()"), "policyGradient", {"mask": MASKED}, **steps)
    one("one step", policy.format(ones), "policyGradient", advantages=[2.0], logProbs=[-0.5])
    one("extreme", policy.format(ones), "policyGradient",
        advantages=[1e4, -1e4, 0, 1], logProbs=rounded([-1e-7, -1000, -1000, -88]))

    surrogate = "rlax.clipped_surrogate_pg_loss(jnp.exp(logProbs - jax.lax.stop_gradient(oldLogProbs)), advantages, {})"
    old = {"oldLogProbs": log_probs + np.array([0, 0.125, -0.125, 0.5, -0.5, 1])}
    one("mean", surrogate.format(0.2), "ppoClip", **steps, **old)
    one("clipRange 0.5", surrogate.format(0.5), "ppoClip", {"clipRange": 0.5}, **steps, **old)
    one("clipRange 0.0625", surrogate.format(0.0625), "ppoClip", {"clipRange": 0.0625}, **steps, **old)
    one("one step", surrogate.format(0.2), "ppoClip", advantages=[-1.0], logProbs=[-1.0],
        oldLogProbs=[-3.0])
    one("all gone", surrogate.format(0.2), "ppoClip", advantages=[2.0, -2.0],
        logProbs=[-1000.0, -0.5], oldLogProbs=[-0.5, -1000.0], value_only=True)

    actions = integers(3, 5, seed=3)
    transitions = {"actions": actions, "rewards": logits(5, seed=4) / 4,
                   "values": logits(5, 3, seed=5) / 2, "nextValues": logits(5, 3, seed=6) / 2}
    single = ("rlax.huber_loss(jax.vmap(rlax.q_learning)(values, actions, rewards, "
              "discount * jnp.ones(5), nextValues), {})")
    double = ("rlax.huber_loss(jax.vmap(rlax.double_q_learning)(values, actions, rewards, "
              "discount * jnp.ones(5), nextValues, selector), {})")
    for delta in (1, 0.5, 4):
        one(f"delta {delta}", single.format(float(delta)), "qLearning", {"discount": 0.75, "delta": delta},
            "none", **transitions)
    one("discount of each", single.format("1."), "qLearning", {"discount": [0.75, 0, 1, 0.5, 0]},
        "none", **transitions)
    selector = {"selector": logits(5, 3, seed=7)}
    one("double", double.format("1."), "qLearning", {"discount": 0.75, **selector}, "none", **transitions)
    one("double, squared", "rlax.l2_loss" + double[len("rlax.huber_loss"):].replace(", {})", ")"),
        "qLearning", {"discount": 0.75, "delta": np.inf, **selector}, "none", **transitions)
    one("selector that ties", double.format("1."), "qLearning", {"discount": 0.75,
        "selector": np.zeros((5, 3))}, "none", **transitions)
    one("extreme", single.replace("(5)", "(2)").format("1."), "qLearning", {"discount": 0.5}, "none",
        actions=np.array([0, 1]), rewards=[1e4, -1.0], values=rounded([[1e4, -1e4], [1e-8, 0]]),
        nextValues=rounded([[88, -88], [-1e4, -1e-8]]))
    return golden
