"""scikit-learn's metrics. They are averaged, and have no gradients."""

import numpy as np
import sklearn.metrics
from sklearn._loss.loss import ExponentialLoss

from goldens import Goldens, binary, distributions, integers, logits, one_hot, weights

LIBRARY = {"metrics": sklearn.metrics, "ExponentialLoss": ExponentialLoss, "np": np}


def evaluate(call, variables, wrt):
    assert not wrt, "scikit-learn has no gradients"
    return np.asarray(eval(call, LIBRARY, variables), dtype=np.float64), {}


def make():
    golden = Goldens("sklearn", evaluate, ["scikit-learn", "numpy"])

    def means(name, call, loss, options, batch, **inputs):
        """The mean, bare and weighted."""
        golden(name, f"metrics.{call}", loss, {**options, "reduction": "mean"},
               value_only=True, **inputs)
        golden(f"{name} weights", f"metrics.{call[:-1]}, sample_weight=weights)", loss,
               {**options, "weights": weights(batch), "reduction": "weightedMean"},
               value_only=True, **inputs)

    y, x = logits(8, seed=1), logits(8, seed=2) + 1 / 32
    for alpha in (0.5, 0.125, 0.9):
        argument, options = (f", alpha={alpha}", {"quantile": alpha}) if alpha != 0.5 else ("", {})
        means(f"quantile {alpha}", f"mean_pinball_loss(labels, predictions{argument})",
              "quantile", options, 8, labels=y, predictions=x)
    means("quantile 0.75 [4,3]", "mean_pinball_loss(labels, predictions, alpha=0.75)",
          "quantile", {"quantile": 0.75}, 4,
          labels=logits(4, 3, seed=3), predictions=logits(4, 3, seed=4) + 1 / 32)
    means("brier", "brier_score_loss(labels, predictions, scale_by_half=False)", "brier", {}, 5,
          labels=one_hot(np.array([0, 2, 1, 2, 0]), 3), predictions=distributions(5, 3, seed=5))
    means("brier two classes", "brier_score_loss(labels, predictions, scale_by_half=False)",
          "brier", {}, 4, labels=one_hot(np.array([0, 1, 1, 0]), 2),
          predictions=distributions(4, 2, seed=6))
    means("multiclassHinge", "hinge_loss(labels, predictions, labels=np.arange(4))",
          "multiclassHinge", {}, 6, labels=integers(4, 6, seed=7),
          predictions=logits(6, 4, seed=8))
    golden("exponential", "ExponentialLoss().loss(labels, predictions)", "exponential",
           {"reduction": "none"}, value_only=True, labels=binary(8, seed=9),
           predictions=logits(8, seed=10))
    return golden
