import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { toKeras } from '../../src/keras/index.js';
import { compile, load, save } from '../../src/layers/index.js';
import { assertClose, compute } from '../support/law.js';
import { memoryFile } from '../support/memoryFile.js';
import { evaluated } from '../support/predictionModel.js';

type Rows = readonly (readonly number[])[];

/** A model whose outputs say these rows, one for each example of `inputs`. */
function saying(outputs: Readonly<Record<string, Rows>>): tf.LayersModel {
  const examples = Object.values(outputs)[0]?.length ?? 0;
  const input = tf.input({ shape: [examples] });
  const layers = Object.entries(outputs).map(([name, rows]) =>
    tf.layers.dense({ name, units: rows[0]?.length ?? 0, useBias: false }),
  );
  const model = tf.model({ inputs: input, outputs: layers.map((layer) => layer.apply(input) as tf.SymbolicTensor) });
  Object.values(outputs).forEach((rows, i) => layers[i]?.setWeights([tf.tensor2d(rows as number[][])]));
  return model;
}

const x = tf.tidy(() => tf.eye(2));

/** A dataset of one item, which tfjs disposes. */
const itemOf = (item: () => object): tf.data.Dataset<never> =>
  tf.data.generator(function* () {
    yield item();
  } as never) as never;

/** Of standard Gaussians and these: ½·(e^l − 1 − l + m²), summed over the two entries. */
const kl = (mean: tf.Tensor, logVariance: tf.Tensor): tf.Tensor =>
  tf.sum(L.continuousKlDivergence({ mean, logVariance }, { mean: 0, logVariance: 0 }), -1);

const said = {
  decoded: [
    [1, 2, 3],
    [0, 0, 0],
  ],
  mean: [
    [1, 0],
    [2, 0],
  ],
  logVariance: [
    [0, 0],
    [0, Math.log(2)],
  ],
};
const target = tf.tidy(() =>
  tf.tensor2d([
    [1, 1, 1],
    [0, 0, 3],
  ]),
);
// (0 + 1 + 4) ÷ 3 and 9 ÷ 3; ½, and 2 + ½·(1 − ln 2).
const errors = [5 / 3, 3] as const;
const divergences = [0.5, 2 + 0.5 * (1 - Math.log(2))] as const;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

const vae = (optimizer: string | tf.Optimizer = 'sgd') =>
  compile(saying(said), {
    optimizer,
    loss: {
      decoded: L.meanSquaredError,
      kl: { of: ['mean', 'logVariance'], labels: false, loss: kl },
    },
    lossWeights: { kl: 0.5 },
    metrics: ['mae'],
  });

const total = mean(errors) + 0.5 * mean(divergences);
const mae = mean([1, 1]);

describe('a loss of several outputs, without labels', () => {
  const expected = [total, mean(errors), mean(divergences), mae];

  test('has a name, a number and a weight; labels are those of the other outputs', async () => {
    const model = vae();
    expect(model.metricsNames).toEqual(['loss', 'decoded_loss', 'kl_loss', 'decoded_mae']);
    for (const labels of [target, [target], { decoded: target }, [target, target, target]]) {
      assertClose(Object.values(evaluated(model, model.evaluate(x, labels))), expected, 1e-5, 'the numbers');
      assertClose((await vae().trainOnBatch(x, labels)) as number[], expected, 1e-5, 'of a batch');
    }
    const found = (await model.evaluateDataset(
      itemOf(() => ({ xs: tf.clone(x), ys: { decoded: tf.clone(target) } })),
      {
        batches: 1,
      },
    )) as tf.Scalar[];
    assertClose(Object.values(evaluated(model, found)), expected, 1e-5, 'of a dataset');
  });

  test('trains as by hand, with validation, and leaves no tensor behind', async () => {
    const model = vae(tf.train.sgd(0.1));
    const args = { epochs: 1, verbose: 0, shuffle: false, validationData: [x, target] } as const;
    const { history } = await model.fit(x, target, args);
    assertClose(
      [history['loss']?.[0] as number, history['kl_loss']?.[0] as number],
      [total, mean(divergences)],
      1e-5,
      'it',
    );
    expect(Object.keys(history)).toEqual(
      expect.arrayContaining(['val_kl_loss', 'val_decoded_loss', 'val_decoded_mae']),
    );
    const byHand = compute(() => {
      const m = tf.tensor2d(said.mean);
      const slope = tf.grad((at) => tf.mul(0.5, tf.mean(kl(at, tf.tensor2d(said.logVariance)))))(m);
      return tf.sub(m, tf.mul(0.1, slope));
    });
    assertClose(Array.from((model.getLayer('mean').getWeights()[0] as tf.Tensor).dataSync()), byHand, 1e-5, 'the step');
    const before = tf.memory().numTensors;
    await model.fit(x, target, { ...args, validationSplit: 0.5, validationData: undefined as never });
    await expect(model.fit(x, null, args)).rejects.toThrow(/the labels are null; expected a tensor, .* of decoded/);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is weighed by weights for all, or for the first of its outputs', () => {
    const model = vae();
    const weighed = (sampleWeight: unknown): number[] =>
      Object.values(evaluated(model, model.evaluate(x, target, { sampleWeight: sampleWeight as never })));
    const [w, once] = [tf.tensor1d([3, 0]), [1, 1] as const];
    const numbersFor = (a: readonly number[], b: readonly number[]): number[] => {
      const [e, d] = [mean(errors.map((v, i) => v * (a[i] ?? 0))), mean(divergences.map((v, i) => v * (b[i] ?? 0)))];
      return [e + 0.5 * d, e, d, mae];
    };
    assertClose(weighed(w), numbersFor([3, 0], [3, 0]), 1e-5, 'for all');
    assertClose(weighed({ decoded: w }), numbersFor([3, 0], once), 1e-5, 'for decoded');
    assertClose(weighed({ mean: w }), numbersFor(once, [3, 0]), 1e-5, 'for mean');
    assertClose(weighed({ logVariance: w }), numbersFor(once, once), 1e-5, 'for another');
  });

  test('comes back from a file; Keras has no config for it', async () => {
    const file = memoryFile();
    await save(vae(), file);
    expect(file.training()).toMatchObject({ loss: { kl: { of: ['mean', 'logVariance'], labels: false } } });
    const back = await load(file, { customObjects: { kl: kl } });
    assertClose(Object.values(evaluated(back, back.evaluate(x, target))), expected, 1e-5, 'of the file');
    await expect(load(file)).rejects.toThrow(/"kl"/);
    const losses = { kl: { of: ['mean', 'logVariance'], labels: false, loss: kl } };
    expect(() => toKeras(losses as never)).toThrow(/a loss has the form { loss, of, labels }, which Keras lacks/);
  });
});

