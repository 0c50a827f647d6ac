import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { compile, load, save } from '../../src/layers/index.js';
import { assertClose, compute } from '../support/law.js';
import { memoryFile } from '../support/memoryFile.js';
import { inputsFor, modelSaying, numberOf, random, saidBy, valuesOf } from '../support/predictionModel.js';

/* Several quantiles of one label, from one output. */

const quantiles = [0.1, 0.5, 0.9];
const batch = 4;

/** The quantile of each value, and its label less its prediction, for labels of one number for all quantiles. */
const places = (labels: tf.Tensor, predictions: tf.Tensor): (readonly [q: number, d: number])[] => {
  const given = labels.dataSync();
  return Array.from(predictions.dataSync(), (prediction, i) => [
    quantiles[i % 3] as number,
    (given[Math.floor(i / 3)] as number) - prediction,
  ]);
};

const valuesByHand = (...tensors: readonly [tf.Tensor, tf.Tensor]): number[] =>
  places(...tensors).map(([q, d]) => Math.max(q * d, (q - 1) * d));

const slopesByHand = (...tensors: readonly [tf.Tensor, tf.Tensor]): number[] =>
  places(...tensors).map(([q, d]) => (d > 0 ? -q : 1 - q));

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

const several = L.quantile.with({ quantile: quantiles });

describe.each([true, false])('with kernels: %s', (fused) => {
  beforeAll(() => tf.env().set('LOSSES_FUSED', fused));
  afterAll(() => tf.env().set('LOSSES_FUSED', true));

  test.each<[string, number[], (labels: tf.Tensor) => tf.Tensor]>([
    ['[batch]', [batch], (labels) => labels],
    ['[batch, 1]', [batch], (labels) => tf.expandDims(labels, -1)],
    ['[batch, Q]', [batch], (labels) => tf.tile(tf.expandDims(labels, -1), [1, 3])],
    ['[Q, Q]', [3], (labels) => labels],
    ['[batch] of integers', [batch], (labels) => tf.cast(labels, 'int32')],
    ['[batch, time]', [batch, 2], (labels) => labels],
    ['[batch, time, 1]', [batch, 2], (labels) => tf.expandDims(labels, -1)],
    ['of one example', [], (labels) => labels],
  ])('labels %s have a value for each quantile, and its gradient', (_, leading, form) => {
    const labels = tf.round(random('labels', leading));
    const predictions = random('predictions', [...leading, 3]);
    const loss = (p: tf.Tensor, reduction: L.Reduction = 'none'): tf.Tensor => several(form(labels), p, { reduction });
    const values = valuesByHand(labels, predictions);
    assertClose(
      compute(() => loss(predictions)),
      values,
      1e-6,
      'the values',
    );
    assertClose(
      compute(() => loss(predictions, 'mean')),
      [mean(values)],
      1e-6,
      'the mean',
    );
    assertClose(
      compute(() => tf.grad((p) => loss(p, 'sum'))(predictions)),
      slopesByHand(labels, predictions),
      1e-6,
      'the gradient',
    );
  });

  test('each column has the values that it has alone, with weights and a mask', () => {
    const [labels, predictions] = [random('y', [batch, 1]), random('x', [batch, 3])];
    const options = { weights: [1, 2, 0, 0.5], mask: [true, true, true, false], reduction: 'none' } as const;
    const together = tf.split(several(labels, predictions, options), 3, 1);
    tf.split(predictions, 3, 1).forEach((column, i) => {
      const alone = L.quantile(labels, column, { ...options, quantile: quantiles[i] });
      assertClose(Array.from(together[i]?.dataSync() ?? []), Array.from(alone.dataSync()), 1e-6, `column ${i}`);
    });
  });
});

describe('a model with one unit for each quantile', () => {
  const predictions = random('units', [batch, 3]);
  const values = random('targets', [batch]);

  test.each<[string, tf.Tensor]>([
    ['[batch]', values],
    ['[batch, 1]', tf.expandDims(values, -1)],
  ])('learns from labels %s, and does so after it was saved', async (_, labels) => {
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: tf.train.sgd(1), loss: several });
    const saved = memoryFile();
    await save(model, saved);
    const expected = mean(valuesByHand(values, predictions));
    const steps = slopesByHand(values, predictions).map(
      (slope, i) => (predictions.dataSync()[i] as number) - slope / (3 * batch),
    );
    for (const one of [model, await load(saved)]) {
      assertClose(
        [numberOf(one.evaluate(inputsFor(predictions), labels) as tf.Scalar)],
        [expected],
        1e-6,
        'the loss before',
      );
      await one.fit(inputsFor(predictions), labels, { batchSize: batch, epochs: 1, verbose: 0 });
      assertClose(saidBy(one), steps, 1e-6, 'what it says after a step');
    }
  });

  test('weighs examples', async () => {
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: tf.train.sgd(0), loss: several });
    const sampleWeight = tf.tensor1d([1, 0, 2, 0.5]);
    const { history } = await model.fit(inputsFor(predictions), values, { sampleWeight, batchSize: batch, verbose: 0 });
    const weighed = valuesByHand(values, predictions).map(
      (value, i) => value * (sampleWeight.dataSync()[Math.floor(i / 3)] as number),
    );
    assertClose(history['loss'] as number[], [mean(weighed)], 1e-6, 'the loss');
  });
});

test('several quantiles go to Keras and come back', () => {
  const [labels, predictions] = [random('y', [batch]), random('x', [batch, 3])];
  const again = fromConfig(JSON.parse(JSON.stringify(toKeras(several)))) as typeof several;
  expect(toKeras(again)).toEqual(toKeras(several));
  assertClose(
    compute(() => again(labels, predictions)),
    compute(() => several(labels, predictions)),
    0,
    'the values',
  );
  const ofTensor = L.quantile.with({ quantile: tf.tensor1d([0.25, 0.5]) });
  expect(toKeras(ofTensor).config['quantile']).toEqual([0.25, 0.5]);
});

test('what does not fit is refused, and both sizes are named', () => {
  const call = (quantile: tf.TensorLike | tf.Tensor, labels: tf.TensorLike, predictions: tf.TensorLike): unknown =>
    compute(() => L.quantile(labels, predictions, { quantile: quantile }));
  const two = [[0, 1]];
  expect(() => call(quantiles, [1], two)).toThrow(
    'quantile: quantile has shape [3]; expected [2], one for each entry of the last axis',
  );
  // One quantile of two columns is no list of quantiles.
  expect(() => call([0.5], [1], two)).toThrow('quantile: quantile has shape [1]; expected [2]');
  expect(() => call([[0.1, 0.9]], [1], two)).toThrow('quantile: quantile has shape [1,2]; expected [2]');
  expect(() => call([0.1, 1.5], [1], two)).toThrow('quantile: quantile[1] is 1.5; expected a number from 0 to 1');
  expect(() => call(tf.tensor1d([0.1, 1.5]), [1], two)).toThrow('quantile: quantile[1] is 1.5; expected');
  expect(() => call(0.5, [1], two)).toThrow(/labels has shape \[1\] and predictions has shape \[1,2\]/);
  // No label stands for several examples.
  expect(() => call([0.1, 0.9], [[1]], [...two, ...two])).toThrow(/labels has shape \[1,1\] and predictions/);
});
