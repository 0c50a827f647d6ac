import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalHinge,
  huber,
  klDivergence,
  logCosh,
  losses,
  lovaszHinge,
  meanAbsoluteError,
  poisson,
  sparseCategoricalCrossentropy,
  tripletMargin,
} from '../../src/index.js';
import { assertClose, compute } from '../support/law.js';
import { layersLoss } from '../support/handingOn.js';
import { isOlderWasm } from '../support/olderWasm.js';

declare const backend: 'cpu' | 'wasm' | 'tensorflow';

/*
 * Numbers and gradients that tfjs's losses, or those that its users write, have wrong, beside ours; those of `tf.losses`
 * that a departure tells of are in departures/tfjs.ts. Where tfjs is right one day, its line here fails.
 */

type Compute = () => tf.Tensor;

interface Defect {
  readonly what: string;
  readonly theirs: Compute;
  readonly ours: Compute;
  /** Numbers, or the error that is thrown. */
  readonly wrong: readonly number[] | RegExp;
  readonly right: readonly number[] | RegExp;
  readonly tolerance?: number;
  /** The one backend that has it wrong. Default: all. */
  readonly only?: typeof backend;
  /** The one that has it right. Default: none. */
  readonly fine?: typeof backend;
  /** The one on which there is no saying how wrong it is. Default: none. */
  readonly unsteady?: typeof backend;
}

function expectResult(f: Compute, expected: readonly number[] | RegExp, tolerance: number, what: string): void {
  if (expected instanceof RegExp) expect(() => compute(f)).toThrow(expected);
  else assertClose(compute(f), expected, tolerance, what);
}

function testAll(defects: readonly Defect[]): void {
  test.each(defects)('$what', ({ theirs, ours, wrong, right, only = backend, fine, unsteady, tolerance = 1e-5 }) => {
    const isWrong = only === backend && fine !== backend;
    if (unsteady !== backend) expectResult(theirs, isWrong ? wrong : right, tolerance, 'theirs');
    expectResult(ours, right, tolerance, 'ours');
  });
}

const row = (...values: number[]): tf.Tensor => tf.tensor2d([values]);
const gradient = (f: (x: tf.Tensor) => tf.Tensor, ...at: number[]): tf.Tensor => tf.grad(f)(tf.tensor1d(at));

