import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { byFormula, compute } from '../support/law.js';

/*
 * Distributions, vectors and scores that are almost equal, certain or far away: what lies between them is lost where numbers
 * close to 1 are subtracted. The right numbers are closed forms in float64.
 */

const gaps = [3, 0.5, -(2 ** -6), 2 ** -12, -(2 ** -20), 2 ** -30, 2 ** -40];
const tolerance = 16 * 2 ** -24;

type Given = number[] | number[][];
type OfTensors = (...given: tf.Tensor[]) => tf.Tensor;

/** Expects a value and the gradients of all arguments, one after the other, with a kernel and by the formula. */
function expectNumbers(
  loss: (...given: never[]) => tf.Tensor,
  given: readonly Given[],
  right: readonly number[],
): void {
  const all = (): tf.Tensor => {
    const ofSum = (...x: tf.Tensor[]): tf.Tensor => tf.sum((loss as OfTensors)(...x));
    const { value, grads } = tf.valueAndGrads(ofSum)(given.map((x) => tf.tensor(x)));
    return tf.concat([value, ...grads].map((x) => tf.reshape(x, [-1])));
  };
  compute(all);
  for (const ours of [compute(all), byFormula(() => compute(all))]) {
    expect(ours).toHaveLength(right.length);
    const wrong = ours.map((x, i) => Math.abs(x - (right[i] as number)) > tolerance * Math.abs(right[i] as number));
    expect({ ours, right, wrong }).toEqual({ ours, right, wrong: right.map(() => false) });
  }
}

const none = { reduction: 'none' } as const;
const LOGITS = { labelFormat: 'logits', predictionFormat: 'logits', ...none } as const;
const LOGS = { labelFormat: 'logProbabilities', predictionFormat: 'logProbabilities', ...none } as const;

/** (1 + e)·ln(1 + e) − e, and eʳ − 1 − r, by their series where float64 would lose digits. */
const phi = (e: number): number =>
  Math.abs(e) < 2 ** -5
    ? [2, 3, 4, 5, 6, 7, 8].reduce((sum, n) => sum + (-e) ** n / (n * (n - 1)), 0)
    : (1 + e) * Math.log1p(e) - e;
const expm1MinusX = (r: number): number =>
  Math.abs(r) < 2 ** -5 ? (r * r * (1 + (r / 3) * (1 + (r / 4) * (1 + (r / 5) * (1 + r / 6))))) / 2 : Math.expm1(r) - r;

describe.each(gaps)('a difference of %p', (t) => {
  /** Of the logits [0, 0] and [t, 0]: q − 1/2 of the first class. */
  const half = Math.tanh(t / 2) / 2;
  const even = [[0, 0]];
  const other = [[t, 0]];

  test.each(['klDivergence', 'generalizedKlDivergence'] as const)('%s of logits', (name) => {
    const value = Math.log1p(2 * Math.sinh(t / 4) ** 2);
    const right = [value, -t / 4, t / 4, half, -half];
    expectNumbers((y: tf.Tensor, x: tf.Tensor) => L[name](y, x, LOGITS), [even, other], right);
  });

  test('jensenShannon of logits', () => {
    const classes = [half, -half].map((d) => {
      const m = 0.5 + d / 2;
      return [m * (phi(-d / 2 / m) + phi(d / 2 / m)), Math.log1p(-d / 2 / m), Math.log1p(d / 2 / m)];
    });
    const [[a, ofP, ofQ], [b, others, otherQ]] = classes as [[number, number, number], [number, number, number]];
    const slopes = [(ofP - others) / 8, ((0.25 - half ** 2) * (ofQ - otherQ)) / 2] as const;
    const right = [(a + b) / 2, slopes[0], -slopes[0], slopes[1], -slopes[1]];
    expectNumbers((y: tf.Tensor, x: tf.Tensor) => L.jensenShannon(y, x, LOGITS), [even, other], right);
  });

  test('totalVariation of logits', () => {
    const slopes = [-Math.sign(t) / 4, Math.sign(t) * (0.25 - half ** 2)] as const;
    const right = [Math.abs(half), slopes[0], -slopes[0], slopes[1], -slopes[1]];
    expectNumbers((y: tf.Tensor, x: tf.Tensor) => L.totalVariation(y, x, LOGITS), [even, other], right);
  });

  test('entropy of logits', () => {
    const slope = -t / (4 * Math.cosh(t / 2) ** 2);
    const p = 0.5 + half;
    const right = [-p * Math.log(p) - (1 - p) * Math.log(1 - p), slope, -slope];
    expectNumbers((x: tf.Tensor) => L.entropy(x, { fromLogits: true, ...none }), [other], right);
  });

  test('generalizedKlDivergence of logarithms', () => {
    const gap = Math.fround(t);
    const right = [expm1MinusX(gap), -gap, Math.expm1(gap)];
    expectNumbers((y: tf.Tensor, x: tf.Tensor) => L.generalizedKlDivergence(y, x, LOGS), [[[0]], [[gap]]], right);
  });

  test('the label gradients of rankingSoftmax', () => {
    const value = Math.log1p(2 * Math.sinh(t / 4) ** 2) + Math.LN2;
    const loss = (y: tf.Tensor): tf.Tensor => L.rankingSoftmax(y, tf.tensor(other), { normalizeLabels: true, ...none });
    expectNumbers(loss, [[[1, 1]]], [value, -t / 4, t / 4]);
  });
});

