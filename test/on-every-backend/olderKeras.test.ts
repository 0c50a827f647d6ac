import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { load, type CompiledModel } from '../../src/layers/index.js';
import { kerasFile } from '../support/kerasFile.js';
import { kerasVersions, type OptimizerOfKeras } from '../support/kerasVersions.js';
import { cannotFill, isOlderWasm } from '../support/olderWasm.js';
import { inputsFor, modelSaying, numberOf, random, valuesOf } from '../support/predictionModel.js';

const predictions = random('older Keras', [4, 3]);
const [x, y] = [inputsFor(predictions), tf.zeros([4, 3])];

const loaded = (training: object, topology: object = {}): Promise<CompiledModel> =>
  load(kerasFile(modelSaying(valuesOf(predictions)), { loss: 'mse', ...training }, topology));

/** What tfjs calls an option that Keras has, and the options that it has not. */
const inTfjs: Readonly<Record<string, string | undefined>> = {
  lr: 'learningRate',
  learning_rate: 'learningRate',
  beta_1: 'beta1',
  beta_2: 'beta2',
  nesterov: 'useNesterov',
  initial_accumulator_value: 'initialAccumulatorValue',
};

const keyOf = (optimizer: string, option: string): string =>
  optimizer === 'RMSprop' && option === 'rho' ? 'decay' : (inTfjs[option] ?? option);

let warn: jest.SpyInstance;
beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation();
});
afterEach(() => {
  warn.mockRestore();
});

const versions = Object.entries(kerasVersions).flatMap(([version, { optimizers = [] }]) =>
  optimizers.map(
    (optimizer, i) => [version, optimizer.class_name, i % 2 === 0 ? 'defaults' : 'others', optimizer] as const,
  ),
);

/** The config of the optimizer that comes of one of Keras. */
async function configOf(optimizer_config: OptimizerOfKeras, keras_version?: string): Promise<Record<string, unknown>> {
  const model = await loaded({ optimizer_config }, keras_version === undefined ? {} : { keras_version });
  const { optimizer } = model;
  const config = { ...optimizer.getConfig(), class: optimizer.getClassName() };
  model.dispose();
  return config;
}

describe.each(versions)('Keras %s: %s (%s)', (version, name, kind, written) => {
  if (name === 'Nadam') {
    test('is not in tfjs', async () => {
      await expect(configOf(written, version)).rejects.toThrow(
        /nothing like the optimizer ".*Nadam".*argument optimizer/,
      );
    });
    return;
  }

  test('comes back with all its options', async () => {
    const config = await configOf(written, version);
    for (const [option, value] of Object.entries(written.config)) {
      const key = keyOf(name.replace(/.*>/, ''), option);
      const isThere = key in config && !(option === 'decay' && key === 'decay' && name === 'RMSprop');
      const expected: unknown = typeof value === 'number' ? expect.closeTo(value, 6) : value;
      if (isThere) expect([option, config[key]]).toEqual([option, expected]);
    }
    const { learning_rate: rate = written.config['lr'] } = written.config;
    expect(config['learningRate']).toBe(rate);
    const epsilon = name === 'Adagrad' && written.config['epsilon'] !== 1e-7;
    expect(warn.mock.calls).toEqual(epsilon ? [["load: tfjs's Adagrad has no epsilon; it is left out."]] : []);
  });

  if (kind !== 'defaults') return;

  test('has the defaults of its version where options are left out', async () => {
    const whole = await configOf(written, version);
    const options = Object.keys(written.config);
    const near = (config: Record<string, unknown>): unknown =>
      Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
          key,
          typeof value === 'number' ? Number(value.toPrecision(6)) : value,
        ]),
      );
    for (const left of [...options.map((option) => [option]), options]) {
      const config = Object.fromEntries(Object.entries(written.config).filter(([option]) => !left.includes(option)));
      expect([left, near(await configOf({ ...written, config }, version))]).toEqual([left, near(whole)]);
    }
  });
});

test('a file without a version that says lr is one of Keras before 2.3', async () => {
  const { optimizers = [] } = kerasVersions['2.2.4'] ?? {};
  for (const written of optimizers.filter(({ class_name }) => class_name !== 'Nadam')) {
    const lr = written.config['lr'] as number;
    const alone = { class_name: written.class_name, config: { lr } };
    expect(await configOf(alone)).toEqual(await configOf(alone, '2.2.4'));
  }
});

test('the versions of tf.keras are not those of Keras', async () => {
  const adagrad = { class_name: 'Adagrad', config: {} };
  const found = await Promise.all(['2.2.4', '2.2.4-tf', '2.4.0'].map((version) => configOf(adagrad, version)));
  expect(found.map(({ learningRate, initialAccumulatorValue }) => [learningRate, initialAccumulatorValue])).toEqual([
    [0.01, 0],
    [0.001, 0.1],
    [0.001, 0.1],
  ]);
});

