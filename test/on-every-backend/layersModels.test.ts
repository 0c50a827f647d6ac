import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, type CompileArgs } from '../../src/layers/index.js';
import { assertClose } from '../support/law.js';
import {
  evaluated,
  inputsFor,
  modelSaying,
  numberOf,
  random,
  saidBy,
  stepByHand,
  valuesOf,
} from '../support/predictionModel.js';

const sgd = (rate = 0): tf.Optimizer => tf.train.sgd(rate);
const once = { epochs: 1, verbose: 0 } as const;

describe('the logits before a final softmax or sigmoid', () => {
  type Ending = (logits: tf.Tensor) => tf.LayersModel;
  const before = (logits: tf.Tensor): tf.Sequential => modelSaying(valuesOf(logits));
  const then =
    (layer: () => tf.layers.Layer): Ending =>
    (logits) => {
      const model = before(logits);
      model.add(layer());
      return model;
    };
  const inLayer: Ending = (logits) => {
    const [batch = 1, units = 1] = logits.shape;
    const layer = tf.layers.dense({ units, inputShape: [batch], useBias: false, activation: 'softmax' });
    const model = tf.sequential({ layers: [layer] });
    model.setWeights([logits]);
    return model;
  };

  test.each<[string, Ending]>([
    ['an activation layer', then(() => tf.layers.activation({ activation: 'softmax' }))],
    ['a softmax layer', then(() => tf.layers.softmax({ axis: -1 }))],
    ['the activation of a dense layer', inLayer],
    [
      'the last layer of a model in the model',
      then(() => tf.sequential({ layers: [tf.layers.activation({ activation: 'softmax', inputShape: [3] })] })),
    ],
  ])('are found before %s', async (_, ending) => {
    const logits = tf.tensor2d([
      [60, 0, 0],
      [0, 0, 100],
    ]);
    const model = compile(ending(logits), { optimizer: sgd(1), loss: L.sparseCategoricalCrossentropy });
    const [x, labels] = [inputsFor(logits), tf.tensor1d([1, 0], 'int32')];
    const loss = (p: tf.Tensor): tf.Tensor =>
      L.sparseCategoricalCrossentropy(labels, p, { fromLogits: true, reduction: 'mean' });
    expect(numberOf(model.evaluate(x, labels) as tf.Scalar)).toBeCloseTo(80, 3);
    const { history } = await model.fit(x, labels, { ...once, shuffle: false });
    expect(history['loss']?.[0]).toBeCloseTo(80, 3);
    assertClose(saidBy(model), stepByHand(loss, valuesOf(logits), 1), 1e-4, 'the step');
    // The model still says probabilities.
    assertClose(Array.from(tf.sum(model.predict(x) as tf.Tensor, -1).dataSync()), [1, 1], 1e-5, 'the predictions');
  });

  test('of every step of a layer in timeDistributed', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.timeDistributed({
          inputShape: [3, 2],
          layer: tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: 'ones' }),
        }),
      ],
    });
    compile(model, { optimizer: sgd(), loss: 'binaryCrossentropy' });
    const x = tf.mul(tf.ones([2, 3, 2]), [[[20], [-20], [1]]]);
    const labels = tf.tensor3d([0, 1, 1, 0, 1, 1], [2, 3, 1]);
    expect(numberOf(model.evaluate(x, labels) as tf.Scalar)).toBeCloseTo((40 + 40 + Math.log1p(Math.exp(-2))) / 3, 4);
  });

  test('of a sigmoid serve the parts of a combined loss, but not those that want probabilities', () => {
    const logits = tf.tensor2d([[40], [-3]]);
    const labels = tf.tensor2d([[0], [1]]);
    const loss = L.combine({ bce: [L.binaryCrossentropy, 1], mse: [L.meanSquaredError, 10], dice: [L.dice, 1] });
    const model = compile(then(() => tf.layers.activation({ activation: 'sigmoid' }))(logits), {
      optimizer: sgd(),
      loss,
    });
    const p = tf.sigmoid(logits);
    const byHand = [
      L.binaryCrossentropy(labels, logits, { fromLogits: true, reduction: 'mean' }),
      tf.mul(10, L.meanSquaredError(labels, p, { reduction: 'mean' })),
      L.dice(labels, p, { reduction: 'mean' }),
    ].map(numberOf);
    const value = numberOf(model.evaluate(inputsFor(logits), labels) as tf.Scalar);
    assertClose([value], [byHand.reduce((a, b) => a + b)], 1e-5, 'the loss');
  });

  test('are used where a loss expects logits and the model gives none, and that is said', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const logits = tf.tensor2d([[1, 3]]);
    const squashed = (activation: 'softmax' | 'sigmoid'): tf.LayersModel =>
      then(() => tf.layers.activation({ activation }))(logits);
    const model = compile(squashed('softmax'), {
      optimizer: sgd(),
      loss: L.categoricalCrossentropy.with({ fromLogits: true }),
    });
    compile(squashed('sigmoid'), { optimizer: sgd(), loss: L.combine({ asymmetric: [L.asymmetric, 1] }) });
    expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringContaining('categoricalCrossentropy expects logits'),
      expect.stringContaining('asymmetric expects logits'),
    ]);
    warn.mockRestore();
    const labels = tf.tensor2d([[1, 0]]);
    expect(numberOf(model.evaluate(inputsFor(logits), labels) as tf.Scalar)).toBeCloseTo(Math.log1p(Math.exp(2)), 5);
  });
});

