import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, load, save, type Metrics } from '../../src/layers/index.js';
import { kerasFile } from '../support/kerasFile.js';
import { kerasVersions, namesIn } from '../support/kerasVersions.js';
import { allLosses, inputNames, type AnyLoss } from '../support/losses.js';
import { memoryFile } from '../support/memoryFile.js';
import { inputsFor, modelSaying, numberOf, random, valuesOf } from '../support/predictionModel.js';

const predictions = random('names in files', [4, 3]);
const [x, y] = [inputsFor(predictions), tf.zeros([4, 3])];
const saying = (): tf.Sequential => modelSaying(valuesOf(predictions));

const optimizer_config = { class_name: 'SGD', config: { learning_rate: 0.1 } };

/** The model of all files of Keras here. */
const ofKeras = saying();

/** A file of a version of Keras, with this in its `training_config`. */
const fileOf = (training: object, keras_version = '3.15.1'): tf.io.IOHandler =>
  kerasFile(ofKeras, { loss: 'mse', optimizer_config, ...training }, { keras_version });

/** A function of somebody else's. */
const mine = (labels: tf.Tensor, said: tf.Tensor): tf.Tensor => tf.mul(3, tf.abs(tf.sub(labels, said)));
const ofMine = numberOf(tf.mean(mine(y, predictions)));

const valuesIn = (model: tf.LayersModel): tf.Scalar[] => [model.evaluate(x, y)].flat();

let warn: jest.SpyInstance;
beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation();
});
afterEach(() => {
  warn.mockRestore();
});

describe.each(Object.entries(kerasVersions).filter(([, { metrics }]) => metrics))(
  'Keras %s',
  (version, { metrics }) => {
    test('all its metrics are known, or left out, and that is said', async () => {
      for (const name of namesIn(metrics as never)) {
        const model = await load(fileOf({ metrics: [name] }, version));
        const isLeftOut = warn.mock.calls.join().includes(`no metric "${name}" of Keras here`);
        expect([name, model.metricsNames.length]).toEqual([name, isLeftOut ? 1 : 2]);
        model.dispose();
      }
    });
  },
);

/** The ways in which the name of a metric gets into a file. */
const ways: Readonly<Record<string, (name: string) => unknown>> = {
  'a name': (name) => [name],
  'one for each output': (name) => [['mae', name]],
  'one by output': (name) => ({ [ofKeras.outputNames[0] as string]: name }),
  'a function': (name) => [{ module: 'builtins', class_name: 'function', config: name, registered_name: 'function' }],
  'a class': (name) => [{ class_name: name, config: { name: 'mine', dtype: 'float32' } }],
  'a wrapper of tf.keras': (name) => [
    { class_name: 'MeanMetricWrapper', config: { name, dtype: 'float32', fn: name } },
  ],
};

describe.each(Object.keys(ways))('a metric as %s', (way) => {
  const written = ways[way] as (name: string) => unknown;

  test.each(['dice', 'dice_loss', 'smooth_l1', 'mcc', 'my_own'])('%s is none of Keras 2', async (name) => {
    const file = fileOf({ metrics: written(name) }, '2.15.0');
    await expect(load(file)).rejects.toThrow(new RegExp(`no metric is called "${name}".*customObjects`));
    const model = await load(file, { customObjects: { [name]: mine } });
    const values = valuesIn(model);
    expect(numberOf(values[values.length - 1] as tf.Scalar)).toBeCloseTo(ofMine, 5);
  });

  test('of somebody else is theirs', async () => {
    const file = fileOf({ metrics: written('my_project>mae') });
    await expect(load(file)).rejects.toThrow('the metric "mae" of "my_project" is not of this package; expected it in');
    for (const name of ['mae', 'my_project>mae']) {
      const model = await load(file, { customObjects: { [name]: mine } });
      expect(model.metricsNames[model.metricsNames.length - 1]).toBe('mine');
    }
  });

  test('of this package has its registered name', async () => {
    const model = await load(fileOf({ metrics: written('tfjs-losses>SmoothL1') }, '2.15.0'));
    const values = valuesIn(model);
    const expected = numberOf(L.smoothL1(y, predictions, { reduction: 'mean' }));
    expect(numberOf(values[values.length - 1] as tf.Scalar)).toBeCloseTo(expected, 5);
  });
});

test('a loss of a bare name that Keras does not have is refused, with the names that are taken', async () => {
  const file = fileOf({ loss: 'dice_loss' });
  await expect(load(file)).rejects.toThrow(
    /no loss is called "dice_loss" in Keras 3.15.1; expected it in customObjects, or "tfjs-losses>Dice" for that of this/,
  );
  const model = await load(file, { customObjects: { dice_loss: mine } });
  expect(numberOf(model.evaluate(x, y) as tf.Scalar)).toBeCloseTo(ofMine, 5);
});

test('a class of Keras that is a loss keeps its options as a metric', async () => {
  const config = { reduction: 'auto', name: 'huber_loss', delta: 0.25, fn: 'huber' };
  const model = await load(fileOf({ metrics: [{ class_name: 'Huber', config }] }));
  const expected = numberOf(L.huber(y, predictions, { delta: 0.25, reduction: 'mean' }));
  expect(numberOf((model.evaluate(x, y) as tf.Scalar[])[1] as tf.Scalar)).toBeCloseTo(expected, 5);
});

/** All names of a metric that `compile` takes, of losses that take labels and predictions alike. */
const names = allLosses
  .filter((loss: AnyLoss) => inputNames(loss).length === 2)
  .flatMap(({ name, definition }) => [name, ...Object.keys(definition.aliases ?? {})]);

test.each(names)('the metric %s comes back from a file of this package, also from one of before', async (name) => {
  const model = compile(saying(), { optimizer: 'sgd', loss: 'mse', metrics: [name, 'acc'] as Metrics });
  const saved = memoryFile();
  await save(model, saved);
  expect((await load(saved)).metricsNames).toEqual(model.metricsNames);
  const { modelTopology, ...artifacts } = await saved.load();
  const { model_config, training_config } = modelTopology as { model_config: object; training_config: object };
  const { has_registered_names, ...training } = training_config as { has_registered_names: unknown };
  expect(has_registered_names).toBe(true);
  const before = {
    ...artifacts,
    modelTopology: { model_config, training_config: { ...training, metrics: [name, 'acc'] } },
  };
  expect((await load(tf.io.fromMemory(before))).metricsNames).toEqual(model.metricsNames);
});

test('but not one that has been put into it since', async () => {
  const saved = memoryFile();
  await save(compile(saying(), { optimizer: 'sgd', loss: 'mse', metrics: ['mae'] }), saved);
  const { modelTopology, ...artifacts } = await saved.load();
  const { training_config, ...rest } = modelTopology as { training_config: object };
  const changed = {
    ...artifacts,
    modelTopology: { ...rest, training_config: { ...training_config, metrics: ['dice_loss'] } },
  };
  await expect(load(tf.io.fromMemory(changed))).rejects.toThrow('no metric is called "dice_loss" in Keras');
});
