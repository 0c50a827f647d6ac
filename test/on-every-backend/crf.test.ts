import * as tf from '@tensorflow/tfjs';
import { crf, crfDecode } from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { byFormula, compute } from '../support/law.js';

const [batch, time, classes] = [3, 4, 3];
const lengths = [4, 2, 1];
const start = [0.5, -1, 0.25];
const end = [-0.75, 0.5, 1];

/** All sequences of a length over the classes. */
const sequences = (length: number): number[][] =>
  length === 0 ? [[]] : sequences(length - 1).flatMap((rest) => [0, 1, 2].map((c) => [...rest, c]));

const table = (name: string, rows: number): number[][] =>
  Array.from({ length: rows }, (_, i) => numbers(`${name} ${i}`, classes, [-2, 2]));

const emissions = Array.from({ length: batch }, (_, b) => table(`emissions ${b}`, time));
const transitions = table('transitions', classes);

/** The score of a sequence, one part after the other. */
const scoreOf = (path: readonly number[], scores: readonly (readonly number[])[]): number =>
  path.reduce(
    (sum, c, t) => sum + (scores[t]?.[c] as number) + (t > 0 ? (transitions[path[t - 1] as number]?.[c] as number) : 0),
    (start[path[0] as number] as number) + (end[path.at(-1) as number] as number),
  );

test('the loss is that of all sequences, one by one, and the decoded one is the best of them', () => {
  const labels = [
    [0, 2, 2, 1],
    [1, 0, -1, -1],
    [2, -1, -1, -1],
  ];
  const expected = lengths.map((length, b) => {
    const scores = emissions[b] as number[][];
    const total = sequences(length).reduce((sum, path) => sum + Math.exp(scoreOf(path, scores)), 0);
    return Math.log(total) - scoreOf((labels[b] as number[]).slice(0, length), scores);
  });
  const best = lengths.map((length, b) => {
    const scores = emissions[b] as number[][];
    const [first] = sequences(length).sort((p, q) => scoreOf(q, scores) - scoreOf(p, scores));
    return [...(first as number[]), ...Array<number>(time - length).fill(-1)];
  });
  const given = compute(() => crf(labels, emissions, transitions, { start, end, lengths }));
  const counted = compute(() => crf(labels, emissions, transitions, { start, end }));
  given.forEach((loss, b) => expect(loss).toBeCloseTo(expected[b] as number, 4));
  counted.forEach((loss, b) => expect(loss).toBeCloseTo(expected[b] as number, 4));
  const decoded = crfDecode(emissions, transitions, { start, end, lengths });
  expect(decoded.dtype).toBe('int32');
  expect(decoded.arraySync()).toEqual(best);
  decoded.dispose();
});