describe('masks', () => {
  test('of an embedding take padding out of loss, gradient and accuracy, over the whole batch', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 4, outputDim: 2, maskZero: true, inputLength: 3 }),
        tf.layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    compile(model, { optimizer: sgd(), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    const tokens = tf.tensor2d([
      [1, 0, 0],
      [3, 2, 1],
    ]);
    // Padding has labels that are no classes.
    const labels = tf.tensor2d(
      [
        [1, 9, -7],
        [0, 1, 1],
      ],
      [2, 3],
      'int32',
    );
    const logP = Array.from(tf.log(model.predict(tokens) as tf.Tensor).dataSync());
    const at = [
      [0, 1],
      [3, 0],
      [4, 1],
      [5, 1],
    ] as const;
    const byHand = at.reduce((sum, [position, label]) => sum - (logP[2 * position + label] as number), 0) / 4;
    const right = at.filter(([i, label]) => ((logP[2 * i + 1] as number) > (logP[2 * i] as number) ? 1 : 0) === label);
    const { loss, acc } = evaluated(model, model.evaluate(tokens, labels));
    assertClose([loss as number, acc as number], [byHand, right.length / 4], 1e-5, 'loss and accuracy');
    // The gradient of an embedding needs a kernel that wasm lacks.
    if (tf.getBackend() === 'wasm') return;
    const { history } = await model.fit(tokens, labels, once);
    assertClose(history['loss'] as number[], [byHand], 1e-5, 'the loss of fit');
  });

  describe('reach the loss', () => {
    const l = tf.layers;
    const dense = (): tf.layers.Layer => l.dense({ units: 2, activation: 'softmax', kernelInitializer: 'ones' });
    const embedding = (): tf.layers.Layer =>
      l.embedding({
        inputDim: 4,
        outputDim: 2,
        maskZero: true,
        inputLength: 3,
        embeddingsInitializer: tf.initializers.randomNormal({ seed: 3 }),
      });
    const apply = (layer: tf.layers.Layer, ...to: tf.SymbolicTensor[]): tf.SymbolicTensor =>
      layer.apply(to.length > 1 ? to : (to[0] as tf.SymbolicTensor)) as tf.SymbolicTensor;
    const functional = (build: (x: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel => {
      const input = tf.input({ shape: [3] });
      return tf.model({ inputs: input, outputs: build(input) });
    };

    test.each<[string, () => tf.LayersModel]>([
      [
        'through a sum',
        () =>
          functional((x) => {
            const embedded = apply(embedding(), x);
            return apply(dense(), apply(l.add(), embedded, apply(l.activation({ activation: 'tanh' }), embedded)));
          }),
      ],
      [
        'out of a model in the model',
        () => functional((x) => apply(dense(), apply(tf.sequential({ layers: [embedding()] }), x))),
      ],
      ['out of the last model', () => tf.sequential({ layers: [tf.sequential({ layers: [embedding(), dense()] })] })],
      [
        'out of models in models',
        () =>
          functional((x) =>
            apply(dense(), apply(tf.sequential({ layers: [tf.sequential({ layers: [embedding()] })] }), x)),
          ),
      ],
    ])('%s', (_, build) => {
      const model = compile(build(), { optimizer: sgd(), loss: 'sparseCategoricalCrossentropy' });
      const tokens = tf.tensor2d([
        [1, 0, 0],
        [3, 2, 1],
        [2, 1, 0],
      ]);
      const labels = tf.tensor2d(
        [
          [1, 0, 1],
          [0, 1, 1],
          [0, 0, 1],
        ],
        [3, 3],
        'int32',
      );
      const said = model.predict(tokens) as tf.Tensor;
      const mask = tf.notEqual(tokens, 0);
      const byHand = numberOf(L.sparseCategoricalCrossentropy(labels, said, { mask, reduction: 'mean' }));
      const before = tf.memory().numTensors;
      const value = model.evaluate(tokens, labels) as tf.Scalar;
      expect(tf.memory().numTensors).toBe(before + 1);
      assertClose([numberOf(value)], [byHand], 1e-5, 'the loss');
    });
  });

  test('are lengths for a loss of whole sequences', async () => {
    const model = tf.sequential({ layers: [tf.layers.masking({ inputShape: [4, 3] })] });
    model.add(tf.layers.dense({ units: 3, kernelInitializer: 'identity' }));
    compile(model, { optimizer: sgd(0.1), loss: 'ctc' });
    // The second sequence is two steps long; what follows is padding.
    const x = tf.mul(random('sequences', [2, 4, 3]), [
      [[1], [1], [1], [1]],
      [[1], [1], [0], [0]],
    ]);
    const labels = tf.tensor2d(
      [
        [1, 2],
        [2, 0],
      ],
      [2, 2],
      'int32',
    );
    const byHand = numberOf(L.ctc(labels, x, { logitLengths: [4, 2], reduction: 'mean' }));
    expect(numberOf(model.evaluate(x, labels) as tf.Scalar)).toBeCloseTo(byHand, 5);
    const { history } = await model.fit(x, labels, { epochs: 3, verbose: 0 });
    expect(history['loss']?.[0]).toBeCloseTo(byHand, 5);
    expect(history['loss']?.[2]).toBeLessThan(byHand);
  });

  test('of the Masking layer reach functions that are not of this package', () => {
    const model = tf.sequential({ layers: [tf.layers.masking({ maskValue: 0, inputShape: [3, 1] })] });
    model.add(tf.layers.dense({ units: 1, kernelInitializer: 'ones', trainable: true }));
    const squared = (labels: tf.Tensor, predictions: tf.Tensor): tf.Tensor => tf.square(tf.sub(labels, predictions));
    compile(model, { optimizer: sgd(), loss: squared });
    const x = tf.tensor3d([1, 2, 0, 0, 5, 0], [2, 3, 1]);
    expect(numberOf(model.evaluate(x, tf.zeros([2, 3, 1])) as tf.Scalar)).toBeCloseTo((1 + 4 + 25) / 3, 5);
  });
});

describe('several outputs', () => {
  /** Outputs of different ranks: [batch, 1], [batch, 2, 3] and [batch, 2]. */
  function threeHeads(): tf.LayersModel {
    const input = tf.input({ shape: [4] });
    const kernelInitializer = tf.initializers.glorotNormal({ seed: 3 });
    const dense = (name: string, units: number, activation: 'sigmoid' | 'linear' = 'linear'): tf.layers.Layer =>
      tf.layers.dense({ name, units, activation, kernelInitializer });
    const yes = dense('yes', 1, 'sigmoid').apply(input) as tf.SymbolicTensor;
    const tags = dense('tags', 3).apply(tf.layers.repeatVector({ n: 2 }).apply(input)) as tf.SymbolicTensor;
    const free = dense('free', 2).apply(input) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs: [yes, tags, free] });
  }
  const x = (): tf.Tensor => random('x', [4, 4]);
  const labels = {
    yes: () => tf.tensor2d([[1], [0], [0], [1]]),
    tags: () =>
      tf.tensor2d(
        [
          [0, 1],
          [2, -1],
          [1, 1],
          [-1, 0],
        ],
        [4, 2],
        'int32',
      ),
  };
  const tagLoss = L.sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: -1 });
  const args = (rate = 0): CompileArgs => ({
    optimizer: sgd(rate),
    loss: { yes: 'binaryCrossentropy', tags: tagLoss },
    lossWeights: { yes: 2, tags: 0.5 },
    metrics: { yes: ['accuracy', 'mae'], tags: 'acc' },
  });

  test('are reported one by one, with the weighted total, in fit, evaluate and validation', async () => {
    const model = compile(threeHeads(), args());
    const [yes, tags] = model.predict(x()) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const expected = {
      yes_loss: numberOf(L.binaryCrossentropy(labels.yes(), yes, { reduction: 'mean' })),
      tags_loss: numberOf(tagLoss(labels.tags(), tags, { reduction: 'mean' })),
      yes_mae: numberOf(L.meanAbsoluteError(labels.yes(), yes, { reduction: 'mean' })),
    };
    const total = 2 * expected.yes_loss + 0.5 * expected.tags_loss;
    expect(model.metricsNames).toEqual(['loss', 'yes_loss', 'tags_loss', 'yes_acc', 'yes_mae', 'tags_acc']);
    const y = { yes: labels.yes(), tags: labels.tags() };
    const found = evaluated(model, model.evaluate(x(), y));
    expect(found).toMatchObject({
      loss: expect.closeTo(total, 5) as number,
      yes_loss: expect.closeTo(expected.yes_loss, 5) as number,
      tags_loss: expect.closeTo(expected.tags_loss, 5) as number,
      yes_mae: expect.closeTo(expected.yes_mae, 5) as number,
    });
    // Labels in a list, of the outputs with a loss.
    const list = [labels.yes(), labels.tags()];
    const { history } = await model.fit(x(), list, { ...once, validationData: [x(), list] });
    for (const [name, value] of Object.entries(found)) {
      expect([name, history[name]?.[0]]).toEqual([name, expect.closeTo(value, 5)]);
      expect([name, history[`val_${name}`]?.[0]]).toEqual([name, expect.closeTo(value, 5)]);
    }
  });

  test('have weights each, and one set of weights holds for all', async () => {
    const model = compile(threeHeads(), args());
    const [yes, tags] = model.predict(x()) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const y = [labels.yes(), labels.tags()];
    const ofExamples = tf.tensor1d([1, 2, 0, 0.5]);
    const ofTags = tf.tensor2d([
      [1, 0],
      [2, 5],
      [1, 1],
      [5, 3],
    ]);
    const lossOf = (forYes: tf.Tensor, forTags: tf.Tensor): number =>
      2 * numberOf(L.binaryCrossentropy(labels.yes(), yes, { weights: forYes, reduction: 'mean' })) +
      0.5 * numberOf(tagLoss(labels.tags(), tags, { weights: forTags, reduction: 'mean' }));
    const each = await model.fit(x(), y, { ...once, sampleWeight: { yes: ofExamples, tags: ofTags } });
    assertClose(each.history['loss'] as number[], [lossOf(ofExamples, ofTags)], 1e-5, 'the loss');
    const listed = await model.fit(x(), y, { ...once, sampleWeight: [ofExamples, ofTags] });
    assertClose(listed.history['loss'] as number[], [lossOf(ofExamples, ofTags)], 1e-5, 'the loss');
    const all = evaluated(model, model.evaluate(x(), y, { sampleWeight: ofExamples }));
    assertClose([all['loss'] as number], [lossOf(ofExamples, ofExamples)], 1e-5, 'the loss');
    const classes = await model.fit(x(), y, { ...once, classWeight: { yes: { 1: 3 } } });
    assertClose(
      classes.history['loss'] as number[],
      [lossOf(tf.tensor1d([3, 1, 1, 3]), tf.ones([4]))],
      1e-5,
      'the loss',
    );
  });

  test('stop early when the total does not fall any more', async () => {
    const constant =
      (name: string): CompileArgs['loss'] =>
      (labels, predictions) =>
        tf.add(tf.mul(tf.mean(predictions), 0), name === 'yes' ? 1 : 4);
    const model = threeHeads();
    compile(model, { optimizer: sgd(), loss: { yes: constant('yes') as never, tags: constant('tags') as never } });
    const y = { yes: labels.yes(), tags: labels.tags() };
    const watch = tf.callbacks.earlyStopping({ monitor: 'val_loss', baseline: 4.5, patience: 0 });
    const { history } = await model.fit(x(), y, {
      ...once,
      epochs: 5,
      validationData: [x(), y] as never,
      callbacks: watch,
    });
    expect(history['val_loss']).toEqual([5]);
  });

  test('without a loss are neither trained nor reported, and want no labels', async () => {
    const model = compile(threeHeads(), { optimizer: sgd(0.1), loss: [null, tagLoss, null] });
    const weightOf = (name: string): number[] =>
      Array.from((model.getLayer(name).getWeights()[0] as tf.Tensor).dataSync());
    const before = ['yes', 'tags', 'free'].map(weightOf);
    const { history } = await model.fit(x(), labels.tags(), once);
    expect(Object.keys(history)).toEqual(['loss', 'tags_loss']);
    expect(['yes', 'tags', 'free'].map((name, i) => String(weightOf(name)) === String(before[i]))).toEqual([
      true,
      false,
      true,
    ]);
  });
});

