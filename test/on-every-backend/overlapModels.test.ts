import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compile } from '../../src/layers/index.js';
import { numbers } from '../support/draw.js';
import { compute } from '../support/law.js';

const images = tf.tensor(numbers('images', 36), [4, 3, 3, 1]);
const labels = tf.tensor(
  numbers('labels', 36).map((x) => Math.floor(3 * x)),
  [4, 3, 3],
);
const classWeight = { 0: 1, 1: 5, 2: 0.5 };
const ofClasses = [1, 5, 0.5];
const ofPixels = tf.tensor(
  numbers('weights', 36).map((x) => (x < 0.2 ? 0 : x)),
  [4, 3, 3],
);
const ofLabels = tf.tidy(() => tf.gather(tf.tensor1d(ofClasses), tf.cast(labels, 'int32')));

/** A segmentation model of three classes; logits before the softmax are what losses get. */
const segmenting = (): tf.Sequential =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: 3,
        activation: 'softmax',
        inputShape: [3, 3, 1],
        kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }),
      }),
    ],
  });

const logitsOf = (model: tf.Sequential): tf.Tensor => tf.log(model.predict(images) as tf.Tensor);

const mean = { fromLogits: true, reduction: 'mean' } as const;

test.each([
  ['dice', L.dice],
  ['jaccard', L.jaccard.with({ axis: 'batch' })],
  ['tversky', L.tversky],
] as const)('%s: weights of classes are its classWeights, those of pixels are in all sums', async (_, loss) => {
  const model = compile(segmenting(), { optimizer: tf.train.sgd(0), loss });
  const [plain, classes, pixels, both] = await Promise.all(
    [{}, { classWeight }, { sampleWeight: ofPixels }, { classWeight, sampleWeight: ofPixels }].map(async (given) =>
      Number(await model.trainOnBatch(images, labels, given)),
    ),
  );
  const expected = (options: object): number =>
    compute(() => (loss as typeof L.dice)(labels, logitsOf(model), { ...mean, ...options }))[0] as number;
  expect(plain).toBeCloseTo(expected({}), 5);
  expect(classes).toBeCloseTo(expected({ classWeights: ofClasses }), 5);
  expect(pixels).toBeCloseTo(expected({ weights: ofPixels }), 5);
  expect(both).toBeCloseTo(expected({ classWeights: ofClasses, weights: ofPixels }), 5);
  expect(classes).not.toBeCloseTo(plain as number, 3);
});

test('in a combined loss, each part has what it takes, in fit and in datasets', async () => {
  const loss = L.combine({ dice: [L.dice, 2], crossentropy: [L.sparseCategoricalCrossentropy, 1] });
  const model = compile(segmenting(), { optimizer: tf.train.sgd(0), loss });
  const [expected] = compute(() =>
    tf.add(
      tf.mul(2, L.dice(labels, logitsOf(model), { ...mean, classWeights: ofClasses })),
      L.sparseCategoricalCrossentropy(labels, logitsOf(model), { ...mean, weights: ofLabels }),
    ),
  );
  const { history } = await model.fit(images, labels, { classWeight, epochs: 1, batchSize: 4, verbose: 0 });
  expect(history['loss']?.[0]).toBeCloseTo(expected as number, 5);
  const dataset = tf.data.array([0]).map(() => ({ xs: tf.clone(images), ys: tf.clone(labels) }));
  const ofDataset = await model.fitDataset(dataset as never, { classWeight, epochs: 1, verbose: 0 });
  expect(ofDataset.history['loss']?.[0]).toBeCloseTo(expected as number, 5);
});

test('a loss without classWeights has the weight of the class of each pixel', async () => {
  const loss = L.generalizedDice;
  const model = compile(segmenting(), { optimizer: tf.train.sgd(0), loss });
  const value = Number(await model.trainOnBatch(images, labels, { classWeight }));
  const [expected] = compute(() => loss(labels, logitsOf(model), { ...mean, weights: ofLabels }));
  expect(value).toBeCloseTo(expected as number, 5);
});

test('a label that is NaN and weighs 0 is missing, for loss and metrics', () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, useBias: false, inputShape: [1], weights: [tf.tensor2d([[2]])] })],
  });
  for (const loss of ['meanSquaredError', 'meanAbsoluteError'] as const) {
    const compiled = compile(model, { optimizer: 'sgd', loss, metrics: ['mae'] });
    const y = tf.tensor2d([[1], [NaN]]);
    const results = compiled.evaluate(tf.tensor2d([[1], [2]]), y, { sampleWeight: tf.tensor1d([1, 0]) }) as tf.Scalar[];
    expect(results.map((x) => x.dataSync()[0])).toEqual([1, 1]);
  }
});
