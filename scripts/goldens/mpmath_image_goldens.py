"""Losses of images with options that no library has."""

import numpy as np

from goldens import between_0_and_1, goldens_of_mpmath


def make():
    golden, one = goldens_of_mpmath("400 digits; no library has windows with an even number of pixels, or so many digits of several scales")
    images = {"labels": between_0_and_1(1, 6, 5, 2, seed=1),
              "predictions": between_0_and_1(1, 6, 5, 2, seed=2)}
    one("windows of 4 pixels", "1 - SSIM", "ssim", {"filterSize": 4}, **images)
    one("windows of 2 pixels", "1 - SSIM", "ssim", {"filterSize": 2, "filterSigma": 0.25}, **images)
    small, two = between_0_and_1(1, 4, 4, 1, seed=3), {"filterSize": 2, "powerFactors": [0.25, 0.75]}
    almost = small + 2**-12 * np.sign(between_0_and_1(1, 4, 4, 1, seed=4) - 0.515625)
    one("almost equal images", "1 - MS-SSIM", "msSsim", two, labels=small, predictions=almost)
    one("the negative", "1 - MS-SSIM", "msSsim", two, labels=small - 0.5, predictions=0.5 - small)
    return golden
