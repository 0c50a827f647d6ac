import * as tf from '@tensorflow/tfjs';
import { exp, expm1, expm1MinusX, lnCosh, sechSquared, sigmoid, softplus, tanh } from '../../src/numerics/functions.js';
import { stirlingRest } from '../../src/numerics/lnGamma.js';
import { log1p } from '../../src/numerics/log1p.js';
import { softplusExcess } from '../../src/numerics/logistic.js';
import { ratio } from '../../src/numerics/quotient.js';
import { logSoftmax, logSumExp, softmax, softmaxOfOthers } from '../../src/numerics/softmax.js';
import { unitVector } from '../../src/numerics/unitVector.js';
import { expectUnits } from '../support/expectUnits.js';
import { between, ofAllMagnitudes } from '../support/magnitudes.js';
import { errorOfNormal, ulp } from '../support/ulp.js';

/* Functions and their first derivatives have few wrong units, against float64, at all magnitudes. */

declare const backend: string;

type Part = 'value' | 'derivative';

const parts = ['value', 'derivative'] as const;

/** The most that is wrong, in units. Derivatives are products of two functions, mostly. */
const most = { value: 3, derivative: 4 } as const;

/** What is worse yet, with the most that it may be: on all backends, or on one of them. */
const above: Readonly<Record<string, number>> = {
  // Its own functions, and what is below 2⁻¹²⁶ on the way is 0.
  'tensorflow, expm1: value': 5,
  'tensorflow, expm1MinusX: value': 7,
  'tensorflow, tanh: value': 5,
  'tensorflow, tanh: derivative': 1.7e7,
  'tensorflow, sechSquared: value': 1.7e7,
  'tensorflow, sechSquared: derivative': 1.7e7,
  'tensorflow, lnCosh: derivative': 5,
  // Between ½ and 1, where 1 is taken off a product that is close to it; elsewhere within the limits.
  'stirlingRest: value': 26,
  'stirlingRest: derivative': 17,
};

interface Worst {
  readonly error: number;
  readonly where: string;
}

const worstOf = (errors: readonly Worst[]): Worst =>
  errors.reduce((worst, one) => (one.error > worst.error ? one : worst), { error: 0, where: '' });

function expectExact(name: string, part: Part, { error, where }: Worst): void {
  const key = `${name}: ${part}`;
  expectUnits(error, most[part], above[`${backend}, ${key}`] ?? above[key], `at ${where}`);
}

// Of one number

interface OfNumber {
  readonly name: string;
  readonly f: (x: tf.Tensor) => tf.Tensor;
  readonly exact: (x: number) => number;
  readonly slope: (x: number) => number;
  readonly low?: number;
}

const decay = (x: number): number => Math.exp(-Math.abs(x));
const exactSigmoid = (x: number): number => (x < 0 ? decay(x) : 1) / (1 + decay(x));
/** eˣ − 1 − x. */
const exactExpm1MinusX = (x: number): number => {
  if (Math.abs(x) > 0.5) return Math.expm1(x) - x;
  let [sum, term] = [0, x];
  for (let n = 2; n < 25; n++) sum += term *= x / n;
  return sum;
};

/** What Stirling's formula leaves out of ln Γ(x), and its derivative: by the series far out, and steps of 1 from there. */
function exactRest(x: number): readonly [value: number, slope: number] {
  if (x > 12) {
    const t = 1 / x ** 2;
    return [
      (1 / 12 - t * (1 / 360 - t * (1 / 1260 - t / 1680))) / x,
      -t * (1 / 12 - t * (1 / 120 - t * (1 / 252 - t / 240))),
    ];
  }
  const [value, slope] = exactRest(x + 1);
  const logarithm = Math.log1p(1 / x);
  return [value + (x + 0.5) * logarithm - 1, slope + logarithm - (x + 0.5) / x / (x + 1)];
}

const ofNumbers: readonly OfNumber[] = [
  { name: 'exp', f: exp, exact: Math.exp, slope: Math.exp },
  { name: 'expm1', f: expm1, exact: Math.expm1, slope: Math.exp },
  { name: 'expm1MinusX', f: expm1MinusX, exact: exactExpm1MinusX, slope: Math.expm1 },
  { name: 'log1p', f: log1p, exact: Math.log1p, slope: (x) => 1 / (1 + x), low: -1 },
  { name: 'tanh', f: tanh, exact: Math.tanh, slope: (x) => 1 / Math.cosh(x) ** 2 },
  {
    name: 'sechSquared',
    f: sechSquared,
    exact: (x) => 1 / Math.cosh(x) ** 2,
    slope: (x) => (-2 * Math.tanh(x)) / Math.cosh(x) ** 2,
  },
  {
    name: 'softplusExcess',
    f: softplusExcess,
    exact: (x) => Math.log1p(decay(x)),
    slope: (x) => (x < 0 ? 1 : -1) * exactSigmoid(-Math.abs(x)),
  },
  { name: 'sigmoid', f: sigmoid, exact: exactSigmoid, slope: (x) => decay(x) / (1 + decay(x)) ** 2 },
  {
    name: 'softplus',
    f: softplus,
    exact: (x) => Math.max(x, 0) + Math.log1p(decay(x)),
    slope: exactSigmoid,
  },
  {
    name: 'lnCosh',
    f: lnCosh,
    exact: (x) =>
      Math.abs(x) < 1 ? Math.log1p(Math.sinh(x) ** 2) / 2 : Math.abs(x) + Math.log1p(decay(2 * x)) - Math.LN2,
    slope: Math.tanh,
  },
  {
    name: 'stirlingRest',
    f: stirlingRest,
    exact: (x) => exactRest(x)[0],
    slope: (x) => exactRest(x)[1],
    low: 2 ** -126,
  },
];

