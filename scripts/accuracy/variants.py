"""The losses with those options that change their mathematics, and how their points are drawn."""

import math
from dataclasses import dataclass, field
from typing import Callable

import draw as d

REAL, POSITIVE, SHARE, LOGARITHM = (-math.inf, math.inf), (0, math.inf), (0, 1), (-math.inf, 0)
DOMAINS = {"logits": REAL, "probabilities": SHARE, "logProbabilities": LOGARITHM}


@dataclass
class Variant:
    loss: str
    options: dict
    draw: Callable
    differentiated: dict  # names of inputs, and between which numbers they are
    typical: int = 45
    extreme: int = 55
    alone: bool = False  # a point is a batch of its own
    named: list = field(default_factory=list)  # inputs that were once seen to go wrong
    note: str = ""  # tells variants with the same options apart
    long: tuple = ()  # how many classes the points with long rows have
    long_labels: str = "like"  # "oneHot", "index" or "bits", or drawn like predictions

    @property
    def name(self):
        shown = [f"{name} {show(value)}" for name, value in self.options.items()
                 if (name, value) != ("labels", "signed")]
        shown = ", ".join([self.note] * bool(self.note) + shown)
        return f"{self.loss} ({shown})" if shown else self.loss


def show(value):
    if isinstance(value, list):
        return f"[{', '.join(map(show, value))}]"
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else f"{value:g}"


VARIANTS = []
lean = dict(typical=15, extreme=27)  # Every kind of extreme rows comes once in 27.


def add(loss, draw, differentiated, *several, **rest):
    """One variant for each of several options; without any, the defaults."""
    for options in several or ({},):
        VARIANTS.append(Variant(loss, options, draw, differentiated, **rest))


def both(y, x=None):
    return {"labels": y, "predictions": y if x is None else x}


def one(labels, predictions):
    return {"labels": [float(labels)], "predictions": [float(predictions)]}


# Regression

reals = d.elementwise(d.real)
for loss, *several in [
    ("meanSquaredError",), ("meanAbsoluteError",), ("halfSquaredError",), ("logCosh",),
    ("huber", {}, {"delta": 0.25}), ("smoothL1", {}, {"beta": 0.125}),
    ("meanAbsolutePercentageError", {}, {"percent": False}),
    ("symmetricMeanAbsolutePercentageError", {}, {"percent": False}),
    ("quantile", {}, {"quantile": 0.875}), ("expectile", {}, {"expectile": 0.875}), ("wing", {}, {"width": 1, "curvature": 2}),
    ("robust", {}, {"alpha": 2}, {"alpha": 0}, {"alpha": -2}, {"alpha": -math.inf}, {"alpha": 0.5},
     {"alpha": 3}, {"alpha": 1, "scale": 0.125}),
]:
    add(loss, reals, both(REAL), *several, named=[
        one(0, 1e-8), one(0, 0.301), one(0, 1e20), one(0, -1e20), one(0, 2.5e19), one(3e38, -3e37)])

positives = d.elementwise(d.positive)
counts = [one(12815.0723, 12815.0732), one(0, 2e-7), one(2e-7, 0.5)]
add("meanSquaredLogarithmicError", positives, both(POSITIVE), named=counts)
add("poisson", positives, both(POSITIVE), {}, {"full": True}, named=counts)
add("gammaDeviance", positives, both(POSITIVE), named=counts[:1])
add("tweedieDeviance", positives, both(POSITIVE), {}, {"power": 1}, {"power": 2}, {"power": 3}, {"power": 2.5},
    {"power": 1.125}, {"power": 0}, {"power": -1}, named=counts[:1])
logarithms = d.elementwise(d.count_and_logarithm)
add("poisson", logarithms, both(POSITIVE, REAL), {"logInput": True})
add("tweedieDeviance", logarithms, both(POSITIVE, REAL), {"power": 1.5, "logInput": True},
    {"power": 1, "logInput": True})
