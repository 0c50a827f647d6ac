/** The losses of tfjs-layers, which it does not export. */
export {
  categoricalCrossentropy,
  kullbackLeiblerDivergence,
  meanSquaredError,
  sigmoidCrossEntropyWithLogits,
  sparseCategoricalCrossentropy,
} from '@tensorflow/tfjs-layers/dist/losses.js';
