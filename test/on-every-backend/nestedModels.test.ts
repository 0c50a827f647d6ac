import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
import { assertClose } from '../support/law.js';
import { numberOf, random } from '../support/predictionModel.js';

type Symbolic = tf.SymbolicTensor;

const l = tf.layers;
const applied = (layer: tf.layers.Layer, x: Symbolic): Symbolic[] => [layer.apply(x) as Symbolic | Symbolic[]].flat();
const valuesOf = (layer: tf.layers.Layer): number[] => layer.getWeights().flatMap((w) => Array.from(w.dataSync()));
const sgd = (rate: number): tf.Optimizer => tf.train.sgd(rate);

/** A model around what is made of its input. */
function around(shape: number[], outputs: (x: Symbolic) => Symbolic | Symbolic[]): tf.LayersModel {
  const input = tf.input({ shape });
  return tf.model({ inputs: input, outputs: outputs(input) });
}

describe('a GAN whose discriminator has two heads', () => {
  /** Logits of −35 and (30, −30) for a generated 0.5. */
  function parts() {
    const generator = l.dense({ units: 1, useBias: false, kernelInitializer: 'ones', inputShape: [1] });
    const heads = [l.dense({ units: 1, activation: 'sigmoid' }), l.dense({ units: 2, activation: 'softmax' })] as const;
    const discriminator = around([1], (x) => heads.flatMap((head) => applied(head, x)));
    heads[0].setWeights([tf.tensor2d([[10]]), tf.tensor1d([-40])]);
    heads[1].setWeights([tf.tensor2d([[60, -60]]), tf.zeros([2])]);
    return { generator, discriminator };
  }
  const loss = ['binaryCrossentropy', 'sparseCategoricalCrossentropy'];
  const [z, y] = [() => tf.tensor2d([[0.5]]), () => [tf.tensor2d([[1]]), tf.tensor2d([[1]], [1, 1], 'int32')]];

  test.each([
    ['itself', (model: tf.LayersModel) => model],
    ['inside another model', (model: tf.LayersModel) => around([1], (x) => applied(model, x))],
    [
      'two models deep',
      (model: tf.LayersModel) =>
        around([1], (x) =>
          applied(
            around([1], (inner) => applied(model, inner)),
            x,
          ),
        ),
    ],
  ])('learns from the logits of both, by a discriminator %s', async (_, wrapped) => {
    const { generator, discriminator } = parts();
    discriminator.trainable = false;
    const gan = compile(
      around([1], (x) => applied(wrapped(discriminator), applied(generator, x)[0] as Symbolic)),
      { optimizer: sgd(1), loss, metrics: ['crossentropy'] },
    );
    const numbers = [gan.evaluate(z(), y())].flat().map(numberOf);
    assertClose(numbers, [95, 35, 60, 35, 60], 1e-5, 'the numbers of evaluate');
    const { history } = await gan.fit(z(), y(), { epochs: 1, verbose: 0 });
    assertClose(history['loss'] as number[], [95], 1e-5, 'the loss of fit');
    assertClose(valuesOf(generator), [-54], 1e-5, 'the generator');
  });

  test('warns of losses that expect logits, by output', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { generator, discriminator } = parts();
    const gan = around([1], (x) => applied(discriminator, applied(generator, x)[0] as Symbolic));
    const logits = { fromLogits: true };
    compile(gan, {
      optimizer: 'sgd',
      loss: [L.binaryCrossentropy.with(logits), L.sparseCategoricalCrossentropy.with(logits)],
    });
    expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringContaining('ends in a sigmoid'),
      expect.stringContaining('ends in a softmax'),
    ]);
    warn.mockRestore();
  });

  test('goes on learning, if it was compiled before it was frozen', async () => {
    const { discriminator } = parts();
    compile(discriminator, { optimizer: sgd(1), loss });
    discriminator.trainable = false;
    const before = valuesOf(discriminator);
    await discriminator.trainOnBatch(z(), y());
    expect(valuesOf(discriminator)).not.toEqual(before);
    expect(discriminator.layers.flatMap(({ trainableWeights }) => trainableWeights)).toEqual([]);
  });
});

