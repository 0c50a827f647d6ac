import { hasFused, instanceOn } from '../../src/kernels/backends/wasm/instance.js';
import { Graph, type Node } from '../../src/kernels/program/graph.js';
import {
  atan,
  type Build,
  builder,
  expm1,
  log1p,
  power,
  powerOfPlace,
  sigmoid,
  softplus,
  tanh,
} from '../../src/kernels/trace/functions.js';
import { elementwise } from '../../src/kernels/trace/ops.js';
import { expectUnits } from '../support/expectUnits.js';
import { between, ofAllMagnitudes } from '../support/magnitudes.js';
import { errorOf } from '../support/ulp.js';

/* The functions of kernels, compiled to WebAssembly, against those of float64. */

type Function = (f: Build, x: Node) => Node;

/** What a function is compiled to gives for numbers. */
function computed(of: Function, x: readonly number[], isFused: boolean): Float32Array {
  const graph = new Graph();
  const place = { byRow: true, byColumn: true, isInteger: false };
  const node = of(builder(graph), graph.input(0, place));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * x.length) / 65536) + 1 });
  const instance = instanceOn(
    memory,
    { inputs: [place], outputs: [{ node, extent: 'places' }] },
    { columns: null, isFused },
  );
  if (!instance) throw new Error('no WebAssembly');
  new Float32Array(memory.buffer, 0, x.length).set(x);
  const output = 16 * Math.ceil(x.length / 4);
  const scratch = Array.from({ length: instance.scratchRows }, (_, i) => (i + 2) * output);
  instance.run(1, 1, 4 * x.length, 0, output, ...scratch);
  return new Float32Array(memory.buffer, output, x.length).slice();
}

interface Row {
  readonly name: string;
  readonly of: Function;
  readonly exact: (x: number) => number;
  /** The most that an error may be, in ulp; of subnormal results too. */
  readonly ulp: number;
  readonly low?: number;
  /** What it comes to yet. */
  readonly known?: number;
}

const same =
  (op: 'exp' | 'log' | 'sqrt'): Function =>
  (f, x) =>
    f(op, x);

const powerOf =
  (n: number): Function =>
  (f, x) =>
    power(f, x, n) as Node;

const powerOfPlaceOf =
  (n: number): Function =>
  (f, x) =>
    powerOfPlace(f, x, f('add', n, 0));

const step: Function = (f, x) => elementwise['Step']?.(f, [x], { alpha: 0 }) as Node;

const sign: Function = (f, x) => f('sub', step(f, x), step(f, f('neg', x)));

const table: readonly Row[] = [
  { name: 'sign', of: sign, exact: Math.sign, ulp: 0 },
  { name: 'step', of: step, exact: (x) => (x > 0 ? 1 : 0 * Math.sign(x)), ulp: 0 },
  { name: 'abs', of: (f, x) => f('abs', x), exact: Math.abs, ulp: 0 },
  { name: 'neg', of: (f, x) => f('neg', x), exact: (x) => -x, ulp: 0 },
  { name: '−|x|', of: (f, x) => f('neg', f('abs', x)), exact: (x) => -Math.abs(x), ulp: 0 },
  { name: 'exp', of: same('exp'), exact: Math.exp, ulp: 1 },
  { name: 'log', of: same('log'), exact: Math.log, ulp: 1 },
  { name: 'sqrt', of: same('sqrt'), exact: Math.sqrt, ulp: 0.5 },
  { name: 'expm1', of: expm1, exact: Math.expm1, ulp: 3 },
  { name: 'log1p', of: log1p, exact: Math.log1p, ulp: 3 },
  { name: 'tanh', of: tanh, exact: Math.tanh, ulp: 3 },
  { name: 'atan', of: atan, exact: Math.atan, ulp: 3 },
  {
    name: 'sigmoid',
    of: sigmoid,
    exact: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
    ulp: 3,
  },
  { name: 'softplus', of: softplus, exact: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), ulp: 3 },
  ...[0.5, 1.5, 2, 3, -1, -0.5, 0.25, 2.5].map((n) => ({
    name: `power ${n}`,
    of: powerOf(n),
    exact: (x: number): number => x ** n,
    ulp: 3,
    low: 0,
  })),
  ...[0, 1, 2, 0.5, 2.1, 1.375, 0.7, -0.7, -1, 31.5, 100].map((n) => ({
    name: `power ${n} of a place`,
    of: powerOfPlaceOf(n),
    exact: (x: number): number => x ** Math.fround(n),
    // Each square doubles what rounding has changed, and of the rest below ⅛ the logarithm is up to 88.
    ulp: Math.max(10, n),
    low: 0,
  })),
  { name: 'the third power of any number', of: powerOfPlaceOf(3), exact: (x) => x ** 3, ulp: 3 },
];

const numbers = [
  ...ofAllMagnitudes(20_000),
  ...between(-110, 90, 20_000),
  ...between(-1, 1, 20_000),
  ...between(-20, 20, 20_000),
  ...between(0.5, 2, 20_000),
  ...[0, 1, -1, Infinity, -Infinity, NaN, 2 ** -149, 2 ** -126, 3.4e38, -3.4e38, -104, 88.7, 89],
];

/** Whether with products and sums in one: Node knows them from version 22 on, or by `--experimental-wasm-relaxed-simd`. */
const ways = hasFused() ? [false, true] : [false];

/** The worst error, in ulp, with where it is. */
function worst({ of, exact, low = -Infinity }: Row, isFused: boolean): { readonly x: number; readonly error: number } {
  const x = numbers.map(Math.fround).filter((one) => !(one < low));
  return Array.from(computed(of, x, isFused)).reduce(
    (most, value, i) => {
      const error = errorOf(value, exact(x[i] as number));
      return error > most.error ? { x: x[i] as number, error } : most;
    },
    { x: 0, error: 0 },
  );
}

const rows = table.flatMap((row) =>
  ways.map(
    (isFused) => [isFused ? `${row.name} by products and sums in one` : row.name, row.ulp, row, isFused] as const,
  ),
);

test.each(rows)('%s has at most %d ulp', (_, ulp, row, isFused) => {
  const { x, error } = worst(row, isFused);
  expectUnits(error, ulp, row.known, `at ${x}`);
});

test.each<Row>([
  {
    name: 'an exponential of another base',
    of: (f, x) => f('exp', f('mul', 1 + 2 ** -23, x)),
    exact: Math.exp,
    ulp: 1,
  },
  {
    name: 'a sign that loses NaN',
    of: (f, x) => f('select', f('less', 0, x), 1, f('select', f('less', x, 0), -1, 0)),
    exact: Math.sign,
    ulp: 0,
  },
  { name: 'ln(1 + x) without what 1 + x loses', of: (f, x) => f('log', f('add', 1, x)), exact: Math.log1p, ulp: 3 },
  {
    name: 'a power by the logarithm alone',
    of: (f, x) => f('exp', f('mul', 2.1, f('log', x))),
    exact: (x) => x ** Math.fround(2.1),
    ulp: 10,
    low: 0,
  },
  {
    name: 'subnormal results that are 0',
    of: (f, x) => f('select', f('less', f('exp', x), 2 ** -126), 0, f('exp', x)),
    exact: Math.exp,
    ulp: 1,
  },
])('$name is noticed', (row) => {
  expect(worst(row, false).error).toBeGreaterThan(row.ulp);
});
