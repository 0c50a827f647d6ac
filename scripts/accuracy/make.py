"""Writes test/accuracy/points.json.gz: inputs of every loss, the exact outputs, and how far rounding may move them.

    python3.11 -m venv VENV             # anywhere outside the repository
    VENV/bin/pip install -r scripts/accuracy/requirements.txt
    VENV/bin/python scripts/accuracy/make.py            # all losses
    VENV/bin/python scripts/accuracy/make.py huber      # these, the others stay

The formulas are those of scripts/goldens/reference.py, in arithmetic of 400 digits.
"""

import argparse
import gzip
import json
import multiprocessing
import platform
import sys
import time
import zlib
from importlib.metadata import version
from pathlib import Path

sys.dont_write_bytecode = True

import mpmath  # noqa: E402
import numpy as np  # noqa: E402

from exact import LARGEST, Outside, Problem  # noqa: E402
from long_rows import chosen_entries, followed, recipes  # noqa: E402
from storage import an_input, exact_numbers, options_as_json, units, write  # noqa: E402
from variants import VARIANTS  # noqa: E402

FILE = Path(__file__).resolve().parents[2] / "test" / "accuracy" / "points.json.gz"
SMALLEST = 2.0**-126


class Point:
    def __init__(self, variant, inputs, extreme):
        self.extreme, self.inputs = extreme, {}
        for name, data in inputs.items():
            array = np.asarray(data)
            whole = name not in variant.differentiated and array.dtype.kind in "iu"
            self.inputs[name] = array if whole else array.astype(np.float32).astype(float)
        if not self.is_legal(variant):
            raise Outside("not between the bounds")
        domains = [domain for name, domain in variant.differentiated.items() for _ in self.inputs[name].flat]
        problem = Problem(variant.loss, variant.options, self.inputs, list(variant.differentiated))
        self.exact, self.units = problem.measured(domains)
        self.values = problem.values

    def is_legal(self, variant):
        return all(np.isfinite(array).all() for array in self.inputs.values()) and all(
            (self.inputs[name] >= low).all() and (self.inputs[name] <= high).all()
            for name, (low, high) in variant.differentiated.items())

    def is_useful(self):
        """Whether the value is a float32, and an output a normal one."""
        sizes = [abs(number) for number in self.exact]
        fits = all(size < 0.99 * LARGEST for size in sizes[: self.values])
        return fits and any(size >= SMALLEST or size == 0 for size in sizes)


def points(variant):
    random = np.random.RandomState(zlib.crc32(variant.name.encode()))
    drawn = [Point(variant, inputs, True) for inputs in variant.named]
    drawn = [point for point in drawn if point.is_useful()]
    for extreme, count in [(False, variant.typical), (True, variant.extreme)]:
        for i in range(count):
            for _ in range(20):
                try:
                    point = Point(variant, variant.draw(random, i, extreme), extreme)
                except Outside:
                    continue
                if point.is_useful():
                    drawn.append(point)
                    break
    return sorted(drawn, key=lambda point: point.extreme)


def group(variant, members):
    """Points of the same shapes."""
    join = np.stack if variant.alone else np.concatenate
    exact = np.array([[as_float(number) for number in point.exact] for point in members])
    unit = np.array([[as_float(number) for number in point.units] for point in members])
    first, at = members[0], members[0].values

    def outputs(columns):
        return {"exact": exact_numbers(exact[:, columns]), "unit": units(unit[:, columns])}

    result = {
        "count": len(members),
        "typical": sum(not point.extreme for point in members),
        "inputs": {name: an_input(join([point.inputs[name] for point in members])) for name in first.inputs},
        "value": outputs(slice(0, at)),
        "gradients": {},
    }
    for name in variant.differentiated:
        size = first.inputs[name].size
        result["gradients"][name] = outputs(slice(at, at + size))
        at += size
    return result


def as_float(number):
    return float(number) if abs(number) < mpmath.mpf(10) ** 300 or mpmath.isnan(number) else np.inf * int(
        mpmath.sign(number))


def long_point(variant, count, extreme):
    recipe = recipes(variant, count, extreme)
    inputs = {name: followed(one, count) for name, one in recipe.items()}
    entries = chosen_entries(variant, count)
    places = [i * count + entry for i, few in enumerate(entries.values()) for entry in few]
    with mpmath.workdps(160):
        problem = Problem(variant.loss, variant.options, inputs, list(variant.differentiated))
        exact, unit = problem.measured_in_part(places)
    exact, unit = [as_float(number) for number in exact], [as_float(number) for number in unit]
    result = {"classes": count, "isExtreme": extreme, "recipes": recipe, "value": {
        "exact": exact_numbers(exact[:1]), "unit": units(unit[:1])}, "gradients": {}}
    at = 1
    for name, few in entries.items():
        result["gradients"][name] = {"entries": few, "exact": exact_numbers(exact[at:at + len(few)]),
                                     "unit": units(unit[at:at + len(few)])}
        at += len(few)
    return result


def written(task):
    place, has_long = task
    variant = VARIANTS[place]
    start, by_shape = time.time(), {}
    for point in points(variant):
        shapes = tuple(array.shape for array in point.inputs.values())
        by_shape.setdefault(shapes, []).append(point)
    long = [long_point(variant, count, extreme) for count in variant.long if has_long
            for extreme in ([False, True] if count < 10000 else [False])]
    return {
        "name": variant.name,
        "loss": variant.loss,
        "options": options_as_json(variant.options),
        "isAlone": variant.alone,
        "groups": [group(variant, members) for members in by_shape.values()],
        "long": long,
    }, time.time() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("losses", nargs="*")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--short", action="store_true", help="keeps the long rows as they are in the file")
    given = parser.parse_args()
    chosen = [place for place, v in enumerate(VARIANTS) if not given.losses or v.loss in given.losses or v.name in given.losses]
    known = {}
    if FILE.exists() and (given.losses or given.short):
        known = {v["name"]: v for v in json.loads(gzip.decompress(FILE.read_bytes()))["variants"]}
    start = time.time()
    with multiprocessing.Pool(given.processes, maxtasksperchild=8) as pool:
        for variant, seconds in pool.imap(written, [(place, not given.short) for place in chosen]):
            if given.short and variant["name"] in known:
                variant["long"] = known[variant["name"]]["long"]
            known[variant["name"]] = variant
            count = sum(g["count"] for g in variant["groups"])
            print(f"{variant['name']}: {count} points, {len(variant['long'])} long, {seconds:.1f} s", flush=True)
    content = {
        "versions": {"python": platform.python_version(),
                     **{name: version(name) for name in ("mpmath", "gmpy2", "numpy")}},
        "variants": [known[v.name] for v in VARIANTS if v.name in known],
    }
    size = write(FILE, content)
    print(f"{len(content['variants'])} variants, {size / 1e6:.2f} MB, {time.time() - start:.0f} s")
