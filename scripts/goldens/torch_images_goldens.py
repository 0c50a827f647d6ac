"""Formulas in PyTorch for what no library that installs has: the losses of VQ-VAE and of diffusion models as Keras's
example and the training scripts of diffusers have them, and the style loss of PyTorch's tutorial."""

import numpy as np

from goldens import Goldens, between_0_and_1, logits, rounded, torch_engine, weights

QUANTIZED = "(latents.detach() - codes) ** 2 + {} * (latents - codes.detach()) ** 2"
ERRORS = "((predictions - targets) ** 2).flatten(1).mean(1)"
# As `snr_gamma` and, with the unbounded ratio, `weighting_scheme` of the scripts.
RATIOS = {
    "noise": "/ signalToNoise",
    "sample": "",
    "velocity": "/ (signalToNoise + 1)",
}


def gram(features):
    """`gram_matrix` of the tutorial, for each image."""
    b, h, w, c = features.shape
    rows = features.movedim(-1, 1).reshape(b, c, h * w)
    return rows @ rows.mT / (c * h * w)


STYLE = "((gram(predictions) - gram(labels)) ** 2).mean((1, 2))"


def make():
    golden = Goldens("torch", torch_engine({"gram": gram}), ["torch"],
                     note="CPU, float64; gram is gram_matrix of the tutorial of neural style transfer")

    def one(title, call, loss, options={}, reduction="none", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, **rest)

    latents = {"latents": logits(3, 2, seed=1), "codes": logits(3, 2, seed=2)}
    one("default", QUANTIZED.format(0.25), "vectorQuantization", **latents)
    one("commitment", QUANTIZED.format(2.0), "vectorQuantization", {"commitment": 2}, **latents)
    one("without commitment", QUANTIZED.format(0.0), "vectorQuantization", {"commitment": 0}, **latents)
    one("codes of their own", QUANTIZED.format(0.25), "vectorQuantization", latents=latents["codes"],
        codes=latents["codes"])
    one("far out", QUANTIZED.format(0.25), "vectorQuantization", latents=rounded([1e4, -1e4, 0, 1e-8]),
        codes=rounded([-1e4, 1e4, 1e4, 0]))
    one("mean", f"({QUANTIZED.format(0.25)}).mean()", "vectorQuantization", {}, "mean", **latents)
    one("weights", f"weights * ({QUANTIZED.format(0.25)})", "vectorQuantization", {"weights": weights(3, 2)}, **latents)

    steps = rounded([0.01, 0.5, 4.5, 5, 100])
    noise = {"targets": logits(5, 2, 3, seed=3), "predictions": logits(5, 2, 3, seed=4), "signalToNoise": steps}
    by_errors = ["targets", "predictions"]
    for prediction, divided in RATIOS.items():
        option = {} if prediction == "noise" else {"prediction": prediction}
        for gamma in (5.0, 1.0):
            one(f"{prediction}, gamma {gamma:g}",
                f"{ERRORS} * torch.minimum(signalToNoise, torch.full_like(signalToNoise, {gamma})) {divided}",
                "diffusion", {**option, **({} if gamma == 5 else {"gamma": gamma})}, wrt=by_errors, **noise)
        one(f"{prediction}, snr", f"{ERRORS} * signalToNoise {divided}", "diffusion",
            {**option, "weighting": "snr"}, wrt=by_errors, **noise)
        one(f"{prediction}, none", ERRORS, "diffusion", {**option, "weighting": "none"}, wrt=by_errors, **noise)
    one("sample, only noise", f"{ERRORS} * signalToNoise", "diffusion", {"prediction": "sample"}, wrt=by_errors,
        **{**noise, "signalToNoise": np.zeros(5)})
    one("one number each", f"{ERRORS} * torch.clamp(5 / signalToNoise, max=1)", "diffusion", wrt=by_errors,
        targets=logits(5, 1, seed=5), predictions=logits(5, 1, seed=6), signalToNoise=steps)
    one("equal", f"{ERRORS} * torch.clamp(5 / signalToNoise, max=1)", "diffusion", wrt=by_errors,
        targets=noise["targets"], predictions=noise["targets"], signalToNoise=steps)
    one("images", f"{ERRORS} * torch.clamp(5 / signalToNoise, max=1)", "diffusion", wrt=by_errors,
        targets=logits(2, 3, 2, 2, seed=7), predictions=logits(2, 3, 2, 2, seed=8), signalToNoise=steps[1:3] * 8)
    one("mean", f"({ERRORS} * torch.clamp(5 / signalToNoise, max=1)).mean()", "diffusion", {}, "mean", wrt=by_errors,
        **noise)
    one("weights", f"weights * {ERRORS} * torch.clamp(5 / signalToNoise, max=1)", "diffusion",
        {"weights": weights(5)}, wrt=[*by_errors, "weights"], **noise)

    pair = {"labels": logits(2, 3, 4, 3, seed=9), "predictions": logits(2, 3, 4, 3, seed=10)}
    one("three channels", STYLE, "style", **pair)
    one("one channel", STYLE, "style", labels=between_0_and_1(1, 3, 3, 1, seed=11),
        predictions=between_0_and_1(1, 3, 3, 1, seed=12))
    one("one pixel", STYLE, "style", labels=[[[[1.0, 2]]]], predictions=[[[[1.0, 1]]]])
    one("equal features", STYLE, "style", labels=pair["labels"], predictions=pair["labels"])
    one("almost equal features", STYLE, "style", labels=pair["labels"],
        predictions=pair["labels"] + 2**-12 * np.sign(pair["predictions"] + 0.03125))
    one("no features", STYLE, "style", labels=np.zeros((1, 2, 2, 2)), predictions=logits(1, 2, 2, 2, seed=13))
    one("large features", STYLE, "style", labels=1024 * pair["labels"], predictions=1024 * pair["predictions"])
    one("mean", f"({STYLE}).mean()", "style", {}, "mean", **pair)
    one("weights", f"weights * {STYLE}", "style", {"weights": weights(2)}, **pair)
    one("mask", f"({STYLE})[mask].mean()", "style", {"mask": [False, True]}, "mean", **pair)
    return golden
