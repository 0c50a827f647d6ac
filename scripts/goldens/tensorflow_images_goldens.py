"""TensorFlow's tf.image, which casts images to float32."""

import numpy as np

from goldens import Goldens, between_0_and_1, weights
from tensorflow_goldens import evaluate

UNDEFINED = "where contrast and structure are negative, TensorFlow's gradient is NaN"
UNBOUNDED = "TensorFlow has no bound: of equal images the ratio is infinite"


def make():
    golden = Goldens("tensorflow", evaluate, ["tensorflow-cpu"], tolerance=1e-5, note="CPU, float32")

    def near(*shape, seed):
        """Images, and some that are like them."""
        images = between_0_and_1(*shape, seed=seed)
        return images, (3 * images + between_0_and_1(*shape, seed=seed + 1)) / 4

    def scales(title, options, labels, predictions, text="1 - {}", reduction="none", **rest):
        names = {"filterSigma": "filter_sigma", "k1": "k1", "k2": "k2", "maxValue": "max_val"}
        given = {"filterSize": 3, "powerFactors": [0.25, 0.75], **options}
        own = {"max_val": 1.0, "power_factors": given["powerFactors"], "filter_size": given["filterSize"],
               **{names[name]: float(value) for name, value in options.items() if name in names}}
        arguments = ", ".join(f"{name}={value}" for name, value in own.items())
        golden(f"tf.image msSsim {title}", text.format(f"tf.image.ssim_multiscale(predictions, labels, {arguments})"),
               "msSsim", {**given, "reduction": reduction}, labels=labels, predictions=predictions, **rest)

    pair = near(2, 12, 10, 2, seed=1)
    scales("even sizes", {}, *pair)
    scales("odd sizes", {}, *near(1, 11, 13, 1, seed=3))
    scales("one scale", {"powerFactors": [0.5]}, *near(1, 5, 4, 1, seed=5))
    scales("three scales", {"powerFactors": [0.25, 0.5, 0.125]}, *near(1, 13, 9, 1, seed=7))
    scales("five scales", {"powerFactors": [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]}, *near(1, 33, 33, 1, seed=9),
           value_only=True)
    scales("windows of two pixels", {"filterSize": 2, "filterSigma": 0.75}, *near(1, 6, 7, 1, seed=11))
    scales("range of 255", {"maxValue": 255}, *(255 * x for x in pair), wrt=["predictions"])
    scales("constants", {"k1": 0.25, "k2": 0.5}, *pair, wrt=["predictions"])
    scales("equal images", {}, pair[0], pair[0], wrt=["predictions"])
    scales("mean", {}, *pair, text="tf.reduce_mean(1 - {})", reduction="mean", wrt=["predictions"])
    scales("weights", {"weights": weights(2)}, *pair, text="tf.cast(weights, tf.float32) * (1 - {})",
           wrt=["predictions", "weights"])
    scales("the negative", {}, pair[0][:1, ..., :1] - 0.5, 0.5 - pair[0][:1, ..., :1], departs=UNDEFINED)

    def ratio(title, options, labels, predictions, maximum="1.0", **rest):
        golden(f"tf.image psnr {title}", f"-tf.image.psnr(predictions, labels, {maximum})", "psnr",
               {**options, "reduction": "none"}, labels=labels, predictions=predictions, **rest)

    ratio("two images", {}, *pair)
    ratio("range of 255", {"maxValue": 255}, *(np.round(255 * x) for x in pair), maximum="255.0")
    ratio("equal images", {}, pair[0], pair[0], departs=UNBOUNDED)
    return golden
