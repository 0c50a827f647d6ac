import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { compile, type CompileArgs } from '../../src/layers/index.js';
import { calls, numbers, signatureFor, sizeOf, toTensor, type Call, type Values } from '../support/draw.js';
import { assertClose } from '../support/law.js';
import { allLosses, inputNames, lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { evaluated, inputsFor, modelSaying, saidBy, stepByHand } from '../support/predictionModel.js';

/** What `compile` takes: losses of labels and of what one output says. */
const ofModels = allLosses.filter((loss) => inputNames(loss).length === 2);

/** The lengths that `ctc` takes as options are those of one batch. */
const options = (loss: AnyLoss): Options => (loss.name === 'ctc' ? { labelLengths: null, logitLengths: null } : {});

const drawn = (loss: AnyLoss): Call[] =>
  fc.sample(calls(loss, { leading: [[3], [2, 3]], options: options(loss) }), { numRuns: 4, seed: 5 });

/** Weights of examples or of values, where there are values per example. */
function weightsFor(loss: AnyLoss, { options, leading, output }: Call, i: number): tf.Tensor | null {
  const { before, dots } = signatureFor(loss, options, leading).output;
  if (!dots && before[0] !== 'B') return null;
  const shape = output.slice(0, i % 2 === 0 ? output.length : 1);
  return tf.tensor(numbers(`weights ${i}`, sizeOf(shape)), [...shape]);
}

const rate = 0.5;
const asCompiled = (loss: AnyLoss): CompileArgs => ({ optimizer: tf.train.sgd(rate), loss: loss });

async function check(loss: AnyLoss, call: Call, i: number, compiled = asCompiled): Promise<void> {
  const [labels, predictions] = call.inputs as [Values, Values];
  const bound = loss.with(call.options);
  const model = compile(modelSaying(predictions), compiled(bound));
  const [x, y] = [inputsFor(predictions), toTensor(labels)];
  const weights = weightsFor(loss, call, i);
  const args = { ...(weights && { sampleWeight: weights }), batchSize: 8 };

  const lossAt = (p: tf.Tensor): tf.Tensor => bound(y, p, { weights, reduction: 'mean' });
  const expected = tf.tidy(() => Array.from(lossAt(toTensor(predictions)).dataSync()));
  const { loss: value } = evaluated(model, model.evaluate(x, y, args));
  assertClose([value as number], expected, 1e-5, 'the loss of evaluate');

  const { history } = await model.fit(x, y, { ...args, epochs: 1, verbose: 0, shuffle: false });
  assertClose(history['loss'] as number[], expected, 1e-5, 'the loss of fit');
  assertClose(saidBy(model), stepByHand(lossAt, predictions, rate), 1e-4, 'the step of fit');
}

describe('a compiled loss is the mean over the batch, and fit takes the step by hand', () => {
  const cases = ofModels.flatMap((loss) => drawn(loss).map((call, i) => [loss.name, i, loss, call] as const));
  test.each(cases)('%s (%i)', (_, i, loss, call) => check(loss, call, i));

  const [call] = drawn(lossNamed('huber')) as [Call];
  test.each([
    ['a sum in place of the mean', (loss: AnyLoss) => asCompiled(loss.with({ reduction: 'sum' })), /loss of evaluate/],
    ['a step of half the size', (loss: AnyLoss) => ({ ...asCompiled(loss), lossWeights: 0.5 }), /loss of evaluate/],
    ['another rate', (loss: AnyLoss) => ({ ...asCompiled(loss), optimizer: tf.train.sgd(0.4) }), /step of fit/],
  ] as const)('but not with %s', async (_, compiled, complaint) => {
    await expect(check(lossNamed('huber'), call, 0, compiled)).rejects.toThrow(complaint);
  });
});