add("gammaDeviance", d.elementwise(d.positive_and_logarithm), both(POSITIVE, REAL), {"logInput": True})
add("gaussianNll", d.gaussian, {"labels": REAL, "mean": REAL, "variance": POSITIVE}, {}, {"full": True},
    named=[{"labels": [0], "mean": [2.5e19], "variance": [1]}, {"labels": [1e25], "mean": [-1e25], "variance": [1e30]}])
add("gaussianNll", d.gaussian_by_logarithm, {"labels": REAL, "mean": REAL, "variance": REAL}, {"logVariance": True})
add("laplaceNll", d.laplace, {"labels": REAL, "location": REAL, "scale": POSITIVE}, {}, {"full": True}, **lean)
add("studentTNll", d.student, {"labels": REAL, "location": REAL, "scale": POSITIVE, "degreesOfFreedom": POSITIVE},
    {}, {"full": True}, **lean)
add("crpsGaussian", d.score, {"labels": REAL, "mean": REAL, "standardDeviation": POSITIVE}, **lean)
add("crpsEnsemble", d.ensemble, {"labels": REAL, "members": REAL}, {}, {"fair": True}, **lean)
add("quantileHuber", d.quantiles, {"predictions": REAL}, {}, {"delta": 0}, **lean)
add("negativeBinomialNll", d.count, {"mean": POSITIVE, "dispersion": POSITIVE}, {}, {"full": True}, **lean)
add("gaussianMixtureNll", d.mixture, {"labels": REAL, "logits": REAL, "means": REAL, "scales": POSITIVE}, **lean)
add("rootMeanSquaredError", d.several, both(REAL), long=(1000,), **lean)
long_vectors = [{"labels": [[1e20, 2e20]], "predictions": [[2e20, 1e20]]}]
add("cosineSimilarity", d.vectors, both(REAL), named=long_vectors, long=(1000,))
add("cosineDistance", d.vectors, both(REAL), named=long_vectors, long=(1000, 50257))
add("meanPairwiseSquaredError", d.several, both(REAL), long=(1000,),
    named=[{"labels": [[0, 0]], "predictions": [[8e18, -8e18]]}])

# Classification

CONFIDENT = [([30, 0], 0), ([-2.02, 5.35], 1), ([3e38, -3e38], 0), ([3e38, 3e38], 0), ([-3e38, -3e38, 0], 2),
             ([3e38, 3e38, 0], 1), ([100, 0, 0], 0)]
sparse_rows = [{"labels": [y], "predictions": [x]} for x, y in CONFIDENT]
dense_rows = [{"labels": [[float(c == y) for c in range(len(x))]], "predictions": [x]} for x, y in CONFIDENT]
soft_rows = [{"labels": [[0.25, 0.75]], "predictions": [[3e38, -3e38]]},
             {"labels": [[0.5, 0.5]], "predictions": [[3e38, 3e38]]},
             {"labels": [[0.5, 0.5]], "predictions": [[30, 0]]}]
SURE = [[1 - 2**-24, 2**-24], [0.01018, 0.98982], [0.5, 0.5]]
sure_rows = [{"labels": [[0, 1]], "predictions": [p]} for p in SURE]
LOGITS = {"fromLogits": True}

for dense_loss, sparse_loss, several in [
    ("categoricalCrossentropy", "sparseCategoricalCrossentropy",
     [{}, {"labelSmoothing": 0.125}, {"base": 2}, {"temperature": 2}, {"softcap": 30}, {"zLoss": 0.0001}]),
    ("categoricalFocalCrossentropy", "sparseCategoricalFocalCrossentropy", [{}, {"gamma": 0.5}]),
    ("polyCrossentropy", "polyCrossentropy", [{}]),
    ("generalizedCrossentropy", "generalizedCrossentropy", [{}, {"q": 0.25}, {"q": 1}]),
]:
    note = "class indices" if sparse_loss == dense_loss else ""
    longest = (1000, 50257) if dense_loss == "categoricalCrossentropy" else (1000,)
    for options in several:
        long = longest if options == {} else ()
        add(dense_loss, d.dense("logits"), both(SHARE, REAL), {**LOGITS, **options}, named=dense_rows + soft_rows,
            long=long, long_labels="oneHot")
        if not {"temperature", "softcap", "zLoss"} & set(options):
            add(dense_loss, d.dense("probabilities"), both(SHARE), options, named=sure_rows, long=long[:1],
                long_labels="oneHot")
        if not {"base", "temperature"} & set(options):
            add(sparse_loss, d.sparse("logits"), {"predictions": REAL}, {**LOGITS, **options}, named=sparse_rows,
                note=note, long=long, long_labels="index")
    add(sparse_loss, d.sparse("probabilities"), {"predictions": SHARE}, {}, note=note)
