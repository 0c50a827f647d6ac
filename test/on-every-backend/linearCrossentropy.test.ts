import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { kernels } from '../../src/call/kernelSlots.js';
import type { Reduction } from '../../src/definition/options.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

declare const backend: string;

const [rows, classes, features] = [7, 11, 3];
const labels = numbers('labels', rows).map((x, i) => (i === 2 ? -1 : Math.floor(x * classes)));
const bias = numbers('bias', classes, [-1, 1]);
const classWeights = numbers('class weights', classes, [0.5, 2]);
const hidden = (): tf.Tensor => tf.tensor(numbers('hidden', rows * features, [-2, 2]), [rows, features]);
const weight = (): tf.Tensor => tf.tensor(numbers('weight', classes * features, [-2, 2]), [classes, features]);

const options = { ignoreIndex: -1, classWeights, labelSmoothing: 0.1, softcap: 3, zLoss: 0.01 };
const weights = numbers('weights', rows, [0.5, 2]);

/** Value and gradients for hidden states and weight, one after another. */
function all(f: (hidden: tf.Tensor, weight: tf.Tensor) => tf.Tensor): number[] {
  return tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads((h, w) => tf.sum(f(h, w)))([hidden(), weight()]);
    return [value, ...grads].flatMap((x) => Array.from(x.dataSync()));
  });
}

const whole = (reduction: Reduction) => (h: tf.Tensor, w: tf.Tensor) =>
  L.sparseCategoricalCrossentropy(labels, tf.add(tf.matMul(h, w, false, true), bias), {
    ...options,
    weights,
    reduction,
    fromLogits: true,
  });

describe('in chunks, the loss is that of the logits as a whole', () => {
  const reductions = ['none', 'perExample', 'mean', 'sum', 'weightedMean', 'meanOverNonzeroLosses'] as const;
  test.each(reductions)("'%s'", (reduction) => {
    for (const chunkSize of [1, 2, 7, 100, null]) {
      const given = { ...options, bias, weights, reduction, chunkSize };
      assertClose(
        all((h, w) => L.linearCrossentropy(labels, h, w, given)),
        all(whole(reduction)),
        2e-5,
        'entry',
      );
    }
  });

  test('with a kernel [D, C]', () => {
    const given = { ...options, bias, weights, reduction: 'mean', transposeWeight: true } as const;
    assertClose(
      all((h, w) => L.linearCrossentropy(labels, h, tf.transpose(w), given)),
      all(whole('mean')),
      2e-5,
      'entry',
    );
  });
});

/** With kernels the gradients, and the loss, are those of the formula, relative to the largest number of each. */
function holdsInChunks(given: Readonly<Record<string, unknown>>): void {
  const [n, c, d] = [37, 531, 20];
  const random = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);
  const run = (areOn: boolean): number[][] => {
    tf.env().set('LOSSES_FUSED', areOn);
    const words = tf.randomUniformInt([n], 0, c, 1);
    const inputs = [random([n, d], 2), random(given['transposeWeight'] ? [d, c] : [c, d], 3), random([c], 4)];
    if (given['classWeights']) inputs.push(tf.add(1.5, tf.sin(random([c], 5))));
    const loss = (...[h, w, b, own]: tf.Tensor[]): tf.Scalar =>
      L.linearCrossentropy(words, h as tf.Tensor, w as tf.Tensor, {
        reduction: 'mean',
        ...given,
        bias: b,
        ...(own ? { classWeights: own } : {}),
      });
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    return [value, ...grads].map((x) => Array.from(x.dataSync()));
  };
  tf.tidy(() => {
    const [found, expected] = [run(true), run(false)];
    expected.forEach((numbers, i) => {
      const size = Math.max(...numbers.map(Math.abs));
      const inUnits = (all: readonly number[]): number[] => all.map((x) => 1 + x / size);
      assertClose(inUnits(found[i] as number[]), inUnits(numbers), 1e-5, `output ${i}`);
    });
  });
}

describe('more classes than are multiplied at one time, in chunks that fill no tile', () => {
  afterEach(() => tf.env().set('LOSSES_FUSED', true));

  test.each([
    { chunkSize: 15 },
    { transposeWeight: true, chunkSize: 15 },
    { softcap: 5, zLoss: 0.01, labelSmoothing: 0.1 },
    { classWeights: true, labelSmoothing: 0.1 },
  ])('%j', (given) => holdsInChunks(given));

  test('chunks that forget what those before have added are noticed', () => {
    const { linear } = kernels;
    kernels.linear = (owner, losses, y, layer, factors) => {
      const last = (x: tf.Tensor): tf.Tensor => tf.concat([tf.zerosLike(tf.slice(x, 0, 15)), tf.slice(x, 15)]);
      const found = linear?.(owner, losses, y, layer, factors) ?? null;
      const part = linear?.(owner, losses, y, layer, factors && last(factors)) ?? null;
      return (
        found &&
        part && {
          losses: found.losses,
          gradients: { ...found.gradients, weight: part.gradients['weight'] as tf.Tensor },
        }
      );
    };
    try {
      const isKernel = backend !== 'tensorflow';
      const check = (): void => holdsInChunks({ chunkSize: 15 });
      if (isKernel) expect(check).toThrow(/output 2/);
      else check();
    } finally {
      if (linear) kernels.linear = linear;
    }
  });
});

