"""PyTorch's losses, with the options with which they are those of this package."""

import torch
import torch.nn.functional as F

from library import Library

LOGITS, NONE = {"fromLogits": True}, {"reduction": "none"}
SIGNED = {"labels": "signed"}


def run(call, inputs, names):
    tensors = {name: torch.from_numpy(data.astype("int64") if data.dtype.kind == "i" else data.copy())
               for name, data in inputs.items()}
    for name in names:
        tensors[name].requires_grad_(True)
    value = call(**tensors)
    slopes = torch.autograd.grad(value.sum(), [tensors[name] for name in names], allow_unused=True)
    found = {name: torch.zeros_like(tensors[name]) if slope is None else slope for name, slope in zip(names, slopes)}
    return {"value": value.detach().numpy(), **{name: slope.numpy() for name, slope in found.items()}}


def of(loss, **options):
    """A loss of predictions and labels."""
    return lambda labels, predictions: loss(predictions, labels, **NONE, **options)


TORCH = Library(f"PyTorch {torch.__version__.split('+')[0]}", {
    "meanSquaredError": [({}, of(F.mse_loss))],
    "meanAbsoluteError": [({}, of(F.l1_loss))],
    "huber": [({}, of(F.huber_loss)), ({"delta": 0.25}, of(F.huber_loss, delta=0.25))],
    "smoothL1": [({}, of(F.smooth_l1_loss)), ({"beta": 0.125}, of(F.smooth_l1_loss, beta=0.125))],
    "poisson": [({}, of(F.poisson_nll_loss, log_input=False, eps=0)), ({"logInput": True}, of(F.poisson_nll_loss))],
    "gaussianNll": [(options, lambda labels, mean, variance, full=bool(options):
                     F.gaussian_nll_loss(mean, labels, variance, full=full, eps=0, **NONE))
                    for options in ({}, {"full": True})],
    "binaryCrossentropy": [
        (LOGITS, of(F.binary_cross_entropy_with_logits)),
        ({**LOGITS, "posWeight": 3}, of(F.binary_cross_entropy_with_logits, pos_weight=torch.tensor(3.0))),
    ],
    **{loss: [(LOGITS, of(F.cross_entropy)),
              ({**LOGITS, "labelSmoothing": 0.125}, of(F.cross_entropy, label_smoothing=0.125))]
       for loss in ("categoricalCrossentropy", "sparseCategoricalCrossentropy")},
    "negativeLogLikelihood": [({}, of(F.nll_loss))],
    "multilabelSoftMargin": [({}, of(F.multilabel_soft_margin_loss))],
    "softMargin": [(SIGNED, of(F.soft_margin_loss))],
    "hingeEmbedding": [(SIGNED, of(F.hinge_embedding_loss))],
    "multiMargin": [({}, of(F.multi_margin_loss)), ({"p": 2}, of(F.multi_margin_loss, p=2))],
    "multilabelMargin": [({"labelFormat": "indices"}, of(F.multilabel_margin_loss))],
    "marginRanking": [({**SIGNED, **options}, lambda labels, a, b, own=options:
                       F.margin_ranking_loss(a, b, labels, **own, **NONE))
                      for options in ({}, {"margin": 0.5})],
    "klDivergence": [({"labelFormat": "logProbabilities", "predictionFormat": "logProbabilities"},
                      lambda labels, predictions: F.kl_div(predictions, labels, log_target=True, **NONE).sum(-1))],
    "ctc": [({}, lambda labels, logits: F.ctc_loss(
        F.log_softmax(logits, -1).transpose(0, 1), labels, torch.full((len(labels),), logits.shape[1]),
        torch.full((len(labels),), labels.shape[1]), **NONE))],
    "tripletMargin": [(options, lambda anchor, positive, negative, own=options:
                       F.triplet_margin_loss(anchor, positive, negative, eps=0, **own, **NONE))
                      for options in ({}, {"p": 1}, {"p": 3}, {"swap": True})],
    "cosineSimilarity": [({}, lambda labels, predictions: -F.cosine_similarity(predictions, labels, eps=1e-7))],
    "cosineDistance": [({}, lambda labels, predictions: 1 - F.cosine_similarity(predictions, labels, eps=1e-7))],
}, run)