test.each([2 ** -2, 2 ** -8, 2 ** -14, 2 ** -20])('probabilities that are %p apart', (d) => {
  const [y, q] = [0.5, 0.5 + d];
  const terms = [q * phi(-d / q), Math.log1p(-d / q), d / q] as const;
  expectNumbers((a: tf.Tensor, b: tf.Tensor) => L.generalizedKlDivergence(a, b, none), [[[y]], [[q]]], terms);
  const m = (y + q) / 2;
  const mixed = [(m * (phi(-d / 2 / m) + phi(d / 2 / m))) / 2, Math.log1p(-d / 2 / m) / 2, Math.log1p(d / 2 / m) / 2];
  expectNumbers((a: tf.Tensor, b: tf.Tensor) => L.jensenShannon(a, b, none), [[[y]], [[q]]], mixed);
});

test('two predictions that are certain of one class differ by what they leave to the other', () => {
  const [p, q] = [30, 40].map((x) => 1 / (1 + Math.exp(x))) as [number, number];
  const [r, rest] = [Math.log(q / p), Math.log1p(-q) - Math.log1p(-p)];
  const slope = p * (1 - p) * (r - rest);
  const right = [-p * r - (1 - p) * rest, slope, -slope, p - q, q - p];
  expectNumbers((y: tf.Tensor, x: tf.Tensor) => L.klDivergence(y, x, LOGITS), [[[0, -30]], [[0, -40]]], right);
});

test('a triplet whose anchor is far away', () => {
  const loss = (a: tf.Tensor, p: tf.Tensor, n: tf.Tensor): tf.Tensor =>
    L.tripletMargin(a, p, n, { epsilon: 0, ...none });
  // On the line of the anchor, 2⁴⁰ away: distances differ by 1/2, which float32 does not have there.
  expectNumbers(loss, [[[2 ** 40]], [[0.5]], [[1]]], [1.5, 0, -1, 1]);
  const ofSums = (a: tf.Tensor, p: tf.Tensor, n: tf.Tensor): tf.Tensor =>
    L.tripletMargin(a, p, n, { epsilon: 0, p: 1, ...none });
  expectNumbers(ofSums, [[[2 ** 40, -(2 ** 40)]], [[0.5, 0]], [[1, 0]]], [1.5, 0, 0, -1, 1, 1, -1]);
});

test('a circle of pairs that are as they should be', () => {
  // Two examples of one label, and one at right angles: γ·d² = 0 of the pair, γ·s² = 0 of the other.
  const vectors = tf.tensor([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  const values = compute(() => L.circle([0, 0, 1], vectors, none));
  const right = Math.log1p(Math.exp(-2 * 80 * 0.4 ** 2));
  expect(values.slice(0, 2).map((x) => Math.abs(x - right) <= tolerance * right)).toEqual([true, true]);
});

test('the mean of shortfalls may be a number where their sum is none', () => {
  const [low, high] = [-(2 ** 127), 2 ** 127];
  const values = compute(() => L.multiMargin(tf.tensor1d([0], 'int32'), tf.tensor([[low, high]]), none));
  expect(values).toEqual([high]);
});
