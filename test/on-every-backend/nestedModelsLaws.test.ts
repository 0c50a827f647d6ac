import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { compile } from '../../src/layers/index.js';
import { type Block, blocks, build, type Building, squashingsOf } from '../support/drawnModels.js';
import { assertClose } from '../support/law.js';
import { random } from '../support/predictionModel.js';

const examples = 4;

const lossOf = { sigmoid: 'binaryCrossentropy', softmax: 'categoricalCrossentropy' } as const;

/** What evaluation says, then training step by step, and the weights that it leaves. */
async function numbersOf(block: Block, building: Building): Promise<number[]> {
  const { model, layers, isTrained } = build(block, building);
  const loss = squashingsOf(block).map((squashing) => (squashing ? lossOf[squashing] : 'meanSquaredError'));
  const compiled = compile(model, { optimizer: tf.train.sgd(0.01), loss, metrics: ['accuracy', 'mae'] });
  const x = random('sequences', [examples, 3, 2]);
  const y = loss.map((_, i) => tf.oneHot(tf.greater(random(`labels ${i}`, [examples, 3]), 0).toInt(), 2).toFloat());
  const numbers = [compiled.evaluate(x, y)].flat().map((one) => one.dataSync()[0] as number);
  // A model of which everything is frozen takes no step.
  const steps = isTrained ? 2 : 0;
  for (let step = 0; step < steps; step++) numbers.push(...[await compiled.trainOnBatch(x, y)].flat());
  return [...numbers, ...layers.flatMap((layer) => layer.getWeights().flatMap((w) => Array.from(w.dataSync())))];
}

async function check(block: Block, nested: Building = { isNested: true }): Promise<void> {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  tf.engine().startScope();
  try {
    const flat = await numbersOf(block, { isNested: false });
    assertClose(await numbersOf(block, nested), flat, 1e-3, 'the numbers of the nested model');
  } finally {
    tf.engine().endScope();
    warn.mockRestore();
  }
}

/** Whether all layers are needed by an output: those that are not have no part in a model that is flat. */
function isNeeded(block: Block): boolean {
  const { model, layers } = build(block, { isNested: false });
  return layers.every((layer) => model.layers.includes(layer));
}

const drawn = fc.sample(blocks(3).filter(isNeeded), { numRuns: 40, seed: 3 });

describe('a model in models learns as its layers in one model do', () => {
  test.each(drawn.map((block, i) => [i, block] as const))('drawn model %i', (_, block) => check(block));

  test.each(['masks', 'sharing', 'freezing', 'activations'] as const)('but not without %s', async (leaveOut) => {
    let complaints = 0;
    for (const block of drawn) {
      await check(block, { isNested: true, leaveOut }).catch(() => complaints++);
      if (complaints > 3) return;
    }
    throw new Error(`only ${complaints} drawn models were found wrong`);
  });
});
