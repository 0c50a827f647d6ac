import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile as typed } from '../../src/layers/index.js';

type Model = Readonly<Record<'fit' | 'evaluate' | 'trainOnBatch' | 'fitDataset' | 'evaluateDataset', Unchecked>>;
type Unchecked = (...args: unknown[]) => unknown;

const compile = typed as unknown as (model: unknown, args: unknown) => Model;
const fresh = (): tf.Sequential =>
  tf.sequential({ layers: [tf.layers.dense({ name: 'out', units: 1, inputShape: [2] })] });
const compiled = (loss: unknown = 'mse'): Model => compile(fresh(), { optimizer: tf.train.sgd(0.1), loss });
const once = { epochs: 1, verbose: 0 };

/** Fails with these words, whether at once or later, and leaves nothing behind; then the next step goes as ever. */
async function refuses(model: Model, call: () => unknown, words: readonly string[]): Promise<void> {
  const x = tf.ones([3, 2]);
  await model.trainOnBatch(x, tf.ones([3, 1]));
  const before = tf.memory().numTensors;
  let message = '';
  try {
    await call();
  } catch (error) {
    ({ message } = error as Error);
  }
  for (const word of words) expect(message).toContain(word);
  expect(message.length).toBeLessThan(600);
  expect(tf.memory().numTensors).toBe(before);
  expect(await model.trainOnBatch(x, tf.ones([3, 1]))).not.toBeNaN();
}

test.each<readonly [model: unknown, args: unknown, words: readonly string[]]>([
  [null, { optimizer: 'sgd', loss: 'mse' }, ['the model is null', 'expected']],
  [{}, { optimizer: 'sgd', loss: 'mse' }, ['the model is an object', 'expected']],
  [tf.sequential(), { optimizer: 'sgd', loss: 'mse' }, ['not built', 'expected an inputShape']],
  [fresh(), null, ['the arguments are null', 'optimizer and loss']],
  [fresh(), undefined, ['the arguments are undefined']],
  [fresh(), new Map(), ['the arguments are a Map']],
  [fresh(), { optimizer: 'sgd' }, ['optimizer and loss']],
  [fresh(), { optimizer: 'sgd', loss: null }, ['no output has a loss']],
  [fresh(), { optimizer: 'sgd', loss: 3 }, ['loss is 3']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', metric: ['mae'] }, ['"metric"', 'expected metrics']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', losses: 'mae' }, ['"losses"', 'expected loss']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', lossWeight: 1 }, ['"lossWeight"', 'expected lossWeights']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', optimiser: 'adam' }, ['"optimiser"', 'expected optimizer']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', weightedMetric: ['mae'] }, ['"weightedMetric"', 'weightedMetrics']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', weightedMetrics: [1] }, ['weightedMetrics', '1']],
  [fresh(), { optimizer: 'sgd', loss: 'mse', lossWeights: 1e39 }, ['lossWeights is 1e+39']],
  [fresh(), { optimizer: 'sgd', loss: { ['o'.repeat(1e5)]: 'mse' } }, ['names the output "ooo', 'expected']],
])('compile refuses %#', (model, args, words) => {
  const call = (): unknown => compile(model, args);
  for (const word of words) expect(call).toThrow(word);
});

const x = tf.tidy(() => tf.ones([3, 2]));
const y = tf.tidy(() => tf.ones([3, 1]));
const gone = tf.tensor2d([[1], [2], [3]]);
gone.dispose();
const wide = tf.tidy(() => tf.ones([3, 5]));
const short = tf.tidy(() => tf.ones([2, 1]));
const words = tf.tidy(() => tf.tensor2d([['a'], ['b'], ['c']]));

