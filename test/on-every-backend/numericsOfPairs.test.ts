import * as tf from '@tensorflow/tfjs';
import { cosine, oneMinusCosine } from '../../src/numerics/cosine.js';
import { halfDifference, relativeDifference } from '../../src/numerics/difference.js';
import { hypotenuse, logHypotenuse } from '../../src/numerics/hypotenuse.js';
import { logOfWhole } from '../../src/numerics/logOfWhole.js';
import { logRatio } from '../../src/numerics/logRatio.js';
import { fraction } from '../../src/numerics/quotient.js';
import { squareOver, squareTimesExp } from '../../src/numerics/squares.js';
import { between, ofAllMagnitudes } from '../support/magnitudes.js';
import { ulp } from '../support/ulp.js';

/*
 * Functions of two numbers or vectors, and their derivatives, against float64: at all magnitudes, equal numbers, and such as
 * differ in the last digits. The unit is an ulp of the result, or what moving each input by one ulp changes.
 */

declare const backend: string;

const MOST = 4;

type OfTwo = (a: number, b: number) => number;

interface Row {
  readonly name: string;
  readonly f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  readonly exact: OfTwo;
  readonly slopes: readonly [OfTwo, OfTwo];
  readonly isDrawn?: (a: number, b: number) => boolean;
}

/** ln((s + a) ÷ (s + b)) by float64, of a and b in float32. */
const exactLogRatio =
  (s: number): OfTwo =>
  (a, b) =>
    Math.abs(a - b) < (s + b) / 2 ? Math.log1p((a - b) / (s + b)) : Math.log(s + a) - Math.log(s + b);

const arePositive = (a: number, b: number): boolean => a > 2 ** -126 && b > 2 ** -126;

const rows: readonly Row[] = [
  {
    name: 'ln(a ÷ b)',
    f: (a, b) => logRatio(a, b),
    exact: exactLogRatio(0),
    slopes: [(a) => 1 / a, (_, b) => -1 / b],
    isDrawn: arePositive,
  },
  {
    name: 'ln((1 + a) ÷ (1 + b))',
    f: (a, b) => logRatio(a, b, 1),
    exact: exactLogRatio(1),
    slopes: [(a) => 1 / (1 + a), (_, b) => -1 / (1 + b)],
    isDrawn: arePositive,
  },
  {
    name: '(a − b) ÷ a',
    f: relativeDifference,
    exact: (a, b) => (a - b) / a,
    slopes: [(a, b) => b / a / a, (a) => -1 / a],
  },
  { name: '½(a − b)', f: halfDifference, exact: (a, b) => (a - b) / 2, slopes: [() => 0.5, () => -0.5] },
  {
    name: 'a² ÷ b',
    f: squareOver,
    exact: (a, b) => (a / b) * a,
    slopes: [(a, b) => (2 * a) / b, (a, b) => -((a / b) ** 2)],
    isDrawn: (_, b) => b > 2 ** -126,
  },
  {
    name: 'a²·eᵇ',
    f: squareTimesExp,
    exact: (a, b) => a * Math.exp(b) * a,
    slopes: [(a, b) => 2 * a * Math.exp(b), (a, b) => a * Math.exp(b) * a],
    isDrawn: (_, b) => Math.abs(b) < 170,
  },
  {
    name: '√(1 + a²)',
    f: (a) => hypotenuse(a),
    exact: (a) => Math.hypot(1, a),
    slopes: [(a) => a / Math.hypot(1, a), () => 0],
  },
  {
    name: 'ln √(1 + a²)',
    f: (a) => logHypotenuse(a),
    exact: (a) => (Math.abs(a) < 1e9 ? Math.log1p(a * a) / 2 : Math.log(Math.abs(a))),
    slopes: [(a) => a / Math.hypot(1, a) / Math.hypot(1, a), () => 0],
  },
  {
    name: 'a ÷ (a + b)',
    f: fraction,
    exact: (a, b) => a / (a + b),
    slopes: [(a, b) => b / (a + b) ** 2, (a, b) => -a / (a + b) ** 2],
    isDrawn: (a, b) => arePositive(a, b) && a + b < 2 ** 127,
  },
  {
    name: 'ln((a + b) ÷ a)',
    f: logOfWhole,
    exact: (a, b) => Math.log1p(b / a),
    slopes: [(a, b) => -b / a / (a + b), (a, b) => 1 / (a + b)],
    isDrawn: (a, b) => arePositive(a, b) && a + b < 2 ** 127 && b / a < 2 ** 126,
  },
];

