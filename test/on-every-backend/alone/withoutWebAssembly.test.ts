import * as tf from '@tensorflow/tfjs';
import { huber, sparseCategoricalCrossentropy } from '../../../src/index.js';
import { assertClose } from '../../support/law.js';
import { precision } from '../../support/precision.js';

afterEach(() => {
  jest.restoreAllMocks();
  tf.env().set('LOSSES_FUSED', true);
});

const logits = (): tf.Tensor => tf.randomNormal([2, 50_000], 0, 3, 'float32', 1);
const crossentropy = (x: tf.Tensor): tf.Tensor =>
  sparseCategoricalCrossentropy([2, 49_999], x, { fromLogits: true, reduction: 'mean' });

/** Value and gradient, and which kernels ran for them. */
async function outcome(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
): Promise<{ numbers: number[]; kernels: string[] }> {
  const numbers: number[] = [];
  const { kernels } = await tf.profile(() =>
    tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad(f)(x);
      numbers.push(...value.dataSync(), ...grad.dataSync());
      return value;
    }),
  );
  return { numbers, kernels: kernels.map(({ name }) => name) };
}

async function expectFormula(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, isByFormula: boolean): Promise<void> {
  const before = tf.memory().numTensors;
  const { numbers, kernels } = await outcome(f, x);
  expect(tf.memory().numTensors).toBe(before + 1); // the value that is profiled
  tf.env().set('LOSSES_FUSED', false);
  const expected = await outcome(f, x);
  tf.env().set('LOSSES_FUSED', true);
  expect(kernels.includes('FusedLoss')).toBe(!isByFormula);
  assertClose(numbers, expected.numbers, precision(), 'value and gradient');
}

/** There kernels work on the memory of tfjs. */
const isInPlace = (): boolean => tf.getBackend() === 'wasm';

test('a table for which there is no memory is computed by the formula, and by a kernel as soon as there is some', async () => {
  const grow = jest.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
  });
  await expectFormula(crossentropy, logits(), !isInPlace());
  expect(grow.mock.calls.length > 0).toBe(!isInPlace());
  jest.restoreAllMocks();
  await expectFormula(crossentropy, logits(), false);
});

test('where no code may be made, formulas compute, and that is tried once', async () => {
  const compiler = jest.spyOn(WebAssembly, 'Module').mockImplementation(() => {
    throw new WebAssembly.CompileError('WebAssembly.Module(): Wasm code generation disallowed by embedder');
  });
  const x = tf.tensor1d([0.5, -3, 0]);
  await expectFormula((p) => huber([0, 1, 2], p, { reduction: 'mean' }), x, true);
  await expectFormula((p) => huber([0, 1, 2], p, { delta: 2, reduction: 'sum' }), x, true);
  await expectFormula(crossentropy, logits(), true);
  expect(compiler).toHaveBeenCalledTimes(1);
});
