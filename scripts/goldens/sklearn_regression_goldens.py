"""scikit-learn's deviances: averaged metrics without gradients, and half losses with them."""

import numpy as np
import sklearn.metrics
from sklearn._loss import loss as half

from goldens import Goldens, between_0_and_1, integers, logits, rounded, weights


def evaluate(call, variables, wrt):
    """The losses give their gradients by predictions themselves; constants have none."""
    names = {"metrics": sklearn.metrics, "half": half, "np": np}
    value = np.asarray(eval(call, names, variables), dtype=np.float64)
    if not wrt:
        return value, {}
    assert wrt == ["predictions"], "scikit-learn differentiates by predictions only"
    text = call.split(" + ")[0].replace(".loss(", ".gradient(")
    return value, {"predictions": eval(text, names, variables)}


def make():
    golden = Goldens("sklearn", evaluate, ["scikit-learn", "numpy"])

    def means(name, call, loss, options, **inputs):
        """The mean, bare and weighted."""
        golden(f"{name} mean", f"metrics.{call}", loss, {**options, "reduction": "mean"},
               value_only=True, **inputs)
        golden(f"{name} mean, weights", f"metrics.{call[:-1]}, sample_weight=weights)", loss,
               {**options, "weights": weights(8), "reduction": "weightedMean"},
               value_only=True, **inputs)

    def twice(name, half_loss, loss, options, constant=True, **inputs):
        """The deviance is twice the half loss with the constants that it leaves out."""
        call = f"2 * half.{half_loss}.loss(labels, predictions)"
        if constant:
            call += f" + 2 * half.{half_loss}.constant_to_optimal_zero(labels)"
        golden(name, call, loss, {**options, "reduction": "none"}, wrt=["predictions"], **inputs)

    y, m, x = 4 * between_0_and_1(8, seed=1), 4 * between_0_and_1(8, seed=2), logits(8, seed=3) / 2
    counts = integers(5, 8, seed=4).astype(float)
    real = logits(8, seed=5)
    positive, negative_too = dict(labels=y, predictions=m), dict(labels=real, predictions=m)
    zeros = dict(labels=counts, predictions=m)

    means("gammaDeviance", "mean_gamma_deviance(labels, predictions)", "gammaDeviance", {},
          **positive)
    twice("gammaDeviance logInput", "HalfGammaLoss()", "gammaDeviance", {"logInput": True},
          labels=y, predictions=x)
    twice("gammaDeviance logInput extreme", "HalfGammaLoss()", "gammaDeviance", {"logInput": True},
          labels=rounded([1e-6, 1e4, 1, 2, 0.5, 1e-3]),
          predictions=rounded([88, -60, 1e4, 1e-8, -1e-8, -6.5]))
    means("gammaDeviance far", "mean_gamma_deviance(labels, predictions)", "gammaDeviance", {},
          labels=rounded([1e-6, 1e4, 1, 88, 1e-3, 1, 2, 3]),
          predictions=rounded([1, 88, 1e4, 1e-4, 1e-3, 1, 2, 3]))

    metric = "mean_tweedie_deviance(labels, predictions, power={})"
    for power, data in [
        (-1.5, negative_too), (-1, negative_too), (0, dict(labels=real, predictions=x)),
        (1, zeros), (1.25, zeros), (1.5, zeros), (1.75, positive), (2, positive), (2.5, positive),
        (3, positive),
    ]:
        means(f"tweedieDeviance power={power}", metric.format(power), "tweedieDeviance",
              {"power": power} if power != 1.5 else {}, **data)
    for power, data, of_logs in [
        (-1.5, negative_too, real), (0, dict(labels=real, predictions=x), real), (0.5, zeros, counts),
        (1, zeros, counts), (1.5, zeros, counts), (2, positive, y), (2.5, positive, y),
        (3, positive, y),
    ]:
        options = {"power": power} if power != 1.5 else {}
        twice(f"tweedieDeviance power={power} none", f"HalfTweedieLossIdentity(power={power})",
              "tweedieDeviance", options, constant=False, **data)
        twice(f"tweedieDeviance power={power} logInput", f"HalfTweedieLoss(power={power})",
              "tweedieDeviance", {**options, "logInput": True}, labels=of_logs, predictions=x)
    twice("tweedieDeviance labels 0", "HalfTweedieLossIdentity(power=1.5)", "tweedieDeviance", {},
          constant=False, labels=np.zeros(4), predictions=rounded([1e-6, 1e-3, 1, 1e4]))
    means("tweedieDeviance power=1, the Poisson deviance",
          "mean_poisson_deviance(labels, predictions)", "tweedieDeviance", {"power": 1}, **zeros)

    golden("poisson logInput", "half.HalfPoissonLoss().loss(labels, predictions)", "poisson",
           {"logInput": True, "reduction": "none"}, wrt=["predictions"],
           labels=counts, predictions=x)
    golden("poisson logInput weights",
           "half.HalfPoissonLoss().loss(labels, predictions, sample_weight=weights)", "poisson",
           {"logInput": True, "weights": weights(8), "reduction": "none"}, value_only=True,
           labels=counts, predictions=x)
    return golden
