import type { Options } from 'csv-parse';
import { refuse } from '../failure.js';

/** How a file of this name is parsed. */
export const formOf = (path: string): Options => ({
  bom: true,
  trim: true,
  skip_empty_lines: true,
  delimiter: path.toLowerCase().endsWith('.tsv') ? '\t' : [',', ';'],
});

const words: Readonly<Record<string, number>> = {
  '': NaN,
  nan: NaN,
  null: NaN,
  inf: Infinity,
  infinity: Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
  true: 1,
  false: 0,
};

const valueOf = (cell: string): number | undefined => {
  const number = Number(cell);
  return cell === '' || Number.isNaN(number) ? words[cell.toLowerCase()] : number;
};

const isNumber = (cell: string): boolean => valueOf(cell) !== undefined;

/** Which columns are read, all where none are named, and whether the first record has names. */
export function columnsOf(
  label: string,
  first: readonly string[],
  wanted: readonly string[],
): { readonly columns: readonly number[]; readonly hasHeader: boolean } {
  const header = first.every((cell) => cell === '' || isNumber(cell)) ? null : first;
  const columns =
    wanted.length === 0 ? first.map((_, i) => i) : wanted.map((name) => columnOf(label, name, first, header));
  return { columns, hasHeader: header !== null };
}

/** The number in a cell of a record. */
export const numberIn = (label: string, cell: string, record: number, column: number): number =>
  valueOf(cell) ?? refuse(label, `record ${record} has ${JSON.stringify(cell)} in column ${column}`, 'a number');

export const refuseEmpty = (label: string): never =>
  refuse(label, 'it is empty', 'a line of numbers, or a line of names and then numbers');

function columnOf(label: string, name: string, first: readonly string[], header: readonly string[] | null): number {
  const at = header?.indexOf(name) ?? -1;
  if (at >= 0) return at;
  if (/^\d+$/.test(name) && Number(name) < first.length) return Number(name);
  const known = header ? `one of ${header.join(', ')}, or` : 'one';
  return refuse(label, `there is no column ${JSON.stringify(name)}`, `${known} from 0 to ${first.length - 1}`);
}
