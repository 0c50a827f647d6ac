"""statsmodels: Cox's partial likelihood of a proportional hazards regression.

With one covariate for each example the parameters are the log-hazards themselves, and the score is
the gradient for them.
"""

import numpy as np
from statsmodels.duration.hazard_regression import PHReg

from goldens import Goldens, logits, rounded


def evaluate(call, variables, wrt):
    """The model gives its gradient itself, for the log-hazards only."""
    names = {"np": np, "PHReg": PHReg}
    model, hazards = eval(call.removeprefix("-").split(".loglike")[0], names, variables), variables["logHazards"]
    value = np.asarray(eval(call, names, variables), dtype=np.float64)
    assert wrt in ([], ["logHazards"]), "statsmodels differentiates by parameters only"
    return value, {name: -np.asarray(model.score(hazards)) for name in wrt}


def make():
    golden = Goldens("statsmodels", evaluate, ["statsmodels", "numpy"])
    call = "-PHReg(labels[:, 0], np.eye(len(labels)), status=labels[:, 1], ties={!r}).loglike(logHazards)"

    def both(name, labels, hazards):
        for ties in ("efron", "breslow"):
            golden(f"cox {name}, {ties}", call.format(ties), "cox", {"ties": ties, "reduction": "sum"},
                   wrt=["logHazards"], labels=labels, logHazards=hazards)

    random = np.random.RandomState(1)
    apart = np.stack([random.permutation(8) + 1.0, random.randint(0, 2, 8)], 1)
    tied = np.stack([random.randint(1, 5, 12) / 2.0, random.randint(0, 4, 12) > 0], 1).astype(float)
    both("without ties", apart, logits(8, seed=2) / 2)
    both("with ties", tied, logits(12, seed=3) / 2)
    both("all at one time", np.stack([np.ones(5), [1, 1, 0, 1, 1]], 1), logits(5, seed=4) / 2)
    both("equal hazards", tied, np.zeros(12))
    both("two examples", [[2.0, 1], [1, 1]], [0.5, -1.0])
    both("far apart", tied, rounded(20.0 * np.sign(logits(12, seed=5)) + logits(12, seed=6)))
    return golden