const pairs: readonly (readonly [number, number])[] = [
  ...ofAllMagnitudes(1500).map((a, i, all) => [a, all[(7 * i + 1) % all.length] as number] as const),
  ...between(-20, 20, 500).map((a, i) => [a, between(-3, 3, 500)[i] as number] as const),
  ...ofAllMagnitudes(500).map((a) => [a, a] as const),
  ...[1, 2, 3, 100, 10_000].flatMap((steps) =>
    between(0.5, 100, 100).map((a) => [a, Math.fround(a + steps * ulp(a))] as const),
  ),
];

interface Worst {
  readonly units: number;
  readonly where: string;
}

/** NaN is worse than any number. */
const worse = (a: Worst, b: Worst): Worst => (Number.isNaN(a.units) || a.units >= b.units ? a : b);

const isNormal = (x: number): boolean => Math.abs(x) > 2 ** -125 && Math.abs(x) < 2 ** 127;

function unitOf(exact: OfTwo, a: number, b: number): number {
  const at = exact(a, b);
  const change = (da: number, db: number): number =>
    Math.max(...[1, -1].map((sign) => Math.abs(exact(a + sign * da, b + sign * db) - at)).filter(Number.isFinite), 0);
  return Math.max(ulp(at), change(ulp(a), 0) + change(0, ulp(b)));
}

function worstOf({ f, exact, slopes, isDrawn = () => true }: Row): Worst {
  // TensorFlow takes smaller numbers than the normal ones for 0.
  const least = backend === 'tensorflow' ? 2 ** -126 : 0;
  const isSeen = (x: number): boolean => Math.abs(x) >= least;
  const drawn = pairs.filter(([a, b]) => isSeen(a) && isSeen(b) && isDrawn(a, b));
  const [a, b] = [0, 1].map((i) => drawn.map((pair) => pair[i] as number)) as [number[], number[]];
  const both = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.add(f(x, y), tf.mul(0, y));
  const results = tf.tidy(() => {
    const [x, y] = [tf.tensor1d(a), tf.tensor1d(b)];
    return [f(x, y), ...tf.grads(both)([x, y])].map((t) => t.dataSync());
  });
  return [exact, ...slopes]
    .flatMap((of, part) =>
      drawn.map(([x, y], i): Worst => {
        const right = of(x, y);
        const error = Math.abs((results[part]?.[i] as number) - right) / unitOf(of, x, y);
        const isGood = right !== 0 && !isNormal(right);
        return { units: isGood ? 0 : error, where: `${['value', 'slope for a', 'slope for b'][part]} at ${x}, ${y}` };
      }),
    )
    .reduce(worse);
}

test.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { units, where } = worstOf(row);
  if (!(units <= MOST)) throw new Error(`${units.toPrecision(3)} units, ${where}`);
});

const named = (name: string): Row => rows.find((row) => row.name === name) as Row;

test.each<Row>([
  { ...named('ln(a ÷ b)'), f: (a, b) => tf.log(tf.div(a, b)) },
  { ...named('ln((1 + a) ÷ (1 + b))'), f: (a, b) => tf.sub(tf.log1p(a), tf.log1p(b)) },
  { ...named('a ÷ (a + b)'), f: (a, b) => tf.sub(1, tf.div(b, tf.add(a, b))) },
  { ...named('ln((a + b) ÷ a)'), f: (a, b) => tf.log(tf.div(tf.add(a, b), a)) },
  { ...named('(a − b) ÷ a'), f: (a, b) => tf.sub(1, tf.div(b, a)) },
  { ...named('½(a − b)'), f: (a, b) => tf.div(tf.sub(tf.mul(2, a), tf.mul(2, b)), 4) },
  { ...named('a² ÷ b'), f: (a, b) => tf.div(tf.square(a), b) },
  { ...named('√(1 + a²)'), f: (a) => tf.sqrt(tf.add(1, tf.square(a))) },
])('$name by its ops is noticed', (row) => {
  expect(worstOf(row).units).not.toBeLessThanOrEqual(MOST);
});

