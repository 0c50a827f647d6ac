import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, load, save, type CompileArgs } from '../../src/layers/index.js';
import { withRequired } from '../support/draw.js';
import { allLosses, inputNames, type AnyLoss } from '../support/losses.js';
import { assertClose } from '../support/law.js';
import { kerasFile } from '../support/kerasFile.js';
import { memoryFile } from '../support/memoryFile.js';
import { cannotFill, isOlderWasm } from '../support/olderWasm.js';
import { evaluated, inputsFor, modelSaying, numberOf, random, valuesOf } from '../support/predictionModel.js';

const once = { epochs: 1, verbose: 0 } as const;

const predictions = random('files', [4, 3]);
const x = inputsFor(predictions);

/** Throws unless two models evaluate to the same numbers. */
function assertAlike(
  actual: tf.LayersModel,
  expected: tf.LayersModel,
  y: tf.Tensor | tf.Tensor[],
  tolerance: number,
  what = 'the numbers of evaluate',
): void {
  const [a, b] = [actual, expected].map((model) => Object.values(evaluated(model, model.evaluate(x, y))));
  assertClose(a as number[], b as number[], tolerance, what);
}

describe('a saved model comes back with its loss', () => {
  const labels = tf.tensor1d([0, 1, 2, 2], 'int32');
  const oneHot = tf.oneHot(labels, 3).toFloat();
  const settings: [string, CompileArgs, tf.Tensor][] = [
    ['a name', { optimizer: 'sgd', loss: 'huber' }, oneHot],
    [
      'options',
      {
        optimizer: tf.train.adam(0.1),
        loss: L.sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: 2, classWeights: [1, 2, 3] }),
        metrics: ['accuracy', 'ce'],
      },
      labels,
    ],
    [
      'what Keras lacks',
      {
        optimizer: tf.train.rmsprop(0.1, 0.8),
        loss: L.robust.with({ alpha: -Infinity, scale: 2 }),
        metrics: [L.huber.with({ delta: 0.5 }), L.combine({ mse: [L.meanSquaredError, 2] })],
      },
      oneHot,
    ],
    [
      'a combination, and weights',
      {
        optimizer: tf.train.momentum(0.1, 0.5),
        loss: L.combine({ bce: [L.binaryCrossentropy.with({ fromLogits: true }), 1], mae: [L.meanAbsoluteError, 0.5] }),
        lossWeights: [3],
      },
      oneHot,
    ],
  ];

  test.each(settings)('%s', async (_, args, y) => {
    const model = compile(modelSaying(valuesOf(predictions)), args);
    // The state of the optimizer comes back too: both go on alike.
    await model.fit(x, y, once);
    for (const write of [
      (to: tf.io.IOHandler) => save(model, to),
      (to: tf.io.IOHandler) => model.save(to, { includeOptimizer: true }),
    ]) {
      const saved = memoryFile();
      await write(saved);
      const back = await load(saved);
      expect(back.metricsNames).toEqual(model.metricsNames);
      assertAlike(back, model, y, 1e-6);
      await back.fit(x, y, { ...once, shuffle: false });
      const twin = await load(saved);
      await twin.fit(x, y, { ...once, shuffle: false });
      assertAlike(back, twin, y, 0, 'the numbers after training');
    }
    const saved = memoryFile();
    await save(model, saved);
    const back = await load(saved);
    await back.fit(x, y, { ...once, shuffle: false });
    await model.fit(x, y, { ...once, shuffle: false });
    assertAlike(back, model, y, 1e-5, 'the numbers after training both');
  });

  test('outputs by name, and those without a loss', async () => {
    const input = tf.input({ shape: [4] });
    const outputs = ['a', 'b', 'c'].map(
      (name) => tf.layers.dense({ name, units: 3 }).apply(input) as tf.SymbolicTensor,
    );
    const model = compile(tf.model({ inputs: input, outputs }), {
      optimizer: 'sgd',
      loss: { a: L.huber.with({ delta: 2 }), c: 'mae' },
      lossWeights: { c: 4 },
      metrics: { a: ['mse'], c: 'accuracy' },
    });
    const saved = memoryFile();
    await save(model, saved);
    const back = await load(saved);
    expect(back.metricsNames).toEqual(['loss', 'a_loss', 'c_loss', 'a_mse', 'c_acc']);
    assertAlike(back, model, [oneHot, oneHot], 1e-6);
  });
});

