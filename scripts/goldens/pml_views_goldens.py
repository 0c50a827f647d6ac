"""pytorch-metric-learning's losses of cosines and of two views, in float64.

Its losses with classes have a table of vectors of their own and take embeddings. Here that table
is the identity and the embeddings have length 1, so that the cosines are their entries; the
gradient for the cosines is taken past the normalization, by a distance that is the product.
"""

import math

import numpy as np

from goldens import Goldens, integers, logits, torch_engine

AT_THE_END = "PyTorch's derivative of acos is infinite at 1 and -1"
ONE_EXAMPLE = "PML's variance of one example is NaN"


def engine():
    import torch
    from pytorch_metric_learning import losses
    from pytorch_metric_learning.distances import CosineSimilarity

    torch.set_default_dtype(torch.float64)

    class Cosines(CosineSimilarity):
        """The cosines are given."""

        def forward(self, query_emb, ref_emb=None):
            return query_emb @ ref_emb.T

    def of_cosines(cls, cosines, **options):
        """A loss of PML on given cosines."""
        classes = cosines.shape[-1]
        loss = cls(num_classes=classes, embedding_size=classes, distance=Cosines(), **options)
        table = loss.proxies if hasattr(loss, "proxies") else loss.W
        table.data = torch.eye(classes)
        return loss

    return torch_engine({"of_cosines": of_cosines, "losses": losses})


def make():
    golden = Goldens("pytorch-metric-learning", engine(),
                     ["pytorch-metric-learning", "torch"],
                     note="CPU, float64; the cosines are given in the place of embeddings")
    margin_softmaxes(golden)
    proxy_anchor(golden)
    two_views(golden)
    return golden


def cosines(*shape, seed=0):
    """Multiples of 1/64 between -60/64 and 60/64."""
    return np.random.RandomState(seed).randint(-60, 61, shape) / 64


def margin_softmaxes(golden):
    """Its losses of one batch under 'none'; ours in the same shape."""
    data = dict(labels=integers(4, 6, seed=1), cosines=cosines(6, 4, seed=2))

    def one(title, loss, cls, arguments, options, reduction="none", **rest):
        call = f"of_cosines(losses.{cls}, cosines{arguments and ', '}{arguments})"
        text = (f"{call}.compute_loss(cosines, labels, None, cosines, labels)['loss']['losses']"
                if reduction == "none" else f"{call}(cosines, labels)")
        golden(f"{loss} {title}", text, loss, {**options, "reduction": reduction},
               **{**data, **rest})

    half = math.degrees(0.5)
    quarter = math.degrees(0.25)
    wide = math.degrees(2.5)
    for reduction in ("none", "mean"):
        one(f"by default {reduction}", "cosFace", "CosFaceLoss", "", {}, reduction)
        one(f"by default {reduction}", "arcFace", "ArcFaceLoss", f"margin={half}", {}, reduction)
    for margin, scale in [(0.25, 4), (0, 1), (0.5, 16), (2, 1)]:
        one(f"margin={margin}, scale={scale}", "cosFace", "CosFaceLoss",
            f"margin={margin}, scale={scale}", {"margin": margin, "scale": scale})
    for degrees, margin, scale in [(quarter, 0.25, 4), (0, 0, 1), (wide, 2.5, 16), (half, 0.5, 1)]:
        one(f"margin={margin}, scale={scale}", "arcFace", "ArcFaceLoss",
            f"margin={degrees}, scale={scale}", {"margin": margin, "scale": scale})
    far = dict(labels=np.array([0, 0, 1, 1]),
               cosines=[[-0.9375, 0.5], [-0.984375, 1], [1, -0.96875], [0, 0]])
    one("beyond π − m", "arcFace", "ArcFaceLoss", f"margin={half}, scale=4", {"scale": 4}, **far)
    one("of cosines −1 and 1", "cosFace", "CosFaceLoss", "scale=4", {"scale": 4}, **far)
    for at in (1, -1):
        one(f"of a cosine of {at}", "arcFace", "ArcFaceLoss", f"margin={half}, scale=4",
            {"scale": 4}, departs=AT_THE_END, labels=np.array([0]), cosines=[[at, 0.75]])
    for loss, cls, arguments in [("cosFace", "CosFaceLoss", ""),
                                 ("arcFace", "ArcFaceLoss", f"margin={half}")]:
        one("of one example", loss, cls, arguments, {}, labels=np.array([1]),
            cosines=cosines(1, 3, seed=3))
        one("of one class", loss, cls, arguments, {}, labels=np.array([0, 0]),
            cosines=cosines(2, 1, seed=4))
        one("of equal cosines", loss, cls, arguments, {}, labels=np.array([0, 2]),
            cosines=np.full((2, 3), 0.25))
        one("of cosines that are all 0", loss, cls, arguments, {}, labels=np.array([0, 2]),
            cosines=np.zeros((2, 3)))