test.each<readonly [what: string, call: (model: Model) => unknown, said: readonly string[]]>([
  ['fit with sampleWeights', (m) => m.fit(x, y, { ...once, sampleWeights: y }), ['"sampleWeights"', 'sampleWeight']],
  ['fit with classWeights', (m) => m.fit(x, y, { ...once, classWeights: { 0: 1 } }), ['"classWeights"', 'classWeight']],
  ['fit with a map', (m) => m.fit(x, y, new Map()), ['fit: the arguments are a Map']],
  ['fit with null', (m) => m.fit(x, y, null), ['fit: the arguments are null']],
  ['evaluate with sampleWeights', (m) => m.evaluate(x, y, { sampleWeights: y }), ['evaluate: ', '"sampleWeights"']],
  ['evaluate with classWeight', (m) => m.evaluate(x, y, { classWeight: { 0: 1 } }), ['evaluate: ', '"classWeight"']],
  ['trainOnBatch with sampleWeights', (m) => m.trainOnBatch(x, y, { sampleWeights: y }), ['trainOnBatch: ', 'Weight']],
  ['weights of text', (m) => m.fit(x, y, { ...once, sampleWeight: 'heavy' }), ['sampleWeight is "heavy"']],
  ['weights with a hole', (m) => m.trainOnBatch(x, y, { sampleWeight: Array(3) }), ['sampleWeight[0] is a hole']],
  ['disposed weights', (m) => m.evaluate(x, y, { sampleWeight: gone }), ['sampleWeight is a disposed tensor']],
  ['disposed labels', (m) => m.fit(x, gone, once), ['labels of "out" is a disposed tensor']],
  ['disposed labels of a batch', (m) => m.trainOnBatch(x, gone), ['labels of "out" is a disposed tensor']],
  ['labels of text', (m) => m.evaluate(x, words), ['labels of "out" is a string tensor']],
  [
    'weights of NaN',
    (m) => m.fit(x, y, { ...once, batchSize: 1, sampleWeight: [1, 1, NaN] }),
    ['sampleWeight[2] is NaN'],
  ],
  ['a weight of NaN', (m) => m.evaluate(x, y, { sampleWeight: [1, NaN, 1] }), ['sampleWeight[1] is NaN', 'finite']],
  ['weights of strange axes', (m) => m.fit(x, y, { ...once, sampleWeight: wide }), ['shape [3,5]', 'axes of [3,1]']],
  [
    'a class of very many',
    (m) => m.fit(x, y, { ...once, classWeight: { 50000000: 2 } }),
    ['class 50000000', '16777215'],
  ],
  [
    'a class of more digits',
    (m) => m.fit(x, y, { ...once, classWeight: { ['1'.repeat(1e5)]: 2 } }),
    ['classWeight has the keys', 'by class index'],
  ],
  [
    'a class of leading zeros',
    (m) => m.trainOnBatch(x, y, { classWeight: { '01': 2 } }),
    ['classWeight has the keys', 'by class index'],
  ],
  ...[null, undefined, 'x', 3].map((bad): readonly [string, (model: Model) => unknown, readonly string[]] => [
    `x that is ${String(bad)}`,
    (m) => m.fit(bad, y, once),
    [`model: x is ${typeof bad === 'string' ? JSON.stringify(bad) : String(bad)}`, 'expected a tensor'],
  ]),
  ['a list for x', (m) => m.trainOnBatch([[1, 2]], y), ['model: x is', 'expected a tensor']],
  ['too many tensors for x', (m) => m.evaluate([x, x], y), ['model: x has 2 tensors', 'expected one']],
  ['x of another length', (m) => m.fit(y, short, once), ['x has [3] examples', '[2]']],
  ['disposed x', (m) => m.evaluate(gone, y), ['x is a disposed tensor']],
  ['x by another name', (m) => m.trainOnBatch({ nobody: x }, y), ['x is undefined']],
  ['a generator to train on', (m) => m.fitDataset([].values(), once), ['the dataset is', 'expected one of tf.data']],
  ['a dataset of null', (m) => m.fitDataset(null, once), ['the dataset is null']],
  ['a dataset that is an array', (m) => m.evaluateDataset([1]), ['the dataset is [1]']],
])('%s', async (_, call, said) => {
  const model = compiled();
  await refuses(model, () => call(model), said);
});

const none = { iterator: () => Promise.resolve({ next: () => Promise.resolve({ value: null, done: true }) }) };

/** An item of a dataset whose labels are an object that has itself among its values. */
function holdingItself(): object {
  const ys: Record<string, unknown> = { out: tf.ones([3, 1]) };
  ys['me'] = ys;
  return { xs: tf.ones([3, 2]), ys };
}

