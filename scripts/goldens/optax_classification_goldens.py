"""optax's focal, poly and sparsemax losses, and its ranking loss; see optax_goldens.py."""

import numpy as np

from goldens import (
    between_0_and_1, binary, distributions, integers, logits, one_hot,
    rounded, weights,
)
from optax_goldens import goldens_of_optax

LACKS_A_TERM = "optax's gradient by labels of exactly 0 or 1 lacks the change of the focal factor"

EXTREME = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4], [88, -88, 0], [88, -88, 0],
                   [1e-8, -1e-8, 0], [60, 0, 0], [0, 60, 0], [-1e4, -1e4, -1e4 - 1]])
EXTREME_CLASSES = np.array([0, 1, 2, 0, 1, 0, 0, 0, 2])


def make():
    golden = goldens_of_optax()

    def one(name, call, options={}, **rest):
        golden(name, call, name.split()[0].rstrip(","), {"reduction": "none", **options}, **rest)

    def reduced(name, call, options, *shapes, of_labels=True, **rest):
        """The reductions as users of optax write them."""
        of_x = {} if of_labels else {"wrt": ["predictions"]}
        of_both = {} if of_labels else {"wrt": ["predictions", "weights"]}
        for how in ("mean", "sum"):
            one(f"{name} {how}", f"{call}.{how}()", {**options, "reduction": how}, **of_x,
                **rest)
        for shape in shapes:
            some = {"weights": weights(*shape)}
            one(f"{name} weights {list(shape)}", f"{call} * weights", {**options, **some},
                **of_both, **rest)
        some = {"weights": weights(*shapes[0]), "reduction": "weightedMean"}
        one(f"{name} weighted mean", f"jnp.average({call}, weights=weights)", {**options, **some},
            **of_both, **rest)

    focal(one, reduced)
    poly(one, reduced)
    sparsemax(one, reduced)
    ranking(one)
    return golden


def focal(one, reduced):
    loss, logit = "binaryFocalCrossentropy", {"fromLogits": True}
    call = "optax.sigmoid_focal_loss(predictions, labels{})"
    y, soft, x = binary(3, 4, seed=1), between_0_and_1(3, 4, seed=2), logits(3, 4, seed=3)
    reduced(loss, call.format(""), logit, (3, 4), (3, 1), (1, 4), (), of_labels=False,
            labels=y, predictions=x)
    one(f"{loss} gradient by labels", call.format(""), logit, departs=LACKS_A_TERM,
        labels=y, predictions=x)
    for arguments, options in [
        ("", {}), (", gamma=0.0", {"gamma": 0}), (", gamma=0.5", {"gamma": 0.5}),
        (", gamma=1.0", {"gamma": 1}), (", gamma=3.5", {"gamma": 3.5}),
        (", alpha=0.25", {"alpha": 0.25}), (", alpha=0.9, gamma=1.5", {"alpha": 0.9, "gamma": 1.5}),
    ]:
        for kind, labels, wrt in [("", y, ["predictions"]), (" soft labels", soft, None)]:
            one(f"{loss}{kind}{arguments}", call.format(arguments), {**logit, **options}, wrt=wrt,
                labels=labels, predictions=x)
        one(f"{loss} logits far{arguments}", call.format(arguments), {**logit, **options},
            wrt=["predictions"],
            labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
            predictions=rounded([[30, 30], [-30, -30], [88, 88], [-88, -88], [88, -88],
                                 [1e-8, -1e-8]]))
    one(f"{loss} logits extreme", call.format(""), logit, wrt=["predictions"],
        labels=[[1.0, 0.0], [1.0, 0.0], [0.5, 0.5]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [1e4, -1e4]]))


