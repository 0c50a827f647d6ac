import * as tf from '@tensorflow/tfjs';
import { boundedLogOfShare, sechSquared, sigmoid, tanh } from '../../src/numerics/functions.js';
import { otherLabel, softplusExcess } from '../../src/numerics/logistic.js';
import { logNormalized, normalized, normalizedOthers } from '../../src/numerics/normalized.js';
import { halfLogSoftmax, logSoftmax, othersByHalfLog, softmaxOfOthers } from '../../src/numerics/softmax.js';
import { softcapped } from '../../src/numerics/softcap.js';
import { between, ofAllMagnitudes } from '../support/magnitudes.js';
import { ulp } from '../support/ulp.js';

/*
 * Probabilities, what they leave to others, and their logarithms, with derivatives, against float64. The unit is an ulp of
 * the result, or what moving the input by one ulp changes.
 */

const MOST = 4;

type OfOne = (x: number) => number;

interface Row {
  readonly name: string;
  readonly f: (x: tf.Tensor) => tf.Tensor;
  readonly exact: OfOne;
  readonly slope?: OfOne;
  readonly points: readonly number[];
}

const logits = [...between(-100, 100, 400), ...between(-3, 3, 400), ...ofAllMagnitudes(400)];
const shares = [
  ...between(0, 1, 400),
  ...ofAllMagnitudes(600)
    .map(Math.abs)
    .filter((x) => x < 1),
];
const cap = 30;

const logistic: OfOne = (x) => (x < 0 ? Math.exp(x) : 1) / (1 + Math.exp(-Math.abs(x)));
const sech: OfOne = (x) => 1 / Math.cosh(x);
const labelled = (y: number): Row => ({
  name: `the share of the other label than ${y}`,
  f: (x) => otherLabel(tf.fill(x.shape, y, 'float32'), x),
  exact: (x) => y * logistic(-x) + (1 - y) * logistic(x),
  slope: (x) => (1 - 2 * y) * logistic(x) * logistic(-x),
  points: logits,
});

/** The entries of rows [x, 1], of which the second is the largest where x < 1. */
const ofRow =
  (f: (rows: tf.Tensor) => tf.Tensor, entry: 0 | 1) =>
  (x: tf.Tensor): tf.Tensor => {
    const rows = tf.stack([x, tf.onesLike(x)], 1);
    return tf.squeeze(tf.slice(f(rows), [0, entry], [-1, 1]), [1]);
  };

const rows: readonly Row[] = [
  { name: 'σ', f: sigmoid, exact: logistic, slope: (x) => logistic(x) * logistic(-x), points: logits },
  { name: 'tanh', f: tanh, exact: Math.tanh, slope: (x) => sech(x) ** 2, points: logits },
  {
    name: 'sech²',
    f: sechSquared,
    exact: (x) => sech(x) ** 2,
    slope: (x) => -2 * Math.tanh(x) * sech(x) ** 2,
    points: logits,
  },
  {
    name: 'ln(1 + e^−|x|)',
    f: softplusExcess,
    exact: (x) => Math.log1p(Math.exp(-Math.abs(x))),
    slope: (x) => (x < 0 ? 1 : -1) * logistic(-Math.abs(x)),
    // The slope has another sign on each side of 0, which subnormal numbers are to TensorFlow.
    points: logits.filter((x) => Math.abs(x) > 2 ** -126),
  },
  {
    name: 'softcap',
    f: (x) => softcapped(x, cap),
    exact: (x) => cap * Math.tanh(x / cap),
    slope: (x) => sech(x / cap) ** 2,
    points: logits.map((x) => Math.fround(x * 5)).filter(Number.isFinite),
  },
  labelled(0),
  labelled(1),
  labelled(0.25),
  {
    name: 'ln(1 − p)',
    f: (p) => boundedLogOfShare(tf.sub(1, p), p, 1e-30),
    exact: (p) => Math.log1p(-p),
    slope: (p) => -1 / (1 - p),
    points: shares.filter((p) => p < 0.99),
  },
  {
    name: 'p of [x, 1]',
    f: ofRow(normalized, 0),
    exact: (x) => x / (1 + x),
    slope: (x) => 1 / (1 + x) ** 2,
    points: shares,
  },
  {
    name: '1 − p of the 1 in [x, 1]',
    f: ofRow(normalizedOthers, 1),
    exact: (x) => x / (1 + x),
    slope: (x) => 1 / (1 + x) ** 2,
    points: shares,
  },
  {
    name: 'ln p of the 1 in [x, 1]',
    f: ofRow((x) => logNormalized(x, 1e-30), 1),
    exact: (x) => -Math.log1p(x),
    points: shares,
  },
  {
    name: 'ln p of x in [x, 1]',
    f: ofRow((x) => logNormalized(x, 1e-30), 0),
    exact: (x) => Math.log(Math.max(x / (1 + x), Math.fround(1e-30))),
    points: shares.filter((x) => x > 1e-29 || x < 1e-31),
  },
  {
    name: '½ ln p of the 1 in softmax of [x, 1]',
    f: ofRow(halfLogSoftmax, 1),
    exact: (x) => -0.5 * (x < 1 ? Math.log1p(Math.exp(x - 1)) : x - 1 + Math.log1p(Math.exp(1 - x))),
    slope: (x) => -0.5 * logistic(x - 1),
    points: logits.map((x) => Math.fround(x / 4)),
  },
  {
    name: '1 − p of the 1 in softmax of [x, 1], by its logarithm',
    f: ofRow((x) => othersByHalfLog(halfLogSoftmax(x), x), 1),
    exact: (x) => logistic(x - 1),
    slope: (x) => logistic(x - 1) * logistic(1 - x),
    points: logits.map((x) => Math.fround(x / 4)),
  },
];

