"""PyTorch on the CPU, in float64."""

import math

import numpy as np

from goldens import (
    Goldens, between_0_and_1, binary, distributions, integers, logits, one_hot, rounded, signs,
    torch_engine, weights,
)

EMPTY = "PyTorch divides 0 by 0 where every label is ignored"
ELEMENTS = "PyTorch's 'mean' divides by the number of elements, classes included"
OVERFLOWS = "PyTorch's log(1 + e^(-y·x)) overflows"
LENGTH_BELOW_EPS = "PyTorch differentiates a length also where eps stands in for it"
CLAMPS_LOG = "PyTorch bounds the logarithm by -100 and the gradient's p(1 - p) by 1e-12"
REDUCTIONS = {"none": "none", "mean": "mean", "sum": "sum"}

evaluate = torch_engine({})


def goldens_of_torch():
    """What most modules need: a case, one by its reduction, and one that is weighed by hand."""
    golden = Goldens("torch", evaluate, ["torch"], note="CPU, float64")

    def one(name, call, loss, options={}, reduction="none", **rest):
        """Fills in `reduction` at the end of a call."""
        golden(f"{loss} {name}", f"{call[:-1]}, reduction={reduction!r})", loss,
               {**options, "reduction": REDUCTIONS[reduction]}, **rest)

    def weighed(name, call, loss, options, shape, count, **rest):
        """PyTorch has no weights for these: as its users write them."""
        golden(f"{loss} {name} weights {list(shape)}, average",
               f"({call[:-1]}, reduction='none') * weights).sum() / weights.expand({count}).sum()",
               loss, {**options, "weights": weights(*shape), "reduction": "weightedMean"}, **rest)

    return golden, one, weighed


