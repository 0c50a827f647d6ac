"""One of several processes that train a model together; TF_CONFIG says which. Run by train.ts.

python worker.py exported.json: prints the loss of each step, over the batches of all processes, as a JSON list.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

import tfjs_losses  # noqa: F401 (registers the losses that Keras does not have)

with open(sys.argv[1]) as file:
    exported = json.load(file)

strategy = tf.distribute.MultiWorkerMirroredStrategy()
with strategy.scope():
    model = keras.Sequential.from_config(exported["model"])
    model.set_weights([keras.ops.reshape(w["values"], w["shape"]) for w in exported["weights"]])
    # Written with the reduction "none": what is divided by is the batch of all processes, which no loss can know.
    loss = keras.losses.deserialize(exported["loss"])
    optimizer = keras.optimizers.SGD(exported["learning_rate"])
    optimizer.build(model.trainable_variables)


def part_of_this_worker(rows):
    """Each process has its share of the joined batch, in order."""
    config = json.loads(os.environ["TF_CONFIG"])
    workers, index = len(config["cluster"]["worker"]), config["task"]["index"]
    count, rest = divmod(len(rows), workers)
    if rest:
        raise ValueError(f"{len(rows)} rows for {workers} processes; expected the same number for each")
    return tf.constant(rows[index * count : (index + 1) * count])


features, labels = (part_of_this_worker(exported[name]) for name in ("features", "labels"))


@tf.function
def step():
    def on_replica():
        with tf.GradientTape() as tape:
            values = loss(labels, model(features, training=True))
            # The sum over all processes is the mean over the joined batch.
            share = tf.reduce_sum(values) / len(exported["labels"])
        gradients = tape.gradient(share, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return share

    return strategy.reduce(tf.distribute.ReduceOp.SUM, strategy.run(on_replica), axis=None)


print(json.dumps([float(step()) for _ in range(exported["steps"])]))
