import { cast, notEqual, reshape, scalar, Tensor, util } from '@tensorflow/tfjs-core';
import type { Prepared } from '../../call/call.js';
import type { Definition } from '../../definition/definition.js';
import type { Pattern, Signature } from '../../definition/signature.js';
import { constant } from '../../numerics/autodiff.js';
import { stretch } from '../../numerics/sum.js';
import { isOnHost } from '../../numerics/host.js';
import type { TensorKind } from '../trace/programs.js';
import { isTraced } from '../../numerics/portable.js';
import { type TraceSizes, sizesFor } from '../trace/trace.js';
import type { Changing } from './annealing.js';

/*
 * A call of a loss as a table of rows and columns, whatever its rank. Either every place has its own value, or every row
 * of classes has one.
 */

/** A tensor of a call, whose numbers are those of the table; on devices it has the table's shape too. */
export interface Slot extends TensorKind {
  readonly tensor: Tensor;
}

/** What a table is, without its numbers. */
export interface Layout extends TraceSizes {
  /** Every place has its own value. */
  readonly isElementwise: boolean;
  /** See `TableSize`. */
  readonly groups: number | null;
  /** Some of its inputs are numbers of options. */
  readonly hasChanging: boolean;
  /** Sizes with which to trace: few rows, and as many columns as a formula can tell. */
  readonly traceSizes: TraceSizes;
  /** The same with more columns, where formulas cannot tell how many there are; else null. */
  readonly otherSizes: TraceSizes | null;
  /** Calls of the same loss with the same key differ in numbers of rows, and of columns where formulas cannot tell. */
  readonly key: string;
}

export interface Table extends Layout {
  /** The loss's inputs, validity (as numbers) and weights where there are any, options that are tensors or change. */
  readonly slots: readonly Slot[];
  /** The names of options that are tensors, in the order of their slots. */
  readonly tensorOptions: readonly string[];
  /** Options that change from call to call; their slots come last. */
  readonly changing: Changing;
}

/** How a call becomes a table. */
export interface TableRequest {
  /** How many leading axes are to have results of their own, where every place has its own value. */
  readonly keptAxes: number;
  /** Numeric options that are to be inputs. */
  readonly changing: Changing;
}

/** Rows shorter than this are not worth a walk of their own. */
const SHORT = 16;

/** Kernels know columns by a float32, which above this has no odd numbers. */
const MOST_CLASSES = 2 ** 24;

export function tableOf<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  prepared: Prepared<O>,
  { keptAxes, changing }: TableRequest,
): Table | null {
  const { inputs, output, weights, valid, options } = prepared;
  const layout = layoutOf(signature);
  const names = optionNames(definition);
  if (!layout || options.weights !== null || names.some((name) => typeof options[name] === 'function')) return null;
  const isElementwise = layout === 'places';
  const tensorOptions = names.filter((name) => (options[name] as unknown) instanceof Tensor);
  const ofOptions = tensorOptions.map((name) => ({
    tensor: options[name] as Tensor,
    isPerPosition: definition.options[name][1].axesBeyond !== undefined,
  }));
  const isPerPlace = ({ tensor: { rank }, isPerPosition }: (typeof ofOptions)[number]): boolean =>
    isElementwise && (rank > 1 || isPerPosition);
  const perColumn = ofOptions.filter((option) => !isPerPlace(option) && !option.isPerPosition);
  const ofValid = valid && cast(valid, 'float32');
  const sides = [ofValid, weights].filter((side) => side !== null);

  const areColumnsKnown = !isElementwise || perColumn.some(({ tensor }) => tensor.size > 1);
  const leading = !isElementwise
    ? output.length
    : areColumnsKnown
      ? Math.max(output.length - 1, 0)
      : leadingAxes(output, keptAxes, sides);
  const rows = util.sizeFromShape(output.slice(0, leading));
  const columns = isElementwise
    ? util.sizeFromShape(output.slice(leading))
    : (inputs.find(({ tensor }) => tensor.rank > output.length)?.tensor.shape.at(-1) ?? 1);

  const shapes = inputs.map(({ tensor }) => (isElementwise || tensor.rank > output.length ? [rows, columns] : [rows]));
  if (inputs.some(({ tensor }, i) => tensor.size !== util.sizeFromShape(shapes[i] as number[]))) return null;
  if (!isElementwise && columns > MOST_CLASSES) return null;
  const slots = [
    ...inputs.map(({ tensor }, i) =>
      slot(tensor, shapes[i] as number[], { byRow: true, byColumn: shapes[i]?.length === 2 }),
    ),
    ...sides.map((side) =>
      side === ofValid && isOfEntries(signature)
        ? sideSlot(side, [...output, columns], leading, [rows, columns])
        : sideSlot(side, output, leading, isElementwise ? [rows, columns] : [rows]),
    ),
    ...ofOptions.map((option) => {
      const { tensor, isPerPosition } = option;
      if (isPerPlace(option)) return slot(tensor, [rows, columns], { byRow: true, byColumn: true });
      if (!isPerPosition) return slot(tensor, tensor.shape, { byRow: false, byColumn: tensor.size > 1 });
      const byColumn = tensor.rank > output.length;
      return slot(tensor, byColumn ? [rows, columns] : [rows], { byRow: true, byColumn });
    }),
    ...Object.values(changing).map((value) => slot(scalar(value), [], { byRow: false, byColumn: false })),
  ];
  return {
    rows,
    columns,
    isElementwise,
    groups: null,
    slots,
    tensorOptions,
    changing,
    hasChanging: Object.keys(changing).length > 0,
    traceSizes: sizesFor(areColumnsKnown ? columns : 3),
    otherSizes: areColumnsKnown ? null : sizesFor(5),
    key: keyOf(definition, prepared, { slots, changing }, areColumnsKnown ? columns : null),
  };
}