test('penalties of regularizers are in the loss of training and of evaluation', async () => {
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.5 });
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones', kernelRegularizer })],
  });
  compile(model, { optimizer: sgd(), loss: 'mse' });
  const x = tf.ones([2, 1]);
  expect(numberOf(model.evaluate(x, x) as tf.Scalar)).toBeCloseTo(0.5, 6);
  expect((await model.fit(x, x, { ...once, validationData: [x, x] })).history).toMatchObject({
    loss: [0.5],
    val_loss: [0.5],
  });
});

test.each<[string, (said: tf.Tensor) => tf.LayersModel]>([
  ['sequential', (said) => modelSaying(valuesOf(said))],
  [
    'functional',
    (said) => {
      const { inputs, outputs } = modelSaying(valuesOf(said));
      return tf.model({ inputs, outputs });
    },
  ],
])('plain model.compile takes everything back (%s)', async (_, modelOf) => {
  const predictions = random('plain', [3, 2]);
  const model = modelOf(predictions);
  compile(model, { optimizer: sgd(), loss: 'huber' });
  model.compile({ optimizer: sgd(), loss: 'meanSquaredError' });
  const [x, y] = [inputsFor(predictions), tf.zeros([3, 2])];
  const byHand = numberOf(tf.mean(tf.square(predictions)));
  assertClose([numberOf(model.evaluate(x, y) as tf.Scalar)], [byHand], 1e-5, 'the loss of tfjs');
  await expect(model.fit(x, y, { ...once, sampleWeight: tf.ones([3]) })).rejects.toThrow('not supported');
  // A metric that nobody has is refused before anything is taken back.
  expect(() => compile(model, { optimizer: sgd(), loss: 'huber', metrics: 'nobody' })).toThrow('no metric');
  expect((await model.fit(x, y, once)).history['loss']?.[0]).toBeCloseTo(byHand, 5);
});

