import { slice, type Tensor } from '@tensorflow/tfjs-core';
import { toArgument } from '../../../call/argument.js';
import { fail, listed, show } from '../../../definition/fail.js';
import { nonNegativeInteger, positive } from '../../../definition/kinds.js';
import { isOptions, ownValues } from '../../../definition/options.js';
import { own } from '../../../definition/own.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { reshape } from '../../../tfjs/ops.js';

/** Columns of the last axis: one, without that axis, or those from `start` to `end`, which is not among them. */
export type Columns = number | readonly [start: number, end: number];

/** Which columns each input of a part takes, by the name of the input; of an input that is left out, all. */
export type PartColumns<C = Columns> = Readonly<Record<string, C>>;

/** Names of columns in their order, each with their number. */
export type ColumnNames = Readonly<Record<string, number>>;

/** Names of the columns of labels and of predictions. */
export interface Layout {
  readonly labels?: ColumnNames;
  readonly predictions?: ColumnNames;
}

/** Where an input of a part comes from. */
export interface Place {
  readonly input: string;
  readonly isOfLabels: boolean;
  /** Null: all. */
  readonly columns: Columns | null;
}

const who = 'combine';

/** Labels are the input of that name, and the first of two inputs. All others are predictions. */
export const placesOf = (inputs: readonly string[], columns: PartColumns): readonly Place[] =>
  inputs.map((input, i) => ({
    input,
    isOfLabels: i === 0 && (input === 'labels' || inputs.length === 2),
    columns: own(columns, input) ?? null,
  }));

type Ranges = Readonly<Record<keyof Layout, ReadonlyMap<string, Columns>>>;

/** For each name of a layout the columns that it stands for. */
export function rangesOf(given: unknown): Ranges {
  if (!isOptions(given)) fail(who, `the columns are ${show(given)}; expected an object with labels and predictions`);
  const { labels = {}, predictions = {}, ...others } = ownValues(who, given);
  const [stray] = Reflect.ownKeys(others);
  if (stray !== undefined) fail(who, `the columns have the key ${show(stray)}; expected labels and predictions`);
  return { labels: namedRanges('labels', labels), predictions: namedRanges('predictions', predictions) };
}

function namedRanges(of: string, given: unknown): ReadonlyMap<string, Columns> {
  const expected = 'expected names with numbers of columns, such as { kind: 3, box: 4 }';
  if (!isOptions(given)) fail(who, `the columns of ${of} are ${show(given)}; ${expected}`);
  let start = 0;
  const ranges = Object.entries(ownValues(who, given)).map(([name, count]): [string, Columns] => {
    if (!(nonNegativeInteger.accepts(count) && positive.accepts(count)))
      fail(who, `${show(name)} of ${of} has ${show(count)} columns; expected an integer >= 1`);
    // JavaScript sorts such keys before all others.
    if (nonNegativeInteger.accepts(Number(name)))
      fail(who, `columns of ${of} are called ${show(name)}; expected a name that is no number`);
    const first = start;
    start += Number(count);
    return [name, count === 1 ? first : [first, start]];
  });
  return new Map(ranges);
}

/** The columns of the inputs of a part as numbers; throws if an input or a name is none. */
export function checkedColumns(part: string, inputs: readonly string[], given: unknown, ranges: Ranges): PartColumns {
  if (!isOptions(given)) {
    fail(
      who,
      `the columns of ${part} are ${show(given)}; expected an object such as { ${inputs.at(-1) ?? ''}: [0, 3] }`,
    );
  }
  const columns = ownValues(who, given);
  const stray = Reflect.ownKeys(columns).find((input) => typeof input === 'symbol' || !inputs.includes(input));
  if (stray !== undefined) fail(who, `${part} has no input ${show(stray)}; expected columns of ${listed(inputs)}`);
  const all = placesOf(inputs, columns as PartColumns).filter(({ columns: some }) => some !== null);
  return Object.fromEntries(
    all.map(({ input, isOfLabels, columns: some }) => [
      input,
      resolved(`${input} of ${part}`, some, ranges[isOfLabels ? 'labels' : 'predictions']),
    ]),
  );
}

function resolved(what: string, given: unknown, names: ReadonlyMap<string, Columns>): Columns {
  if (typeof given === 'string') {
    const remedy = names.size > 0 ? listed([...names.keys()]) : 'numbers, as no columns have names';
    return names.get(given) ?? fail(who, `the columns for ${what} are called ${show(given)}; expected ${remedy}`);
  }
  if (nonNegativeInteger.accepts(given)) return given as number;
  const [start, end, ...more] = Array.isArray(given) ? (given as unknown[]) : [];
  const isRange = [start, end].every((one) => nonNegativeInteger.accepts(one)) && Number(start) < Number(end);
  if (isRange && more.length === 0) return [start as number, end as number];
  return fail(
    who,
    `the columns for ${what} are ${show(given)}; expected a column >= 0, [start, end] with start < end, or a name`,
  );
}

/** What a part is called with: labels and predictions, or some columns of them. */
export const partInputs = (
  part: string,
  places: readonly Place[],
  [labels, predictions]: readonly TensorInput[],
): TensorInput[] =>
  places.map((place) => takeColumns(part, place, (place.isOfLabels ? labels : predictions) as TensorInput));

/** Whether a part takes all columns there are. */
export const isWhole = ({ columns }: Place, { shape }: { readonly shape: readonly (number | null)[] }): boolean =>
  columns === null || (typeof columns === 'object' && columns[0] === 0 && columns[1] === shape.at(-1));

/** Some columns of labels or predictions; throws if they have fewer. */
export function takeColumns<T extends TensorInput>(part: string, place: Place, given: T): T | Tensor {
  const { columns, isOfLabels, input } = place;
  if (columns === null) return given;
  const name = isOfLabels ? 'labels' : 'predictions';
  const { tensor } = toArgument(who, name, given);
  const [start, end] = typeof columns === 'number' ? [columns, columns + 1] : columns;
  const leading = tensor.shape.slice(0, -1);
  const count = leading.length > 0 ? (tensor.shape.at(-1) as number) : 0;
  if (end > count) {
    const wanted = typeof columns === 'number' ? `the column ${columns}` : `the columns ${show(columns)}`;
    fail(
      who,
      `${part} takes ${wanted} of ${name}${input === name ? '' : ` for ${input}`}, which have shape ${show(tensor.shape)}; ` +
        `expected at least ${end} columns, in an axis after that of examples`,
    );
  }
  // Of two axes: not every backend slices more than a few.
  const rows = leading.reduce((product, size) => product * size, 1);
  const taken = slice(reshape(tensor, [rows, count]), [0, start], [rows, end - start]);
  return reshape(taken, typeof columns === 'number' ? leading : [...leading, end - start]);
}