describe('tf.losses', () => {
  const { Reduction } = tf;
  const twice = (f: (x: tf.Tensor) => tf.Tensor): tf.Tensor =>
    tf.grad((x) => tf.mul(tf.grad((z) => f(z).sum())(x), row(1, 0)))(row(0, 0));

  testAll([
    {
      what: 'a logit of −Infinity, an action that is not allowed, gives NaN',
      theirs: () => tf.losses.softmaxCrossEntropy(row(1, 0), row(0, -Infinity)),
      ours: () => losses.softmaxCrossEntropy(row(1, 0), row(0, -Infinity)),
      wrong: [NaN],
      right: [0],
    },
    {
      what: 'a row of zero labels, to be ignored, has a gradient',
      theirs: () => tf.grad((x) => tf.losses.softmaxCrossEntropy(row(0, 0), x))(row(0, 0)),
      ours: () => tf.grad((x) => losses.softmaxCrossEntropy(row(0, 0), x))(row(0, 0)),
      wrong: [0.5, 0.5],
      right: [0, 0],
    },
    {
      what: 'labels of one example cannot be smoothed',
      theirs: () => tf.losses.softmaxCrossEntropy([1, 0], [0, 0], undefined, 0.1),
      ours: () => losses.softmaxCrossEntropy([1, 0], [0, 0], undefined, 0.1),
      wrong: /values passed to tensor/,
      right: [Math.LN2],
    },
    {
      what: 'softmaxCrossEntropy has no second derivative',
      theirs: () => twice((x) => tf.losses.softmaxCrossEntropy(row(1, 0), x)),
      ours: () => twice((x) => losses.softmaxCrossEntropy(row(1, 0), x)),
      wrong: /Cannot compute gradient/,
      right: [0.25, -0.25],
    },
    {
      what: 'nor has what is made with logSoftmax',
      theirs: () => twice((x) => tf.neg(tf.sum(tf.mul(row(1, 0), tf.logSoftmax(x))))),
      ours: () => twice((x) => categoricalCrossentropy(row(1, 0), x, { fromLogits: true })),
      wrong: /Cannot compute gradient/,
      right: [0.25, -0.25],
    },
    {
      what: 'classes must lie along the last axis',
      theirs: () => tf.neg(tf.sum(tf.mul(tf.tensor2d([[1], [0]]), tf.logSoftmax(tf.zeros([2, 1]), 0)))),
      ours: () => categoricalCrossentropy(tf.tensor2d([[1], [0]]), tf.zeros([2, 1]), { fromLogits: true, axis: 0 }),
      wrong: /non-last dimension/,
      right: [Math.LN2],
    },
    {
      what: 'NaN counts where its weight is 0',
      theirs: () => tf.losses.computeWeightedLoss(tf.tensor1d([NaN, 1]), tf.tensor1d([0, 1])),
      ours: () => losses.computeWeightedLoss(tf.tensor1d([NaN, 1]), tf.tensor1d([0, 1])),
      wrong: [NaN],
      right: [1],
    },
    {
      what: 'the weighted mean with weights of 0 is NaN',
      theirs: () => tf.losses.computeWeightedLoss(tf.tensor1d([1, 2]), tf.tensor1d([0, 0]), Reduction.MEAN),
      ours: () => losses.computeWeightedLoss(tf.tensor1d([1, 2]), tf.tensor1d([0, 0]), Reduction.MEAN),
      wrong: [NaN],
      right: [0],
    },
    {
      what: 'weights of examples do not fit a batch of vectors',
      theirs: () => tf.losses.computeWeightedLoss(tf.ones([2, 3]), tf.tensor1d([1, 2]), Reduction.SUM),
      ours: () => losses.computeWeightedLoss(tf.ones([2, 3]), tf.tensor1d([1, 2]), Reduction.SUM),
      wrong: /broadcast|Incompatible shapes/,
      right: [9],
    },
    {
      what: 'an empty batch gives NaN',
      theirs: () => tf.losses.meanSquaredError(tf.zeros([0, 2]), tf.zeros([0, 2])),
      ours: () => losses.meanSquaredError(tf.zeros([0, 2]), tf.zeros([0, 2])),
      wrong: [NaN],
      right: [0],
      // Its sum of nothing is what was in memory: over 0, also Infinity.
      unsteady: 'wasm',
    },
    {
      what: 'a perfect fit is not left alone: |x| has a derivative of −1 at 0',
      theirs: () => gradient((x) => tf.losses.absoluteDifference(tf.tensor1d([2]), x), 2),
      ours: () => gradient((x) => meanAbsoluteError([2], x), 2),
      wrong: [1],
      right: [0],
    },
    {
      what: 'sigmoidCrossEntropy is 0 where it is small',
      theirs: () => tf.mul(1e8, tf.losses.sigmoidCrossEntropy([1], [17])),
      ours: () => tf.mul(1e8, losses.sigmoidCrossEntropy([1], [17])),
      wrong: [0],
      right: [1e8 * Math.log1p(Math.exp(-17))],
      tolerance: 1e-3,
      // Its log1p(1e-8) is 0; where it has no log1p, it gets that of this package.
      only: 'wasm',
      ...(isOlderWasm && { fine: 'wasm' as const }),
    },
  ]);
});

