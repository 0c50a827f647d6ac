import { instanceOn } from '../../src/kernels/backends/wasm/instance.js';
import { Graph, type Node } from '../../src/kernels/program/graph.js';
import { pickingOf } from '../../src/kernels/program/picks.js';
import type { Program } from '../../src/kernels/program/program.js';
import { builder, expm1 } from '../../src/kernels/trace/functions.js';

/* Programs of which most matters at the label alone, against the same that compute all places. */

const inputs = [
  { byRow: true, byColumn: false, isInteger: true },
  { byRow: true, byColumn: true, isInteger: false },
];

/** The sum of an indicator times a function, and a derivative that is 0 except at the label. */
function program(of: (f: ReturnType<typeof builder>, x: Node) => Node): Program {
  const graph = new Graph();
  const f = builder(graph);
  const [label, x] = inputs.map((kind, i) => graph.input(i, kind)) as [Node, Node];
  const indicator = f('select', f('equal', label, graph.column()), 2, 0);
  const share = f('min', f('max', x, 0), 1);
  const slope = f('div', 1, f('sqrt', f('max', share, 1e-7)));
  return {
    inputs,
    outputs: [
      { node: f('sumOfRow', f('mul', indicator, of(f, share))), extent: 'rows' },
      { node: f('add', f('mul', indicator, slope), f('select', f('less', x, 0), -1, 0)), extent: 'places' },
    ],
  };
}

const powerLog = program((f, x) => expm1(f, f('mul', 0.5, f('log', x))));

const COLUMNS = 37;

const ordinary = Array.from({ length: COLUMNS }, (_, i) => 0.5 + Math.sin(i) / 2.1);

const withAt = (column: number, x: number): number[] => ordinary.map((other, i) => (i === column ? x : other));

/** Labels of rows, and the rows. */
const rows: readonly (readonly [label: number, numbers: readonly number[]])[] = [
  [3, ordinary],
  [36, ordinary],
  [-1, ordinary],
  [37, ordinary],
  ...[0, -1, 2, NaN, Infinity, -Infinity, 1e-30, 1e30].flatMap((strange) =>
    [3, 20, 36].map((column) => [3, withAt(column, strange)] as const),
  ),
];

function outcome(columns: number | null): Float32Array {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = instanceOn(memory, powerLog, { columns, isFused: false });
  if (!instance) throw new Error('no WebAssembly');
  const labels = Int32Array.from(rows, ([label]) => label);
  const numbers = Float32Array.from(rows.flatMap(([, row]) => row));
  const [atNumbers, atSums, atPlaces, atScratch] = [1024, 8192, 9216, 32768];
  new Int32Array(memory.buffer, 0, labels.length).set(labels);
  new Float32Array(memory.buffer, atNumbers, numbers.length).set(numbers);
  const scratch = Array.from({ length: instance.scratchRows }, (_, i) => atScratch + 256 * i);
  instance.run(1, rows.length, 4 * COLUMNS, 0, atNumbers, atSums, atPlaces, ...scratch);
  return Float32Array.of(
    ...new Float32Array(memory.buffer, atSums, rows.length),
    ...new Float32Array(memory.buffer, atPlaces, numbers.length),
  );
}

test('what only matters at the label is computed there, and all of a row with a number that could change that', () => {
  expect(pickingOf(powerLog)?.bounds).toEqual([2 ** -40, 2 ** 40]);
  const [picked, all] = [outcome(null), outcome(COLUMNS)];
  expect(all.filter(Number.isNaN)).not.toHaveLength(0);
  picked.forEach((x, i) => {
    const expected = all[i] as number;
    const isClose = Object.is(x, expected) || Math.abs(x - expected) <= 1e-6 * Math.abs(expected);
    expect([i, x, isClose]).toEqual([i, x, true]);
  });
});

test.each<readonly [string, Program]>([
  ['a sum over the row', program((f, x) => f('sub', f('log', x), f('sumOfRow', f('exp', x))))],
  ['a logarithm that has no bounds', program((f, x) => f('log', f('sub', f('exp', x), 1)))],
])('%s is computed at all places', (_, { outputs }) => {
  expect(pickingOf({ inputs, outputs: outputs.slice(0, 1) })).toBeNull();
});
