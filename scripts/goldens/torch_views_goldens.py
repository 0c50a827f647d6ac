"""Losses of two batches of vectors as the authors' code writes them, in PyTorch.

OpenCLIP's, MoCo's and Barlow Twins' losses need their models or several devices to be imported;
what they compute is written here in plain operations, as in their code.
"""

import numpy as np

from goldens import between_0_and_1, binary, logits, rounded, weights
from torch_goldens import goldens_of_torch

ALL = np.arange(5)


def make():
    golden, _, _ = goldens_of_torch()
    pair_contrastive(golden)
    clip(golden)
    sig_lip(golden)
    info_nce(golden)
    barlow_twins(golden)
    return golden


def pair_contrastive(golden):
    call = "labels * distances**2 + (1 - labels) * F.relu({} - distances)**2"
    data = dict(labels=binary(3, 4, seed=1), distances=2 * between_0_and_1(3, 4, seed=2))
    for margin in (1, 0.25, 3):
        golden(f"pairContrastive margin={margin}", call.format(margin), "pairContrastive",
               {"margin": margin, "reduction": "none"}, **data)
    for reduction in ("mean", "sum"):
        golden(f"pairContrastive {reduction}", f"({call.format(1)}).{reduction}()",
               "pairContrastive", {"reduction": reduction}, **data)
    golden("pairContrastive weights [3]", f"({call.format(1)}) * weights[:, None]",
           "pairContrastive", {"weights": weights(3), "reduction": "none"}, **data)
    golden("pairContrastive soft labels", call.format(1), "pairContrastive",
           {"reduction": "none"}, labels=between_0_and_1(3, 4, seed=3),
           distances=data["distances"])
    golden("pairContrastive at 0 and at the margin", call.format(1), "pairContrastive",
           {"reduction": "none"}, labels=[0.0, 0.0, 1.0, 1.0], distances=[0.0, 1.0, 0.0, 1.0])
    golden("pairContrastive far", call.format(1), "pairContrastive", {"reduction": "none"},
           labels=[0.0, 0.0, 1.0, 1.0], distances=rounded([1e4, 88, 88, 1e-8]))


def clip(golden):
    """OpenCLIP's ClipLoss, logit_scale = 1 / temperature, under 'none'."""
    image = "F.cross_entropy({0} @ {1}.T / {2}, torch.arange(len({0})), reduction='none')"

    def call(temperature, a="images", b="texts"):
        both = image.format(a, b, temperature), image.format(b, a, temperature)
        return f"({both[0]} + {both[1]}) / 2"

    data = dict(images=logits(5, 3, seed=11) / 4, texts=logits(5, 3, seed=12) / 4)
    for temperature in (0.07, 0.5, 4):
        golden(f"clip temperature={temperature}", call(temperature), "clip",
               {"temperature": temperature, "reduction": "none"}, **data)
    golden("clip a temperature with a gradient", call("temperature"), "clip",
           {"temperature": [0.5], "reduction": "none"}, **data)
    golden("clip mean", f"({call(0.07)}).mean()", "clip", {"reduction": "mean"}, **data)
    unit = [f"F.normalize({name}, dim=-1, eps=1e-7)" for name in ("images", "texts")]
    golden("clip normalize", call(0.5, *unit), "clip",
           {"temperature": 0.5, "normalize": True, "reduction": "none"}, **data)
    golden("clip weights [5], average", f"({call(1)} * weights).sum() / weights.sum()", "clip",
           {"temperature": 1, "weights": weights(5), "reduction": "weightedMean"}, **data)
    golden("clip mask", f"({call(1, 'images[mask]', 'texts[mask]')}).sum()", "clip",
           {"temperature": 1, "mask": ALL % 3 != 1, "reduction": "sum"}, **data)
    golden("clip one pair", call(1), "clip", {"temperature": 1, "reduction": "none"},
           images=[[0.5, 1.0]], texts=[[2.0, -1.0]])
    golden("clip equal and zero vectors", call(1), "clip",
           {"temperature": 1, "reduction": "none"}, images=np.zeros((3, 2)),
           texts=np.ones((3, 2)))
    golden("clip extreme", call(1), "clip", {"temperature": 1, "reduction": "none"},
           images=rounded([[1e4, 0], [0, 88]]), texts=rounded([[1, -1], [-1, 1]]))


