import * as tf from '@tensorflow/tfjs';
import { calls, numbers, sizeOf, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** Square results, so that weights on the wrong axis would fit too. */
const leading = [[3], [2, 2], [2, 2, 2]] as const;

function check(loss: AnyLoss): void {
  forAll(calls(loss, { leading }), ({ inputs, options, output }) => {
    const tensors = inputs.map(toTensor);
    const unweighted = compute(() => loss(...tensors, { ...options, reduction: 'none' }));
    for (let rank = 0; rank <= output.length; rank++) {
      const shape = output.slice(0, rank);
      const data = numbers(`weights ${rank}`, sizeOf(shape), [0.5, 2]);
      const block = sizeOf(output) / data.length;
      const expected = unweighted.map((value, i) => value * (data[Math.floor(i / block)] as number));
      const padded = [...shape, ...output.slice(rank).map(() => 1)];
      for (const form of [shape, padded]) {
        const weights = tf.tensor(data, form);
        const actual = compute(() => loss(...tensors, { ...options, weights, reduction: 'none' }));
        assertClose(actual, expected, 1e-5, `the value under weights of shape [${form.join()}]`);
      }
    }
    const plain = compute(() => loss(...tensors, { ...options, reduction: 'mean' }));
    const ones = compute(() => loss(...tensors, { ...options, reduction: 'mean', weights: tf.ones([...output]) }));
    assertClose(ones, plain, 1e-5, 'the mean under weights of one');
  });
}

export const weights = law({
  title: 'weights multiply the leading axes, and weights of one change nothing',
  check,
  mutants: [
    {
      bug: 'weights broadcast from the right, as in NumPy',
      complaint: /under weights of shape/,
      loss: () =>
        mutate(lossNamed('meanSquaredError'), (loss, [labels, predictions, given]) => {
          const { weights: factor, ...rest } = given as { weights?: tf.Tensor; reduction: string };
          if (!factor || rest.reduction !== 'none') return loss(labels, predictions, given);
          return tf.mul(loss(labels, predictions, rest), factor);
        }),
    },
  ],
});
