// saving.mjs: a model with its loss goes into files and comes back
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';
import { fromConfig } from 'tfjs-losses/keras';
import { compile, load, save } from 'tfjs-losses/layers';

const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'zeros' })] });
const loss = sparseCategoricalCrossentropy.with({ fromLogits: true, labelSmoothing: 0.1, ignoreIndex: -1 });
compile(model, { optimizer: tf.train.adam(0.1), loss, metrics: ['accuracy'] });

const x = tf.tensor2d([
  [1, 0],
  [0, 1],
  [-1, -1],
  [5, 5],
]);
const labels = tf.tensor1d([0, 1, 2, -1]);
const train = (model) => model.fit(x, labels, { epochs: 10, shuffle: false, verbose: 0 });
await train(model);

// In a browser: save(model, 'indexeddb://my-model'). Here the files stay in memory.
let files;
await save(
  model,
  tf.io.withSaveHandler(async (artifacts) => {
    files = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  }),
);
console.log(JSON.stringify(files.modelTopology.training_config.loss.config));

// Elsewhere, later: loss, metrics and the state of the optimizer are there, so that training goes on as it would have.
const back = await load(tf.io.fromMemory(files));
const [here, there] = [await train(model), await train(back)];
console.log(here.history.loss.at(-1) === there.history.loss.at(-1) ? 'the same loss after ten more epochs' : 'differs');

// A loss alone, as text.
const text = JSON.stringify(loss.config());
const again = fromConfig(JSON.parse(text));
console.log(again.name, JSON.stringify(again.fixed));