describe('logits', () => {
  const x = (): tf.Tensor => tf.tensor2d([[1], [-1]]);
  const sure = (activation: 'sigmoid' | 'linear' = 'sigmoid'): tf.layers.Layer =>
    l.dense({ units: 1, activation, useBias: false, kernelInitializer: tf.initializers.constant({ value: 40 }) });

  test('of a model that is applied twice are those of each output', () => {
    const shared = around([1], (input) => applied(sure(), input));
    const twice = l.dense({ units: 1, useBias: false, kernelInitializer: tf.initializers.constant({ value: 2 }) });
    const outputs = (input: Symbolic): Symbolic[] => [
      ...applied(shared, input),
      ...applied(shared, applied(twice, input)[0] as Symbolic),
    ];
    const model = compile(around([1], outputs), { optimizer: sgd(0), loss: 'binaryCrossentropy' });
    const labels = (): tf.Tensor => tf.tensor2d([[0], [1]]);
    const numbers = [model.evaluate(x(), [labels(), labels()])].flat().map(numberOf);
    assertClose(numbers, [120, 40, 80], 1e-5, 'the losses');
  });

  test('of an output that a model hands on from its input', () => {
    const handing = around([1], (input) => [input, ...applied(l.activation({ activation: 'tanh' }), input)]);
    const model = around([1], (input) => applied(handing, applied(sure(), input)[0] as Symbolic));
    compile(model, { optimizer: sgd(0), loss: ['binaryCrossentropy', 'mse'] });
    const [, ofHanded] = [model.evaluate(x(), [tf.tensor2d([[0], [1]]), tf.zeros([2, 1])])].flat().map(numberOf);
    assertClose([ofHanded as number], [40], 1e-5, 'the loss');
  });

  test('are none where a model ends otherwise, or the activation is followed by a layer', () => {
    const inner = around([1], (input) => [...applied(sure(), input), ...applied(sure('linear'), input)]);
    const model = around([1], (input) => {
      const [squashed, linear] = applied(inner, input) as [Symbolic, Symbolic];
      return [...applied(sure('linear'), squashed), linear];
    });
    compile(model, { optimizer: sgd(0), loss: 'mse', metrics: ['mae'] });
    const numbers = [model.evaluate(x(), [tf.zeros([2, 1]), tf.zeros([2, 1])])].flat().map(numberOf);
    assertClose(numbers, [800 + 1600, 800, 1600, 20, 40], 1e-4, 'the numbers');
  });

  test('of all steps, where the layer of each step is a model, also if it is applied twice', () => {
    const step = tf.sequential({ layers: [l.inputLayer({ inputShape: [1] }), sure()] });
    const perStep = l.timeDistributed({ layer: step });
    const model = around([3, 1], (input) => [
      ...applied(perStep, input),
      ...applied(perStep, applied(l.activation({ activation: 'linear' }), input)[0] as Symbolic),
    ]);
    compile(model, { optimizer: sgd(0), loss: 'binaryCrossentropy' });
    const labels = (): tf.Tensor => tf.zeros([1, 3, 1]);
    const numbers = [model.evaluate(tf.ones([1, 3, 1]), [labels(), labels()])].flat().map(numberOf);
    assertClose(numbers, [80, 40, 40], 1e-5, 'the losses');
  });
});

