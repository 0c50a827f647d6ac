/** The lines of Python that give a call of a library its names, as scripts/goldens had them. */
export const importsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Keras: { keras: ['import keras'], jax: ['import jax'] },
  PyTorch: { F: ['import torch.nn.functional as F'], torch: ['import torch'], math: ['import math'] },
  optax: { optax: ['import optax'], jax: ['import jax'], jnp: ['import jax.numpy as jnp'] },
  TensorFlow: {
    tf: ['import tensorflow as tf'],
    losses: ['import tensorflow as tf', 'losses = tf.compat.v1.losses'],
    Reduction: ['Reduction = tf.compat.v1.losses.Reduction'],
  },
  torchvision: { ops: ['from torchvision import ops'] },
  smp: { losses: ['from segmentation_models_pytorch import losses'], torch: ['import torch'] },
  'scikit-learn': {
    metrics: ['from sklearn import metrics'],
    half: ['from sklearn._loss import loss as half'],
    ExponentialLoss: ['from sklearn._loss.loss import ExponentialLoss'],
    np: ['import numpy as np'],
  },
};