test('a shift compares each hidden state with a later label', () => {
  const result = tf.tidy(() => {
    const states = tf.reshape(tf.slice(hidden(), 0, 6), [2, 3, features]);
    const next = [
      [9, 1, 2],
      [9, 3, 4],
    ];
    const shifted = L.linearCrossentropy(next, states, weight(), { shift: 1, reduction: 'none' });
    const own = L.linearCrossentropy(
      [
        [1, 2],
        [3, 4],
      ],
      tf.slice(states, 0, [2, 2, features]),
      weight(),
      { reduction: 'none' },
    );
    return { shifted: shifted.arraySync(), own: own.arraySync() };
  });
  expect(result.shifted).toEqual(result.own);
  expect(() => L.linearCrossentropy([1, 2], [[1], [2]], [[1], [2], [3]], { shift: 3 })).toThrow(
    /labels has shape \[2\] and hidden has shape \[2,1\]; expected .* with at least shift = 3 steps/,
  );
  expect(() =>
    L.linearCrossentropy(
      [[1, 0, 1]],
      [[[1, 2]]],
      [
        [1, 2],
        [3, 4],
      ],
      { shift: 2 },
    ),
  ).toThrow(/labels has shape \[1,3\] and hidden has shape \[1,1,2\]; expected/);
});

describe('a class that is ruled out by a bias of -Infinity', () => {
  const ruledOut = [-Infinity, 0, 0];
  const states = (): tf.Tensor2D => tf.tensor2d([1, 2, 0.5, -1, 2, 0], [3, 2]);
  const table = (): tf.Tensor2D => tf.tensor2d([0.5, 0, 1, 0.25, 0, -0.5], [3, 2]);

  test.each(['perExample', 'mean', 'sum'] as const)("leaves no trace at an ignored label under '%s'", (reduction) => {
    const gradients = tf.tidy(() =>
      tf
        .grads((h, m, w) =>
          tf.sum(L.linearCrossentropy([1, -100, 1], h, m, { bias: ruledOut, weights: w, reduction })),
        )([states(), table(), tf.tensor1d([1, 1, 1])])
        .flatMap((gradient) => Array.from(gradient.dataSync())),
    );
    expect(gradients.every(Number.isFinite)).toBe(true);
  });

  test('costs nothing where its weight is 0', () => {
    const given = { classWeights: [0, 1, 1], reduction: 'none' } as const;
    for (const labelSmoothing of [0, 0.1]) {
      const chunked = compute(() =>
        L.linearCrossentropy([0, 1, 2], states(), table(), { ...given, labelSmoothing, bias: ruledOut }),
      );
      const logits = (): tf.Tensor => tf.add(tf.matMul(states(), table(), false, true), ruledOut);
      const whole = compute(() =>
        L.sparseCategoricalCrossentropy([0, 1, 2], logits(), { ...given, labelSmoothing, fromLogits: true }),
      );
      expect(whole.every(Number.isFinite)).toBe(true);
      assertClose(chunked, whole, 1e-5, 'loss');
    }
  });
});

test('the gradient takes at most a tenth of the memory of logits and their loss', async () => {
  // Plain JavaScript and wasm take long for this, and have the same ratio at a sixty-fourth of the work.
  const [n, v, d] = backend === 'tensorflow' ? [512, 32000, 64] : [128, 8000, 16];
  const [h, w] = [tf.randomNormal([n, d], 0, 1, 'float32', 1), tf.randomNormal([v, d], 0, 0.05, 'float32', 2)];
  const y = tf.tensor(
    numbers('words', n).map((x) => Math.floor(x * v)),
    [n],
    'int32',
  );
  const before = tf.memory().numBytes;
  const peak = async (f: (h: tf.Tensor, w: tf.Tensor) => tf.Scalar): Promise<number> => {
    const { peakBytes } = await tf.profile(() => {
      const { value, grads } = tf.valueAndGrads(f)([h, w]);
      tf.dispose([value, ...grads]);
      return [];
    });
    return peakBytes - before;
  };
  const chunked = await peak((x, m) => L.linearCrossentropy(y, x, m, { reduction: 'mean' }));
  const logits = await peak((x, m) => tf.losses.softmaxCrossEntropy(tf.oneHot(y, v), tf.matMul(x, m, false, true)));
  tf.dispose([h, w, y]);
  expect(logits).toBeGreaterThan(4 * n * v);
  expect(chunked).toBeLessThanOrEqual(logits / 10);
}, 240_000);