add("negativeLogLikelihood", d.sparse("logProbabilities"), {"predictions": LOGARITHM})

probabilities, logits = d.elementwise(d.probability), d.elementwise(d.binary_logit)
seen = [one(0, 1.26e-20), one(0, 0.01018), one(1, 1 - 2**-24), one(1, 0.98982)]
add("binaryCrossentropy", probabilities, both(SHARE), {}, {"labelSmoothing": 0.125}, {"posWeight": 3}, {"base": 2},
    named=seen)
far = [one(1, 30), one(0, 30), one(0, -30), one(0.5, 3e38), one(1, -3e38)]
add("binaryCrossentropy", logits, both(SHARE, REAL), *({**LOGITS, **o} for o in (
    {}, {"labelSmoothing": 0.125}, {"posWeight": 3}, {"base": 2})), named=far)
focal = [{}, {"gamma": 0.5}, {"alpha": 0.25, "gamma": 1}, {"reducedThreshold": 0.5}]
add("binaryFocalCrossentropy", probabilities, both(SHARE), *focal, named=seen)
add("binaryFocalCrossentropy", logits, both(SHARE, REAL), *({**LOGITS, **o} for o in focal), named=far)
add("binaryFocalCrossentropy", d.several_probabilities(False), both(SHARE), {"normalized": True},
    typical=12, extreme=18, alone=True)
add("binaryFocalCrossentropy", d.several_probabilities(True), both(SHARE, REAL), {**LOGITS, "normalized": True},
    typical=12, extreme=18, alone=True)
add("asymmetric", logits, both(SHARE, REAL), {}, {"clip": 0}, {"gammaPositive": 0, "gammaNegative": 2}, named=far)
add("multilabelSoftMargin", d.multi_hot(False), both(SHARE, REAL), long=(1000,), long_labels="bits")
add("zlpr", d.multi_hot(False), {"predictions": REAL}, long=(1000,), long_labels="bits", **lean)
add("symmetricCrossentropy", d.dense("logits"), both(SHARE, REAL), LOGITS, named=dense_rows + soft_rows, **lean)
add("symmetricCrossentropy", d.dense("probabilities"), both(SHARE), {}, named=sure_rows, **lean)
add("symmetricCrossentropy", d.sparse("logits"), {"predictions": REAL}, LOGITS, {**LOGITS, "logZero": -6},
    named=sparse_rows, note="class indices", long=(1000,), long_labels="index", **lean)
RARE = {"priors": [0.9375, 0.03125, 0.0234375, 0.0078125]}
add("logitAdjusted", d.sparse("logits", 4), {"predictions": REAL}, RARE, {**RARE, "tau": 2}, **lean)
add("ldam", d.sparse("logits", 4), {"predictions": REAL}, {"counts": [1000, 100, 10, 1]},
    {"counts": [1000, 100, 10, 1], "scale": 1}, **lean)
add("asymmetricSingleLabel", d.sparse("logits"), {"predictions": REAL}, {}, {"labelSmoothing": 0},
    {"gammaPositive": 0.5}, named=sparse_rows, long=(1000,), long_labels="index", **lean)
add("nonNegativePu", d.positive_and_unlabelled, {"predictions": REAL}, {"prior": 0.25}, typical=10,
    extreme=12, alone=True)