describe('masks', () => {
  const identity = (): tf.layers.Layer => l.activation({ activation: 'linear' });
  const squares = (labels: tf.Tensor, p: tf.Tensor): tf.Tensor => tf.square(tf.sub(labels, p));
  // Of the second sequence the second step is padding.
  const x = (): tf.Tensor => tf.tensor3d([1, 2, 3, 0], [2, 2, 1]);
  const labels = (): tf.Tensor => tf.ones([2, 2, 1]);

  test('are each those of their output of a model in a model', () => {
    const inner = around([2, 1], (input) => [
      ...applied(identity(), input),
      ...applied(l.masking({ maskValue: 0 }), input),
      ...applied(l.masking({ maskValue: 1 }), input),
    ]);
    const model = around([2, 1], (input) => applied(inner, input).flatMap((output) => applied(identity(), output)));
    compile(model, { optimizer: sgd(0), loss: squares, metrics: ['accuracy'] });
    const [, ...losses] = [model.evaluate(x(), [labels(), labels(), labels()])].flat().map(numberOf);
    assertClose(losses.slice(0, 3), [6 / 4, 5 / 3, 6 / 3], 1e-5, 'the losses');
  });

  test('are those of the input of a model, where it keeps them', () => {
    const inner = around([2, 1], (input) => [...applied(identity(), input), input]);
    const model = around([2, 1], (input) => applied(inner, applied(l.masking({ maskValue: 0 }), input)[0] as Symbolic));
    compile(model, { optimizer: sgd(0), loss: squares });
    const numbers = [model.evaluate(x(), [labels(), labels()])].flat().map(numberOf);
    assertClose(numbers, [10 / 3, 5 / 3, 5 / 3], 1e-5, 'the losses');
  });

  test('are not handed to layers whose inputs have none', () => {
    const counting = (): tf.layers.Layer =>
      l.simpleRNN({
        units: 1,
        activation: 'linear',
        useBias: false,
        kernelInitializer: 'ones',
        recurrentInitializer: 'ones',
      });
    const model = around([2, 1], (input) => [
      ...applied(counting(), applied(l.masking({ maskValue: 3 }), input)[0] as Symbolic),
      ...applied(counting(), input),
    ]);
    compile(model, { optimizer: sgd(0), loss: 'mse' });
    const [, ...losses] = [model.evaluate(x(), [tf.zeros([2, 1]), tf.zeros([2, 1])])].flat().map(numberOf);
    assertClose(losses, [9 / 2, (9 + 9) / 2], 1e-5, 'the losses');
  });
});

