import * as tf from '@tensorflow/tfjs';
import { ctc } from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { compute } from '../support/law.js';

/** All sequences of a length over some classes. */
const sequences = (length: number, classes: number): number[][] =>
  length === 0
    ? [[]]
    : sequences(length - 1, classes).flatMap((rest) => Array.from({ length: classes }, (_, c) => [...rest, c]));

/** What an alignment says: repeats merged, then blanks left out. */
const spoken = (path: readonly number[], blank: number): number[] =>
  path.filter((label, t) => label !== blank && label !== path[t - 1]);

/** −ln of the summed probability of all alignments, one by one. */
function enumerated(labels: readonly number[], logP: readonly (readonly number[])[], blank: number): number {
  const fitting = sequences(logP.length, logP[0]?.length ?? 0).filter(
    (path) => spoken(path, blank).join() === labels.join(),
  );
  const logOf = (path: readonly number[]): number =>
    path.reduce((sum, label, t) => sum + (logP[t]?.[label] as number), 0);
  return -Math.log(fitting.reduce((sum, path) => sum + Math.exp(logOf(path)), 0));
}

const [time, classes] = [5, 3];

test.each([
  { labels: [1, 2], blank: 0 },
  { labels: [1, 1], blank: 0 },
  { labels: [2], blank: 0 },
  { labels: [], blank: 0 },
  { labels: [0, 1, 0], blank: 2 },
  { labels: [0, 0, 0], blank: 1 },
  { labels: [1, 1, 1, 1], blank: 0 },
])('the loss of $labels with blank $blank is that of all its alignments together', ({ labels, blank }) => {
  const logits = tf.tensor(numbers('logits', time * classes, [-2, 2]), [1, time, classes]);
  const [logP] = tf.tidy(() => tf.logSoftmax(logits).arraySync()) as number[][][];
  const padded = [[...labels, ...Array<number>(4 - labels.length).fill(-1)]];
  const [loss] = compute(() => ctc(padded, logits, { blankIndex: blank }));
  const expected = enumerated(labels, logP as number[][], blank);
  if (Number.isFinite(expected)) expect(loss).toBeCloseTo(expected, 4);
  else expect(loss).toBe(expected);
  logits.dispose();
});

test.each([
  { labels: [1, 2], blank: 0 },
  { labels: [1, 1], blank: 0 },
  { labels: [2], blank: 1 },
  { labels: [], blank: 0 },
])(
  'of $labels with blank $blank that are almost certain, loss and gradient are those of all that may fail',
  ({ labels, blank }) => {
    const sure = labels
      .flatMap((label) => [label, blank])
      .concat(Array<number>(time).fill(blank))
      .slice(0, time);
    const noise = numbers('logits', time * classes, [-2, 2]);
    const logits = sure.map((right, t) =>
      Array.from({ length: classes }, (_, c) =>
        Math.fround((noise[t * classes + c] as number) + (c === right ? 40 + t : 0)),
      ),
    );
    const p = logits.map((row) => {
      const shares = row.map((x) => Math.exp(x - Math.max(...row)));
      const total = shares.reduce((sum, x) => sum + x, 0);
      return shares.map((x) => x / total);
    });
    const chance = (path: readonly number[]): number => path.reduce((all, c, t) => all * (p[t]?.[c] as number), 1);
    const failing = sequences(time, classes).filter((path) => spoken(path, blank).join() !== labels.join());
    const failure = failing.reduce((sum, path) => sum + chance(path), 0);
    const slopes = p.flatMap((row, t) => {
      const own = row.map((share, c) => {
        const withClass = failing.filter((path) => path[t] === c).reduce((sum, path) => sum + chance(path), 0);
        return (withClass - share * failure) / (1 - failure);
      });
      return own.map((slope, c) =>
        c === sure[t] ? -own.reduce((sum, x, other) => (other === c ? sum : sum + x), 0) : slope,
      );
    });
    const [loss, ...gradient] = compute(() => {
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => ctc([[...labels, -1]], x, { blankIndex: blank }).sum())(
        tf.tensor([logits]),
      );
      return tf.concat([value.reshape([1]), grad.reshape([-1])]);
    });
    expect(failure).toBeLessThan(1e-15);
    expect((loss as number) / -Math.log1p(-failure)).toBeCloseTo(1, 6);
    gradient.forEach((slope, i) => expect(slope / (slopes[i] as number)).toBeCloseTo(1, 5));
  },
);

/** Logits of four classes, of which one at each step is so much above the others. */
const peaks = (likely: readonly number[], height: number): number[][] =>
  likely.map((right, t) =>
    Array.from({ length: 4 }, (_, c) =>
      Math.fround((numbers('logits', time * 4, [-2, 2])[t * 4 + c] as number) + (c === right ? height : 0)),
    ),
  );