describe('files of tfjs', () => {
  const y = tf.oneHot(tf.tensor1d([0, 1, 2, 2], 'int32'), 3).toFloat();
  // All that tfjs takes by name.
  const names = [
    'meanSquaredError',
    'meanAbsoluteError',
    'meanAbsolutePercentageError',
    'meanSquaredLogarithmicError',
    'squaredHinge',
    'hinge',
    'categoricalHinge',
    'logcosh',
    'categoricalCrossentropy',
    'binaryCrossentropy',
    'kullbackLeiblerDivergence',
    'poisson',
    'cosineProximity',
  ];

  test.each(names)('saved with the loss %s', async (loss) => {
    const said = tf.softmax(predictions);
    const model = modelSaying(valuesOf(said));
    model.compile({ optimizer: 'adam', loss, metrics: ['mae'] });
    const saved = memoryFile();
    await model.save(saved, { includeOptimizer: true });
    const back = await load(saved);
    // Soft labels, which no loss of tfjs stumbles over; -1 and 1 for those with a margin.
    const soft = tf.softmax(random('soft labels', [4, 3]));
    const labels = /^(squaredH|h)inge$/.test(loss) ? tf.sub(tf.mul(tf.cast(y, 'float32'), 2), 1) : soft;
    expect(back.metricsNames).toEqual(model.metricsNames);
    const compare = (): void => assertAlike(back, model, labels, 1e-5);
    if (loss === 'cosineProximity' && isOlderWasm) expect(compare).toThrow(cannotFill);
    else compare();
  });

  test('saved with a loss that tfjs has dropped: it is said, and the model is not compiled', async () => {
    const model = modelSaying(valuesOf(predictions));
    model.compile({ optimizer: 'sgd', loss: (labels, said) => tf.losses.meanSquaredError(labels, said) });
    const saved = memoryFile();
    await model.save(saved, { includeOptimizer: true });
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const back = await load(saved);
    expect(warn.mock.calls.join()).toContain('names no loss');
    warn.mockRestore();
    expect(() => back.evaluate(x, y)).toThrow('compile');
  });

  test('that are not compiled', async () => {
    const saved = memoryFile();
    await modelSaying(valuesOf(predictions)).save(saved);
    const back = await load(saved);
    assertClose(
      Array.from((back.predict(x) as tf.Tensor).dataSync()),
      Array.from(predictions.dataSync()),
      1e-6,
      'the predictions',
    );
  });

  test('compiled by tfjs with a loss of this package are saved with it', async () => {
    const model = modelSaying(valuesOf(predictions));
    model.compile({ optimizer: 'sgd', loss: L.huber.with({ delta: 0.25 }), metrics: ['mae'] });
    const saved = memoryFile();
    await save(model, saved);
    const back = await load(saved);
    assertAlike(back, model, y, 1e-6);
  });

  test('tfjs itself loads what is saved here', async () => {
    const saved = memoryFile();
    await save(compile(modelSaying(valuesOf(predictions)), { optimizer: 'adam', loss: L.huber }), saved);
    const back = await tf.loadLayersModel(saved);
    assertClose(
      Array.from((back.predict(x) as tf.Tensor).dataSync()),
      Array.from(predictions.dataSync()),
      1e-6,
      'the predictions',
    );
  });
});