describe('a loss of this package', () => {
  const heads = {
    mean: [[1], [2]],
    variance: [[4], [1]],
  };
  const labels = tf.tidy(() => tf.tensor2d([[3], [2]]));
  // ½·(ln 4 + 2²/4) and 0.
  const nll = 0.25 * (Math.log(4) + 1);

  test.each<[string, object]>([
    ['by a name of its own', { nll: { of: ['mean', 'variance'], loss: L.gaussianNll } }],
    ['by the name of an output', { mean: { of: ['mean', 'variance'], loss: 'gaussianNll' } }],
    ['with labels by name', { nll: { of: ['mean', 'variance'], labels: 'mean', loss: L.gaussianNll } }],
    ['in a list', [{ of: ['mean', 'variance'], loss: L.combine({ a: [L.gaussianNll, 1] } as never) }, null]],
  ])('takes two heads and the labels of one, %s', async (_, loss) => {
    const model = compile(saying(heads), { optimizer: 'sgd', loss: loss as never, metrics: { mean: 'mae' } });
    const numbers = (m: tf.LayersModel, y: unknown): number[] =>
      Object.values(evaluated(m, (m as typeof model).evaluate(x, y as never)));
    for (const y of [labels, [labels], { mean: labels }])
      assertClose(numbers(model, y), [nll, nll, 1], 1e-5, 'the numbers');
    const file = memoryFile();
    await save(model, file);
    assertClose(numbers(await load(file), labels), [nll, nll, 1], 1e-5, 'of the file');
  });

  test('of as many inputs as outputs takes no labels; neither does one of a single input', async () => {
    const model = compile(saying(heads), {
      optimizer: tf.train.sgd(0),
      loss: {
        apart: { of: ['mean', 'variance'], loss: L.meanSquaredError },
        mean: { loss: L.entropy.with({ fromLogits: true }) },
      },
    });
    // (9 + 1) ÷ 2; of a single class the entropy is 0.
    assertClose(Object.values(evaluated(model, model.evaluate(x, null))), [5, 0, 5], 1e-5, 'the numbers');
    expect(model.metricsNames).toEqual(['loss', 'mean_loss', 'apart_loss']);
    for (const y of [null, undefined, {}, []])
      assertClose(
        [(await model.fit(x, y as never, { verbose: 0, validationSplit: 0.5 })).history['loss']?.[0] as number],
        [9],
        1e-5,
        'the first example',
      );
    const before = tf.memory().numTensors;
    await model.fitDataset(
      itemOf(() => ({ xs: tf.eye(2) })),
      { epochs: 1, verbose: 0 },
    );
    expect(tf.memory().numTensors).toBe(before);
    const wanting = compile(saying(heads), { optimizer: 'sgd', loss: ['mse', null] });
    await expect(
      wanting.fitDataset(
        itemOf(() => ({ xs: tf.eye(2) })),
        { epochs: 1, verbose: 0 },
      ),
    ).rejects.toThrow(/it has xs only; expected xs and ys/);
  });

  test('with a single output that wants no labels', async () => {
    const z = [[2], [-1]];
    for (const loss of [
      { z: { loss: (p: tf.Tensor) => tf.square(p), labels: false } },
      [{ loss: (p: tf.Tensor) => tf.square(p), labels: false }],
    ]) {
      const model = compile(saying({ z }), { optimizer: 'sgd', loss: loss as never });
      assertClose(Object.values(evaluated(model, model.evaluate(x, null))), [2.5], 1e-5, 'the loss');
      expect(model.metricsNames).toEqual(['loss']);
      const args = { classWeight: { 0: 2 }, verbose: 0 } as const;
      await expect(model.fit(x, null, args)).rejects.toThrow(/classWeight is for "z", whose labels no loss takes/);
    }
  });

  test('counts the positions that the masks of all its outputs let count', () => {
    const steps = tf.input({ shape: [2, 1] });
    const masked = (name: string, maskValue: number): tf.SymbolicTensor =>
      tf.layers.masking({ name, maskValue }).apply(steps) as tf.SymbolicTensor;
    const model = tf.model({ inputs: steps, outputs: [masked('a', 5), masked('b', 7)] });
    const loss = {
      apart: { of: ['a', 'b'], labels: false, loss: (a: tf.Tensor, b: tf.Tensor) => tf.squeeze(tf.add(a, b), [2]) },
    };
    compile(model, { optimizer: 'sgd', loss: loss as never });
    const given = tf.tensor3d([
      [[1], [5]],
      [[7], [2]],
    ]);
    const { loss: found } = evaluated(
      model,
      (model as never as { evaluate: (x: tf.Tensor, y: null) => tf.Scalar }).evaluate(given, null),
    );
    assertClose([found as number], [(2 + 4) / 2], 1e-5, 'the loss');
  });

  test('says which output ends in what it cannot take', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const nllOf = (options: object): object => ({
      nll: { of: ['mean', 'variance'], loss: L.gaussianNll.with(options) },
    });
    compile(saying(heads), { optimizer: 'sgd', loss: nllOf({}) as never });
    compile(saying(heads), { optimizer: 'sgd', loss: nllOf({ logVariance: true }) as never });
    expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringMatching(/gaussianNll expects .* but the output "variance" .* linear.*logVariance: true/),
    ]);
    warn.mockRestore();
  });
});

