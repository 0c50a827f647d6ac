import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, sparseCategoricalCrossentropy } from '../../src/index.js';
import { assertClose } from '../support/law.js';
import {
  byTfjs,
  byUs,
  evaluation,
  handingOn,
  handingOnTo,
  handOn,
  lossOf,
  oneBatch,
  step,
  values,
} from '../support/handingOn.js';

/*
 * What goes wrong in training with tfjs alone, and right with `compile` of this package. Models hand their inputs on, so
 * that every number can be had by hand. Where tfjs is right one day, its line here fails.
 */

const close = (actual: readonly number[], expected: readonly number[], tolerance = 1e-4): void =>
  assertClose(actual, expected, tolerance, 'entry');

/** On cpu and wasm, and on tfjs-node. */
const doNotFit = /could not be broadcast|Incompatible shapes/;

const both = [
  ['tfjs', byTfjs],
  ['here', byUs],
] as const;

describe('several outputs', () => {
  const x = (): tf.Tensor => tf.zeros([2, 1]);
  const labels = (...ofOutputs: number[]): tf.Tensor[] => ofOutputs.map((label) => tf.fill([2, 1], label, 'float32'));
  const three = (): tf.LayersModel => handingOnTo(['a', 'b', 'c']);
  const loss = 'meanSquaredError';

  test('evaluate reports running totals, then the parts', () => {
    const names = ['loss', 'a_loss', 'b_loss', 'c_loss'];
    for (const [who, compiled] of both) {
      const model = compiled(three(), { loss });
      expect(model.metricsNames).toEqual(names);
      expect(evaluation(model, x(), labels(1, 2, 3))).toEqual(who === 'tfjs' ? [1, 5, 14, 1, 4, 9] : [14, 1, 4, 9]);
    }
  });

  test('evaluateDataset does the same', async () => {
    for (const [who, compiled] of both) {
      const data = oneBatch(x, () => labels(1, 2, 3));
      const result = await compiled(three(), { loss }).evaluateDataset(data as never, {});
      expect(values(result)).toEqual(who === 'tfjs' ? [1, 5, 14, 1, 4, 9] : [14, 1, 4, 9]);
    }
  });

  test('val_loss is the loss of the first output, and a metric in validation another output’s loss', async () => {
    const expected = {
      tfjs: { loss: 5, val_loss: 1, val_a_loss: 5, val_b_loss: 1, val_a_mae: 4, val_b_mae: 1 },
      here: { loss: 5, val_loss: 5, val_a_loss: 1, val_b_loss: 4, val_a_mae: 1, val_b_mae: 2 },
    };
    for (const [who, compiled] of both) {
      const model = compiled(handingOnTo(['a', 'b']), { loss, metrics: ['mae'], optimizer: tf.train.sgd(0) });
      const { history } = await model.fit(x(), labels(1, 2), { verbose: 0, validationData: [x(), labels(1, 2)] });
      for (const [name, number] of Object.entries(expected[who]))
        expect({ [name]: history[name] }).toEqual({ [name]: [number] });
    }
  });

  test('early stopping on val_loss watches the first output only', async () => {
    for (const [who, compiled] of both) {
      const model = handingOnTo(['settled', 'learning']);
      model.getLayer('settled').trainable = false;
      const { epoch } = await compiled(model, { loss, optimizer: tf.train.sgd(0.1) }).fit(x(), labels(1, 2), {
        epochs: 6,
        verbose: 0,
        validationData: [x(), labels(1, 2)],
        callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss' }),
      });
      expect(epoch).toHaveLength(who === 'tfjs' ? 2 : 6);
    }
  });

  test('lossWeights are ignored', async () => {
    for (const [who, compiled] of both) {
      const model = compiled(three(), { loss, lossWeights: { a: 10, b: 1, c: 2 } });
      expect(await lossOf(model, x(), labels(1, 2, 3))).toBeCloseTo(who === 'tfjs' ? 14 : 32, 5);
    }
  });

  test('an output without a loss is fatal', async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const model = byTfjs(handingOnTo(['a', 'b']), { loss: { b: loss } });
    await expect(model.fit(x(), labels(1, 2), { verbose: 0 })).rejects.toThrow('lossFunction is not a function');
    warn.mockRestore();
    expect(
      await lossOf(byUs(handingOnTo(['a', 'b']), { loss: { b: loss } }), x(), { b: tf.fill([2, 1], 2, 'float32') }),
    ).toBe(4);
  });

  test('heads of different ranks cannot be added', async () => {
    const heads = (): tf.LayersModel => {
      const input = tf.input({ shape: [3, 1] });
      const flat = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
      const outputs = [handOn({ units: 1, steps: 3 }).apply(input), handOn({ units: 3 }).apply(flat)];
      return tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor[] });
    };
    const steps = tf.tensor3d([1, 2, 3, 4, 5, 6], [2, 3, 1]);
    const ofHeads = [tf.zeros([2, 3, 1]), tf.ones([2, 3])];
    await expect(lossOf(byTfjs(heads(), { loss }), steps, ofHeads)).rejects.toThrow(doNotFit);
    // (1 + 4 + 9 + 16 + 25 + 36) / 6 and (0 + 1 + 4 + 9 + 16 + 25) / 6
    expect(await lossOf(byUs(heads(), { loss }), steps, ofHeads)).toBeCloseTo(91 / 6 + 55 / 6, 4);
  });
});