describe('a model in a model is as in Keras', () => {
  const ones = { units: 1, useBias: false, kernelInitializer: 'ones' } as const;
  const penalty = (l2: number): object => ({ kernelRegularizer: tf.regularizers.l2({ l2 }) });
  const penalized = (l2: number): tf.layers.Layer => l.dense({ ...ones, ...penalty(l2) });
  const twoHeads = (trunk: tf.layers.Layer): tf.LayersModel =>
    around([1], (x) => {
      const [shared] = applied(trunk, x) as [Symbolic];
      return [...applied(l.dense(ones), shared), ...applied(l.dense(ones), shared)];
    });
  const x = (): tf.Tensor => tf.tensor2d([[1], [3]]);
  const zeros = (): tf.Tensor[] => [tf.zeros([2, 1]), tf.zeros([2, 1])];

  test('averages of normalization move once a step, and not at all where it is frozen', async () => {
    const normalization = l.batchNormalization({ momentum: 0.5 });
    const model = around([1], (input) =>
      applied(
        around([1], (y) => applied(twoHeads(normalization), y)),
        input,
      ),
    );
    await compile(model, { optimizer: sgd(0), loss: 'mse' }).trainOnBatch(x(), zeros());
    const [, , mean] = valuesOf(normalization);
    expect(mean).toBeCloseTo(1, 5);

    model.trainable = false;
    const head = l.dense(ones);
    const outer = around([1], (input) => applied(head, applied(model, input)[0] as Symbolic));
    const value = await compile(outer, { optimizer: sgd(0), loss: 'mse' }).trainOnBatch(x(), tf.zeros([2, 1]));
    expect(valuesOf(normalization)[2]).toBeCloseTo(1, 5);
    // (x − 1) ÷ √variance, by the averages.
    expect(value as number).toBeCloseTo(2 / ((valuesOf(normalization)[3] as number) + 1e-3), 4);
  });

  test('dropout is drawn once for all that comes of it', async () => {
    const linear = (): tf.layers.Layer => l.activation({ activation: 'linear' });
    const dropped = around([64], (input) => {
      const [kept] = applied(l.dropout({ rate: 0.5 }), input) as [Symbolic];
      return [...applied(linear(), kept), ...applied(linear(), kept)];
    });
    const model = around([64], (input) => {
      const outputs = applied(dropped, applied(l.dense({ units: 64 }), input)[0] as Symbolic);
      return [...outputs, ...applied(linear(), outputs[1] as Symbolic)];
    });
    const product = (labels: tf.Tensor, p: tf.Tensor): tf.Tensor => tf.mul(labels, p);
    const labels = random('labels', [2, 64]);
    const [, ...losses] = (await compile(model, { optimizer: sgd(0), loss: product }).trainOnBatch(tf.ones([2, 64]), [
      labels,
      labels,
      labels,
    ])) as number[];
    const [first] = losses as [number];
    expect(Math.abs(first)).toBeGreaterThan(1e-3);
    assertClose(losses, [first, first, first], 1e-5, 'the losses');
  });

  test('is told whether it trains where it was applied, if it was told then', async () => {
    const dropping = around([64], (input) => applied(l.dropout({ rate: 0.5 }), input));
    const stem = l.dense({ units: 64, kernelInitializer: 'identity', useBias: false });
    const model = around([64], (input) => dropping.apply(applied(stem, input), { training: false }) as Symbolic);
    const value = await compile(model, { optimizer: sgd(0), loss: 'mse' }).trainOnBatch(
      tf.ones([2, 64]),
      tf.zeros([2, 64]),
    );
    expect(value).toBeCloseTo(1, 6);
  });

  test('penalties count once, those of wrapped models and of cells too, and those of frozen parts not', () => {
    const shared = around([1], (input) => applied(penalized(1), input));
    const recurrent = l.simpleRNN({ ...ones, returnSequences: true, ...penalty(2) });
    const step = tf.sequential({ layers: [l.inputLayer({ inputShape: [1] }), penalized(4)] });
    const frozen = around([1], (input) =>
      applied(
        around([1], (y) => applied(penalized(8), y)),
        input,
      ),
    );
    frozen.trainable = false;
    const model = around([1], (input) => {
      const [once] = applied(shared, input) as [Symbolic];
      const [twice] = applied(shared, applied(frozen, once)[0] as Symbolic) as [Symbolic];
      const [steps] = applied(recurrent, applied(l.repeatVector({ n: 2 }), twice)[0] as Symbolic) as [Symbolic];
      return applied(l.timeDistributed({ layer: step }), steps);
    });
    compile(model, { optimizer: sgd(0), loss: 'mse' });
    expect(numberOf(model.evaluate(tf.zeros([1, 1]), tf.zeros([1, 2, 1])) as tf.Scalar)).toBeCloseTo(1 + 2 + 4, 5);
  });

  test('a layer of two models is trained once, and a frozen one not, however deep', async () => {
    const [layer, deep] = [l.dense(ones), l.dense(ones)];
    const frozen = around([1], (input) =>
      applied(
        around([1], (y) => applied(deep, y)),
        input,
      ),
    );
    frozen.trainable = false;
    const both = (input: Symbolic): Symbolic[] =>
      [1, 2].flatMap(() =>
        applied(
          around([1], (y) => applied(layer, y)),
          applied(frozen, input)[0] as Symbolic,
        ),
      );
    const model = compile(around([1], both), { optimizer: sgd(0.01), loss: 'mse' });
    await model.trainOnBatch(x(), zeros());
    // The derivative of 2 · (1 + 9) w² ÷ 2 is 20.
    assertClose([...valuesOf(layer), ...valuesOf(deep)], [0.8, 1], 1e-5, 'the weights');
  });

  test('nothing is left behind, also by a step that fails', async () => {
    const inner = twoHeads(l.dense({ ...ones, activation: 'sigmoid' }));
    const model = around([1], (input) =>
      applied(
        around([1], (y) => applied(inner, y)),
        input,
      ),
    );
    let isFailing = false;
    const failing = (labels: tf.Tensor, p: tf.Tensor): tf.Tensor => {
      if (isFailing) throw new Error('no');
      return tf.square(tf.sub(labels, p));
    };
    compile(model, { optimizer: sgd(0.1), loss: ['binaryCrossentropy', failing] });
    const [inputs, labels] = [x(), zeros()];
    await model.trainOnBatch(inputs, labels);
    const before = tf.memory().numTensors;
    await model.trainOnBatch(inputs, labels);
    tf.dispose(model.evaluate(inputs, labels));
    isFailing = true;
    await expect(model.trainOnBatch(inputs, labels)).rejects.toThrow('no');
    expect(() => model.evaluate(inputs, labels)).toThrow('no');
    expect(tf.memory().numTensors).toBe(before);
    // Layers are as they were.
    const left = [inner, ...inner.layers].filter((one) =>
      ['call', 'computeMask'].some((name) => Object.hasOwn(one, name)),
    );
    expect(left).toEqual([]);
  });
});