describe('metrics', () => {
  test('precision and recall, over what counts', () => {
    const said = tf.tensor2d([[0.9], [0.8], [0.2], [0.7], [0.6]]);
    const labels = tf.tensor2d([[1], [0], [1], [1], [-1]]);
    const model = compile(modelSaying(valuesOf(said)), {
      optimizer: sgd(),
      loss: L.binaryCrossentropy.with({ ignoreIndex: -1 }),
      metrics: ['precision', 'recall', 'accuracy'],
    });
    const found = evaluated(model, model.evaluate(inputsFor(said), labels));
    assertClose(
      [found['precision'], found['recall'], found['acc']] as number[],
      [2 / 3, 2 / 3, 0.5],
      1e-6,
      'the metrics',
    );
  });

  test('accuracy of masks of several classes at once is that of their pixels', () => {
    const logits = tf.tensor3d([2, 1, -1, -2, 3, 1], [1, 2, 3]);
    const model = modelSaying(valuesOf(logits));
    model.add(tf.layers.activation({ activation: 'sigmoid' }));
    compile(model, { optimizer: sgd(), loss: 'dice', metrics: ['accuracy'] });
    const labels = tf.tensor3d([1, 1, 0, 1, 1, 0], [1, 2, 3]);
    expect(evaluated(model, model.evaluate(inputsFor(logits), labels) as tf.Scalar[])['acc']).toBeCloseTo(4 / 6, 6);
  });

  test('of outputs that share a layer', () => {
    const shared = tf.layers.dense({ name: 'shared', units: 1, kernelInitializer: 'ones' });
    const inputs = [tf.input({ shape: [1] }), tf.input({ shape: [1] })];
    const outputs = inputs.map((input) => shared.apply(input) as tf.SymbolicTensor);
    const model = compile(tf.model({ inputs, outputs }), {
      optimizer: sgd(),
      loss: ['mse', 'mae'],
      metrics: [['mae', 'mse'], ['mse']],
    });
    const result = model.evaluate([tf.tensor2d([[2]]), tf.tensor2d([[3]])], [tf.zeros([1, 1]), tf.zeros([1, 1])]);
    expect((result as tf.Scalar[]).map(numberOf)).toEqual([7, 4, 3, 2, 4, 9]);
  });
});