const numbers = [
  ...ofAllMagnitudes(2000),
  ...between(-110, 90, 1000),
  ...between(-20, 20, 1000),
  ...between(-1, 1, 1000),
  ...[0, 1, -1, 0.5, -0.5, 0.3, -0.3, 2 ** -126, -(2 ** -126), 88.7, 89, -87.3, -88, 3e38, -3e38],
]
  .map(Math.fround)
  .filter((x) => x === 0 || Math.abs(x) >= 2 ** -126);

function worstOfNumbers({ f, exact, slope, low = -Infinity }: OfNumber, part: Part): Worst {
  const x = numbers.filter((one) => one >= low);
  const results = tf.tidy(() => (part === 'value' ? f(tf.tensor1d(x)) : tf.grad(f)(tf.tensor1d(x))).dataSync());
  const of = part === 'value' ? exact : slope;
  return worstOf(x.map((one, i) => ({ error: errorOfNormal(results[i] as number, of(one)), where: String(one) })));
}

test.each(ofNumbers.flatMap((row) => parts.map((part) => [row.name, part, row] as const)))(
  '%s: %s',
  (name, part, row) => {
    expectExact(name, part, worstOfNumbers(row, part));
  },
);

test.each<OfNumber & { readonly part: Part }>([
  { name: 'ln(1 + x)', part: 'value', f: (x) => tf.log(tf.add(x, 1)), exact: Math.log1p, slope: () => 0, low: -1 },
  { name: 'eˣ − 1', part: 'value', f: (x) => tf.sub(tf.exp(x), 1), exact: Math.expm1, slope: () => 0 },
  {
    name: '1 − tanh²x',
    part: 'value',
    f: (x) => tf.sub(1, tf.square(tf.tanh(x))),
    exact: (x) => 1 / Math.cosh(x) ** 2,
    slope: () => 0,
  },
  { name: 'half a derivative', part: 'derivative', f: (x) => exp(tf.mul(x, 0.5)), exact: Math.exp, slope: Math.exp },
])('$name is noticed', ({ part, ...row }) => {
  expect(worstOfNumbers(row, part).error).toBeGreaterThan(most[part]);
});

// Of two numbers

test('ratio: value and both derivatives', () => {
  const [a, b] = [ofAllMagnitudes(4000), ofAllMagnitudes(4001).reverse().slice(1)];
  const isNormal = (x: number): boolean => Math.abs(x) > 2 ** -125 && Math.abs(x) < 2 ** 127;
  const pairs = a
    .map((one, i) => [one, b[i] as number] as const)
    .filter(([x, y]) => [x, y, x / y, 1 / y, x / y / y].every(isNormal));
  const [over, under] = [0, 1].map((i) => pairs.map((pair) => pair[i] as number)) as [number[], number[]];
  const [value, ofOver, ofUnder] = tf.tidy(() => {
    const [x, y] = [tf.tensor1d(over), tf.tensor1d(under)];
    return [ratio(x, y), ...tf.grads(ratio as (x: tf.Tensor, y: tf.Tensor) => tf.Tensor)([x, y])].map((t) =>
      t.dataSync(),
    );
  }) as [Float32Array, Float32Array, Float32Array];
  expect(pairs.length).toBeGreaterThan(500);
  expectExact(
    'ratio',
    'value',
    worstOf(
      pairs.flatMap(([x, y], i) =>
        (
          [
            [value, x / y],
            [ofOver, 1 / y],
            [ofUnder, -x / y / y],
          ] as const
        ).map(([results, exact]) => ({
          error: errorOfNormal(results[i] as number, exact),
          where: `${x} ÷ ${y}`,
        })),
      ),
    ),
  );
});

// Of rows: here the unit is that of the result or what moving each entry by its own changes, if that is more.

interface OfRow {
  readonly name: string;
  readonly f: (x: tf.Tensor) => tf.Tensor;
  readonly exact: (row: readonly number[]) => number[];
  /** The derivatives of the first entry of the result for each entry. */
  readonly slopes: (row: readonly number[]) => number[];
}