def make():
    golden = Goldens("torch", evaluate, ["torch"], note="CPU, float64")

    def one(name, call, loss, options={}, reduction="mean", ours=None, more={}, **rest):
        """Fills in `reduction` at the end of a call."""
        call = f"{call[:-1]}, reduction={reduction!r})"
        golden(name, call, loss, {**options, **more, "reduction": ours or REDUCTIONS[reduction]},
               **rest)

    # Regression. No label equals its prediction but where a case says so.
    y, x = logits(3, 4, seed=1), logits(3, 4, seed=2) + 1 / 32
    same = x.copy()
    same[0] = y[0]
    for name, function, loss, arguments, options in [
        ("meanSquaredError", "F.mse_loss", "meanSquaredError", "", {}),
        ("meanAbsoluteError", "F.l1_loss", "meanAbsoluteError", "", {}),
        ("huber", "F.huber_loss", "huber", "", {}),
        ("huber delta=0.5", "F.huber_loss", "huber", ", delta=0.5", {"delta": 0.5}),
        ("huber delta=3", "F.huber_loss", "huber", ", delta=3.0", {"delta": 3}),
    ]:
        for reduction in REDUCTIONS:
            one(f"{name} {reduction}", f"{function}(predictions, labels{arguments})", loss,
                options, reduction, labels=y, predictions=x)
            # The weighted mean of huber_loss divides by the count, that of the others by Σw.
            ours = "weightedMean" if reduction == "mean" and loss != "huber" else None
            for kind, some in [("weights", weights(3, 4)),
                               ("some weights 0", weights(3, 4) * binary(3, 4, seed=3))]:
                one(f"{name} {kind} {reduction}",
                    f"{function}(predictions, labels, weight=weights{arguments})", loss,
                    options, reduction, ours, {"weights": some}, labels=y, predictions=x)
        one(f"{name} some errors 0", f"{function}(predictions, labels{arguments})", loss,
            options, "none", labels=y, predictions=same)
        one(f"{name} [2,3,2]", f"{function}(predictions, labels{arguments})", loss,
            options, "mean", labels=logits(2, 3, 2, seed=4), predictions=logits(2, 3, 2, seed=5))
    one("huber error = delta", "F.huber_loss(predictions, labels, delta=2.0)", "huber",
        {"delta": 2}, "none", labels=np.zeros((1, 4)), predictions=[[2.0, -2.0, 2.5, 1.5]])
    one("meanSquaredError all weights 0", "F.mse_loss(predictions, labels, weight=weights)",
        "meanSquaredError", {}, "mean", "weightedMean", {"weights": np.zeros((3, 4))},
        departs="PyTorch divides 0 by 0 where all weights are 0", labels=y, predictions=x)

    # Cross-entropy with integer labels
    sparse = "sparseCategoricalCrossentropy"
    class_weights = np.array([0.5, 2, 1.25, 0.25])
    x = logits(5, 4, seed=11)
    classes = integers(4, 5, seed=12)
    some = np.array([0, -100, 3, -100, 1])
    for weighted in ("", ", weight=class_weights"):
        weigh = {"classWeights": class_weights} if weighted else {}
        title = " classWeights" if weighted else ""
        for smoothing in ("", ", label_smoothing=0.1"):
            smooth = {"labelSmoothing": 0.1} if smoothing else {}
            for reduction in REDUCTIONS:
                ours = "weightedMean" if weighted and reduction == "mean" else None
                call = f"F.cross_entropy(predictions, labels{weighted}{smoothing})"
                options = {"fromLogits": True, **weigh, **smooth}
                suffix = title + (" smoothing" if smoothing else "") + f" {reduction}"
                one(f"{sparse}{suffix}", call, sparse, options, reduction, ours,
                    labels=classes, predictions=x)
                one(f"{sparse} ignore_index{suffix}", call, sparse,
                    {**options, "ignoreIndex": -100}, reduction, ours,
                    labels=some, predictions=x)
        # Further axes: the class axis is 1
        for reduction in REDUCTIONS:
            ours = "weightedMean" if weighted and reduction == "mean" else None
            one(f"{sparse} [2,4,3] axis=1{title} {reduction}",
                f"F.cross_entropy(predictions, labels{weighted}, ignore_index=2)", sparse,
                {"fromLogits": True, "axis": 1, "ignoreIndex": 2, **weigh}, reduction, ours,
                labels=integers(4, 2, 3, seed=13), predictions=logits(2, 4, 3, seed=14))
    one(f"{sparse} [1,3,2,2] axis=1",
        "F.cross_entropy(predictions, labels, weight=class_weights, label_smoothing=0.25)", sparse,
        {"fromLogits": True, "axis": 1, "labelSmoothing": 0.25, "classWeights": [1, 0.5, 2]},
        "mean", "weightedMean",
        labels=integers(3, 1, 2, 2, seed=15), predictions=logits(1, 3, 2, 2, seed=16))
    one(f"{sparse} a class weight 0", "F.cross_entropy(predictions, labels, weight=class_weights)",
        sparse, {"fromLogits": True, "classWeights": [0, 1, 2, 1]}, "mean", "weightedMean",
        labels=classes, predictions=x)
    for reduction in REDUCTIONS:
        one(f"{sparse} all ignored {reduction}", "F.cross_entropy(predictions, labels)", sparse,
            {"fromLogits": True, "ignoreIndex": -100}, reduction,
            departs=EMPTY if reduction == "mean" else None,
            labels=np.full(5, -100), predictions=x)
    one(f"{sparse} all ignored classWeights",
        "F.cross_entropy(predictions, labels, weight=class_weights)", sparse,
        {"fromLogits": True, "ignoreIndex": -100, "classWeights": class_weights}, "mean",
        "weightedMean", departs=EMPTY, labels=np.full(5, -100), predictions=x)
    extreme = rounded([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, 1e4], [88, -88, 0], [88, -88, 0],
                       [1e-8, -1e-8, 0], [60, 0, 0], [0, 60, 0], [-1e4, -1e4, -1e4 - 1]])
    extreme_classes = np.array([0, 1, 2, 0, 1, 0, 0, 0, 2])
    one(f"{sparse} logits extreme", "F.cross_entropy(predictions, labels)", sparse,
        {"fromLogits": True}, "none", labels=extreme_classes, predictions=extreme)
    one(f"{sparse} -Infinity where the label is 0", "F.cross_entropy(predictions, labels)", sparse,
        {"fromLogits": True}, "none", labels=np.array([0, 2]),
        predictions=[[1.0, -math.inf, 2.0], [-math.inf, -math.inf, 3.0]])
    one(f"{sparse} single class", "F.cross_entropy(predictions, labels)", sparse,
        {"fromLogits": True}, "none", labels=np.array([0, 0]), predictions=[[3.0], [-2.0]])
    one(f"{sparse} 1000 classes", "F.cross_entropy(predictions, labels, label_smoothing=0.1)",
        sparse, {"fromLogits": True, "labelSmoothing": 0.1}, "mean",
        labels=np.array([731]), predictions=logits(1, 1000, seed=17, scale=2))

    # Cross-entropy with probabilities as labels
    dense = "categoricalCrossentropy"
    soft = distributions(5, 4, seed=18, zeros=True)
    for weighted in ("", ", weight=class_weights"):
        weigh = {"classWeights": class_weights} if weighted else {}
        title = " classWeights" if weighted else ""
        for smoothing in ("", ", label_smoothing=0.1"):
            smooth = {"labelSmoothing": 0.1} if smoothing else {}
            suffix = title + (" smoothing" if smoothing else "")
            for reduction in REDUCTIONS:
                one(f"{dense}{suffix} {reduction}",
                    f"F.cross_entropy(predictions, labels{weighted}{smoothing})", dense,
                    {"fromLogits": True, **weigh, **smooth}, reduction,
                    labels=soft, predictions=x)
            one(f"{dense}{suffix} labels that do not sum to 1",
                f"F.cross_entropy(predictions, labels{weighted}{smoothing})", dense,
                {"fromLogits": True, **weigh, **smooth}, "none",
                labels=between_0_and_1(5, 4, seed=19), predictions=x)
            one(f"{dense} [2,4,3] axis=1{suffix}",
                f"F.cross_entropy(predictions, labels{weighted}{smoothing})", dense,
                {"fromLogits": True, "axis": 1, **weigh, **smooth}, "mean",
                labels=distributions(2, 3, 4, seed=20, axis=1),
                predictions=logits(2, 4, 3, seed=21))
    one(f"{dense} logits extreme", "F.cross_entropy(predictions, labels)", dense,
        {"fromLogits": True}, "none", labels=one_hot(extreme_classes, 3), predictions=extreme)

    # Negative log-likelihood
    nll = "negativeLogLikelihood"
    logs = rounded(np.log(distributions(5, 4, seed=22)))
    for weighted in ("", ", weight=class_weights"):
        weigh = {"classWeights": class_weights} if weighted else {}
        title = " classWeights" if weighted else ""
        for reduction in REDUCTIONS:
            ours = "weightedMean" if weighted and reduction == "mean" else None
            one(f"{nll}{title} {reduction}", f"F.nll_loss(predictions, labels{weighted})", nll,
                weigh, reduction, ours, labels=classes, predictions=logs)
            one(f"{nll} ignore_index{title} {reduction}",
                f"F.nll_loss(predictions, labels{weighted}, ignore_index=1)", nll,
                {"ignoreIndex": 1, **weigh}, reduction, ours,
                labels=np.array([0, 1, 3, 1, 2]), predictions=logs)
        one(f"{nll} [2,4,3] axis=1{title}", f"F.nll_loss(predictions, labels{weighted})", nll,
            {"axis": 1, **weigh}, "none",
            labels=integers(4, 2, 3, seed=13), predictions=-between_0_and_1(2, 4, 3, seed=14))
    one(f"{nll} all ignored", "F.nll_loss(predictions, labels, ignore_index=-1)", nll,
        {"ignoreIndex": -1}, "mean", departs=EMPTY, labels=np.full(5, -1), predictions=logs)

    # Binary cross-entropy
    bce = "binaryCrossentropy"
    p, x = between_0_and_1(3, 4, seed=31), logits(3, 4, seed=32)
    pos_weight = np.array([0.5, 2, 3, 1])
    both = ["labels", "predictions"]  # PyTorch does not differentiate by these weights
    for labels, kind in [(binary(3, 4, seed=33), ""),
                         (between_0_and_1(3, 4, seed=34), " soft labels")]:
        for reduction in REDUCTIONS:
            one(f"{bce}{kind} {reduction}", "F.binary_cross_entropy(predictions, labels)", bce,
                {}, reduction, labels=labels, predictions=p)
            one(f"{bce}{kind} weights {reduction}",
                "F.binary_cross_entropy(predictions, labels, weight=weights)", bce,
                {"weights": weights(3, 4)}, reduction, wrt=both,
                labels=labels, predictions=p)
            call = "F.binary_cross_entropy_with_logits(predictions, labels"
            one(f"{bce} logits{kind} {reduction}", f"{call})", bce, {"fromLogits": True},
                reduction, labels=labels, predictions=x)
            one(f"{bce} logits{kind} weights {reduction}", f"{call}, weight=weights)", bce,
                {"fromLogits": True, "weights": weights(3, 4)}, reduction, wrt=both,
                labels=labels, predictions=x)
            one(f"{bce} logits{kind} pos_weight {reduction}", f"{call}, pos_weight=pos_weight)",
                bce, {"fromLogits": True, "posWeight": 3}, reduction,
                labels=labels, predictions=x)
            one(f"{bce} logits{kind} pos_weight [4], weights {reduction}",
                f"{call}, pos_weight=pos_weight, weight=weights)", bce,
                {"fromLogits": True, "posWeight": pos_weight, "weights": weights(3, 4)},
                reduction, wrt=both, labels=labels, predictions=x)
    for shape in [(3, 1), (1, 4), ()]:
        one(f"{bce} logits weights {list(shape)}",
            "F.binary_cross_entropy_with_logits(predictions, labels, weight=weights)", bce,
            {"fromLogits": True, "weights": weights(*shape)}, "mean", wrt=both,
            labels=binary(3, 4, seed=33), predictions=x)
    one(f"{bce} probabilities 0 and 1", "F.binary_cross_entropy(predictions, labels)", bce,
        {}, "none", wrt=["predictions"], departs=CLAMPS_LOG,
        labels=[[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]],
        predictions=[[0.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
    one(f"{bce} logits extreme", "F.binary_cross_entropy_with_logits(predictions, labels)", bce,
        {"fromLogits": True}, "none",
        labels=[[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 0.0]],
        predictions=rounded([[1e4, 1e4], [-1e4, -1e4], [88, 88], [-88, -88], [1e4, -1e4],
                             [1e-8, -1e-8]]))

    # Kullback-Leibler divergence: ours sums over classes before anything else
    kl = "klDivergence"
    log_q = rounded(np.log(distributions(3, 4, seed=41)))
    q_logs = {"predictionFormat": "logProbabilities", "epsilon": None}
    both_logs = {**q_logs, "labelFormat": "logProbabilities"}
    p, log_p = distributions(3, 4, seed=42), rounded(np.log(distributions(3, 4, seed=42)))
    for reduction, ours in [("batchmean", "mean"), ("sum", "sum"), ("mean", "mean")]:
        departs = ELEMENTS if reduction == "mean" else None
        one(f"{kl} {reduction}", "F.kl_div(predictions, labels)", kl, q_logs, reduction, ours,
            departs=departs, labels=p, predictions=log_q)
        one(f"{kl} log_target {reduction}", "F.kl_div(predictions, labels, log_target=True)", kl,
            both_logs, reduction, ours, departs=departs, labels=log_p, predictions=log_q)
    golden(f"{kl} none, summed over classes",
           "F.kl_div(predictions, labels, reduction='none').sum(-1)", kl,
           {**q_logs, "reduction": "none"}, labels=p, predictions=log_q)
    golden(f"{kl} log_target none, summed over classes",
           "F.kl_div(predictions, labels, reduction='none', log_target=True).sum(-1)", kl,
           {**both_logs, "reduction": "none"}, labels=log_p, predictions=log_q)
    golden(f"{kl} [2,3,4] none, summed over classes",
           "F.kl_div(predictions, labels, reduction='none').sum(-1)", kl,
           {**q_logs, "reduction": "none"}, labels=distributions(2, 3, 4, seed=43),
           predictions=rounded(np.log(distributions(2, 3, 4, seed=44))))
    golden(f"{kl} from logits",
           "F.kl_div(F.log_softmax(predictions, -1), F.log_softmax(labels, -1),"
           " reduction='batchmean', log_target=True)", kl,
           {"predictionFormat": "logits", "labelFormat": "logits", "reduction": "mean"},
           labels=logits(3, 4, seed=45), predictions=logits(3, 4, seed=46))
    golden(f"{kl} from logits temperature=2",
           "F.kl_div(F.log_softmax(predictions / 2, -1), F.log_softmax(labels / 2, -1),"
           " reduction='batchmean', log_target=True)", kl,
           {"predictionFormat": "logits", "labelFormat": "logits", "temperature": 2,
            "reduction": "mean"},
           labels=logits(3, 4, seed=45), predictions=logits(3, 4, seed=46))
    one(f"{kl} labels 0", "F.kl_div(predictions, labels)", kl, q_logs, "batchmean", "mean",
        wrt=["predictions"], labels=distributions(3, 4, seed=47, zeros=True), predictions=log_q)
    one(f"{kl} labels 0, their gradient", "F.kl_div(predictions, labels)", kl, q_logs,
        "batchmean", "mean", departs="PyTorch's gradient of y·log y is NaN at y = 0",
        labels=distributions(3, 4, seed=47, zeros=True), predictions=log_q)

    # Entropy and Gaussians, from torch.distributions
    golden("entropy", "torch.distributions.Categorical(probs=probabilities).entropy()", "entropy",
           {"reduction": "none"}, value_only=True, probabilities=distributions(3, 4, seed=51))
    golden("entropy from logits", "torch.distributions.Categorical(logits=probabilities).entropy()",
           "entropy", {"fromLogits": True, "reduction": "none"},
           probabilities=logits(3, 4, seed=52))
    golden("entropy in bits",
           "torch.distributions.Categorical(probs=probabilities).entropy() / math.log(2)",
           "entropy", {"base": 2, "reduction": "none"}, value_only=True,
           probabilities=distributions(2, 3, 4, seed=53))

    def normal(mean, deviation):
        return {"distribution": "normal", "mean": mean, "standardDeviation": deviation}

    def text(density):
        return f"torch.distributions.Normal(*torch.tensor([{density['mean']}, " \
               f"{density['standardDeviation']}], dtype=torch.float64))"

    for base in (None, 2):
        options = {"base": base} if base else {}
        unit = f" / math.log({base})" if base else ""
        for p in [normal(0.0, 1.0), normal(-1.5, 0.25), normal(2.0, 8.0)]:
            call = f"{text(p)}.entropy(){unit}"
            name = f"differentialEntropy normal({p['mean']}, {p['standardDeviation']})"
            golden.scalar(name + (f" base {base}" if base else ""), call, "differentialEntropy",
                          options, {"density": p, "domain": ["-Infinity", "Infinity"]},
                          evaluate(call, {}, [])[0])
        for p, q in [(normal(0.0, 1.0), normal(0.0, 1.0)), (normal(0.0, 1.0), normal(1.0, 2.0)),
                     (normal(1.0, 2.0), normal(0.0, 1.0)), (normal(-2.0, 0.5), normal(0.5, 1.5))]:
            call = f"torch.distributions.kl_divergence({text(p)}, {text(q)}){unit}"
            name = "continuousKlDivergence " + " from ".join(
                f"normal({d['mean']}, {d['standardDeviation']})" for d in (p, q))
            golden.scalar(name + (f" base {base}" if base else ""), call,
                          "continuousKlDivergence", options,
                          {"p": p, "q": q, "domain": ["-Infinity", "Infinity"]},
                          evaluate(call, {}, [])[0])

    # Cosine distance: that of a pair labelled 1
    one("cosineDistance", "F.cosine_embedding_loss(predictions, labels, torch.ones(4))",
        "cosineDistance", {}, "none", tolerance=1e-9,
        labels=logits(4, 5, seed=61), predictions=logits(4, 5, seed=62))
    one("cosineDistance mean", "F.cosine_embedding_loss(predictions, labels, torch.ones(4))",
        "cosineDistance", {}, "mean", tolerance=1e-9,
        labels=logits(4, 5, seed=61), predictions=logits(4, 5, seed=62))
    cosine = "-F.cosine_similarity(predictions, labels, dim=-1, eps=1e-7)"
    golden("cosineSimilarity", cosine, "cosineSimilarity", {"reduction": "none"},
           labels=logits(4, 5, seed=61), predictions=logits(4, 5, seed=62))
    golden("cosineSimilarity [2,3,4] dim=1, mean",
           "-F.cosine_similarity(predictions, labels, dim=1, eps=1e-7).mean()",
           "cosineSimilarity", {"axis": 1, "reduction": "mean"},
           labels=logits(2, 3, 4, seed=63), predictions=logits(2, 3, 4, seed=64))
    golden("cosineSimilarity shorter than eps",
           "-F.cosine_similarity(predictions, labels, dim=-1, eps=2**-10)", "cosineSimilarity",
           {"epsilon": 2**-10, "reduction": "none"}, departs=LENGTH_BELOW_EPS,
           labels=[[3.0, 4.0]], predictions=[[2**-12, -(2**-13)]])

    # Smooth L1
    y, x = logits(3, 4, seed=71), logits(3, 4, seed=72) + 1 / 32
    for beta in (1, 0.25, 3):
        arguments = "" if beta == 1 else f", beta={beta}"
        options = {} if beta == 1 else {"beta": beta}
        for reduction in REDUCTIONS:
            one(f"smoothL1 beta={beta} {reduction}",
                f"F.smooth_l1_loss(predictions, labels{arguments})", "smoothL1", options,
                reduction, labels=y, predictions=x)
    one("smoothL1 error 0 and error = beta", "F.smooth_l1_loss(predictions, labels, beta=2.0)",
        "smoothL1", {"beta": 2}, "none", labels=np.zeros((1, 5)),
        predictions=[[0.0, 2.0, -2.0, 2.5, 1.5]])
    one("smoothL1 beta=0", "F.smooth_l1_loss(predictions, labels, beta=0.0)", "smoothL1",
        {"beta": 0}, "none", labels=[[0.0, 1.0, -2.0]], predictions=[[0.0, 3.0, -2.25]])

    # Losses of labels -1 and 1, by which PyTorch does not differentiate
    y, x = signs(3, 4, seed=81), logits(3, 4, seed=82) + 1 / 64
    of_x = ["predictions"]
    for reduction in REDUCTIONS:
        one(f"softMargin {reduction}", "F.soft_margin_loss(predictions, labels)", "softMargin", {},
            reduction, wrt=of_x, labels=y, predictions=x)
        for margin in (1, 2.5):
            arguments = "" if margin == 1 else f", margin={margin}"
            one(f"hingeEmbedding margin={margin} {reduction}",
                f"F.hinge_embedding_loss(predictions, labels{arguments})", "hingeEmbedding",
                {"labels": "signed"} if margin == 1 else {"labels": "signed", "margin": margin},
                reduction, wrt=of_x, labels=y, predictions=x)
    one("softMargin labels all 1", "F.soft_margin_loss(predictions, labels)", "softMargin",
        {"labels": "signed"}, "none", wrt=of_x, labels=np.ones((2, 3)),
        predictions=logits(2, 3, seed=83))
    one("softMargin [2,3,2]", "F.soft_margin_loss(predictions, labels)", "softMargin", {}, "none",
        wrt=of_x, labels=signs(2, 3, 2, seed=84), predictions=logits(2, 3, 2, seed=85))
    one("softMargin far", "F.soft_margin_loss(predictions, labels)", "softMargin", {}, "none",
        wrt=of_x, labels=[[1.0, -1.0, 1.0, -1.0, 1.0]],
        predictions=rounded([[88, 88, -88, -88, 1e-8]]))
    one("softMargin extreme", "F.soft_margin_loss(predictions, labels)", "softMargin", {}, "none",
        wrt=of_x, departs=OVERFLOWS, labels=[[1.0, -1.0, 1.0]], predictions=[[-1e4, 1e4, 1e4]])
    one("hingeEmbedding labels all 1", "F.hinge_embedding_loss(predictions, labels)",
        "hingeEmbedding", {"labels": "signed"}, "none", wrt=of_x, labels=np.ones((2, 3)),
        predictions=logits(2, 3, seed=83))
    one("hingeEmbedding [2,3,2]", "F.hinge_embedding_loss(predictions, labels)",
        "hingeEmbedding", {"labels": "signed"}, "mean", wrt=of_x,
        labels=signs(2, 3, 2, seed=84), predictions=logits(2, 3, 2, seed=85) + 1 / 64)
    one("hingeEmbedding at its kink", "F.hinge_embedding_loss(predictions, labels)",
        "hingeEmbedding", {"labels": "signed"}, "none", wrt=of_x,
        labels=[[-1.0, 1.0, -1.0]], predictions=[[1.0, 1.0, 1.25]])
    return golden
