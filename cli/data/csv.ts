import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse, type Parser } from 'csv-parse';
import { columnsOf, formOf, numberIn, refuseEmpty } from './csvCells.js';
import type { Reader, Source } from './source.js';

/** Columns of a CSV file: one gives numbers [rows], several give [rows, columns]. An empty cell is NaN. */
export async function csvSource(label: string, path: string, wanted: readonly string[]): Promise<Source> {
  const { size } = await stat(path);
  const first = await firstRecord(label, path);
  const { columns, hasHeader } = columnsOf(label, first, wanted);
  const source: Source = {
    label,
    shape: columns.length === 1 ? [null] : [null, columns.length],
    dtype: 'float32',
    bytes: size,
    open: () => Promise.resolve(openReader(label, path, columns, hasHeader)),
    // How many rows there are is not known, so there is no other shape of as many numbers.
    inShape: () => source,
  };
  return source;
}

/** The records of a file as lists of cells, read as they are asked for. */
function recordsOf(path: string): { input: ReadStream; parser: Parser; records: AsyncIterator<string[], undefined> } {
  const input = createReadStream(path);
  const parser = input.pipe(parse(formOf(path)));
  input.on('error', (error) => parser.destroy(error));
  return { input, parser, records: parser[Symbol.asyncIterator]() as AsyncIterator<string[], undefined> };
}

async function firstRecord(label: string, path: string): Promise<string[]> {
  const { input, records } = recordsOf(path);
  const { value } = await records.next();
  input.destroy();
  return value ?? refuseEmpty(label);
}

function openReader(label: string, path: string, columns: readonly number[], hasHeader: boolean): Reader {
  const { input, parser, records } = recordsOf(path);
  let line = 0;
  const next = async (): Promise<string[] | undefined> => {
    line += 1;
    return (await records.next()).value;
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
        numbers[count++] = numberIn(label, cell, line, column);
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
