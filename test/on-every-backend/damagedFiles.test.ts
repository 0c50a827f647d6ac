import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, load, save } from '../../src/layers/index.js';
import { memoryFile } from '../support/memoryFile.js';
import { cannotFill, isOlderWasm } from '../support/olderWasm.js';
import { evaluated, inputsFor, modelSaying, random, valuesOf } from '../support/predictionModel.js';

type Artifacts = Record<string, unknown> & { modelTopology: Topology; weightData: ArrayBuffer; weightSpecs: Spec[] };
type Spec = tf.io.WeightsManifestEntry;
interface Topology {
  model_config: Record<string, unknown>;
  training_config: Record<string, unknown>;
}

const predictions = random('damaged files', [4, 3]);
const [x, y] = [inputsFor(predictions), tf.zeros([4, 3])];

/** A model that has trained, so that its optimizer has a state. */
async function trained(optimizer: string | tf.Optimizer = 'adam'): Promise<tf.LayersModel> {
  const model = compile(modelSaying(valuesOf(predictions)), { optimizer, loss: L.huber, metrics: ['mae'] });
  await model.fit(x, y, { epochs: 1, verbose: 0 });
  return model;
}

let sound: () => Promise<Artifacts>;
beforeAll(async () => {
  const saved = memoryFile();
  await save(await trained(), saved);
  sound = async () => (await saved.load()) as unknown as Artifacts;
});

const handing = (artifacts: unknown): tf.io.IOHandler => ({ load: () => Promise.resolve(artifacts as never) });

/** What `load` says, and that nothing is left of it, not even among the variables that tfjs knows by name. */
async function refusal(handler: unknown, args?: unknown): Promise<Error> {
  const left = (): number[] => [tf.memory().numTensors, Object.keys(tf.engine().registeredVariables).length];
  const before = left();
  const error = await (load as (...args: unknown[]) => Promise<unknown>)(handler, args).then(
    () => new Error('it was loaded'),
    (thrown: unknown) => thrown as Error,
  );
  expect([error.message, ...left()]).toEqual([error.message, ...before]);
  return error;
}

const without = (file: Artifacts, ...parts: string[]): object =>
  Object.fromEntries(Object.entries(file).filter(([part]) => !parts.includes(part)));

/** The sound file with a part of its topology changed. */
const withTraining = ({ modelTopology, ...rest }: Artifacts, changes: object): object => ({
  ...rest,
  modelTopology: { ...modelTopology, training_config: { ...modelTopology.training_config, ...changes } },
});
const withModel = ({ modelTopology, ...rest }: Artifacts, model_config: unknown): object => ({
  ...rest,
  modelTopology: { ...modelTopology, model_config },
});

const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: null };
const cyclic: Record<string, unknown> = { class_name: 'LossFunctionWrapper' };
cyclic['config'] = { fn: cyclic };
const throwing = {
  get class_name(): string {
    throw new Error('no disk');
  },
};