test.each<readonly [what: string, item: () => unknown, said: readonly string[]]>([
  [
    'sampleWeights',
    () => ({ xs: tf.ones([3, 2]), ys: tf.ones([3, 1]), sampleWeights: tf.ones([3]) }),
    ['"sampleWeights"'],
  ],
  ['no xs', () => ({ ys: tf.ones([3, 1]) }), ['ys only', 'expected xs and ys']],
  ['a map', () => new Map([['xs', tf.ones([3, 2])]]), ['are a Map']],
  ['labels that hold themselves', () => holdingItself(), ['"me"', 'expected out']],
  ['inputs that are null', () => ({ xs: null, ys: tf.ones([3, 1]) }), ['xs of an item of the dataset is null']],
  ['inputs in an array', () => ({ xs: [[1, 2]], ys: tf.ones([3, 1]) }), ['xs of an item of the dataset is [1,2]']],
  ['fewer labels', () => ({ xs: tf.ones([3, 2]), ys: tf.ones([2, 1]) }), ['has [3] examples', 'labels [2]']],
  ['no xs, later', () => Promise.resolve({ ys: tf.ones([3, 1]) }), ['ys only']],
  ['no ys', () => ({ xs: tf.ones([3, 2]) }), ['xs only', 'expected xs and ys']],
  ['null', () => null, ['are null', 'xs, ys']],
  ['a number', () => 3, ['are 3']],
  ['a list', () => [tf.ones([3, 2]), tf.ones([3, 1])], ['are [a tensor']],
  [
    'text for weights',
    () => ({ xs: tf.ones([3, 2]), ys: tf.ones([3, 1]), sampleWeight: 'x' }),
    ['sampleWeight is "x"'],
  ],
])('an item of a dataset with %s', async (_, item, said) => {
  const model = compiled();
  const dataset = { iterator: () => Promise.resolve({ next: () => Promise.resolve({ value: item(), done: false }) }) };
  await refuses(model, () => model.fitDataset(dataset, { ...once, batchesPerEpoch: 1 }), said);
  await refuses(model, () => model.evaluateDataset(dataset, { batches: 1 }), said);
});

function disposedSum(labels: tf.Tensor): tf.Tensor {
  const sum = tf.sum(labels);
  sum.dispose();
  return sum;
}

test.each<readonly [what: string, answer: (labels: tf.Tensor, said: tf.Tensor) => unknown, said: string]>([
  ['nothing', () => undefined, 'answer: returned undefined; expected a tensor'],
  ['a number', () => 1, 'answer: returned 1; expected a tensor'],
  ['a promise', () => Promise.resolve(1), 'answer: returned a Promise; expected a tensor'],
  ['another shape', () => tf.ones([7]), 'answer: returned a tensor of shape [7]; expected one number'],
  ['truths', (labels, said) => tf.equal(labels, said), 'answer: returned a tensor of bool; expected float32'],
  ['a disposed tensor', disposedSum, 'answer: returned a disposed tensor; expected'],
  [
    'its own error',
    () => {
      throw new Error('not today');
    },
    'not today',
  ],
])('a loss that gives %s, at once or later', async (_, give, said) => {
  for (const from of [0, 3]) {
    let count = -from;
    const answer = (labels: tf.Tensor, predictions: tf.Tensor): unknown =>
      count < 0 || count > 0 ? tf.mean(tf.sub(labels, predictions)) : give(labels, predictions);
    const model = compiled(answer);
    const calls = async (): Promise<void> => {
      count = -from;
      for (let i = 0; i <= from; i++, count++) await model.trainOnBatch(x, y);
    };
    count = 1;
    await refuses(model, async () => calls().finally(() => void (count = 1)), [said]);
  }
});

test.each<readonly [what: string, answer: (labels: tf.Tensor) => unknown, said: string]>([
  ['nothing', () => undefined, 'answer: returned undefined; expected a tensor'],
  ['a number', () => 1, 'answer: returned 1; expected a tensor'],
  ['another shape', () => tf.ones([7]), 'answer: returned a tensor of shape [7]; expected one number, or values of 3'],
  ['words', () => tf.tensor1d(['a', 'b', 'c']), 'answer: what it returned is a string tensor; expected numbers'],
  ['a disposed tensor', disposedSum, 'answer: returned a disposed tensor; expected'],
])('a metric that gives %s', async (_, give, said) => {
  let isBad = false;
  const answer = (labels: tf.Tensor): unknown => (isBad ? give(labels) : tf.mean(labels));
  const model = compile(fresh(), { optimizer: 'sgd', loss: 'mse', metrics: [answer] });
  for (const call of [() => model.trainOnBatch(x, y), () => model.evaluate(x, y)]) {
    const badly = async (): Promise<void> => {
      isBad = true;
      try {
        await call();
      } finally {
        isBad = false;
      }
    };
    await refuses(model, badly, [said]);
  }
});

test.each<readonly [what: string, constant: (labels: tf.Tensor) => tf.Tensor]>([
  ['one number', () => tf.scalar(1)],
  ['the labels', (labels) => tf.clone(labels)],
  ['what has no derivative', (labels) => tf.cast(tf.round(labels), 'float32')],
])('a loss that is %s only is refused where it is to be stepped down', async (_, constant) => {
  let isBad = false;
  const answer = (labels: tf.Tensor, said: tf.Tensor): tf.Tensor => (isBad ? constant(labels) : tf.sub(said, labels));
  const model = compiled(answer);
  let thrown: unknown;
  const badly = async (): Promise<void> => {
    isBad = true;
    try {
      await model.trainOnBatch(x, y);
    } catch (error) {
      thrown = error;
      throw error;
    } finally {
      isBad = false;
    }
  };
  await refuses(model, badly, ['model: the loss gives no step of training (Cannot find a connection', '; expected']);
  expect((thrown as Error).cause).toBeInstanceOf(Error);
});

