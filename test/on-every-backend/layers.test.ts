import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
import { assertClose } from '../support/law.js';
import { evaluated, inputsFor, modelSaying, numberOf, random, valuesOf } from '../support/predictionModel.js';

const sgd = (rate = 0): tf.Optimizer => tf.train.sgd(rate);
describe('labels', () => {
  const logits = random('labels', [4, 3]);
  const classes = [2, 0, 1, 1];
  const expected = (): number =>
    numberOf(L.sparseCategoricalCrossentropy(classes, logits, { fromLogits: true, reduction: 'mean' }));

  test.each<[string, () => tf.Tensor]>([
    ['int32 [batch]', () => tf.tensor1d(classes, 'int32')],
    ['float32 [batch]', () => tf.tensor1d(classes)],
    ['int32 [batch, 1]', () => tf.tensor2d(classes, [4, 1], 'int32')],
  ])('class indices %s', async (_, labels) => {
    const model = modelSaying(valuesOf(logits));
    compile(model, {
      optimizer: sgd(),
      loss: L.sparseCategoricalCrossentropy.with({ fromLogits: true }),
      metrics: 'accuracy',
    });
    const x = inputsFor(logits);
    const { loss, acc } = evaluated(model, model.evaluate(x, labels()));
    const right = Array.from(tf.argMax(logits, -1).dataSync()).filter((guess, i) => guess === classes[i]).length / 4;
    assertClose([loss as number, acc as number], [expected(), right], 1e-5, 'loss and accuracy');
    const { history } = await model.fit(x, labels(), { epochs: 1, verbose: 0 });
    assertClose(history['loss'] as number[], [expected()], 1e-5, 'the loss of fit');
    assertClose(
      [((await model.trainOnBatch(x, labels())) as number[])[0] as number],
      [expected()],
      1e-5,
      'trainOnBatch',
    );
  });

  test('class indices [batch, time], ignored ones, and weights of time steps', async () => {
    const steps = random('steps', [2, 3, 4]);
    const labels = tf.tensor2d(
      [
        [3, -1, 0],
        [1, 2, -1],
      ],
      [2, 3],
      'int32',
    );
    const loss = L.sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: -1 });
    const sampleWeight = tf.tensor2d([
      [1, 7, 2],
      [0.5, 0, 7],
    ]);
    const model = compile(modelSaying(valuesOf(steps)), { optimizer: sgd(), loss, metrics: ['accuracy'] });
    const values = Array.from(loss(labels, steps, { reduction: 'none' }).dataSync());
    const byHand = (weights: number[]): number =>
      values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / 4;
    const [x, all] = [inputsFor(steps), { epochs: 1, verbose: 0 } as const];
    const plain = await model.fit(x, labels, all);
    assertClose(plain.history['loss'] as number[], [byHand([1, 1, 1, 1, 1, 1])], 1e-5, 'the loss');
    const weighed = await model.fit(x, labels, { ...all, sampleWeight });
    assertClose(weighed.history['loss'] as number[], [byHand([1, 7, 2, 0.5, 0, 7])], 1e-5, 'the weighed loss');
    const classWeight = { 0: 3, 1: 5 };
    const both = await model.fit(x, labels, { ...all, sampleWeight, classWeight });
    assertClose(both.history['loss'] as number[], [byHand([1, 7, 6, 2.5, 0, 7])], 1e-5, 'with class weights');
    // Accuracy counts the four that are not ignored.
    const guesses = Array.from(tf.argMax(steps, -1).dataSync());
    const right = Array.from(labels.dataSync()).filter((label, i) => label === guesses[i]).length / 4;
    assertClose(plain.history['acc'] as number[], [right], 1e-6, 'accuracy');
  });
});

