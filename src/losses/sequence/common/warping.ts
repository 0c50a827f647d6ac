import { maximum, slice, type Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../../call/kernelSlots.js';
import { withGradients } from '../../../numerics/autodiff.js';
import { sigmoid } from '../../../numerics/functions.js';
import { softplusExcess } from '../../../numerics/logistic.js';
import { transpose } from '../../../numerics/portable.js';
import { add, fill, mul, neg, pad, reshape, sub } from '../../../tfjs/ops.js';
import { impossible, moved, withoutInfinity } from './alignments.js';
import { ofEachStep } from './steps.js';

/*
 * Alignments of two sequences: ways through a table with a row for each step of the one and a column for each of the other,
 * from its first place to its last, each place right of, below, or both, of the place before. All places of an
 * anti-diagonal are reached at once, from the two anti-diagonals before it.
 */

/** ln Σ e^score over all alignments, [B], of scores of the places, [B, N, T]; the score of one is the sum of its places'. */
export function logOfAlignments(scores: Tensor): Tensor {
  const [batch = 0, rows = 0] = scores.shape;
  const [first, ...rest] = diagonalsOf(scores) as [Tensor, ...Tensor[]];
  let last = first;
  let aslant: Tensor = fill([batch, rows], impossible(), 'float32');
  for (const own of rest) {
    const above = moved(last, 1);
    last = ofTable(reached, {}, [own, above, last, aslant]);
    aslant = above;
  }
  return reshape(slice(last, [0, rows - 1], [batch, 1]), [batch]);
}

/** ln Σ e^score of the ways to each place of an anti-diagonal. */
const reached: TableFormula<object> = {
  gives: 'places',
  compute: (tensors) => {
    const [own, above, last, aslant] = tensors as [Tensor, Tensor, Tensor, Tensor];
    return withoutInfinity(add(own, logAddExp(logAddExp(above, last), aslant)));
  },
};

/** N + T − 1 anti-diagonals [B, N]: of the k-th one, entry i is at (i, k − i), and impossible where the table has no such place. */
function diagonalsOf(table: Tensor): Tensor[] {
  const [batch = 0, rows = 0, columns = 0] = table.shape;
  const width = columns + rows;
  const wide = pad(
    table,
    [
      [0, 0],
      [0, 0],
      [0, rows],
    ],
    impossible(),
  );
  // Cut into rows that are one shorter, each row begins one place later than the one above it.
  const cut = slice(reshape(wide, [batch, rows * width]), [0, 0], [batch, rows * (width - 1)]);
  return ofEachStep(transpose(reshape(cut, [batch, rows, width - 1]), [0, 2, 1]));
}

/** ln(eᵃ + eᵇ) of two tensors of one shape. */
const logAddExp: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => add(maximum(a, b), softplusExcess(sub(a, b))),
  (dy, a, b) => {
    const gap = sub(a, b);
    return [mul(dy, sigmoid(gap)), mul(dy, sigmoid(neg(gap)))];
  },
);
