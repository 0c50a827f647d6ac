"""scoringrules: continuous ranked probability scores, with the gradients of PyTorch."""

from functools import partial

import scoringrules

from goldens import Goldens, between_0_and_1, logits, rounded, torch_engine, weights

OF_CONSTANTS = 1e-6  # what its constants keep, which are float32 for PyTorch
OF_DIFFERENCES = 1e-8  # what is left of differences from a member of 1e8
NO_BOUND = "scoringrules has no lower bound of a standard deviation"


def make():
    scoringrules.register_backend("torch")
    golden = Goldens("scoringrules", torch_engine({"scoringrules": scoringrules}),
                     ["scoringrules", "torch"], note="CPU, float64")

    def one(title, call, loss, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, **rest)

    gaussian(partial(one, tolerance=OF_CONSTANTS))
    ensemble(one)
    return golden


def gaussian(one):
    loss, text = "crpsGaussian", "scoringrules.crps_normal(labels, mean, {}, backend='torch')"
    call = text.format("standardDeviation")
    data = dict(labels=logits(3, 4, seed=1), mean=logits(3, 4, seed=2) / 2 + 1 / 64,
                standardDeviation=4 * between_0_and_1(3, 4, seed=3))
    one("none", call, loss, **data)
    one("mean", f"{call}.mean()", loss, {}, "mean", **data)
    one("weights, average", f"({call} * weights).sum() / weights.expand(3, 4).sum()", loss,
        {"weights": weights(3, 1)}, "weightedMean", **data)
    one("standardDeviation [3]", text.format("standardDeviation[:, None]"), loss,
        **{**data, "standardDeviation": data["standardDeviation"][:, 0]})
    one("standardDeviation a scalar", call, loss, labels=data["labels"][0], mean=data["mean"][0],
        standardDeviation=0.75)
    one("no error", call, loss, labels=[1.0, -2.0], mean=[1.0, -2.0], standardDeviation=[0.5, 2.0])
    one("far", call, loss, labels=rounded([1e4, -1e4, 88, 0, 5]), mean=rounded([-1e4, 88, 88, 1e-8, 5.001]),
        standardDeviation=rounded([1, 1e4, 1e-4, 1e30, 1e-3]))
    one("standardDeviation below epsilon", call, loss, departs=NO_BOUND, labels=[0.0], mean=[2.0**-24],
        standardDeviation=rounded([1e-8]))


def ensemble(one):
    loss = "crpsEnsemble"
    text = "scoringrules.crps_ensemble(labels, members, estimator='{}', backend='torch')"
    for fair, estimator in ((False, "nrg"), (True, "fair")):
        call, options = text.format(estimator), {"fair": fair}
        title = estimator
        data = dict(labels=logits(3, seed=4) + 1 / 32, members=logits(3, 5, seed=5))
        one(title, call, loss, options, **data)
        one(f"{title} mean", f"{call}.mean()", loss, options, "mean", **data)
        one(f"{title} weights, average", f"({call} * weights).sum() / weights.sum()", loss,
            {**options, "weights": weights(3)}, "weightedMean", **data)
        one(f"{title} [2,3]", call, loss, options, labels=logits(2, 3, seed=6) + 1 / 32,
            members=logits(2, 3, 4, seed=7))
        one(f"{title} one point", call, loss, options, labels=0.25, members=[1.0, -2, 0.5])
        one(f"{title} equal members", call, loss, options, labels=[0.25, -1], members=[[1.0, 1, 1], [0, 0, -2]])
        one(f"{title} a member is the label", call, loss, options, value_only=True, labels=[1.0, 2],
            members=[[1.0, 0, 2], [2, 2, 2]])
        one(f"{title} of every size", call, loss, options, tolerance=OF_DIFFERENCES,
            labels=rounded([0, 1e4, 88]), members=rounded([[1e4, -1e4, 1e-8], [1e4 + 1, -88, 1e-4], [88.5, 87, 1e8]]))
        one(f"{title} two members", call, loss, options, labels=[0.5, 3], members=[[0.0, 2], [1, 2]])
    one("one member", text.format("nrg"), loss, {}, labels=[0.5, -1], members=[[2.0], [-3]])