def proxy_anchor(golden):
    def one(title, arguments="", options={}, reduction="mean", **rest):
        call = f"of_cosines(losses.ProxyAnchorLoss, cosines{arguments})(cosines, labels)"
        data = dict(labels=integers(4, 6, seed=11), cosines=cosines(6, 4, seed=12))
        golden(f"proxyAnchor {title}", call, "proxyAnchor", {**options, "reduction": reduction},
               **{**data, **rest})

    for reduction in ("none", "perExample", "mean", "sum", "weightedMean",
                      "meanOverNonzeroWeights", "meanOverNonzeroLosses"):
        one(f"by default, {reduction}", reduction=reduction)
    for margin, scale in [(0.25, 4), (0, 1), (1, 16)]:
        one(f"margin={margin}, alpha={scale}", f", margin={margin}, alpha={scale}",
            {"margin": margin, "scale": scale})
    for title, labels in [("one example", [2]), ("one class", [1, 1, 1]),
                          ("every label different", [3, 0, 1])]:
        one(title, labels=np.array(labels), cosines=cosines(len(labels), 4, seed=13))
    one("a single class", labels=np.array([0, 0]), cosines=cosines(2, 1, seed=14))
    one("equal cosines", labels=np.array([0, 1, 0]), cosines=np.full((3, 2), 0.25))
    one("cosines of −1 and 1", labels=np.array([0, 1]), cosines=[[1.0, -1.0], [1.0, -1.0]])


def two_views(golden):
    a = logits(6, 4, seed=21) / 4
    views = dict(a=a, b=a + logits(6, 4, seed=22) / 16)
    call = "losses.VICRegLoss({})(a, ref_emb=b)"
    for reduction in ("none", "mean", "sum"):
        golden(f"vicReg by default, {reduction}", call.format(""), "vicReg",
               {"reduction": reduction}, **views)
    for arguments, options in [
        ("invariance_lambda=2", {"invariance": 2}), ("variance_mu=3", {"variance": 3}),
        ("covariance_v=4", {"covariance": 4}), ("eps=2**-4", {"epsilon": 2**-4}),
        ("invariance_lambda=0, variance_mu=0", {"invariance": 0, "variance": 0}),
        ("invariance_lambda=0, covariance_v=0", {"invariance": 0, "covariance": 0}),
    ]:
        golden(f"vicReg {arguments}", call.format(arguments), "vicReg",
               {**options, "reduction": "mean"}, **views)
    small = {name: view / 16 for name, view in views.items()}
    golden("vicReg small deviations", call.format(""), "vicReg", {"reduction": "mean"}, **small)
    golden("vicReg two examples", call.format(""), "vicReg", {"reduction": "mean"},
           a=logits(2, 3, seed=23) / 4, b=logits(2, 3, seed=24) / 4)
    golden("vicReg one feature", call.format(""), "vicReg", {"reduction": "mean"},
           a=logits(3, 1, seed=25) / 8, b=logits(3, 1, seed=26) / 8)
    golden("vicReg equal views", call.format(""), "vicReg", {"reduction": "mean"}, a=a, b=a)
    golden("vicReg equal vectors", call.format(""), "vicReg", {"reduction": "mean"},
           a=np.full((3, 2), 0.5), b=np.full((3, 2), 0.25))
    golden("vicReg zero vectors", call.format(""), "vicReg", {"reduction": "mean"},
           a=np.zeros((3, 2)), b=np.zeros((3, 2)))
    golden("vicReg one example", call.format(""), "vicReg", {"reduction": "mean"},
           departs=ONE_EXAMPLE, a=a[:1], b=views["b"][:1])

    pairs = dict(queries=logits(5, 4, seed=31), keys=logits(5, 4, seed=32))
    for temperature in (0.07, 0.5, 2):
        golden(f"infoNce temperature={temperature}, mean",
               "losses.SelfSupervisedLoss(losses.NTXentLoss(temperature="
               f"{temperature}), symmetric=False)(queries, keys)", "infoNce",
               {"temperature": temperature, "reduction": "mean"}, **pairs)
