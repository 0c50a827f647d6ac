/** The lines of Python that give a call of a library its names, as scripts/goldens had them. */
export const importsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Keras: { keras: ['import keras'], jax: ['import jax'] },
  PyTorch: {
    F: ['import torch.nn.functional as F'],
    distributions: ['from torch import distributions'],
    torch: ['import torch'],
    math: ['import math'],
  },
  optax: { optax: ['import optax'], jax: ['import jax'], jnp: ['import jax.numpy as jnp'] },
  TensorFlow: {
    tf: ['import tensorflow as tf'],
    losses: ['import tensorflow as tf', 'losses = tf.compat.v1.losses'],
    Reduction: ['Reduction = tf.compat.v1.losses.Reduction'],
  },
  torchmetrics: { metrics: ['from torchmetrics import functional as metrics'] },
  torchvision: { ops: ['from torchvision import ops'] },
  smp: { losses: ['from segmentation_models_pytorch import losses'], torch: ['import torch'] },
  'scikit-learn': {
    metrics: ['from sklearn import metrics'],
    half: ['from sklearn._loss import loss as half'],
    ExponentialLoss: ['from sklearn._loss.loss import ExponentialLoss'],
    np: ['import numpy as np'],
  },
  statsmodels: {
    PHReg: ['from statsmodels.duration.hazard_regression import PHReg'],
    np: ['import numpy as np'],
  },
  'pytorch-metric-learning': {
    losses: ['from pytorch_metric_learning import losses'],
    distances: ['from pytorch_metric_learning import distances'],
    miners: ['from pytorch_metric_learning import miners'],
    reducers: ['from pytorch_metric_learning import reducers'],
    F: ['import torch.nn.functional as F'],
    torch: ['import torch'],
  },
  'keras-rs': { keras_rs: ['import keras_rs'] },
  'coral-pytorch': {
    coral_loss: ['from coral_pytorch.losses import coral_loss'],
    corn_loss: ['from coral_pytorch.losses import corn_loss'],
    levels_from_labelbatch: ['from coral_pytorch.dataset import levels_from_labelbatch'],
  },
  pycox: { nll_logistic_hazard: ['from pycox.models.loss import nll_logistic_hazard'] },
  rlax: { rlax: ['import rlax'], jax: ['import jax'], jnp: ['import jax.numpy as jnp'] },
  timm: {
    AsymmetricLossSingleLabel: ['from timm.loss import AsymmetricLossSingleLabel'],
    ZlprLoss: ['from timm.loss import ZlprLoss'],
  },
  scoringrules: { scoringrules: ['import scoringrules', "scoringrules.register_backend('torch')"] },
  MONAI: {
    DiceCELoss: ['from monai.losses import DiceCELoss'],
    SoftclDiceLoss: ['from monai.losses import SoftclDiceLoss'],
    torch: ['import torch'],
  },
  'pytorch-msssim': { pytorch_msssim: ['import pytorch_msssim'] },
  Kornia: { kornia: ['import kornia'] },
  pysdtw: { pysdtw: ['import pysdtw'] },
  'Liger Kernel': {
    ...Object.fromEntries(
      ['CPO', 'DPO', 'GRPO', 'KTO', 'ORPO', 'SimPO'].map((loss): [string, readonly string[]] => [
        `LigerFusedLinear${loss}Function`,
        [`from liger_kernel.chunked_loss.${loss.toLowerCase()}_loss import LigerFusedLinear${loss}Function`],
      ]),
    ),
    torch: ['import torch'],
  },
  'pytorch-crf': { CRF: ['from torchcrf import CRF'], torch: ['import torch'] },
};
