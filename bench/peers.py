"""PyTorch and TensorFlow on one CPU thread, for the benchmark: peers.ts starts this program.

It reads a question a line, in JSON, and answers each with a line of JSON:

    {"do": "versions"}                                   the versions of the libraries
    {"do": "load", "case", "gradientOf", "inputs"}       takes inputs from files, for what follows
    {"do": "compute", "library", "folder"}               files with the value and the gradients
    {"do": "time", "library", "repeats"}                 milliseconds of that many runs
"""

import json
import os
import sys
import time

import numpy as np
import tensorflow as tf
import torch
import torch.nn.functional as F

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def torch_dice(labels, predictions):
    overlap = (labels * predictions).sum((1, 2)) + 1e-5
    sizes = 0.5 * (labels.sum((1, 2)) + predictions.sum((1, 2))) + 1e-5
    return (1 - overlap / sizes).mean()


def torch_focal(labels, logits):
    surprise = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    p = torch.sigmoid(logits)
    missing = labels * (1 - p) + (1 - labels) * p
    return (missing.square() * surprise).mean()


def torch_ctc(labels, logits):
    batch, steps, _ = logits.shape
    return F.ctc_loss(logits.log_softmax(-1).transpose(0, 1), labels,
                      torch.full((batch,), steps), torch.full((batch,), labels.shape[1]),
                      reduction="none").mean()


TORCH = {
    "sparse_softmax_crossentropy": lambda labels, logits, **_: F.cross_entropy(logits, labels),
    "dense_softmax_crossentropy": lambda dense, logits: F.cross_entropy(logits, dense),
    "sigmoid_crossentropy": lambda labels, logits:
        F.binary_cross_entropy_with_logits(logits, labels),
    "focal": torch_focal,
    "mean_squared_error": lambda labels, predictions: F.mse_loss(predictions, labels),
    "huber": lambda labels, predictions: F.huber_loss(predictions, labels),
    "kl_divergence": lambda labels, predictions:
        F.kl_div(predictions.log(), labels, reduction="batchmean"),
    "dice": torch_dice,
    "ctc": torch_ctc,
    "linear_crossentropy": lambda labels, hidden, weight, **_:
        F.cross_entropy(hidden @ weight.T, labels),
}


def tf_dice(labels, predictions):
    overlap = tf.reduce_sum(labels * predictions, (1, 2)) + 1e-5
    sizes = 0.5 * (tf.reduce_sum(labels, (1, 2)) + tf.reduce_sum(predictions, (1, 2))) + 1e-5
    return tf.reduce_mean(1 - overlap / sizes)


def tf_focal(labels, logits):
    surprise = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    p = tf.sigmoid(logits)
    missing = labels * (1 - p) + (1 - labels) * p
    return tf.reduce_mean(tf.square(missing) * surprise)


def tf_huber(labels, predictions):
    error = tf.abs(predictions - labels)
    return tf.reduce_mean(tf.where(error <= 1, 0.5 * tf.square(error), error - 0.5))


def tf_ctc(labels, logits):
    batch, steps = logits.shape[:2]
    return tf.reduce_mean(tf.nn.ctc_loss(
        labels, logits, tf.fill([batch], labels.shape[1]), tf.fill([batch], steps),
        logits_time_major=False, blank_index=0))


def tf_sparse(labels, logits, **_):
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))


TENSORFLOW = {
    "sparse_softmax_crossentropy": tf_sparse,
    "dense_softmax_crossentropy": lambda dense, logits:
        tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=dense, logits=logits)),
    "sigmoid_crossentropy": lambda labels, logits: tf.reduce_mean(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)),
    "focal": tf_focal,
    "mean_squared_error": lambda labels, predictions:
        tf.reduce_mean(tf.math.squared_difference(predictions, labels)),
    "huber": tf_huber,
    "kl_divergence": lambda labels, predictions: tf.reduce_mean(
        tf.reduce_sum(labels * (tf.math.log(labels) - tf.math.log(predictions)), -1)),
    "dice": tf_dice,
    "ctc": tf_ctc,
    "linear_crossentropy": lambda labels, hidden, weight, **_:
        tf_sparse(labels, tf.matmul(hidden, weight, transpose_b=True)),
}


def torch_run(case, inputs, gradient_of):
    """A function that gives the value and the gradients."""
    tensors = {name: torch.from_numpy(values.astype(np.int64) if values.dtype == np.int32 else values)
               for name, values in inputs.items()}
    leaves = [tensors[name].requires_grad_() for name in gradient_of]

    def run():
        value = TORCH[case](**tensors)
        gradients = torch.autograd.grad(value, leaves)
        return [value.item(), *gradients]

    return run


def tensorflow_run(case, inputs, gradient_of):
    tensors = {name: tf.constant(values) for name, values in inputs.items()}

    @tf.function
    def compiled(tensors):
        leaves = [tensors[name] for name in gradient_of]
        with tf.GradientTape() as tape:
            tape.watch(leaves)
            value = TENSORFLOW[case](**tensors)
        return [value, *tape.gradient(value, leaves)]

    def run():
        value, *gradients = compiled(tensors)
        return [value.numpy(), *gradients]

    return run


def load(question):
    inputs = {}
    for name, entry in question["inputs"].items():
        values = np.fromfile(entry["file"], dtype=entry["dtype"])
        inputs[name] = values.reshape(entry["shape"])
    arguments = question["case"], inputs, question["gradientOf"]
    return {"pytorch": torch_run(*arguments), "tensorflow": tensorflow_run(*arguments)}


def compute(run, library, folder):
    files = []
    start = time.perf_counter()
    results = run()
    ms = (time.perf_counter() - start) * 1000
    for i, result in enumerate(results):
        file = os.path.join(folder, f"{library}-{i}")
        np.asarray(result, dtype=np.float32).tofile(file)
        files.append(file)
    return {"results": files, "ms": ms}


def milliseconds(run, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return {"ms": (time.perf_counter() - start) * 1000}


def main():
    runs = {}
    for line in sys.stdin:
        question = json.loads(line)
        match question["do"]:
            case "versions":
                answer = {"pytorch": torch.__version__, "tensorflow": tf.__version__,
                          "python": sys.version.split()[0]}
            case "load":
                runs = load(question)
                answer = {}
            case "compute":
                library = question["library"]
                answer = compute(runs[library], library, question["folder"])
            case "time":
                answer = milliseconds(runs[question["library"]], question["repeats"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