describe('the losses that compile knows by name', () => {
  const zero = (): tf.Tensor => tf.tensor1d([0]);

  testAll([
    {
      what: 'sparseCategoricalCrossentropy takes logits for probabilities and clips them',
      theirs: () => layersLoss('sparseCategoricalCrossentropy')(tf.tensor2d([[0]]), row(0, 10, 0), true),
      ours: () => sparseCategoricalCrossentropy([0], row(0, 10, 0), { fromLogits: true }),
      wrong: [Math.log(2 + Math.E)],
      right: [Math.log(2 + Math.exp(10))],
    },
    {
      what: 'sparseCategoricalCrossentropy takes −1 for a label that is always met',
      theirs: () =>
        tf.mean(layersLoss('sparseCategoricalCrossentropy')(tf.tensor2d([[-1], [0]]), tf.fill([2, 2], 0.5, 'float32'))),
      ours: () =>
        sparseCategoricalCrossentropy([-1, 0], tf.fill([2, 2], 0.5, 'float32'), { reduction: 'mean', ignoreIndex: -1 }),
      wrong: [Math.LN2 / 2],
      right: [Math.LN2],
    },
    {
      what: 'sparseCategoricalCrossentropy does not mind a label that is no class',
      theirs: () => layersLoss('sparseCategoricalCrossentropy')(tf.tensor2d([[2]]), row(0.5, 0.5)),
      ours: () => sparseCategoricalCrossentropy([2], row(0.5, 0.5)),
      wrong: [0],
      right: /sparseCategoricalCrossentropy: labels/,
    },
    {
      what: 'sparseCategoricalCrossentropy takes a fraction for the class below',
      theirs: () => layersLoss('sparseCategoricalCrossentropy')(tf.tensor2d([[0.7]]), row(0.5, 0.5)),
      ours: () => sparseCategoricalCrossentropy([0.7], row(0.5, 0.5)),
      wrong: [Math.LN2],
      right: /expected an integer class index/,
    },
    {
      what: 'categoricalCrossentropy of a row of zeros is NaN',
      theirs: () => layersLoss('categoricalCrossentropy')(row(1, 0), row(0, 0)),
      ours: () => categoricalCrossentropy(row(1, 0), row(0, 0)),
      wrong: [NaN],
      // ε, by which logarithms are bounded
      right: [-Math.log(1e-7)],
      // Its clipByValue makes the NaN ε.
      fine: 'wasm',
    },
    {
      what: 'categoricalCrossentropy takes negative numbers for a perfect fit',
      theirs: () => layersLoss('categoricalCrossentropy')(row(0, 1), row(-1, 2)),
      ours: () => categoricalCrossentropy(row(0, 1), row(-1, 2), { validate: true }),
      wrong: [1e-7],
      right: /categoricalCrossentropy: predictions/,
    },
    {
      what: 'binaryCrossentropy has no gradient where a probability is furthest off',
      theirs: () => gradient((p) => layersLoss('binaryCrossentropy')(tf.tensor1d([1]), p), 1e-9),
      ours: () => gradient((p) => binaryCrossentropy([1], p), 1e-9),
      wrong: [0],
      right: [-1e7],
    },
    {
      what: 'kullbackLeiblerDivergence of labels that are integers is NaN',
      theirs: () => layersLoss('kullbackLeiblerDivergence')(tf.tensor2d([[1, 0]], [1, 2], 'int32'), row(0.5, 0.5)),
      ours: () => klDivergence(tf.tensor2d([[1, 0]], [1, 2], 'int32'), row(0.5, 0.5)),
      // wasm clips the bits of the integer 1 as those of a float, and reads the bits of 1e-7 as an integer.
      wrong: [backend === 'wasm' ? Math.log(0x33d6bf95 / 0.5) : NaN],
      right: [Math.LN2],
    },
    {
      what: 'poisson of a prediction below 0 is NaN',
      theirs: () => layersLoss('poisson')(tf.tensor1d([1]), tf.tensor1d([-1])),
      ours: () => poisson([1], [-1]),
      wrong: [NaN],
      right: [-Math.log(1e-7)],
    },
    {
      what: 'categoricalHinge moves all classes that are ahead as far as one alone',
      theirs: () => tf.grad((x) => layersLoss('categoricalHinge')(row(1, 0, 0), x).sum())(row(0, 1, 1)),
      ours: () => tf.grad((x) => categoricalHinge(row(1, 0, 0), x).sum())(row(0, 1, 1)),
      wrong: [-1, 1, 1],
      // max(0, largest other − own + 1) along (0, 1, 1) grows by 1 per step, not by 2.
      right: [-1, 0.5, 0.5],
    },
    {
      what: 'logcosh rounds small errors',
      theirs: () => tf.mul(1e6, layersLoss('logcosh')(zero(), tf.tensor1d([1e-3]))),
      ours: () => tf.mul(1e6, logCosh([0], [1e-3])),
      // The distance of float32 numbers around ln 2 is 6e-8: a multiple of it, near ½.
      wrong: [8 * 2 ** -24 * 1e6],
      right: [0.5],
      tolerance: 1e-4,
    },
  ]);
});

