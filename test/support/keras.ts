import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';

/** The Python that has Keras, see scripts/setup-keras.mjs. */
declare const kerasPython: string;

const root = join(__dirname, '../..');

export interface Written {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
  readonly dtype?: string;
}

interface Answer<T> {
  readonly answer?: T;
  readonly error?: string;
}

/** Asks Keras many things at once: to start it takes seconds. */
export function askKeras<T>(questions: readonly object[]): readonly Answer<T>[] {
  const output = execFileSync(kerasPython, [join(root, 'test/keras/answers.py')], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONPATH: join(root, 'python') },
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
