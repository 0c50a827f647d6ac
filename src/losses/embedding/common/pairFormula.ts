import type { Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../../call/kernelSlots.js';
import { notEqual } from '../../../tfjs/ops.js';
import type { PairMatrix } from './pairMatrix.js';

/** A formula of each row of pairs `[B, M]`: one number, or one for each pair. */
export type PairFormula<O extends object> = TableFormula<O>;

/** The formula of a table of what `compute` says of pairs. */
/* @__NO_SIDE_EFFECTS__ */
export const pairFormula = <O extends object>(
  gives: 'rows' | 'places',
  compute: (pairs: PairMatrix, options: O) => Tensor,
): PairFormula<O> => ({
  gives,
  compute: ([far, positive, negative], options) =>
    compute(
      {
        far: far as Tensor,
        isPositive: notEqual(positive as Tensor, 0),
        isNegative: notEqual(negative as Tensor, 0),
      },
      options,
    ),
});

/** What a formula gives of pairs, by a kernel where there is one. */
export const valuesOfPairs = <O extends object>(
  formula: PairFormula<O>,
  { far, isPositive, isNegative }: PairMatrix,
  options: O,
): Tensor => ofTable(formula, options, [far, isPositive, isNegative]);
