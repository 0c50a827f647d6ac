import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as fc from 'fast-check';
import { steps } from '../../src/kernels/recorded/steps/index.js';
import { type Prepare, single } from '../../src/kernels/recorded/steps/step.js';
import { errorOf } from '../support/ulp.js';

/* Steps of recorded calls against the kernels of tfjs on cpu. */

beforeAll(() => tf.setBackend('cpu'));

/** A tensor of a drawn call. */
interface Drawn {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly values: readonly number[];
}

interface Call {
  readonly inputs: Readonly<Record<string, Drawn>> | readonly Drawn[];
  readonly attrs?: object;
}

/** Draws what a kernel takes. */
class Draw {
  constructor(private readonly next: fc.GeneratorValue) {}

  integer(min: number, max: number): number {
    return this.next(fc.integer, { min, max });
  }

  boolean(): boolean {
    return this.integer(0, 1) === 1;
  }

  pick<Value>(...values: readonly Value[]): Value {
    return values[this.integer(0, values.length - 1)] as Value;
  }

  /** Mostly small axes, and sometimes one that is long. */
  shape(minRank = 0, maxRank = 4): number[] {
    const shape = Array.from({ length: this.integer(minRank, maxRank) }, () => this.integer(1, 4));
    if (shape.length > 0 && this.integer(0, 3) === 0) shape[this.integer(0, shape.length - 1)] = this.integer(33, 70);
    if (shape.length > 1 && this.integer(0, 5) === 0) shape[shape.length - 1] = this.integer(33, 70);
    return shape;
  }

  tensor(shape: readonly number[], entry: () => number, dtype: Drawn['dtype'] = 'float32'): Drawn {
    // A long list is a short one again and again, shifted.
    const size = tf.util.sizeFromShape([...shape]);
    const some = Array.from({ length: Math.min(size, 23) }, entry);
    return { shape, dtype, values: Array.from({ length: size }, (_, i) => some[i % some.length] as number) };
  }

  /** Any number of single precision. */
  readonly any = (): number =>
    this.integer(0, 2) > 0
      ? this.integer(-80, 80) / 16
      : this.pick(0, -0, NaN, Infinity, -Infinity, 1e30, -1e30, 0.1, -0.1, 100, 1e-30).valueOf();

  /** Sums of these are exact, or not finite. */
  readonly coarse = (): number =>
    this.integer(0, 30) === 0 ? this.pick(NaN, Infinity, -Infinity) : this.integer(-32, 32) / 4;

  /** Products of these are exact. */
  readonly factor = (): number => this.pick(1, 1, 2, -1, -2, 0.5, -0.5, NaN, Infinity);

  readonly bitOrMinus = (): number => this.pick(0, 1, -1);

  readonly whole = (): number => this.integer(-3, 3);

  readonly bit = (): number => this.integer(0, 1);

  /** Of any type. */
  typed(shape: readonly number[]): Drawn {
    const dtype = this.pick('float32' as const, 'float32' as const, 'int32' as const, 'bool' as const);
    const entry = { float32: this.any, int32: () => this.integer(-9, 9), bool: this.bit }[dtype];
    return this.tensor(shape, entry, dtype);
  }

  axes(rank: number): number[] {
    return Array.from({ length: rank }, (_, axis) => axis).filter(() => this.boolean());
  }

  /** Two shapes that broadcast. */
  shapes(): [number[], number[]] {
    const shape = this.shape();
    const part = (): number[] =>
      shape
        .slice(this.integer(0, 2) === 0 ? this.integer(0, shape.length) : 0)
        .map((size) => (this.bit() ? size : this.pick(1, size)));
    return this.boolean() ? [shape, part()] : [part(), shape];
  }
}

type Kernel = (draw: Draw) => Call;

const one =
  (attrsOf: (draw: Draw, shape: number[]) => object, { minRank = 0, name = 'x' } = {}): Kernel =>
  (draw) => {
    const shape = draw.shape(minRank);
    return { inputs: { [name]: draw.typed(shape) }, attrs: attrsOf(draw, shape) };
  };

type Entry = 'any' | 'coarse' | 'bit' | 'factor';

/** Of entries of a kind; in place of float32, sometimes of integers. */
function ofType(draw: Draw, shape: readonly number[], entry: Entry, type: Drawn['dtype'] = 'float32'): Drawn {
  const isWhole = type === 'float32' && draw.integer(0, 3) === 0;
  // Float32 has integers up to 2²⁴ only.
  if (isWhole && shape.every((size) => size < 5))
    return draw.tensor(shape, entry === 'factor' ? draw.bitOrMinus : draw.whole, 'int32');
  return draw.tensor(shape, draw[entry], type);
}