add("sparsemax", d.elementwise(d.binary_logit), both(SHARE, REAL), named=[one(1, 0.988), one(0, -0.988)])
add("multiclassSparsemax", d.sparse("logits"), {"predictions": REAL})
add("brier", d.dense("probabilities"), both(SHARE), long=(1000, 50257), long_labels="oneHot")

# Margin

scores = d.elementwise(d.signed_score)
SIGNED = {"labels": "signed"}
for loss, *several in [
    ("softMargin",), ("exponential",), ("perceptron",), ("hingeEmbedding",), ("hinge", {}, {"margin": 0.25}),
    ("squaredHinge", {}, {"margin": 0.25}),
]:
    add(loss, scores, both(REAL), *({**SIGNED, **options} for options in several or [{}]),
        named=[one(1, 30), one(-1, 30), one(1, 1e-8), one(-1, -100)])
halves = [([3e38, -3e38], 0), ([3e38, 3e38, 0], 1), ([-3e38, 3e38], 0), ([3e38, 3e38], 0), ([-3e38, -3e38, -3e38], 0)]
half_rows = [{"labels": [y], "predictions": [x]} for x, y in halves]
add("categoricalHinge", d.one_hot, {"predictions": REAL}, {}, {"margin": 0.25},
    named=[{"labels": [[float(c == y) for c in range(len(x))]], "predictions": [x]} for x, y in halves])
add("multiclassHinge", d.hard_scores, {"predictions": REAL}, named=half_rows, long=(1000,),
    long_labels="index")
add("multiclassPerceptron", d.hard_scores, {"predictions": REAL}, named=half_rows)
add("multiMargin", d.hard_scores, {"predictions": REAL}, {}, {"p": 2}, named=half_rows, long=(1000,),
    long_labels="index")
add("multilabelMargin", d.multi_hot(True), {"predictions": REAL}, {"labelFormat": "multiHot"})
add("multilabelMargin", d.indices, {"predictions": REAL}, {"labelFormat": "indices"})
add("marginRanking", d.ranked, {"labels": REAL, "a": REAL, "b": REAL}, SIGNED, {**SIGNED, "margin": 0.5})

# Divergence

add("entropy", d.single("probabilities", "probabilities"), {"probabilities": SHARE})
add("entropy", d.single("logits", "probabilities"), {"probabilities": REAL}, LOGITS,
    named=[{"probabilities": [x]} for x, _ in CONFIDENT], long=(1000,))
add("crossEntropy", d.pair("probabilities", "probabilities", ("p", "q")), {"p": SHARE, "q": SHARE})
add("crossEntropy", d.pair("probabilities", "logits", ("p", "q")), {"p": SHARE, "q": REAL}, LOGITS, long=(1000,))
near_logits = [{"labels": [[0.3, -0.2]], "predictions": [[0.3000001, -0.2]]},
               {"labels": [[1, 2, 3]], "predictions": [[1.0000001, 2, 3]]}]
near_shares = [{"labels": [[0.3, 0.7]], "predictions": [[0.3000001, 0.7]]},
               {"labels": [[0.25, 0.25, 0.5]], "predictions": [[0.25, 0.25, 0.5]]}]
near_pairs = {("logits", "logits"): near_logits, ("probabilities", "probabilities"): near_shares}
for loss, several in [
    ("klDivergence", [{}, {"base": 2}]), ("generalizedKlDivergence", [{}]),
    ("jensenShannon", [{}, {"beta": 0.25}]), ("totalVariation", [{}]),
]:
    for label_form, form in [("probabilities", "probabilities"), ("logits", "logits"),
                             ("logProbabilities", "logProbabilities"), ("probabilities", "logits")]:
        formats = {} if form == "probabilities" else {"labelFormat": label_form, "predictionFormat": form}
        for options in several:
            if options and form == "logProbabilities" or options and label_form != form:
                continue
            add(loss, d.pair(label_form, form), both(DOMAINS[label_form], DOMAINS[form]), {**formats, **options},
                named=near_pairs.get((label_form, form), []),
                long=(1000, 50257) if loss == "klDivergence" and label_form == form == "logits" and not options
                else ())

