"""Losses of images with options that no library has."""

from goldens import between_0_and_1, goldens_of_mpmath


def make():
    golden, one = goldens_of_mpmath("400 digits; no library has windows with an even number of pixels")
    images = {"labels": between_0_and_1(1, 6, 5, 2, seed=1),
              "predictions": between_0_and_1(1, 6, 5, 2, seed=2)}
    one("windows of 4 pixels", "1 - SSIM", "ssim", {"filterSize": 4}, **images)
    one("windows of 2 pixels", "1 - SSIM", "ssim", {"filterSize": 2, "filterSigma": 0.25}, **images)
    return golden
