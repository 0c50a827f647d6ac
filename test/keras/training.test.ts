import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { toKeras } from '../../src/keras/index.js';
import { compile, type ModelLoss } from '../../src/layers/index.js';
import { askKeras, written } from '../support/keras.js';
import { assertClose } from '../support/law.js';
import { inputsFor, modelSaying, random, valuesOf } from '../support/predictionModel.js';

const logits = random('training', [6, 3]);
const indices = tf.tensor1d([0, 2, 1, 1, 0, 2], 'int32');
const oneHot = tf.oneHot(indices, 3, 1, 0, 'float32');
const real = random('targets', [6, 3]);
const fromLogits = { fromLogits: true } as const;

/** Losses of Keras's own and of the Python module, and what they train on. */
const trained: [string, ModelLoss & { name: string }, tf.Tensor][] = [
  ['its own', L.huber.with({ delta: 0.5 }), real],
  ['its own, from logits', L.categoricalCrossentropy.with({ ...fromLogits, labelSmoothing: 0.1 }), oneHot],
  ['its own, with ignored labels', L.sparseCategoricalCrossentropy.with({ ...fromLogits, ignoreIndex: 2 }), indices],
  [
    'with an option that it lacks',
    L.sparseCategoricalCrossentropy.with({ ...fromLogits, classWeights: [1, 2, 0.5], labelSmoothing: 0.2, base: 2 }),
    indices,
  ],
  ['that it lacks', L.polyCrossentropy.with({ ...fromLogits, polyEpsilon: 2 }), oneHot],
  ['of masks', L.dice.with({ ...fromLogits, activation: 'sigmoid' }), oneHot],
  ['with a margin', L.categoricalHinge, oneHot],
  ['robust', L.robust.with({ alpha: -2, scale: 0.5 }), real],
  [
    'combined',
    L.combine({ mae: [L.logCosh, 1], tversky: [L.tversky.with({ ...fromLogits, alpha: 0.3, beta: 0.7 }), 0.5] }),
    oneHot,
  ],
  [
    'of columns',
    L.combine({
      kind: [L.sparseCategoricalCrossentropy.with(fromLogits), 1, { labels: 0, predictions: [0, 2] }],
      size: [L.smoothL1, 2, { labels: 1, predictions: 2 }],
    }),
    tf.tensor2d(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? Number(i % 4 === 0) : i / 4)),
      [6, 2],
    ),
  ],
  ['of several quantiles', L.quantile.with({ quantile: [0.1, 0.5, 0.9] }), random('one each', [6, 1])],
  ['summed', L.meanSquaredError.with({ reduction: 'sum' }), real],
];

const rate = 0.1;
let histories: ReturnType<typeof askKeras<number[]>>;
beforeAll(() => {
  histories = askKeras<number[]>(
    trained.map(([, loss, labels]) => ({
      ask: 'fit',
      config: toKeras(loss),
      rate,
      labels: written(labels),
      predictions: written(logits),
    })),
  );
}, 300_000);

test.each(trained.map(([title, loss, labels], i) => [title, loss.name, loss, labels, i] as const))(
  'Keras trains by a loss %s (%s) as this package does',
  async (_, __, loss, labels, i) => {
    const { answer, error } = histories[i] as (typeof histories)[number];
    if (!answer) throw new Error(error);
    const model = compile(modelSaying(valuesOf(logits)), { optimizer: tf.train.sgd(rate), loss });
    const { history } = await model.fit(inputsFor(logits), labels, {
      batchSize: 6,
      epochs: 3,
      verbose: 0,
      shuffle: false,
    });
    assertClose(answer, history['loss'] as number[], 2e-5, 'the loss of an epoch in Keras');
    expect(answer[2]).toBeLessThan(answer[0] as number);
  },
);

test('another rate is noticed', () => {
  const [first] = trained as [(typeof trained)[0]];
  const [question] = [
    { ask: 'fit', config: toKeras(first[1]), rate: 0.11, labels: written(first[2]), predictions: written(logits) },
  ];
  const [found] = askKeras<number[]>([question]);
  expect(() => assertClose(found?.answer ?? [], histories[0]?.answer ?? [], 2e-5, 'the loss')).toThrow('the loss');
});
