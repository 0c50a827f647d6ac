import * as tf from '@tensorflow/tfjs';
import * as exported from '../../../src/index.js';
import { advice } from '../../../src/call/adviceSlot.js';
import { compile } from '../../../src/layers/index.js';
import { lackingCalls, notedCalls, refusedCalls, reworkedCalls } from '../../support/messages.js';

const optimizer = tf.train.sgd(0.1);

const variables = (): object => ({
  optimizer,
  y: [0, 1, 2],
  p: [0.5, 1, 2],
  v: tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3]))),
});

/** Runs a call as its user has written it. */
function run(call: string): unknown {
  const names: Readonly<Record<string, unknown>> = { ...exported, tf, compile, ...variables() };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is that of the table
  const f = new Function(...Object.keys(names), `return ${call}`) as (...values: unknown[]) => unknown;
  return tf.tidy(() => f(...Object.values(names)) as tf.Tensor);
}

/** What `run` gives while no advice is to be had, as in `tfjs-losses/lite`. */
function plainly<T>(f: () => T): T {
  const { during } = advice;
  delete advice.during;
  try {
    return f();
  } finally {
    Object.assign(advice, { during });
  }
}

function messageOf(f: () => unknown): string | null {
  try {
    f();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

let warned: jest.SpyInstance;
beforeEach(() => void (warned = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => {
  warned.mockRestore();
  tf.disposeVariables();
});

describe('errors', () => {
  test.each(refusedCalls)('$call: $mistake', ({ call, plain, remedy }) => {
    expect(plainly(() => messageOf(() => run(call)))).toBe(plain);
    expect(messageOf(() => run(call))).toBe(`${plain}; ${remedy}`);
  });

  test.each(reworkedCalls)('$call: $mistake', ({ call, now }) => expect(messageOf(() => run(call))).toBe(now));

  test('a remedy that is not known is not made up', () => {
    const unknown = [
      "huber(y, p, { reduction: 'median' })",
      'huber(y, p, { reduction: true })',
      'huber(y, p, { something: 1 })',
      'huber(y, p, { delta: -1 })',
      'huber(y, p, 1, 2, 3, 4)',
      'huber(y, p, () => 1)',
      'meanSquaredError([1, 0], [[1, 0, 3], [0, 1, 3]])',
      'categoricalCrossentropy([[1, 0, 0]], [[1, 0]])',
      'huber(y)',
      "huber(y, 'p')",
      'huber(y, p, new Proxy({}, { ownKeys: () => { throw new Error() } }))',
    ];
    for (const call of unknown) {
      const plain = plainly(() => messageOf(() => run(call)));
      expect(plain).toMatch(/^\w+: /);
      expect(messageOf(() => run(call))).toBe(plain);
    }
  });

  test('a call that is written as advised passes', () => {
    const [weights, labels, predictions] = [
      [1, 2, 3],
      [0, 1, 2],
      [0.5, 1, 2],
    ];
    for (const { remedy } of refusedCalls.filter(({ call }) => call.includes('(y, p'))) {
      const code = /write (.*)$/.exec(remedy)?.[1] as string;
      const names = { ...exported, tf, weights, labels, predictions, input1: labels, input2: predictions };
      const given = code.startsWith('combine') ? code.replace('combine', 'combine({ a: [huber, 1] })') : code;
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is that of the table
      const f = new Function(...Object.keys(names), `return ${given}`) as (...values: unknown[]) => tf.Tensor;
      expect(tf.tidy(() => f(...Object.values(names)).dataSync().length)).toBeGreaterThan(0);
    }
  });

  test('leave nothing in memory', () => {
    const calls = [...refusedCalls, ...reworkedCalls].map(({ call }) => call);
    const before = tf.memory().numTensors;
    for (const call of calls) {
      messageOf(() => run(call));
      tf.disposeVariables();
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('minimize', () => {
  const labels = [0, 1, 2];
  const { huber } = exported;

  test('takes the short way, and the long ones', () => {
    const v = tf.variable(tf.tensor1d([1, 2, 4]));
    for (const loss of [
      () => huber.mean(labels, v),
      () => huber(labels, v, { reduction: 'sum' }),
      () => huber(labels, v).mean<tf.Scalar>(),
      () => tf.add<tf.Scalar>(huber(labels, v).sum(), 1),
    ]) {
      const cost = tf.train.sgd(0.1).minimize(loss, true);
      expect(cost?.shape).toEqual([]);
      cost?.dispose();
    }
  });

  test('values of examples have a gradient by `tf.grad`', () => {
    const gradient = tf.grad((x) => huber(labels, x))(tf.tensor1d([1, 2, 4]));
    expect(Array.from(gradient.dataSync())).toEqual([1, 1, 1]);
  });

  test('a gradient of values of examples may be part of what is minimized', () => {
    const v = tf.variable(tf.tensor1d([0.5, 1.5, 2.5]));
    const penalty = (): tf.Scalar => tf.sum(tf.square(tf.grad((x) => huber(labels, x))(v)));
    expect(() => tf.train.sgd(0.1).minimize(penalty)).not.toThrow();
  });

  test('of a computation that goes on, tfjs complains', () => {
    const v = tf.variable(tf.tensor1d([1, 2, 4]));
    const twice = (): tf.Scalar => tf.mul(huber(labels, v), 2);
    expect(() => tf.train.sgd(0.1).minimize(twice)).toThrow('must return a scalar');
  });
});

describe('the console', () => {
  const said = (): unknown[] => warned.mock.calls.map(([text]: unknown[]) => text);

  test.each(notedCalls)('$call: $mistake', ({ call, now }) => {
    plainly(() => run(call));
    expect(said()).toEqual([]);
    run(call);
    run(call);
    expect(said()).toEqual([now]);
  });

  test('says nothing of what is right, of values that do not count, and where no look is wanted', () => {
    for (const call of [
      'generalizedCrossentropy([[1, 0]], [[0.7, 0.3]])',
      'sparseCategoricalCrossentropy([0], [[5, 3]])',
      'generalizedCrossentropy([[1, 0]], [[5, -3]], { fromLogits: true })',
      'generalizedCrossentropy([[1, 0]], [[5, -3]], { validate: false })',
      'generalizedCrossentropy([[1, 0]], [[5, -3]], { mask: [0] })',
      'generalizedCrossentropy([[1, 0]], [[1, 0]])',
      'generalizedCrossentropy([[0.7, 0.3]], [[0.6, 0.4]])',
      'jensenShannon([[0.7, 0.3]], [[1, 0]])',
      'huber([0.5], [-3])',
    ]) {
      run(call);
    }
    expect(said()).toEqual([]);
    run('generalizedCrossentropy([[1, 0]], [[5, -3]])');
    expect(said()).toHaveLength(1);
  });

  test('compile that has warned of an activation is enough', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1], useBias: false })] });
    compile(model, { optimizer: 'sgd', loss: exported.sparseCategoricalFocalCrossentropy });
    model.setWeights([tf.tensor2d([[1, -5]])]);
    await model.trainOnBatch(tf.ones([2, 1]), tf.tensor2d([[0], [1]]));
    expect(said()).toHaveLength(1);
    model.dispose();
  });
});

test('no gradients: the error names the import', () => {
  const { call, now } = lackingCalls.gradients;
  const kernels = new Set(tf.getKernelsForBackend(tf.getBackend()).map(({ kernelName }) => kernelName));
  const gradients = [...kernels].flatMap((name) => (tf.getGradient(name) as tf.GradConfig | undefined) ?? []);
  for (const { kernelName } of gradients) tf.unregisterGradient(kernelName);
  try {
    expect(plainly(() => messageOf(() => run(call)))).toMatch(/^Cannot compute gradient: gradient function not found/);
    expect(messageOf(() => run(call))).toBe(now);
    // Values want none.
    expect(messageOf(() => run('huber(y, p)'))).toBeNull();
  } finally {
    for (const gradient of gradients) tf.registerGradient(gradient);
  }
  expect(messageOf(() => run(call))).toBeNull();
});