describe('files of Keras, as the converter of tfjs writes them', () => {
  const converted = (training: object, topology: object = {}): tf.io.IOHandler =>
    kerasFile(modelSaying(valuesOf(predictions)), training, { keras_version: '2.15.0', ...topology });
  const optimizer_config = {
    class_name: 'Custom>Adam',
    config: {
      name: 'Adam',
      learning_rate: 0.25,
      beta_1: 0.8,
      beta_2: 0.99,
      epsilon: 1e-7,
      amsgrad: false,
      jit_compile: true,
      is_legacy_optimizer: false,
    },
  };
  const y = tf.tensor1d([0, 1, 2, 2], 'int32');

  test('of tf.keras: loss objects, optimizer and metrics', async () => {
    const loss = {
      class_name: 'SparseCategoricalCrossentropy',
      config: {
        reduction: 'auto',
        name: 'sparse_categorical_crossentropy',
        from_logits: true,
        ignore_class: 1,
        fn: 'sparse_categorical_crossentropy',
      },
    };
    const metrics = [
      [
        {
          class_name: 'MeanMetricWrapper',
          config: { name: 'accuracy', dtype: 'float32', fn: 'sparse_categorical_accuracy' },
        },
      ],
    ];
    const model = await load(
      converted({ loss, metrics, weighted_metrics: null, loss_weights: null, optimizer_config }),
    );
    const byHand = L.sparseCategoricalCrossentropy(y, predictions, {
      fromLogits: true,
      ignoreIndex: 1,
      reduction: 'mean',
    });
    const { loss: value, sparseCategoricalAccuracy: accuracy } = evaluated(model, model.evaluate(x, y));
    assertClose([value as number], [numberOf(byHand)], 1e-5, 'the loss');
    expect(accuracy).toBeGreaterThanOrEqual(0);
    expect(model.optimizer.getConfig()).toMatchObject({ learningRate: 0.25, beta1: 0.8, beta2: 0.99 });
  });

  test('of Keras 3 before 3.16, which weighs false negatives by the α of Tversky', async () => {
    const loss = {
      module: 'keras.losses',
      class_name: 'Tversky',
      config: { name: 'tversky', reduction: 'sum_over_batch_size', alpha: 0.25, beta: 2, axis: null },
      registered_name: null,
    };
    const [labels, said] = [tf.oneHot(y, 3), tf.sigmoid(predictions)];
    const expected = (alpha: number, beta: number): number =>
      numberOf(L.tversky(labels, said, { alpha, beta, axis: 'all', smooth: 0, reduction: 'mean' }));
    for (const [keras_version, value] of [
      ['3.15.1', expected(2, 0.25)],
      ['3.16.0', expected(0.25, 2)],
    ] as const) {
      const model = await load(converted({ loss, metrics: null, optimizer_config }, { keras_version }));
      model.setWeights([said]);
      assertClose([numberOf(model.evaluate(x, labels) as tf.Scalar)], [value], 1e-5, keras_version);
    }
  });

  test.each<[string, object, RegExp]>([
    [
      'an optimizer that tfjs lacks',
      { loss: 'mse', optimizer_config: { class_name: 'Lion', config: { learning_rate: 0.1 } } },
      /nothing like the optimizer "Lion".*argument optimizer/,
    ],
    [
      'a schedule',
      {
        loss: 'mse',
        optimizer_config: { class_name: 'SGD', config: { learning_rate: { class_name: 'CosineDecay' } } },
      },
      /learning rate an object.*argument optimizer/,
    ],
    ['a loss that nobody has', { loss: 'my_own', optimizer_config }, /no loss is called "my_own"/],
  ])('with %s', async (_, training, complaint) => {
    await expect(load(converted(training))).rejects.toThrow(complaint);
    const own = (labels: tf.Tensor, said: tf.Tensor): tf.Tensor => tf.abs(tf.sub(labels, said));
    const model = await load(converted(training), { optimizer: 'sgd', customObjects: { my_own: own } });
    expect(numberOf(model.evaluate(x, tf.zeros([4, 3])) as tf.Scalar)).toBeGreaterThan(0);
  });

  test('with metrics of all kinds, and their options', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const metrics = [
      { class_name: 'BinaryCrossentropy', config: { name: 'own', dtype: 'float32', from_logits: true } },
      { module: 'keras.metrics', class_name: 'BinaryAccuracy', config: { name: 'b', dtype: null, threshold: 0.7 } },
      {
        module: 'keras.src.metrics.reduction_metrics',
        class_name: 'MeanMetricWrapper',
        config: { name: 'm', fn: { module: 'builtins', class_name: 'function', config: 'mean_absolute_error' } },
      },
    ];
    const model = await load(converted({ loss: 'mse', metrics, optimizer_config }));
    const labels = tf.oneHot(y, 3);
    const byHand = L.binaryCrossentropy(labels, predictions, { fromLogits: true, reduction: 'mean' });
    const found = evaluated(model, model.evaluate(x, labels));
    expect(Object.keys(found)).toEqual(['loss', 'binaryCrossentropy', 'binaryAccuracy', 'mean_absolute_error']);
    assertClose([found['binaryCrossentropy'] as number], [numberOf(byHand)], 1e-5, 'the metric');
    expect(warn.mock.calls.join()).toContain('of the metric BinaryAccuracy not everything is known: threshold: 0.7');
    warn.mockRestore();
  });

  test('with options of an optimizer that tfjs lacks: they are left out, and that is said', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const config = { ...optimizer_config.config, clipnorm: 1, weight_decay: null };
    await load(converted({ loss: 'mse', optimizer_config: { class_name: 'Adam', config } }));
    expect(warn.mock.calls).toEqual([["load: tfjs's Adam has no clipnorm; it is left out."]]);
    warn.mockRestore();
  });

  test('that cannot be loaded leave nothing behind', async () => {
    const artifacts = (await converted({ loss: 'mse', optimizer_config }).load?.()) as tf.io.ModelArtifacts;
    const topology = artifacts.modelTopology as object;
    const weightSpecs: tf.io.WeightsManifestEntry[] = [{ name: 'other', shape: [4, 3], dtype: 'float32' }];
    const refused: [Partial<tf.io.ModelArtifacts>, string][] = [
      [{ weightSpecs }, 'other'],
      [{ modelTopology: { ...topology, training_config: { loss: 'my_own', optimizer_config } } }, 'my_own'],
    ];
    for (const [changes, complaint] of refused) {
      const before = tf.memory().numTensors;
      await expect(load({ load: () => Promise.resolve({ ...artifacts, ...changes }) })).rejects.toThrow(complaint);
      expect([complaint, tf.memory().numTensors - before]).toEqual([complaint, 0]);
    }
  });

  test('with a metric of Keras that is not here: it is left out, and that is said', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const metrics = ['mae', { class_name: 'AUC', config: { name: 'auc', num_thresholds: 200 } }];
    const model = await load(converted({ loss: 'mse', metrics, optimizer_config }));
    expect(warn.mock.calls).toEqual([['load: there is no metric "AUC" of Keras here; it is left out.']]);
    warn.mockRestore();
    expect(model.metricsNames).toEqual(['loss', 'mae']);
  });
});