def poly(one, reduced):
    loss, logit = "polyCrossentropy", {"fromLogits": True}
    call = "optax.losses.poly_loss_cross_entropy(predictions, labels{})"
    classes, x, deep = integers(5, 4, seed=11), logits(4, 5, seed=12), logits(2, 3, 4, seed=13)
    dense, deep_dense = one_hot(classes, 5), one_hot(integers(4, 2, 3, seed=14), 4)
    reduced(loss, call.format(""), logit, (4,), (), labels=dense, predictions=x)
    for arguments, options in [("", {}), (", epsilon=0.0", {"polyEpsilon": 0}),
                               (", epsilon=-1.0", {"polyEpsilon": -1}),
                               (", epsilon=0.5", {"polyEpsilon": 0.5})]:
        one(f"{loss}{arguments}", call.format(arguments), {**logit, **options},
            labels=dense, predictions=x)
        one(f"{loss} integer labels{arguments}",
            f"optax.losses.poly_loss_cross_entropy(predictions, jax.nn.one_hot(labels, 5){arguments})",
            {**logit, **options}, labels=classes, predictions=x)
        one(f"{loss} soft labels{arguments}", call.format(arguments), {**logit, **options},
            labels=distributions(4, 5, seed=15, zeros=True), predictions=x)
    one(f"{loss} labels that do not sum to 1", call.format(""), logit,
        labels=between_0_and_1(4, 5, seed=16), predictions=x)
    for smoothing in (0.1, 0.5):
        one(f"{loss} smooth_labels {smoothing}", "optax.losses.poly_loss_cross_entropy(predictions, "
            f"optax.smooth_labels(labels, {smoothing}))", {**logit, "labelSmoothing": smoothing},
            labels=dense, predictions=x)
    for shape in [(2, 3), (2, 1), (1, 3)]:
        one(f"{loss} [2,3,4] weights {list(shape)}", f"{call.format('')} * weights",
            {**logit, "weights": weights(*shape)}, labels=deep_dense, predictions=deep)
    one(f"{loss} axis=1", call.format(", axis=1"), {**logit, "axis": 1},
        labels=one_hot(integers(3, 2, 4, seed=17), 3, axis=1), predictions=logits(2, 3, 4, seed=18))
    one(f"{loss} axis=(1, 2)", call.format(", axis=(1, 2)"), {**logit, "axis": [1, 2]},
        labels=distributions(2, 12, seed=19).reshape(2, 3, 4), predictions=deep)
    one(f"{loss} logits extreme", call.format(""), logit,
        labels=one_hot(EXTREME_CLASSES, 3), predictions=EXTREME)
    one(f"{loss} integer labels, logits extreme",
        "optax.losses.poly_loss_cross_entropy(predictions, jax.nn.one_hot(labels, 3))", logit,
        labels=EXTREME_CLASSES, predictions=EXTREME)
    one(f"{loss} integer labels, 1000 classes",
        "optax.losses.poly_loss_cross_entropy(predictions, jax.nn.one_hot(labels, 1000))", logit,
        labels=np.array([417]), predictions=integers(9, 1, 1000, seed=20) / 2)
    one(f"{loss} single class", call.format(""), logit, labels=[[1.0], [1.0]],
        predictions=[[3.0], [-2.0]])
    mask = np.array([True, False, True, True])
    one(f"{loss} where", f"jnp.where(mask, {call.format('')}, 0)", {**logit, "mask": mask},
        labels=dense, predictions=x)


def sparsemax(one, reduced):
    of_x = dict(wrt=["predictions"])
    call = "optax.losses.sparsemax_loss(predictions, labels)"
    y, x = binary(3, 4, seed=21), logits(3, 4, seed=22) / 2 + 1 / 64
    one("sparsemax", call, labels=y, predictions=x, **of_x)
    for shape in [(3, 4), (3, 1), (1, 4), ()]:
        one(f"sparsemax weights {list(shape)}", f"({call} * weights).sum()",
            {"weights": weights(*shape), "reduction": "sum"},
            wrt=["predictions", "weights"], labels=y, predictions=x)
    one("sparsemax mean", f"{call}.mean()", {"reduction": "mean"}, labels=y, predictions=x, **of_x)
    one("sparsemax [2,3,2]", call, labels=binary(2, 3, 2, seed=23),
        predictions=logits(2, 3, 2, seed=24) / 4, **of_x)
    edges = rounded([[1, -1, 0, 1e-8, 1e4, -1e4, 88, -88]])
    for label in (0, 1):
        one(f"sparsemax label {label}, at its joints and far", call, **of_x,
            labels=np.full((1, 8), float(label)), predictions=edges)

    call = "optax.losses.multiclass_sparsemax_loss(predictions, labels)"
    classes, x = integers(5, 4, seed=25), logits(4, 5, seed=26) / 2
    reduced("multiclassSparsemax", call, {}, (4,), (), labels=classes, predictions=x)
    one("multiclassSparsemax", call, labels=classes, predictions=x)
    one("multiclassSparsemax close scores", call, labels=classes, predictions=x / 16)
    one("multiclassSparsemax [2,3,4]", f"jax.vmap({call.split('(')[0]})(predictions, labels)",
        labels=integers(4, 2, 3, seed=27), predictions=logits(2, 3, 4, seed=28) / 4)
    one("multiclassSparsemax [2,4,3] axis=1",
        f"jax.vmap({call.split('(')[0]})(jnp.swapaxes(predictions, 1, 2), labels)", {"axis": 1},
        labels=integers(4, 2, 3, seed=27), predictions=logits(2, 4, 3, seed=28) / 4)
    one("multiclassSparsemax ties", call, labels=np.array([0, 1, 2]),
        predictions=[[1.0, 1.0, 1.0], [0.0, 0.0, -3.0], [2.0, 1.0, 1.0]])
    one("multiclassSparsemax extreme", call, labels=EXTREME_CLASSES, predictions=EXTREME)
    one("multiclassSparsemax single class", call, labels=np.array([0, 0]),
        predictions=[[3.0], [-2.0]])
    one("multiclassSparsemax 1000 classes", call, labels=np.array([417]),
        predictions=integers(9, 1, 1000, seed=29) / 64)


