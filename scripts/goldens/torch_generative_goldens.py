"""Gaussians of torch.distributions, and the formulas of TF-GAN, which imports an older TensorFlow, in PyTorch."""

import numpy as np

from goldens import Goldens, logits, rounded, torch_engine, weights

KL = ("torch.distributions.kl_divergence(torch.distributions.Normal(mean, torch.exp(logVariance / 2)), "
      "torch.distributions.Normal({}, {})).sum(-1)")
STANDARD = "torch.zeros(()), torch.ones(())"

REAL = {
    "minimax": "F.binary_cross_entropy_with_logits(real, torch.full_like(real, 1 - {0}), reduction='none')",
    "leastSquares": "0.5 * (real - (1 - {0})) ** 2",
    "hinge": "F.relu(1 - real)",
    "wasserstein": "-real",
}
FAKE = {
    "minimax": "F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake), reduction='none')",
    "leastSquares": "0.5 * fake ** 2",
    "hinge": "F.relu(1 + fake)",
    "wasserstein": "fake",
}
GENERATOR = {
    "nonSaturating": "F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake), reduction='none')",
    "minimax": "-F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake), reduction='none')",
    "leastSquares": "0.5 * (fake - 1) ** 2",
    "hinge": "-fake",
    "wasserstein": "-fake",
}


def make():
    golden = Goldens("torch", torch_engine({}), ["torch"], note="CPU, float64")

    def one(title, call, loss, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, **rest)

    latents = {"mean": logits(4, 3, seed=1) / 2, "logVariance": logits(4, 3, seed=2) / 2}
    standard = KL.format("torch.zeros((), dtype=torch.float64)", "torch.ones((), dtype=torch.float64)")
    one("standard prior", standard, "gaussianKl", **latents)
    one("mean", f"{standard}.mean()", "gaussianKl", {}, "mean", **latents)
    one("weights", f"(weights * {standard}).sum()", "gaussianKl", {"weights": weights(4)}, "sum", **latents)
    given = KL.format("priorMean", "torch.exp(priorLogVariance / 2)")
    every = ["mean", "logVariance", "priorMean", "priorLogVariance"]
    one("prior of numbers", given, "gaussianKl", {"priorMean": 0.5, "priorLogVariance": -1.5}, **latents)
    one("prior of each entry", given, "gaussianKl", {"priorMean": [0.5, -1, 0.25],
        "priorLogVariance": [0.5, 0, -2]}, wrt=every, **latents)
    one("prior of each example", given, "gaussianKl", {"priorMean": logits(4, 3, seed=3) / 4,
        "priorLogVariance": logits(4, 1, seed=4) / 4}, wrt=every, **latents)
    one("the prior itself", standard, "gaussianKl", mean=np.zeros((2, 3)), logVariance=np.zeros((2, 3)))
    one("one entry", standard, "gaussianKl", mean=[[2.0]], logVariance=[[-1.0]])
    one("extreme", standard, "gaussianKl", tolerance=1e-8, mean=rounded([[1e4, 0, 0], [0, 1e-4, 0]]),
        logVariance=rounded([[0, -88, 40], [1e-4, 0, -100]]))

    scores = {"real": logits(6, seed=5), "fake": logits(6, seed=6)}
    far = {"real": rounded([1e4, -1e4, 88, -88, 0]), "fake": rounded([-1e4, 1e4, -88, 88, 0])}
    for objective in REAL:
        call = f"{REAL[objective]} + {FAKE[objective]}"
        option = {} if objective == "minimax" else {"objective": objective}
        one(objective, call.format("0."), "ganDiscriminator", option, **scores)
        one(f"{objective} far out", call.format("0."), "ganDiscriminator", option, **far)
        if objective in ("minimax", "leastSquares"):
            one(f"{objective} labelSmoothing", call.format(0.25), "ganDiscriminator",
                {**option, "labelSmoothing": 0.25}, **scores)
            one(f"{objective} labelSmoothing far out", call.format(0.25), "ganDiscriminator",
                {**option, "labelSmoothing": 0.25}, **far)
    for objective, call in GENERATOR.items():
        option = {} if objective == "nonSaturating" else {"objective": objective}
        one(objective, call, "ganGenerator", option, fake=scores["fake"])
        one(f"{objective} far out", call, "ganGenerator", option, fake=far["fake"])
        one(f"{objective} mean", f"({call}).mean()", "ganGenerator", option, "mean", fake=logits(2, 3, seed=7))
    return golden
