"""Losses in other libraries on one CPU thread, for the benchmark: peers.ts starts this program.

    python main.py pytorch,jax

It imports only the libraries that it is asked for. It reads a question a line, in JSON, and answers
each with a line:

    {"do": "versions"}                            the versions of the libraries
    {"do": "load", "inputs", "gradientOf", ...}   takes a call from files, for what follows: call.py
    {"do": "compute", "library", "folder"}        files with value and gradients, or what is missing
    {"do": "time", "library", "repeats"}          milliseconds of that many runs
"""

import importlib
import json
import os
import sys
import time

import numpy as np

from call import Missing, call_of

# Keras, which TensorFlow brings along, keeps the backend that it is first imported with.
os.environ["KERAS_BACKEND"] = "jax"


def compute(library, call, folder):
    """The run of a call, and what is to be answered about it."""
    try:
        run = library.run_of(call)
        start = time.perf_counter()
        results = run()
        ms = (time.perf_counter() - start) * 1000
    except Missing as reason:
        return None, {"missing": str(reason)}
    except Exception as error:
        first_line = str(error).split("\n")[0]
        return None, {"missing": f"it fails: {type(error).__name__}: {first_line}"}
    files = [os.path.join(folder, f"result-{i}") for i in range(len(results))]
    for file, result in zip(files, results):
        np.asarray(result, dtype=np.float32).tofile(file)
    return run, {"results": files, "ms": ms}


def milliseconds(run, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return {"ms": (time.perf_counter() - start) * 1000}


def main():
    libraries = {name: importlib.import_module(f"in_{name}") for name in sys.argv[1].split(",")}
    call, runs = None, {}
    for line in sys.stdin:
        question = json.loads(line)
        match question["do"]:
            case "versions":
                answer = {name: library.VERSION for name, library in libraries.items()}
                answer["python"] = sys.version.split()[0]
            case "load":
                call, runs = call_of(question), {}
                answer = {}
            case "compute":
                name = question["library"]
                runs[name], answer = compute(libraries[name], call, question["folder"])
            case "time":
                answer = milliseconds(runs[question["library"]], question["repeats"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
