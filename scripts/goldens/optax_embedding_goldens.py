"""optax's losses of embeddings and its generalized divergence; see optax_goldens.py."""

import numpy as np

from goldens import distributions, logits, rounded, weights
from optax_goldens import goldens_of_optax

IN_THE_ROOT = "optax adds eps to the sum of powers, ours to each difference"
KEEPS_SIGNS = "optax takes odd powers of differences without their absolute value"
NAN_AT_0 = "optax's derivative of the root is infinite at 0"
NO_PAIRS = "optax divides by the number of positive pairs: NaN where there is none"
NAN_LOG_0 = "optax's gradient is NaN where a probability of the labels is 0"


def make():
    golden = goldens_of_optax()
    triplet(golden)
    nt_xent(golden)
    generalized_kl(golden)
    return golden


def triplet(golden):
    call = "optax.losses.triplet_margin_loss(anchor, positive, negative{})"

    def one(name, arguments, options, **rest):
        golden(f"tripletMargin {name}", call.format(arguments), "tripletMargin",
               {**options, "reduction": "none"}, **rest)

    anchor = logits(4, 5, seed=1) / 2
    data = dict(anchor=anchor, positive=anchor + logits(4, 5, seed=2) / 4 + 1 / 64,
                negative=anchor + logits(4, 5, seed=3) / 4 + 1 / 32)
    no_eps = {"epsilon": 0}
    one("eps=0", ", eps=0.0", no_eps, **data)
    one("eps=0, p=4", ", norm_degree=4, eps=0.0", {**no_eps, "p": 4}, **data)
    one("eps=0, margin=5", ", margin=5.0, eps=0.0", {**no_eps, "margin": 5}, **data)
    one("eps=0, p=3", ", norm_degree=3, eps=0.0", {**no_eps, "p": 3}, departs=KEEPS_SIGNS,
        **data)
    one("by default", "", {}, departs=IN_THE_ROOT, **data)
    one("eps=0, [2,3,4]", ", eps=0.0, margin=4.0", {**no_eps, "margin": 4},
        **{name: logits(2, 3, 4, seed=seed) / 2
           for name, seed in [("anchor", 4), ("positive", 5), ("negative", 6)]})
    one("eps=0, distance 0", ", eps=0.0", no_eps, departs=NAN_AT_0,
        anchor=[[1.0, 2.0]], positive=[[1.0, 2.0]], negative=[[1.5, 1.75]])
    golden("tripletMargin eps=0 weights, average",
           f"jnp.average({call.format(', eps=0.0')}, weights=weights)", "tripletMargin",
           {**no_eps, "weights": weights(4), "reduction": "weightedMean"}, **data)


def nt_xent(golden):
    call = "optax.losses.ntxent(embeddings, labels{})"

    def one(name, arguments="", options={}, **rest):
        golden(f"ntXent {name}", call.format(arguments), "ntXent",
               {"normalize": True, **options, "reduction": "mean"}, **rest)

    data = dict(labels=np.array([0, 1, 0, 2, 1, 0]), embeddings=logits(6, 4, seed=11))
    one("by default", **data)
    for temperature in (0.5, 1, 3):
        one(f"temperature={temperature}", f", temperature={temperature}",
            {"temperature": temperature}, **data)
    one("two views", labels=np.array([0, 1, 2, 0, 1, 2]), embeddings=logits(6, 3, seed=12))
    one("negative labels", labels=np.array([-1, 5, -1, 5]), embeddings=logits(4, 3, seed=13))
    one("equal and opposite embeddings", labels=np.array([0, 0, 1, 1]),
        embeddings=[[1.0, 2.0], [1.0, 2.0], [-1.0, -2.0], [2.0, -1.0]])
    one("long and short embeddings", labels=np.array([0, 0, 1, 1]),
        embeddings=rounded([[1e4, 2e3], [1e-4, 2e-4], [-88, 1], [0.5, -0.25]]))
    one("zero embedding, the value", value_only=True, labels=np.array([0, 0, 1, 1]),
        embeddings=[[0.0, 0.0], [1.0, 2.0], [-1.0, -2.0], [2.0, -1.0]])
    one("one label only", labels=np.zeros(3, int), embeddings=logits(3, 2, seed=14))
    one("no positive pair", departs=NO_PAIRS, labels=np.arange(3),
        embeddings=logits(3, 2, seed=14))


def generalized_kl(golden):
    loss = "generalizedKlDivergence"
    call = "optax.losses.generalized_kl_divergence(predictions, labels{})"
    q_logs = {"predictionFormat": "logProbabilities", "epsilon": None}

    def one(name, arguments="", options={}, text=call, **rest):
        golden(f"{loss} {name}", text.format(arguments), loss,
               {**q_logs, "reduction": "none", **options}, **rest)

    p, log_q = 4 * distributions(3, 4, seed=21), rounded(np.log(3 * distributions(3, 4, seed=22)))
    one("not distributions", labels=p, predictions=log_q)
    one("distributions", labels=distributions(3, 4, seed=23),
        predictions=rounded(np.log(distributions(3, 4, seed=24))))
    for how in ("mean", "sum"):
        one(how, text=f"{call}.{how}()", options={"reduction": how}, labels=p, predictions=log_q)
    for shape in [(3,), ()]:
        one(f"weights {list(shape)}", text=f"{call} * weights",
            options={"weights": weights(*shape)}, labels=p, predictions=log_q)
    one("weighted mean", text=f"jnp.average({call}, weights=weights)",
        options={"weights": weights(3), "reduction": "weightedMean"}, labels=p, predictions=log_q)
    one("base 2", text=f"{call} / jnp.log(2)", options={"base": 2}, labels=p, predictions=log_q)
    deep = dict(labels=2 * distributions(2, 3, 4, seed=25),
                predictions=rounded(np.log(distributions(2, 3, 4, seed=26))))
    one("[2,3,4] weights [2,3]", text=f"({call} * weights).sum()",
        options={"weights": weights(2, 3), "reduction": "sum"}, **deep)
    one("axis=1", ", axis=1", {"axis": 1}, **deep)
    one("axis=(1, 2)", ", axis=(1, 2)", {"axis": [1, 2]}, **deep)
    zeros = distributions(3, 4, seed=27, zeros=True)
    one("labels 0", wrt=["predictions"], labels=zeros, predictions=log_q)
    one("labels 0, their gradient", wrt=["labels"], departs=NAN_LOG_0, labels=zeros,
        predictions=log_q)
    one("equal", labels=[[1.0, 1.0]], predictions=[[0.0, 0.0]])
    one("far", labels=rounded([[1e4, 1e-8, 1]]), predictions=rounded([[-88, 8, -1e4]]))