const reduced =
  (attribute: string, entry: Entry, type: Drawn['dtype'] = 'float32'): Kernel =>
  (draw) => {
    const shape = draw.shape();
    const x = ofType(draw, shape, entry, type);
    return { inputs: { x }, attrs: { [attribute]: draw.axes(shape.length), keepDims: draw.boolean() } };
  };

const runningAlong =
  (entry: 'coarse' | 'factor'): Kernel =>
  (draw) => {
    const shape = draw.shape(1);
    const axis = draw.integer(0, shape.length - 1);
    return {
      inputs: { x: ofType(draw, shape, entry) },
      attrs: { axis, exclusive: draw.boolean(), reverse: draw.boolean() },
    };
  };

const alongOne: Kernel = (draw) => {
  const shape = draw.shape(1);
  return { inputs: { x: draw.tensor(shape, draw.any) }, attrs: { axis: draw.integer(0, shape.length - 1) } };
};

const unary =
  (attrs: object = {}): Kernel =>
  (draw) => ({ inputs: { x: draw.tensor(draw.shape(), draw.any) }, attrs });

const unaryOfAny: Kernel = (draw) => ({ inputs: { x: draw.typed(draw.shape()) } });

const binaryOf =
  (dtypes: readonly Drawn['dtype'][], [first, second] = ['a', 'b'] as readonly string[]): Kernel =>
  (draw) => {
    const [a, b] = draw.shapes();
    const dtype = draw.pick(...dtypes);
    const entry = { float32: draw.any, int32: () => draw.integer(-9, 9), bool: draw.bit }[dtype];
    return {
      inputs: { [first as string]: draw.tensor(a, entry, dtype), [second as string]: draw.tensor(b, entry, dtype) },
    };
  };

const numbers = binaryOf(['float32', 'float32', 'int32']);
const floats = binaryOf(['float32']);
const booleans = binaryOf(['bool']);

const joined =
  (isNew: boolean): Kernel =>
  (draw) => {
    const shape = draw.shape(isNew ? 0 : 1);
    const axis = draw.integer(0, shape.length - (isNew ? 0 : 1));
    const inputs = Array.from({ length: draw.integer(1, 4) }, () => {
      const own = isNew ? shape : shape.map((size, i) => (i === axis ? draw.integer(0, 40) : size));
      return draw.tensor(own, draw.any);
    });
    return { inputs, attrs: { axis } };
  };

const padded = (draw: Draw, shape: readonly number[], most: (size: number) => number): [number, number][] =>
  shape.map((size) => [draw.integer(0, most(size)), draw.integer(0, most(size))]);

/** Rows of indices along the first axes of a shape. */
function rowsOfIndices(draw: Draw, shape: readonly number[]): { indices: Drawn; sliceShape: number[]; rows: number[] } {
  const depth = draw.integer(1, shape.length);
  const rows = Array.from({ length: draw.integer(1, 2) }, () => draw.integer(1, 4));
  const count = rows.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: count }, () =>
    shape.slice(0, depth).map((size) => draw.integer(0, size - 1)),
  ).flat();
  return { indices: { shape: [...rows, depth], dtype: 'int32', values }, sliceShape: shape.slice(depth), rows };
}