test('nothing is left behind by epochs of fit and evaluate', async () => {
  const predictions = random('leaks', [6, 3]);
  const model = compile(modelSaying(valuesOf(predictions)), {
    optimizer: 'sgd',
    loss: L.sparseCategoricalCrossentropy.with({ fromLogits: true }),
    metrics: ['accuracy', 'crossentropy', L.sparseCategoricalCrossentropy.with({ fromLogits: true })],
  });
  const [x, y] = [inputsFor(predictions), tf.tensor1d([0, 1, 2, 2, 1, 0], 'int32')];
  const sampleWeight = tf.ones([6]);
  const run = async (epochs: number): Promise<number> => {
    const all = { sampleWeight, classWeight: { 0: 2 }, batchSize: 2, verbose: 0, epochs } as const;
    await model.fit(x, y, { ...all, validationData: [x, y, sampleWeight] });
    await model.fit(x, y, { ...all, validationSplit: 0.5 });
    await model.trainOnBatch(x, y, { sampleWeight });
    tf.dispose(model.evaluate(x, y, { sampleWeight }));
    return tf.memory().numTensors;
  };
  await run(1);
  const before = tf.memory().numTensors;
  expect(await run(3)).toBe(before);
  await expect(model.fit(x, y, { classWeight: { 7: 1 } })).rejects.toThrow('class 7');
  await expect(model.fit(x, y, { sampleWeight: tf.tensor1d([1]) })).rejects.toThrow('sampleWeight');
  expect(tf.memory().numTensors).toBe(before + 1);
  // Also when it throws; the indices of an epoch are tfjs's own.
  const wrong = tf.tensor1d([0, 1, 2, 2, 1, 9], 'int32');
  await expect(model.trainOnBatch(x, wrong)).rejects.toThrow('labels[5] is 9');
  expect(tf.memory().numTensors).toBe(before + 2);
  await expect(model.fit(x, wrong, { ...once, shuffle: false })).rejects.toThrow('labels[5] is 9');
  expect(tf.memory().numTensors).toBe(before + 3);
});