// Vectors of two entries: the cosine and the sine of the angle between them are known, and so are the slopes.

/** Vectors that are turned against each other by angles of all sizes, of all lengths. */
const vectors = between(-3, 3, 400).map((direction, i) => {
  const angle = (i % 2 ? Math.PI : 0) + 10 ** -(i % 8) * (1 + (i % 3));
  const vector = (at: number, scale: number): [number, number] => [
    Math.fround(scale * Math.cos(at)),
    Math.fround(scale * Math.sin(at)),
  ];
  return [vector(direction, 10 ** ((i % 61) - 30)), vector(direction + angle, 10 ** (((7 * i) % 61) - 30))] as const;
});

type Vector = readonly [number, number];

const crossOf = (a: Vector, b: Vector): number => (a[0] * b[1] - a[1] * b[0]) / Math.hypot(...a) / Math.hypot(...b);
const cosineOf = (a: Vector, b: Vector): number => (a[0] * b[0] + a[1] * b[1]) / Math.hypot(...a) / Math.hypot(...b);
const exactOneMinus = (a: Vector, b: Vector): number =>
  cosineOf(a, b) > 0 ? crossOf(a, b) ** 2 / (1 + cosineOf(a, b)) : 1 - cosineOf(a, b);
/** Of the cosine, for the first entry of a. */
const exactSlope = (a: Vector, b: Vector): number => (crossOf(a, b) * -a[1]) / Math.hypot(...a) ** 2;

/** The worst error of what depends on two vectors. */
function worstOfVectors(results: ArrayLike<number>, exact: (a: Vector, b: Vector) => number): Worst {
  return vectors
    .map(([a, b], i): Worst => {
      const right = exact(a, b);
      const moved = [...a, ...b].map((x, k) => {
        const change = (by: number): number => {
          const [p, q, r, s] = [...a, ...b].map((y, at) => (at === k ? x + by : y)) as [number, number, number, number];
          return Math.abs(exact([p, q], [r, s]) - right);
        };
        return Math.max(change(ulp(x)), change(-ulp(x)));
      });
      const unit = Math.max(
        ulp(right),
        moved.reduce((sum, x) => sum + x, 0),
      );
      const isGood = !isNormal(right);
      return {
        units: isGood ? 0 : Math.abs((results[i] as number) - right) / unit,
        where: `[${a.join(', ')}], [${b.join(', ')}]`,
      };
    })
    .reduce(worse);
}

const computedOfVectors = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): ArrayLike<number> =>
  tf.tidy(() => f(tf.tensor2d(vectors.map(([a]) => [...a])), tf.tensor2d(vectors.map(([, b]) => [...b]))).dataSync());

const firstSlope =
  (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    tf.slice(tf.grad((x: tf.Tensor) => f(x, b))(a), [0, 0], [-1, 1]);

const ofVectors = [
  ['the cosine', (a: tf.Tensor, b: tf.Tensor) => cosine(a, b, 0), cosineOf],
  ['1 − the cosine', (a: tf.Tensor, b: tf.Tensor) => oneMinusCosine(a, b, 0), exactOneMinus],
  ['the slope of the cosine', firstSlope((a, b) => cosine(a, b, 0)), exactSlope],
  [
    'the slope of 1 − the cosine',
    firstSlope((a, b) => oneMinusCosine(a, b, 0)),
    (a: Vector, b: Vector): number => -exactSlope(a, b),
  ],
] as const;

test.each(ofVectors)('%s of vectors of all lengths, nearly the same, nearly opposite', (_, f, exact) => {
  const { units, where } = worstOfVectors(computedOfVectors(f), exact);
  if (!(units <= MOST)) throw new Error(`${units.toPrecision(3)} units, ${where}`);
});

test('1 less the cosine is noticed', () => {
  const results = computedOfVectors((a, b) => tf.sub(1, cosine(a, b, 0)));
  expect(worstOfVectors(results, exactOneMinus).units).toBeGreaterThan(MOST);
});
