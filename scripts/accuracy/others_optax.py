"""optax's losses, with the options with which they are those of this package."""

from importlib.metadata import version

import jax
import jax.numpy as jnp
import numpy as np
import optax

from library import Library

LOGITS = {"fromLogits": True}
SIGNED = {"labels": "signed"}


def run(call, inputs, names):
    given = {name: jnp.asarray(data) for name, data in inputs.items()}
    value = call(**given)
    slopes = jax.grad(lambda some: call(**{**given, **some}).sum())({name: given[name] for name in names})
    return {"value": np.asarray(value), **{name: np.asarray(slope) for name, slope in slopes.items()}}


def of(loss, **options):
    """A loss of predictions and labels."""
    return lambda labels, predictions: loss(predictions, labels, **options)


OPTAX = Library(f"optax {version('optax')}", {
    "meanSquaredError": [({}, of(optax.squared_error))],
    "halfSquaredError": [({}, of(optax.l2_loss))],
    "huber": [({}, of(optax.huber_loss)), ({"delta": 0.25}, of(optax.huber_loss, delta=0.25))],
    "logCosh": [({}, of(optax.log_cosh))],
    "cosineSimilarity": [({}, lambda labels, predictions: -optax.cosine_similarity(predictions, labels, epsilon=1e-7))],
    "cosineDistance": [({}, of(optax.cosine_distance, epsilon=1e-7))],
    "binaryCrossentropy": [(LOGITS, of(optax.sigmoid_binary_cross_entropy))],
    "binaryFocalCrossentropy": [(LOGITS, of(optax.sigmoid_focal_loss)),
                                ({**LOGITS, "gamma": 0.5}, of(optax.sigmoid_focal_loss, gamma=0.5)),
                                ({**LOGITS, "alpha": 0.25, "gamma": 1},
                                 of(optax.sigmoid_focal_loss, alpha=0.25, gamma=1))],
    "categoricalCrossentropy": [(LOGITS, of(optax.softmax_cross_entropy))],
    "sparseCategoricalCrossentropy": [(LOGITS, of(optax.softmax_cross_entropy_with_integer_labels))],
    "polyCrossentropy": [(LOGITS, lambda labels, predictions: optax.losses.poly_loss_cross_entropy(
        predictions, labels if labels.ndim > 1 else jax.nn.one_hot(labels, predictions.shape[-1])))],
    "multiclassSparsemax": [({}, of(optax.losses.multiclass_sparsemax_loss))],
    "hinge": [(SIGNED, of(optax.losses.hinge_loss))],
    "perceptron": [(SIGNED, of(optax.losses.perceptron_loss))],
    "multiclassHinge": [({}, of(optax.losses.multiclass_hinge_loss))],
    "multiclassPerceptron": [({}, of(optax.losses.multiclass_perceptron_loss))],
    "klDivergence": [
        ({"labelFormat": "logProbabilities", "predictionFormat": "logProbabilities"},
         of(optax.losses.kl_divergence_with_log_targets)),
    ],
    "rankingSoftmax": [({}, lambda labels, predictions:
                        optax.losses.ranking_softmax_loss(predictions, labels, reduce_fn=None))],
}, run)