# Detection

big = [{"labels": [[0, 0, 1e15, 1e15]], "predictions": [[5e14, 5e14, 2e15, 2e15]]},
       {"labels": [[0, 0, 1e15, 1e15]], "predictions": [[2e15, 2e15, 3e15, 4e15]]}]
for loss in ("iou", "generalizedIou", "distanceIou", "completeIou"):
    add(loss, d.boxes, both(REAL), {}, named=big)
add("efficientIou", d.boxes, both(REAL), {}, named=big, **lean)

peaks = [one(1, 0.5), one(1, 1 - 2**-24), one(0.5, 0.01018)]
add("heatmapFocal", probabilities, {"predictions": SHARE}, {}, {"alpha": 0.5}, {"beta": 1}, named=peaks, **lean)
add("heatmapFocal", logits, {"predictions": REAL}, *({**LOGITS, **o} for o in ({}, {"alpha": 0.5})), named=far, **lean)

found = [one(0, 0.01018), one(1, 1 - 2**-24), one(0.5, 0.5), one(0.75, 0.75 + 2**-24)]
for loss, several in [("qualityFocal", [{}, {"beta": 0.5}, {"beta": 1}]), ("varifocal", [{}, {"gamma": 0.5}])]:
    add(loss, probabilities, {"predictions": SHARE}, *several, named=found, **lean)
    add(loss, logits, {"predictions": REAL}, *({**LOGITS, **o} for o in several), named=far, **lean)
add("distributionFocal", d.between_bins, both(REAL), named=[
    {"labels": [0.25], "predictions": [[3e38, -3e38]]}, {"labels": [1], "predictions": [[30, 0]]}], **lean)
add("objectKeypointSimilarity", d.keypoints, both(REAL), {"sigmas": [0.03125, 0.0625, 0.125]}, **lean)
add("adaptiveWing", d.heights, both(SHARE, REAL), {}, {"epsilon": 0.25, "theta": 0.75}, named=[
    one(0, 0.5), one(1, 0.5), one(0.25, 0.75)], **lean)

# Ranking, sequences, layers

add("rankingSoftmax", d.relevances, both(POSITIVE, REAL), {}, {"normalizeLabels": True}, long=(1000,),
    long_labels="bits")
for loss, *several in [("pairwiseLogistic", {}, {"temperature": 2}), ("pairwiseHinge", {}, {"margin": 0.25}),
                       ("pairwiseSoftZeroOne", {}, {"temperature": 2}), ("listMle",)]:
    add(loss, d.relevances, {"predictions": REAL}, *several, **lean)
for loss in ("approxNdcg", "approxMrr"):
    add(loss, d.relevances, both(POSITIVE, REAL), {}, {"temperature": 1}, **lean)
for loss in ("pairwiseMeanSquaredError", "uniqueSoftmax"):
    add(loss, d.relevances, both(POSITIVE, REAL), **lean)
add("bradleyTerry", d.two_scores, {"chosen": REAL, "rejected": REAL}, {}, {"margin": 0.5},
    named=[{"chosen": [30], "rejected": [0]}, {"chosen": [-1e4], "rejected": [1e4]}], **lean)
for loss in ("coral", "corn"):
    add(loss, d.ordered, {"predictions": REAL}, **lean)
add("ctc", d.sequences(True), {"logits": REAL}, {}, typical=20, extreme=20)
add("ctc", d.sequences(False), {"logits": LOGARITHM}, {"logProbabilities": True}, typical=20, extreme=20)
add("crf", d.tagged, {"emissions": REAL, "transitions": REAL}, {}, {"start": [0.5, -1, 2], "end": [1, 0, -0.5]},
    typical=5, extreme=5, alone=True)
