"""Losses of images."""


import torch
import torch.nn.functional as F


def image_total_variation(images, o):
    rows = (images[:, 1:] - images[:, :-1]).abs().sum((1, 2, 3))
    return rows + (images[:, :, 1:] - images[:, :, :-1]).abs().sum((1, 2, 3))


def psnr(labels, predictions, o):
    errors = (predictions - labels).square().mean((1, 2, 3))
    return 10 * torch.log10(errors / o.max_value**2)


def style(labels, predictions, o):
    _, height, width, channels = labels.shape
    x, y = (z.reshape(len(z), -1, channels) for z in (labels, predictions))
    gram = [z.transpose(1, 2) @ z / (height * width * channels) for z in (x, y)]
    return (gram[0] - gram[1]).square().mean((1, 2))


def window_of(o, channels):
    places = torch.arange(o.filter_size) - (o.filter_size - 1) / 2
    weights = (-0.5 * (places / o.filter_sigma).square()).softmax(0)
    return weights.expand(channels, 1, -1)


def blurred(x, window):
    rows = F.conv2d(x, window.unsqueeze(-1), groups=x.shape[1])
    return F.conv2d(rows, window.unsqueeze(-2), groups=x.shape[1])


def similarity(x, y, o):
    """Luminance, and contrast and structure, of each window and channel."""
    window = window_of(o, x.shape[1])
    c1, c2 = (o.k1 * o.max_value) ** 2, (o.k2 * o.max_value) ** 2
    of_x, of_y = blurred(x, window), blurred(y, window)
    squares = blurred(x.square() + y.square(), window) - of_x.square() - of_y.square()
    product = blurred(x * y, window) - of_x * of_y
    luminance = (2 * of_x * of_y + c1) / (of_x.square() + of_y.square() + c1)
    return luminance, (2 * product + c2) / (squares + c2)


def ssim(labels, predictions, o):
    luminance, structure = similarity(labels.movedim(-1, 1), predictions.movedim(-1, 1), o)
    return 1 - (luminance * structure).mean((1, 2, 3))


def ms_ssim(labels, predictions, o):
    x, y = labels.movedim(-1, 1), predictions.movedim(-1, 1)
    product = 1
    for step, power in enumerate(o.power_factors):
        if step > 0:
            x, y = (F.avg_pool2d(z, 2, ceil_mode=True, count_include_pad=False) for z in (x, y))
        luminance, structure = similarity(x, y, o)
        is_last = step == len(o.power_factors) - 1
        mean = (luminance * structure if is_last else structure).mean((2, 3))
        product = product * F.relu(mean) ** power
    return 1 - product.mean(-1)