interface Worst {
  readonly units: number;
  readonly where: string;
}

/** NaN is worse than any number. */
const worse = (a: Worst, b: Worst): Worst => (Number.isNaN(a.units) || a.units >= b.units ? a : b);

/** Neither lost where subnormal numbers are 0, nor beyond float32. */
const isNormal = (x: number): boolean => Math.abs(x) > 2 ** -120 && Math.abs(x) < 2 ** 127;

function worstOf({ f, exact, slope, points }: Row): Worst {
  const results = tf.tidy(() => {
    const x = tf.tensor1d([...points]);
    return [f(x), ...(slope ? [tf.grad((at: tf.Tensor) => f(at))(x)] : [])].map((t) => t.dataSync());
  });
  return [exact, ...(slope ? [slope] : [])]
    .flatMap((of, part) =>
      points.map((x, i): Worst => {
        const right = of(x);
        const moved = [ulp(x), -ulp(x)].map((step) => Math.abs(of(x + step) - right)).filter(Number.isFinite);
        const error = Math.abs((results[part]?.[i] as number) - right) / Math.max(ulp(right), ...moved);
        const counts = right === 0 || isNormal(right);
        return {
          units: counts ? error : 0,
          where: `${['value', 'slope'][part]} at ${x}: ${results[part]?.[i]}, not ${right}`,
        };
      }),
    )
    .reduce(worse);
}

test.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { units, where } = worstOf(row);
  if (!(units <= MOST)) throw new Error(`${units.toPrecision(3)} units, ${where}`);
});

const named = (name: string): Row => rows.find((row) => row.name === name) as Row;
const parts = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.sum(x, -1, true));

test.each<Row>([
  { ...named('sech²'), f: (x) => tf.sub(1, tf.square(tf.tanh(x))) },
  { ...named('softcap'), f: (x) => tf.mul(cap, tf.tanh(tf.div(x, cap))) },
  { ...named('ln(1 − p)'), f: (p) => tf.log(tf.sub(1, p)) },
  { ...named('1 − p of the 1 in [x, 1]'), f: ofRow((x) => tf.sub(1, parts(x)), 1) },
  { ...named('ln p of the 1 in [x, 1]'), f: ofRow((x) => tf.log(parts(x)), 1) },
  { ...named('1 − p of the 1 in softmax of [x, 1], by its logarithm'), f: ofRow((x) => tf.sub(1, tf.softmax(x)), 1) },
])('$name by its ops is noticed', (row) => {
  expect(worstOf(row).units).not.toBeLessThanOrEqual(MOST);
});

test('half of a logarithm is finite where the logarithm is not', () => {
  const x = tf.tensor2d([[3e38, -3e38]]);
  expect(logSoftmax(x).arraySync()).toEqual([[0, -Infinity]]);
  expect(halfLogSoftmax(x).arraySync()).toEqual([[0, -Math.fround(3e38)]]);
});

test('a row of zeros stays, and has the derivative of a row whose sum is 1', () => {
  const x = tf.zeros([1, 3]);
  expect(normalized(x).arraySync()).toEqual([[0, 0, 0]]);
  expect(
    tf
      .grad((at: tf.Tensor) => tf.sum(tf.mul(normalized(at), tf.tensor1d([1, 2, 3]))))(x)
      .arraySync(),
  ).toEqual([[1, 2, 3]]);
});

/** Second derivatives of a function of rows [a, b, 1], by differences of the first ones. */
test.each([
  ['normalized', (x: tf.Tensor) => tf.sum(tf.square(normalized(x)))],
  ['normalizedOthers', (x: tf.Tensor) => tf.sum(tf.square(normalizedOthers(x)))],
  ['softmaxOfOthers', (x: tf.Tensor) => tf.sum(tf.square(softmaxOfOthers(x)))],
  ['othersByHalfLog', (x: tf.Tensor) => tf.sum(tf.square(othersByHalfLog(halfLogSoftmax(x), x)))],
  ['softcapped', (x: tf.Tensor) => tf.sum(tf.square(softcapped(x, 2)))],
  ['softplusExcess', (x: tf.Tensor) => tf.sum(tf.square(softplusExcess(x)))],
  ['otherLabel', (x: tf.Tensor) => tf.sum(tf.square(otherLabel(tf.mul(0.25, tf.onesLike(x)), x)))],
])('%s has a right second derivative', (_, f) => {
  for (const row of [
    [0.3, 0.5, 0.4],
    [0.01, 5, 0.02],
  ]) {
    const direction = tf.tensor2d([[0.3, -0.5, 0.7]]);
    const at = tf.tensor2d([row]);
    const along = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(direction, tf.grad(f)(x)));
    const second = tf.grad(along)(at).dataSync();
    const step = 2 ** -7;
    const first = (by: number): ArrayLike<number> =>
      tf
        .grad(f)(tf.add(at, tf.mul(by, direction)))
        .dataSync();
    const [after, before] = [first(step), first(-step)];
    second.forEach((x, i) => {
      expect(x).toBeCloseTo(((after[i] as number) - (before[i] as number)) / (2 * step), 2);
    });
  }
});