add("softDtw", d.two_sequences, both(REAL), {}, {"gamma": 0.125}, typical=20, extreme=20)
add("linearCrossentropy", d.layer, {"hidden": REAL, "weight": REAL}, {}, {"labelSmoothing": 0.125}, {"zLoss": 0.0001},
    typical=10, extreme=10, alone=True)
for loss in ("sampledSoftmax", "nce"):
    add(loss, d.layer, {"hidden": REAL, "weight": REAL}, {},
        {"sampledIndices": [0, 2, 3], "sampledCounts": [0.5, 0.25, 0.75], "labelCounts": 0.5}, typical=10,
        extreme=10, alone=True)

add("distillation", d.taught, {"predictions": REAL}, {}, {"temperature": 2, "alpha": 0.25}, **lean)
for divergence in ("forward", "reverse", "jensenShannon"):
    add("distillation", d.taught, {"predictions": REAL, "teacher": REAL},
        {"divergence": divergence, "detachTeacher": False, "alpha": 1}, **lean)
# Survival

add("cox", d.survival, {"logHazards": REAL}, {}, {"ties": "breslow"}, typical=10, extreme=12, alone=True)
add("discreteTimeSurvival", d.survival_in_intervals, {"predictions": REAL}, **lean)

# Preference

TWO = {"chosen": LOGARITHM, "rejected": LOGARITHM}
EIGHTH = {"beta": 0.125}
add("dpo", d.answers("chosen", "referenceChosen", "rejected", "referenceRejected"), TWO,
    EIGHTH, {"beta": 0.5, "labelSmoothing": 0.125}, {**EIGHTH, "objective": "robust", "labelSmoothing": 0.125},
    {**EIGHTH, "objective": "exoPair", "labelSmoothing": 0.125}, {**EIGHTH, "objective": "discopop", "tau": 0.0625},
    *({**EIGHTH, "objective": objective} for objective in (
        "hinge", "ipo", "ncaPair", "bcoPair", "sppoHard", "apoZero", "apoDown")), **lean)
add("cpo", d.answers("chosen", "rejected"), TWO, EIGHTH, {**EIGHTH, "objective": "hinge"}, **lean)
add("simPo", d.answers("chosen", "rejected"), TWO, **lean)
add("orpo", d.answers("chosen", "rejected"), TWO, {"beta": 1}, named=[
    {"chosen": [-1e-8], "rejected": [-2e-8]}, {"chosen": [-1000], "rejected": [-1e-7]}], **lean)
add("kto", d.judged, {"policy": LOGARITHM}, EIGHTH, {"beta": 0.5, "kl": 0.25}, **lean)
add("grpo", d.tokens, {"logProbs": LOGARITHM}, {}, {"importance": "sequence"}, {"objective": "sapo"},
    {"delta": 1.5}, **lean)

# Reinforcement

add("policyGradient", d.acted, {"logProbs": LOGARITHM}, **lean)
add("ppoClip", d.acted_before, {"logProbs": LOGARITHM}, {}, {"clipRange": 0.125, "clipRangeHigh": 0.5}, **lean)
add("clippedValue", d.valued, {"values": REAL}, {}, {"clipRange": 2}, **lean)
add("qLearning", d.transition, {"values": REAL}, {}, {"discount": 0.5, "delta": 0.25}, **lean)

# Generative models, images


def called(draw, *names):
    """Other names for labels and predictions."""
    return lambda *given: dict(zip(names, draw(*given).values()))


def in_images(draw):
    """Rows as images of one row and one channel."""
    return lambda *given: {name: x[:, None, :, None] for name, x in draw(*given).items()}


add("vectorQuantization", called(reals, "latents", "codes"), {"latents": REAL, "codes": REAL}, {}, {"commitment": 2},
    **lean)
REAL_AND_FAKE = {"real": REAL, "fake": REAL}
add("ganDiscriminator", d.played("real", "fake"), REAL_AND_FAKE, {}, {"labelSmoothing": 0.125},
    *({"objective": objective} for objective in ("leastSquares", "hinge", "wasserstein")), **lean)
