import { cast, scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { PlacesFormula, RowLosses, TableFormula } from '../../call/kernelSlots.js';
import { isTraced } from '../../numerics/portable.js';
import { areGroupsKnown, areKernelsOn } from '../backends/index.js';
import { annealed, type Changing } from './annealing.js';
import { sizesFor } from '../trace/trace.js';
import type { Program } from '../program/program.js';
import { fused, fusedRows, rowsProgram, type TableComputation } from './run.js';
import { shaped } from '../tfjs/differentiable.js';
import type { Layout } from './table.js';

/** The input of the losses of rows that is differentiated. */
const LOGITS = 1;

/**
 * The losses of rows of logits, [N], and with factors the derivative for the logits, [N, C], of their sum, each times
 * its factor. Null where there is no kernel.
 */
export function rowLosses(
  owner: object,
  losses: RowLosses,
  labels: Tensor,
  logits: Tensor,
  factors: Tensor | null,
): readonly [losses: Tensor, gradient?: Tensor] | null {
  if (!areKernelsOn()) return null;
  const [rows = 0, columns = 0] = logits.shape;
  const { classWeights } = losses;
  const given = [labels, logits, ...(classWeights ? [classWeights] : [])];
  return fusedRows(lossesOfRows(owner, losses, rows, columns), given, LOGITS, factors);
}

/** The program of that, for labels, logits, and the class weights and factors there are; null where there is none. */
export const rowLossesProgram = (
  owner: object,
  losses: RowLosses,
  [rows, columns]: readonly [number, number],
  hasFactors: boolean,
): Program | null => rowsProgram(lossesOfRows(owner, losses, rows, columns), LOGITS, hasFactors);

const lossesOfRows = (
  owner: object,
  { options, classWeights, compute }: RowLosses,
  rows: number,
  columns: number,
): TableComputation => ({
  owner,
  name: `losses of rows${classWeights ? ' by class' : ''}`,
  table: layoutOf(rows, columns, options),
  inputs: [
    { byRow: true, byColumn: false, isInteger: true, rank: 1 },
    { byRow: true, byColumn: true, isInteger: false, rank: 2 },
    ...(classWeights ? [{ byRow: false, byColumn: true, isInteger: false, rank: 1 }] : []),
  ],
  extent: 'rows',
  trained: null,
  predictions: LOGITS,
  compute: ([y, x, own]) => compute(y as Tensor, x as Tensor, own ?? null),
});

/** A function of tensors of one shape, [..., C], that gives a number at each place; null where there is no kernel. */
export function placesOf({ compute, isElementwise }: PlacesFormula, tensors: readonly Tensor[]): Tensor | null {
  const { shape, size } = tensors[0] as Tensor;
  if (!areKernelsOn() || size === 0) return null;
  const columns = isElementwise ? size : (shape.at(-1) ?? 1);
  const rows = size / columns;
  const layout = isElementwise
    ? { ...layoutOf(rows, columns, {}), isElementwise, traceSizes: sizesFor(3), otherSizes: sizesFor(5), key: '' }
    : layoutOf(rows, columns, {});
  const places = fused(
    {
      owner: compute,
      name: 'places',
      table: layout,
      inputs: tensors.map(() => ({ byRow: true, byColumn: true, isInteger: false, rank: 2 })),
      extent: 'places',
      trained: null,
      predictions: tensors.length - 1,
      compute: (given) => compute(...given),
    },
    tensors.map((x) => shaped(x, [rows, columns])),
  );
  return places && shaped(places, shape);
}

/**
 * What a formula gives of each row of a table [R, C], of tensors [R, C] or [R, 1], or of so many groups of its rows, [groups, C];
 * null where there is no kernel.
 */
export function ofRows<O extends object>(
  formula: TableFormula<O>,
  options: O,
  tensors: readonly Tensor[],
  groups: number | null = null,
): Tensor | null {
  if (!areKernelsOn() || (groups !== null && !areGroupsKnown()) || tensors.some(({ size }) => size === 0)) return null;
  const call = { tensors, groups };
  return annealed(formula, Object.keys(options), options, (changing) => rowsOf(formula, options, changing, call));
}

/** @param changing options that are inputs of the kernel. */
function rowsOf<O extends object>(
  formula: TableFormula<O>,
  options: O,
  changing: Changing,
  { tensors, groups }: { readonly tensors: readonly Tensor[]; readonly groups: number | null },
): Tensor | null {
  const { gives, compute } = formula;
  const columns = tensors[0]?.shape[1] ?? 0;
  const rows = tensors.at(-1)?.shape[0] ?? 0;
  const names = Object.keys(changing);
  const others = Object.fromEntries(Object.entries(options).filter(([name]) => !(name in changing)));
  const kinds = tensors.map(({ shape, dtype }, i) => {
    const isOfGroup = shape[0] === groups;
    return {
      byRow: !isOfGroup,
      byColumn: isOfGroup || i === 0 || (shape[1] === columns && columns > 1),
      isInteger: dtype !== 'float32',
      rank: 2,
      isOfGroup,
    };
  });
  return fused(
    {
      owner: formula,
      name: `rows of a table ${kinds.map(({ byRow, byColumn, isInteger }) => `${+byRow}${+byColumn}${+isInteger}`).join()} ${names.join()}`,
      table: { ...layoutOf(rows, columns, others), groups, hasChanging: names.length > 0 },
      inputs: [...kinds, ...names.map(() => ({ byRow: false, byColumn: false, isInteger: false, rank: 0 }))],
      extent: gives,
      trained: null,
      predictions: 0,
      compute: (given) => {
        const numbers = isTraced() ? names.map((name, i) => [name, given[tensors.length + i]]) : [];
        return compute(given.slice(0, tensors.length), { ...options, ...(Object.fromEntries(numbers) as object) });
      },
    },
    [
      ...tensors.map((x) => (x.dtype === 'bool' ? cast(x, 'int32') : x)),
      ...Object.values(changing).map((x) => scalar(x)),
    ],
  );
}

const layoutOf = (rows: number, columns: number, options: object): Layout => ({
  rows,
  columns,
  isElementwise: false,
  groups: null,
  hasChanging: false,
  traceSizes: sizesFor(columns),
  otherSizes: null,
  // Infinities too are told apart.
  key: JSON.stringify([options, columns], (_, value: unknown) => (typeof value === 'number' ? String(value) : value)),
});
