import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, load, save, type CompileArgs, type Metrics, type ModelLoss } from '../../src/layers/index.js';
import { calls, toTensor, type Call, type Values } from '../support/draw.js';
import { memoryFile } from '../support/memoryFile.js';
import { assertClose, forgetful } from '../support/law.js';
import { allLosses, inputNames, lossNamed, type AnyLoss } from '../support/losses.js';
import { evaluated, inputsFor, modelSaying } from '../support/predictionModel.js';

/** What `compile` takes: losses of labels and of what one output says. */
const ofModels = allLosses.filter((loss) => inputNames(loss).length === 2);

/** The lengths that `ctc` takes as options are those of one batch. */
const drawn = (loss: AnyLoss): Call[] => {
  const options = loss.name === 'ctc' ? { labelLengths: null, logitLengths: null } : {};
  return fc.sample(calls(loss, { leading: [[3], [2, 3]], options }), { numRuns: 3, seed: 7 });
};

/** The law: a model that has been saved and loaded reports the same numbers, and is saved the same way again. */
async function check(args: CompileArgs, { inputs }: Pick<Call, 'inputs'>): Promise<void> {
  const [labels, predictions] = inputs as [Values, Values];
  const model = compile(modelSaying(predictions), args);
  const [first, second] = [memoryFile(), memoryFile()];
  await save(model, first);
  const back = await load(first);
  expect(back.metricsNames).toEqual(model.metricsNames);
  const [x, y] = [inputsFor(predictions), toTensor(labels)];
  const numbersOf = (one: tf.LayersModel): number[] => Object.values(evaluated(one, one.evaluate(x, y)));
  assertClose(numbersOf(back), numbersOf(model), 1e-6, 'the numbers of the loaded model');
  await save(back, second);
  expect(second.training()).toEqual(first.training());
}

const [plain] = drawn(lossNamed('huber')) as [Call];

describe('a saved model comes back with its loss, and with the same loss as a metric', () => {
  const cases = ofModels.flatMap((loss) => drawn(loss).map((call, i) => [loss.name, i, loss, call] as const));

  test.each(cases)('%s (%i)', async (_, __, loss, call) => {
    const bound = loss.with(call.options);
    await check({ optimizer: 'sgd', loss: bound, metrics: [bound] }, call);
  });

  test('but not with a loss that forgets its options', async () => {
    const loss = forgetful(lossNamed('huber')).with({ delta: 0.25 }) as unknown as ModelLoss;
    await expect(check({ optimizer: 'sgd', loss }, plain)).rejects.toThrow('the numbers of the loaded model');
  });
});

const { mse, bce } = { mse: L.meanSquaredError, bce: L.binaryCrossentropy.with({ fromLogits: true }) };
const inner = L.combine({ mse: [mse, 1], huber: [L.huber.with({ delta: 0.5 }), -2] });

describe('and so does', () => {
  test.each<[string, ModelLoss, Metrics?]>([
    ['a combination of a combination', L.combine({ inner: [inner, 2], bce: [bce, 0.5] }), [inner, 'mse']],
    ['a combination with a reduction', inner.with({ reduction: 'sum' })],
    [
      'a combination with parts of any name',
      L.combine({ constructor: [mse, 1], 'a>b': [bce, 1], ['__proto__']: [mse, 1] }),
    ],
    ['a preset', 'BCEWithLogitsLoss', ['BCEWithLogitsLoss', 'acc']],
    ['an infinite option', L.robust.with({ alpha: -Infinity })],
    [
      'class weights in a tensor',
      L.categoricalCrossentropy.with({ classWeights: tf.tensor1d([1, 2]), fromLogits: true }),
    ],
    [
      'every reduction',
      L.huber.with({ reduction: 'meanOverNonzeroLosses' }),
      [L.huber.with({ reduction: 'weightedMean' })],
    ],
    ['a list with one loss', L.poisson, [['mae']]],
  ])('%s', async (_, loss, metrics = []) => {
    const inputs = loss === L.poisson ? drawn(lossNamed('poisson'))[0]?.inputs : pairOf();
    await check({ optimizer: 'adam', loss, metrics }, { inputs: inputs as Values[] });
  });

  const pairOf = (): readonly Values[] =>
    [1, 2].map((seed) => ({
      shape: [3, 2],
      data: [0.1, 0.9, 0.4, 0.6, 0.7, 0.3].map((p) => p / seed),
      dtype: 'float32',
    }));
});

