import fs from 'node:fs';
import { join } from 'node:path';

/** A package that is broken in a way that one of the environments has to notice. */
export interface Mutant {
  readonly name: string;
  /** The environment that notices. */
  readonly by: string;
  /** What it says. */
  readonly complaint: RegExp;
  readonly change: (packed: string) => void;
}

/** Replaces text in a file, which has to have it. */
function replace(file: string, from: string | RegExp, to: string | ((match: string) => string)): void {
  const text = fs.readFileSync(file, 'utf8');
  const changed = text.replace(from, to as string);
  if (changed === text) throw new Error(`${file} has no ${String(from)}`);
  fs.writeFileSync(file, changed);
}

const change =
  (file: string, from: string | RegExp, to: string | ((match: string) => string)): Mutant['change'] =>
  (packed) =>
    replace(join(packed, file), from, to);

const removed =
  (path: string): Mutant['change'] =>
  (packed) =>
    fs.rmSync(join(packed, path), { recursive: true });

const node10 = 'TypeScript 4.7, `moduleResolution: node`, `skipLibCheck: false`';

export const mutants: readonly Mutant[] = [
  {
    name: '`export * as`',
    by: 'Metro, React Native',
    complaint: /export/i,
    change: change('dist/esm/tensorflow/functions.js', 'export { losses };', "export * as names from './losses.js';"),
  },
  {
    name: '`module` is of today',
    by: 'webpack 4',
    complaint: /Module parse failed/,
    change: change('package.json', 'dist/es2018/index.js', 'dist/esm/index.js'),
  },
  {
    name: 'no folder for a subpath, webpack',
    by: 'webpack 4',
    complaint: /tfjs-losses\/keras/,
    change: removed('keras'),
  },
  {
    name: 'no folder for a subpath, types',
    by: node10,
    complaint: /tfjs-losses\/lite\/layers/,
    change: removed('lite/layers'),
  },
  {
    name: 'syntax of types of TypeScript 5',
    by: node10,
    complaint: /lossNames|getLoss/,
    change: change(
      'dist/cjs/getLoss.d.ts',
      'export declare function getLoss<',
      'export declare function getLoss<const ',
    ),
  },
  {
    name: 'options may not be undefined',
    by: 'TypeScript 7, `bundler`, `exactOptionalPropertyTypes`',
    complaint: /exactOptionalPropertyTypes/,
    change: change(
      'dist/esm/definition/options.d.ts',
      'weights?: TensorInput | null | undefined',
      'weights?: TensorInput | null',
    ),
  },
  {
    name: 'no script of one file',
    by: 'script tag beside that of tfjs',
    complaint: /tfLosses is not defined/,
    change: change('dist/tfjs-losses.min.js', 'tfLosses', 'others'),
  },
  {
    name: 'registries of its own tfjs-core only',
    by: 'import map beside the script tag of tfjs',
    complaint: /0 handlers know/,
    change: change('dist/tfjs-losses.esm.js', /\{tf:\w+\}=globalThis/, (match) => match.replace('tf', 'other')),
  },
];
