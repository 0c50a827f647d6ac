"""Names of losses and metrics, and configs of optimizers, in versions of Keras: test/support/kerasVersions.json.

Run with the Python of `npm run setup:keras`, in the folder of this package: `python scripts/keras/versions.py`. Sources of
Keras are downloaded by pip. The first versions do not run on today's TensorFlow: their lists of names are read from the
source, and their optimizers run on a backend that only keeps numbers, which is all that get_config reads.
"""

import ast
import builtins
import contextlib
import inspect
import json
import pathlib
import subprocess
import sys
import tempfile

FIRST = ["2.0.0", "2.1.0", "2.2.4", "2.3.1"]
LATER = ["2.6.0", "2.10.0", "2.15.0"]
OPTIMIZERS = ["SGD", "RMSprop", "Adam", "Adamax", "Adagrad", "Adadelta", "Nadam"]
OUTPUT = pathlib.Path("test/support/kerasVersions.json")

# One of its own for each option that is a number, so that none is taken for another.
OTHERS = {"momentum": 0.5, "rho": 0.75, "beta_1": 0.625, "beta_2": 0.875, "epsilon": 0.0078125}


def source(version, folder):
    """The folder of the package in a version that pip has downloaded."""
    target = folder / version
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", str(target), f"keras=={version}"], check=True, stdout=sys.stderr)
    keras = target / "keras"
    return keras / "src" if (keras / "src").is_dir() else keras


def named(path):
    """Functions of a module and other names for them, by the name of the function, and its public classes."""
    functions, classes = {}, set()
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, ast.FunctionDef):
            functions[statement.name] = statement.name
        elif isinstance(statement, ast.ClassDef):
            classes.add(statement.name)
        elif isinstance(statement, ast.Assign) and getattr(statement.value, "id", "object") not in dir(builtins):
            known = functions.get(statement.value.id, statement.value.id)
            functions.update({target.id: known for target in statement.targets if isinstance(target, ast.Name)})
    takes_labels = {"y_true", "target"}
    tree = {one.name: one for one in ast.parse(path.read_text()).body if isinstance(one, ast.FunctionDef)}
    is_loss = lambda name: name not in tree or (tree[name].args.args and tree[name].args.args[0].arg in takes_labels)
    kept = {name: known for name, known in functions.items() if is_loss(known) and not name.startswith("_")}
    return {"functions": kept, "classes": sorted(name for name in classes if not name.startswith("_"))}


class Numbers:
    """A backend of Keras that only keeps numbers."""

    @staticmethod
    def variable(value, *args, **kwargs):
        return value

    get_value = variable

    @staticmethod
    def epsilon():
        return 1e-7

    @staticmethod
    def name_scope(name):
        return contextlib.nullcontext()

    def __getattr__(self, name):
        return lambda f, *args, **kwargs: f  # Decorators.


def first_optimizers(path):
    """The optimizers of a version that had its own."""
    lines = path.read_text().replace("\r", "").split("\n")
    kept = "\n".join(line for line in lines if not line.startswith(("from ", "import ")))
    scope = {"K": Numbers(), "interfaces": Numbers(), "keras_export": lambda *args: lambda f: f}
    tree = ast.parse(kept)
    tree.body = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name != "TFOptimizer"]
    exec(compile(tree, str(path), "exec"), scope)
    return [scope[name] for name in OPTIMIZERS]


def configs(optimizers):
    """What optimizers write, with all options at their defaults and with those that are numbers off them."""

    def written(optimizer):
        return json.loads(json.dumps(optimizer.get_config(), default=float))

    def off(cls):
        known = inspect.signature(cls.__init__).parameters
        rate = "learning_rate" if "learning_rate" in known else "lr"
        return {rate: 0.25, **{name: value for name, value in OTHERS.items() if name in known}}

    return [
        {"class_name": cls.__name__, "config": written(cls(**options))}
        for cls in optimizers
        for options in ({}, off(cls))
    ]


def later_optimizers(folder):
    """In a process of its own, since one Keras only can be imported: those of 2.15, and those before 2.11 in it."""
    script = f"""
import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path[:0] = [{str(folder)!r}, "scripts/keras"]
import keras, json, versions
new = [getattr(keras.optimizers, name) for name in versions.OPTIMIZERS]
old = [getattr(keras.optimizers.legacy, name) for name in versions.OPTIMIZERS]
json.dump([versions.configs(old), versions.configs(new)], sys.stdout)
"""
    return json.loads(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)


def make():
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for version in FIRST + LATER:
            keras = source(version, folder)
            found[version] = {kind: named(keras / f"{kind}.py") for kind in ("losses", "metrics") if (keras / f"{kind}.py").exists()}
            if version in FIRST:
                found[version]["optimizers"] = configs(first_optimizers(keras / "optimizers.py"))
        old, new = later_optimizers(folder / "2.15.0")
        found["2.6.0"]["optimizers"], found["2.15.0"]["optimizers"] = old, new
    import keras

    def public(module):
        names = {name: getattr(module, name) for name in dir(module) if name[0].isalpha()}
        functions = {name: f.__name__ for name, f in names.items() if inspect.isfunction(f)}
        kept = {name: known for name, known in functions.items() if known not in ("get", "serialize", "deserialize")}
        return {"functions": kept, "classes": [name for name, one in names.items() if inspect.isclass(one)]}

    found[keras.__version__] = {
        "losses": public(keras.losses),
        "metrics": public(keras.metrics),
        "optimizers": configs([getattr(keras.optimizers, name) for name in OPTIMIZERS]),
    }
    OUTPUT.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    make()
