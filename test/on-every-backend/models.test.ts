import { domainNamesOf } from '../support/domains.js';
import * as tf from '@tensorflow/tfjs';
import { defaultsOf, numbers, signatureFor, withRequired } from '../support/draw.js';
import { allLosses, inputNames, type AnyLoss } from '../support/losses.js';
import { assertClose } from '../support/law.js';

const batch = 6;
const classes = 3;
const features = (): tf.Tensor2D => tf.tensor2d(numbers('features', batch * 2, [-1, 1]), [batch, 2]);
const classOf = [0, 1, 2, 2, 1, 0];
const classWeight = { 0: 1, 1: 5, 2: 0.25 };

/** A linear model whose outputs lie in the domain that the loss wants. */
function modelFor(loss: AnyLoss): tf.Sequential {
  const [, domain] = domainNamesOf(loss.definition, defaultsOf(loss));
  const activation = domain === 'distribution' ? 'softmax' : domain === 'probability' ? 'sigmoid' : 'linear';
  const kernelInitializer = tf.initializers.glorotNormal({ seed: 1 });
  return tf.sequential({
    layers: [tf.layers.dense({ units: classes, inputShape: [2], activation, kernelInitializer })],
  });
}

type LossOfModel = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;
const asLoss = (loss: AnyLoss): LossOfModel => loss;

/** Whether a dense layer's row of each example is enough, which is no image. */
const takesRows = (loss: AnyLoss): boolean =>
  signatureFor(loss, {}, [batch]).inputs.every(({ before, after }) => before.length + after.length <= 2);

const ofLabels = allLosses
  .filter((loss) => inputNames(loss).join() === 'labels,predictions' && takesRows(loss))
  .map((loss) => withRequired(loss, { classes, last: classes, batch }));
const labelDomain = (loss: AnyLoss): string | undefined => domainNamesOf(loss.definition, defaultsOf(loss))[0];

const haveLabelsTheirShape = (loss: AnyLoss): boolean => {
  const [labels, predictions] = signatureFor(loss, {}, [batch]).inputs;
  return labels?.after.length === predictions?.after.length;
};

/** Losses that take class indices, one per example. */
const sparse = ofLabels.filter(
  (loss) => ['classIndex', 'ordinal'].includes(labelDomain(loss) ?? '') || loss.definition.takesIndices,
);

/** What tfjs-layers' `fit` can feed: labels in the shape of the predictions, here one-hot. */
const dense = ofLabels.filter(
  (loss) =>
    !sparse.includes(loss) &&
    haveLabelsTheirShape(loss) &&
    !['box', 'binaryClass', 'paddedIndex', 'intervalAndEvent'].includes(labelDomain(loss) ?? ''),
);

describe.each(dense.map((loss) => [loss.name, loss] as const))('model.compile({ loss: %s })', (_, loss) => {
  const oneHot = (): tf.Tensor => tf.oneHot(classOf, classes);

  test('fit and evaluate give the mean over examples', async () => {
    const model = modelFor(loss);
    model.compile({ optimizer: tf.train.adam(0.02), loss: asLoss(loss) });
    const expected = tf.tidy(() => tf.mean(loss(oneHot(), model.predict(features()))).dataSync());
    const before = Array.from((model.evaluate(features(), oneHot(), { batchSize: batch }) as tf.Scalar).dataSync());
    assertClose(before, Array.from(expected), 1e-5, 'the loss of evaluate');
    const { history } = await model.fit(features(), oneHot(), { epochs: 8, batchSize: batch, verbose: 0 });
    const losses = history['loss'] as number[];
    assertClose(losses.slice(0, 1), Array.from(expected), 1e-5, 'the loss of fit');
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  });

  test('class weights give the hand-weighted mean', async () => {
    const model = modelFor(loss);
    model.compile({ optimizer: tf.train.sgd(0), loss: asLoss(loss) });
    const perExample = tf.tidy(() => Array.from(loss(oneHot(), model.predict(features())).dataSync()));
    const weighted = perExample.map((value, i) => value * classWeight[classOf[i] as 0 | 1 | 2]);
    const { history } = await model.fit(features(), oneHot(), { epochs: 1, batchSize: batch, classWeight, verbose: 0 });
    assertClose(history['loss'] as number[], [weighted.reduce((a, b) => a + b) / batch], 1e-5, 'the weighted loss');
  });

  test('saving with the optimizer does not take the loss for a list of outputs', async () => {
    const model = modelFor(loss);
    model.compile({ optimizer: 'sgd', loss: asLoss(loss.with({})) });
    let config: unknown;
    await model.save(
      tf.io.withSaveHandler((artifacts) => {
        config = artifacts.trainingConfig?.loss;
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
      }),
      { includeOptimizer: true },
    );
    expect(config).toEqual({});
  });
});

test.each(sparse.map((loss) => [loss.name, loss] as const))(
  'class indices train through fitDataset: %s',
  async (_, loss) => {
    const model = modelFor(loss);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: asLoss(loss) });
    const batches = tf.data.generator(function* () {
      yield { xs: features(), ys: tf.tensor1d(classOf, 'int32') };
    });
    const { history } = await model.fitDataset(batches, { epochs: 8, verbose: 0 });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  },
);

test('a mean of the batch, which tfjs-layers cannot weigh, drops class weights: the default is one value per example', async () => {
  const [loss] = dense as [AnyLoss];
  const model = modelFor(loss);
  const train = async (compiled: AnyLoss): Promise<number> => {
    model.compile({ optimizer: tf.train.sgd(0), loss: asLoss(compiled) });
    const { history } = await model.fit(features(), tf.oneHot(classOf, classes), {
      epochs: 1,
      batchSize: batch,
      classWeight,
      verbose: 0,
    });
    return (history['loss'] as number[])[0] as number;
  };
  const mean = tf.tidy(
    () => loss(tf.oneHot(classOf, classes), model.predict(features()), { reduction: 'mean' }).dataSync()[0] as number,
  );
  const meanWeight = classOf.map((c) => classWeight[c as 0 | 1 | 2]).reduce((a, b) => a + b) / batch;
  expect(await train(loss.with({ reduction: 'mean' }))).toBeCloseTo(mean * meanWeight, 4);
  expect(await train(loss)).not.toBeCloseTo(mean * meanWeight, 4);
});
