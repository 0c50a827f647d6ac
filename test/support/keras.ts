import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';

const client = join(__dirname, 'askKeras.mjs');

export interface Written {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
  readonly dtype?: string;
}

interface Answer<T> {
  readonly answer?: T;
  readonly error?: string;
}

/** Asks Keras, which one process has for all tests: see kerasServer.mjs. */
export function askKeras<T>(questions: readonly object[]): readonly Answer<T>[] {
  const output = execFileSync(process.execPath, [client, process.env['KERAS_ANSWERS'] ?? ''], {
    input: `${JSON.stringify(questions)}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(output) as readonly Answer<T>[];
}

export const written = (x: Tensor): Written => ({
  shape: x.shape,
  dtype: x.dtype,
  values: Array.from(x.dataSync(), (value) => (Number.isFinite(value) ? value : String(value))),
});

export const toNumbers = ({ values }: Written): number[] => values.map(Number);