test('what lies behind the end leaves no trace, not even NaN', () => {
  const labels = tf.tensor2d([[1, 0, 7, -3]], [1, 4], 'int32');
  const spoilt = (behind: number): tf.Tensor =>
    tf.tensor3d([0.5, 1, -1, 2, 0, 1, ...Array<number>(6).fill(behind)], [1, 4, 3]);
  const of = (x: tf.Tensor): tf.Tensor =>
    crf(labels, x, transitions, { lengths: [2], validate: false, reduction: 'sum' });
  const gradient = (x: tf.Tensor): number[] => compute(() => tf.grad(of)(x));
  expect(compute(() => of(spoilt(NaN)))).toEqual(compute(() => of(spoilt(0))));
  expect(gradient(spoilt(NaN))).toEqual(gradient(spoilt(0)));
  expect(gradient(spoilt(NaN)).slice(6)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(crfDecode(spoilt(NaN), transitions, { lengths: [2] }).dataSync()).toEqual(
    crfDecode(spoilt(0), transitions, { lengths: [2] }).dataSync(),
  );
});

test('a loss that is almost 0 has all its digits', () => {
  const x = tf.tensor3d([40, 0, 0, 40, 40, 0], [1, 3, 2]);
  const [loss] = compute(() =>
    crf([[0, 1, 0]], x, [
      [0, 1],
      [1, 0],
    ]),
  ) as [number];
  const share = 2 * Math.exp(-41) + Math.exp(-42);
  expect(loss / share).toBeCloseTo(1, 4);
});

test('what is ruled out has no share, and as labels the loss Infinity, with gradient 0', () => {
  const ways = tf.tensor2d([0, -Infinity, 0, 0], [2, 2]);
  const of = (labels: number[][], x: tf.Tensor): tf.Tensor => crf(labels, tf.zeros([1, 2, 2]), x);
  expect(compute(() => of([[0, 0]], ways))[0]).toBeCloseTo(Math.log(3), 5);
  expect(compute(() => of([[0, 1]], ways))).toEqual([Infinity]);
  expect(compute(() => tf.grad((x) => tf.sum(of([[0, 1]], x)))(ways))).toEqual([0, 0, 0, 0]);
  expect(
    compute(() =>
      crfDecode(
        [
          [
            [1, 0],
            [0, 5],
          ],
        ],
        ways,
      ),
    ),
  ).toEqual([1, 1]);
});

test('an example without labels is 0 and does not count', () => {
  const x = tf.zeros([2, 2, 3]);
  const labels = [
    [-1, -1],
    [0, 1],
  ];
  const [none, one] = compute(() => crf(labels, x, tf.zeros([3, 3]))) as [number, number];
  expect(none).toBe(0);
  expect(compute(() => crf.mean(labels, x, tf.zeros([3, 3])))).toEqual([one]);
});

test.each([
  [{ lengths: [0] }, /lengths\[0\] is 0; expected a whole number >= 1/],
  [{ lengths: [3] }, /lengths\[0\] is 3; expected a whole number from 1 to 2/],
  [{ start: [1] }, /start has shape \[1\]; expected \[3\]/],
  [{ ends: [1, 2, 3] }, /unknown option "ends"; expected start, end, lengths/],
])('decoding refuses %p', (options, complaint) => {
  expect(() => crfDecode(tf.zeros([1, 2, 3]), tf.zeros([3, 3]), options as object)).toThrow(complaint);
});

test('decoding refuses shapes that do not fit, and takes an empty batch', () => {
  expect(() => crfDecode(tf.zeros([1, 2, 3]), tf.zeros([2, 2]))).toThrow(/emissions has shape \[1,2,3\]/);
  expect(crfDecode(tf.zeros([0, 2, 3]), tf.zeros([3, 3])).shape).toEqual([0, 2]);
});

test('decoding leaves no tensors behind', () => {
  const before = tf.memory().numTensors;
  crfDecode(emissions, transitions, { start, end, lengths }).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a path that begins out of the range of weights, and ends above the labels, counts', () => {
  const apart = [
    [-400, -Infinity],
    [-Infinity, 0],
  ];
  const of = (x: tf.Tensor): tf.Tensor => crf([[0, 0, 0]], x, apart, { start: [0, -750], reduction: 'sum' });
  const x = tf.zeros([1, 3, 2]);
  expect(compute(() => of(x))).toEqual([50]);
  expect(compute(() => tf.grad(of)(x))).toEqual([-1, 1, -1, 1, -1, 1]);
});

test.each([1, 30, 300])('scores up to %p give what the formula gives', (scale) => {
  const labels = [
    [0, 2, 2, 1],
    [1, 0, -1, -1],
    [2, -1, -1, -1],
  ];
  const at = tf.mul(scale, tf.tensor3d(emissions));
  const [from, to] = [tf.mul(-scale, tf.tensor2d(transitions)), { start, end, reduction: 'sum' } as const];
  const gradients = (): number[] =>
    tf
      .grads((x, a) => crf(labels, x, a, to))([at, from])
      .flatMap((gradient) => Array.from(gradient.dataSync()));
  const [found, expected] = [gradients(), byFormula(gradients)];
  found.forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 5));
});
