import * as tf from '@tensorflow/tfjs';
import { huber, sparseCategoricalCrossentropy } from '../../src/index.js';
import { load, save } from '../../src/layers/index.js';
import { byTfjs, byUs, evaluation, handingOn, handingOnTo, lossOf } from '../support/handingOn.js';

/*
 * What becomes of a loss in a file: with tfjs alone, and with `save` and `load` of this package. Where tfjs is right one
 * day, its line here fails.
 */

type Artifacts = tf.io.ModelArtifacts;

/** What is written to a file. */
async function written(saves: (handler: tf.io.IOHandler) => Promise<unknown>): Promise<Artifacts> {
  let artifacts: Artifacts = {};
  const handler = tf.io.withSaveHandler((all) => {
    artifacts = all;
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  });
  await saves(handler);
  return artifacts;
}

const writtenByTfjs = (model: tf.LayersModel): Promise<Artifacts> =>
  written((handler) => model.save(handler, { includeOptimizer: true }));
const writtenByUs = (model: tf.LayersModel): Promise<Artifacts> => written((handler) => save(model, handler));
const loadedByTfjs = (artifacts: Artifacts): Promise<tf.LayersModel> => tf.loadLayersModel(tf.io.fromMemory(artifacts));

const x = (): tf.Tensor => tf.tensor2d([[1], [4]]);
const zeros = (): tf.Tensor => tf.zeros([2, 1]);
const one = (): tf.Sequential => handingOn({ units: 1 });
// Quadratic up to 2: ½ and 2·(4 − 1).
const loss = huber.with({ delta: 2 });
const expected = (0.5 + 6) / 2;

let warn: jest.SpyInstance;
beforeEach(() => void (warn = jest.spyOn(console, 'warn').mockReturnValue()));
afterEach(() => warn.mockRestore());

describe('saving', () => {
  test('a loss that is a function is lost', async () => {
    const artifacts = await writtenByTfjs(byTfjs(one(), { loss, optimizer: 'sgd' }));
    expect(artifacts.trainingConfig?.loss).toEqual({});
    const reloaded = await loadedByTfjs(artifacts);
    await expect(reloaded.fit(x(), zeros(), { verbose: 0 })).rejects.toThrow('lossFunction is not a function');

    // Here of a model that either has compiled, by either way to save, with the function's options.
    const ours = await writtenByUs(byUs(one(), { loss, optimizer: 'sgd' }));
    const byMethod = await writtenByTfjs(byUs(one(), { loss, optimizer: 'sgd' }));
    const compiledByTfjs = await writtenByUs(byTfjs(one(), { loss, optimizer: 'sgd' }));
    for (const artifacts of [ours, byMethod, compiledByTfjs]) {
      const model = await load(tf.io.fromMemory(artifacts));
      expect(evaluation(model, x(), zeros())[0]).toBeCloseTo(expected, 5);
      expect(await lossOf(model, x(), zeros())).toBeCloseTo(expected, 5);
    }
  });

  test('a property of a function is taken for the name of an output', async () => {
    const half = Object.assign(
      function half(y: tf.Tensor, p: tf.Tensor): tf.Tensor {
        return tf.mul(0.5, tf.mean(tf.sub(p, y), -1));
      },
      { lossName: 'half' },
    );
    const artifacts = await writtenByTfjs(byTfjs(one(), { loss: half, optimizer: 'sgd' }));
    await expect(loadedByTfjs(artifacts)).rejects.toThrow('Unknown entry in loss dictionary');

    const ours = await writtenByUs(byUs(one(), { loss: half, optimizer: 'sgd' }));
    const model = await load(tf.io.fromMemory(ours), { customObjects: { half } });
    expect(evaluation(model, x(), zeros())).toEqual([1.25]);
  });

  test('a method of a function makes it fail', async () => {
    const withMethod = Object.assign((y: tf.Tensor, p: tf.Tensor): tf.Tensor => tf.sub(p, y), { with: () => null });
    const model = byTfjs(one(), { loss: withMethod, optimizer: 'sgd' });
    await expect(writtenByTfjs(model)).rejects.toThrow('Serialization of non-string loss is not supported');
    // The losses of this package have methods, but no enumerable ones.
    expect(Object.keys(loss)).toEqual([]);
    await expect(writtenByTfjs(byTfjs(one(), { loss, optimizer: 'sgd' }))).resolves.toBeDefined();
  });

  test.each([
    ['a list', [loss, huber]],
    ['a dictionary', { a: loss, b: huber }],
  ])('%s of functions makes it fail', async (_, losses) => {
    const two = (): tf.LayersModel => handingOnTo(['a', 'b']);
    const theirs = byTfjs(two(), { loss: losses, optimizer: 'sgd' });
    await expect(writtenByTfjs(theirs)).rejects.toThrow('Serialization of non-string loss is not supported');
    const model = await load(tf.io.fromMemory(await writtenByUs(byUs(two(), { loss: losses, optimizer: 'sgd' }))));
    // With δ = 1: ½ and 3.5.
    const [total, ...parts] = evaluation(model, x(), [zeros(), zeros()]) as [number, ...number[]];
    expect(parts).toEqual([expected, 2]);
    expect(total).toBe(expected + 2);
  });

  test('a metric that is a function makes the file unreadable', async () => {
    const theirs = byTfjs(one(), { loss: 'meanSquaredError', metrics: [loss], optimizer: 'sgd' });
    await expect(writtenByTfjs(theirs).then(loadedByTfjs)).rejects.toThrow('Unknown metric huber');
    const ours = byUs(one(), { loss: 'meanSquaredError', metrics: [loss], optimizer: 'sgd' });
    const model = await load(tf.io.fromMemory(await writtenByUs(ours)));
    expect(evaluation(model, x(), zeros())).toEqual([17 / 2, expected]);
  });
});

