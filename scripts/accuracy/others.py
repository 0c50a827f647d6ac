"""Measures PyTorch and optax in float32 at the points of test/accuracy, into test/accuracy/others.json.

    VENV/bin/python scripts/accuracy/others.py          # VENV as scripts/goldens/requirements.txt has it

A loss is measured with those options with which its definition there is that of this package, its value and its
gradients for everything but labels. What is counted, and how, is that of test/accuracy/errors.ts and summary.ts.
"""

import base64
import gzip
import json
import math
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402

from long_rows import followed  # noqa: E402
from others_optax import OPTAX  # noqa: E402
from others_torch import TORCH  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "test" / "accuracy"
SMALLEST, LARGEST = 2.0**-126, 3.4e38


def numbers(text, dtype):
    return np.frombuffer(base64.b64decode(text), dtype)


def exact_numbers(text):
    planes = np.frombuffer(base64.b64decode(text), np.uint8).reshape(6, -1)
    whole = np.zeros((planes.shape[1], 8), np.uint8)
    whole[:, 2:] = planes.T
    return whole.view("<f8").ravel()


def units(text):
    return (numbers(text, "<u2").astype("<u4") << np.uint32(16)).view("<f4").astype(float)


def calls(variant):
    """Inputs, which points are extreme, and outputs: exact numbers, units and which entries they are."""
    for group in variant["groups"]:
        inputs = {
            name: numbers(one["data"], "<i4" if one["dtype"] == "int32" else "<f4").reshape(one["shape"])
            for name, one in group["inputs"].items()
        }
        yield inputs, np.arange(group["count"]) >= group["typical"], outputs(group)
    for row in variant["long"]:
        inputs = {name: np.asarray(followed(one, row["classes"])) for name, one in row["recipes"].items()}
        inputs = {name: data if data.dtype.kind == "i" else data.astype(np.float32) for name, data in inputs.items()}
        yield inputs, np.array([row["isExtreme"]]), outputs(row)


def outputs(group):
    named = {"value": group["value"], **{n: o for n, o in group["gradients"].items() if n not in ("labels", "p")}}
    return {
        name: (exact_numbers(one["exact"]), units(one["unit"]), one.get("entries"))
        for name, one in named.items()
    }


def judged(ours, exact, unit, is_extreme, is_gradient, summary):
    ours = np.asarray(ours, float)
    said = ~np.isnan(exact) & (np.abs(exact) <= LARGEST)
    lost = said & ~np.isfinite(ours)
    with np.errstate(invalid="ignore", over="ignore"):
        difference = np.abs(ours - exact)
    tiny = (np.abs(exact) < SMALLEST) & (difference <= 2 * SMALLEST)
    gone = said & ~lost & ~tiny & (np.abs(exact) >= SMALLEST) & (np.abs(ours) < SMALLEST) & (unit < np.abs(exact) / 16)
    error = np.where(said & ~lost & ~tiny & ~gone, difference / unit, 0)
    for extreme in (False, True):
        at = 2 * extreme + is_gradient
        summary[at] = max(summary[at], error[is_extreme == extreme].max(initial=0))
    summary[4] += int(gone.sum())
    summary[5] += int(lost.sum())


def summary_of(variant, run):
    summary = [0.0] * 4 + [0, 0]
    for inputs, is_extreme, wanted in calls(variant):
        names = [name for name in wanted if name != "value"]
        results = run(inputs, names)
        for name, (exact, unit, entries) in wanted.items():
            found = np.asarray(results[name]).ravel()
            found = found if entries is None else found[entries]
            if found.size != exact.size:
                raise ValueError(f"{name} has {found.size} entries, expected {exact.size}")
            per_point = exact.size // is_extreme.size
            judged(found, exact, unit, np.repeat(is_extreme, per_point), name != "value", summary)
    return summary


def rounded(number):
    few = float(f"{number:.2g}")
    return int(few) if few.is_integer() and few < 1e15 else few


def measured(library, variants):
    losses = {}
    for variant in variants:
        run = library.find(variant["loss"], variant["options"])
        if run is None or variant["isAlone"]:
            continue
        summary = summary_of(variant, run)
        print(library.title, variant["name"], [rounded(number) for number in summary], flush=True)
        before = losses.get(variant["loss"], [0] * 6)
        losses[variant["loss"]] = [max(pair) for pair in zip(before[:4], summary)] + [
            a + b for a, b in zip(before[4:], summary[4:])]
    return {loss: [rounded(number) for number in summary] for loss, summary in losses.items()}


if __name__ == "__main__":
    points = json.loads(gzip.decompress((FOLDER / "points.json.gz").read_bytes()))
    variants = [v for v in points["variants"] if not any(o == "-Infinity" for o in v["options"].values())]
    file = FOLDER / "others.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    ours = {library.title: measured(library, variants) for library in (TORCH, OPTAX)}
    titles = tuple(title.split()[0] for title in ours)
    known = {**ours, **{title: losses for title, losses in known.items() if not title.startswith(titles)}}
    assert all(math.isfinite(n) for losses in known.values() for one in losses.values() for n in one)
    lines = ",\n".join(
        f'  {json.dumps(title)}: {{\n'
        + ",\n".join(f"    {json.dumps(loss)}: {json.dumps(one)}" for loss, one in losses.items())
        + "\n  }" for title, losses in known.items())
    file.write_text(f"{{\n{lines}\n}}\n".replace("e+", "e"))
