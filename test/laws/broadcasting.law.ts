import * as tf from '@tensorflow/tfjs';
import { gradientsAt } from '../support/derivatives.js';
import { calls, numbers, sizeOf, toTensor, type Values } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** Up to the rank at which tfjs no longer differentiates what it repeats. */
const leading = [[2, 3], [3], [2, 1, 2, 1, 2]] as const;
const reductions = ['none', 'perExample', 'weightedMean', 'meanOverNonzeroWeights'] as const;

function check(loss: AnyLoss): void {
  forAll(calls(loss, { leading }), ({ inputs, options, positions, output }) => {
    if (output.length === 0) return;
    const tensors = inputs.map(toTensor);
    const mask = tf.tensor(
      numbers('mask', positions[0] ?? 1).map((x) => x > 0.2),
      [positions[0] ?? 1],
      'bool',
    );
    const few: Values = {
      shape: [output[0] as number],
      data: numbers('few', output[0] as number, [0.5, 2]),
      dtype: 'float32',
    };
    const block = sizeOf(output) / few.data.length;
    const repeated = Array.from({ length: sizeOf(output) }, (_, i) => few.data[Math.floor(i / block)] as number);
    const values = compute(() => loss(...tensors, { ...options, mask, weights: toTensor(few), reduction: 'none' })).map(
      Math.abs,
    );
    // Terms of this size cancel.
    const tolerance = Math.max(1e-4, 5e-7 * Math.max(...values));
    for (const reduction of reductions) {
      const gradient = (weights: Values): number[] =>
        gradientsAt(([w]) => scalarized(loss(...tensors, { ...options, mask, weights: w, reduction })), [weights])[0] ??
        [];
      const all = gradient({ shape: output, data: repeated, dtype: 'float32' });
      const expected = few.data.map((_, b) => all.slice(b * block, (b + 1) * block).reduce((sum, x) => sum + x, 0));
      assertClose(
        gradient(few),
        expected,
        tolerance,
        `the derivative for weights [${few.shape.join()}] under '${reduction}'`,
      );
    }
  });
}

export const broadcasting = law({
  title: 'weights of examples have the summed derivative of the weights that they stand for',
  // Under 'weightedMean' a derivative is the difference of a loss and the mean.
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'weights repeated by an operation that has no gradient at rank 5',
      complaint: /tile/i,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { weights, ...rest } = given as { weights: tf.Tensor };
          const shape = (predictions as tf.Tensor).shape;
          const full = tf.broadcastTo(
            tf.reshape(
              weights,
              shape.map((_, i) => weights.shape[i] ?? 1),
            ),
            shape,
          );
          return huber(labels, predictions, { ...rest, weights: full });
        }),
    },
  ],
});