describe('loading', () => {
  /** A file of a model of two outputs or one, with this about training. */
  async function file(names: readonly string[], training: object): Promise<Artifacts> {
    const model = names.length > 1 ? handingOnTo(names) : handingOn({ units: 3 });
    const { trainingConfig, ...artifacts } = await writtenByTfjs(
      byTfjs(model, { loss: 'meanSquaredError', optimizer: tf.train.sgd(1) }),
    );
    return { ...artifacts, trainingConfig: { ...trainingConfig, ...training } as tf.io.TrainingConfig };
  }

  const logits = (): tf.Tensor =>
    tf.tensor2d([
      [0, 0, 0],
      [Math.log(2), 0, 0],
    ]);
  const indices = (): tf.Tensor => tf.tensor2d([[2], [0]]);
  const fromLogits = {
    class_name: 'SparseCategoricalCrossentropy',
    config: { reduction: 'auto', name: 'sparse_categorical_crossentropy', from_logits: true },
  };
  const crossentropy = (Math.log(3) + Math.log(2)) / 2;

  test('loss weights are refused', async () => {
    const artifacts = await file(['a', 'b'], {
      loss: ['mean_squared_error', 'mean_squared_error'],
      loss_weights: [1, 10],
    });
    await expect(loadedByTfjs(artifacts)).rejects.toThrow('Loading loss_weights is not supported yet');
    const model = await load(tf.io.fromMemory(artifacts));
    expect(evaluation(model, x(), [zeros(), zeros()])).toEqual([17 / 2 + 10 * (17 / 2), 17 / 2, 17 / 2]);
  });

  test('a loss with options, as Keras 2 writes it, is taken for a name', async () => {
    const artifacts = await file(['a'], { loss: fromLogits });
    await expect(loadedByTfjs(artifacts)).rejects.toThrow('is not a function');
    const model = await load(tf.io.fromMemory(artifacts));
    expect(evaluation(model, logits(), indices())[0]).toBeCloseTo(crossentropy, 5);
  });

  test('a converted Keras model arrives without its loss', async () => {
    const { modelTopology, weightSpecs = [], weightData } = await file(['a'], {});
    const converted = {
      weightSpecs,
      ...(weightData && { weightData }),
      modelTopology: {
        model_config: modelTopology as object,
        keras_version: '2.11.0',
        training_config: {
          loss: fromLogits,
          metrics: ['accuracy'],
          optimizer_config: { class_name: 'Adam', config: { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.99 } },
        },
      },
    };
    const theirs = await loadedByTfjs(converted);
    await expect(theirs.fit(logits(), indices(), { verbose: 0 })).rejects.toThrow('compile');
    const model = await load(tf.io.fromMemory(converted));
    const [total, accuracy] = evaluation(model, logits(), indices());
    expect(total).toBeCloseTo(crossentropy, 5);
    // The first guess is class 0, and should be 2.
    expect(accuracy).toBe(0.5);
    expect(model.optimizer.getConfig()).toMatchObject({ learningRate: 0.01, beta1: 0.8, beta2: 0.99 });
  });

  test('a loss of one’s own cannot be given along', async () => {
    const own = (y: tf.Tensor, p: tf.Tensor): tf.Tensor => sparseCategoricalCrossentropy(y, p, { fromLogits: true });
    const artifacts = await file(['a'], { loss: 'own' });
    await expect(loadedByTfjs(artifacts)).rejects.toThrow('Unknown loss own');
    const model = await load(tf.io.fromMemory(artifacts), { customObjects: { own } });
    expect(evaluation(model, logits(), indices())[0]).toBeCloseTo(crossentropy, 5);
  });
});