const kernels: Readonly<Record<string, Kernel>> = {
  Identity: one(() => ({})),
  Transpose: one((draw, shape) => {
    const axes = shape.map((_, axis) => axis);
    return { perm: shape.map(() => axes.splice(draw.integer(0, axes.length - 1), 1)[0]) };
  }),
  Slice: one(
    (draw, shape) => {
      const begin = shape.map((size) => draw.integer(0, size - 1));
      return { begin, size: shape.map((size, i) => draw.pick(-1, draw.integer(0, size - (begin[i] as number)))) };
    },
    { minRank: 1 },
  ),
  StridedSlice: one(
    (draw, shape) => ({
      begin: shape.map((size) => draw.integer(-size, size)),
      end: shape.map((size) => draw.integer(-size - 1, size)),
      strides: shape.map(() => draw.pick(1, 2, -1, -3)),
      beginMask: draw.integer(0, 15),
      endMask: draw.integer(0, 15),
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    }),
    { minRank: 1 },
  ),
  Reverse: one((draw, shape) => ({ dims: draw.axes(shape.length) })),
  Tile: one((draw, shape) => ({ reps: shape.map(() => draw.integer(0, 3)) })),
  Unpack: one((draw, shape) => ({ axis: draw.integer(-shape.length, shape.length - 1) }), {
    minRank: 1,
    name: 'value',
  }),
  SplitV: one(
    (draw, shape) => {
      const axis = draw.integer(0, shape.length - 1);
      const first = draw.integer(0, shape[axis] as number);
      return {
        axis,
        numOrSizeSplits: draw.pick<number | number[]>([first, (shape[axis] as number) - first], 1, [first, -1]),
      };
    },
    { minRank: 1 },
  ),
  Concat: joined(false),
  Pack: joined(true),
  PadV2: one((draw, shape) => ({ paddings: padded(draw, shape, () => 3), constantValue: draw.pick(0, 1, 7) })),
  MirrorPad: one(
    (draw, shape) => {
      const mode = draw.pick('reflect', 'symmetric');
      return { mode, paddings: padded(draw, shape, (size) => (mode === 'reflect' ? size - 1 : size)) };
    },
    { minRank: 1 },
  ),
  Fill: (draw) => ({
    inputs: {},
    attrs: { shape: draw.shape(), value: draw.any(), dtype: draw.pick('float32', 'int32') },
  }),
  ZerosLike: one(() => ({})),
  OnesLike: one(() => ({})),
  Range: (draw) => {
    const [start, stop] = [draw.integer(-9, 9), draw.integer(-9, 9)];
    return {
      inputs: {},
      attrs: { start, stop, step: draw.pick(0.7, 1, 2) * Math.sign(stop - start || 1), dtype: 'float32' },
    };
  },
  LinSpace: (draw) => ({
    inputs: {},
    attrs: { start: draw.integer(-9, 9), stop: draw.integer(-9, 9), num: draw.integer(1, 9) },
  }),
  OneHot: (draw) => ({
    inputs: { indices: draw.tensor(draw.shape(0, 2), () => draw.integer(-1, 5), 'int32') },
    attrs: { depth: draw.integer(1, 5), onValue: draw.integer(-2, 2), offValue: draw.integer(-2, 2), dtype: 'float32' },
  }),
  GatherV2: (draw) => {
    const shape = draw.shape(1);
    const axis = draw.integer(0, shape.length - 1);
    const batchDims = draw.integer(0, axis);
    const rest = Array.from({ length: draw.integer(0, 2) }, () => draw.integer(1, 3));
    const indices = draw.tensor(
      [...shape.slice(0, batchDims), ...rest],
      () => draw.integer(0, (shape[axis] as number) - 1),
      'int32',
    );
    return {
      inputs: { x: draw.typed(shape), indices },
      attrs: { axis: draw.pick(axis, axis - shape.length), batchDims },
    };
  },
  GatherNd: (draw) => {
    const shape = draw.shape(1);
    return { inputs: { params: draw.typed(shape), indices: rowsOfIndices(draw, shape).indices } };
  },
  ScatterNd: (draw) => {
    const shape = draw.shape(1);
    const { indices, sliceShape, rows } = rowsOfIndices(draw, shape);
    return { inputs: { indices, updates: draw.tensor([...rows, ...sliceShape], draw.coarse) }, attrs: { shape } };
  },
  TensorScatterUpdate: (draw) => {
    const shape = draw.shape(1);
    const { indices, sliceShape, rows } = rowsOfIndices(draw, shape);
    const updates = draw.tensor([...rows, ...sliceShape], draw.any);
    return { inputs: { tensor: draw.tensor(shape, draw.any), indices, updates }, attrs: {} };
  },
  Sum: reduced('axis', 'coarse'),
  Mean: reduced('axis', 'coarse'),
  Prod: reduced('axis', 'factor'),
  Max: reduced('reductionIndices', 'any'),
  Min: reduced('axis', 'any'),
  Any: reduced('axis', 'bit', 'bool'),
  All: reduced('axis', 'bit', 'bool'),
  ArgMax: alongOne,
  ArgMin: alongOne,
  BatchMatMul: (draw) => {
    const [a, b] = draw.shapes();
    const [rows, inner, columns] = [draw.integer(1, 9), draw.integer(1, 9), draw.integer(1, 9)];
    const [transposeA, transposeB] = [draw.boolean(), draw.boolean()];
    // tfjs on cpu repeats whole batches only.
    const isSame = a.join() === b.join();
    const [ofA, ofB] = isSame ? [a, b] : draw.pick([a, a], [[], a], [a, []]);
    return {
      inputs: {
        a: draw.tensor([...ofA, ...(transposeA ? [inner, rows] : [rows, inner])], draw.coarse),
        b: draw.tensor([...ofB, ...(transposeB ? [columns, inner] : [inner, columns])], draw.coarse),
      },
      attrs: { transposeA, transposeB },
    };
  },
  Select: (draw) => {
    const shape = draw.shape();
    return {
      inputs: {
        condition: draw.tensor(shape, draw.bit, 'bool'),
        t: draw.tensor(shape, draw.any),
        e: draw.tensor(shape, draw.any),
      },
    };
  },
  AddN: (draw) => {
    const shape = draw.shape();
    return { inputs: Array.from({ length: draw.integer(1, 4) }, () => draw.tensor(shape, draw.coarse)) };
  },
  Cumsum: runningAlong('coarse'),
  Cumprod: runningAlong('factor'),
  TopK: (draw) => {
    const shape = draw.shape(1);
    const size = shape.at(-1) as number;
    const entry = draw.pick(draw.any, draw.coarse, () => draw.integer(-3, 3));
    return { inputs: { x: draw.tensor(shape, entry) }, attrs: { k: draw.integer(0, size), sorted: draw.boolean() } };
  },
  Softmax: (draw) => {
    const shape = draw.shape(1);
    return { inputs: { logits: draw.tensor(shape, draw.any) }, attrs: { dim: shape.length - 1 } };
  },
  UnsortedSegmentSum: (draw) => {
    const shape = draw.shape(1);
    const numSegments = draw.integer(1, 4);
    const segmentIds = draw.tensor(shape.slice(0, 1), () => draw.integer(-1, 4), 'int32');
    return { inputs: { x: draw.tensor(shape, draw.coarse), segmentIds }, attrs: { numSegments } };
  },
  DenseBincount: (draw) => {
    const shape = draw.shape(1, 2);
    const weights = draw.tensor(draw.pick(shape, [0]), draw.coarse);
    return {
      inputs: { x: draw.tensor(shape, () => draw.integer(0, 5), 'int32'), weights },
      attrs: { size: draw.integer(1, 5), binaryOutput: draw.boolean() },
    };
  },
  Cast: one((draw) => ({ dtype: draw.pick('float32', 'int32', 'bool') })),
  ...Object.fromEntries(
    [
      ...[
        'Acos',
        'Acosh',
        'Asin',
        'Asinh',
        'Atan',
        'Atanh',
        'Cos',
        'Cosh',
        'Elu',
        'Erf',
        'Exp',
        'Expm1',
        'IsFinite',
        'IsInf',
      ],
      ...[
        'IsNan',
        'Log',
        'Log1p',
        'Reciprocal',
        'Relu6',
        'Rsqrt',
        'Selu',
        'Sigmoid',
        'Sin',
        'Sinh',
        'Softplus',
        'Sqrt',
      ],
      ...['Tan', 'Tanh'],
    ].map((name) => [name, unary()]),
  ),
  ...Object.fromEntries(['Abs', 'Ceil', 'Floor', 'Relu', 'Round', 'Sign', 'Square'].map((name) => [name, unaryOfAny])),
  Neg: (draw) => ({ inputs: { x: draw.tensor(draw.shape(), draw.any) } }),
  LogicalNot: (draw) => ({ inputs: { x: draw.tensor(draw.shape(), draw.bit, 'bool') } }),
  ClipByValue: unary({ clipValueMin: -1.5, clipValueMax: 2 }),
  LeakyRelu: unary({ alpha: 0.3 }),
  Step: unary({ alpha: 0.25 }),
  ...Object.fromEntries(
    ['Add', 'Sub', 'Multiply', 'Maximum', 'Minimum', 'SquaredDifference', 'Mod', 'Pow'].map((name) => [name, numbers]),
  ),
  ...Object.fromEntries(
    ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'].map((name) => [
      name,
      binaryOf(['float32', 'int32', 'bool']),
    ]),
  ),
  FloorDiv: binaryOf(['int32']),
  RealDiv: floats,
  Atan2: floats,
  Prelu: binaryOf(['float32'], ['x', 'alpha']),
  LogicalAnd: booleans,
  LogicalOr: booleans,
  EluGrad: (draw) => {
    const shape = draw.shape();
    return { inputs: { dy: draw.tensor(shape, draw.any), y: draw.tensor(shape, draw.any) } };
  },
};

