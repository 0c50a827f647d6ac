"""What every library module shares: recording cases, input data, writing JSON."""

import json
import math
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np

import reference

FOLDER = Path(__file__).resolve().parents[2] / "test" / "goldens"

# Options that are tensors. A call sees them as variables in snake_case.
TENSOR_OPTIONS = {
    "weights": "weights",
    "mask": "mask",
    "classWeights": "class_weights",
    "posWeight": "pos_weight",
    "discount": "discount",
    "selector": "selector",
    "lengths": "lengths",
    "priors": "priors",
    "counts": "counts",
    "labelLengths": "label_lengths",
    "logitLengths": "logit_lengths",
    "thresholdWeights": "threshold_weights",
    "referenceLabels": "reference_labels",
    "sampledIndices": "sampled_indices",
    "sampledCounts": "sampled_counts",
    "labelCounts": "label_counts",
    "chosenLengths": "chosen_lengths",
    "rejectedLengths": "rejected_lengths",
    "referenceLogProbs": "reference_log_probs",
}

# Those of them that are integers.
INTEGERS = ("lengths", "labelLengths", "logitLengths", "referenceLabels", "sampledIndices")


class Goldens:
    """Collects the cases of one library.

    `evaluate(call, variables, wrt)` runs the text of a call with the variables
    that it names, and answers its value and the gradients of the value's sum.
    Without it, the reference itself is recorded, `call` is a formula for people,
    and the gradients are confirmed by differences.
    """

    def __init__(self, library, evaluate, packages, tolerance=None, note=None):
        self.library, self.evaluate, self.note = library, evaluate, note
        self.versions = {name: version(name) for name in packages}
        self.tolerance = tolerance
        self.cases = {}
        self.disagreements = []

    def __call__(self, id, call, loss, options, wrt=None, departs=None, tolerance=None,
                 value_only=False, no_differences=False, **inputs):
        """Records one case.

        `call` is evaluated as it stands, so that what is written is what was run.
        `options` are those of our loss that should give the same number; the
        reference confirms it, unless `departs` says why the library's number is
        another. Then the reference's number is recorded beside it. `wrt` names the
        inputs to differentiate by (default: all that are not integers).
        `no_differences`: the gradient is by decision not the slope of the value.
        """
        assert id not in self.cases, f"two cases are called {id!r}"
        options = plain(options)
        inputs = {name: tensor(data) for name, data in inputs.items()}
        variables = dict(inputs)
        for option, name in TENSOR_OPTIONS.items():
            if option in options:
                array = tensor(options[option])
                variables[name] = array.astype(np.int32) if option in INTEGERS else array
        variables.update(reference.differentiable(options))
        for name, array in variables.items():
            exact = array.astype(np.float32).astype(np.float64)
            assert np.array_equal(exact, array, equal_nan=True), f"{id}: {name} is no float32"
        if wrt is None:
            wrt = [name for name, array in variables.items()
                   if array.dtype.kind == "f"
                   and (name in inputs or name == "weights" or name in reference.differentiable(options))]
        if value_only:
            wrt = []

        ours_value, ours_gradients = reference.evaluate(loss, options, inputs, wrt)
        if self.evaluate:
            value, gradients = self.evaluate(call, variables, wrt)
        else:
            value, gradients = ours_value, ours_gradients
            if not no_differences:
                self.disagreements += [
                    f"{id}: {trouble}"
                    for trouble in reference.confirm_by_differences(loss, options, inputs, wrt)
                ]
        case = {
            "id": id,
            "call": call,
            "loss": loss,
            "options": options,
            "inputs": {name: encode(array) for name, array in inputs.items()},
            "value": encode(value),
            "gradients": {name: encode(array) for name, array in gradients.items()},
        }
        tolerance = tolerance or self.tolerance
        if tolerance:
            case["tolerance"] = tolerance
        different = [
            f"{name}: {self.library} {theirs.tolist()}, reference {ours.tolist()}"
            for name, theirs, ours in [("value", value, ours_value)]
            + [(name, gradients[name], ours_gradients[name]) for name in wrt]
            if not close(theirs, ours, tolerance or 1e-10)
        ]
        if departs:
            if not different:
                self.disagreements.append(f"{id}: says that it departs, but does not")
            case["departs"] = departs
            case["ours"] = {
                "value": encode(ours_value),
                "gradients": {name: encode(array) for name, array in ours_gradients.items()},
            }
        elif different:
            self.disagreements.append("\n  ".join([id, *different]))
        self.cases[id] = case

    def scalar(self, id, call, loss, options, inputs, value):
        """Records a case whose inputs are no tensors (densities, say), as plain JSON."""
        assert id not in self.cases, f"two cases are called {id!r}"
        self.cases[id] = {
            "id": id, "call": call, "loss": loss, "options": options,
            "inputs": inputs, "value": encode(np.asarray(float(value))), "gradients": {},
        }

    def write(self, file):
        if self.disagreements:
            raise SystemExit("\n".join([f"{file}: not confirmed"] + self.disagreements))
        head = {
            "library": self.library,
            "versions": {**self.versions, "python": platform.python_version()},
        }
        if self.note:
            head["note"] = self.note
        lines = [f'"{key}":{dump(entry)},' for key, entry in head.items()]
        cases = ",\n".join(dump(case) for case in self.cases.values())
        text = "{\n" + "\n".join(lines) + '\n"cases":[\n' + cases + "\n]}\n"
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / f"{file}.json"
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(self.cases)} cases, {len(text.encode()) / 1024:.0f} KB")


