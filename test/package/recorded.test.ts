import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { cosineDistance, dice } from '../../src/index.js';
import { type Compute, type Replay, replayOf } from '../../src/kernels/recorded/replay.js';
import { anew, decided } from '../../src/kernels/tfjs/watch.js';
import { assertClose } from '../support/law.js';

/* Computations that are recorded give, of other numbers, what they give as they stand. */

type Step = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** Steps from tensors [2, 3, 4] to one of that shape: each in groups of another kind, or between them. */
const steps: Readonly<Record<string, Step>> = {
  product: (x, y) => tf.mul(x, y),
  softmax: (x) => tf.softmax(x),
  'of rows': (x) => tf.sub(x, tf.max(x, -1, true)),
  'of the first axis': (x) => tf.sub(x, tf.mean(x, 0, true)),
  'of the middle axis': (x) => tf.div(x, tf.add(1, tf.sum(tf.square(x), 1, true))),
  'of all': (x) => tf.mul(x, tf.sigmoid(tf.mean(x))),
  transposed: (x) => tf.reshape(tf.transpose(x, [2, 0, 1]), [2, 3, 4]),
  reversed: (x, y) => tf.concat([tf.slice(y, [0, 1, 0], [2, 2, 4]), tf.slice(x, [0, 0, 0], [2, 1, 4])], 1),
  matrices: (x, y) => tf.reshape(tf.matMul(tf.reshape(x, [2, 3, 4]), tf.matMul(y, x, true)), [2, 3, 4]),
  chosen: (x, y) => tf.maximum(x, tf.mul(0.5, y)),
  'of a row of its own': (x, y) => tf.add(x, tf.slice(y, [0, 0, 0], [1, 1, 4])),
  'of a column of its own': (x, y) => tf.mul(x, tf.slice(y, [0, 0, 0], [1, 3, 1])),
  tanh: (x) => tf.tanh(x),
  running: (x) => tf.cumsum(x, 2),
};

const shape = [2, 3, 4];
const names = Object.keys(steps);

/** A computation by the names of its steps, to one number or to one for each row. */
const composed =
  (path: readonly string[], isTotal: boolean): Compute =>
  ([first, second]) => {
    const [a, b] = [first, second] as [tf.Tensor, tf.Tensor];
    let [x, y] = [a, b];
    for (const name of path) [x, y] = [(steps[name] as Step)(x, y), tf.add(x, tf.mul(0.25, b))];
    return isTotal ? tf.mean(tf.mul(x, y)) : tf.sum(tf.mul(x, y), -1);
  };

const drawn = (seed: number): tf.Tensor => tf.randomUniform(shape, -1, 1, 'float32', seed);

/** Value and derivatives. */
const outcome = (compute: Compute, at: readonly tf.Tensor[]): number[] =>
  tf.tidy(() => {
    const total = (...tensors: tf.Tensor[]): tf.Scalar => {
      const value = compute(tensors);
      return tf.sum(tf.mul(value, tf.range(1, value.size + 1).reshape(value.shape)));
    };
    const { value, grads } = tf.valueAndGrads(total)([...at]);
    return [value, ...grads].flatMap((x) => [...x.dataSync()]);
  });

/** Throws if a replay gives anything else than the computation, of numbers that it has not seen. */
function compare(replay: Replay | null, compute: Compute): void {
  if (!replay) throw new Error('not recorded');
  const at = [drawn(3), drawn(4)];
  const again: Compute = (tensors) => replay(tensors, compute) ?? tf.scalar(NaN);
  const before = tf.memory().numTensors;
  // Twice: what derivatives are asked for is made along with the value from then on.
  for (const round of [1, 2]) assertClose(outcome(again, at), outcome(compute, at), 2e-5, `round ${round}, output`);
  assertClose([...tf.tidy(() => again(at)).dataSync()], [...tf.tidy(() => compute(at)).dataSync()], 2e-5, 'value');
  expect(tf.memory().numTensors).toBe(before + 2);
}