/** How far results may be off, by size or where they are smaller than 1, because tfjs rounds in between. */
const rounding: Readonly<Record<string, number>> = { Mean: 1e-6, Softplus: 2e-7, Softmax: 1e-6 };

/** Kernels that tfjs on cpu lacks. */
const elsewhere = ['BroadcastTo', 'Reshape', 'ExpandDims'];

const isMap = (inputs: Call['inputs']): inputs is Readonly<Record<string, Drawn>> => !Array.isArray(inputs);

/** Of drawn attributes of a strided slice, tfjs refuses some. */
function resultsOf(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor[] {
  try {
    return [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attrs)].flat();
  } catch (error) {
    fc.pre(name !== 'StridedSlice');
    throw error;
  }
}

/** Throws where a step gives other numbers than tfjs. */
function hold(name: string, { inputs, attrs = {} }: Call, prepare = steps[name]): void {
  tf.tidy(() => {
    const tensorOf = ({ values, shape, dtype }: Drawn): tf.Tensor => tf.tensor([...values], [...shape], dtype);
    const given = (
      isMap(inputs)
        ? Object.fromEntries(Object.entries(inputs).map(([key, drawn]) => [key, tensorOf(drawn)]))
        : inputs.map(tensorOf)
    ) as tf.NamedTensorMap;
    const results = resultsOf(name, given, attrs as tf.NamedAttrMap);
    const ordered = Object.values<tf.Tensor>(given);
    const step = prepare?.(ordered, attrs as tf.NamedAttrMap, results);
    if (!step) throw new Error('there is no step');
    for (const memory of [undefined, someMemory]) {
      const place = placesIn(memory);
      const numbers = ordered.map((tensor) => {
        const values = tensor.dataSync();
        const placed = place(values.length);
        placed.set(values);
        return placed;
      });
      const outputs = results.map(({ size }) => place(size).fill(1234.5));
      const beyond = place(4).fill(1234.5);
      step(numbers, outputs, memory);
      if (beyond.some((x) => x !== 1234.5)) throw new Error('more than the outputs is written');
      results.forEach((result, i) => {
        const expected = result.dataSync();
        expected.forEach((value, at) => {
          const got = outputs[i]?.[at] as number;
          const slack = (rounding[name] ?? 0) * Math.max(1, Math.abs(value));
          if (errorOf(got, Math.fround(value)) > 0 && !(Math.abs(got - value) <= slack))
            throw new Error(`${got} at ${at} of output ${i}, expected ${value}`);
        });
      });
    }
  });
}