add("ganGenerator", d.played("fake"), {"fake": REAL}, {}, {"objective": "minimax"}, {"objective": "leastSquares"},
    **lean)
add("gaussianKl", d.latent, {"mean": REAL, "logVariance": REAL}, {},
    {"priorMean": [0.5, -0.25], "priorLogVariance": [-1, 2]}, **lean)
for prediction in ("noise", "sample", "velocity"):
    add("diffusion", d.noised, {"targets": REAL, "predictions": REAL}, {"prediction": prediction},
        {"prediction": prediction, "weighting": "snr"}, typical=20, extreme=20)
add("psnr", in_images(d.several), both(REAL), {}, {"maxValue": 255}, **lean)
add("style", in_images(d.vectors), both(REAL), typical=10, extreme=16)
add("style", d.features, both(REAL), note="3 channels", typical=10, extreme=12)
add("imageTotalVariation", called(d.pictures((2, 3, 2)), "images"), {"images": REAL}, typical=12, extreme=12)
add("ssim", d.pictures((3, 3, 1)), both(REAL), {"filterSize": 2}, {"filterSize": 3, "maxValue": 2}, typical=5,
    extreme=6)
add("msSsim", d.pictures((4, 4, 1)), both(REAL), {"filterSize": 2, "powerFactors": [0.5, 0.5]}, typical=4, extreme=4)

# Segmentation

for loss in ("dice", "jaccard", "tversky", "generalizedDice"):
    own = [{}] if loss == "generalizedDice" else [{}, {"logLoss": True}]
    few = dict(typical=12, extreme=18)
    tversky = [{"alpha": 0.25, "beta": 0.75, "gamma": 0.75}] if loss == "tversky" else []
    add(loss, d.image(1, False), both(SHARE), *own, *tversky, **few)
    add(loss, d.image(1, True), both(SHARE, REAL), *({**LOGITS, **o} for o in own + tversky), **few)
    add(loss, d.image(3, True, size=(2, 3)), {"predictions": REAL}, LOGITS, note="3 classes", **few)
fewer = dict(typical=4, extreme=6)
add("diceCrossentropy", d.image(1, False), both(SHARE), **fewer)
add("diceCrossentropy", d.image(1, True), both(SHARE, REAL), LOGITS, **fewer)
add("diceCrossentropy", d.image(3, True, size=(2, 3)), {"predictions": REAL}, LOGITS, note="3 classes", **fewer)
# Of numbers that tie, which extreme ones do, either may have the derivative.
add("softClDice", d.image(1, False), {"predictions": SHARE}, {}, {"smooth": 0.5, "iterations": 1}, typical=4,
    extreme=0)
add("dice", d.image(1, False), both(SHARE), {"squared": True}, **few)
add("dice", d.image(1, False), both(SHARE), {"intersection": "minimum"}, **few)
add("lovaszHinge", d.scores_of_image, {"predictions": REAL}, {"perImage": True}, typical=20, extreme=24)
add("lovaszSoftmax", d.image(3, False, size=(2, 3)), {"predictions": SHARE}, {"perImage": True}, **few)
add("lovaszSoftmax", d.image(3, True, size=(2, 3)), {"predictions": REAL}, {**LOGITS, "perImage": True}, **few)
add("matthewsCorrelation", d.image(1, False), both(SHARE), {"axis": "example"}, **few)

# Embeddings

add("tripletMargin", d.triplets, {"anchor": REAL, "positive": REAL, "negative": REAL}, {}, {"p": 1}, {"p": 3},
    {"swap": True}, named=[
        {"anchor": [[1e20, 0]], "positive": [[-1e20, 0]], "negative": [[0, 1e20]]},
        {"anchor": [[1e-25, 0]], "positive": [[0, 2e-25]], "negative": [[3e-25, 0]]}])
add("cosineEmbedding", d.signed_vectors, {"a": REAL, "b": REAL}, SIGNED, {**SIGNED, "margin": 0.5})
few = dict(typical=10, extreme=12, alone=True)


