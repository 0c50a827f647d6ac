/** The losses of tfjs-layers, which it does not export. */
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  categoricalHinge,
  cosineProximity,
  hinge,
  kullbackLeiblerDivergence,
  logcosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sigmoidCrossEntropyWithLogits,
  sparseCategoricalCrossentropy,
  squaredHinge,
} from '@tensorflow/tfjs-layers/dist/losses.js';