const someMemory = new WebAssembly.Memory({ initial: 1024 });

/** Makes arrays of so many numbers, one after the other in a memory if there is one. */
function placesIn(memory?: WebAssembly.Memory): (size: number) => Float32Array {
  let end = 0;
  return (size) => {
    if (!memory) return new Float32Array(size);
    const begin = end;
    end += 16 * Math.ceil(size / 4);
    return new Float32Array(memory.buffer, begin, size);
  };
}

const check = (name: string, prepare = steps[name]): void =>
  fc.assert(
    fc.property(fc.gen(), (next) => hold(name, (kernels[name] as Kernel)(new Draw(next)), prepare)),
    { numRuns: 60 },
  );

test('every step is drawn', () => {
  expect([...Object.keys(kernels), ...elsewhere].sort()).toEqual(Object.keys(steps).sort());
});

test.each(Object.keys(kernels))('%s', (name) => check(name));

/** Numbers whose sums are exact. */
const many = (shape: readonly number[]): Drawn => ({
  shape,
  dtype: 'float32',
  values: Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, i) => (((i * 7919) % 101) - 50) / 4),
});

test.each<[string, readonly number[][], object]>([
  ['Transpose', [[70, 130]], { perm: [1, 0] }],
  ['Transpose', [[3, 40, 5, 36]], { perm: [3, 0, 2, 1] }],
  ['Transpose', [[4, 300]], { perm: [1, 0] }],
  ['Transpose', [[300, 4]], { perm: [1, 0] }],
  ['Transpose', [[2, 3, 1, 11, 10]], { perm: [0, 3, 4, 2, 1] }],
  ['Transpose', [[3, 101, 34]], { perm: [0, 2, 1] }],
  ['Sum', [[2, 9, 1100]], { axis: [1] }],
  ['Sum', [[2, 2100, 3]], { axis: [1] }],
  ['Sum', [[40, 30, 20]], { axis: [0, 2] }],
  ['Mean', [[5, 1030]], { axis: [0] }],
  ['Cumsum', [[30, 300]], { axis: 0 }],
  ['TopK', [[2, 900]], { k: 700, sorted: true }],
  ['TopK', [[2, 900]], { k: 70, sorted: false }],
  [
    'BatchMatMul',
    [
      [150, 300],
      [300, 270],
    ],
    { transposeA: false, transposeB: false },
  ],
  [
    'BatchMatMul',
    [
      [3, 17, 19],
      [3, 23, 17],
    ],
    { transposeA: true, transposeB: true },
  ],
  [
    'BatchMatMul',
    [
      [19, 17],
      [3, 23, 17],
    ],
    { transposeA: false, transposeB: true },
  ],
  [
    'BatchMatMul',
    [
      [1, 400],
      [400, 1],
    ],
    { transposeA: false, transposeB: false },
  ],
  [
    'Multiply',
    [
      [60, 3],
      [60, 1],
    ],
    {},
  ],
  [
    'Sub',
    [
      [1, 50],
      [40, 1],
    ],
    {},
  ],
])('%s of many numbers %j, %j', (name, shapes, attrs) => {
  const [a, b] = shapes.map(many) as [Drawn, Drawn | undefined];
  hold(name, { inputs: b ? { a, b } : { x: a }, attrs });
});

