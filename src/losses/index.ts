export { meanSquaredError } from './regression/meanSquaredError.js';
export { meanAbsoluteError } from './regression/meanAbsoluteError.js';
export { huber, type HuberOptions } from './regression/huber.js';
export { smoothL1, type SmoothL1Options } from './regression/smoothL1.js';
export { halfSquaredError } from './regression/halfSquaredError.js';
export { meanAbsolutePercentageError, type PercentageErrorOptions } from './regression/meanAbsolutePercentageError.js';
export { meanSquaredLogarithmicError, type LogarithmicErrorOptions } from './regression/meanSquaredLogarithmicError.js';
export { logCosh } from './regression/logCosh.js';
export { quantile, type QuantileOptions } from './regression/quantile.js';
export { wing, type WingOptions } from './regression/wing.js';
export { cosineSimilarity } from './regression/cosineSimilarity.js';
export { cosineDistance } from './regression/cosineDistance.js';
export { categoricalCrossentropy } from './classification/categoricalCrossentropy.js';
export {
  sparseCategoricalCrossentropy,
  type SparseCrossentropyOptions,
} from './classification/sparseCategoricalCrossentropy.js';
export { negativeLogLikelihood, type NegativeLogLikelihoodOptions } from './classification/negativeLogLikelihood.js';
export { binaryCrossentropy, type BinaryCrossentropyOptions } from './classification/binaryCrossentropy.js';
export { softMargin } from './classification/softMargin.js';
export { exponential } from './classification/exponential.js';
export { brier } from './classification/brier.js';
export { hinge } from './margin/hinge.js';
export { squaredHinge } from './margin/squaredHinge.js';
export { categoricalHinge, type CategoricalHingeOptions } from './margin/categoricalHinge.js';
export { multiclassHinge, type MulticlassHingeOptions } from './margin/multiclassHinge.js';
export { multiclassPerceptron } from './margin/multiclassPerceptron.js';
export { perceptron } from './margin/perceptron.js';
export { hingeEmbedding } from './margin/hingeEmbedding.js';
export { entropy } from './divergence/entropy.js';
export { crossEntropy } from './divergence/crossEntropy.js';
export { klDivergence, type KlDivergenceOptions } from './divergence/klDivergence.js';
export { differentialEntropy } from './divergence/differentialEntropy.js';
export { continuousKlDivergence } from './divergence/continuousKlDivergence.js';
