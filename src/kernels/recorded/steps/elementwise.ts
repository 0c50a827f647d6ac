import { shapeOf, sizeOf, stridesOf } from './axes.js';
import { binary, type Binary } from './binary.js';
import { someFloats } from './scratch.js';
import { settled } from './settled.js';
import { type Prepare, single, type Step } from './step.js';
import { copier, type Copy } from './strided.js';
import { unary, type Unary, unaryWith } from './unary.js';
import { broadcastStrides } from './views.js';

/* Kernels that take numbers at the same place, or one for many places. */

const ofOne =
  (loop: Unary): Prepare =>
  (inputs, _, outputs) =>
    settled(single(loop), inputs, outputs);

const ofTwo =
  (loop: Binary): Prepare =>
  (inputs, _, outputs) =>
    settled(pairs(loop, shapeOf(inputs), shapeOf(inputs, 1), shapeOf(outputs)), inputs, outputs);

/** An axis: its size, and how far neighbours in each input lie apart. */
interface Axis {
  readonly size: number;
  readonly a: number;
  readonly b: number;
}

/** Shorter runs take longer to begin than to compute. */
const SHORT = 16;

function pairs(loop: Binary, a: readonly number[], b: readonly number[], made: readonly number[]): Step {
  const size = sizeOf(made);
  if (size === 0) return () => undefined;
  const axes = merged(made, broadcastStrides(a, made), broadcastStrides(b, made));
  const { size: length, a: nextA, b: nextB } = axes.pop() ?? { size: 1, a: 0, b: 0 };
  if (axes.length > 0 && length < SHORT) return expanded(loop, a, b, made);
  if (axes.length === 0) {
    return ([left, right], [y]) =>
      loop(left as Float32Array, 0, nextA, right as Float32Array, 0, nextB, y as Float32Array, 0, length);
  }
  /** Computes all numbers along the axes from a level on; the place of the first one, and then that behind the last. */
  const walk = (
    level: number,
    left: Float32Array,
    i: number,
    right: Float32Array,
    j: number,
    y: Float32Array,
    k: number,
  ): number => {
    if (level === axes.length) {
      loop(left, i, nextA, right, j, nextB, y, k, k + length);
      return k + length;
    }
    const axis = axes[level] as Axis;
    for (let n = 0; n < axis.size; n++) {
      k = walk(level + 1, left, i, right, j, y, k);
      i += axis.a;
      j += axis.b;
    }
    return k;
  };
  return ([left, right], [y]) => void walk(0, left as Float32Array, 0, right as Float32Array, 0, y as Float32Array, 0);
}

/** The same of inputs that are first repeated where they have one number for many. */
function expanded(loop: Binary, a: readonly number[], b: readonly number[], made: readonly number[]): Step {
  const size = sizeOf(made);
  const expand = (shape: readonly number[], at: number): Copy | null =>
    sizeOf(shape) === size
      ? null
      : copier(made, { at: 0, strides: broadcastStrides(shape, made) }, { at, strides: stridesOf(made) });
  const [left, right] = [expand(a, 0), expand(b, size)];
  return (inputs, [y]) => {
    const [ofA, ofB] = inputs as [Float32Array, Float32Array];
    const both = someFloats(2 * size);
    left?.(ofA, both);
    right?.(ofB, both);
    loop(left ? both : ofA, 0, 1, right ? both : ofB, right ? size : 0, 1, y as Float32Array, 0, size);
  };
}

/** Axes without those of size 1, and neighbours that are like one axis made one. */
function merged(shape: readonly number[], a: readonly number[], b: readonly number[]): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((size, i) => {
    if (size === 1) return;
    const axis = { size, a: a[i] as number, b: b[i] as number };
    const before = axes.at(-1);
    if (before?.a === size * axis.a && before.b === size * axis.b) {
      axes[axes.length - 1] = { ...axis, size: before.size * size };
    } else axes.push(axis);
  });
  return axes;
}

/** Of a condition of rank 1, each entry decides about one along the first axis. */
const select: Prepare = (inputs, _, outputs) => {
  const [condition, size] = [shapeOf(inputs), sizeOf(shapeOf(outputs))];
  if ([1, 2].some((i) => sizeOf(shapeOf(inputs, i)) !== size)) return null;
  const isByRow = condition.length === 1 && condition[0] === shapeOf(outputs)[0];
  if (!isByRow && sizeOf(condition) !== size) return null;
  const width = size / sizeOf(condition);
  return ([conditions, t, e], [y]) => {
    const [picks, ifTrue, ifFalse] = [conditions as Float32Array, t as Float32Array, e as Float32Array];
    const result = y as Float32Array;
    if (width === 1) {
      for (let i = 0; i < picks.length; i++) result[i] = (picks[i] === 1 ? ifTrue[i] : ifFalse[i]) as number;
      return;
    }
    for (let row = 0, i = 0; row < picks.length; row++) {
      const picked = picks[row] === 1 ? ifTrue : ifFalse;
      for (let end = i + width; i < end; i++) result[i] = picked[i] as number;
    }
  };
};

const addN: Prepare = (inputs, _, outputs) =>
  settled(
    (numbers, [y]) => {
      const sum = y as Float32Array;
      sum.set(numbers[0] as Float32Array);
      for (let n = 1; n < numbers.length; n++) addTo(sum, numbers[n] as Float32Array);
    },
    inputs,
    outputs,
  );

function addTo(sum: Float32Array, x: Float32Array): void {
  for (let i = 0; i < sum.length; i++) (sum[i] as number) += x[i] as number;
}

/** Of booleans, tfjs on cpu takes −1 for 1. */
const neg: Prepare = (inputs, attrs, outputs) =>
  inputs[0]?.dtype === 'bool' ? null : ofOne(unary['Neg'] as Unary)(inputs, attrs, outputs);

/** Between types whose numbers lie alike, they stay as they are. */
const cast: Prepare = ([x], attrs) => {
  const [from, to] = [x?.dtype, attrs['dtype']];
  if (to === 'bool' && from !== 'bool') return single(toBooleans);
  return single(to === 'int32' && from === 'float32' ? toIntegers : toSame);
};

const toBooleans: Unary = (x, y) => {
  for (let i = 0; i < y.length; i++) y[i] = x[i] === 0 ? 0 : 1;
};

const toIntegers: Unary = (x, y) => {
  for (let i = 0; i < y.length; i++) y[i] = (x[i] as number) | 0;
};

const toSame: Unary = (x, y) => y.set(x);

const mapped = <From>(
  table: Readonly<Record<string, From>>,
  prepare: (loop: From) => Prepare,
): Record<string, Prepare> => Object.fromEntries(Object.entries(table).map(([name, loop]) => [name, prepare(loop)]));

export const elementwise: Readonly<Record<string, Prepare>> = {
  ...mapped(unary, ofOne),
  ...mapped(unaryWith, (loopOf) => (inputs, attrs, outputs) => ofOne(loopOf(attrs))(inputs, attrs, outputs)),
  ...mapped(binary, ofTwo),
  Neg: neg,
  Select: select,
  AddN: addN,
  Cast: cast,
};