test('what is no such loss is refused', () => {
  const of = ['mean', 'logVariance'];
  const refused: [loss: unknown, complaint: RegExp, rest?: object][] = [
    [{ kl: { of } }, /compile: loss names the output "kl"/],
    [{ kl: { loss: kl } }, /compile: loss names the output "kl"/],
    [{ kl: { loss: kl, of: [] } }, /of, of the loss "kl", is .*; expected names of outputs/],
    [{ kl: { loss: kl, of: 3 } }, /of, of the loss "kl", is 3; expected names of outputs/],
    [{ kl: { loss: kl, of: ['mean', 'z'] } }, /of of the loss "kl" names "z"; expected one of .*decoded/],
    [{ kl: { loss: kl, of, labels: 'z' } }, /labels of the loss "kl" names "z"; expected one of/],
    [{ kl: { loss: kl, of, labels: true } }, /labels of the loss "kl" names true/],
    [{ kl: { loss: 3, of } }, /the loss of "kl" is 3; expected a loss or its name/],
    [{ kl: { loss: kl, of, label: false } }, /the loss "kl" has the key "label"; expected loss, of, labels/],
    [
      { mean: L.gaussianNll },
      /gaussianNll: takes labels, mean, variance; expected a loss of labels and of the predictions of one/,
    ],
    [
      { kl: { loss: L.huber, of, labels: 'mean' } },
      /huber: takes labels, predictions; expected .* of 2 outputs for "kl"/,
    ],
    [{ kl: { loss: L.huber, of: 'mean', labels: false } }, /huber: takes .* a loss of the predictions of one output/],
    [{ kl: { loss: kl, of, labels: false } }, /no loss takes labels; expected metrics by output/, { metrics: ['mae'] }],
    [{ kl: { loss: kl, of, labels: false } }, /metrics names the output "kl"/, { metrics: { kl: 'mae' } }],
    [{ kl: { loss: kl, of, labels: false } }, /lossWeights names the output "k"/, { lossWeights: { k: 1 } }],
  ];
  for (const [loss, complaint, rest = {}] of refused)
    expect(() => compile(saying(said), { optimizer: 'sgd', loss: loss as never, ...rest })).toThrow(complaint);
});