def sig_lip(golden):
    """OpenCLIP's SigLipLoss, logit_scale = 1 / temperature, before its sum and division by B."""
    signs = "(2 * torch.eye(len({0})) - 1)"

    def call(temperature, bias, a="images", b="texts"):
        return (f"(-F.logsigmoid({signs.format(a)} * ({a} @ {b}.T / {temperature} + {bias})))"
                ".sum(-1)")

    data = dict(images=logits(5, 3, seed=21) / 4, texts=logits(5, 3, seed=22) / 4)
    for temperature, bias in [(0.1, -10), (0.5, -10), (0.1, 2.5), (1, 0)]:
        golden(f"sigLip temperature={temperature}, bias={bias}", call(temperature, bias), "sigLip",
               {"temperature": temperature, "bias": bias, "reduction": "none"}, **data)
    golden("sigLip temperature and bias with gradients", call("temperature", "bias"), "sigLip",
           {"temperature": [0.5], "bias": [-2.5], "reduction": "none"}, **data)
    golden("sigLip mean, OpenCLIP's", f"({call(0.1, -10)[:-len('.sum(-1)')]}).sum() / 5",
           "sigLip", {"reduction": "mean"}, **data)
    unit = [f"F.normalize({name}, dim=-1, eps=1e-7)" for name in ("images", "texts")]
    golden("sigLip normalize", call(0.5, -1, *unit), "sigLip",
           {"temperature": 0.5, "bias": -1, "normalize": True, "reduction": "none"}, **data)
    golden("sigLip mask", f"({call(1, 0, 'images[mask]', 'texts[mask]')}).sum()", "sigLip",
           {"temperature": 1, "bias": 0, "mask": ALL % 3 != 1, "reduction": "sum"}, **data)
    golden("sigLip one pair", call(1, 0), "sigLip",
           {"temperature": 1, "bias": 0, "reduction": "none"}, images=[[0.5, 1.0]],
           texts=[[2.0, -1.0]])
    golden("sigLip zero vectors", call(1, 0), "sigLip",
           {"temperature": 1, "bias": 0, "reduction": "none"}, images=np.zeros((3, 2)),
           texts=np.zeros((3, 2)))
    golden("sigLip extreme", call(1, 0), "sigLip",
           {"temperature": 1, "bias": 0, "reduction": "none"},
           images=rounded([[1e4, 0], [0, 88]]), texts=rounded([[1, -1], [-1, 1]]))


def info_nce(golden):
    """MoCo's loss: the own key and a queue, or the keys of the batch, or both."""
    unit = {name: f"F.normalize({name}, dim=-1, eps=1e-7)"
            for name in ("queries", "keys", "negatives")}
    plain = {name: name for name in unit}

    def call(temperature, names, queue=False, in_batch=True):
        queries, keys, negatives = names.values()
        own = f"({queries} * {keys}).sum(-1, keepdim=True)"
        parts = [f"{queries} @ {keys}.T" if in_batch else own]
        parts += [f"{queries} @ {negatives}.T"] * queue
        target = "torch.arange(5)" if in_batch else "torch.zeros(5).long()"
        return (f"(F.cross_entropy(torch.cat([{', '.join(parts)}], 1) / {temperature}, {target}, "
                "reduction='none'))")

    data = dict(queries=logits(5, 3, seed=31) / 4, keys=logits(5, 3, seed=32) / 4)
    negatives = (logits(4, 3, seed=33) / 4).tolist()
    for temperature in (0.07, 0.5, 4):
        for distance, names in [("cosine", unit), ("dot", plain)]:
            golden(f"infoNce temperature={temperature}, {distance}", call(temperature, names),
                   "infoNce", {"temperature": temperature, "distance": distance,
                               "reduction": "none"}, **data)
    for distance, names in [("cosine", unit), ("dot", plain)]:
        for in_batch in (True, False):
            golden(f"infoNce negatives, {distance}, in batch: {in_batch}",
                   call(0.5, names, True, in_batch), "infoNce",
                   {"temperature": 0.5, "distance": distance, "negatives": negatives,
                    "inBatch": in_batch, "reduction": "none"}, **data)
    golden("infoNce a temperature with a gradient", call("temperature", unit, True), "infoNce",
           {"temperature": [0.5], "negatives": negatives, "reduction": "none"}, **data)
    golden("infoNce mean", f"{call(0.07, unit)}.mean()", "infoNce", {"reduction": "mean"}, **data)


STANDARD = "F.batch_norm({}, None, None, training=True)"


def barlow_twins(golden):
    """The authors' code: batch normalization without parameters, and the matrix of correlations."""

    def call(factor, a="a", b="b", count=6):
        return (f"(c := {STANDARD.format(a)}.T @ {STANDARD.format(b)} / {count}, "
                f"(1 - c.diagonal()).square().sum() + {factor} * "
                "(c.square().sum() - c.diagonal().square().sum()))[-1]")

    a = logits(6, 4, seed=41) / 4
    views = dict(a=a, b=a + logits(6, 4, seed=42) / 16)
    for factor in (0.005, 0.5, 0):
        golden(f"barlowTwins lambda={factor}", call(factor), "barlowTwins",
               {"lambda": factor, "reduction": "mean"}, **views)
    for reduction in ("none", "sum", "perExample"):
        golden(f"barlowTwins {reduction}", call(0.005), "barlowTwins", {"reduction": reduction},
               **views)
    golden("barlowTwins mask", call(0.5, "a[mask]", "b[mask]", 4), "barlowTwins",
           {"lambda": 0.5, "mask": np.arange(6) % 3 != 1, "reduction": "mean"}, **views)
    golden("barlowTwins equal views", call(0.5), "barlowTwins",
           {"lambda": 0.5, "reduction": "mean"}, a=a, b=a)
    golden("barlowTwins equal vectors", call(0.5, count=3), "barlowTwins",
           {"lambda": 0.5, "reduction": "mean"}, a=np.full((3, 2), 0.5), b=np.full((3, 2), 0.25))
    golden("barlowTwins two examples, one feature", call(0.5, count=2), "barlowTwins",
           {"lambda": 0.5, "reduction": "mean"}, a=[[1.0], [2.0]], b=[[3.0], [2.5]])
    golden("barlowTwins small deviations", call(0.005), "barlowTwins", {"reduction": "mean"},
           **{name: view / 1024 for name, view in views.items()})

