import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from '../src/index.js';
import { compile } from '../src/layers/index.js';
import { contenderNames, defaultTolerance, type Case, type Contender } from './case.js';
import { integers, normal, oneHot } from './data.js';
import { withoutKernels } from './kernels.js';

const EXAMPLES = 2048;
const FEATURES = 64;
const HIDDEN = 128;
const BATCH = 256;
const RATE = 0.01;

/** An epoch of training of a small classifier, with plain gradient descent so that little but the loss differs. */
export function fitCase(name: string, classes: number): Case {
  return {
    name,
    kinds: ['epoch'],
    peer: null,
    values: null,
    start: () => {
      const inputs = tf.tidy(() => {
        const labels = integers([EXAMPLES], 0, classes, 1);
        const examples = normal([EXAMPLES, FEATURES], 2);
        return { examples, labels, dense: oneHot(labels, classes) };
      });
      const models: tf.LayersModel[] = [];
      const contender = (
        who: string,
        last: 'linear' | 'softmax',
        labels: tf.Tensor,
        compiled: (model: tf.Sequential) => void,
      ): Contender => {
        const model = classifier(classes, last);
        models.push(model);
        compiled(model);
        return { name: who, tolerance: defaultTolerance, run: () => epoch(model, inputs.examples, labels) };
      };
      const ours = (model: tf.Sequential, fromLogits: boolean): void => {
        compile(model, { optimizer: tf.train.sgd(RATE), loss: sparseCategoricalCrossentropy.with({ fromLogits }) });
      };
      const onLogits = (model: tf.Sequential): void => ours(model, true);
      const theirs = (loss: string | typeof tf.losses.softmaxCrossEntropy) => (model: tf.Sequential) => {
        model.compile({ optimizer: tf.train.sgd(RATE), loss });
      };
      const contenders = [
        contender(contenderNames.ours, 'linear', inputs.labels, onLogits),
        withoutKernels(contender(contenderNames.unfused, 'linear', inputs.labels, onLogits)),
        contender(contenderNames.oursOnSoftmax, 'softmax', inputs.labels, (model) => ours(model, false)),
        contender(contenderNames.layers, 'softmax', inputs.dense, theirs('categoricalCrossentropy')),
        contender(contenderNames.tfLosses, 'linear', inputs.dense, theirs(tf.losses.softmaxCrossEntropy)),
      ];
      const dispose = (): void => {
        for (const model of models) model.dispose();
        tf.dispose(inputs);
      };
      return { inputs, contenders, dispose };
    },
  };
}

/** The same weights each time it is made. */
function classifier(classes: number, last: 'linear' | 'softmax'): tf.Sequential {
  const layer = (seed: number, args: Parameters<typeof tf.layers.dense>[0]): tf.layers.Layer =>
    tf.layers.dense({ ...args, kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  return tf.sequential({
    layers: [
      layer(3, { units: HIDDEN, inputShape: [FEATURES], activation: 'relu' }),
      layer(4, { units: classes, activation: last }),
    ],
  });
}

/** The loss and the weights after it. Without shuffling, all contenders see the same batches. */
async function epoch(model: tf.LayersModel, examples: tf.Tensor, labels: tf.Tensor): Promise<tf.Tensor[]> {
  const { history } = await model.fit(examples, labels, {
    epochs: 1,
    batchSize: BATCH,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
  });
  return [tf.scalar(history['loss']?.[0] as number), ...model.getWeights().map((weight) => tf.clone(weight))];
}