describe('a file is refused in one error, and nothing is left, with', () => {
  test.each<[string, (file: Artifacts) => unknown, RegExp]>([
    [
      'nothing in it',
      () => ({}),
      /^load: the file cannot be read \(load: modelTopology is undefined; expected an object\)/,
    ],
    ['null', () => null, /the handler gave null; expected an object with modelTopology/],
    ['undefined', () => undefined, /the handler gave undefined/],
    ['a string', () => 'model.json', /the handler gave "model.json"/],
    ['no topology', (file) => without(file, 'modelTopology'), /modelTopology is undefined/],
    [
      'bytes for a topology',
      (file) => ({ ...file, modelTopology: new ArrayBuffer(8) }),
      /modelTopology is an \w+; expected an object/,
    ],
    [
      'a graph model',
      (file) => ({ ...file, modelTopology: { node: [] } }),
      /it is a graph model; expected a layers model/,
    ],
    ['no specs', (file) => without(file, 'weightSpecs'), /weightData has 148 bytes; expected 0/],
    [
      'specs that are no array',
      (file) => ({ ...file, weightSpecs: {} }),
      /weightSpecs is an object; expected an array/,
    ],
    ['a spec that is none', (file) => ({ ...file, weightSpecs: [null] }), /entry 0 of weightSpecs is null/],
    [
      'a spec without a shape',
      (file) => ({ ...file, weightSpecs: [{ name: 'a' }] }),
      /entry 0 of weightSpecs has the shape/,
    ],
    [
      'a strange dtype',
      (file) => ({ ...file, weightSpecs: [{ name: 'a', shape: [1], dtype: 'constructor' }] }),
      /has the dtype "constructor"; expected float32/,
    ],
    [
      'short weights',
      (file) => ({ ...file, weightData: file.weightData.slice(0, 50) }),
      /weightData has 50 bytes; expected 148/,
    ],
    ['long weights', (file) => ({ ...file, weightData: [file.weightData, new ArrayBuffer(4)] }), /has 152 bytes/],
    ['no weights', (file) => without(file, 'weightData'), /weightData is null; expected an ArrayBuffer/],
    ['neither', (file) => without(file, 'weightData', 'weightSpecs'), /1 of 1 weights are not set.*or strict: false/],
    ['words for weights', (file) => ({ ...file, weightData: 'AAAA' }), /weightData is "AAAA"; expected an ArrayBuffer/],
    ['another weight', (file) => ({ ...file, weightSpecs: renamed(file, 'other') }), /no target variable: other/],
    [
      'a weight of a taken name',
      (file) => ({ ...file, weightSpecs: renamed(file, '__proto__') }),
      /not those of its model/,
    ],
    ['a weight of another shape', (file) => ({ ...file, weightSpecs: reshaped(file) }), /not those of its model/],
    ['no model_config', (file) => withModel(file, 3), /model_config is 3; expected an object/],
    ['a model that holds itself', (file) => withModel(file, cyclic), /is no layers model \(.*call stack/],
    ['a model that cannot be read', (file) => withModel(file, throwing), /is no layers model \(no disk\)/],
    ['a layer for a model', (file) => withModel(file, { class_name: 'Flatten', config: {} }), /is no layers model/],
    [
      'no class for a model',
      (file) => withModel(file, { class_name: 'constructor', config: {} }),
      /is no layers model/,
    ],
    [
      'a layer of no class',
      (file) => withModel(file, withLayer({ class_name: 'Mine', config: {} })),
      /Unknown layer: Mine/,
    ],
    [
      'a layer without a config',
      (file) => withModel(file, withLayer({ class_name: 'Dense' })),
      /Improper config format/,
    ],
    [
      'a strange layer',
      (file) => withModel(file, withLayer({ class_name: 'Dense', config: { units: -3 } })),
      /units.*-3/,
    ],
    ['metadata of words', (file) => ({ ...file, userDefinedMetadata: 'mine' }), /userDefinedMetadata is "mine"/],
    ...['adam', 3, true, ['mse']].map((training): [string, (file: Artifacts) => unknown, RegExp] => [
      `${JSON.stringify(training)} for a training_config`,
      (file) => ({ ...file, trainingConfig: training }),
      /training_config is .*; expected an object with loss and optimizer_config/,
    ]),
    ...[3, true, [3], [['mse']], { a: 3 }, [null], 'hubber', 'constructor', 'x>toString', { class_name: 7 }].map(
      (loss): [string, (file: Artifacts) => unknown, RegExp] => [
        `the loss ${JSON.stringify(loss)}`,
        (file) => withTraining(file, { loss }),
        /^load: (training_config cannot be used|the model cannot be compiled)/,
      ],
    ),
    ['a loss that holds itself', (file) => withTraining(file, { loss: cyclic }), /more than 1000 levels/],
    ['a loss that cannot be read', (file) => withTraining(file, { loss: throwing }), /cannot be read \(no disk\)/],
    [
      'no optimizer',
      (file) => withTraining(file, { optimizer_config: null }),
      /names no optimizer; expected one in the/,
    ],
    ...[
      'adam',
      [],
      { class_name: 'Adam' },
      { class_name: 'Adam', config: null },
      { class_name: 'Adam', config: 'fast' },
      { class_name: 7, config: adam },
      { class_name: 'constructor', config: adam },
      { class_name: 'Lion', config: adam },
      { class_name: 'Lion', config: { learning_rate: 1 } },
      { class_name: 'toString', config: { learning_rate: 1 } },
      { class_name: 'Adam', config: { beta1: 0.9, beta2: 0.99 } },
      { class_name: 'Adam', config: { lr: 'fast' } },
      { class_name: 'Adam', config: { learning_rate: null } },
      { class_name: 'Mine>Adam', config: { learning_rate: 1 } },
      { module: 'mine', class_name: 'Adam', config: { learning_rate: 1 } },
      { class_name: 'Adam', config: { learningRate: 'fast' } },
      { class_name: 'Adam', config: { ...adam, beta2: undefined } },
      { class_name: 'Adam', config: { ...adam, beta2: null } },
      { class_name: 'Momentum', config: { learningRate: 1, momentum: {} } },
      { class_name: 'Dense', config: { learningRate: 1, units: 3 } },
    ].map((optimizer_config): [string, (file: Artifacts) => unknown, RegExp] => [
      `the optimizer ${JSON.stringify(optimizer_config)}`,
      (file) => withTraining(file, { optimizer_config }),
      /^load: (training_config cannot be used .*argument optimizer|the model cannot be compiled)/,
    ]),
    [
      'metrics that are a number',
      (file) => withTraining(file, { metrics: 3 }),
      /the metrics of the file are 3; expected/,
    ],
    ['strange loss weights', (file) => withTraining(file, { loss_weights: 'all' }), /lossWeights is "all"; expected/],
    [
      'a state without steps',
      (file) => ({ ...file, weightSpecs: renamed(file, 'steps', 1) }),
      /begin with the number of steps/,
    ],
    [
      'a quantization of words',
      (file) => quantized(file, 'uint8'),
      /the quantization of ".*" is "uint8"; expected an object with dtype, scale and min/,
    ],
    [
      'a quantization of no type',
      (file) => quantized(file, { dtype: 'int4', scale: 1, min: 0 }),
      /the quantization of ".*" has the dtype "int4"; expected uint8, uint16, float16/,
    ],
    ...[
      {},
      { scale: 'a', min: 0 },
      { scale: 1, min: null },
      { scale: NaN, min: 0 },
      { scale: 1, min: Infinity },
    ].flatMap((numbers) =>
      ['uint8', 'uint16'].map((dtype): [string, (file: Artifacts) => unknown, RegExp] => [
        `a quantization to ${dtype} by ${JSON.stringify(numbers)}`,
        (file) => quantized(file, { dtype, ...numbers }),
        /the quantization of ".*" has the (scale|min) .*; expected a finite number/,
      ]),
    ),
    ['a state that is cut short', (file) => shortened(file, 1), /it has 1 tensors for 1 weights, each of which has 2/],
    ['a state of steps alone', (file) => shortened(file, 2), /it has 0 tensors for 1 weights/],
    ['a state of integers', (file) => retyped(file, -1, 'int32'), /has the dtype int32, not float32/],
    ...[-1, 0.5, NaN, Infinity].map((steps): [string, (file: Artifacts) => unknown, RegExp] => [
      `${steps} steps`,
      (file) => afterSteps(file, steps),
      new RegExp(`the number of steps is ${steps}\\)`),
    ]),
    ['a state for other weights', stateless, /state of the optimizer in the file does not fit .*unlike the weight/],
  ])('%s', async (_, damage, complaint) => {
    const { message } = await refusal(handing(damage(await sound())));
    expect(message).toMatch(complaint);
    expect(message).toMatch(/^load: .*; expected/);
    expect(message).not.toMatch(/expected[^;]*, or expected/);
    expect(message.length).toBeLessThan(600);
  });

  const renamed = ({ weightSpecs }: Artifacts, name: string, at = 0): Spec[] =>
    weightSpecs.map((spec, i) => (i === at ? { ...spec, name } : spec));
  const quantized = (file: Artifacts, quantization: unknown): object => ({
    ...file,
    weightSpecs: file.weightSpecs.map((spec, i) => (i === 0 ? { ...spec, quantization } : spec)),
  });
  /** Without the last tensors of the state, of 12 numbers each. */
  const shortened = (file: Artifacts, count: number): object => ({
    ...file,
    weightSpecs: file.weightSpecs.slice(0, -count),
    weightData: file.weightData.slice(0, -count * 12 * 4),
  });
  const retyped = (file: Artifacts, at: number, dtype: 'int32' | 'float32'): Artifacts => {
    const weightSpecs = file.weightSpecs.slice();
    weightSpecs.splice(at, 1, { ...(weightSpecs.at(at) as Spec), dtype });
    return { ...file, weightSpecs };
  };
  function afterSteps(file: Artifacts, steps: number): object {
    const numbers = new Float32Array(file.weightData.slice(0));
    numbers[12] = steps;
    return { ...retyped(file, 1, 'float32'), weightData: numbers.buffer };
  }
  const reshaped = ({ weightSpecs }: Artifacts): Spec[] =>
    weightSpecs.map((spec, i) => (i === 0 ? { ...spec, shape: [3, 4] } : spec));
  function stateless(file: Artifacts): object {
    return { ...file, weightSpecs: file.weightSpecs.map((spec, i) => (i < 2 ? spec : { ...spec, shape: [12] })) };
  }
  /** A layer after one that has weights already. */
  const withLayer = (layer: object): object => ({
    class_name: 'Sequential',
    config: { layers: [{ class_name: 'Dense', config: { units: 3, batch_input_shape: [null, 4] } }, layer] },
  });
});

describe('a handler is refused that', () => {
  const broken = new Error('no disk');
  test.each<[string, unknown, RegExp, unknown]>([
    ['is null', null, /^load: the handler is null; expected an address, or a handler with the method load/, undefined],
    ['is undefined', undefined, /the handler is undefined/, undefined],
    ['is a number', 3, /the handler is 3/, undefined],
    ['has no method load', { save: () => null }, /the handler is an object/, undefined],
    ['has something else', { load: 3 }, /the handler is an object/, undefined],
    [
      'rejects',
      { load: () => Promise.reject(broken) },
      /^load: the handler could not load \(no disk\); expected/,
      broken,
    ],
    [
      'throws',
      {
        load: () => {
          throw broken;
        },
      },
      /the handler could not load \(no disk\)/,
      broken,
    ],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    ['rejects with a word', { load: () => Promise.reject('gone') }, /the handler could not load \("gone"\)/, 'gone'],
  ])('%s', async (_, handler, complaint, cause) => {
    const error = await refusal(handler);
    expect(error.message).toMatch(complaint);
    expect(error.cause).toBe(cause);
  });

  test.each<[string, unknown, RegExp]>([
    ['is null', null, /^save: the handler is null; expected an address, or a handler with the method save/],
    ['has no method save', { load: () => null }, /^save: the handler is an object/],
    ['rejects', { save: () => Promise.reject(broken) }, /^save: the handler could not save \(no disk\); expected/],
  ])('%s, to save', async (_, handler, complaint) => {
    const model = await trained();
    const before = tf.memory().numTensors;
    await expect(save(model, handler as never)).rejects.toThrow(complaint);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('arguments are refused:', () => {
  test.each<[unknown, RegExp]>([
    [null, /^load: the arguments came as null; expected an object with any of kerasVersion, customObjects, optimizer/],
    ['strict', /^load: the arguments came as "strict"/],
    [{ strict: 'yes' }, /^load: strict is "yes"; expected true or false/],
    [{ stirct: false }, /^load: unknown option "stirct"; expected kerasVersion, customObjects, optimizer, strict/],
    [
      { optimizer: 'constructor' },
      /^load: optimizer is "constructor"; expected an optimizer of tfjs, or the name of one/,
    ],
    [{ optimizer: {} }, /^load: optimizer is an object/],
    [{ customObjects: null }, /^load: customObjects is null; expected an object of functions by name/],
    [{ customObjects: new Map() }, /^load: customObjects is an? \w+; expected/],
    [
      { customObjects: { mine: 3 } },
      /^load: "mine" in customObjects is 3; expected a function of labels and predictions/,
    ],
    [{ kerasVersion: 3.16 }, /^load: kerasVersion is 3.16; expected a version such as '3.16.0'/],
  ])('load(handler, %j)', async (args, complaint) => {
    expect((await refusal(handing(await sound()), args ?? null)).message).toMatch(complaint);
  });

  test.each<[unknown, RegExp]>([
    [null, /^save: the arguments came as null/],
    [{ trainableOnly: 'yes' }, /^save: trainableOnly is "yes"; expected true or false/],
    [{ optimizer: true }, /^save: unknown option "optimizer"; expected trainableOnly/],
  ])('save(model, handler, %j)', async (args, complaint) => {
    const handler = { save: jest.fn() };
    await expect(save(await trained(), handler, args as never)).rejects.toThrow(complaint);
    expect(handler.save).not.toHaveBeenCalled();
  });

  test.each([null, undefined, {}, 'model'])('save(%j, handler)', async (model) => {
    await expect(save(model as never, memoryFile())).rejects.toThrow(
      /^save: the model is .*; expected a model of tfjs-layers/,
    );
  });

  test.each(['constructor', '__proto__', 'toString', {}, null])('the optimizer %j', (optimizer) => {
    const model = modelSaying(valuesOf(predictions));
    expect(() => compile(model, { optimizer: optimizer as never, loss: 'mse' })).toThrow(/^compile: optimizer is/);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])('the metric %j', (metric) => {
    const model = modelSaying(valuesOf(predictions));
    const compiling = (): unknown => compile(model, { optimizer: 'sgd', loss: 'mse', metrics: [metric] });
    expect(compiling).toThrow(/^compile: no metric is called/);
  });
});

describe('a file is loaded', () => {
  const numbers = (model: tf.LayersModel): object => evaluated(model, model.evaluate(x, y));

  test('whose weights come in several buffers, and as a view on a larger one', async () => {
    const file = await sound();
    const expected = numbers(await load(handing(file)));
    const { weightData } = file;
    const padded = new Uint8Array(weightData.byteLength + 16);
    padded.set(new Uint8Array(weightData), 8);
    for (const given of [
      [weightData.slice(0, 10), weightData.slice(10)],
      new Uint8Array(padded.buffer, 8, weightData.byteLength),
    ]) {
      expect(numbers(await load(handing({ ...file, weightData: given })))).toEqual(expected);
    }
  });

  test('without weights if it need not have them', async () => {
    const { modelTopology } = await sound();
    const model = await load(handing({ modelTopology }), { strict: false });
    expect(model.metricsNames).toEqual(['loss', 'mae']);
  });

  test.each<[string, () => tf.Optimizer]>([
    ['SGD', () => tf.train.sgd(0.1)],
    ['Momentum', () => tf.train.momentum(0.1, 0.5)],
    ['RMSProp, centered', () => tf.train.rmsprop(0.1, 0.9, 0.1, undefined, true)],
    ['Adagrad', () => tf.train.adagrad(0.1)],
    ['Adadelta', () => tf.train.adadelta(0.1)],
    ['Adam', () => tf.train.adam(0.1)],
  ])('with the state of %s', async (name, optimizer) => {
    if (name === 'Adagrad' && isOlderWasm) return expect(trained(optimizer())).rejects.toThrow(cannotFill);
    const saved = memoryFile();
    await save(await trained(optimizer()), saved);
    const again = memoryFile();
    await save(await load(saved), again);
    expect((await again.load()).weightData).toEqual((await saved.load()).weightData);
  });

  test('but the state of Adamax, which tfjs does not write, is refused', async () => {
    const handler = { save: jest.fn() };
    const model = await trained('adamax');
    const before = tf.memory().numTensors;
    await expect(save(model, handler)).rejects.toThrow(/^save: tfjs could not write the model \(.*Adamax/);
    expect(handler.save).not.toHaveBeenCalled();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('an optimizer that fails at its state is let go, and its error is the one that is told', async () => {
  const cause = new Error('no state of mine');
  class Fragile extends tf.SGDOptimizer {
    static override readonly className = 'Fragile';
    override setWeights(): Promise<void> {
      return Promise.reject(cause);
    }
    override dispose(): void {
      throw new Error('not the cause');
    }
  }
  tf.serialization.registerClass(Fragile);
  const saved = memoryFile();
  await save(await trained(new Fragile(0.1)), saved);
  const error = await refusal(saved);
  expect(error.message).toMatch(/^load: the state of the optimizer in the file does not fit \(no state of mine\)/);
  expect(error.cause).toBe(cause);
});
