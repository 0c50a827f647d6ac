import { definitionOf } from '../../src/definition/definition.js';
import type { Tensor } from '@tensorflow/tfjs';
import { compile } from '../../src/kernels/backends/wasm/compile.js';
import type { Node } from '../../src/kernels/program/graph.js';
import { madeOf, type Program } from '../../src/kernels/program/program.js';
import { Programs } from '../../src/kernels/trace/programs.js';
import { sizesFor } from '../../src/kernels/trace/trace.js';
import { huber } from '../../src/losses/regression/huber.js';

const inputs = [0, 1].map(() => ({ byRow: true, byColumn: true, isInteger: false, rank: 2 }));

/** What kernels compute of `huber` with δ = 2, one value for each place. */
const programs = new Programs({
  inputs,
  sizes: sizesFor(3),
  otherSizes: null,
  extent: 'places',
  compute: ([labels, predictions]) =>
    definitionOf(huber).formula(
      { labels: labels as Tensor, predictions: predictions as Tensor },
      { delta: 2, weights: null },
      null,
    ) as Tensor,
});

/** A program as text, one node a line, in the order in which nodes need each other; constants stand where they are used. */
function written(title: string, program: Program | null, inputNames: readonly string[]): string {
  if (!program) throw new Error(`there is no program for ${title}`);
  const nodes = madeOf(program.outputs.map(({ node }) => node)).filter(({ op }) => op !== 'constant' && op !== 'input');
  const nameOf = (node: Node): string =>
    node.op === 'constant'
      ? String(node.value)
      : node.op === 'input'
        ? (inputNames[node.value] as string)
        : `n${nodes.indexOf(node) + 1}`;
  const lines = nodes.map((node) => `${nameOf(node).padEnd(3)} = ${node.op}(${node.args.map(nameOf).join(', ')})`);
  const results = program.outputs.map(({ node, extent }) => `result: ${nameOf(node)}, for all ${extent}`);
  const bytes = `as WebAssembly: ${compile(program, { isMemoryShared: false, isFused: false }).length} bytes`;
  return [title, ...[...lines, ...results, bytes].map((line) => `  ${line}`)].join('\n');
}

/** The graphs of `huber`, for docs/ARCHITECTURE.md. */
export const kernelGraph = (): string =>
  [
    '```text',
    written('value', programs.value(), ['label', 'prediction']),
    '',
    written('derivative for predictions', programs.gradient(1), ['label', 'prediction', 'dy']),
    '```',
  ].join('\n');
