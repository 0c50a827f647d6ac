import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { toKeras } from '../../src/keras/index.js';
import { compile, type CompileArgs, type ModelLoss } from '../../src/layers/index.js';
import { askKeras, written } from '../support/keras.js';
import { assertClose } from '../support/law.js';
import { inputsFor, modelSaying, random, valuesOf } from '../support/predictionModel.js';

const predictions = tf.softmax(random('metrics', [7, 3]));
const indices = tf.tensor1d([0, 2, 1, 1, 0, 2, 1], 'int32');
const oneHot = tf.oneHot(indices, 3, 1, 0, 'float32');
const sampleWeight = tf.tensor1d([1, 0.5, 0, 2, 3, 0.25, 1]);
const both = { metrics: ['accuracy', 'mae'], weightedMetrics: ['accuracy', 'mae', 'mse'] };

const cases: [
  string,
  ModelLoss & { name: string },
  tf.Tensor,
  Pick<CompileArgs, 'metrics' | 'weightedMetrics'>,
  object,
][] = [
  ['weights of examples', L.categoricalCrossentropy, oneHot, both, { sampleWeight }],
  ['class weights', L.categoricalCrossentropy, oneHot, both, { classWeight: { 0: 2, 1: 0, 2: 0.5 } }],
  ['no weights', L.categoricalCrossentropy, oneHot, both, {}],
  ['weighted metrics alone', L.huber, oneHot, { weightedMetrics: ['mae'] }, { sampleWeight }],
  [
    'class indices',
    L.sparseCategoricalCrossentropy,
    indices,
    { ...both, metrics: ['accuracy'], weightedMetrics: ['accuracy'] },
    { sampleWeight },
  ],
];

// Batches of 3, 3 and 1: means of their means are others.
const batchSize = 3;
let histories: ReturnType<typeof askKeras<Record<string, number>>>;
beforeAll(() => {
  histories = askKeras<Record<string, number>>(
    cases.map(([, loss, labels, { metrics = [], weightedMetrics = [] }, weighing]) => ({
      ask: 'history',
      config: toKeras(loss),
      metrics,
      weighted: weightedMetrics,
      labels: written(labels),
      predictions: written(predictions),
      batch_size: batchSize,
      weighing: 'sampleWeight' in weighing ? { sampleWeight: written(sampleWeight) } : weighing,
    })),
  );
}, 300_000);

test.each(cases.map(([title, ...rest], i) => [title, i, ...rest] as const))(
  'an epoch and its validation have the metrics of Keras, by its names, with %s',
  async (_, i, loss, labels, metrics, weighing) => {
    const { answer, error } = histories[i] as (typeof histories)[number];
    if (!answer) throw new Error(error);
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: tf.train.sgd(0), loss, ...metrics });
    const x = inputsFor(predictions);
    const validationData = [x, labels, ...('sampleWeight' in weighing ? [sampleWeight] : [])] as [tf.Tensor, tf.Tensor];
    const { history } = await model.fit(x, labels, {
      ...weighing,
      validationData,
      batchSize,
      epochs: 1,
      verbose: 0,
      shuffle: false,
    });
    const named = Object.entries(answer).map(([name, value]): [string, number] => [
      name.replace('accuracy', 'acc'),
      value,
    ]);
    expect(Object.keys(history).sort()).toEqual(named.map(([name]) => name).sort());
    for (const [name, value] of named) assertClose(history[name] as number[], [value], 2e-6, name);
  },
);
