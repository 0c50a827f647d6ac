import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { accuracyFor, compile, load, save, type CompileArgs, type ModelMetric } from '../../src/layers/index.js';
import { assertClose } from '../support/law.js';
import { evaluated, inputsFor, modelSaying, numberOf, random, valuesOf } from '../support/predictionModel.js';

const sgd = (): tf.Optimizer => tf.train.sgd(0);

/** y = 2x. */
function doubling(): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false })] });
  model.setWeights([tf.tensor2d([[2]])]);
  return model;
}

describe('a position that weighs nothing', () => {
  const x = tf.tensor2d([[1], [2]]);
  const y = tf.tensor2d([[1], [NaN]]);
  const sampleWeight = tf.tensor1d([1, 0]);

  test('and has no label makes no metric NaN', () => {
    const loss = L.meanAbsoluteError.with({ reduction: 'weightedMean' });
    const model = compile(doubling(), { optimizer: sgd(), loss, metrics: ['mae'], weightedMetrics: ['mae'] });
    assertClose((model.evaluate(x, y, { sampleWeight }) as tf.Scalar[]).map(numberOf), [1, 1, 1], 1e-6, 'the numbers');
  });

  test('counts in a metric that is not weighted where it has a label', () => {
    const model = compile(doubling(), { optimizer: sgd(), loss: 'mse', metrics: ['mae'], weightedMetrics: ['mae'] });
    const known = tf.tensor2d([[1], [1]]);
    const { mae, weighted_mae: weighted } = evaluated(model, model.evaluate(x, known, { sampleWeight }));
    assertClose([mae as number, weighted as number], [2, 1], 1e-6, 'mae');
  });

  const ofProbabilities: ModelMetric[] = [
    'accuracy',
    'crossentropy',
    'precision',
    'recall',
    'mse',
    L.dice,
    L.combine({ mae: [L.meanAbsoluteError, 1], focal: [L.binaryFocalCrossentropy, 2] }),
    function own(labels, predictions) {
      return tf.mean(tf.square(tf.sub(labels, predictions)), -1);
    },
    function perEntry(labels, predictions) {
      return tf.abs(tf.sub(labels, predictions));
    },
  ];
  const name = (metric: ModelMetric): string => (typeof metric === 'string' ? metric : metric.name);
  test.each(ofProbabilities.map((metric) => [name(metric), metric] as const))(
    'is no part of %s, as if it were not there',
    async (_, metric) => {
      const predictions = tf.sigmoid(random('probabilities', [4, 3]));
      const labels = tf.tensor2d([1, 0, 1, 0, 0, 1, NaN, NaN, NaN, 1, 1, 0], [4, 3]);
      const weights = tf.tensor1d([1, 0.5, 0, 2]);
      const kept = tf.tensor1d([0, 1, 3], 'int32');
      const of = (rows: tf.Tensor1D | null): typeof predictions => (rows ? tf.gather(predictions, rows) : predictions);
      const compiled = (rows: tf.Tensor1D | null): ReturnType<typeof compile> =>
        compile(modelSaying(valuesOf(of(rows))), {
          optimizer: sgd(),
          loss: L.binaryCrossentropy,
          metrics: [metric],
          weightedMetrics: [metric],
        });
      const [all, few] = [compiled(null), compiled(kept)];
      const found = (all.evaluate(inputsFor(predictions), labels, { sampleWeight: weights }) as tf.Scalar[]).map(
        numberOf,
      );
      const expected = few.evaluate(inputsFor(of(kept)), tf.gather(labels, kept), {
        sampleWeight: tf.gather(weights, kept),
      }) as tf.Scalar[];
      assertClose(found.slice(1), expected.map(numberOf).slice(1), 1e-5, 'the metrics');
      const args = { sampleWeight: weights, epochs: 1, verbose: 0, batchSize: 2, shuffle: false } as const;
      const { history } = await all.fit(inputsFor(predictions), labels, args);
      const ofEpoch = all.metricsNames.map((one) => history[one]?.[0] as number);
      if (metric !== L.dice) assertClose(ofEpoch.slice(1), found.slice(1), 1e-5, 'the metrics of an epoch');
    },
  );
});

