import { lossesOfKeras } from '../../../src/keras/names.js';

/** The class of `torch.nn` for a function of `torch.nn.functional`. */
const torchClasses: Readonly<Record<string, string>> = {
  binary_cross_entropy: 'BCELoss',
  binary_cross_entropy_with_logits: 'BCEWithLogitsLoss',
  cosine_embedding_loss: 'CosineEmbeddingLoss',
  cosine_similarity: 'CosineSimilarity',
  cross_entropy: 'CrossEntropyLoss',
  ctc_loss: 'CTCLoss',
  gaussian_nll_loss: 'GaussianNLLLoss',
  hinge_embedding_loss: 'HingeEmbeddingLoss',
  huber_loss: 'HuberLoss',
  kl_div: 'KLDivLoss',
  l1_loss: 'L1Loss',
  linear_cross_entropy: 'LinearCrossEntropyLoss',
  margin_ranking_loss: 'MarginRankingLoss',
  mse_loss: 'MSELoss',
  multi_margin_loss: 'MultiMarginLoss',
  multilabel_margin_loss: 'MultiLabelMarginLoss',
  multilabel_soft_margin_loss: 'MultiLabelSoftMarginLoss',
  nll_loss: 'NLLLoss',
  poisson_nll_loss: 'PoissonNLLLoss',
  smooth_l1_loss: 'SmoothL1Loss',
  soft_margin_loss: 'SoftMarginLoss',
  triplet_margin_loss: 'TripletMarginLoss',
  triplet_margin_with_distance_loss: 'TripletMarginWithDistanceLoss',
};

/** The names under which users of PyTorch look for a function of `torch.nn.functional`. */
export const namesInTorch = (name: string): readonly string[] => {
  const className = torchClasses[name];
  return className === undefined ? [name] : [className, name];
};

/** A class of Keras, and the strings that stand for it there. */
export const namesInKeras = (className: string): readonly string[] => {
  const others = [...lossesOfKeras(undefined)]
    .filter(([, loss]) => loss.definition.keras?.className === className)
    .map(([name]) => name);
  return [...new Set([className, ...others])];
};

/** The losses that `model.compile` of tfjs-layers takes by name. */
export const namesInLayers: readonly string[] = [
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'categoricalHinge',
  'cosineProximity',
  'hinge',
  'kullbackLeiblerDivergence',
  'logcosh',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredError',
  'meanSquaredLogarithmicError',
  'poisson',
  'sparseCategoricalCrossentropy',
  'squaredHinge',
];
