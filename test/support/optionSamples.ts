export interface Sizes {
  readonly classes: number;
  readonly last: number;
  readonly batch: number;
  /** Steps of a sequence; drawn calls have three more than classes. */
  readonly steps?: number;
}

/** For each option, or option of one loss: values it may have, the first ones off their default, and values it must refuse. */
interface Samples {
  readonly good: (sizes: Sizes) => readonly unknown[];
  readonly bad: readonly unknown[];
}

const among =
  (...good: readonly unknown[]) =>
  (): readonly unknown[] =>
    good;

const formats: Samples = { good: among('logits', 'logProbabilities', 'probabilities'), bad: ['probability', 1, null] };
/** All of these losses refuse another kind of distance. */
const pairDistances: Samples = {
  good: among('euclidean', 'cosine', 'dot', 'squaredEuclidean', 'snr'),
  bad: ['manhattan', null, 2, {}],
};
/** The default is the last axis, unless another one might be meant. */
const entryAxis: Samples = { good: among(-1), bad: [0.5, '1', [1]] };

const perClassOrNumber: Samples = {
  good: ({ classes }) => [Array.from({ length: classes }, (_, c) => 0.5 + c), 0.25],
  bad: [-1, NaN, 'two', [1, -1], null],
};
const orZero: Samples = { good: among(1e-3, 1e-7), bad: [-1, NaN, Infinity, '1'] };
const notPositive = [0, -1, NaN, Infinity, '1', null, true];

const shares: Samples = { good: among(0.3, 1, 0, 0.5), bad: [-0.1, 1.1, NaN, null] };
/** Factors of log-probabilities. */
const sharpness: Samples = { good: among(0.5, 2, 0.1), bad: notPositive };
/** A number for all, or one in an array. */
const scalars = (...[first, second]: readonly [number, number]): Samples => ({
  good: among(first, [second], 1),
  bad: [0, -1, NaN, 'two', [0], null],
});

/** Vectors of so many numbers from -1 to 1. */
const vectors = (count: number, size: number): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, d) => Math.sin(1 + 3 * i + 2 * d)));

const flags: Samples = { good: among(true, false), bad: ['yes', 1, null] };
const classLists: Samples = { good: among([1, 0], [1], null), bad: ['all', 1, [], [0.5], [1, 1], [-1]] };
const overlapAxes: Samples = {
  good: among('batch', [0], -1, [-2], [0, -1], 'all', 'example'),
  bad: ['examples', [], 0.5, [0.5], [1, 1], null],
};
// A score below it has a bounded logarithm, whose gradient does not vanish and so is not that of the value.
const belowSmooth: Samples = { good: among(1e-8, 1e-7), bad: [-1, 0, NaN, Infinity, '1'] };
const exampleOrBatch: Samples = { good: among('batch', 'example'), bad: ['examples', 0, [0], null] };