def goldens_of_mpmath(note):
    """The reference itself, for what no library has, and how most of its cases are recorded."""
    golden = Goldens("mpmath", None, ["mpmath"], note=note)

    def one(name, call, loss, options={}, reduction="none", **rest):
        golden(f"{loss} {name}", call, loss, {**options, "reduction": reduction}, **rest)

    return golden, one


def close(a, b, tolerance):
    """|a - b| <= tolerance · max(1, |b|), elementwise; NaN is close to NaN only."""
    if a.shape != b.shape:
        return False
    with np.errstate(invalid="ignore"):
        near = np.abs(a - b) <= tolerance * np.maximum(1, np.abs(b))
    return bool(np.all(near & np.isfinite(b) | (a == b) | (np.isnan(a) & np.isnan(b))))


# JSON


def plain(data):
    if isinstance(data, np.ndarray):
        return data.tolist()
    if isinstance(data, dict):
        return {key: plain(entry) for key, entry in data.items()}
    if isinstance(data, float) and not math.isfinite(data):
        return number(data)
    return data


def tensor(data):
    """Nested lists or an array as float64, int32 or bool."""
    array = np.asarray(data)
    if array.dtype.kind == "b":
        return array
    if array.dtype.kind in "iu" and isinstance(data, np.ndarray):
        return array.astype(np.int32)
    return array.astype(np.float64)


def number(x):
    x = float(x)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return int(x) if x == int(x) and abs(x) < 2**53 else x


def encode(array):
    array = np.asarray(array)
    if array.dtype.kind in "iub":
        return {
            "shape": list(array.shape),
            "dtype": "bool" if array.dtype.kind == "b" else "int32",
            "values": array.ravel().tolist(),
        }
    return {"shape": list(array.shape), "values": [number(x) for x in array.ravel()]}


def dump(data):
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


# Input data: exact in float32, the same on every machine


def logits(*shape, seed=0, scale=1):
    """Multiples of scale/16 between -4·scale and 4·scale."""
    return np.random.RandomState(seed).randint(-64, 65, shape) * (scale / 16)


def between_0_and_1(*shape, seed=0):
    """Multiples of 1/32 strictly between 0 and 1."""
    return np.random.RandomState(seed).randint(1, 32, shape) / 32


def binary(*shape, seed=0):
    return np.random.RandomState(seed).randint(0, 2, shape).astype(float)


def signs(*shape, seed=0):
    return 2 * binary(*shape, seed=seed) - 1


def integers(classes, *shape, seed=0):
    return np.random.RandomState(seed).randint(0, classes, shape)


def one_hot(labels, classes, axis=-1):
    return np.moveaxis(np.eye(classes)[labels], -1, axis)


def distributions(*shape, seed=0, axis=-1, zeros=False):
    """Positive multiples of 1/64 (with `zeros`, some are 0) that sum to exactly 1."""
    random = np.random.RandomState(seed)
    rows = np.empty((int(np.prod(shape[:-1], dtype=int)), shape[-1]))
    for row in rows:
        cuts = np.sort(random.choice(np.arange(1, 64), shape[-1] - 1, replace=False))
        row[:] = np.diff(np.concatenate([[0], cuts, [64]])) / 64
        if zeros:
            row[:2] = [0, row[0] + row[1]]
    return np.moveaxis(rows.reshape(shape), -1, axis)


def rounded(data):
    """The nearest float32 numbers."""
    return np.asarray(data, dtype=np.float32).astype(np.float64)


def weights(*shape, seed=7):
    """Multiples of 1/4 between 1/4 and 2."""
    return np.random.RandomState(seed).randint(1, 9, shape) / 4


# Engines


def jax_engine(namespace):
    import jax
    import jax.numpy as jnp

    def evaluate(call, variables, wrt):
        code = compile(call, "<call>", "eval")
        fixed = {k: jnp.asarray(v) for k, v in variables.items() if k not in wrt}
        free = {k: jnp.asarray(v) for k, v in variables.items() if k in wrt}

        def run(free):
            return eval(code, {**namespace, "jax": jax, "jnp": jnp}, {**fixed, **free})

        value = run(free)
        slopes = jax.grad(lambda free: jnp.sum(run(free)))(free) if wrt else {}
        return in_float64(value, call), {k: in_float64(slopes[k], call) for k in wrt}

    return evaluate


def torch_engine(namespace):
    import torch

    torch.set_num_threads(1)

    def evaluate(call, variables, wrt):
        tensors = {}
        for name, array in variables.items():
            tensor = torch.tensor(array)
            if tensor.dtype == torch.int32:
                tensor = tensor.long()
            tensors[name] = tensor.requires_grad_(name in wrt)
        names = {"torch": torch, "F": torch.nn.functional, "math": math, **namespace}
        value = eval(call, names, tensors)
        slopes = torch.autograd.grad(
            value.sum(), [tensors[name] for name in wrt], materialize_grads=True
        ) if wrt else []
        return in_float64(value.detach(), call), {
            name: in_float64(slope, call) for name, slope in zip(wrt, slopes)
        }

    return evaluate


def in_float64(array, call):
    array = np.asarray(array)
    assert array.dtype == np.float64, f"{call}: {array.dtype}"
    return array
