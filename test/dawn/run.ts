// Kernels on WebGPU without a browser: value and gradient of some losses on Dawn, and by their formulas on cpu.
//
//   npm run test:dawn [-- --every 1] [-t <regex>]
//
// Nothing reads WebGPU without waiting here, so that the tests of test/on-every-backend, which do, run in Chromium only.

import { Command } from 'commander';
import * as tf from '@tensorflow/tfjs';
import { startDawn } from '../../scripts/dawn.mjs';
import { callWith, defaultsOf, toTensor } from '../support/draw.js';
import { allLosses, heldIn, inputNames, type AnyLoss } from '../support/losses.js';
import { assertClose } from '../support/law.js';

interface Options {
  readonly every: string;
  readonly testNamePattern: string;
}

const { every, testNamePattern } = new Command('test:dawn')
  .option('--every <count>', 'try one of so many losses', '16')
  .option('-t, --testNamePattern <regex>', 'only losses with such a name', '')
  .parse()
  .opts<Options>();

/** The value and the gradients by the inputs that are trained. */
async function outcome(loss: AnyLoss): Promise<number[][]> {
  const { inputs, options } = callWith(loss, { leading: [5], classes: 6, seed: 2, options: {} });
  const held = heldIn(loss, { ...defaultsOf(loss), ...options });
  const names = inputNames(loss);
  const isTrained = (i: number): boolean =>
    inputs[i]?.dtype === 'float32' && held[i] !== true && !['labels', 'targets'].includes(names[i] ?? '');
  const all = inputs.map(toTensor);
  const trained = all.filter((_, i) => isTrained(i));
  const compute = (...xs: tf.Tensor[]): tf.Scalar => {
    const given = [...xs];
    return loss(...all.map((x, i) => (isTrained(i) ? (given.shift() as tf.Tensor) : x)), {
      ...options,
      reduction: 'mean',
    }) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(compute)(trained);
  const numbers = await Promise.all([value, ...grads].map(async (x) => Array.from(await x.data())));
  tf.dispose([all, value, grads]);
  return numbers;
}

/** What is wrong with a loss on the device; null: nothing. */
async function complaintOf(loss: AnyLoss): Promise<string | null> {
  try {
    await tf.setBackend('webgpu');
    tf.env().set('LOSSES_FUSED', true);
    const found = await outcome(loss);
    await tf.setBackend('cpu');
    tf.env().set('LOSSES_FUSED', false);
    const expected = await outcome(loss);
    expected.forEach((numbers, i) => assertClose(found[i] ?? [], numbers, 1e-4, i === 0 ? 'value' : `gradient ${i}`));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Registers the flag that switches kernels. */
await import('../../src/kernels/index.js');
tf.enableProdMode();
const { device, stop } = await startDawn(tf);
try {
  const pattern = new RegExp(testNamePattern, 'i');
  const fitting = allLosses.filter(({ name }) => pattern.test(name));
  const chosen = testNamePattern ? fitting : fitting.filter((_, i) => i % Number(every) === 0);
  const complaints: string[] = [];
  for (const loss of chosen) {
    const complaint = await complaintOf(loss);
    if (complaint !== null) complaints.push(`${loss.name}: ${complaint}`);
  }
  console.log(`${device}: ${chosen.length} losses, ${complaints.length} of them wrong`);
  if (complaints.length > 0) console.log(`  ${complaints.join('\n  ')}`);
  if (complaints.length > 0 || chosen.length === 0) process.exitCode = 1;
} finally {
  stop();
}