test('a metric may give truths', () => {
  const isLarge = (labels: tf.Tensor): tf.Tensor => tf.greater(labels, -1e9);
  const model = compile(fresh(), { optimizer: 'sgd', loss: 'mse', metrics: [isLarge] });
  const [, share] = model.evaluate(x, y) as tf.Scalar[];
  expect(share?.dataSync()[0]).toBe(1);
});

test('a weight may be a truth', () => {
  const [model, ofThree] = [compiled(), tf.tensor2d([[1], [2], [5]])];
  const loss = (sampleWeight: unknown): unknown =>
    (model.evaluate(x, ofThree, { sampleWeight }) as tf.Scalar).arraySync();
  expect(loss([true, false, true])).toEqual(loss([1, 0, 1]));
});

test('a loss that is told not to look at values does not look at weights', async () => {
  const model = compiled(L.meanSquaredError.with({ validate: false }));
  expect(await model.trainOnBatch(x, y, { sampleWeight: [1, NaN, 1] })).toBeNaN();
});

test.each([
  ['an iterator that is none', {}, 'its iterator is an object; expected an object with the method next'],
  ['no iterator', undefined, 'its iterator is undefined'],
  ['an iterator of nothing', { next: () => Promise.resolve(undefined) }, 'it gave undefined; expected { value, done }'],
])('a dataset with %s', async (_, iterator, said) => {
  const model = compiled();
  const dataset = { iterator: () => Promise.resolve(iterator) };
  await refuses(model, () => model.fitDataset(dataset, { ...once, batchesPerEpoch: 1 }), [`the dataset: ${said}`]);
});

test('an item of a dataset may come later', async () => {
  const model = compiled();
  const value = Promise.resolve({ xs: tf.ones([3, 2]), ys: tf.ones([3, 1]) });
  const dataset = { iterator: () => Promise.resolve({ next: () => Promise.resolve({ value, done: false }) }) };
  expect(await model.fitDataset(dataset, { ...once, batchesPerEpoch: 1 })).toHaveProperty('history');
});

const notCounts = ['3', NaN, -1, 0.5, true, {}, [], Infinity, 0];
const handed = {
  batchSize: notCounts,
  epochs: notCounts,
  stepsPerEpoch: notCounts,
  validationSteps: notCounts,
  initialEpoch: ['3', NaN, -1, 0.5, true, {}, Infinity],
  validationSplit: ['0.1', NaN, -0.1, 1, 2, Infinity, true, []],
  validationData: [3, 'x', {}, new Map(), [], [1], [1, 2, 3, 4], { xs: 1, ys: 2 }],
  callbacks: [3, 'x', true, [3], [null]],
  shuffle: ['yes', 3, {}, []],
  verbose: ['auto', 3, -1, NaN, {}],
  yieldEvery: ['often', NaN, -1, true, {}],
};

test.each(Object.entries(handed))('fit takes as %s what tfjs can use only', async (key, values) => {
  const model = compiled();
  for (const value of values) {
    await refuses(model, () => model.fit(x, y, { ...once, [key]: value }), [`fit: ${key} is `, 'expected']);
  }
  expect(await model.fit(x, y, { ...once, [key]: null })).toHaveProperty('history');
});

test.each<readonly [what: string, call: (model: Model, given: unknown) => unknown, values: readonly unknown[]]>([
  ['fitDataset: epochs is', (m, epochs) => m.fitDataset(none, { epochs }), notCounts],
  [
    'fitDataset: batchesPerEpoch is',
    (m, batchesPerEpoch) => m.fitDataset(none, { ...once, batchesPerEpoch }),
    notCounts,
  ],
  [
    'fitDataset: validationData is',
    (m, validationData) => m.fitDataset(none, { ...once, validationData }),
    [3, [], { xs: x }],
  ],
  ['evaluate: batchSize is', (m, batchSize) => m.evaluate(x, y, { batchSize }), notCounts],
  ['evaluateDataset: batches is', (m, batches) => m.evaluateDataset(none, { batches }), notCounts],
])('%s of its kind only', async (said, call, values) => {
  const model = compiled();
  for (const value of values) await refuses(model, () => call(model, value), [said, 'expected']);
});