test('the first step of Adagrad is as long as its learning rate, where nothing is accumulated', async () => {
  const model = await loaded(
    { optimizer_config: { class_name: 'Adagrad', config: { lr: 0.25 } } },
    { keras_version: '2.2.4' },
  );
  const training = model.fit(x, y, { epochs: 1, verbose: 0, shuffle: false });
  if (isOlderWasm) return expect(training).rejects.toThrow(cannotFill);
  await training;
  const moved = Array.from(tf.abs(tf.sub(model.predict(x) as tf.Tensor, predictions)).dataSync());
  for (const step of moved) expect(step).toBeCloseTo(0.25, 3);
});

test('what tfjs lacks is left out, and that is said, where it is on', async () => {
  const config = {
    lr: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    decay: 1e-4,
    amsgrad: true,
    clipnorm: 1,
    clipvalue: 0.5,
  };
  await loaded({ optimizer_config: { class_name: 'Adam', config } }, { keras_version: '2.2.4' });
  expect(warn.mock.calls).toEqual([["load: tfjs's Adam has no decay, amsgrad, clipnorm, clipvalue; it is left out."]]);
});

test('the learning rate of Adamax decays as in Keras', async () => {
  const optimizer_config = { class_name: 'Adamax', config: { lr: 0.5, decay: 1 } };
  const model = await loaded({ optimizer_config }, { keras_version: '2.2.4' });
  const said = (): number => (model.predict(x) as tf.Tensor).dataSync()[0] as number;
  const steps: number[] = [];
  for (let i = 0; i < 2; i++) {
    const before = said();
    // A constant gradient: each step is as long as the learning rate.
    await model.fit(x, tf.fill([4, 3], 1000, 'float32'), { epochs: 1, verbose: 0, shuffle: false });
    steps.push(said() - before);
  }
  expect(steps[0]).toBeCloseTo(0.5, 2);
  expect(steps[1]).toBeCloseTo(0.25, 2);
});

describe('a training_config of Keras 2', () => {
  const outputs = ['a', 'b'];
  const two = (): tf.LayersModel => {
    const input = tf.input({ shape: [4] });
    return tf.model({
      inputs: input,
      outputs: outputs.map((name) => tf.layers.dense({ name, units: 3 }).apply(input) as tf.SymbolicTensor),
    });
  };
  const optimizer_config = {
    class_name: 'Adam',
    config: { lr: 0.001, beta_1: 0.9, beta_2: 0.999, decay: 0, epsilon: 1e-8 },
  };
  const of20 = { optimizer_config, sample_weight_mode: null, loss_weights: null, metrics: [] };

  test.each<[string, object]>([
    ['2.0.0', { ...of20, loss: 'mse', metrics: ['acc'], sample_weight_mode: 'temporal' }],
    ['2.0.0', { ...of20, loss: ['mse', 'mae'], loss_weights: [1, 0.5] }],
    ['2.2.4', { ...of20, loss: { a: 'mse', b: 'mae' }, loss_weights: { b: 0.5 }, metrics: { a: 'acc' } }],
    ['2.2.4', { ...of20, loss: 'mse', metrics: ['accuracy'], sample_weight_mode: { a: 'temporal', b: null } }],
    ['2.3.1', { ...of20, loss: ['mse', 'mae'], loss_weights: [1, 0.5], weighted_metrics: ['mse'] }],
    ['2.15.0', { ...of20, loss: 'mse', loss_weights: 0.5, metrics: null, weighted_metrics: null }],
  ])('%s is read: %j', async (keras_version, training) => {
    const { loss, loss_weights: weights } = training as {
      loss: unknown;
      loss_weights: Record<string, number> | number | null;
    };
    const model = two();
    const back = await load(kerasFile(model, training, { keras_version }));
    const labels = tf.zeros([4, 3]);
    const said = model.predict(x) as tf.Tensor[];
    const losses = said.map((one, i) => {
      const name = typeof loss === 'string' ? loss : (Object.values(loss as object)[i] as 'mse');
      const weight = typeof weights === 'number' ? weights : (weights?.[outputs[i] as string] ?? weights?.[i] ?? 1);
      return weight * numberOf(L.getLoss(name as 'mse')(labels, one, { reduction: 'mean' }));
    });
    const [total] = back.evaluate(x, [labels, labels]) as tf.Scalar[];
    expect(numberOf(total as tf.Scalar)).toBeCloseTo((losses[0] ?? 0) + (losses[1] ?? 0), 5);
  });
});