def large(size):
    corners = [[1, 0, 0], [0, 1, 0], [0.75, 0.5, 0], [0, 1, 0.5], [-1, 0, 1]]
    return [{"labels": [0, 1, 0, 1, 2], "embeddings": [[size * x for x in corner] for corner in corners]}]


add("circle", d.embeddings(False), {"embeddings": REAL}, {}, {"gamma": 4}, named=large(1e9), **few)
add("circle", d.embeddings(True), {"embeddings": REAL}, {"normalize": True}, **few)
add("ntXent", d.embeddings(False), {"embeddings": REAL}, {}, named=large(3e18), **few)
add("ntXent", d.embeddings(None), {"embeddings": REAL}, {"temperature": 0.5}, **few)
add("ntXent", d.embeddings(True), {"embeddings": REAL}, {"normalize": True}, **few)

# Pairs, cosines and views

COSINE = (-1, 1)
fewer = dict(typical=6, extreme=8, alone=True)
fewest = dict(typical=4, extreme=4, alone=True)
distances = d.elementwise(d.pair_distance)
add("pairContrastive", lambda *given: dict(zip(("labels", "distances"), distances(*given).values())),
    {"labels": SHARE, "distances": POSITIVE}, {}, {"margin": 0.25}, **lean)
add("cosFace", d.cosines_of_label, {"cosines": COSINE}, {}, {"scale": 4}, **lean)
add("arcFace", d.cosines_of_label, {"cosines": COSINE}, {}, {"scale": 4}, {"margin": 2.5, "scale": 4}, **lean)
add("proxyAnchor", d.cosines_of_batch, {"cosines": COSINE}, {}, {"scale": 4}, **fewer)
add("clip", d.views("images", "texts"), {"images": REAL, "texts": REAL}, {"temperature": 0.5}, {"normalize": True},
    **fewest)
add("sigLip", d.views("images", "texts"), {"images": REAL, "texts": REAL}, {}, {"normalize": True}, **fewest)
add("infoNce", d.views("queries", "keys"), {"queries": REAL, "keys": REAL}, {}, {"temperature": 0.5, "distance": "dot"},
    **fewest)
add("barlowTwins", d.views("a", "b"), {"a": REAL, "b": REAL}, {}, **fewest)
add("vicReg", d.views("a", "b"), {"a": REAL, "b": REAL}, {}, **fewest)
add("contrastive", d.embeddings(None), {"embeddings": REAL}, {}, {"distance": "cosine", "positiveMargin": 1}, **fewer)
add("supervisedContrastive", d.embeddings(True), {"embeddings": REAL}, {"temperature": 0.5}, **fewer)
add("multiSimilarity", d.embeddings(True), {"embeddings": REAL}, {"beta": 5}, **fewer)
add("nPairs", d.embeddings(None), {"embeddings": REAL}, {}, **fewer)
add("nca", d.embeddings(None), {"embeddings": REAL}, {}, {"distance": "cosine", "scale": 4}, **fewer)
add("marginLoss", d.embeddings(None), {"embeddings": REAL}, {}, {"distance": "cosine", "beta": 0.5}, **fewer)
for loss in ("liftedStructure", "generalizedLiftedStructure"):
    add(loss, d.embeddings(None), {"embeddings": REAL}, {}, {"distance": "cosine", "positiveMargin": 0.75}, **fewer)
add("angular", d.embeddings(True), {"embeddings": REAL}, {}, {"alpha": 20}, **fewer)
add("tupletMargin", d.embeddings(True), {"embeddings": REAL}, {}, {"scale": 4}, **fewer)
add("softTriple", d.centers_of_label, {"similarities": COSINE}, {}, {"scale": 4, "gamma": 0.5}, **lean)
add("center", d.centers, {"embeddings": REAL, "centers": REAL}, **fewer)
add("triplet", d.embeddings(None), {"embeddings": REAL}, {}, {"mining": "batchHard"}, **fewer)