test('a model at the end of a sequential one', async () => {
  const inner = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones' })] });
  const model = tf.sequential({ layers: [inner] });
  compile(model, { optimizer: sgd(), loss: 'mse', metrics: ['mae'] });
  const x = tf.ones([3, 2]);
  expect(evaluated(model, model.evaluate(x, tf.zeros([3, 1])) as tf.Scalar[])).toEqual({ loss: 4, mae: 2 });
  expect((await model.fit(x, tf.zeros([3, 1]), once)).history).toEqual({ loss: [4], mae: [2] });
});

describe('what is refused, and how', () => {
  const model = (): tf.Sequential =>
    tf.sequential({ layers: [tf.layers.dense({ name: 'out', units: 2, inputShape: [2] })] });
  const y = (): tf.Tensor => tf.zeros([3, 2]);
  const fit = (args: object, labels: unknown = y(), loss: unknown = 'mse'): Promise<unknown> =>
    compile(model(), { optimizer: sgd(), loss: loss as 'mse' }).fit(tf.ones([3, 2]), labels as tf.Tensor, {
      ...once,
      ...args,
    });

  test.each<[CompileArgs | object, RegExp]>([
    [{ loss: 'hubber' }, /no loss is called "hubber"; expected one such as huber/],
    [{ loss: { other: 'mse' } }, /compile: loss names the output "other"; expected one of out/],
    [{ loss: ['mse', 'mse'] }, /compile: loss has 2 entries; expected one for each output: out/],
    [{ loss: { out: null } }, /compile: no output has a loss/],
    [{ loss: L.tripletMargin }, /tripletMargin: takes anchor, positive, negative; expected a loss of labels/],
    [{ metrics: 'mae' }, /compile: the arguments are an object; expected an object with optimizer and loss/],
    [{ loss: 'mse', lossWeights: NaN }, /compile: lossWeights is NaN/],
    [
      { loss: 'mse', metrics: ['acuracy'] },
      /compile: no metric is called "acuracy"; expected accuracy, .*a loss or the name of one/,
    ],
  ])('compile %#', (args, complaint) => {
    expect(() => compile(model(), { optimizer: sgd(), ...args } as CompileArgs)).toThrow(complaint);
  });

  test.each<[object, RegExp]>([
    [{ sampleWeight: 2 }, /sampleWeight is 2; expected a tensor or an array of weights/],
    [{ sampleWeight: tf.scalar(2) }, /sampleWeight has shape \[\]; expected 3 examples/],
    [{ sampleWeight: tf.ones([4]) }, /sampleWeight has shape \[4\]; expected 3 examples/],
    [{ sampleWeight: tf.ones([3, 3]) }, /sampleWeight has shape \[3,3\]; expected the leading axes of \[3,2\]/],
    [{ sampleWeight: { other: tf.ones([3]) } }, /sampleWeight names the output "other"/],
    [{ classWeight: new Map([[0, 2]]) }, /classWeight is a Map; expected weights by class index/],
    [{ classWeight: { 0: '2' } }, /the weight of class 0 is "2"; expected a finite number/],
    [{ classWeight: { 2: 1 } }, /classWeight names the class 2; expected one from 0 to 1/],
    [{ classWeight: { 0: NaN } }, /classWeight: the weight of class 0 is NaN; expected a finite number/],
  ])('fit %#', async (args, complaint) => {
    await expect(fit(args)).rejects.toThrow(complaint);
  });

  test('labels that do not fit, and losses that give no tensor', async () => {
    await expect(fit({}, tf.zeros([3, 5]))).rejects.toThrow(
      /meanSquaredError: labels has shape \[\d,5\] and predictions/,
    );
    await expect(fit({}, [0, 1, 2])).rejects.toThrow('3 tensors of labels came; expected one for each of out');
    await expect(fit({}, null)).rejects.toThrow('the labels are null; expected a tensor, or one for each of out');
    await expect(fit({}, { other: y() })).rejects.toThrow('the labels of "out" are missing');
    await expect(fit({}, [y(), y()])).rejects.toThrow('2 tensors of labels came; expected one for each of out');
    await expect(fit({}, y(), async () => Promise.resolve(tf.scalar(1)))).rejects.toThrow('expected a tensor, at once');
    const one = (labels: tf.Tensor, said: tf.Tensor): tf.Tensor => tf.mean(tf.sub(said, labels));
    await expect(fit({ sampleWeight: tf.ones([3]) }, y(), one)).rejects.toThrow('one: returns one number for a batch');
  });
});