describe('labels as class indices', () => {
  const logits = (): tf.Tensor =>
    tf.tensor2d([
      [0, 0, 0],
      [Math.log(2), 0, 0],
    ]);
  const indices = (): tf.Tensor => tf.tensor1d([2, 0], 'int32');
  const expected = (Math.log(3) + Math.log(2)) / 2;
  const fromLogits = sparseCategoricalCrossentropy.with({ fromLogits: true });

  test('fit refuses them for a function, and takes no options for a name', async () => {
    const model = handingOn({ units: 3 });
    await expect(lossOf(byTfjs(model, { loss: fromLogits }), logits(), indices())).rejects.toThrow(
      /each example has shape \[3\]/,
    );
    expect(await lossOf(byUs(model, { loss: fromLogits }), logits(), indices())).toBeCloseTo(expected, 5);
  });

  test('a sequence of them needs a last axis of 1', async () => {
    const model = (): tf.Sequential => handingOn({ units: 3, steps: 2, activation: 'softmax' });
    const [x, y] = [logits().expandDims(0), indices().expandDims(0)];
    const loss = 'sparseCategoricalCrossentropy';
    await expect(lossOf(byTfjs(model(), { loss }), x, y)).rejects.toThrow(/to have 3 dimension/);
    expect(await lossOf(byUs(model(), { loss }), x, y)).toBeCloseTo(expected, 5);
  });

  test('in a dataset, numbers of rank 1 are compared each with all others', async () => {
    for (const [who, compiled] of both) {
      const model = compiled(handingOn({ units: 1 }), { loss: 'meanSquaredError' });
      const data = oneBatch(
        () => tf.tensor2d([[0], [1]]),
        () => tf.tensor1d([0, 1]),
      );
      expect(values(await model.evaluateDataset(data as never, {}))).toEqual([who === 'tfjs' ? 0.5 : 0]);
    }
  });
});

