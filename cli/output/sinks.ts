import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { writtenNpyHeader } from '../data/npyWritten.js';
import { refuse } from '../failure.js';
import { jsonNumber, shortest } from './numbers.js';

/** Takes numbers row by row and writes them, without holding more than it was given last. */
export interface Sink {
  readonly receive: (data: Float32Array, rowShape: readonly number[]) => Promise<void>;
  readonly end: () => Promise<void>;
}

async function write(to: Writable, text: string): Promise<void> {
  if (text !== '' && !to.write(text)) await once(to, 'drain');
}

/** So many rows are made text at a time. */
const ROWS = 4096;

const rowsOf = (data: Float32Array, rowShape: readonly number[]): { size: number; count: number } => {
  const size = rowShape.reduce((product, n) => product * n, 1);
  return { size, count: size === 0 ? 0 : data.length / size };
};

/** One line for each row, its numbers between commas. */
export function lines(to: Writable): Sink {
  return {
    receive: async (data, rowShape) => {
      const { size, count } = rowsOf(data, rowShape);
      for (let begin = 0; begin < count; begin += ROWS) {
        let text = '';
        for (let row = begin; row < Math.min(count, begin + ROWS); row++) {
          text += `${Array.from(data.subarray(row * size, (row + 1) * size), shortest).join(',')}\n`;
        }
        await write(to, text);
      }
    },
    end: () => Promise.resolve(),
  };
}

/** A nested array; one number if that is all there is. */
export function json(to: Writable, isOneNumber: boolean): Sink {
  let written = 0;
  return {
    receive: async (data, rowShape) => {
      if (isOneNumber) return write(to, jsonNumber(data[0] ?? NaN));
      const { size, count } = rowsOf(data, rowShape);
      for (let begin = 0; begin < count; begin += ROWS) {
        let text = '';
        for (let row = begin; row < Math.min(count, begin + ROWS); row++) {
          text += `${written++ === 0 ? '[' : ','}${nested(data.subarray(row * size, (row + 1) * size), rowShape)}`;
        }
        await write(to, text);
      }
    },
    end: () => write(to, isOneNumber ? '' : written === 0 ? '[]' : ']'),
  };
}

function nested(data: Float32Array, [first, ...rest]: readonly number[]): string {
  if (first === undefined) return jsonNumber(data[0] ?? NaN);
  const size = data.length / first;
  return `[${Array.from({ length: first }, (_, i) => nested(data.subarray(i * size, (i + 1) * size), rest)).join(',')}]`;
}

/** A file of NumPy, whose number of rows is written at the end. */
async function npy(path: string, isOneNumber: boolean): Promise<Sink> {
  const file = await open(path, 'w');
  const header = writtenNpyHeader([]);
  let [at, rows] = [header.length, 0];
  let shape: readonly number[] = [];
  return {
    receive: async (data, rowShape) => {
      await file.write(Buffer.from(data.buffer, data.byteOffset, data.byteLength), 0, data.byteLength, at);
      at += data.byteLength;
      rows += rowsOf(data, rowShape).count;
      shape = rowShape;
    },
    end: async () => {
      await file.write(writtenNpyHeader(isOneNumber ? [] : [rows, ...shape]), 0, header.length, 0);
      await file.close();
    },
  };
}

/** A file in the form that its name says. */
export async function fileSink(option: string, path: string, isOneNumber: boolean): Promise<Sink> {
  const extension = extname(path).toLowerCase();
  if (extension === '.npy') return npy(path, isOneNumber);
  if (extension !== '.csv' && extension !== '.json') {
    return refuse(option, `${JSON.stringify(path)} came`, 'a file .npy, .csv or .json');
  }
  const stream = createWriteStream(path);
  await once(stream, 'open');
  const sink = extension === '.csv' ? lines(stream) : json(stream, isOneNumber);
  return {
    ...sink,
    end: async () => {
      await sink.end();
      stream.end();
      await once(stream, 'finish');
    },
  };
}
