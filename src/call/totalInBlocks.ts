import { slice, stack, type Tensor } from '@tensorflow/tfjs-core';
import type { DividedTotal, RowValues, SummedValues } from '../definition/definition.js';
import { inBlocks } from '../numerics/inBlocks.js';
import { constant } from '../numerics/autodiff.js';
import { sum, times } from '../numerics/sum.js';
import { cast, fill, notEqual, reshape } from '../tfjs/ops.js';
import { type Total, totalOf, type Weighting } from './reduce.js';

/**
 * What a reduction divides and by what, of values of which only those of some examples are there at the same time. Not for
 * `'none'`, which keeps all.
 */
export function totalInBlocks(
  { parts: { own, shared }, rows, values }: RowValues,
  { weights, reduction }: Pick<Weighting, 'weights' | 'reduction'>,
): DividedTotal {
  const count = own[0]?.shape[0] ?? 0;
  const areOfRows = weights !== null && weights.shape[0] === count && count > 1;
  const isOfBatch = weights !== null && !areOfRows;
  const parts = {
    own: weights && areOfRows ? [...own, weights] : own,
    shared: weights && isOfBatch ? [...shared, weights] : shared,
  };
  const columns = inBlocks(parts, rows, (block) => {
    const ofBlock = areOfRows ? block.own.at(-1) : isOfBatch ? block.shared.at(-1) : null;
    const given = {
      own: block.own.slice(0, own.length),
      shared: block.shared.slice(0, shared.length),
    };
    const made = values(given);
    const weighting = { weights: ofBlock ?? null, reduction };
    return asColumns('sums' in made ? totalOfSums(made, weighting) : totalOf(made, weighting));
  });
  const column = (i: number): Tensor => {
    const entries = reshape(slice(columns, [0, i], [-1, 1]), [-1]);
    return reduction === 'perExample' ? entries : sum(entries);
  };
  return { total: column(0), divisor: reduction === 'sum' ? 1 : column(1) };
}

/** What a reduction divides and by what, of sums of values, by weights that are the same for all values of an example. */
function totalOfSums(
  { sums, counts, nonzero }: SummedValues,
  { weights, reduction }: Pick<Weighting, 'weights' | 'reduction'>,
): Total {
  const over = reduction === 'perExample' ? [1] : [0, 1];
  const ofRows = weights && reshape(weights, [-1, 1]);
  const total = sum(ofRows ? times(sums, ofRows) : sums, over);
  if (reduction === 'sum') return { total, divisor: 1 };
  const each = constant(reduction === 'meanOverNonzeroLosses' ? nonzero : counts);
  if (!ofRows || reduction === 'mean' || reduction === 'perExample') return { total, divisor: sum(each, over) };
  const counted = reduction === 'weightedMean' ? ofRows : constant(() => cast(notEqual(ofRows, 0), 'float32'));
  return { total, divisor: sum(times(each, counted), over) };
}

/** A total and its divisor side by side, with a row for each number that the reduction gives. */
function asColumns({ total, divisor }: Total): Tensor {
  const by = typeof divisor === 'number' ? fill(total.shape, divisor, 'float32') : divisor;
  return stack([reshape(total, [-1]), reshape(by, [-1])], 1);
}