test.each([
  ['every label is as unlikely as no weight can be', peaks([0, 0, 0, 0, 0], 600)],
  ['at one step all classes of the labels are', peaks([0, 0, 3, 0, 0], 800)],
  [
    'at one step that of the only likely way nearly is',
    [
      [0, -100, -100, -100],
      [0, -100, -100, -100],
      [-690, -743, -690, 0],
      [0, -100, 0, -100],
      [0, -100, 0, -100],
    ],
  ],
  ['labels come where all that may follow is unlikely', peaks([2, 2, 1, 1, 1], 500)],
])('where %s, loss and gradient are those of logarithms', (_, logits) => {
  const logP = logits.map((row) => {
    const most = Math.max(...row);
    const logTotal = Math.log(row.reduce((sum, x) => sum + Math.exp(x - most), 0));
    return row.map((x) => x - most - logTotal);
  });
  const paths = sequences(time, 3).filter((path) => spoken(path, 0).join() === '1,2');
  const logs = paths.map((path) => path.reduce((sum, c, t) => sum + (logP[t]?.[c] as number), 0));
  const most = Math.max(...logs);
  const shares = logs.map((log) => Math.exp(log - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const slopes = logP.flatMap((row, t) =>
    row.map((log, c) => {
      const withClass = shares.reduce((sum, share, i) => sum + (paths[i]?.[t] === c ? share : 0), 0);
      return Math.exp(log) - withClass / total;
    }),
  );
  const [loss, ...gradient] = compute(() => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => ctc([[1, 2]], x).sum())(tf.tensor([logits]));
    return tf.concat([value.reshape([1]), grad.reshape([-1])]);
  });
  expect((loss as number) / -(most + Math.log(total))).toBeCloseTo(1, 6);
  gradient.forEach((slope, i) => expect(slope).toBeCloseTo(slopes[i] as number, 5));
});

test('where no alignment is possible the loss is Infinity, or 0, and the gradient 0', () => {
  const gradient = (zeroInfinity: boolean): number[] =>
    compute(() => tf.grad((x: tf.Tensor) => ctc([[1, 1]], x, { zeroInfinity }).sum())(tf.ones([1, 2, 3])));
  expect(compute(() => ctc([[1, 1]], tf.ones([1, 2, 3])))).toEqual([Infinity]);
  expect(compute(() => ctc([[1, 1]], tf.ones([1, 2, 3]), { zeroInfinity: true }))).toEqual([0]);
  expect(gradient(false)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(gradient(true)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('what lies behind the lengths does not matter', () => {
  const logits = numbers('logits', 2 * time * classes, [-2, 2]);
  const loss = (padding: number, late: number): number[] =>
    compute(() => {
      const x = tf.tensor(
        logits.map((value, i) => (Math.floor(i / classes) % time >= 3 ? late : value)),
        [2, time, classes],
      );
      return ctc(
        [
          [1, 2, padding],
          [2, padding, padding],
        ],
        x,
        { labelLengths: [2, 1], logitLengths: [3, 3] },
      );
    });
  expect(loss(2, 7)).toEqual(loss(-1, -3));
});

test.each([NaN, -Infinity, Infinity])('logits of %d behind the end leave no trace in the gradient', (late) => {
  const logits = tf.tidy(() => {
    const during = tf.tensor(numbers('logits', 3 * classes, [-2, 2]), [1, 3, classes]);
    return tf.concat([during, tf.fill([1, 2, classes], late, 'float32')], 1);
  });
  const gradient = compute(() => tf.grad((x: tf.Tensor) => ctc([[1, 2]], x, { logitLengths: [3] }).sum())(logits));
  expect(gradient.slice(3 * classes)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(gradient.every(Number.isFinite)).toBe(true);
  logits.dispose();
});

test('labels and lengths that cannot be are refused', () => {
  const logits = tf.zeros([1, 5, 3]);
  expect(() => ctc([[1, 3]], logits)).toThrow(/ctc: labels\[0,1\] is 3; expected an integer class index/);
  expect(() => ctc([[1, 2]], logits, { labelLengths: [3] })).toThrow(
    /ctc: labelLengths\[0\] is 3; expected a whole number from 0 to 2/,
  );
  expect(() => ctc([[1, 2]], logits, { logitLengths: [6] })).toThrow(
    /ctc: logitLengths\[0\] is 6; expected a whole number from 0 to 5/,
  );
  expect(() => ctc([[1, 2]], logits, { blankIndex: 3 })).toThrow(/ctc: blankIndex is 3; expected one of 3 classes/);
  logits.dispose();
});

test('an example that weighs nothing may be anything, also where lengths say that it has labels', () => {
  const logits = tf.tensor3d([...Array<number>(6).fill(0.5), ...Array<number>(6).fill(NaN)], [2, 2, 3]);
  const options = { weights: [1, 0], labelLengths: [1, 2] };
  const [known, unknown] = ctc(
    [
      [1, 2],
      [2, 1],
    ],
    logits,
    options,
  ).dataSync();
  expect([known, unknown]).toEqual([expect.closeTo(Math.log(3), 5), 0]);
});
