import * as tf from '@tensorflow/tfjs';
import { msSsim } from '../../src/index.js';
import { block } from '../../src/numerics/block.js';
import { squaredDistances } from '../../src/numerics/distanceMatrix.js';
import { isClass } from '../../src/numerics/isClass.js';
import { matMul } from '../../src/numerics/matMul.js';
import { opKernels } from '../../src/numerics/opKernels.js';
import { transpose } from '../../src/numerics/portable.js';
import { ofShape } from '../../src/numerics/positions.js';
import { rowsOf } from '../../src/numerics/rowsOf.js';
import { assertClose } from '../support/law.js';

afterEach(() => tf.env().set('LOSSES_FUSED', true));

type Compute = (...inputs: tf.Tensor[]) => tf.Tensor;

/** The value, the gradients, and the second derivative along all inputs. */
function outcome(compute: Compute, inputs: readonly tf.Tensor[]): number[][] {
  const once = (...xs: tf.Tensor[]): tf.Scalar => tf.sum(tf.square(compute(...xs)));
  const slope = (...xs: tf.Tensor[]): tf.Scalar => {
    const gradients = tf.grads(once)(xs);
    return tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))));
  };
  const tensors = [compute(...inputs), ...tf.grads(once)([...inputs]), ...tf.grads(slope)([...inputs])];
  return tensors.map((tensor) => Array.from(tensor.dataSync()));
}

/** With kernels the same as without, relative to the largest number. */
function holds(compute: Compute, inputs: readonly tf.Tensor[], tolerance = 1e-5): void {
  const run = (areOn: boolean): number[][] => {
    tf.env().set('LOSSES_FUSED', areOn);
    return tf.tidy(() => outcome(compute, inputs) as never);
  };
  run(true);
  const [found, expected] = [run(true), run(false)];
  closeInUnits(found, expected, tolerance);
}

/** Outputs are the same, relative to the largest number of each. */
function closeInUnits(found: number[][], expected: number[][], tolerance: number): void {
  expected.forEach((numbers, i) => {
    const size = Math.max(...numbers.map(Math.abs)) || 1;
    const inUnits = (all: readonly number[]): number[] => all.map((x) => 1 + x / size);
    assertClose(inUnits(found[i] as number[]), inUnits(numbers), tolerance, `output ${i}`);
  });
}

const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);

// Rows and columns that fill no tile, an axis longer than one sum, and more of each than are in memory at one time.
const sizes = [
  [33, 65, 41],
  [32, 258, 33],
  [130, 33, 32],
  [32, 33, 258],
  [3, 5, 1201],
] as const;

describe.each(sizes)('of %i rows, %i entries and %i columns', (rows, inner, columns) => {
  const choices = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));
  test.each(choices)('a product, transposed %s and %s', (ofA, ofB) => {
    const [a, b] = [
      normal(ofA ? [inner, rows] : [rows, inner], 1),
      normal(ofB ? [columns, inner] : [inner, columns], 2),
    ];
    holds((x, y) => matMul(x, y, ofA, ofB), [a, b]);
  });

  test('distances', () => {
    holds((a, b) => squaredDistances(a, b), [normal([rows, inner], 1), normal([columns, inner], 2)]);
  });

  test('distances of vectors from each other are those from the same vectors', () => {
    const factors = normal([rows, rows], 3);
    const ofBoth =
      (compute: Compute): Compute =>
      (a) =>
        tf.mul(factors, compute(a, tf.mul(1, a)));
    const both = [ofBoth((a) => squaredDistances(a, a)), ofBoth((a, b) => squaredDistances(a, b))] as const;
    const [found, expected] = both.map((compute) =>
      tf.tidy(() => outcome(compute, [normal([rows, inner], 1)]) as never),
    );
    closeInUnits(found as unknown as number[][], expected as unknown as number[][], 1e-5);
  });
});

/** Distances of pairs of which some vectors have none that counts. */
const someDistances: Compute = (a, b) => {
  const [rows, columns] = [a.shape[0], b.shape[0]];
  const [own, others] = [tf.range(0, rows), tf.range(0, columns)].map((all) => tf.notEqual(tf.mod(all, 3), 1));
  const counts = tf.logicalAnd(tf.expandDims(own as tf.Tensor, 1), tf.expandDims(others as tf.Tensor, 0));
  return tf.mul(tf.cast(counts, 'float32'), squaredDistances(a, b));
};

test.each([
  ['some', someDistances],
  ['none', (a: tf.Tensor, b: tf.Tensor) => tf.mul(0, squaredDistances(a, b))],
] as const)('distances of vectors of which %s count', (_, compute) => {
  const inputs = [normal([41, 30], 1), normal([37, 30], 2)];
  holds((a, b) => tf.add(compute(a, b), compute(a, a).slice([0, 0], [41, 37])), inputs);
});