const samples: Readonly<Record<string, Samples>> = {
  alpha: { good: among(0.25, 1, 0, 0.5), bad: [-0.1, 1.1, NaN, '1', null] },
  'adaptiveWing.alpha': { good: among(3, 2.1), bad: [1.5, 101, NaN, '1', null] },
  'adaptiveWing.epsilon': { good: among(0.25, 1), bad: notPositive },
  axis: { good: among(-1), bad: [0.5, '1', null, [], [1, 1]] },
  classAxis: { good: among(-1), bad: [0.5, '1', null, [1]] },
  'binaryCrossentropy.axis': entryAxis,
  'binaryFocalCrossentropy.axis': entryAxis,
  beta: { good: among(0.5, 0, 1), bad: [-1, NaN, '1', null] },
  base: { good: among(2, Math.E, 10), bad: [...notPositive, 1] },
  classWeights: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => 0.5 + c), null],
    bad: ['balanced', 2, [1, NaN]],
  },
  'binaryFocalCrossentropy.alpha': { good: among(0.25, null), bad: [-0.1, 1.1, NaN, '1'] },
  'categoricalFocalCrossentropy.alpha': perClassOrNumber,
  'sparseCategoricalFocalCrossentropy.alpha': perClassOrNumber,
  clip: { good: among(0.2, 0, 0.05), bad: [-0.1, 1.1, NaN, null] },
  curvature: { good: among(2, 0.5), bad: notPositive },
  clipRange: { good: among(0.5, 0.2), bad: [-0.1, NaN, Infinity, '1', null] },
  clipRangeHigh: { good: among(0.3, null), bad: [-0.1, NaN, Infinity, '1'] },
  discount: {
    good: ({ last }) => [
      ...(last > 0 ? [Array.from({ length: last }, (_, i) => 0.9 - (0.8 * i) / last)] : []),
      0.5,
      0.99,
    ],
    bad: [-0.1, 1.1, NaN, null, 'all', [0.5, 1.1]],
  },
  'cpo.beta': sharpness,
  'cpo.objective': { good: among('hinge', 'sigmoid'), bad: ['ipo', true, null] },
  'dpo.beta': sharpness,
  'dpo.objective': {
    good: among(
      'hinge',
      'ipo',
      'robust',
      'exoPair',
      'ncaPair',
      'bcoPair',
      'sppoHard',
      'apoZero',
      'apoDown',
      'discopop',
      'sigmoid',
    ),
    bad: ['bco', true, null],
  },
  'dpo.tau': { good: among(0.5, 1, 0.05), bad: [...notPositive, 1.1] },
  chosenLengths: {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 2 + i), null],
    bad: [2, 'all', [0, 1], [-1]],
  },
  rejectedLengths: {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 1 + ((3 * i) % 5)), null],
    bad: [2, 'all', [0, 1], [-1]],
  },
  'simPo.beta': sharpness,
  'orpo.beta': sharpness,
  'kto.beta': sharpness,
  kl: { good: among(0.5, [-0.25], 0), bad: ['some', () => 1, NaN, [NaN], null] },
  desirableWeight: { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  undesirableWeight: { good: among(2, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  // The gradient of 'cispo' is not that of the value, by intention.
  'grpo.objective': { good: among('sapo', 'clip'), bad: ['ppo', true, null] },
  'grpo.delta': { good: among(1.5, 0.5, null), bad: [0, -1, NaN, Infinity, '1', true] },
  importance: { good: among('sequence', 'token'), bad: ['answer', 1, null] },
  referenceLogProbs: {
    good: ({ classes, steps = classes + 3 }) => [Array.from({ length: steps }, (_, t) => -0.5 - t / 4), null],
    bad: ['some', 2, [1, NaN], () => 1],
  },
  temperaturePositive: { good: among(2, 0.5, 1), bad: notPositive },
  temperatureNegative: { good: among(2, 0.5, 1.05), bad: notPositive },
  'ganDiscriminator.objective': {
    good: among('leastSquares', 'hinge', 'wasserstein', 'minimax'),
    bad: ['nonSaturating', true, null],
  },
  'ganGenerator.objective': {
    good: among('leastSquares', 'minimax', 'hinge', 'wasserstein', 'nonSaturating'),
    bad: ['softmax', true, null],
  },
  priorMean: {
    good: ({ classes }) => [Array.from({ length: classes + 1 }, (_, d) => d / 4 - 0.5), 0.5, 0],
    bad: [NaN, Infinity, 'zero', null],
  },
  priorLogVariance: {
    good: ({ classes }) => [Array.from({ length: classes + 1 }, (_, d) => d / 4 - 0.5), -0.5, 0],
    bad: [NaN, Infinity, 'zero', null],
  },
  'quantileHuber.delta': { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  commitment: { good: among(0.5, 0, 1, 0.25), bad: [-1, NaN, Infinity, '1', null] },
  prediction: { good: among('sample', 'velocity', 'noise'), bad: ['epsilon', 0, null] },
  weighting: { good: among('snr', 'none', 'minSnr'), bad: ['maxSnr', true, null] },
  'diffusion.gamma': { good: among(0.5, 1, 5), bad: notPositive },
  'qLearning.delta': { good: among(0.5, Infinity, 1), bad: [0, -1, NaN, '1', null] },
  selector: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => ((7 * c) % 5) - 2), null],
    bad: [2, 'some', () => 1],
  },
  delta: { good: among(0.5, 1, 2), bad: notPositive },
  epsilon: { good: among(1e-3, 1e-7), bad: [-1, 0, NaN, Infinity, '1'] },
  'cosineSimilarity.epsilon': orZero,
  'cosineDistance.epsilon': orZero,
  'cosineEmbedding.epsilon': orZero,
  expectile: { good: among(0.9, 0, 1, 0.5), bad: [-0.1, 1.1, NaN, null, [0.5]] },
  fromLogits: { good: among(true, false), bad: ['yes', 1, null] },
  ignoreIndex: { good: among(-1, null), bad: [0.5, '0', NaN] },
  bias: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => c / 4 - 0.5), null],
    bad: [2, 'some', () => 1],
  },
  chunkSize: { good: among(2, null), bad: [0, 1.5, -1, '2'] },
  shift: { good: among(0), bad: [-1, 0.5, '1', null] },
  transposeWeight: { good: among(true, false), bad: ['yes', 1, null] },
  blankIndex: { good: among(-1, 0), bad: [0.5, '0', null] },
  labelLengths: {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 1 + (i % 2)), null],
    bad: [2, 'all', [-1, 1]],
  },
  logitLengths: {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 4 - (i % 2)), null],
    bad: [2, 'all', [-1, 1]],
  },
  lengths: {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 1 + (i % 3)), null],
    bad: [2, 'all', [0, 1]],
  },
  logVariance: flags,
  logProbabilities: { good: among(true, false), bad: ['yes', 1, null] },
  zeroInfinity: { good: among(true, false), bad: ['yes', 1, null] },
  absentClasses: { good: among('skip', 'zero', 'count'), bad: ['drop', true, null] },
  activation: { good: among('sigmoid', 'softmax', null), bad: ['relu', 1] },
  'circle.gamma': { good: among(2, 80), bad: notPositive },
  classes: classLists,
  'angular.alpha': { good: among(20, 80, 40), bad: [-1, 90, NaN, '1', null] },
  'arcFace.margin': { good: among(0.25, 0.5), bad: [-0.1, 4, NaN, '1', null] },
  'clip.temperature': scalars(2, 0.5),
  'infoNce.temperature': scalars(2, 0.5),
  'sigLip.temperature': scalars(2, 0.5),
  'sigLip.bias': { good: among(0.5, [-1], -10), bad: ['some', () => 1, NaN, [NaN], null] },
  'infoNce.distance': { good: among('dot', 'cosine'), bad: ['euclid', 2, null] },
  negatives: {
    good: ({ classes }) => [vectors(2, classes + 1), null],
    bad: ['some', 2, [[1, NaN]]],
  },
  inBatch: flags,
  references: {
    good: ({ classes }) => [vectors(4, classes + 1), null],
    bad: ['some', 2, [[1, NaN]]],
  },
  referenceLabels: { good: among([1, 0, 0, 1], null), bad: ['all', 2, [0, 0.5], [NaN]] },
  invariance: { good: among(1, 25), bad: [-1, NaN, Infinity, '1', null] },
  variance: { good: among(2, 25), bad: [-1, NaN, Infinity, '1', null] },
  counts: {
    good: ({ classes }) => [
      Array.from({ length: classes }, (_, c) => 1 + c * c),
      Array.from({ length: classes }, (_, c) => (classes - c) / 8),
    ],
    bad: [2, 'even', [1, 0], [1, -1], [1, NaN], null],
  },
  covariance: { good: among(0.5, 1), bad: [-1, NaN, Infinity, '1', null] },
  'vicReg.epsilon': { good: among(1e-3, 1e-4), bad: notPositive },
  lambda: { good: among(0.5, 0.005), bad: [-1, NaN, Infinity, '1', null] },
  'proxyAnchor.margin': { good: among(0.25, 0.1), bad: [-0.1, 3, NaN, '1', null] },
  'cosFace.margin': { good: among(0.1, 0.35), bad: [-0.1, 3, NaN, '1', null] },
  'contrastive.distance': pairDistances,
  negativeMargin: { good: among(0.5, -0.5, 1), bad: [NaN, Infinity, '1', null] },
  'contrastive.pairs': { good: among('positive', 'negative', 'all'), bad: ['both', true, null] },
  positiveMargin: { good: among(0.25, -0.5, 0), bad: [NaN, Infinity, '1', null] },
  'cosineEmbedding.margin': { good: among(-0.5, 0.5, 0), bad: [-1.5, 2, NaN, '1', null] },
  // A gradient that is not that of the value, by intention.
  detachWeights: { ...flags, good: among(false) },
  detachTeacher: { ...flags, good: among(false) },
  crossentropyWeight: { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  diceWeight: { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  'diceCrossentropy.axis': exampleOrBatch,
  'diceCrossentropy.epsilon': belowSmooth,
  'dice.axis': overlapAxes,
  'dice.epsilon': belowSmooth,
  distance: { good: among(null), bad: ['L2', 2, {}] },
  'heatmapFocal.alpha': { good: among(0.5, 0, 3, 2), bad: [-1, 101, NaN, '1', null] },
  'heatmapFocal.beta': { good: among(0.5, 0, 2, 4), bad: [-1, 101, NaN, '1', null] },
  'generalizedLiftedStructure.distance': pairDistances,
  'liftedStructure.distance': pairDistances,
  'generalizedDice.axis': exampleOrBatch,
  intersection: { good: among('minimum', 'product'), bad: ['sum', true, null] },
  'jaccard.axis': overlapAxes,
  'jaccard.epsilon': belowSmooth,
  logLoss: flags,
  'lovaszSoftmax.classes': { good: among('all', [1, 0], 'present'), bad: ['some', 1, [], [0.5], [1, 1], [-1]] },
  'matthewsCorrelation.axis': exampleOrBatch,
  normalize: flags,
  'nca.distance': pairDistances,
  'nPairs.distance': pairDistances,
  'ntXent.temperature': { good: among(0.5, 2), bad: notPositive },
  omega: { good: among(2, 14), bad: notPositive },
  p: { good: among(1, 3, 1.5, Infinity, 2), bad: [0, 0.5, NaN, '1', null] },
  perImage: flags,
  removeDiagonal: flags,
  smooth: { good: among(1, 1e-5), bad: [-1, NaN, '1', null] },
  soft: flags,
  squared: flags,
  'supervisedContrastive.distance': pairDistances,
  'triplet.distance': pairDistances,
  'tupletMargin.margin': { good: among(0.25, 0.1), bad: [-0.1, 4, NaN, '1', null] },
  swap: flags,
  'tripletMargin.epsilon': { good: among(1e-3, 1e-6), bad: [-1, NaN, Infinity, '1', null] },
  'tversky.alpha': { good: among(0.25, 0.5, 2), bad: [-1, NaN, Infinity, '1', null] },
  'tversky.axis': overlapAxes,
  'tversky.epsilon': belowSmooth,
  'tversky.gamma': { good: among(2, 0.75, 1), bad: notPositive },
  'varifocal.alpha': { good: among(0.25, 0, 2, 0.75), bad: [-1, NaN, Infinity, '1', null] },
  weight: { good: among('simple', 'uniform', 'square'), bad: ['cube', 2, null] },
  end: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => 0.5 - c / 4), null],
    bad: [2, 'some', () => 1],
  },
  filterSigma: { good: among(0.75, 1.5), bad: notPositive },
  filterSize: { good: among(3, 1, 4), bad: [0, -1, 1.5, '3', null] },
  format: { good: among('xywh', 'cxcywh', 'yxyx', 'xyxy'), bad: ['xxyy', 1, null] },
  fair: flags,
  // Five scales would need larger images than are drawn.
  powerFactors: { good: among([1, 1.5], [1], [0.5, 0.5]), bad: [[], [0.5, 0], [-1], ['1'], [NaN], 1, null] },
  iterations: { good: among(1, 0, 3), bad: [-1, 0.5, NaN, '1', null] },
  'softClDice.smooth': { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  full: { good: among(true, false), bad: ['yes', 1, null] },
  'jensenShannon.beta': shares,
  'distillation.beta': shares,
  divergence: { good: among('reverse', 'jensenShannon', 'forward'), bad: ['backward', 0, null] },
  scaleByTemperature: flags,
  thresholdWeights: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, k) => 0.5 + k), null],
    bad: ['balanced', 2, [1, NaN]],
  },
  labelFormat: formats,
  labelSmoothing: { good: among(0.1, 0), bad: [-0.1, 1.1, NaN, null] },
  labels: { good: among('binary', 'signed', 'auto'), bad: ['hot', 1, null] },
  gamma: { good: among(0.5, 2), bad: [-1, NaN, Infinity, '1', null] },
  gammaNegative: { good: among(0.5, 4), bad: [-1, NaN, '1', null] },
  gammaPositive: { good: among(0.5, 1), bad: [-1, NaN, '1', null] },
  logInput: { good: among(true, false), bad: ['yes', 1, null] },
  k1: { good: among(0.1, 0.01), bad: notPositive },
  k2: { good: among(0.1, 0.03), bad: notPositive },
  'bradleyTerry.margin': {
    good: ({ last }) => [...(last > 0 ? [Array.from({ length: last }, (_, i) => i / 2 - 0.25)] : []), 0.5, 0],
    bad: [NaN, Infinity, 'two', [0, NaN], null],
  },
  'marginLoss.beta': {
    good: ({ batch }) => [Array.from({ length: batch }, (_, i) => 0.25 + i / 4), 0.5, 1.2],
    bad: [NaN, Infinity, 'two', [0, NaN], null],
  },
  'marginLoss.distance': pairDistances,
  'marginLoss.margin': { good: among(0.5, 0.2), bad: [-1, NaN, '1', null] },
  'marginRanking.margin': { good: among(0.5, -0.5, 0), bad: [NaN, Infinity, '1', null] },
  lambdaWeight: {
    good: among('labelDifference', 'ndcg', 'dcg', 'precision', null),
    bad: ['mrr', true, 1],
  },
  topN: { good: among(2, null), bad: [0, -1, 1.5, '2', true] },
  smoothFraction: { good: among(0.25, 1, 0), bad: [-0.1, 1.1, NaN, null] },
  margin: { good: among(0.5, 1), bad: [-1, NaN, '1', null] },
  maxMargin: { good: among(0.25, 0, 0.5), bad: [-1, NaN, Infinity, '1', null] },
  maxValue: { good: among(4, 1), bad: notPositive },
  mining: { good: among('hard', 'semihard', 'batchHard', 'batchSemihard', 'all'), bad: ['easy', 1, null] },
  'multiSimilarity.alpha': { good: among(1, 2), bad: notPositive },
  'multiSimilarity.beta': { good: among(5, 2), bad: notPositive },
  'multiSimilarity.base': { good: among(0.25, -0.5, 0.5), bad: [NaN, Infinity, '1', null] },
  'multiSimilarity.distance': pairDistances,
  'multiSimilarity.epsilon': { good: among(0.1, -0.1, null), bad: [NaN, Infinity, '1'] },
  'multilabelMargin.labelFormat': { good: among('indices', 'multiHot', 'auto'), bad: ['hot', 1, null] },
  'multiMargin.p': { good: among(2, 1), bad: [0, 1.5, NaN, '1', null] },
  normalizeLabels: { good: among(true, false), bad: ['yes', 1, null] },
  normalized: { good: among(true, false), bad: ['yes', 1, null] },
  percent: { good: among(false, true), bad: ['yes', 1, null] },
  polyEpsilon: { good: among(-1, 2), bad: [NaN, Infinity, '1', null] },
  prior: { good: among(0.3, 0, 1, 0.5), bad: [-0.1, 1.1, NaN, '1', null] },
  priors: {
    good: ({ classes }) => [
      Array.from({ length: classes }, (_, c) => (c + 1) / 16),
      Array.from({ length: classes }, (_, c) => classes - c),
    ],
    bad: [2, 'uniform', [1, 0], [1, -1], [1, NaN], null],
  },
  tau: { good: among(0.5, 0, 1), bad: [-1, NaN, Infinity, '1', null] },
  posWeight: {
    good: ({ last }) => [...(last > 0 ? [Array.from({ length: last }, (_, i) => 0.5 + i)] : []), 3, null],
    bad: [-1, NaN, 'two', [1, -1]],
  },
  power: { good: among(1, 2, 3, 0, -1, 1.01, 1.5), bad: [NaN, Infinity, '1', null] },
  predictionFormat: formats,
  'qualityFocal.beta': { good: among(0.5, 0, 3, 2), bad: [-1, 101, NaN, '1', null] },
  q: { good: among(0.25, 1, 0.5), bad: [0, 1.1, NaN, '1', null] },
  quantile: {
    good: ({ last }) => [...(last > 0 ? [Array.from({ length: last }, (_, i) => (i + 0.25) / last)] : []), 0.9, 0.5],
    bad: [-0.1, 1.1, NaN, null, 'median', [0.5, 1.1], [-0.1], ['0.5']],
  },
  reducedThreshold: { good: among(0.5, null), bad: [0, 1.1, NaN, '1'] },
  'robust.alpha': { good: among(-2, 0, 2, 3, -Infinity, 1), bad: [NaN, Infinity, '1', null] },
  scale: { good: among(2, 1), bad: notPositive },
  sigmas: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, k) => (k + 1) / 8)],
    bad: [0.5, 'coco', [1, 0], [1, -1], [1, NaN], null],
  },
  start: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => c / 4 - 0.5), null],
    bad: [2, 'some', () => 1],
  },
  'softDtw.gamma': { good: among(0.5, 8, 1), bad: notPositive },
  softcap: { good: among(5, null), bad: [0, -1, NaN, '1'] },
  temperature: { good: among(2, 1), bad: notPositive },
  'symmetricCrossentropy.alpha': { good: among(0.5, 0, 0.1), bad: [-1, NaN, Infinity, '1', null] },
  logZero: { good: among(-2, -6, -4), bad: [1, -100, NaN, '1', null] },
  theta: { good: among(1.5, 0.5), bad: notPositive },
  ties: { good: among('breslow', 'efron'), bad: ['exact', true, null] },
  width: { good: among(1, 5), bad: notPositive },
  numSampled: { good: among(2, 64), bad: [0, -1, 1.5, '2', null] },
  sampler: { good: among('uniform', 'logUniform'), bad: ['zipf', 1, null] },
  // Another draw at each call is held against nothing.
  seed: { good: among(7, 1), bad: [0.5, '1', NaN] },
  removeAccidentalHits: flags,
  sampledIndices: { good: ({ classes }) => [[classes - 1, 0, 0], null], bad: ['some', 2, [0.5], [-1]] },
  sampledCounts: { good: among([0.5, 1, 2], null), bad: ['some', 2, [0, 1], [NaN, 1]] },
  labelCounts: {
    good: ({ last }) => [...(last > 0 ? [Array.from({ length: last }, (_, i) => 0.5 + i)] : []), 0.25, null],
    bad: [0, -1, NaN, 'one'],
  },
  zLoss: { good: among(0.01, 0), bad: [-1, NaN, '1', null] },
};

function samplesFor(loss: string, option: string): Samples {
  const found = samples[`${loss}.${option}`] ?? samples[option];
  if (!found) throw new Error(`test/support/optionSamples.ts has no values for the option ${option} of ${loss}`);
  return found;
}

export const samplesOf = (loss: string, option: string, sizes: Sizes): readonly unknown[] =>
  samplesFor(loss, option).good(sizes);
export const refusedBy = (loss: string, option: string): readonly unknown[] => samplesFor(loss, option).bad;
