export { meanSquaredError } from './regression/meanSquaredError.js';
export { meanAbsoluteError } from './regression/meanAbsoluteError.js';
export { huber, type HuberOptions } from './regression/huber.js';
export { cosineDistance, type CosineDistanceOptions } from './regression/cosineDistance.js';
export { categoricalCrossentropy } from './classification/categoricalCrossentropy.js';
export {
  sparseCategoricalCrossentropy,
  type SparseCrossentropyOptions,
} from './classification/sparseCategoricalCrossentropy.js';
export { negativeLogLikelihood, type NegativeLogLikelihoodOptions } from './classification/negativeLogLikelihood.js';
export { binaryCrossentropy, type BinaryCrossentropyOptions } from './classification/binaryCrossentropy.js';
export { hinge } from './margin/hinge.js';
export { squaredHinge } from './margin/squaredHinge.js';
export { categoricalHinge, type CategoricalHingeOptions } from './margin/categoricalHinge.js';
export { entropy } from './divergence/entropy.js';
export { crossEntropy } from './divergence/crossEntropy.js';
export { klDivergence, type KlDivergenceOptions } from './divergence/klDivergence.js';
export { differentialEntropy } from './divergence/differentialEntropy.js';
export { continuousKlDivergence } from './divergence/continuousKlDivergence.js';
