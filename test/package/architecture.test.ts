import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/* The floors of src/, see docs/ARCHITECTURE.md: each imports only from floors below it, types included. */

/** From the ground up. The longest path that a file's own begins with is its floor. */
const floors = [
  'tfjs/',
  'numerics/',
  'definition/',
  'config/',
  'call/',
  'advice/',
  'loss/',
  'losses/common/',
  'losses/',
  'losses/index.ts',
  'namesElsewhere.ts',
  'getLoss.ts',
  'kernels/program/',
  'kernels/tfjs/',
  'kernels/trace/',
  'kernels/backends/runner.ts',
  'kernels/backends/gpu/',
  'kernels/backends/wasm/',
  'kernels/backends/webgl/',
  'kernels/backends/webgpu/',
  'kernels/backends/',
  'kernels/fused/',
  'kernels/handwritten/',
  'kernels/recorded/steps/',
  'kernels/recorded/',
  'kernels/again/',
  'kernels/index.ts',
  'tensorflow/alignedWeights.ts',
  'tensorflow/losses.ts',
  'tensorflow/functions.ts',
  'keras/',
  'layers/',
  'lite/',
  'index.ts',
  'layers/index.ts',
  'keras/index.ts',
  'tensorflow/index.ts',
];

const root = path.join(__dirname, '../../src');

/** The files that a file imports, types included. */
function importsOf(file: string, source = fs.readFileSync(path.join(root, file), 'utf8')): string[] {
  return ts
    .preProcessFile(source, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName).replace(/\.js$/, '.ts'));
}

const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'));

function floorOf(file: string): number {
  const fitting = floors.filter((floor) => file.startsWith(floor));
  const longest = fitting.reduce((best, floor) => (floor.length > best.length ? floor : best), '');
  return floors.indexOf(longest);
}

/** Losses and kernels meet in call/kernelSlots.ts only. */
const wingOf = (file: string): string | undefined => /^(kernels|loss(?=es\/|\/))/.exec(file)?.[0];

/** What is wrong with an import: it goes up, into the other wing, or to the room of another family of losses. */
function complaintOf(from: string, to: string): string | null {
  if (floorOf(to) > floorOf(from)) return `${from} is below ${to}`;
  const [wing, otherWing] = [wingOf(from), wingOf(to)];
  if (wing && otherWing && wing !== otherWing) return `${from} imports from another wing, ${to}`;
  const familyOf = (file: string): string | undefined => /^losses\/(\w+)\//.exec(file)?.[1];
  const [own, other] = [familyOf(from), familyOf(to)];
  return own && other && other !== 'common' && own !== other ? `${from} imports from another family, ${to}` : null;
}

/** A way from a file back to itself. */
function circleFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): string | null {
  const seen = new Set<string>();
  const walk = (file: string, way: readonly string[]): string | null => {
    for (const next of imports.get(file) ?? []) {
      if (next === start) return [...way, file, start].join(' → ');
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, file]);
      if (found) return found;
    }
    return null;
  };
  return walk(start, []);
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Files that have no floor yet. */
test('every file has a floor', () => {
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
});

test('no file imports from a floor above its own, and no family of losses from another', () => {
  const complaints = files.flatMap((from) => (imports.get(from) ?? []).map((to) => complaintOf(from, to)));
  expect(complaints.filter((complaint) => complaint !== null)).toEqual([]);
});

test('no file imports itself, not by way of others either', () => {
  const circles = files.map((file) => circleFrom(file, imports));
  expect(circles.filter((circle) => circle !== null)).toEqual([]);
});

/** Where ops are imported from tfjs/ops.ts if it has them: what one loss without kernels, or all of them, ships. */
const withOps = /^(numerics|definition|call|loss|losses|tensorflow)\//;

/** The values that a text imports, or exports again, from tfjs-core. */
function valuesFromCore(source: string): string[] {
  const statements = source.matchAll(/(?:import|export) \{([^}]*)\} from '@tensorflow\/tfjs-core'/g);
  return [...statements]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().replace(/ as .*/, ''))
    .filter((name) => name !== '' && !name.startsWith('type '));
}

const ops = valuesFromCore(fs.readFileSync(path.join(root, 'tfjs/ops.ts'), 'utf8'));

const pastOps = (source: string): string[] => valuesFromCore(source).filter((name) => ops.includes(name));

test('what tfjs/ops.ts has is imported from there', () => {
  const complaints = files
    .filter((file) => withOps.test(file))
    .flatMap((file) => pastOps(fs.readFileSync(path.join(root, file), 'utf8')).map((name) => `${name} in ${file}`));
  expect(complaints).toEqual([]);
});

test('an op that is imported past tfjs/ops.ts would be found', () => {
  expect(ops).toContain('mul');
  expect(pastOps("import { mul, type Tensor, where as tfWhere } from '@tensorflow/tfjs-core';")).toEqual([
    'mul',
    'where',
  ]);
  expect(pastOps("import { relu } from '@tensorflow/tfjs-core';\nimport { mul } from '../../tfjs/ops.js';")).toEqual(
    [],
  );
});

/** The command line stands on everything, and nothing on it: what applications ship has nothing of it. */
test('no file of src imports from outside of it', () => {
  const outside = files.flatMap((from) => (imports.get(from) ?? []).filter((to) => to.startsWith('..')));
  expect(outside).toEqual([]);
  expect(importsOf('lite/index.ts', "import '../../cli/program.js';")).toEqual(['../cli/program.ts']);
});

test('what goes up, around or across would be found', () => {
  expect(complaintOf('numerics/sum.ts', 'call/reduce.ts')).toMatch('is below');
  expect(complaintOf('kernels/fused/loss.ts', 'loss/evaluate.ts')).toMatch('another wing');
  expect(complaintOf('losses/margin/hinge.ts', 'losses/ranking/common/pairs.ts')).toMatch('another family');
  expect(complaintOf('losses/margin/hinge.ts', 'losses/common/classes.ts')).toBeNull();
  expect(importsOf('call/reduce.ts', "import type { A } from './call.js';")).toEqual(['call/call.ts']);
  const around = new Map([
    ['a.ts', ['b.ts']],
    ['b.ts', ['a.ts']],
  ] as const);
  expect(circleFrom('a.ts', around)).toBe('a.ts → b.ts → a.ts');
});
