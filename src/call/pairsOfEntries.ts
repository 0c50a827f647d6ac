import { tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../numerics/autodiff.js';
import { rowsOf } from '../numerics/rowsOf.js';
import { cast, reshape } from '../tfjs/ops.js';
import { kernels, ofTable, type TableFormula } from './kernelSlots.js';

/** A formula of each row of a table that gives one number. */
export type RowFormula<O extends object> = TableFormula<O> & { readonly gives: 'rows' };

/**
 * What a formula gives of each entry of rows and all entries of other rows, by a kernel where there is one: each entry of
 * `own`, `[R, I]`, has a row of a table with the entries of its row of `others`, `[R, J]`, and its row of `apart`, `[R, I, J]`.
 * The formula gets those of `others`, then those of `apart`, `[R·I, J]`, and the entries themselves, `[R·I, 1]`.
 */
export function ofEntries<O extends object>(
  formula: RowFormula<O>,
  options: O,
  {
    own,
    others,
    apart = [],
  }: Readonly<Record<'own' | 'others', readonly Tensor[]>> & { readonly apart?: readonly Tensor[] },
): Tensor {
  const [rows = 0, entries = 0] = (own[0] as Tensor).shape;
  const numbers = others.map((x) => (x.dtype === 'float32' ? x : constant(() => cast(x, 'float32'))));
  const rest = [
    ...apart.map((x) => reshape(x, [rows * entries, -1])),
    ...own.map((x) => reshape(x, [rows * entries, 1])),
  ];
  const isOfGroups = others.length > 0 && entries > 1;
  const values =
    (isOfGroups ? kernels.table?.(formula, options, [...numbers, ...rest], rows) : null) ??
    ofTable(formula, options, [...repeated(numbers, entries), ...rest]);
  return reshape(values, [rows, entries]);
}

/** Each row of tables so many times: `[R·times, J]`. */
export function repeated(tables: readonly Tensor[], times: number): Tensor[] {
  if (times === 1) return [...tables];
  const rows = tables[0]?.shape[0] ?? 0;
  const places = new Int32Array(rows * times);
  for (let row = 0; row < rows; row++) places.fill(row, row * times, (row + 1) * times);
  const indices = constant(() => tensor1d(places));
  return tables.map((x) => rowsOf(x, indices));
}