describe('losses as users write them', () => {
  const labels = (): tf.Tensor => tf.tensor1d([1, 0]);
  const rows = (): tf.Tensor =>
    tf.tensor2d([
      [1, 2, 3],
      [4, 5, 7],
    ]);
  const errorsOf = (x: tf.Tensor): tf.Tensor => tf.sub(1, tf.mul(tf.tensor1d([1, -1]), x));
  const pick = (p: tf.Tensor): tf.Tensor => tf.neg(tf.log(tf.gatherND(p, tf.tensor2d([[0, 1]], [1, 2], 'int32'))));

  testAll([
    {
      what: 'a case distinction, as in the Huber loss, has no gradient',
      theirs: () =>
        gradient(
          (x) => {
            const error = tf.abs(x);
            return tf.where(tf.greater(error, 1), tf.sub(error, 0.5), tf.mul(0.5, tf.square(x)));
          },
          0.5,
          -3,
        ),
      ours: () => gradient((x) => huber([0, 0], x), 0.5, -3),
      wrong: /gradient function not found for Greater/,
      right: [0.5, -1],
    },
    {
      what: 'the probability of a label, as picked by gatherND, has no gradient',
      theirs: () => tf.grad((p) => pick(p).sum())(row(0.75, 0.25)),
      ours: () => tf.grad((p) => sparseCategoricalCrossentropy([1], p).sum())(row(0.75, 0.25)),
      wrong: /gradient function not found for GatherNd/,
      // Predictions are made to sum to 1, of which the derivative is 1 for each.
      right: [1, 1 - 4],
    },
    {
      what: 'the largest errors, as for the Lovász hinge, have no gradient',
      // The errors are 0.5 and 0.8, and each counts half.
      theirs: () => gradient((x) => tf.mean(tf.topk(errorsOf(x), 2).values), 0.5, -0.2),
      ours: () => gradient((x) => lovaszHinge(labels().as2D(1, 2), x.as2D(1, 2)).sum(), 0.5, -0.2),
      wrong: /gradient function not found for TopK/,
      right: [-0.5, 0.5],
    },
    {
      what: 'the distance of equal vectors, as in a triplet, has a gradient of NaN',
      theirs: () => tf.grad((a) => tf.relu(tf.add(10, tf.sub(tf.norm(tf.sub(a, row(1, 2))), tf.norm(a)))))(row(1, 2)),
      ours: () => tf.grad((a) => tripletMargin(a, row(1, 2), row(0, 0), { margin: 10, epsilon: 0 }).sum())(row(1, 2)),
      wrong: [NaN, NaN],
      right: [-1 / Math.sqrt(5), -2 / Math.sqrt(5)],
    },
    {
      what: 'a focus on what is hard gives NaN where 1 − p rounds below 0',
      theirs: () => tf.mul(tf.pow(tf.sub(1, tf.tensor1d([1.000001])), 1.5), -Math.log(0.5)),
      ours: () => binaryFocalCrossentropy([1], [1.000001], { gamma: 1.5 }),
      wrong: [NaN],
      right: [0],
    },
    {
      what: 'the probability of a label, as picked by gather, has no gradient',
      theirs: () =>
        tf.grad((x) => tf.neg(tf.gather(tf.logSoftmax(x).as1D(), tf.tensor1d([1], 'int32'))).sum())(row(0, 0)),
      ours: () => tf.grad((x) => sparseCategoricalCrossentropy([1], x, { fromLogits: true }).sum())(row(0, 0)),
      wrong: /UnsortedSegmentSum/,
      right: [0.5, -0.5],
      only: 'wasm',
    },
    {
      what: 'the numbers of labels, as picked by gather row by row, are garbage',
      // 1 where it is the right number. The other is what was in memory.
      theirs: () =>
        tf.cast(tf.equal(tf.gather(rows(), tf.tensor2d([[0], [2]], [2, 1], 'int32'), 1, 1).as1D(), [1, 7]), 'float32'),
      // The share of the label in its row is 1/6 and 7/16.
      ours: () => tf.mul([6, 16 / 7], tf.exp(tf.neg(sparseCategoricalCrossentropy([0, 2], rows())))),
      wrong: [1, 0],
      right: [1, 1],
      only: 'wasm',
    },
    {
      what: 'a clipped NaN is no longer seen',
      theirs: () => tf.clipByValue(tf.tensor1d([NaN]), 0, 1),
      ours: () => binaryCrossentropy([1], [NaN]),
      wrong: [0],
      right: [NaN],
      only: 'wasm',
    },
  ]);
});