test.each([Infinity, NaN, 3e38])('a number %d in a vector that does not count is felt as in the formula', (number) => {
  const a = normal([41, 30], 1);
  const b = tf.concat([normal([1, 30], 2), tf.fill([1, 30], number), normal([35, 30], 3)]);
  const opposite = tf.concat([normal([40, 30], 4), tf.fill([1, 30], -3e38)]);
  for (const own of [a, opposite]) {
    const gradients = [true, false].map((areOn) => {
      tf.env().set('LOSSES_FUSED', areOn);
      const gradient = tf.grad((x) => tf.sum(someDistances(x, b)))(own);
      return Array.from(gradient.dataSync(), Number.isFinite);
    });
    expect(gradients[0]).toEqual(gradients[1]);
  }
});

/** Signs of which each kind is there, of vectors with themselves as well. */
const symmetricSigns = (): tf.Tensor => tf.tensor2d([0, 1, -1, 0, 1, 1, 0, 0, -1, 0, -1, 1, 0, 0, 1, 0], [4, 4]);

/** A kernel's, or those of differences. */
const signed =
  (given: () => tf.Tensor): Compute =>
  (a) => {
    const own = given();
    const formula = (x: tf.Tensor, signs: tf.Tensor): tf.Tensor => {
      const [along, against] = [tf.expandDims(x, 1), tf.mul(tf.expandDims(signs, -1), tf.expandDims(x, 0))];
      return tf.mul(tf.abs(signs), tf.sum(tf.square(tf.sub(along, against)), -1));
    };
    return opKernels.signedDistances?.(a, own, formula) ?? formula(a, own);
  };

test.each([3, 6, 9])('distances of some pairs of vectors of %i entries, or from opposites', (size) => {
  holds(signed(symmetricSigns), [normal([4, size], 1)]);
});

test('a sign at one place of a pair is as good as at both', () => {
  const oneSided = (): tf.Tensor => tf.tensor2d([0, 1, 0, 0], [2, 2]);
  const found = opKernels.signedDistances?.(tf.tensor2d([1, 0, 0, 1], [2, 2]), oneSided(), (a) => a);
  if (found) expect([...found.dataSync()]).toEqual([0, 2, 2, 0]);
});

test('blocks', () => {
  holds((x) => block(x, [1, 0, 2], [2, 3, 4]), [normal([4, 3, 7], 1)]);
});

/** Matrices and batches of them, of sides that are no multiples of four, and an order that transposes none. */
test.each<[number[], number[]]>([
  [
    [67, 5],
    [1, 0],
  ],
  [
    [3, 11, 6],
    [0, 2, 1],
  ],
  [
    [2, 3, 4, 9],
    [0, 2, 3, 1],
  ],
  [
    [2, 1, 37, 40],
    [3, 0, 1, 2],
  ],
  [
    [5, 6, 7],
    [2, 1, 0],
  ],
])('axes of %j in the order %j', (shape, perm) => {
  holds((x) => transpose(x, perm), [normal(shape, 1)]);
  for (const dtype of ['int32', 'bool'] as const) {
    const given = tf.cast(tf.greater(normal(shape, 2), 0.3), dtype);
    const found = transpose(given, perm);
    expect(found.dtype).toBe(dtype);
    expect([...found.dataSync()]).toEqual([...tf.transpose(tf.cast(given, 'float32'), perm).dataSync()]);
  }
});

test('integers that are called numbers have their axes in another order', () => {
  const whole = tf.cast(tf.range(0, 150, 1, 'int32').reshape([10, 15]), 'float32');
  expect([...transpose(whole, [1, 0]).dataSync().slice(0, 3)]).toEqual([0, 15, 30]);
});

const filledWith5 = (kept: tf.Tensor, x: tf.Tensor): tf.Tensor =>
  opKernels.filled?.(kept, x, 5) ?? tf.where(kept, x, 5);

test('masked rows are filled', () => {
  const kept = tf.tensor3d([1, 0, 1, 1, 0, 1], [2, 3, 1], 'bool');
  const filled = (x: tf.Tensor): tf.Tensor =>
    opKernels.filled?.(kept, x, 5) ?? tf.where(tf.tile(kept, [1, 1, 4]), x, 5);
  holds((x) => filled(x), [normal([2, 3, 4], 1)]);
});

test('masked numbers are filled', () => {
  const kept = tf.tensor2d([1, 0, 1, 1, 0, 1], [2, 3], 'bool');
  holds((x) => filledWith5(kept, x), [normal([2, 3], 1)]);
});

