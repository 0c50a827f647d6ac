import * as tf from '@tensorflow/tfjs';
import { compile as compileByName } from '../../src/layers/index.js';
import { compile, load } from '../../src/lite/layers.js';
import { getLoss, huber, meanAbsoluteError } from '../../src/lite/index.js';
import { memoryFile } from '../support/memoryFile.js';
import { evaluated } from '../support/predictionModel.js';

/* `compile` of tfjs-losses/lite/layers takes losses as functions only. */

const fresh = (): tf.Sequential =>
  tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones' })] });
const [x, y] = [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 2], [2, 1])];

test('losses as functions, and metrics that are no losses, as in tfjs-losses/layers', () => {
  const args = { optimizer: 'sgd', loss: huber.with({ delta: 2 }), metrics: ['accuracy', meanAbsoluteError] };
  const [lite, usual] = [compile(fresh(), args), compileByName(fresh(), args)];
  expect(evaluated(lite, lite.evaluate(x, y))).toEqual(evaluated(usual, usual.evaluate(x, y)));
});

test.each([
  [{ loss: 'mse' }, ['compile: the loss is "mse"', 'getLoss("mse") of tfjs-losses/lite']],
  [{ loss: [null, 'huber'] }, ['"huber"', 'getLoss("huber")']],
  [{ loss: huber, metrics: ['mae'] }, ['no metric is called "mae"', 'accuracy', 'getLoss of tfjs-losses/lite']],
])('names of losses are refused: %p', (args, words) => {
  const outputs = Array.isArray(args.loss) ? 2 : 1;
  const input = tf.input({ shape: [2] });
  const layers = Array.from({ length: outputs }, () => tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor);
  const model = tf.model({ inputs: input, outputs: layers });
  let message = '';
  try {
    compile(model, { optimizer: 'sgd', ...args });
  } catch (error) {
    ({ message } = error as Error);
  }
  for (const word of words) expect(message).toContain(word);
});

test('what a refusal recommends works', () => {
  const model = compile(fresh(), { optimizer: 'sgd', loss: getLoss('mse') });
  expect(model.metricsNames).toEqual(['loss']);
});

test('a saved model is loaded with the losses and metrics of its file, also those that are names', async () => {
  const file = memoryFile();
  const model = compile(fresh(), { optimizer: 'sgd', loss: huber.with({ delta: 2 }), metrics: ['accuracy'] });
  await model.save(file, { includeOptimizer: true });
  expect((await load(file)).metricsNames).toEqual(model.metricsNames);

  const named = compileByName(fresh(), { optimizer: 'sgd', loss: 'mse', metrics: ['mae'] });
  await named.save(file, { includeOptimizer: true });
  const back = await load(file);
  expect(back.metricsNames).toEqual(['loss', 'mae']);
  expect(evaluated(back, back.evaluate(x, y))).toEqual(evaluated(named, named.evaluate(x, y)));
});
