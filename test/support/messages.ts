/**
 * Calls that are mistakes, and what is said of them: tests hold both columns, and `npm run docs` makes docs/messages.md of
 * them.
 */
export interface MistakenCall {
  /** What is wrong. */
  readonly mistake: string;
  /** In code, of what the entries export, `tf`, and variables of a user's. */
  readonly call: string;
}

/** A call whose error has a remedy at its end, which `tfjs-losses/lite` leaves out. */
export interface RefusedCall extends MistakenCall {
  readonly plain: string;
  readonly remedy: string;
}

/** A call of which another thing was said in version 0.1.0, by TensorFlow.js perhaps; or nothing. */
export interface ReworkedCall extends MistakenCall {
  readonly before: string | null;
  readonly now: string;
}

const words =
  'expected one of "none", "perExample", "mean", "sum", "weightedMean", "meanOverNonzeroWeights", "meanOverNonzeroLosses"';
const order = 'expected labels, predictions, and then one object of options such as { weights: [1, 0.5] }';
const plainObject = 'expected a plain object such as { weights: [1, 0.5] }';

export const refusedCalls: readonly RefusedCall[] = [
  {
    mistake: 'an option by its place',
    call: 'huber(y, p, 1.0)',
    plain: `huber: the options came as 1; ${plainObject}`,
    remedy: 'write huber(labels, predictions, { delta: 1 })',
  },
  {
    mistake: 'the arguments of tf.losses',
    call: 'meanSquaredError(y, p, undefined, tf.Reduction.MEAN)',
    plain: `meanSquaredError: 4 arguments came; ${order}`,
    remedy: "write meanSquaredError(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: 'the same, with weights',
    call: 'huber(y, p, tf.tensor1d([1, 2, 3]), 0.5, tf.Reduction.MEAN)',
    plain: `huber: 5 arguments came; ${order}`,
    remedy: "write huber(labels, predictions, { weights, delta: 0.5, reduction: 'weightedMean' })",
  },
  {
    mistake: 'the arguments of Keras',
    call: 'binaryCrossentropy([[1, 0]], [[2, -1]], true, 0.1)',
    plain: `binaryCrossentropy: 4 arguments came; ${order}`,
    remedy: 'write binaryCrossentropy(labels, predictions, { fromLogits: true, labelSmoothing: 0.1 })',
  },
  {
    mistake: 'weights by their place',
    call: 'meanSquaredError(y, p, [1, 2, 3])',
    plain: `meanSquaredError: the options came as [1,2,3]; ${plainObject}`,
    remedy: 'write meanSquaredError(labels, predictions, { weights })',
  },
  {
    mistake: "Keras's word for a reduction",
    call: "huber(y, p, { reduction: 'sum_over_batch_size' })",
    plain: `huber: reduction is "sum_over_batch_size"; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: 'an older one',
    call: "huber(y, p, { reduction: 'auto' })",
    plain: `huber: reduction is "auto"; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: "PyTorch's",
    call: "klDivergence([[1, 0]], [[0.5, 0.5]], { reduction: 'batchmean' })",
    plain: `klDivergence: reduction is "batchmean"; ${words}`,
    remedy: "write klDivergence(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: 'an older one',
    call: "huber(y, p, { reduction: 'elementwise_mean' })",
    plain: `huber: reduction is "elementwise_mean"; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: 'that of tf.losses',
    call: "huber(y, p, { reduction: 'MEAN' })",
    plain: `huber: reduction is "MEAN"; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'mean' })",
  },
  {
    mistake: 'the same, with weights',
    call: "huber.with({ reduction: 'SUM_BY_NONZERO_WEIGHTS', weights: [1, 0, 2] })",
    plain: `huber: reduction is "SUM_BY_NONZERO_WEIGHTS"; ${words}`,
    remedy: "write huber.with({ reduction: 'meanOverNonzeroWeights', weights })",
  },
  {
    mistake: 'the same, as a number',
    call: 'huber(y, p, { reduction: tf.Reduction.SUM })',
    plain: `huber: reduction is 2; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'sum' })",
  },
  {
    mistake: 'a misspelt one',
    call: "huber(y, p, { reduction: 'perexampel' })",
    plain: `huber: reduction is "perexampel"; ${words}`,
    remedy: "write huber(labels, predictions, { reduction: 'perExample' })",
  },
  {
    mistake: "Keras's names for options",
    call: 'categoricalFocalCrossentropy([[1, 0]], [[2, 1]], { from_logits: true, gama: 2 })',
    plain:
      'categoricalFocalCrossentropy: unknown option "from_logits"; expected fromLogits, labelSmoothing, epsilon, axis, gamma, alpha, ignoreIndex, weights, mask, ignoreNaN, reduction, validate',
    remedy: 'write categoricalFocalCrossentropy(labels, predictions, { fromLogits: true, gamma: 2 })',
  },
  {
    mistake: 'class indices where there is a number per class',
    call: 'categoricalCrossentropy([0, 1], [[2, 1], [0, 3]], { fromLogits: true })',
    plain:
      'categoricalCrossentropy: labels has shape [2] and predictions has shape [2,2]; expected labels (...,C), predictions (...,C)',
    remedy:
      'write sparseCategoricalCrossentropy(labels, predictions, { fromLogits: true }) for class indices, or categoricalCrossentropy(tf.oneHot(labels, 2), predictions, { fromLogits: true })',
  },
  {
    mistake: 'the same, with an axis of size 1',
    call: 'categoricalCrossentropy([[0], [1]], [[2, 1], [0, 3]])',
    plain:
      'categoricalCrossentropy: labels has shape [2,1] and predictions has shape [2,2]; expected labels (...,C), predictions (...,C)',
    remedy:
      'write sparseCategoricalCrossentropy(labels, predictions) for class indices, or categoricalCrossentropy(tf.oneHot(tf.squeeze(labels, [1]), 2), predictions)',
  },
  {
    mistake: 'the same, of a loss that has no form for them',
    call: 'brier(tf.tensor1d([0, 1]), [[0.5, 0.5], [1, 0]])',
    plain: 'brier: labels has shape [2] and predictions has shape [2,2]; expected labels (...,C), predictions (...,C)',
    remedy: "write brier(tf.oneHot(tf.cast(labels, 'int32'), 2), predictions)",
  },
  {
    mistake: 'one-hot labels where there are class indices',
    call: 'sparseCategoricalCrossentropy([[1, 0], [0, 1]], [[0.5, 0.5], [1, 0]])',
    plain:
      'sparseCategoricalCrossentropy: labels has shape [2,2] and predictions has shape [2,2]; expected labels (...), predictions (...,C)',
    remedy:
      'write categoricalCrossentropy(labels, predictions) for one number per class, or sparseCategoricalCrossentropy(tf.argMax(labels, -1), predictions)',
  },
  {
    mistake: 'the same, of a loss that has no form for them',
    call: 'multiMargin([[1, 0], [0, 1]], [[2, 1], [0, 3]])',
    plain:
      'multiMargin: labels has shape [2,2] and predictions has shape [2,2]; expected labels (...), predictions (...,C)',
    remedy: 'write multiMargin(tf.argMax(labels, -1), predictions)',
  },
  {
    mistake: 'predictions first',
    call: 'sparseCategoricalCrossentropy([[0.5, 0.5], [1, 0]], [0, 1])',
    plain:
      'sparseCategoricalCrossentropy: labels has shape [2,2] and predictions has shape [2]; expected labels (...), predictions (...,C)',
    remedy: 'labels come first: write sparseCategoricalCrossentropy(labels, predictions)',
  },
  {
    mistake: 'parts of a sum',
    call: "combine({ a: [huber, 1] })(y, p, { reduction: 'average' })",
    plain: `combine: reduction is "average"; ${words}`,
    remedy: "write combine(input1, input2, { reduction: 'mean' })",
  },
];

/** Said on the console, once for each loss, where values can be read for free; before, nothing was. */
export const notedCalls: readonly ReworkedCall[] = [
  {
    mistake: 'logits for probabilities',
    call: 'categoricalCrossentropy([[1, 0]], [[5, -3]])',
    before: null,
    now: 'categoricalCrossentropy: predictions[0,1] is -3, where a probability from 0 to 1 is expected; logits are given with fromLogits: true. This is said once.',
  },
  {
    mistake: 'the same of binary labels',
    call: 'binaryCrossentropy([1, 0], [5, -3])',
    before: null,
    now: 'binaryCrossentropy: predictions[0] is 5, where a probability from 0 to 1 is expected; logits are given with fromLogits: true. This is said once.',
  },
  {
    mistake: "labels and predictions in the other's place",
    call: 'polyCrossentropy([[0.7, 0.3]], [[1, 0]])',
    before: null,
    now: 'polyCrossentropy: predictions are all 0 or 1 and labels are fractions, as if they were swapped; labels come first. This is said once.',
  },
];

export const reworkedCalls: readonly ReworkedCall[] = [
  {
    mistake: 'one value per example for an optimizer',
    call: 'optimizer.minimize(() => huber(y, v, { delta: 2 }))',
    before: 'The f passed in variableGrads(f) must return a scalar, but it returned a rank-1 tensor',
    now: "huber: minimize wants one number, and came to values of shape [3]; write huber.mean(labels, predictions, { delta: 2 }), which is reduction: 'mean'",
  },
  {
    mistake: 'compile without the model',
    call: "compile({ optimizer: 'adam', loss: huber })",
    before: 'compile: the model is an object; expected one of tfjs-layers',
    now: "compile: the model is left out; expected compile(model, { optimizer: 'adam', loss: huber })",
  },
  {
    mistake: 'a name that several losses have a part of',
    call: "getLoss('focal')",
    before:
      'getLoss: no loss is called "focal"; expected one such as asymmetric, binaryCrossentropy, categoricalCrossentropy',
    now: 'getLoss: no loss is called "focal"; expected one such as varifocal, binaryFocalCrossentropy, heatmapFocal',
  },
  {
    mistake: 'losses that are not here',
    call: "getLoss('simclr')",
    before: 'getLoss: no loss is called "simclr"; expected one such as circle, dice, matthewsCorrelation',
    now: 'getLoss: no loss is called "simclr"; expected ntXent with normalize: true',
  },
];

/** What is said where TensorFlow.js lacks a part; its own errors were seen before. */
export const lackingCalls: Readonly<Record<'backend' | 'gradients', ReworkedCall>> = {
  backend: {
    mistake: 'no backend is imported',
    call: 'huber([0], [3])',
    before: 'No backend found in registry.',
    now:
      "huber: TensorFlow.js has no backend to compute with; add import '@tensorflow/tfjs', or import " +
      "'@tensorflow/tfjs-backend-cpu'",
  },
  gradients: {
    mistake: 'no gradients are imported, as `@tensorflow/tfjs-core` alone has none',
    call: "tf.grad((x) => huber(y, x, { reduction: 'mean' }))(tf.tensor1d([0.5, 1, 4]))",
    before: 'Cannot compute gradient: gradient function not found for Multiply.',
    now:
      "huber: TensorFlow.js has no gradients of its ops; add import '@tensorflow/tfjs', or import " +
      "'@tensorflow/tfjs-core/dist/register_all_gradients'",
  },
};