def ranking(one):
    call = "optax.losses.ranking_softmax_loss(predictions, labels{})"
    none = ", reduce_fn=None"
    y, x = integers(4, 3, 5, seed=31).astype(float), logits(3, 5, seed=32)
    y[2] = 0  # nothing is relevant
    mask = np.array([[True, True, False, True, True], [True, False, False, False, True],
                     [True, True, True, False, False]])
    some = weights(3, 5)
    for name, reduce_fn in [("none", none), ("mean", ""), ("sum", ", reduce_fn=jnp.sum")]:
        reduction = {"reduction": name}
        one(f"rankingSoftmax {name}", call.format(reduce_fn), reduction, labels=y, predictions=x)
        one(f"rankingSoftmax weights per item {name}", call.format(f", weights=weights{reduce_fn}"),
            {**reduction, "weights": some}, labels=y, predictions=x)
        one(f"rankingSoftmax where {name}", call.format(f", where=mask{reduce_fn}"),
            {**reduction, "mask": mask}, wrt=["predictions"], labels=y, predictions=x)
        one(f"rankingSoftmax where, weights per item {name}",
            call.format(f", where=mask, weights=weights{reduce_fn}"),
            {**reduction, "mask": mask, "weights": some}, wrt=["predictions"],
            labels=y, predictions=x)
    one("rankingSoftmax where, gradient by labels", call.format(f", where=mask{none}"),
        {"mask": mask}, wrt=["labels"], labels=y, predictions=x)
    for shape in [(3,), ()]:
        one(f"rankingSoftmax weights {list(shape)}", f"{call.format(none)} * weights",
            {"weights": weights(*shape)}, labels=y, predictions=x)
    one("rankingSoftmax weights per item [3,1]", call.format(f", weights=weights{none}"),
        {"weights": weights(3, 1)}, labels=y, predictions=x)
    one("rankingSoftmax normalizeLabels",
        "optax.losses.ranking_softmax_loss(predictions, labels / labels.sum(-1, keepdims=True)"
        f"{none})", {"normalizeLabels": True}, labels=y[:2], predictions=x[:2])
    padded = np.where(mask, y, -1)
    for name, reduce_fn in [("none", none), ("mean", "")]:
        one(f"rankingSoftmax padding {name}", call.format(f", where=labels >= 0{reduce_fn}"),
            {"reduction": name}, wrt=["predictions"], labels=padded, predictions=x)
        empty = padded.copy()
        empty[1] = -1
        one(f"rankingSoftmax a list of padding {name}", call.format(f", where=labels >= 0{reduce_fn}"),
            {"reduction": name}, wrt=["predictions"], labels=empty, predictions=x)
    one("rankingSoftmax [2,3,4]", call.format(none), labels=integers(3, 2, 3, 4, seed=33).astype(float),
        predictions=logits(2, 3, 4, seed=34))
    one("rankingSoftmax scores extreme", call.format(none), wrt=["predictions"],
        labels=one_hot(EXTREME_CLASSES, 3) * 2, predictions=EXTREME)
    one("rankingSoftmax one item", call.format(none), labels=[[2.0], [0.0]],
        predictions=[[3.0], [-2.0]])
    one("rankingSoftmax no relevance", call.format(none), labels=np.zeros((2, 3)),
        predictions=logits(2, 3, seed=35))
