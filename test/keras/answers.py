"""Answers questions about Keras, from many processes in turn: a list of them as JSON on a socket, answers on the same."""

import io
import json
import os
import socketserver
import sys
import tempfile
import zipfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.stdout = sys.stderr  # Keras prints.

import h5py
import keras
import numpy as np
import tensorflow as tf

import tfjs_losses  # noqa: F401 (registers the losses that Keras does not have)


def array(written):
    """A tensor as the tests write it; JSON has no infinities."""
    if written is None:
        return None
    values = [float(value) for value in written["values"]]
    return np.array(values).reshape(written["shape"]).astype(written.get("dtype", "float32"))


def written(value):
    value = np.asarray(keras.ops.convert_to_numpy(value), dtype="float64")
    values = [x if np.isfinite(x) else str(x).replace("inf", "Infinity") for x in value.ravel().tolist()]
    return {"shape": list(value.shape), "values": values}


def evaluate(config, inputs, weights=None, mask=None):
    """What the loss of a config says, its gradient for the last input, and its config again."""
    loss = keras.losses.deserialize(config)
    weighing = {} if weights is None else {"sample_weight": array(weights)}
    if mask is not None:
        weighing["mask"] = array(mask)
    *others, last = [tf.constant(array(x)) for x in inputs]
    with tf.GradientTape() as tape:
        tape.watch(last)
        value = loss(*others, last, **weighing)
    gradient = tape.gradient(value, last, unconnected_gradients="zero")
    return {
        "value": written(value),
        "gradient": written(tf.convert_to_tensor(gradient)),
        "config": keras.losses.serialize(loss),
    }


def save(loss, options, labels, predictions, plain):
    """What the two kinds of files hold of a loss, and what it says."""
    instance = getattr(keras.losses, loss)(**options)
    model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(3)])
    model.compile(optimizer="adam", loss=instance, metrics=["accuracy"])
    with tempfile.TemporaryDirectory() as folder:
        # Before the H5 file, whose writing takes the optimizer out of the model's config.
        model.save(os.path.join(folder, "model.keras"))
        model.save(os.path.join(folder, "model.h5"))
        with zipfile.ZipFile(os.path.join(folder, "model.keras")) as file:
            config = json.load(io.TextIOWrapper(file.open("config.json")))["compile_config"]
            version = json.load(io.TextIOWrapper(file.open("metadata.json")))["keras_version"]
        with h5py.File(os.path.join(folder, "model.h5")) as file:
            training = json.loads(file.attrs["training_config"])
    return {
        "version": version,
        "keras": config["loss"],
        "h5": training["loss"],
        "function": keras.losses.serialize(instance.fn),
        "value": written(instance(array(labels), array(predictions))),
        "default": written(getattr(keras.losses, loss)()(array(labels), array(plain))),
    }


@keras.saving.register_keras_serializable(package="my_project")
class DiceLoss(keras.losses.Loss):
    """A loss of somebody else, who has registered it."""

    def call(self, y_true, y_pred):
        return keras.ops.mean(keras.ops.abs(y_true - y_pred), axis=-1)


class Huber(DiceLoss):
    """One that is not registered, and is called as one of Keras."""


@keras.saving.register_keras_serializable(package="my_project")
def tversky(y_true, y_pred):
    """A function of somebody else."""
    return keras.ops.mean(keras.ops.abs(y_true - y_pred), axis=-1)


def smooth_l1(y_true, y_pred):
    """One that is not registered, and is called as one of this package."""
    return tversky(y_true, y_pred)


def strangers():
    """What a config and an H5 file hold of losses that are not of Keras, and of one of this package."""

    def both(loss):
        model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(3)])
        model.compile(optimizer="adam", loss=loss, metrics=[loss])
        with tempfile.TemporaryDirectory() as folder:
            model.save(os.path.join(folder, "model.h5"))
            with h5py.File(os.path.join(folder, "model.h5")) as file:
                training = json.loads(file.attrs["training_config"])
        return {"config": keras.losses.serialize(loss), "training": training}

    losses = {"DiceLoss": DiceLoss(), "Huber": Huber(), "tversky": tversky, "smooth_l1": smooth_l1}
    return {name: both(loss) for name, loss in {**losses, "Robust": tfjs_losses.Robust(scale=2.0)}.items()}


def fit(config, rate, labels, predictions):
    """The loss of each epoch of training by a loss of a config, with gradient descent at this rate."""
    x = np.eye(len(array(labels)), dtype="float32")
    model = keras.Sequential([keras.layers.Input(x.shape[1:]), keras.layers.Dense(predictions["shape"][-1], use_bias=False)])
    model.set_weights([array(predictions)])
    model.compile(optimizer=keras.optimizers.SGD(rate), loss=keras.losses.deserialize(config))
    history = model.fit(x, array(labels), batch_size=len(x), epochs=3, verbose=0, shuffle=False)
    return history.history["loss"]


def history(config, metrics, weighted, labels, predictions, batch_size, weighing):
    """Losses and metrics of one epoch without a step, and of its validation."""
    x = np.eye(len(array(labels)), dtype="float32")
    model = keras.Sequential([keras.layers.Input(x.shape[1:]), keras.layers.Dense(predictions["shape"][-1], use_bias=False)])
    model.set_weights([array(predictions)])
    loss = keras.losses.deserialize(config)
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=loss, metrics=metrics, weighted_metrics=weighted)
    sample = array(weighing.get("sampleWeight"))
    given = {} if sample is None else {"sample_weight": sample}
    if "classWeight" in weighing:
        given["class_weight"] = {int(k): v for k, v in weighing["classWeight"].items()}
    data = (x, array(labels)) if sample is None else (x, array(labels), sample)
    done = model.fit(x, array(labels), validation_data=data, batch_size=batch_size, epochs=1, verbose=0, shuffle=False, **given)
    return {name: values[0] for name, values in done.history.items()}


def inputs(class_name):
    """What a loss of the Python module calls its inputs."""
    return getattr(tfjs_losses, class_name).facts.inputs


questions = {"inputs": inputs, "evaluate": evaluate, "save": save, "strangers": strangers, "fit": fit, "history": history}


def answer(question):
    try:
        return {"answer": questions[question.pop("ask")](**question)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


class Conversation(socketserver.StreamRequestHandler):
    """One list of questions; what Keras has noted for earlier ones is forgotten."""

    def handle(self):
        keras.backend.clear_session()
        asked = json.loads(self.rfile.readline())
        self.wfile.write(json.dumps([answer(question) for question in asked]).encode())


socketserver.UnixStreamServer(sys.argv[1], Conversation).serve_forever()
