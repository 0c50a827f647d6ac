import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile, diagnose } from '../../src/layers/index.js';
import { numbers } from '../support/draw.js';
import { assertClose } from '../support/law.js';
import { evaluated, numberOf } from '../support/predictionModel.js';

const kernelInitializer = (seed: number): ReturnType<typeof tf.initializers.glorotNormal> =>
  tf.initializers.glorotNormal({ seed });

function expectFalling(losses: unknown, to: number): void {
  const all = losses as number[];
  expect(all.every(Number.isFinite)).toBe(true);
  expect(all.at(-1)).toBeLessThan(to * (all[0] as number));
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Nothing is found in a model that learns, before and after. */
async function expectSound(...given: Parameters<typeof diagnose>): Promise<void> {
  expect(String(await diagnose(...given))).toMatch(/^no finding/);
}

test('segmentation: dice and cross-entropy find bright squares in noise', async () => {
  const [count, size] = [12, 8];
  const isInside = (image: number, at: number): boolean => {
    const [row, column] = [Math.floor(at / size), at % size];
    return row >= image % 4 && row < (image % 4) + 4 && column >= image % 3 && column < (image % 3) + 4;
  };
  const masks = Array.from({ length: count * size * size }, (_, i) =>
    Number(isInside(Math.floor(i / size ** 2), i % size ** 2)),
  );
  const noise = numbers('noise', masks.length, [-0.8, 0.8]);
  const x = tf.tensor4d(
    masks.map((inside, i) => inside + (noise[i] as number)),
    [count, size, size, 1],
  );
  // The mask itself, without an axis of classes.
  const y = tf.tensor3d(masks, [count, size, size], 'int32');

  const model = tf.sequential();
  // wasm has no kernel for the gradient of a convolution's filter.
  const hidden =
    tf.getBackend() === 'wasm'
      ? tf.layers.dense({
          inputShape: [size, size, 1],
          units: 4,
          activation: 'relu',
          kernelInitializer: kernelInitializer(4),
        })
      : tf.layers.conv2d({
          inputShape: [size, size, 1],
          filters: 4,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          kernelInitializer: kernelInitializer(4),
        });
  model.add(hidden);
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: kernelInitializer(5) }));
  const loss = L.combine({ dice: [L.dice.with({ smooth: 1 }), 1], ce: [L.binaryCrossentropy, 0.5] });
  compile(model, { optimizer: tf.train.adam(0.05), loss, metrics: ['accuracy', L.jaccard] });

  const p = Array.from((model.predict(x) as tf.Tensor).dataSync());
  const perImage = Array.from({ length: count }, (_, image) => {
    const at = Array.from({ length: size ** 2 }, (__, i) => image * size ** 2 + i);
    const sum = (f: (i: number) => number): number => at.reduce((total, i) => total + f(i), 0);
    const [inside, said] = [(i: number): number => masks[i] as number, (i: number): number => p[i] as number];
    return 1 - (sum((i) => inside(i) * said(i)) + 1) / ((sum(inside) + sum(said)) / 2 + 1);
  });
  const crossentropy = mean(p.map((said, i) => -Math.log((masks[i] as number) === 1 ? said : 1 - said)));
  const before = evaluated(model, model.evaluate(x, y));
  assertClose([before['loss'] as number], [mean(perImage) + 0.5 * crossentropy], 1e-4, 'the loss by hand');

  await expectSound(model, x, y);
  const { history } = await model.fit(x, y, { epochs: 15, batchSize: 4, verbose: 0 });
  await expectSound(model, x, y);
  expectFalling(history['loss'], 0.7);
  expect(history['acc']?.at(-1)).toBeGreaterThan(0.8);
  expect(history['jaccard']?.at(-1)).toBeLessThan(before['jaccard'] as number);
});

