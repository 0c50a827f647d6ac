import * as tf from '@tensorflow/tfjs';
import '../../src/index.js';
import { ofEntries, type RowFormula } from '../../src/call/pairsOfEntries.js';
import { assertClose } from '../support/law.js';

afterEach(() => tf.env().set('LOSSES_FUSED', true));

interface Options {
  readonly factor: number;
}

/** Σ_j (f·a·o_j − w_j)². */
const formula: RowFormula<Options> = {
  gives: 'rows',
  compute: ([others, apart, own], { factor }) => {
    const products = tf.mul(factor, tf.mul(others as tf.Tensor, own as tf.Tensor));
    return tf.sum(tf.square(tf.sub(products, apart as tf.Tensor)), -1);
  },
};

type Tables = readonly [own: tf.Tensor, others: tf.Tensor, apart: tf.Tensor];

const few: Tables = [
  tf.tensor2d([1, -2, 0.5, 3, 0.25, -1], [2, 3]),
  tf.tensor2d([2, -0.5, 1.5, 1, 0.75, -1.25, 3, 0.5], [2, 4]),
  tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1),
];

/** So many rows, and entries of each on both sides. */
const tablesOf = (rows: number, entries: number, others: number): Tables => [
  tf.randomNormal([rows, entries], 0, 1, 'float32', 2),
  tf.randomNormal([rows, others], 0, 1, 'float32', 3),
  tf.randomNormal([rows, entries, others], 0, 1, 'float32', 4),
];

type Compute = (own: tf.Tensor, others: tf.Tensor, apart: tf.Tensor) => tf.Tensor;

/** By broadcasting, without a table. */
const plain: Compute = (a, o, w) =>
  tf.sum(tf.square(tf.sub(tf.mul(0.7, tf.mul(tf.expandDims(a, 2), tf.expandDims(o, 1))), w)), -1);

const byTable: Compute = (a, o, w) => ofEntries(formula, { factor: 0.7 }, { own: [a], others: [o], apart: [w] });

/** A result, its derivatives and those of a derivative. */
function everythingOf(compute: Compute, given: Tables): number[][] {
  const total = (...xs: tf.Tensor[]): tf.Tensor => tf.sum(tf.square(compute(...(xs as Parameters<Compute>))));
  const slope = (...xs: tf.Tensor[]): tf.Tensor =>
    tf.addN(
      tf
        .grads(total)(xs)
        .map((x) => tf.sum(tf.square(x))),
    );
  const xs = [...given];
  const found = [compute(...given), ...tf.grads(total)(xs), ...tf.grads(slope)(xs)];
  return found.map((x) => Array.from(x.dataSync()));
}

/** The same as plainly, relative to the largest number. */
function check(compute: Compute, given = few): void {
  const found = everythingOf(compute, given);
  everythingOf(plain, given).forEach((expected, i) => {
    const size = Math.max(...expected.map(Math.abs));
    const inUnits = (all: readonly number[]): number[] => all.map((x) => 1 + x / size);
    assertClose(inUnits(found[i] as number[]), inUnits(expected), 1e-5, `result ${i}`);
  });
}

test.each([true, false])('each entry meets all entries of its own row; by kernels: %s', (areOn) => {
  tf.env().set('LOSSES_FUSED', areOn);
  check(byTable);
});

test.each([
  ['the rows of others in another order', (a, o, w) => byTable(a, tf.reverse(o, 0), w)],
  ['tables in another order', (a, o, w) => byTable(a, o, tf.reverse(w, 1))],
] as const satisfies readonly (readonly [string, Compute])[])('%s: that is noticed', (_, broken) => {
  expect(() => {
    check(broken);
  }).toThrow(/result 0/);
});

test.each([
  ['some that are walked along', 3, 5, 37],
  ['many short ones', 2, 130, 7],
  ['a rest of rows that four do not divide', 5, 6, 10],
  ['a single row', 1, 40, 40],
  ['one other entry', 4, 3, 1],
])('rows of %s', (_, rows, entries, others) => {
  check(byTable, tablesOf(rows, entries, others));
});

/** Σ_j a·o_j: the derivative for each of the others is the sum of all entries of a row. */
const product: RowFormula<object> = {
  gives: 'rows',
  compute: ([x, a]) => tf.sum(tf.mul(x as tf.Tensor, a as tf.Tensor), -1),
};

const sumsOver = (entries: tf.Tensor, columns: number): number[] => {
  const total = (x: tf.Tensor): tf.Tensor => tf.sum(ofEntries(product, {}, { own: [entries], others: [x] }));
  const [slopes] = tf.grads(total)([tf.ones([entries.shape[0], columns])]) as [tf.Tensor];
  return Array.from(slopes.dataSync());
};

test('rows that are more than a processor keeps at hand', () => {
  const [rows, columns] = [700, 400];
  const sums = sumsOver(tf.mul(tf.expandDims(tf.range(0, rows), 1), tf.ones([1, 4])), columns);
  expect(sums.findIndex((x, i) => x !== 4 * Math.floor(i / columns))).toBe(-1);
});

test.each([50, 10])('sums over the rows of a list keep their digits, %i columns', (columns) => {
  const sums = sumsOver(tf.fill([1, 5000], 0.1, 'float32'), columns);
  assertClose(sums, new Array<number>(columns).fill(5000 * Math.fround(0.1)), 2e-7, 'sums');
});

test.each([50, 10])('an infinite entry makes an infinite sum, %i columns', (columns) => {
  const sums = sumsOver(tf.tensor2d([1, Infinity, 2, 3, 4], [1, 5]), columns);
  expect(sums).toEqual(new Array(columns).fill(Infinity));
});