test('masked integers stay integers', () => {
  const kept = tf.tensor2d([1, 0, 1, 1, 0, 1], [2, 3], 'bool');
  const counts = opKernels.filled?.(kept, tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3], 'int32'), -7);
  expect(counts?.dtype).toBe('int32');
  expect(Array.from(counts?.dataSync() ?? [])).toEqual([1, -7, 3, 4, -7, 6]);
});

test('positions are repeated', () => {
  const x = normal([2, 3, 2], 1);
  holds((y) => tf.where(ofShape(tf.tensor1d([1, 0], 'bool'), x.shape), y, 5), [x]);
});

test('repeated integers stay integers', () => {
  const numbers = ofShape(tf.tensor2d([7, 8, 9], [3, 1], 'int32'), [3, 2]);
  expect(numbers.dtype).toBe('int32');
  expect(Array.from(numbers.dataSync())).toEqual([7, 7, 8, 8, 9, 9]);
});

test('classes of labels, also of labels that are none', () => {
  const labels = tf.tensor2d([0, 2, -1, 1, 3, -100], [3, 2], 'int32');
  holds((x) => tf.where(isClass(labels, 3), x, 5), [normal([3, 2, 3], 1)]);
});

test.each([[[]], [[1]], [[0, 1, 1]], [[1, 1, 1, 1, 0, 1, 1, 0, 1]], [[0, 2]], [[1, 0, 0, 0, 3]]])(
  'of %j those that are true are counted, unless one is neither 0 nor 1',
  (bytes) => {
    const found = opKernels.countTrue?.(tf.tensor(Uint8Array.from(bytes), [bytes.length], 'bool'));
    expect(found).toBe(bytes.some((byte) => byte > 1) ? null : bytes.filter(Boolean).length);
  },
);

/** Rows wider and narrower than those that are copied at one time. */
test.each([1, 5, 70])('rows of %i by their indices, more than once, and not at all', (width) => {
  const indices = tf.tensor1d([2, 0, 2, 2, 3], 'int32');
  holds((x) => rowsOf(x, indices), [normal([5, width], 1)]);
});

const unlike = (scales: number, filterSize: number): Compute => {
  const powerFactors = Array.from({ length: scales }, () => 1 / scales);
  return (x, y) => msSsim(x, y, { filterSize, powerFactors });
};

/** Images that have something in common, so that no scale has nothing of it. */
function alike(shape: number[]): tf.Tensor[] {
  const x = tf.sigmoid(normal(shape, 1));
  return [x, tf.add(tf.mul(0.8, x), tf.mul(0.2, tf.sigmoid(normal(shape, 2))))];
}

test.each([
  ['one scale', 1, 2],
  ['a window as large as the images', 1, 6],
  ['halves of odd sizes', 2, 3],
  ['halves of halves', 3, 2],
] as const)('how unlike images are: %s', (_, scales, filterSize) => {
  holds(unlike(scales, filterSize), alike([2, 7, 6, 3]));
});

/** The same, the second with a number far out of range. */
function farOut(number: number): tf.Tensor[] {
  const [x, y] = alike([2, 7, 6, 3]) as [tf.Tensor, tf.Tensor];
  return [x, tf.where(tf.equal(y, tf.max(y)), number, y)];
}

test.each([NaN, Infinity, 1e30])('how unlike images are of which one has a pixel of %d', (number) => {
  const outcomes = [true, false].map((areOn) => {
    tf.env().set('LOSSES_FUSED', areOn);
    const loss = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.sum(unlike(1, 2)(x, y));
    const { value, grads } = tf.valueAndGrads(loss as () => tf.Scalar)(farOut(number));
    return [value, ...grads].map((tensor) => Array.from(tensor.dataSync()));
  });
  expect(outcomes[0]).toEqual(outcomes[1]);
});

test('windows of one colour have no structure, however small the constants', () => {
  const levels = [tf.range(1, 33), tf.range(33, 1, -1)].map((level) => tf.reshape(tf.div(level, 37), [32, 1, 1, 1]));
  const [x, y] = levels.map((level) => tf.tile(level, [1, 5, 5, 1])) as [tf.Tensor, tf.Tensor];
  const [a, b] = levels.map((level) => tf.reshape(level, [32, 1, 1])) as [tf.Tensor, tf.Tensor];
  const comparison = { window: [0.2, 0.3, 0.3, 0.2], stable: [1e-20, 1e-20], scales: 1, most: 1e9 } as const;
  const luminance = tf.div(tf.square(tf.sub(a, b)), tf.add(tf.square(a), tf.square(b)));
  const found = opKernels.dissimilarities?.(x, y, comparison, () => luminance) ?? luminance;
  assertClose(Array.from(found.dataSync()), Array.from(luminance.dataSync()), 1e-6, 'dissimilarities');
});

