import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

const batch = 6;
const classes = 4;
const logits = (): tf.Tensor2D => tf.tensor2d(numbers('logits', batch * classes, [-4, 4]), [batch, classes]);
const indices = numbers('indices', batch).map((x) => Math.floor(x * classes));
const oneHot = (): tf.Tensor => tf.oneHot(tf.tensor1d(indices, 'int32'), classes);
const soft = (): tf.Tensor => tf.softmax(tf.tensor2d(numbers('soft', batch * classes, [-2, 2]), [batch, classes]));
const probabilities = (): tf.Tensor => tf.softmax(logits());
const errors = { labels: numbers('labels', 8, [-3, 3]), predictions: numbers('predictions', 8, [-3, 3]) };
const classWeights = [0.5, 2, 1, 3];

type Side = () => tf.Tensor;

/** Two ways to the same numbers. */
const identities: Readonly<Record<string, readonly [Side, Side]>> = {
  'sparse = dense cross-entropy with one-hot labels': [
    () => L.sparseCategoricalCrossentropy(indices, logits(), { fromLogits: true }),
    () => L.categoricalCrossentropy(oneHot(), logits(), { fromLogits: true }),
  ],
  'sparse = dense with smoothing, class weights, z-loss, softcap and temperature': [
    () => L.sparseCategoricalCrossentropy(indices, logits(), { ...everything, reduction: 'weightedMean' }),
    () => L.categoricalCrossentropy(oneHot(), logits(), { ...everything, reduction: 'weightedMean' }),
  ],
  'label smoothing = smoothed labels': [
    () => L.categoricalCrossentropy(soft(), probabilities(), { labelSmoothing: 0.2 }),
    () => L.categoricalCrossentropy(tf.add(tf.mul(0.8, soft()), 0.2 / classes), probabilities()),
  ],
  'from logits = from softmax': [
    () => L.categoricalCrossentropy(soft(), logits(), { fromLogits: true }),
    () => L.categoricalCrossentropy(soft(), probabilities()),
  ],
  'temperature divides, softcap bounds': [
    () => L.categoricalCrossentropy(soft(), logits(), { fromLogits: true, temperature: 2, softcap: 3 }),
    () => L.categoricalCrossentropy(soft(), tf.div(tf.mul(3, tf.tanh(tf.div(logits(), 3))), 2), { fromLogits: true }),
  ],
  'binary = two-class categorical': [
    () => L.binaryCrossentropy([1, 0, 1], [0.5, -2, 3], { fromLogits: true }),
    () =>
      L.sparseCategoricalCrossentropy(
        [1, 0, 1],
        [
          [0, 0.5],
          [0, -2],
          [0, 3],
        ],
        { fromLogits: true },
      ),
  ],
  'binary from logits = from sigmoid': [
    () => L.binaryCrossentropy([1, 0, 0.3], [0.5, -2, 3], { fromLogits: true, posWeight: 2, labelSmoothing: 0.1 }),
    () => L.binaryCrossentropy([1, 0, 0.3], tf.sigmoid([0.5, -2, 3]), { posWeight: 2, labelSmoothing: 0.1 }),
  ],
  'negative log-likelihood of log-softmax = cross-entropy': [
    () => L.negativeLogLikelihood(indices, tf.logSoftmax(logits()), { classWeights, reduction: 'weightedMean' }),
    () =>
      L.sparseCategoricalCrossentropy(indices, logits(), { fromLogits: true, classWeights, reduction: 'weightedMean' }),
  ],
  'cross-entropy = entropy + KL': [
    () => L.crossEntropy(soft(), probabilities()),
    () => tf.add(L.entropy(soft()), L.klDivergence(soft(), probabilities(), { epsilon: null })),
  ],
  'KL of a distribution from itself = 0': [() => L.klDivergence(soft(), soft()), () => tf.zeros([batch])],
  'KL in every format': [
    () => L.klDivergence(tf.log(soft()), logits(), { labelFormat: 'logProbabilities', predictionFormat: 'logits' }),
    () => L.klDivergence(soft(), probabilities(), { epsilon: null }),
  ],
  'KL of one-hot labels = cross-entropy': [
    () => L.klDivergence(oneHot(), probabilities(), { epsilon: null }),
    () => L.categoricalCrossentropy(oneHot(), probabilities()),
  ],
  'entropy of logits = of probabilities': [
    () => L.entropy(logits(), { fromLogits: true }),
    () => L.entropy(probabilities()),
  ],
  'entropy of a uniform distribution = log C': [
    () => L.entropy([[0.25, 0.25, 0.25, 0.25]], { base: 2 }),
    () => tf.tensor1d([2]),
  ],
  'Huber with a large delta = half the squared error': [
    () => L.huber(errors.labels, errors.predictions, { delta: 100 }),
    () => tf.mul(0.5, L.meanSquaredError(errors.labels, errors.predictions)),
  ],
  'Huber with a small delta = delta times the absolute error': [
    () => tf.div(L.huber(errors.labels, errors.predictions, { delta: 2 ** -20 }), 2 ** -20),
    () => L.meanAbsoluteError(errors.labels, errors.predictions),
  ],
  'squared hinge = the square of the hinge': [
    () => L.squaredHinge([1, 0, 1], [0.5, 2, -1], { reduction: 'none' }),
    () => tf.square(L.hinge([1, -1, 1], [0.5, 2, -1], { labels: 'signed', reduction: 'none' })),
  ],
  'hinge labels in both spellings': [
    () => L.hinge([1, 0, 1], [0.5, 2, -1], { labels: 'binary' }),
    () => L.hinge([1, -1, 1], [0.5, 2, -1]),
  ],
  'two-class categorical hinge = hinge of the difference': [
    () => L.categoricalHinge([[1, 0]], [[-2, -1]]),
    () => L.hinge([1], [-1]),
  ],
  'cosine distance does not see lengths': [
    () => L.cosineDistance([[1, 2, 3]], [[3, -1, 2]]),
    () => L.cosineDistance([[10, 20, 30]], [[0.3, -0.1, 0.2]]),
  ],
  'a differential entropy by quadrature = in closed form': [
    () =>
      L.differentialEntropy((x) => Math.exp(-((x - 1) ** 2) / 8) / Math.sqrt(8 * Math.PI), [-Infinity, Infinity], {
        base: 2,
      }),
    () => L.differentialEntropy({ mean: 1, standardDeviation: 2 }, { base: 2 }),
  ],
};

const everything = {
  fromLogits: true,
  labelSmoothing: 0.1,
  classWeights,
  zLoss: 0.01,
  softcap: 3,
  temperature: 1.5,
  base: 2,
};

test.each(Object.entries(identities))('%s', (_, [left, right]) =>
  assertClose(compute(left), compute(right), 2e-5, 'entry'),
);

test('the check of an identity can fail', () => {
  expect(() =>
    assertClose(
      compute(() => L.entropy(soft())),
      compute(() => L.entropy(probabilities())),
      2e-5,
      'entry',
    ),
  ).toThrow(/entry\[0\]/);
});