const sumOf = (row: readonly number[]): number => row.reduce((sum, x) => sum + x, 0);
const without = (row: readonly number[], i: number): number[] => row.filter((_, k) => k !== i);
/** e to each entry less the largest. */
const shares = (row: readonly number[]): number[] => row.map((x) => Math.exp(x - Math.max(...row)));
const exactSoftmax = (row: readonly number[]): number[] => shares(row).map((one) => one / sumOf(shares(row)));
const exactOthers = (row: readonly number[]): number[] => row.map((_, i) => sumOf(without(exactSoftmax(row), i)));
/** ln Σ e to the entries less the largest. */
const logOfTotal = (row: readonly number[]): number =>
  Math.log1p(sumOf(without(shares(row), row.indexOf(Math.max(...row)))));
const length = (row: readonly number[]): number => Math.hypot(...row);

const softmaxSlopes = (row: readonly number[]): number[] => {
  const [p, q] = [exactSoftmax(row), exactOthers(row)];
  return p.map((one, i) => (i === 0 ? one * (q[0] as number) : -one * (p[0] as number)));
};

const ofRows: readonly OfRow[] = [
  { name: 'softmax', f: softmax, exact: exactSoftmax, slopes: softmaxSlopes },
  {
    name: 'softmaxOfOthers',
    f: softmaxOfOthers,
    exact: exactOthers,
    slopes: (row) => softmaxSlopes(row).map((slope) => -slope),
  },
  {
    name: 'logSoftmax',
    f: logSoftmax,
    exact: (row) => row.map((x) => x - Math.max(...row) - logOfTotal(row)),
    slopes: (row) => exactSoftmax(row).map((p, i) => (i === 0 ? (exactOthers(row)[0] as number) : -p)),
  },
  {
    name: 'logSumExp',
    f: logSumExp,
    exact: (row) => [Math.max(...row) + logOfTotal(row)],
    slopes: exactSoftmax,
  },
  {
    name: 'unitVector',
    f: (x) => unitVector(x, 1e-12),
    exact: (row) => row.map((x) => x / length(row)),
    slopes: (row) => {
      const u = row.map((x) => x / length(row));
      return u.map((x, i) => (i === 0 ? sumOf(without(u, 0).map((y) => y * y)) : -x * (u[0] as number)) / length(row));
    },
  },
];

/** Rows of typical numbers and of confident ones, nearly equal entries, large ones. */
const rowsOf = (classes: number): number[][] => {
  const count = 60;
  const row = (from: readonly number[], i: number): number[] => from.slice(i * classes, (i + 1) * classes);
  const [unit, tiny] = [between(-1, 1, count * classes), between(-1e-5, 1e-5, count * classes)];
  return Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    [1, 4, 30, 1e3, 1e15]
      .map((scale) => row(unit, i).map((x) => Math.fround(x * scale)))
      .concat([row(tiny, i).map((x) => Math.fround(1 + x))]),
  );
};

function unitsOf(of: (row: readonly number[]) => number[], row: readonly number[]): number[] {
  const at = of(row);
  const changes = row
    .flatMap((x, i) => [x + ulp(x), x - ulp(x)].map((moved) => row.map((y, k) => (k === i ? moved : y))))
    .map(of);
  const change = (o: number, i: number): number =>
    Math.max(...[0, 1].map((k) => Math.abs((changes[2 * i + k]?.[o] as number) - (at[o] as number))));
  return at.map((value, o) => Math.max(ulp(value), sumOf(row.map((_, i) => change(o, i)))));
}

function worstOfRows({ f, exact, slopes }: OfRow, part: Part): Worst {
  const of = part === 'value' ? exact : slopes;
  return worstOf(
    [2, 3, 5].flatMap((classes) => {
      const rows = rowsOf(classes);
      const results = tf.tidy(() => {
        const x = tf.tensor2d(rows);
        const first = (row: tf.Tensor): tf.Tensor => (row.rank === 2 ? tf.slice(row, [0, 0], [-1, 1]) : row);
        return (part === 'value' ? f(x) : tf.grad((row: tf.Tensor) => first(f(row)))(x)).dataSync();
      });
      return rows.flatMap((row, r) => {
        const [right, units] = [of(row), unitsOf(of, row)];
        return right.map((value, o) => ({
          error: errorOfNormal(results[r * right.length + o] as number, value) * (ulp(value) / (units[o] as number)),
          where: `[${row.join(', ')}], entry ${o}`,
        }));
      });
    }),
  );
}

test.each(ofRows.flatMap((row) => parts.map((part) => [row.name, part, row] as const)))('%s: %s', (name, part, row) => {
  expectExact(name, part, worstOfRows(row, part));
});

test.each<OfRow & { readonly part: Part }>([
  { name: '1 − softmax', part: 'value', f: (x) => tf.sub(1, softmax(x)), exact: exactOthers, slopes: exactOthers },
  {
    name: 'the derivative of softmax by its ops',
    part: 'derivative',
    f: (x) => tf.div(tf.exp(tf.sub(x, 1e15)), tf.sum(tf.exp(tf.sub(x, 1e15)), -1, true)),
    exact: exactSoftmax,
    slopes: softmaxSlopes,
  },
])('$name is noticed', ({ part, ...row }) => {
  expect(worstOfRows(row, part).error).toBeGreaterThan(most[part]);
});
