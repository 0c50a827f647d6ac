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

const own = tf.tensor2d([1, -2, 0.5, 3, 0.25, -1], [2, 3]);
const others = tf.tensor2d([2, -0.5, 1.5, 1, 0.75, -1.25, 3, 0.5], [2, 4]);
const apart = tf.randomNormal<tf.Rank.R3>([2, 3, 4], 0, 1, 'float32', 1);

type Compute = (own: tf.Tensor, others: tf.Tensor, apart: tf.Tensor) => tf.Tensor;

/** By broadcasting, without a table. */
const plain: Compute = (a, o, w) =>
  tf.sum(tf.square(tf.sub(tf.mul(0.7, tf.mul(tf.expandDims(a, 2), tf.expandDims(o, 1))), w)), -1);

const byTable: Compute = (a, o, w) => ofEntries(formula, { factor: 0.7 }, { own: [a], others: [o], apart: [w] });

/** A result, its derivatives and those of a derivative. */
function everythingOf(compute: Compute): number[][] {
  const total = (...xs: tf.Tensor[]): tf.Tensor => tf.sum(tf.square(compute(...(xs as Parameters<Compute>))));
  const slope = (...xs: tf.Tensor[]): tf.Tensor =>
    tf.addN(
      tf
        .grads(total)(xs)
        .map((x) => tf.sum(tf.square(x))),
    );
  const given = [own, others, apart];
  const found = [compute(own, others, apart), ...tf.grads(total)(given), ...tf.grads(slope)(given)];
  return found.map((x) => Array.from(x.dataSync()));
}

/** The same as plainly, relative to the largest number. */
function check(compute: Compute): void {
  const found = everythingOf(compute);
  everythingOf(plain).forEach((expected, i) => {
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