test('sequences: a tagger learns what is not padding', async () => {
  const [count, steps, words] = [16, 6, 5];
  const lengths = Array.from({ length: count }, (_, i) => 2 + (i % 5));
  const drawn = numbers('words', count * steps).map((x) => Math.floor(x * words));
  // The tag of a word is 1 if the same word was there just before.
  const isPadding = drawn.map((_, i) => i % steps >= (lengths[Math.floor(i / steps)] as number));
  const tags = drawn.map((word, i) => (isPadding[i] ? -1 : i % steps > 0 && drawn[i - 1] === word ? 1 : 0));
  const rows = drawn.map((word, i) => Array.from({ length: words }, (_, w) => (isPadding[i] || w !== word ? 0 : 1)));
  const x = tf.tensor3d(rows.flat(), [count, steps, words]);
  const y = tf.tensor2d(tags, [count, steps], 'int32');

  const model = tf.sequential();
  model.add(tf.layers.masking({ maskValue: 0, inputShape: [steps, words] }));
  model.add(
    tf.layers.gru({
      units: 8,
      returnSequences: true,
      kernelInitializer: kernelInitializer(6),
      recurrentInitializer: kernelInitializer(7),
    }),
  );
  model.add(tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: kernelInitializer(8) }));
  compile(model, {
    optimizer: tf.train.adam(0.03),
    loss: L.sparseCategoricalCrossentropy.with({ ignoreIndex: -1 }),
    metrics: ['accuracy'],
  });

  const p = Array.from((model.predict(x) as tf.Tensor).dataSync());
  const byHand = tags.flatMap((tag, i) => (tag < 0 ? [] : [-Math.log(p[2 * i + tag] as number)]));
  const { loss } = evaluated(model, model.evaluate(x, y));
  assertClose([loss as number], [mean(byHand)], 1e-4, 'the loss by hand');

  const classWeight = { 1: 2 };
  await expectSound(model, x, y, { classWeight });
  const { history } = await model.fit(x, y, { epochs: 25, batchSize: 8, verbose: 0, classWeight });
  await expectSound(model, x, y, { classWeight });
  expectFalling(history['loss'], 0.7);
  expect(history['acc']?.at(-1)).toBeGreaterThan(0.75);
});

test('two heads: a price and its kind, of which some are not known', async () => {
  const count = 24;
  const features = numbers('features', count * 3, [-1, 1]);
  const row = (i: number): number[] => features.slice(3 * i, 3 * i + 3);
  const priceOf = (i: number): number => 2 * (row(i)[0] as number) - (row(i)[1] as number);
  const all = Array.from({ length: count }, (_, i) => i);
  // What is not known is NaN or no kind at all, and weighs nothing.
  const isKnown = all.map((i) => i % 3 !== 0);
  const prices = tf.tensor2d(all.map((i) => [isKnown[i] ? priceOf(i) : NaN]));
  const kinds = tf.tensor1d(
    all.map((i) => ((row(i)[2] as number) > 0 ? 1 : 0)),
    'int32',
  );
  const sampleWeight = {
    price: tf.tensor1d(isKnown.map((known, i) => (known ? 1 + (i % 2) : 0))),
    kind: tf.ones([count]),
  };

  const input = tf.input({ shape: [3] });
  const shared = tf.layers
    .dense({ units: 8, activation: 'tanh', kernelInitializer: kernelInitializer(9) })
    .apply(input);
  const price = tf.layers
    .dense({ name: 'price', units: 1, kernelInitializer: kernelInitializer(10) })
    .apply(shared) as tf.SymbolicTensor;
  const kind = tf.layers
    .dense({ name: 'kind', units: 2, kernelInitializer: kernelInitializer(11) })
    .apply(shared) as tf.SymbolicTensor;
  const model = compile(tf.model({ inputs: input, outputs: [price, kind] }), {
    optimizer: tf.train.adam(0.05),
    loss: { price: L.huber.with({ delta: 0.5 }), kind: L.sparseCategoricalCrossentropy.with({ fromLogits: true }) },
    lossWeights: { price: 3 },
    metrics: { kind: 'accuracy' },
  });
  const x = tf.tensor2d(features, [count, 3]);
  const y = { price: prices, kind: kinds };

  const [said, logits] = model.predict(x) as [tf.Tensor, tf.Tensor];
  const guess = Array.from(said.dataSync());
  // An unknown price is NaN and weighs 0: it is missing.
  const huber = all
    .filter((i) => isKnown[i])
    .map((i) => {
      const error = Math.abs((guess[i] as number) - priceOf(i));
      const value = error <= 0.5 ? error ** 2 / 2 : 0.5 * (error - 0.25);
      return value * (1 + (i % 2));
    });
  const kindLoss = numberOf(tf.losses.softmaxCrossEntropy(tf.oneHot(kinds, 2), logits));
  const before = evaluated(model, model.evaluate(x, y, { sampleWeight }));
  assertClose(
    [before['price_loss'] as number, before['kind_loss'] as number, before['loss'] as number],
    [mean(huber), kindLoss, 3 * mean(huber) + kindLoss],
    1e-4,
    'the losses by hand',
  );

  await expectSound(model, x, y, { sampleWeight });
  const { history } = await model.fit(x, y, {
    epochs: 40,
    batchSize: 8,
    verbose: 0,
    sampleWeight,
    validationData: [x, y, sampleWeight],
  });
  await expectSound(model, x, y, { sampleWeight });
  expectFalling(history['loss'], 0.3);
  expectFalling(history['val_price_loss'], 0.2);
  expect(history['kind_acc']?.at(-1)).toBeGreaterThan(0.9);
});