const sound = { ...opKernels };

/** Kernels that are broken, and what is to notice it. */
const mutants: readonly {
  readonly bug: string;
  readonly broken: Partial<typeof opKernels>;
  readonly compute: Compute;
  readonly inputs: () => readonly tf.Tensor[];
}[] = [
  {
    bug: 'a product whose rows are in another order',
    broken: { product: (a, b, ofA, ofB) => tf.reverse(tf.matMul(a, b, ofA, ofB), 0) },
    compute: (x) => matMul(x, x),
    inputs: () => [normal([40, 40], 1)],
  },
  {
    bug: 'distances of each pair at one of its places',
    broken: {
      distances: (a, b) => {
        const differences = tf.sub(tf.expandDims(a, 1), tf.expandDims(b, 0));
        return tf.linalg.bandPart(tf.sum(tf.square(differences), -1), 0, -1);
      },
    },
    compute: (x) => squaredDistances(x, x),
    inputs: () => [normal([40, 30], 1)],
  },
  {
    bug: 'distances from opposites that are those from vectors',
    broken: { signedDistances: (a, own, formula) => sound.signedDistances?.(a, tf.abs(own), formula) ?? null },
    compute: signed(symmetricSigns),
    inputs: () => [normal([4, 3], 1)],
  },
  {
    bug: 'rows of the next index',
    broken: {
      rows: (x, indices) => tf.matMul(tf.oneHot(tf.add(indices, tf.scalar(1, 'int32')).toInt(), x.shape[0]), x),
    },
    compute: (x) => rowsOf(x, tf.tensor1d([2, 0, 2], 'int32')),
    inputs: () => [normal([5, 3], 1)],
  },
  {
    bug: 'axes in the order of the numbers',
    broken: {
      transposed: (x, perm) =>
        tf.reshape(
          x,
          perm.map((axis) => x.shape[axis] as number),
        ),
    },
    compute: (x) => transpose(x, [0, 2, 1]),
    inputs: () => [normal([3, 11, 6], 1)],
  },
  {
    bug: 'repeated along the first axis',
    broken: { broadcastTo: (x, shape) => tf.reshape(tf.tile(x, [1, shape[1] as number, 1]), [...shape]) },
    compute: (x) => tf.where(ofShape(tf.tensor2d([1, 0, 1, 0], [2, 2], 'bool'), x.shape), x, 5),
    inputs: () => [normal([2, 2, 2], 1)],
  },
  {
    bug: 'classes counted from 1',
    broken: { isClass: (labels, classes) => tf.equal(tf.expandDims(labels, -1), tf.range(1, 1 + classes, 1, 'int32')) },
    compute: (x) => tf.where(isClass(tf.tensor1d([1, 0], 'int32'), 3), x, 5),
    inputs: () => [normal([2, 3], 1)],
  },
  {
    bug: 'what counts is filled',
    broken: { filled: (kept, x, value) => tf.where(kept, value, x) },
    compute: (x) => filledWith5(tf.tensor1d([1, 0, 1], 'bool'), x),
    inputs: () => [normal([3], 1)],
  },
  {
    bug: 'windows with the weights of others',
    broken: {
      dissimilarities: (x, y, comparison, formula) =>
        sound.dissimilarities?.(x, y, { ...comparison, window: [0.9, 0.1] }, formula) ?? null,
    },
    compute: unlike(1, 2),
    inputs: () => alike([1, 4, 4, 1]),
  },
  {
    bug: 'variances without their constant',
    broken: {
      dissimilarities: (x, y, { stable, ...comparison }, formula) =>
        sound.dissimilarities?.(x, y, { ...comparison, stable: [stable[0], 0] }, formula) ?? null,
    },
    compute: unlike(1, 2),
    inputs: () => alike([1, 4, 4, 1]),
  },
  {
    bug: 'images out of range that are compared as others are',
    broken: {
      dissimilarities: (x, y, comparison, formula) =>
        sound.dissimilarities?.(x, y, { ...comparison, most: Infinity }, formula) ?? null,
    },
    compute: unlike(1, 2),
    inputs: () => farOut(1e30),
  },
];

test.each(mutants.map((mutant) => [mutant.bug, mutant] as const))('%s: that is noticed', (_, { broken, ...what }) => {
  const whenOn = Object.entries(broken).map(([name, kernel]) => [
    name,
    (...given: unknown[]) =>
      tf.env().getBool('LOSSES_FUSED') ? (kernel as (...all: unknown[]) => unknown)(...given) : null,
  ]);
  Object.assign(opKernels, Object.fromEntries(whenOn));
  try {
    expect(() => holds(what.compute, what.inputs())).toThrow(/output 0/);
  } finally {
    Object.assign(opKernels, sound);
  }
});