test('a condition of rank 1 decides about rows', () => {
  const forms = [[2], [2, 3], [2, 3]].map((shape) => ({ shape, dtype: 'float32' as const }));
  const result = new Float32Array(6);
  const given = [
    [1, 0],
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
  ].map((values) => Float32Array.from(values));
  steps['Select']?.(forms, {}, forms.slice(1, 2))?.(given, [result]);
  expect([...result]).toEqual([1, 2, 3, 10, 11, 12]);
});

test.each<[string, object, readonly number[][], string]>([
  ['GatherV2', { axis: 0, batchDims: 0 }, [[2], [1]], 'GatherV2: the index value 2 is not in [0, 1]'],
  ['GatherNd', {}, [[2], [1, 1]], 'Invalid indices: 2 does not index into 2'],
  ['ScatterNd', { shape: [2] }, [[1, 1], [1]], 'Invalid indices: 2 does not index into 2'],
])('%s throws what tfjs throws of an index beyond', (name, attrs, shapes, message) => {
  const inputs = shapes.map((shape) =>
    tf.fill(shape, 2, shape.length === 2 || name === 'GatherV2' ? 'int32' : 'float32'),
  );
  const [first, second] = inputs as [tf.Tensor, tf.Tensor];
  const named: Record<string, tf.NamedTensorMap> = {
    GatherV2: { x: first, indices: second },
    GatherNd: { params: first, indices: second },
    ScatterNd: { indices: first, updates: second },
  };
  expect(() => tf.engine().runKernel(name, named[name] as tf.NamedTensorMap, attrs as tf.NamedAttrMap)).toThrow(
    message,
  );
  const step = steps[name]?.(inputs, attrs as tf.NamedAttrMap, [{ shape: [2], dtype: 'float32' }]);
  expect(() =>
    step?.(
      inputs.map((tensor) => Float32Array.from(tensor.dataSync())),
      [new Float32Array(2)],
    ),
  ).toThrow(message);
});

/** What was wrong with a call of a property that does not hold. */
function complaintOf(run: () => void): string {
  try {
    run();
    return '';
  } catch (error) {
    return String((error as Error).cause);
  }
}

test.each<[string, Prepare]>([
  [
    'Transpose',
    (inputs, { perm }, outputs) =>
      steps['Transpose']?.(inputs, { perm: [...(perm as number[])].reverse() }, outputs) ?? null,
  ],
  [
    'Sum',
    (inputs, attrs, outputs) =>
      steps['Max']?.(inputs, { reductionIndices: attrs['axis'] as number[] }, outputs) ?? null,
  ],
  [
    'Transpose',
    (...given) => {
      const step = steps['Transpose']?.(...given);
      if (!step) return null;
      return (inputs, outputs, memory) => {
        step(inputs, outputs, memory);
        if (memory) outputs[0]?.reverse();
      };
    },
  ],
  ['Cumsum', (inputs, { axis }, outputs) => steps['Cumsum']?.(inputs, { axis: axis as number }, outputs) ?? null],
  ['Round', () => single((x, y) => y.set(x.map(Math.round)))],
])('a wrong %s is found', (name, prepare) => {
  expect(complaintOf(() => check(name, prepare))).toMatch(/at \d+ of output 0, expected/);
});
