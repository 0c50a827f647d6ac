import { instanceOn } from '../../src/kernels/backends/wasm/instance.js';
import { Graph, type Node } from '../../src/kernels/program/graph.js';
import type { Program } from '../../src/kernels/program/program.js';
import { builder } from '../../src/kernels/trace/functions.js';

/* Kernels that hold four short rows in four lanes, against those that walk along each row. */

const inputs = [
  { byRow: true, byColumn: true, isInteger: false },
  { byRow: true, byColumn: false, isInteger: true },
  { byRow: true, byColumn: true, isInteger: true },
  { byRow: true, byColumn: false, isInteger: false },
  { byRow: false, byColumn: true, isInteger: false },
  { byRow: false, byColumn: false, isInteger: false },
];

/** Sums, a maximum and picks of a row, of inputs of every kind, and outputs of every kind. */
function program(): Program {
  const graph = new Graph();
  const f = builder(graph);
  const [x, label, counts, ofRow, ofColumn, ofAll] = inputs.map((kind, i) => graph.input(i, kind)) as [
    Node,
    Node,
    Node,
    Node,
    Node,
    Node,
  ];
  const isLabel = f('equal', graph.column(), label);
  const scores = f('add', f('mul', ofAll, f('mul', x, ofColumn)), counts);
  const shifted = f('sub', scores, f('maxOfRow', scores));
  const power = f('exp', shifted);
  const sum = f('sumOfRow', power);
  const picked = f('sumOfRow', f('select', isLabel, f('mul', ofColumn, f('log', f('add', power, 1))), 0));
  const second = f('sumOfRow', f('select', f('equal', graph.column(), 1), power, 0));
  const value = f('mul', ofRow, f('add', f('add', f('log', sum), picked), second));
  const places = f('mul', ofRow, f('sub', f('div', power, sum), f('select', isLabel, ofColumn, 0)));
  const byColumn = f('select', f('equal', graph.column(), 2), value, f('add', graph.column(), places));
  return {
    inputs,
    outputs: [
      { node: value, extent: 'total' },
      { node: places, extent: 'places' },
      { node: value, extent: 'rows' },
      { node: byColumn, extent: 'places' },
    ],
  };
}

/** Numbers of an input; some labels name no column. */
function numbersOf(i: number, rows: number, columns: number): Float32Array | Int32Array {
  const { byRow, byColumn, isInteger } = inputs[i] as (typeof inputs)[number];
  const count = (byRow ? rows : 1) * (byColumn ? columns : 1);
  const at = (k: number): number => Math.sin(1 + k * (i + 2)) * 3;
  if (!isInteger) return Float32Array.from({ length: count }, (_, k) => at(k));
  return Int32Array.from({ length: count }, (_, k) => (byColumn ? at(k) : ((k * 7 + 3) % (columns + 2)) - 1));
}

const UNTOUCHED = 12345;

/** What a kernel gives, with `last` as the last of all in the memory, so that nothing beyond it can be read. */
function outcome(rows: number, columns: number, isShort: boolean, last: number): number[][] {
  const one = program();
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = instanceOn(memory, one, { columns: isShort ? columns : null, isFused: false });
  if (!instance) throw new Error('no WebAssembly');
  const all = inputs.map((_, i) => numbersOf(i, rows, columns));
  let free = 16;
  const reserve = (bytes: number): number => (free += bytes) - bytes;
  const given = all.map((numbers, i) => {
    const address = i === last ? memory.buffer.byteLength - numbers.byteLength : reserve(numbers.byteLength);
    new Uint8Array(memory.buffer).set(new Uint8Array(numbers.buffer), address);
    return i === 5 ? (numbers[0] as number) : address;
  });
  reserve(8 - (free % 8));
  const results = one.outputs.map(({ extent }) => {
    const count = extent === 'places' ? rows * columns : extent === 'rows' ? rows : 1;
    const address = reserve(8 * Math.ceil((count + 2) / 2));
    const numbers = new Float32Array(memory.buffer, address, count + 1).fill(extent === 'total' ? 0 : UNTOUCHED);
    return { address, numbers: extent === 'total' ? new Float64Array(memory.buffer, address, 1) : numbers };
  });
  const scratch = Array.from({ length: instance.scratchRows }, () => reserve(16 * Math.ceil(columns / 4)));
  instance.run(1, rows, 4 * columns, ...given, ...results.map(({ address }) => address), ...scratch);
  return results.map(({ numbers }) => [...numbers]);
}

const cases = [1, 2, 3, 4, 5, 6, 7, 8, 11, 21, 32].flatMap((columns) =>
  [1, 2, 3, 4, 5, 9].map((rows) => [rows, columns] as const),
);

test.each(cases)('%d rows of %d columns', (rows, columns) => {
  const expected = outcome(rows, columns, false, 0);
  for (const last of [0, 1, 2, 3, 4]) {
    outcome(rows, columns, true, last).forEach((numbers, i) =>
      numbers.forEach((x, k) =>
        expect([i, k, Math.abs(x - (expected[i]?.[k] as number)) < 2e-5]).toEqual([i, k, true]),
      ),
    );
  }
});