describe('class weights', () => {
  const classWeight = { 0: 1, 1: 1, 2: 10 };
  const oneHot = (): tf.Tensor => tf.eye(3);
  const crossentropy = (y: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(x)), -1));
  // Every class has probability 1/3 at each of 3 examples: (Σ weights / 3 − weight) / 3.
  const weighted = [1, 1, -2];
  const gradient = async (compiled: typeof byUs, loss: unknown): Promise<readonly number[]> =>
    (await step(compiled(handingOn({ units: 3 }), { loss }), tf.zeros([3, 3]), oneHot(), { classWeight })).gradient;

  test.each([
    [
      'tf.losses, which return one number',
      (y: tf.Tensor, x: tf.Tensor) => tf.losses.softmaxCrossEntropy(y, x),
      /one per example/,
    ],
    ['a loss of shape [batch, 1]', (y: tf.Tensor, x: tf.Tensor) => crossentropy(y, x).expandDims(1), weighted],
  ])('are dropped for %s', async (_, loss, expected) => {
    close(await gradient(byTfjs, crossentropy), weighted);
    close(await gradient(byTfjs, loss), [0, 0, 0]);
    if (expected instanceof RegExp) await expect(gradient(byUs, loss)).rejects.toThrow(expected);
    else close(await gradient(byUs, loss), expected);
    close(await gradient(byUs, 'softmaxCrossEntropy'), weighted);
  });

  test.each([
    ['do not fit a loss of shape [batch, classes]', 3, doNotFit],
    ['weigh the classes of all examples in one of shape [batch, batch]', 2, (Math.LN2 + 10 * Math.log(4 / 3)) / 4],
  ])('%s', async (_, classes, wrong) => {
    const loss = (y: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.neg(tf.mul(y, tf.logSoftmax(x)));
    const x = tf
      .tensor2d([
        [0, 0],
        [Math.log(3), 0],
      ])
      .pad(
        [
          [0, 0],
          [0, classes - 2],
        ],
        -100,
      );
    const run = (compiled: typeof byUs): Promise<number> =>
      lossOf(compiled(handingOn({ units: classes }), { loss }), x, tf.oneHot([1, 0], classes), {
        classWeight: { 0: 1, 1: 10 },
      });
    if (typeof wrong === 'number') expect(await run(byTfjs)).toBeCloseTo(wrong, 4);
    else await expect(run(byTfjs)).rejects.toThrow(wrong);
    expect(await run(byUs)).toBeCloseTo((10 * Math.LN2 + Math.log(4 / 3)) / (2 * classes), 4);
  });

  test('do not fit a sequence', async () => {
    const run = (compiled: typeof byUs): Promise<number> =>
      lossOf(
        compiled(handingOn({ units: 3, steps: 3, activation: 'softmax' }), { loss: 'categoricalCrossentropy' }),
        tf.zeros([2, 3, 3]),
        tf.stack([tf.eye(3), tf.eye(3)]),
        { classWeight },
      );
    await expect(run(byTfjs)).rejects.toThrow('The rank is expected to be 1 or 2');
    expect(await run(byUs)).toBeCloseTo(Math.log(3) * 4, 4);
  });

  test('must name every class', async () => {
    const run = (compiled: typeof byUs): Promise<number> =>
      lossOf(
        compiled(handingOn({ units: 3, activation: 'softmax' }), { loss: 'categoricalCrossentropy' }),
        tf.zeros([3, 3]),
        oneHot(),
        { classWeight: { 2: 10 } },
      );
    await expect(run(byTfjs)).rejects.toThrow('classWeight must contain all classes');
    expect(await run(byUs)).toBeCloseTo(Math.log(3) * 4, 4);
  });

  test('of several labels at once count only the first', async () => {
    const y = (): tf.Tensor =>
      tf.tensor2d([
        [1, 1, 1],
        [0, 0, 1],
      ]);
    const run = (compiled: typeof byUs, weights: Record<number, number>): Promise<number> =>
      lossOf(
        compiled(handingOn({ units: 3, activation: 'sigmoid' }), { loss: 'binaryCrossentropy' }),
        tf.zeros([2, 3]),
        y(),
        { classWeight: weights },
      );
    // The first row has class 2, but counts 0.
    expect(await run(byTfjs, { 0: 0, 1: 0, 2: 100 })).toBeCloseTo((Math.LN2 * 100) / 2, 3);
    // Here each label is a 0 or a 1: 2 absent, 4 present.
    expect(await run(byUs, { 0: 1, 1: 10 })).toBeCloseTo((Math.LN2 * 42) / 6, 4);
  });

  test('do not reach trainOnBatch', async () => {
    for (const [who, compiled] of both) {
      const model = compiled(handingOn({ units: 3, activation: 'softmax' }), { loss: 'categoricalCrossentropy' });
      const loss = await model.trainOnBatch(tf.zeros([3, 3]), oneHot(), { classWeight });
      expect(loss).toBeCloseTo(who === 'tfjs' ? Math.log(3) : 4 * Math.log(3), 4);
    }
  });
});