describe('weighted metrics', () => {
  const predictions = random('weighted', [5, 1]);
  const labels = random('labels', [5, 1]);
  const sampleWeight = tf.tensor1d([1, 0, 3, 0.5, 2]);
  const x = inputsFor(predictions);
  const args: CompileArgs = { optimizer: 'sgd', loss: 'mse', metrics: 'mae', weightedMetrics: ['mae', 'logcosh'] };
  const byHand = (loss: typeof L.huber | typeof L.meanAbsoluteError, weights: tf.Tensor | null): number =>
    numberOf((loss as typeof L.meanAbsoluteError)(labels, predictions, { weights, reduction: 'weightedMean' }));
  const expected = [
    byHand(L.meanAbsoluteError, null),
    byHand(L.meanAbsoluteError, sampleWeight),
    byHand(L.logCosh, sampleWeight),
  ];
  const names = ['mae', 'weighted_mae', 'logcosh'];
  const compiled = (): ReturnType<typeof compile> =>
    compile(modelSaying(valuesOf(predictions)), { ...args, optimizer: sgd() });
  const dataset = {
    iterator: () => {
      const starts = [0, 2, 4];
      return Promise.resolve({
        next: () => {
          const start = starts.shift();
          if (start === undefined) return Promise.resolve({ value: null, done: true });
          const part = (data: tf.Tensor): tf.Tensor => tf.slice(data, start, Math.min(2, 5 - start));
          return Promise.resolve({
            value: { xs: part(x), ys: part(labels), sampleWeight: part(sampleWeight) },
            done: false,
          });
        },
      });
    },
  };

  test.each([1, 2, 3, 5])('are those of all examples, in batches of %i', async (batchSize) => {
    const model = compiled();
    expect(model.metricsNames).toEqual(['loss', ...names]);
    const result = evaluated(model, model.evaluate(x, labels, { sampleWeight, batchSize }));
    assertClose(
      names.map((name) => result[name] as number),
      expected,
      1e-5,
      'evaluate',
    );
    const all = { sampleWeight, batchSize, epochs: 2, verbose: 0 };
    const { history } = await model.fit(x, labels, { ...all, validationData: [x, labels, sampleWeight] });
    for (const prefix of ['', 'val_']) {
      for (const epoch of [0, 1]) {
        assertClose(
          names.map((name) => history[prefix + name]?.[epoch] as number),
          expected,
          1e-5,
          `fit, ${prefix}`,
        );
      }
    }
  });

  test('are so in datasets, and on one batch', async () => {
    const model = compiled();
    const result = evaluated(model, await model.evaluateDataset(dataset as never, {}));
    assertClose(
      names.map((name) => result[name] as number),
      expected,
      1e-5,
      'evaluateDataset',
    );
    const { history } = await model.fitDataset(dataset as never, {
      epochs: 1,
      verbose: 0,
      validationData: dataset as never,
    });
    for (const prefix of ['', 'val_']) {
      assertClose(
        names.map((name) => history[prefix + name]?.[0] as number),
        expected,
        1e-5,
        `fitDataset, ${prefix}`,
      );
    }
    const onBatch = (await model.trainOnBatch(x, labels, { sampleWeight })) as number[];
    assertClose(onBatch.slice(1), expected, 1e-5, 'trainOnBatch');
  });

  test('reach callbacks of both kinds, and leave nothing behind', async () => {
    class Recorder extends tf.Callback {
      readonly seen: number[][] = [];
      override onEpochEnd(_: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
        const values = names.map((name) => logs[name] as number | tf.Scalar);
        this.seen.push(values.map((value) => (typeof value === 'number' ? value : numberOf(value))));
        return Promise.resolve();
      }
    }
    const model = compiled();
    const run = async (callbacks: tf.Callback[] | tf.CustomCallbackArgs): Promise<void> => {
      await model.fit(x, labels, { sampleWeight, batchSize: 2, epochs: 2, verbose: 0, callbacks });
    };
    const recorder = new Recorder();
    const ofFunctions: number[][] = [];
    const functions = {
      onEpochEnd: (_: number, logs?: tf.Logs) => void ofFunctions.push(names.map((name) => logs?.[name] as number)),
      // A batch of its own in the middle of an epoch.
      onBatchEnd: async () => {
        await model.trainOnBatch(x, tf.zerosLike(labels));
      },
    };
    await run([recorder, tf.callbacks.earlyStopping({ monitor: 'weighted_mae', patience: 5 })]);
    const before = tf.memory().numTensors;
    await run(functions);
    // The labels of the batches.
    expect(tf.memory().numTensors - before).toBe(6);
    for (const logs of [...recorder.seen, ...ofFunctions]) assertClose(logs, expected, 1e-5, 'the logs');
    expect([recorder.seen.length, ofFunctions.length]).toEqual([2, 2]);
  });

  test('come back from a file', async () => {
    const model = compiled();
    const { artifacts } = (await save(
      model,
      tf.io.withSaveHandler((made) => Promise.resolve({ modelArtifactsInfo: {} as never, artifacts: made })),
    )) as unknown as { readonly artifacts: tf.io.ModelArtifacts };
    const back = await load(tf.io.fromMemory(artifacts));
    expect(back.metricsNames).toEqual(model.metricsNames);
    const numbers = (of: typeof back): number[] =>
      (of.evaluate(x, labels, { sampleWeight }) as tf.Scalar[]).map(numberOf);
    assertClose(numbers(back), numbers(model), 1e-6, 'the numbers');
  });

  test('of several outputs have the weights of each', () => {
    const input = tf.input({ shape: [1] });
    const head = (name: string, slope: number): tf.SymbolicTensor => {
      const layer = tf.layers.dense({ name, units: 1, useBias: false });
      const output = layer.apply(input) as tf.SymbolicTensor;
      layer.setWeights([tf.tensor2d([[slope]])]);
      return output;
    };
    const model = compile(tf.model({ inputs: input, outputs: [head('a', 1), head('b', 2)] }), {
      optimizer: sgd(),
      loss: ['mse', 'mse'],
      metrics: { b: 'mae' },
      weightedMetrics: ['mae'],
    });
    expect(model.metricsNames).toEqual(['loss', 'a_loss', 'b_loss', 'b_mae', 'a_mae', 'b_weighted_mae']);
    const zeros = tf.zeros([2, 1]);
    const inputs = tf.tensor2d([[1], [3]]);
    const weights = { a: tf.tensor1d([3, 1]), b: tf.tensor1d([0, 1]) };
    const result = evaluated(model, model.evaluate(inputs, [zeros, zeros], { sampleWeight: weights }));
    const found = ['b_mae', 'a_mae', 'b_weighted_mae'].map((name) => result[name] as number);
    assertClose(found, [4, 1.5, 6], 1e-6, 'the metrics');
  });
});

