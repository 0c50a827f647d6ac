import type { Nested } from './values.js';

/** Values as code. */
export function codeOf(value: unknown): string {
  if (value === Math.E) return 'Math.E';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  return String(value);
}

export const optionsCode = (options: Readonly<Record<string, unknown>>): string =>
  `{ ${Object.entries(options)
    .map(([name, value]) => `${name}: ${codeOf(value)}`)
    .join(', ')} }`;

const shapeOf = (value: Nested): readonly number[] =>
  typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0] ?? 0)];

/** Numbers as a tensor. */
export function tensorCode(value: Nested, isInteger = false): string {
  const shape = shapeOf(value);
  if (shape.length === 0) return isInteger ? `tf.scalar(${codeOf(value)}, 'int32')` : `tf.scalar(${codeOf(value)})`;
  const more = !isInteger ? '' : shape.length === 1 ? `, 'int32'` : `, [${shape.join(', ')}], 'int32'`;
  return `tf.tensor${shape.length}d(${codeOf(value)}${more})`;
}

interface Parts {
  /** Names from the package itself, and from `tfjs-losses/layers`. */
  readonly losses: readonly string[];
  readonly layers?: readonly string[];
  /** What stands under the imports, with an empty line between each two. */
  readonly blocks: readonly (readonly string[])[];
}

/** A program; a formatter is to go over it. */
export function programCode({ losses, layers = [], blocks }: Parts): string {
  const from = (names: readonly string[], entry: string): readonly string[] =>
    names.length === 0 ? [] : [`import { ${[...names].sort().join(', ')} } from '${entry}';`];
  const imports = [
    `import * as tf from '@tensorflow/tfjs';`,
    ...from(losses, 'tfjs-losses'),
    ...from(layers, 'tfjs-losses/layers'),
  ];
  return [imports, ...blocks.filter((block) => block.length > 0)].map((block) => block.join('\n')).join('\n\n');
}