describe('of several outputs', () => {
  const names = ['a', 'class', 'loss'];
  const twoOf = (): tf.LayersModel => {
    const input = tf.input({ shape: [2] });
    const outputs = names.map((name) => tf.layers.dense({ name, units: 2 }).apply(input) as tf.SymbolicTensor);
    return tf.model({ inputs: input, outputs });
  };
  const x = tf.tensor2d([[1, 2]]);
  const y = tf.tensor2d([[0, 1]]);

  test.each<[string, Omit<CompileArgs, 'optimizer'>]>([
    ['by list', { loss: ['mse', L.huber, bce], metrics: [['mae'], [], [L.huber.with({ delta: 2 }), 'acc']] }],
    ['by list, some without', { loss: ['mse', null, inner], metrics: [null, ['mae'], 'mse'] as never }],
    ['by name, some without', { loss: { a: 'mse', loss: bce }, lossWeights: { loss: 3 } }],
    [
      'by name, said to be without',
      { loss: { a: 'mse', class: undefined } as never, metrics: { class: null } as never },
    ],
    ['by name, with metrics of one', { loss: { loss: inner }, metrics: { loss: ['mae', inner] } }],
    ['one loss for all', { loss: inner, lossWeights: [1, 2, 3], metrics: 'mae' }],
  ])('%s', async (_, args) => {
    const model = compile(twoOf(), { optimizer: 'sgd', ...args });
    const saved = memoryFile();
    await save(model, saved);
    const back = await load(saved);
    expect(back.metricsNames).toEqual(model.metricsNames);
    const all = names.map(() => y);
    const [actual, expected] = [back, model].map((one) => [one.evaluate(x, all)].flat().map((n) => n.dataSync()[0]));
    assertClose(actual as number[], expected as number[], 1e-6, 'the numbers');
  });
});

describe('what no file can hold is refused before anything is written, and nothing is left', () => {
  const model = (): tf.Sequential => modelSaying(plain.inputs[1] as Values);
  const nameless = [(labels: tf.Tensor, said: tf.Tensor) => tf.sub(labels, said)];
  const disposed = tf.tensor1d([1, 2]);
  const fenchelYoung = L.fenchelYoung((scores) => tf.logSumExp(scores, -1));
  function twin(labels: tf.Tensor, said: tf.Tensor): tf.Tensor {
    return tf.abs(tf.sub(labels, said));
  }
  const other = { twin: (labels: tf.Tensor, said: tf.Tensor) => tf.sub(labels, said) }.twin;

  test.each<[string, Omit<CompileArgs, 'optimizer'>, RegExp]>([
    [
      'a loss made of a function',
      { loss: fenchelYoung },
      /fenchelYoung: maxFn is a function, which no config holds; expected/,
    ],
    ['such a part', { loss: L.combine({ a: [mse, 1], b: [fenchelYoung, 1] }) }, /fenchelYoung: maxFn is a function/],
    ['such a metric', { loss: 'mse', metrics: ['mae', fenchelYoung] }, /fenchelYoung: maxFn is a function/],
    ['a function without a name', { loss: nameless }, /there is a function without a name/],
    ['two functions of one name', { loss: twin, metrics: [other] }, /save: two functions are called "twin"/],
    [
      'fixed weights',
      { loss: mse.with({ weights: [1, 2, 3] }) },
      /meanSquaredError: weights is fixed, which no config/,
    ],
    ['fixed weights of parts', { loss: inner.with({ mask: [true] }) }, /meanSquaredError: mask is fixed/],
    [
      'a disposed tensor',
      { loss: L.categoricalCrossentropy.with({ classWeights: disposed }) },
      /categoricalCrossentropy: classWeights is a disposed tensor; expected/,
    ],
  ])('%s', async (_, args, complaint) => {
    const compiled = compile(model(), { optimizer: 'sgd', ...args });
    disposed.dispose();
    const before = tf.memory().numTensors;
    const handler = { save: jest.fn() };
    await expect(save(compiled, handler)).rejects.toThrow(complaint);
    await expect(compiled.save(handler, { includeOptimizer: true })).rejects.toThrow(complaint);
    expect(handler.save).not.toHaveBeenCalled();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('names of layers that tfjs cannot read again are refused too', async () => {
  const input = tf.input({ shape: [2] });
  const outputs = ['a', 'constructor'].map(
    (name) => tf.layers.dense({ name, units: 2 }).apply(input) as tf.SymbolicTensor,
  );
  const model = compile(tf.model({ inputs: input, outputs }), { optimizer: 'sgd', loss: { a: 'mse' } });
  expect(model.metricsNames).toEqual(['loss', 'a_loss']);
  const handler = { save: jest.fn() };
  await expect(save(model, handler)).rejects.toThrow('save: a layer is called "constructor", which tfjs cannot read');
  expect(handler.save).not.toHaveBeenCalled();
});

describe('functions of any name come back by it', () => {
  test.each(['huber', 'constructor', 'a>b', 'tfjs-losses>Huber', '__proto__', 'with space'])('%s', async (name) => {
    const own = (labels: tf.Tensor, said: tf.Tensor): tf.Tensor => tf.mul(3, tf.abs(tf.sub(labels, said)));
    Object.defineProperty(own, 'name', { value: name });
    const [labels, predictions] = plain.inputs as [Values, Values];
    const model = compile(modelSaying(predictions), { optimizer: 'sgd', loss: own, metrics: [own] });
    const saved = memoryFile();
    await save(model, saved);
    await expect(load(saved)).rejects.toThrow(/of "Custom" is not of this package; expected it in customObjects/);
    const back = await load(saved, { customObjects: Object.fromEntries([[name, own]]) });
    const numbersOf = (one: tf.LayersModel): number[] =>
      Object.values(evaluated(one, one.evaluate(inputsFor(predictions), toTensor(labels))));
    assertClose(numbersOf(back), numbersOf(model), 1e-6, 'the numbers');
    expect(back.metricsNames).toEqual(model.metricsNames);
  });
});