describe('class weights', () => {
  const classWeight = { 0: 2, 1: 0.5 };
  type ModelLoss = typeof L.hinge | typeof L.binaryCrossentropy | typeof L.categoricalCrossentropy;
  const kinds: [string, ModelLoss, () => tf.Tensor, labels: number[] | number[][], weights: number[][]][] = [
    [
      'one-hot labels of rank 3, by position',
      L.categoricalCrossentropy,
      () => tf.softmax(random('one-hot', [2, 3, 3])),
      [
        [0, 1, 2],
        [2, 1, 0],
      ],
      [
        [2, 0.5, 1],
        [1, 0.5, 2],
      ],
    ],
    [
      'several labels at once, by entry',
      L.binaryCrossentropy,
      () => tf.sigmoid(random('multilabel', [2, 3])),
      [
        [0, 1, 1],
        [0, 0, 1],
      ],
      [
        [2, 0.5, 0.5],
        [2, 2, 0.5],
      ],
    ],
    ['signed labels', L.hinge, () => random('signed', [3, 1]), [[-1], [1], [-1]], [[2], [0.5], [2]]],
  ];

  test.each(kinds)('%s', async (_, loss, predictionsOf, given, weights) => {
    const predictions = predictionsOf();
    const entries = tf.tensor(given);
    // Where predictions have an axis of classes more, the labels are one-hot.
    const isOneHot = entries.rank < predictions.rank;
    const labels = isOneHot ? tf.oneHot(tf.cast(entries, 'int32'), predictions.shape.at(-1) as number) : entries;
    const byHand = tf.mean(tf.mul(loss(labels, predictions, { reduction: 'none' }), weights));
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: sgd(), loss });
    const { history } = await model.fit(inputsFor(predictions), labels, { classWeight, epochs: 1, verbose: 0 });
    assertClose(history['loss'] as number[], [numberOf(byHand)], 1e-5, 'the loss');
  });

  test('are left out of validation, where weights of examples count', async () => {
    const predictions = random('validation', [4, 2]);
    const labels = tf.tensor1d([0, 1, 0, 1], 'int32');
    const loss = L.sparseCategoricalCrossentropy.with({ fromLogits: true });
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: sgd(), loss });
    const sampleWeight = tf.tensor1d([1, 2, 3, 4]);
    const all = { classWeight, sampleWeight, epochs: 1, verbose: 0 } as const;
    const values = Array.from(loss(labels, predictions).dataSync()) as [number, number, number, number];
    const x = inputsFor(predictions);
    const split = await model.fit(x, labels, { ...all, validationSplit: 0.5 });
    assertClose(split.history['loss'] as number[], [(2 * values[0] + 0.5 * 2 * values[1]) / 2], 1e-5, 'the loss');
    assertClose(split.history['val_loss'] as number[], [(3 * values[2] + 4 * values[3]) / 2], 1e-5, 'val_loss');
    const given = await model.fit(x, labels, { ...all, validationData: [x, labels, tf.tensor1d([0, 0, 1, 0])] });
    assertClose(given.history['val_loss'] as number[], [values[2] / 4], 1e-5, 'val_loss');
  });
});

describe('datasets', () => {
  test('carry weights into fitDataset and evaluateDataset', async () => {
    const predictions = random('dataset', [4, 2]);
    const labels = [0, 1, 1, 0];
    const weights = [1, 2, 0, 4];
    const loss = L.sparseCategoricalCrossentropy.with({ fromLogits: true });
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: sgd(), loss });
    const xs = inputsFor(predictions).arraySync();
    const of = (sampleWeight: number[] | null): tf.data.Dataset<tf.TensorContainer> =>
      tf.data
        .array(
          xs.map((row, i) => ({
            xs: row,
            ys: labels[i] as number,
            ...(sampleWeight && { sampleWeight: sampleWeight[i] as number }),
          })),
        )
        .batch(2);
    const values = Array.from(loss(labels, predictions).dataSync());
    const byHand = (factors: number[]): number =>
      values.reduce((sum, value, i) => sum + value * (factors[i] as number), 0) / 4;
    const before = tf.memory().numTensors;
    const { history } = await model.fitDataset(of(weights), {
      epochs: 1,
      verbose: 0,
      classWeight: { 1: 3 },
      validationData: of(weights),
    });
    assertClose(history['loss'] as number[], [byHand([1, 6, 0, 4])], 1e-5, 'the loss');
    assertClose(history['val_loss'] as unknown as number[], [byHand(weights)], 1e-5, 'val_loss');
    const evaluatedOn = (await model.evaluateDataset(of(null) as never, {})) as tf.Scalar;
    assertClose([numberOf(evaluatedOn)], [byHand([1, 1, 1, 1])], 1e-5, 'evaluateDataset');
    evaluatedOn.dispose();
    expect(tf.memory().numTensors - before).toBe(0);
  });

  test('of which the inputs are the labels', async () => {
    const model = tf.sequential({ layers: [tf.layers.dropout({ rate: 0, inputShape: [2] })] });
    model.add(tf.layers.dense({ units: 2, kernelInitializer: 'identity' }));
    compile(model, { optimizer: sgd(), loss: 'mse' });
    const rows = [
      [1, 2],
      [3, 4],
    ];
    const itself = tf.data
      .array(rows)
      .batch(1)
      .map((row) => ({ xs: row, ys: row }));
    const before = tf.memory().numTensors;
    const loss = (await model.evaluateDataset(itself, {})) as tf.Scalar;
    expect(numberOf(loss)).toBe(0);
    loss.dispose();
    expect((await model.fitDataset(itself, { epochs: 2, verbose: 0 })).history['loss']).toEqual([0, 0]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('that do not fit leave nothing behind', async () => {
    const model = compile(modelSaying({ data: [1, 2], shape: [2, 1] }), { optimizer: sgd(), loss: 'mse' });
    const of = (item: object): tf.data.Dataset<tf.TensorContainer> => tf.data.array([item as never]).batch(1);
    const run = async (item: object, complaint: string): Promise<void> => {
      const before = tf.memory().numTensors;
      await expect(model.fitDataset(of(item), { epochs: 1, verbose: 0 })).rejects.toThrow(complaint);
      expect(tf.memory().numTensors).toBe(before);
    };
    await run({ xs: [1, 0], ys: { other: 1 } }, 'the labels of');
    await run({ xs: [1, 0], ys: [1, 2, 3] }, 'meanSquaredError: labels has shape [1,3]');
  });
});