describe('weights and masks', () => {
  const x = (): tf.Tensor => tf.tensor2d([[1], [2]]);
  const y = (): tf.Tensor => tf.zeros([2, 1]);
  const loss = 'meanSquaredError';
  const sampleWeight = [1, 0.5];

  test('sampleWeight is not supported yet', async () => {
    const run = (compiled: typeof byUs): Promise<number> =>
      lossOf(compiled(handingOn({ units: 1 }), { loss }), x(), y(), { sampleWeight });
    await expect(run(byTfjs)).rejects.toThrow('sample weight is not supported yet');
    expect(await run(byUs)).toBeCloseTo((1 + 0.5 * 4) / 2, 5);
  });

  test('evaluate ignores sampleWeight, and fit refuses it in validation data', async () => {
    for (const [who, compiled] of both) {
      const model = compiled(handingOn({ units: 1 }), { loss, optimizer: tf.train.sgd(0) });
      expect(evaluation(model, x(), y(), { sampleWeight })).toEqual([who === 'tfjs' ? 2.5 : 1.5]);
      const fit = model.fit(x(), y(), { verbose: 0, validationData: [x(), y(), sampleWeight] });
      if (who === 'tfjs') await expect(fit).rejects.toThrow(/sample weights is not supported yet/);
      else expect((await fit).history['val_loss']).toEqual([1.5]);
    }
  });

  test('what a layer masks counts all the same', async () => {
    const steps = tf.tensor3d([1, 2, -1], [1, 3, 1]);
    const labels = tf.tensor3d([0, 0, 9], [1, 3, 1]);
    for (const [who, compiled] of both) {
      const masked = tf.sequential({
        layers: [tf.layers.masking({ maskValue: -1, inputShape: [3, 1] }), handOn({ units: 1, steps: 3 })],
      });
      expect(await lossOf(compiled(masked, { loss }), steps, labels)).toBeCloseTo(who === 'tfjs' ? 86 / 3 : 5 / 2, 4);
    }
  });

  test('penalties of regularizers are in the loss of training, not of validation', async () => {
    for (const [who, compiled] of both) {
      const layer = tf.layers.dense({
        units: 1,
        inputShape: [1],
        useBias: false,
        weights: [tf.tensor2d([[2]])],
        kernelRegularizer: tf.regularizers.l2({ l2: 1 }),
      });
      const model = compiled(tf.sequential({ layers: [layer] }), { loss, optimizer: tf.train.sgd(0) });
      const perfect = tf.mul(2, x());
      const { history } = await model.fit(x(), perfect, { verbose: 0, validationData: [x(), perfect] });
      expect(history).toMatchObject({ loss: [4], val_loss: [who === 'tfjs' ? 0 : 4] });
    }
  });
});