test('ratios of several batches are those of all examples: ignored labels, precision and recall', async () => {
  const predictions = tf.sigmoid(random('ratios', [7, 1]));
  const labels = tf.tensor2d([1, 0, -1, -1, 1, 1, -1], [7, 1]);
  const metrics = ['accuracy', 'precision', 'recall', 'crossentropy'];
  const model = compile(modelSaying(valuesOf(predictions)), {
    optimizer: sgd(),
    loss: L.binaryCrossentropy.with({ ignoreIndex: -1 }),
    metrics,
  });
  const x = inputsFor(predictions);
  const numbers = (batchSize: number): number[] =>
    (model.evaluate(x, labels, { batchSize }) as tf.Scalar[]).map(numberOf).slice(1);
  const all = numbers(7);
  assertClose(numbers(3), all, 1e-6, 'batches of 3');
  const { history } = await model.fit(x, labels, { batchSize: 2, epochs: 1, verbose: 0 });
  assertClose(
    model.metricsNames.slice(1).map((name) => history[name]?.[0] as number),
    all,
    1e-6,
    'an epoch',
  );
});

describe('missing targets, NaN,', () => {
  const predictions = random('missing', [4, 2]);
  const labels = tf.tensor2d([1, NaN, 0.5, 2, NaN, NaN, -1, 0], [4, 2]);
  const metrics: ModelMetric[] = [
    'mae',
    L.logCosh,
    function own(y, p) {
      return tf.square(tf.sub(y, p));
    },
  ];
  const known = [0, 2, 3, 6, 7];
  const errors = (f: (d: number) => number): number => {
    const [y, p] = [labels.dataSync(), predictions.dataSync()];
    return known.reduce((sum, i) => sum + f((p[i] as number) - (y[i] as number)), 0) / known.length;
  };
  const square = (d: number): number => d * d;
  const logCosh = (d: number): number => Math.log(Math.cosh(d));

  test('count neither in the loss nor in its metrics, in training and after a file', async () => {
    const loss = L.meanSquaredError.with({ ignoreNaN: true });
    const model = compile(modelSaying(valuesOf(predictions)), { optimizer: tf.train.sgd(0.1), loss, metrics });
    const x = inputsFor(predictions);
    const expected = [errors(square), errors(Math.abs), errors(logCosh), errors(square)];
    const numbers = (of: tf.LayersModel): number[] => (of.evaluate(x, labels) as tf.Scalar[]).map(numberOf);
    assertClose(numbers(model), expected, 1e-5, 'evaluate');
    const { artifacts } = (await save(
      model,
      tf.io.withSaveHandler((made) => Promise.resolve({ modelArtifactsInfo: {} as never, artifacts: made })),
    )) as unknown as { readonly artifacts: tf.io.ModelArtifacts };
    const back = await load(tf.io.fromMemory(artifacts), { customObjects: { own: metrics[2] as never } });
    assertClose(numbers(back), expected, 1e-5, 'evaluate after a file');
    const { history } = await model.fit(x, labels, { epochs: 2, verbose: 0 });
    assertClose([history['loss']?.[0] as number], [expected[0] as number], 1e-5, 'the loss');
    expect(history['loss']?.[1]).toBeLessThan(expected[0] as number);
    // No gradient where there is no label.
    const [before, after] = [predictions, model.getWeights()[0] as tf.Tensor].map((w) => w.dataSync());
    for (const i of [1, 4, 5]) expect(after?.[i]).toBe(before?.[i]);
  });

  test('are NaN in accuracy otherwise left out too, of class indices and of one number per class', () => {
    const said = tf.softmax(random('classes', [4, 3]));
    const right = tf.argMax(said, -1).dataSync() as Int32Array;
    const indices = tf.tensor1d([right[0] as number, NaN, (Number(right[2]) + 1) % 3, NaN]);
    const oneHot = tf.where(
      tf.isNaN(indices).expandDims(1).tile([1, 3]),
      NaN,
      tf.cast(tf.oneHot(tf.cast(indices, 'int32'), 3), 'float32'),
    );
    for (const [loss, given] of [
      [L.sparseCategoricalCrossentropy, indices],
      [L.categoricalCrossentropy, oneHot],
    ] as const) {
      const model = compile(modelSaying(valuesOf(said)), {
        optimizer: sgd(),
        loss: (loss as typeof L.categoricalCrossentropy).with({ ignoreNaN: true }),
        metrics: ['accuracy', 'crossentropy'],
      });
      const { acc, ce, loss: value } = evaluated(model, model.evaluate(inputsFor(said), given));
      assertClose([acc as number, ce as number], [0.5, value as number], 1e-6, 'accuracy and crossentropy');
      expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe("in tfjs's own model.compile", () => {
  const logits = random('plain', [20, 4]);
  const labels = tf.cast(tf.argMax(logits, -1), 'float32');
  const some = tf.where(tf.less(tf.range(0, 20), 5), tf.mod(tf.add(labels, 1), 4), labels);

  test("'accuracy' is another number, accuracyFor the right one, under the same name", async () => {
    const loss = L.sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: 9 });
    const data = tf.tidy(() => ({ xs: inputsFor(logits), ys: some.expandDims(1) }));
    const dataset = {
      iterator: () => {
        const items = [
          { value: { xs: data.xs.clone(), ys: data.ys.clone() }, done: false },
          { value: null, done: true },
        ];
        return Promise.resolve({ next: () => Promise.resolve(items.shift()) });
      },
    };
    const accuracies = ['accuracy', accuracyFor(loss)].map(async (metric) => {
      const model = modelSaying(valuesOf(logits));
      model.compile({ optimizer: sgd(), loss, metrics: [metric] });
      expect(model.metricsNames).toEqual(['loss', 'acc']);
      const [, acc] = (await model.evaluateDataset(dataset as never, {})) as tf.Scalar[];
      return numberOf(acc as tf.Scalar);
    });
    const [theirs, ours] = await Promise.all(accuracies);
    assertClose([ours as number], [0.75], 1e-6, 'accuracyFor');
    expect(theirs).not.toBeCloseTo(0.75, 2);
  });

  test.each([
    [
      'yes or no from logits',
      L.binaryCrossentropy.with({ fromLogits: true }),
      [[2], [-1], [0.2]],
      [[1], [0], [0]],
      2 / 3,
    ],
    ['signed labels', L.hinge, [[2], [-1], [0.2]], [[1], [-1], [-1]], 2 / 3],
    [
      'one-hot',
      L.categoricalCrossentropy,
      [
        [0.2, 0.8],
        [0.6, 0.4],
      ],
      [
        [0, 1],
        [0, 1],
      ],
      0.5,
    ],
    [
      'an ignored index',
      L.sparseCategoricalCrossentropy.with({ ignoreIndex: -1 }),
      [
        [0.2, 0.8],
        [0.6, 0.4],
      ],
      [[1], [-1]],
      1,
    ],
  ] as const)('accuracyFor %s', (_, loss, predictions, given, expected) => {
    const before = tf.memory().numTensors;
    const result = accuracyFor(loss)(tf.tensor(given), tf.tensor(predictions));
    assertClose([numberOf(result)], [expected], 1e-6, 'the accuracy');
    expect(tf.memory().numTensors - before).toBe(3);
  });

  test("'accuracy' in model.compile, after compile, is warned of", () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const model = modelSaying(valuesOf(logits));
    const args = { optimizer: sgd(), loss: L.sparseCategoricalCrossentropy.with({ fromLogits: true }) };
    compile(model, { ...args, metrics: ['accuracy'] });
    model.compile({ ...args, metrics: [accuracyFor(args.loss)] });
    compile(model, args);
    model.compile({ ...args, loss: 'meanSquaredError', metrics: ['accuracy'] });
    expect(warned).not.toHaveBeenCalled();
    compile(model, args);
    model.compile({ ...args, metrics: ['accuracy'] });
    expect(warned.mock.calls).toEqual([[expect.stringContaining('"accuracy"')]]);
    expect(warned.mock.calls[0]?.[0]).toContain('accuracyFor(loss)');
    warned.mockRestore();
  });

  test('compile says that it replaces nothing in a model without the methods of tfjs-layers 4', () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const model = doubling();
    const { model: inner } = model as unknown as { model: object };
    const stranger = Object.create(Object.getPrototypeOf(inner) as object, {
      makeTrainFunction: { value: undefined },
    }) as object;
    const original = model.compile.bind(model);
    model.compile = (args): void => {
      original(args);
      Object.setPrototypeOf((model as unknown as { model: object }).model, stranger);
    };
    compile(model, { optimizer: sgd(), loss: 'mse' });
    expect(warned.mock.calls).toEqual([[expect.stringContaining('no makeTrainFunction')]]);
    warned.mockRestore();
  });

  test('accuracyFor says what it wants', () => {
    expect(() => accuracyFor(3 as never)).toThrow('accuracyFor: the loss is 3; expected a loss');
    expect(() => accuracyFor('huber' as never)).toThrow('getLoss');
  });
});
