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

const counts = [1, 2, 5, 3.5];
const means = [2, 2, 1.5, 7];
const target = [[1, 2, 3, 5]];
const predicted = [[1.5, 1, 4.5, 4.25]];

/** First and second derivatives, along one direction, at the predicted box. */
function bothDerivatives(f: (boxes: tf.Tensor) => tf.Tensor): tf.Tensor {
  const first = tf.grad((boxes: tf.Tensor) => tf.sum(f(boxes)));
  const second = tf.grad((boxes: tf.Tensor) => tf.sum(tf.mul(first(boxes), [[0.5, -1, 2, 0.7]])));
  return tf.concat([first(tf.tensor2d(predicted)), second(tf.tensor2d(predicted))], 0);
}

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
  'label smoothing = smoothed labels, of any axis': [
    () => tf.transpose(L.labelSmoothing(soft(), 0.2)),
    () => L.labelSmoothing(tf.transpose(soft()), 0.2, 0),
  ],
  'smoothed labels = the option of a focal loss': [
    () => L.categoricalFocalCrossentropy(L.labelSmoothing(soft(), 0.2), probabilities()),
    () => L.categoricalFocalCrossentropy(soft(), probabilities(), { labelSmoothing: 0.2 }),
  ],
  'sparse = dense focal loss with one-hot labels': [
    () => L.sparseCategoricalFocalCrossentropy(indices, logits(), { ...focal, labelSmoothing: 0.1 }),
    () => L.categoricalFocalCrossentropy(oneHot(), logits(), { ...focal, labelSmoothing: 0.1 }),
  ],
  'focal loss from logits = from softmax': [
    () => L.categoricalFocalCrossentropy(soft(), logits(), focal),
    () => L.categoricalFocalCrossentropy(soft(), probabilities(), { ...focal, fromLogits: false }),
  ],
  'focal loss that does not focus = cross-entropy': [
    () => L.categoricalFocalCrossentropy(soft(), logits(), { fromLogits: true, gamma: 0, alpha: 1 }),
    () => L.categoricalCrossentropy(soft(), logits(), { fromLogits: true }),
  ],
  'binary focal loss = two-class categorical focal loss': [
    () => L.binaryFocalCrossentropy([1, 0, 1], [0.5, 0.2, 0.9], { alpha: 0.3, gamma: 0.5 }),
    () =>
      L.sparseCategoricalFocalCrossentropy(
        [1, 0, 1],
        [
          [0.5, 0.5],
          [0.8, 0.2],
          [0.1, 0.9],
        ],
        { alpha: [0.7, 0.3], gamma: 0.5 },
      ),
  ],
  'poly loss without its polynomial = cross-entropy': [
    () => L.polyCrossentropy(indices, logits(), { fromLogits: true, polyEpsilon: 0, labelSmoothing: 0.1 }),
    () => L.categoricalCrossentropy(oneHot(), logits(), { fromLogits: true, labelSmoothing: 0.1 }),
  ],
  'generalized cross-entropy with a small q = cross-entropy': [
    () => L.generalizedCrossentropy(indices, probabilities(), { q: 1e-7 }),
    () => L.sparseCategoricalCrossentropy(indices, probabilities()),
  ],
  'generalized cross-entropy with q = 1 is the error': [
    () => L.generalizedCrossentropy(soft(), logits(), { q: 1, fromLogits: true }),
    () => tf.sub(1, tf.sum(tf.mul(soft(), probabilities()), -1)),
  ],
  'asymmetric without powers and clip = binary cross-entropy': [
    () => L.asymmetric([1, 0, 0.3], [0.5, -2, 3], { gammaPositive: 0, gammaNegative: 0, clip: 0 }),
    () => L.binaryCrossentropy([1, 0, 0.3], [0.5, -2, 3], { fromLogits: true }),
  ],
  'asymmetric with equal powers = binary focal loss': [
    () => L.asymmetric([1, 0], [0.5, -2], { gammaPositive: 0.5, gammaNegative: 0.5, clip: 0 }),
    () => L.binaryFocalCrossentropy([1, 0], [0.5, -2], { fromLogits: true, gamma: 0.5 }),
  ],
  'asymmetric = its formula': [
    () => L.asymmetric([1, 0, 0, 0.4], [0.3, 1.2, -4, -1]),
    () => {
      const [y, p] = [tf.tensor1d([1, 0, 0, 0.4]), tf.sigmoid([0.3, 1.2, -4, -1])];
      const q = tf.minimum(tf.sub(1.05, p), 1);
      const positive = tf.mul(tf.mul(y, tf.sub(1, p)), tf.log(p));
      return tf.neg(tf.add(positive, tf.mul(tf.mul(tf.sub(1, y), tf.pow(tf.sub(1, q), 4)), tf.log(q))));
    },
  ],
  'multilabel soft margin = the mean of binary cross-entropies': [
    () => L.multilabelSoftMargin(soft(), logits()),
    () => L.binaryCrossentropy(soft(), logits(), { fromLogits: true }),
  ],
  'two-class multiclass sparsemax = binary sparsemax of the difference': [
    () =>
      L.multiclassSparsemax(
        [0, 1, 0, 1],
        [
          [1, 0.5],
          [3, 1],
          [-2, 0],
          [1, 1],
        ],
      ),
    () => L.sparsemax([1, 0, 1, 0], [0.5, 2, -2, 0]),
  ],
  'Fenchel-Young loss of log-sum-exp = cross-entropy': [
    () => L.fenchelYoung((x) => tf.logSumExp(x, -1))(oneHot(), logits()),
    () => L.categoricalCrossentropy(oneHot(), logits(), { fromLogits: true }),
  ],
  'multilabel margin of lists = of multi-hot labels': [
    () => L.multilabelMargin([[2, 0, -1, 3]], [[0.1, -0.2, 0.4, 0.3]]),
    () => L.multilabelMargin([[1, 0, 1, 0]], [[0.1, -0.2, 0.4, 0.3]]),
  ],
  'multi-margin of two classes = half the hinge of the difference': [
    () =>
      L.multiMargin(
        [1, 0],
        [
          [-2, -1.5],
          [0.25, 1],
        ],
        { p: 2 },
      ),
    () => tf.mul(0.5, L.squaredHinge([1, 0], [0.5, 0.75])),
  ],
  'margin ranking = hinge of the difference': [
    () => L.marginRanking([1, -1], [0.5, 2], [1, 1], { margin: 1 }),
    () => L.hinge([1, -1], [-0.5, 1]),
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
  'Poisson deviance = the distance of two likelihoods of counts': [
    () => L.tweedieDeviance(counts, means, { power: 1 }),
    () =>
      tf.mul(2, tf.sub(L.poisson(counts, means, { epsilon: 1e-30 }), L.poisson(counts, counts, { epsilon: 1e-30 }))),
  ],
  'gamma deviance = Tweedie deviance of power 2, also of logarithms': [
    () => L.gammaDeviance(counts, tf.log(means), { logInput: true }),
    () => L.tweedieDeviance(counts, means, { power: 2 }),
  ],
  'Poisson likelihood of logarithms = of counts': [
    () => L.poisson(counts, tf.log(means), { logInput: true, full: true }),
    () => L.poisson(counts, means, { full: true }),
  ],
  'Gaussian likelihood of variance 1 = half the squared error': [
    () => L.gaussianNll(errors.labels, errors.predictions, 1),
    () => L.halfSquaredError(errors.labels, errors.predictions),
  ],
  'robust loss of shape 2 = half the squared error, and close to it alike': [
    () => L.robust(errors.labels, errors.predictions, { alpha: 2 }),
    () => L.robust(errors.labels, errors.predictions, { alpha: 2 - 1e-7 }),
  ],
  'pairwise squared error = the mean over all pairs': [
    () => L.meanPairwiseSquaredError([[0, 0, 0]], [[1, 4, 6]]),
    () => tf.tensor1d([(3 ** 2 + 5 ** 2 + 2 ** 2) / 3]),
  ],
  'generalized KL of distributions = KL': [
    () => L.generalizedKlDivergence(soft(), probabilities()),
    () => L.klDivergence(soft(), logits(), { predictionFormat: 'logits' }),
  ],
  'Jensen-Shannon divergence = KL to the mixture': [
    () => L.jensenShannon(soft(), logits(), { predictionFormat: 'logits', base: 2 }),
    () => {
      const mixture = tf.div(tf.add(soft(), probabilities()), 2);
      return tf.div(
        tf.add(L.klDivergence(soft(), mixture, { base: 2 }), L.klDivergence(probabilities(), mixture, { base: 2 })),
        2,
      );
    },
  ],
  'total variation = what the larger probabilities are larger by': [
    () => L.totalVariation(soft(), logits(), { predictionFormat: 'logits' }),
    () => tf.sum(tf.relu(tf.sub(soft(), probabilities())), -1),
  ],
  'boxes in every format': [
    () =>
      tf.concat(
        [
          L.completeIou([[1, 2, 3, 5]], [[2, 1, 4, 4]]),
          L.completeIou([[1, 2, 2, 3]], [[2, 1, 2, 3]], { format: 'xywh' }),
          L.completeIou([[2, 3.5, 2, 3]], [[3, 2.5, 2, 3]], { format: 'cxcywh' }),
          L.completeIou([[2, 1, 5, 3]], [[1, 2, 4, 4]], { format: 'yxyx' }),
        ],
        0,
      ),
    () => tf.tile(L.distanceIou([[1, 2, 3, 5]], [[2, 1, 4, 4]]), [4]),
  ],
  'derivatives of complete IoU = with a constant factor of the shapes': [
    () => bothDerivatives((boxes) => L.completeIou(target, boxes)),
    () => {
      const difference = (boxes: tf.Tensor): tf.Tensor => {
        const [x1, y1, x2, y2] = tf.unstack(boxes, -1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        return tf.square(
          tf.mul(2 / Math.PI, tf.sub(Math.atan(2 / 3), tf.atan(tf.div(tf.sub(x2, x1), tf.sub(y2, y1))))),
        );
      };
      const penalty = tf.sub(L.completeIou(target, predicted), L.distanceIou(target, predicted));
      const factor = penalty.div(difference(tf.tensor2d(predicted))).dataSync()[0] as number;
      return bothDerivatives((boxes) => tf.add(L.distanceIou(target, boxes), tf.mul(factor, difference(boxes))));
    },
  ],
  'ranking by labels that sum to 1 = cross-entropy': [
    () => L.rankingSoftmax(soft(), logits()),
    () => L.categoricalCrossentropy(soft(), logits(), { fromLogits: true }),
  ],
  'padded lists = shorter lists': [
    () => L.rankingSoftmax([[2, 1, -1, -1]], [[0.5, -1, 3, 9]], { normalizeLabels: true }),
    () => L.rankingSoftmax([[2 / 3, 1 / 3]], [[0.5, -1]]),
  ],
};

const focal = { fromLogits: true, gamma: 0.5, alpha: [0.5, 2, 1, 3] };

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