describe('accuracy', () => {
  test('of several labels at once is that of one, if the loss is a function', () => {
    const y = tf.tensor2d([
      [1, 1, 0],
      [0, 1, 1],
    ]);
    const p = tf.tensor2d([
      [0.9, 0.8, 0.1],
      [0.2, 0.4, 0.3],
    ]);
    for (const [who, compiled] of both) {
      const model = compiled(handingOn({ units: 3 }), { loss: binaryCrossentropy, metrics: ['accuracy'] });
      expect(evaluation(model, p, y)[1]).toBeCloseTo(who === 'tfjs' ? 1 : 4 / 6, 5);
    }
  });

  test('of class indices takes them for probabilities, if the loss is a function', async () => {
    for (const [who, compiled] of both) {
      const loss = sparseCategoricalCrossentropy;
      const model = compiled(handingOn({ units: 3, activation: 'softmax' }), { loss, metrics: ['accuracy'] });
      const data = oneBatch(
        () =>
          tf.tensor2d([
            [0, 1, 5],
            [0, 3, 1],
          ]),
        () => tf.tensor2d([[2], [1]], [2, 1], 'int32'),
      );
      expect(values(await model.evaluateDataset(data as never, {}))[1]).toBe(who === 'tfjs' ? 0 : 1);
    }
  });

  test('of logits takes 0.5 for the border', () => {
    const ofTfjs = (y: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.losses.sigmoidCrossEntropy(y, x);
    const ours = binaryCrossentropy.with({ fromLogits: true });
    for (const [who, compiled] of both) {
      const loss = who === 'tfjs' ? ofTfjs : ours;
      const model = compiled(handingOn({ units: 1 }), { loss, metrics: ['accuracy'] });
      expect(evaluation(model, tf.tensor2d([[0.3], [-1]]), tf.tensor2d([[1], [0]]))[1]).toBe(who === 'tfjs' ? 0.5 : 1);
    }
  });
});

describe('what compile takes', () => {
  const y = (): tf.Tensor => tf.tensor2d([[1, 0]]);
  const x = (): tf.Tensor => tf.tensor2d([[0.5, 0.5]]);

  test.each([
    ['mse', 0.25],
    ['huber', 0.125],
    ['logCosh', Math.log(Math.cosh(0.5))],
    ['cosineSimilarity', -Math.SQRT1_2],
    ['binaryFocalCrossentropy', 0.25 * Math.LN2],
    // 1 − 2·0.5 / (1 + 0.5) and 1, averaged over the classes
    ['dice', 2 / 3],
  ])('the name %s is unknown', (loss, expected) => {
    expect(() => byTfjs(handingOn({ units: 2 }), { loss })).toThrow(`Unknown loss ${loss}`);
    expect(evaluation(byUs(handingOn({ units: 2 }), { loss }), x(), y())[0]).toBeCloseTo(expected, 4);
  });

  test('an object that is no function is taken for a list of outputs', async () => {
    class FocalLoss {
      call(): tf.Tensor {
        return tf.scalar(0);
      }
    }
    const loss = new FocalLoss();
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const model = byTfjs(handingOn({ units: 2 }), { loss });
    await expect(model.fit(x(), y(), { verbose: 0 })).rejects.toThrow('lossFunction is not a function');
    warn.mockRestore();
    expect(() => byUs(handingOn({ units: 2 }), { loss })).toThrow('loss is an object; expected a loss or its name');
  });

  test('tf.losses.cosineDistance sums over the batch as if it were one vector', () => {
    const two = tf.tensor2d([
      [3, 4],
      [0, 1],
    ]);
    expect(evaluation(byTfjs(handingOn({ units: 2 }), { loss: tf.losses.cosineDistance }), two, two)).toEqual([-25]);
    close(evaluation(byUs(handingOn({ units: 2 }), { loss: 'cosineDistance' }), two, two), [0]);
  });
});

describe('predictions that are far off', () => {
  test('a softmax that is sure of the wrong class learns nothing', async () => {
    const train = async (compiled: typeof byUs): Promise<number[]> => {
      const model = compiled(handingOn({ units: 2, activation: 'softmax', bias: [0, 60] }), {
        loss: 'categoricalCrossentropy',
        optimizer: tf.train.sgd(0.5),
      });
      const { history } = await model.fit(tf.zeros([1, 2]), tf.tensor2d([[1, 0]]), { epochs: 100, verbose: 0 });
      const losses = history['loss'] as number[];
      return [losses[0], losses.at(-1)] as number[];
    };
    const worst = -Math.log(1e-7);
    close(await train(byTfjs), [worst, worst]);
    const [first, last] = await train(byUs);
    expect(first).toBeCloseTo(60, 3);
    expect(last).toBeLessThan(0.1);
  });

  test('nor does a sigmoid', async () => {
    const run = async (compiled: typeof byUs): Promise<readonly number[]> => {
      const model = compiled(handingOn({ units: 1, activation: 'sigmoid' }), { loss: 'binaryCrossentropy' });
      return (await step(model, tf.tensor2d([[-20]]), tf.tensor2d([[1]]))).gradient;
    };
    close(await run(byTfjs), [0]);
    close(await run(byUs), [-1]);
  });
});
