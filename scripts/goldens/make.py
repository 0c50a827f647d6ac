"""Writes test/goldens/<library>.json: numbers from the real libraries.

    python3.11 -m venv VENV             # anywhere outside the repository
    VENV/bin/pip install -r scripts/goldens/requirements.txt
    VENV/bin/pip install --no-deps -r scripts/goldens/requirements-torch.txt
    VENV/bin/python scripts/goldens/make.py                 # all libraries
    VENV/bin/python scripts/goldens/make.py keras mpmath    # some of them

The same versions on the same machine write the same bytes. Everything is
computed in float64 from inputs that are exact in float32, unless a case says
otherwise with a `tolerance`.

A file holds `library`, `versions`, maybe a `note`, and `cases`, one per line:

    id         unique within the file
    call       the Python that was run; the names in it are the inputs and the
               tensor options (in snake_case)
    loss       the name of our loss
    options    our options that should give the same number
    inputs     our arguments in order; densities are plain data, with their domain
    value      of the call
    gradients  of the sum of the value, by the library's own differentiation
    tolerance  |got - want| <= tolerance · max(1, |want|), where float64 is not
               what the library computes in
    departs    why the library's number is not ours
    ours       if so, our value and gradients

A tensor is {"shape", "values"} with the values flat, and a "dtype" if it is not
floating; numbers that are not finite are "Infinity", "-Infinity" and "NaN".
Tensors among the options are nested arrays.

Every case is confirmed, value and gradients, by an independent statement of our
definitions (reference.py, 400 digits) before it is written; a case that the
reference does not confirm, and that does not say why in `departs`, is an error.

To add a loss: its formula in reference.py, its cases in the library modules. A
file that gets too long is split by splitting its module: X_goldens.py writes X.json.
"""

import importlib
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
MODULES = sorted(path.stem.removesuffix("_goldens")
                 for path in Path(__file__).parent.glob("*_goldens.py"))

if __name__ == "__main__":
    chosen = sys.argv[1:] or MODULES
    unknown = sorted(set(chosen) - set(MODULES))
    if unknown:
        raise SystemExit(f"no such library: {', '.join(unknown)}; there are {', '.join(MODULES)}")
    if len(chosen) == 1:
        importlib.import_module(f"{chosen[0]}_goldens").make().write(chosen[0])
    else:  # a process each: the frameworks do not all share one well
        for module in chosen:
            subprocess.run([sys.executable, __file__, module], check=True)
