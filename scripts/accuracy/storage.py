"""Points as compact JSON: numbers of points of one shape together, as base64 of little-endian bytes."""

import base64
import gzip
import json
import math

import numpy as np


def encoded(array):
    return base64.b64encode(array.tobytes()).decode()


def exact_numbers(numbers):
    """Float64 of which the last 16 bits, far below one ulp of float32, are 0."""
    bits = np.asarray(numbers, dtype="<f8").view("<u8")
    finite = np.isfinite(np.asarray(numbers, dtype=float))
    rounded = np.where(finite, bits + np.uint64(1 << 15), bits) & ~np.uint64((1 << 16) - 1)
    return encoded(in_planes(rounded.astype("<u8"))[2:])


def units(numbers):
    """The first 16 bits of float32, rounded up."""
    bits = np.minimum(np.asarray(numbers, dtype=float), 3e38).astype("<f4").view("<u4")
    return encoded(((bits + np.uint32(0xFFFF)) >> np.uint32(16)).astype("<u2"))


def in_planes(array):
    """The first bytes of all numbers, then the second ones and so on: those that are alike stand together."""
    return array.reshape(-1).view(np.uint8).reshape(array.size, -1).T.copy()


def an_input(array):
    whole = array.dtype.kind in "iu"
    data = array.astype("<i4" if whole else "<f4")
    return {"shape": list(array.shape), "dtype": "int32" if whole else "float32", "data": encoded(data)}


def options_as_json(options):
    return {name: ("-Infinity" if value == -math.inf else value) for name, value in options.items()}


def write(path, content):
    text = json.dumps(content, separators=(",", ":"), allow_nan=False)
    data = gzip.compress(text.encode(), 9, mtime=0)
    path.write_bytes(data)
    return len(data)
