import { add, log, mul, sum, tensor, type Tensor } from '@tensorflow/tfjs';
import { parseSignature } from '../../src/core/signature.js';
import { calls, sizeOf, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, variant, type Law } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** The values at `[2,3]` are those of the same positions in one long `[6]`. */
function check(loss: AnyLoss): void {
  const { inputs } = parseSignature(loss.definition.signature);
  forAll(calls(loss), ({ inputs: given, options, output }) => {
    const leading = sizeOf(output);
    // An option per entry of the last axis keeps that axis as it is.
    if (Array.isArray(options['posWeight'])) return;
    const flat = given.map(({ data, shape, dtype }, i) => {
      const own = inputs[i]?.after.length ?? 0;
      return tensor([...data], [leading, ...shape.slice(shape.length - own)], dtype);
    });
    const whole = compute(() => loss(...given.map(toTensor), { ...options, reduction: 'none' }));
    assertClose(
      whole,
      compute(() => loss(...flat, { ...options, reduction: 'none' })),
      1e-5,
      `the value at shape [${output.join()}]`,
    );
  });
}

export const ranks: Law = {
  title: 'every rank gives the values of its positions',
  check,
  mutants: [
    {
      bug: 'label smoothing that takes the second axis for the class axis, as tf.losses does',
      complaint: /value at shape/,
      loss: () =>
        variant(lossNamed('categoricalCrossentropy'), {
          options: {},
          domains: () => ['distribution', 'distribution'],
          formula: ({ labels, predictions }) =>
            sum(
              mul(log(predictions as Tensor), add(mul(0.9, labels as Tensor), 0.1 / (predictions?.shape[1] ?? 1))),
              -1,
            ),
        }),
    },
  ],
};