const recordedOf = (compute: Compute, gives: readonly number[]): Replay | null =>
  replayOf([drawn(1), drawn(2)], compute, { shape: gives, predictions: 1 });

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test('computations of some steps', () => {
    const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(path, fc.boolean(), (all, isTotal) => {
        const compute = composed(all, isTotal);
        compare(recordedOf(compute, isTotal ? [] : [2, 3]), compute);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('another computation would be noticed', () => {
    const recorded = recordedOf(composed(['softmax', 'transposed'], true), []);
    expect(() => compare(recorded, composed(['softmax'], true))).toThrow(/round 1, output\[\d+\] is/);
  });
});

test.each(['cpu', 'wasm'])('integers that a kernel of %s takes as numbers', async (backend) => {
  await tf.setBackend(backend);
  const labels = tf.tensor3d([1, 0, 0, 1, 1, 0, 1, 1], [2, 2, 2], 'int32');
  const predictions = tf.randomUniform([2, 2, 2, 1], 0, 1, 'float32', 5);
  const gradient = tf.grad((x) => tf.sum(dice.with({ smooth: 1 })(labels, x as tf.Tensor4D)));
  const loss = dice.with({ smooth: 1 });
  const later = tf.grad((x) => tf.sum(loss(labels, x as tf.Tensor4D)));
  for (let call = 0; call < 4; call++)
    assertClose([...later(predictions).dataSync()], [...gradient(predictions).dataSync()], 1e-6, `call ${call}`);
});

/** Losses of classes along the middle axis; kernels for some derivatives are made while they are recorded. */
const alongTheMiddle: readonly (readonly [string, (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor])[] = [
  ['sums of rows of classes', dice.with({ classAxis: 1, reduction: 'mean' })],
  ['rows of classes', cosineDistance.with({ axis: 1, reduction: 'mean' })],
];

describe.each(['cpu', 'wasm'])('classes along the middle axis on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  afterEach(() => tf.env().set('LOSSES_FUSED', true));

  const cases = alongTheMiddle.flatMap(([name, loss]) =>
    (['float32', 'int32'] as const).map((dtype) => [name, dtype, loss] as const),
  );
  test.each(cases)('%s, of labels %s', async (_, dtype, loss) => {
    const labels = tf.cast(tf.greater(drawn(1), 0), dtype);
    const gradient = (seed: number): tf.Tensor => tf.grad((x) => loss(labels, tf.sigmoid(x)))(drawn(seed));
    for (let call = 0; call < 4; call++) gradient(2);
    const { result, kernelNames } = await tf.profile(() => gradient(3));
    expect(kernelNames).toContain('RecordedLoss');
    tf.env().set('LOSSES_FUSED', false);
    assertClose([...(result as tf.Tensor).dataSync()], [...gradient(3).dataSync()], 1e-5, 'gradient');
  });
});

describe('what decides by numbers', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  const scaled =
    (by: (x: tf.Tensor) => number): Compute =>
    ([x]) =>
      tf.sum(tf.mul(x as tf.Tensor, by(x as tf.Tensor)));

  test('is not recorded where it reads them, or draws at random', () => {
    expect(
      recordedOf(
        scaled((x) => x.dataSync()[0] as number),
        [],
      ),
    ).toBeNull();
    expect(
      recordedOf(
        scaled(() => Math.random()),
        [],
      ),
    ).toBeNull();
  });

  test('is asked again where it tells what it decides', () => {
    const compute = scaled((x) => decided([x], ([all]) => (((all as ArrayLike<number>)[0] as number) > 0 ? 2 : 3)));
    const [one, other] = [tf.fill(shape, 0.5), tf.fill(shape, -0.5)];
    const replay = replayOf([one, one.clone()], compute, { shape: [], predictions: 0 });
    expect(replay?.([one, one], compute)?.dataSync()).toEqual(Float32Array.of(24));
    expect(replay?.([other, other], compute)).toBeNull();
  });

  test('draws anew where it says so', () => {
    let count = 0;
    const compute: Compute = ([x]) => tf.sum(tf.mul(x as tf.Tensor, anew(() => [tf.scalar(++count)])[0] as tf.Tensor));
    const one = tf.ones(shape);
    const replay = replayOf([one, one.clone()], compute, { shape: [], predictions: 0 });
    const found = [1, 2].map(() => replay?.([one, one], compute)?.dataSync()[0]);
    expect(found).toEqual([48, 72]);
  });
});
