import { importedBy, withoutImports } from './imports.js';

/** The modules that a program of a page may import. */
const known: Readonly<Record<string, () => Promise<unknown>>> = {
  '@tensorflow/tfjs': () => import('@tensorflow/tfjs'),
  '@tensorflow/tfjs-core': () => import('@tensorflow/tfjs-core'),
  '@tensorflow/tfjs-backend-cpu': () => import('@tensorflow/tfjs-backend-cpu'),
  '@tensorflow/tfjs-layers': () => import('@tensorflow/tfjs-layers'),
  'tfjs-losses': () => import('../../../src/index.js'),
  'tfjs-losses/layers': () => import('../../../src/layers/index.js'),
  'tfjs-losses/keras': () => import('../../../src/keras/index.js'),
  'tfjs-losses/tensorflow': () => import('../../../src/tensorflow/index.js'),
  'tfjs-losses/lite': () => import('../../../src/lite/index.js'),
  'tfjs-losses/lite/layers': () => import('../../../src/lite/layers.js'),
};

/** Whether a program can run in a page. */
export const runsHere = (program: string): boolean => importedBy(program).every((name) => Object.hasOwn(known, name));

type Body = (modules: Readonly<Record<string, unknown>>) => Promise<void>;

const { constructor: AsyncFunction } = Object.getPrototypeOf(run) as { constructor: new (...args: string[]) => Body };

/** Runs a program, and gives each text to `print` that it would print. */
export async function run(program: string, print: (text: string) => void): Promise<void> {
  const names = importedBy(program);
  const unknown = names.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) {
    print(`A page cannot import ${unknown.join(', ')}.`);
    return;
  }
  const tf = await import('@tensorflow/tfjs');
  const modules = await Promise.all(names.map(async (name) => [name, await known[name]?.()] as const));
  // As in Node, where the pages' outputs come from.
  await tf.setBackend('cpu');
  const { log, warn, error } = console;
  const printed = (...values: readonly unknown[]): void => print(values.map(textOf).join(' '));
  Object.assign(console, { log: printed, warn: printed, error: printed });
  try {
    await new AsyncFunction('modules', `'use strict';${withoutImports(program)}`)(Object.fromEntries(modules));
  } catch (thrown) {
    print(String(thrown));
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : inspected(value));

/** As Node shows a value, for those that programs of pages print: numbers, and plain arrays and objects of them. */
function inspected(value: unknown): string {
  if (value instanceof Error) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(nested).join(', ')} ]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, entry]) => `${name}: ${nested(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

const nested = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : inspected(value));
