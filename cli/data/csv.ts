import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { refuse } from '../failure.js';
import type { Reader, Source } from './source.js';

/** Columns of a CSV file: one gives numbers [rows], several give [rows, columns]. An empty cell is NaN. */
export async function csvSource(label: string, path: string, wanted: readonly string[]): Promise<Source> {
  const { size } = await stat(path);
  const first = await firstRecord(label, path);
  const header = first.every((cell) => cell === '' || isNumber(cell)) ? null : first;
  const columns = wanted.length === 0 ? first.map((_, i) => i) : wanted.map((name) => columnOf(label, name, first, header));
  return {
    label,
    shape: columns.length === 1 ? [null] : [null, columns.length],
    dtype: 'float32',
    bytes: size,
    open: () => Promise.resolve(openReader(label, path, columns, header !== null)),
  };
}

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

function columnOf(label: string, name: string, first: readonly string[], header: readonly string[] | null): number {
  const at = header?.indexOf(name) ?? -1;
  if (at >= 0) return at;
  if (/^\d+$/.test(name) && Number(name) < first.length) return Number(name);
  const known = header ? `one of ${header.join(', ')}, or` : 'one';
  return refuse(label, `there is no column ${JSON.stringify(name)}`, `${known} from 0 to ${first.length - 1}`);
}

const records = (path: string): AsyncIterable<string[]> & { destroy: () => unknown } =>
  createReadStream(path).pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true, delimiter: path.endsWith('.tsv') ? '\t' : [',', ';'] }),
  );

async function firstRecord(label: string, path: string): Promise<string[]> {
  for await (const record of records(path)) return record;
  return refuse(label, 'it is empty', 'a line of numbers, or a line of names and then numbers');
}

function openReader(label: string, path: string, columns: readonly number[], hasHeader: boolean): Reader {
  const input = createReadStream(path);
  const parser = input.pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true, delimiter: path.endsWith('.tsv') ? '\t' : [',', ';'] }),
  );
  input.on('error', (error) => parser.destroy(error));
  const iterator = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  let line = 0;
  const next = async (): Promise<string[] | null> => {
    line += 1;
    const { done = false, value } = await iterator.next();
    return done ? null : (value as string[]);
  };
  let isBegun = !hasHeader;
  let numbers = new Float32Array(0);
  const read = async (rows: number): Promise<Float32Array> => {
    if (!isBegun) await next();
    isBegun = true;
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const record = await next();
      if (!record) break;
      if (numbers.length < count + columns.length) numbers = grown(numbers, count + columns.length);
      for (const column of columns) {
        const cell = record[column] ?? '';
        numbers[count++] = valueOf(cell) ?? refuse(label, `record ${line} has ${JSON.stringify(cell)} in column ${column}`, 'a number');
      }
    }
    return numbers.subarray(0, count);
  };
  return {
    read,
    bytesRead: () => input.bytesRead,
    close: () => {
      input.destroy();
      parser.destroy();
      return Promise.resolve();
    },
  };
}

function grown(numbers: Float32Array<ArrayBuffer>, least: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(Math.max(least, 2 * numbers.length, 1024));
  larger.set(numbers);
  return larger;
}
