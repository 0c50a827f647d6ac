import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import * as exported from '../../src/index.js';
import * as keras from '../../src/keras/index.js';
import * as layers from '../../src/layers/index.js';
import { examplesIn } from '../support/examples.js';

const root = join(__dirname, '../..');

function run(code: string): unknown {
  const names = { ...exported, ...keras, ...layers, tf };
  const value: unknown = runInNewContext(code, names);
  return value instanceof tf.Tensor ? value.arraySync() : value;
}

/** The result at the digits that the example prints. */
function assertPrinted(actual: unknown, printed: unknown): void {
  if (Array.isArray(printed) && Array.isArray(actual)) {
    expect(actual).toHaveLength(printed.length);
    printed.forEach((entry, i) => assertPrinted(actual[i], entry));
    return;
  }
  const digits = String(printed).split('.')[1]?.length ?? 0;
  expect(Number(Number(actual).toFixed(Math.max(digits, 4)))).toBeCloseTo(Number(printed), Math.max(digits, 4));
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const files = [...sources.map((file) => join('src', file)), 'README.md', 'README.zh-CN.md'];
const examples = files.flatMap((file) =>
  examplesIn(readFileSync(join(root, file), 'utf8')).map((example) => ({ file, ...example })),
);

test.each(examples)('$file: $code', ({ code, result }) => assertPrinted(run(code), JSON.parse(result)));

test('every loss and every function of TensorFlow has an example that is run', () => {
  const functions = [...Object.keys(exported), ...Object.keys(exported.losses)].filter((name) => name !== 'losses');
  const shown = examples
    .filter(({ file }) => file.startsWith('src'))
    .map(({ code }) => code.replace(/^losses\./, '').split('(')[0]);
  expect(functions.filter((name) => !shown.includes(name))).toEqual([]);
});

test('a wrong result of an example is noticed', () => {
  expect(() => assertPrinted([0.125, 1.5], [0.125, 1.6])).toThrow();
});