/**
 * The call on other tensors in the place of the table's slots, whose numbers it does not look at. Options that change are
 * tensors while a formula is traced, and the numbers that they are otherwise.
 */
export function callOn<O extends object>(
  { isElementwise, tensorOptions, changing }: Omit<Table, 'slots'>,
  prepared: Prepared<O>,
  tensors: readonly Tensor[],
): Prepared<O> {
  const rest = tensors.slice(prepared.inputs.length);
  const next = (): Tensor => rest.shift() as Tensor;
  const table = tensors.find(({ rank }) => rank === 2) as Tensor;
  return {
    ...prepared,
    inputs: prepared.inputs.map((input, i) => ({ ...input, tensor: tensors[i] as Tensor })),
    output: isElementwise ? [...table.shape] : table.shape.slice(0, 1),
    valid: prepared.valid && constant(() => notEqual(next(), 0)),
    weights: prepared.weights && next(),
    options: {
      ...prepared.options,
      ...Object.fromEntries(tensorOptions.map((name) => [name, next()])),
      ...(isTraced() ? Object.fromEntries(Object.keys(changing).map((name) => [name, next()])) : changing),
    },
  };
}

/** Cache key: everything a traced formula depends on. Formulas never see the number of rows. */
function keyOf<O extends object>(
  definition: Definition<O>,
  { options, inputs, valid, weights, mayWeighNothing }: Prepared<O>,
  { slots, changing }: Pick<Table, 'slots' | 'changing'>,
  columns: number | null,
): string {
  const plain = optionNames(definition).map((name) => {
    const value: unknown = options[name];
    if (name in changing) return 'input';
    return value instanceof Tensor ? 'tensor' : typeof value === 'number' ? String(value) : value;
  });
  const kinds = slots.map(({ byRow, byColumn, isInteger }) => `${+byRow}${+byColumn}${+isInteger}`);
  const facts = [
    valid !== null,
    weights !== null,
    mayWeighNothing,
    ...inputs.flatMap(({ isInRange, oneHot }) => [isInRange, oneHot !== undefined]),
  ];
  return JSON.stringify([plain, kinds, columns, facts]);
}

const optionNames = <O extends object>({ options }: Definition<O>): (keyof O & string)[] =>
  Object.keys(options) as (keyof O & string)[];

/** Whether a signature is one of places, or of rows of classes; null if it is neither. */
function layoutOf({ inputs, positions, output }: Signature): 'places' | 'rows' | null {
  const ofPlaces = ({ before, dots, after }: Pattern): boolean => dots && before.length + after.length === 0;
  const ofRows = ({ before, dots, after }: Pattern): boolean => dots && before.length === 0 && after.length === 1;
  const columnNames = new Set(inputs.filter(ofRows).flatMap(({ after }) => after));
  const fits = ofPlaces(output) && [positions, ...inputs].every((one) => ofPlaces(one) || ofRows(one));
  return !fits || columnNames.size > 1 ? null : columnNames.size === 1 ? 'rows' : 'places';
}

/** Whether a mask may remove entries of a row; then the formula says which rows count. */
export const isOfEntries = ({ positions }: Signature): boolean => positions.after.length > 0;

/** The last axis along which a side differs, counted from 1. */
const extentOf = ({ shape }: Tensor): number => shape.reduce((last, size, axis) => (size === 1 ? last : axis + 1), 0);

/** How many axes become rows where every place has its own value. */
function leadingAxes(output: readonly number[], keptAxes: number, sides: readonly Tensor[]): number {
  if (keptAxes > 0) return keptAxes;
  const wanted = Math.max(0, ...sides.map(extentOf));
  return util.sizeFromShape(output.slice(wanted)) < SHORT ? 0 : wanted;
}

/** Weights or validity: one number for all, or for each row or, repeated to the shape of the values, for each place. */
function sideSlot(side: Tensor, output: number[], leading: number, shape: readonly number[]): Slot {
  const own = extentOf(side);
  const row = shape.map((size, axis) => (axis === 0 ? size : 1));
  if (own === 0)
    return slot(
      side,
      shape.map(() => 1),
      { byRow: false, byColumn: false },
    );
  if (own > leading) return slot(stretch(side, output), [...shape], { byRow: true, byColumn: true });
  const repeated = output.map((size, axis) => (axis < leading ? size : 1));
  return slot(stretch(side, repeated), row, { byRow: true, byColumn: false });
}

const slot = (tensor: Tensor, shape: number[], where: Pick<Slot, 'byRow' | 'byColumn'>): Slot => ({
  ...where,
  tensor: isOnHost() || util.arraysEqual(tensor.shape, shape) ? tensor : reshape(tensor, shape),
  isInteger: tensor.dtype === 'int32',
  rank: shape.length,
});
