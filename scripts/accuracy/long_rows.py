"""Rows of many classes: a recipe that Python and JavaScript follow alike, in place of numbers."""

import numpy as np


def hashed(seed, count):
    """24 bits for each place."""
    places = (np.arange(count, dtype=np.uint64) * 2 + seed) * 2654435761 % 2**32
    return (places >> np.uint64(8)).astype(float)


def followed(recipe, count):
    kind, *numbers = recipe
    if kind == "index":
        return np.array(numbers)
    if kind == "oneHot":
        return np.eye(1, count, numbers[0])
    seed, scale = numbers
    if kind == "bits":
        return np.floor(hashed(seed, count) / 2**23)[None]
    if kind == "spread":  # between -scale and scale
        return ((hashed(seed, count) - 2**23) * scale / 2**23)[None]
    if kind == "shares":  # between 0 and scale
        return ((hashed(seed, count) + 1) * scale / 2**24)[None]
    raise ValueError(kind)


def recipes(variant, count, extreme):
    """A recipe for each input of a variant; typical logits are up to 4, extreme ones up to 32."""
    scale = 32 if extreme else 4
    found = {}
    for i, (name, domain) in enumerate(variant.differentiated.items()):
        likely = 2.0 ** -int(np.log2(count) - 1)
        found[name] = ["shares", 7 + 100 * i, likely] if domain == (0, 1) else ["spread", 7 + 100 * i, scale]
    if variant.long_labels != "like":
        label = {"index": ["index", count // 3], "oneHot": ["oneHot", count // 3], "bits": ["bits", 5, 1]}
        found = {"labels": label[variant.long_labels], **{n: r for n, r in found.items() if n != "labels"}}
    return found


def chosen_entries(variant, count):
    """Which entries of the gradients are kept, by input: the label's, the first, the last and others."""
    few = [count // 3, 0] if count > 10000 else [count // 3, 0, 1, count // 2, count - 2, count - 1]
    return {name: few for name in variant.differentiated}
