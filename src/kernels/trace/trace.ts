import {
  broadcast_util,
  type DataType,
  engine,
  type KernelFunc,
  type NamedAttrMap,
  Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { isHalf, TRACED, TRACED_IN_HALF } from '../../numerics/portable.js';
import { privateEngine } from '../../tfjs/privateParts.js';
import { Graph, isTruth, type Node } from '../program/graph.js';
import { registerOnce } from '../../tfjs/register.js';
import { type Build, builder } from './functions.js';
import { elementwise } from './ops.js';

/*
 * Runs a formula, and its derivative on tfjs's own tape, on tensors that have no numbers: each op leaves a node in a
 * graph. So the formula itself is what kernels are made of.
 */

/** Names of the backend: formulas look at it to tell half precision. */
const BACKENDS = [TRACED, TRACED_IN_HALF] as const;

/** The formula does what no kernel of rows can: it has to run as it is. */
export class Untraceable extends Error {
  static because(what: string): never {
    throw new Untraceable(what);
  }
}

const refuse = (what: string): never => Untraceable.because(what);

/** The sizes with which a formula is traced: some rows, and the real number of columns. They have to differ. */
export interface TraceSizes {
  readonly rows: number;
  readonly columns: number;
}

/** Few rows for so many columns. */
export const sizesFor = (columns: number): TraceSizes => ({ rows: columns === 2 ? 3 : 2, columns });

type Info = Pick<Tensor, 'shape' | 'dtype'>;

/** A backend for tfjs whose tensors are nodes. */
export class Trace {
  readonly graph = new Graph();
  readonly build: Build = builder(this.graph);
  private readonly nodes = new WeakMap<object, Node>();

  constructor(readonly sizes: TraceSizes) {}

  /** A tensor that stands for a node. To be called while tracing. */
  tensor(node: Node, { shape, dtype }: Info): Tensor {
    const tensor = engine().makeTensorFromTensorInfo(this.info(node, shape, dtype));
    // In place of a number, it must not become NaN in arithmetic of JavaScript.
    return Object.defineProperty(tensor, Symbol.toPrimitive, { value: () => refuse('arithmetic on a tensor') });
  }

  nodeOf({ dataId }: Pick<TensorInfo, 'dataId'>): Node {
    return this.nodes.get(dataId) ?? refuse('a tensor that is not an input');
  }

  info(node: Node, shape: readonly number[], dtype: DataType): TensorInfo {
    const { rows, columns } = this.sizes;
    const [first = 1, last = 1] = shape.length === 1 ? (shape[0] === rows ? [rows] : [1, shape[0]]) : shape;
    const fits = shape.length <= 2 && (first === rows || first === 1) && (last === columns || last === 1);
    if (!fits) refuse(`a tensor of shape [${shape.join()}]`);
    const dataId = {};
    this.nodes.set(dataId, node);
    return { dataId, shape: [...shape], dtype };
  }

  /** Numbers that the formula makes itself: the same everywhere, or the indices of the columns. */
  write(values: ArrayLike<number>, shape: readonly number[], dtype: DataType): object {
    const all = Array.from(values);
    const isSame = all.every((value) => Object.is(value, all[0]));
    const isRange = shape.length === 1 && all.length === this.sizes.columns && all.every((value, i) => value === i);
    if (!isSame && !isRange) refuse('numbers made by the formula');
    const number = isSame ? this.graph.constant(all[0] ?? 0) : this.graph.column();
    return this.info(dtype === 'bool' ? this.build('not', this.build('equal', number, 0)) : number, shape, dtype)
      .dataId;
  }

  readSync(): never {
    return refuse('reading values');
  }

  // What tfjs asks of every backend.
  numDataIds(): number {
    return 0;
  }
  disposeData(): boolean {
    return true;
  }
  incRef(): void {
    // Nodes are not counted.
  }
}

/** Runs f with tfjs computing on nodes, and leaves no mark on its tape, its scopes or its memory counts. */
export function traced<T>(sizes: TraceSizes, f: (trace: Trace) => T): T {
  registerTracedKernels();
  const tfjs = privateEngine();
  const { state, backendName, backendInstance } = tfjs;
  const trace = new Trace(sizes);
  const State = state.constructor as new () => typeof state;
  Object.assign(tfjs, { state: new State(), backendName: BACKENDS[Number(isHalf())], backendInstance: trace });
  try {
    return engine().tidy(() => f(trace) as never);
  } finally {
    Object.assign(tfjs, { state, backendName, backendInstance });
  }
}

type TracedKernel = (trace: Trace, inputs: readonly TensorInfo[], attrs: NamedAttrMap) => TensorInfo | TensorInfo[];

const copied: TracedKernel = (trace, [x]) => {
  const { shape, dtype } = x as TensorInfo;
  return trace.info(trace.nodeOf(x as TensorInfo), shape, dtype);
};

const filled =
  (value: number): TracedKernel =>
  (trace, [x]) =>
    trace.info(trace.graph.constant(value), (x as TensorInfo).shape, (x as TensorInfo).dtype);

const reshaped =
  (shapeOf: (shape: readonly number[], attrs: NamedAttrMap) => number[]): TracedKernel =>
  (trace, [x], attrs) => {
    const { shape, dtype } = x as TensorInfo;
    const wanted = shapeOf(shape, attrs);
    // Rows stay rows and columns columns: only axes of size 1 come and go.
    const core = (sizes: readonly number[]): string => sizes.filter((size) => size !== 1).join();
    if (core(wanted) !== core(shape)) refuse(`[${shape.join()}] as [${wanted.join()}]`);
    return trace.info(trace.nodeOf(x as TensorInfo), wanted, dtype);
  };

const repeated: TracedKernel = (trace, [x], { reps }) => {
  const { shape, dtype } = x as TensorInfo;
  const wanted = (reps as number[]).map((times, i) => times * (shape[i] as number));
  if ((reps as number[]).some((times, i) => times !== 1 && shape[i] !== 1)) refuse('a repeated tensor');
  return trace.info(trace.nodeOf(x as TensorInfo), wanted, dtype);
};

/** A reduction over the last axis; over an axis of size 1 there is nothing to do. */
const overRow =
  (reduce: (f: Build, x: Node, columns: number) => Node): TracedKernel =>
  (trace, [x], { axis, reductionIndices, keepDims }) => {
    const { shape, dtype } = x as TensorInfo;
    const axes = util.parseAxisParam((axis ?? reductionIndices) as number[], [...shape]);
    const real = axes.filter((a) => shape[a] !== 1);
    if (real.some((a) => a !== shape.length - 1 || shape[a] !== trace.sizes.columns)) refuse('a sum over rows');
    const node = trace.nodeOf(x as TensorInfo);
    const kept = shape.map((size, a) => (axes.includes(a) ? 1 : size));
    const wanted = keepDims ? kept : shape.filter((_, a) => !axes.includes(a));
    return trace.info(real.length === 0 ? node : reduce(trace.build, node, trace.sizes.columns), wanted, dtype);
  };

const cast: TracedKernel = (trace, [x], { dtype }) => {
  const { shape, dtype: from } = x as TensorInfo;
  const node = trace.nodeOf(x as TensorInfo);
  if (dtype === 'int32' && from === 'float32') refuse('rounding to integers');
  const { build: f } = trace;
  const isNumber = !isTruth(node);
  const asTruth = (): Node => (isNumber ? f('not', f('equal', node, 0)) : node);
  const asNumber = (): Node => (isNumber ? node : f('select', node, 1, 0));
  return trace.info(dtype === 'bool' ? asTruth() : asNumber(), shape, dtype as DataType);
};

/** Whether it is the column of that index. */
const isColumn = ({ graph, build: f }: Trace, index: number): Node => f('equal', graph.column(), index);

const isLastOfTwo = (axis: unknown, { shape }: Pick<TensorInfo, 'shape'>): boolean =>
  shape.length === 2 && (axis === 1 || axis === -1);

/** The columns of a table, one by one. */
const columnsOf: TracedKernel = (trace, [x], { axis }) => {
  const { shape, dtype } = x as TensorInfo;
  const [rows = 0, columns = 0] = shape;
  if (!isLastOfTwo(axis, { shape }) || columns !== trace.sizes.columns) refuse('rows one by one');
  const { build: f } = trace;
  const node = trace.nodeOf(x as TensorInfo);
  return Array.from({ length: columns }, (_, i) =>
    trace.info(f('sumOfRow', f('select', isColumn(trace, i), node, 0)), [rows], dtype),
  );
};

/** A table of columns. */
const tableOf: TracedKernel = (trace, columns, { axis }) => {
  const [
    {
      shape: [rows = 0],
      dtype,
    },
  ] = columns as [TensorInfo];
  const shape = [rows, columns.length];
  if (!isLastOfTwo(axis, { shape }) || columns.length !== trace.sizes.columns) refuse('a table of rows');
  const node = columns
    .map((column) => trace.nodeOf(column))
    .reduceRight((after, column, i) => trace.build('select', isColumn(trace, i), column, after));
  return trace.info(node, shape, dtype);
};

const structural: Readonly<Record<string, TracedKernel>> = {
  Identity: copied,
  Cast: cast,
  ZerosLike: filled(0),
  OnesLike: filled(1),
  Fill: (trace, _, { shape, value, dtype }) =>
    trace.info(
      trace.nodeOf({
        dataId: trace.write(
          [dtype === 'float32' ? Math.fround(value as number) : (value as number)],
          [],
          dtype as DataType,
        ),
      }),
      shape as number[],
      dtype as DataType,
    ),
  Range: (trace, _, { start, stop, step, dtype }) => {
    if (start !== 0 || step !== 1 || stop !== trace.sizes.columns) refuse('a range');
    return trace.info(trace.graph.column(), [trace.sizes.columns], dtype as DataType);
  },
  Reshape: reshaped((shape, attrs) =>
    util.inferFromImplicitShape(attrs['shape'] as number[], util.sizeFromShape([...shape])),
  ),
  ExpandDims: reshaped((shape, { dim }) => {
    const at = (dim as number) < 0 ? shape.length + (dim as number) + 1 : (dim as number);
    return [...shape.slice(0, at), 1, ...shape.slice(at)];
  }),
  Tile: repeated,
  Unpack: columnsOf,
  Pack: tableOf,
  Sum: overRow((f, x) => f('sumOfRow', x)),
  Mean: overRow((f, x, columns) => f('mul', 1 / columns, f('sumOfRow', x))),
  Max: overRow((f, x) => f('maxOfRow', x)),
  Any: overRow((f, x) => f('less', 0, f('maxOfRow', f('select', x, 1, 0)))),
};

/** A function of numbers at the same place, of inputs that broadcast. */
const atEachPlace =
  (name: string): TracedKernel =>
  (trace, inputs, attrs) => {
    const shape = inputs.reduce<number[]>((all, x) => broadcast_util.assertAndGetBroadcastShape(all, x.shape), []);
    const areIntegers = inputs.length > 0 && inputs.every(({ dtype }) => dtype !== 'float32');
    const node =
      elementwise[name]?.(
        trace.build,
        inputs.map((x) => trace.nodeOf(x)),
        attrs,
      ) ?? refuse(name);
    return trace.info(node, shape, isTruth(node) ? 'bool' : areIntegers ? 'int32' : 'float32');
  };

let isRegistered = false;

function registerTracedKernels(): void {
  if (isRegistered) return;
  isRegistered = true;
  const kernels = {
    ...structural,
    ...Object.fromEntries(Object.keys(elementwise).map((name) => [name, atEachPlace(name)])),
  };
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    const kernelFunc: KernelFunc = ({ inputs, attrs = {}, backend }) =>
      kernel(backend as unknown as Trace, Object.values(inputs) as TensorInfo[], attrs);
    for (const backendName of BACKENDS) registerOnce({ kernelName, backendName, kernelFunc });
  }
}