describe('functions that are not of this package', () => {
  function halved(labels: tf.Tensor, said: tf.Tensor): tf.Tensor {
    return tf.mul(0.5, tf.square(tf.sub(labels, said)));
  }
  const y = tf.zeros([4, 3]);

  test('are saved by name, and wanted by name', async () => {
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: 'sgd', loss: halved, metrics: [halved] });
    const saved = memoryFile();
    await save(model, saved);
    await expect(load(saved)).rejects.toThrow(
      '"halved" of "Custom" is not of this package; expected it in customObjects',
    );
    const back = await load(saved, { customObjects: { halved } });
    assertAlike(back, model, y, 1e-6);
  });

  test('are not taken for losses of this package that have their names', async () => {
    function huber(labels: tf.Tensor, said: tf.Tensor): tf.Tensor {
      return halved(labels, said);
    }
    const saved = memoryFile();
    await save(compile(modelSaying(valuesOf(predictions)), { optimizer: 'sgd', loss: huber }), saved);
    await expect(load(saved)).rejects.toThrow('"huber" of "Custom" is not of this package');
    const back = await load(saved, { customObjects: { huber } });
    assertClose([numberOf(back.evaluate(x, y) as tf.Scalar)], [numberOf(tf.mean(halved(y, predictions)))], 1e-6, 'it');
  });

  test('without a name are not saved, before anything is written', async () => {
    const written = jest.fn();
    const model = compile(modelSaying(valuesOf(predictions)), {
      optimizer: 'sgd',
      loss: [(labels: tf.Tensor, said: tf.Tensor) => tf.sub(labels, said)],
    });
    await expect(save(model, { save: written })).rejects.toThrow('there is a function without a name');
    expect(written).not.toHaveBeenCalled();
  });
});

test('an address that nobody knows is refused', async () => {
  const model = compile(modelSaying(valuesOf(predictions)), { optimizer: 'sgd', loss: 'mse' });
  await expect(save(model, 'nowhere://model')).rejects.toThrow('save: 0 handlers know "nowhere://model"; expected one');
});

test('saving leaves nothing behind', async () => {
  const model = compile(modelSaying(valuesOf(predictions)), { optimizer: 'adam', loss: 'huber' });
  await model.fit(x, tf.zeros([4, 3]), once);
  const before = tf.memory().numTensors;
  await save(model, memoryFile());
  await model.save(memoryFile(), { includeOptimizer: true });
  expect(tf.memory().numTensors).toBe(before);
});

test('every loss that a model can have is saved', () => {
  const written = allLosses
    .filter((loss: AnyLoss) => inputNames(loss).length === 2)
    .map((loss) => withRequired(loss, { classes: 3, last: 3, batch: 4 }).config().class_name);
  expect(new Set(written).size).toBe(written.length);
});
