import * as tf from '@tensorflow/tfjs';
import { ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, sizeOf, toTensor, type Call, type Values } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

const reductions = ['none', 'sum', 'mean'] as const;

/** Masks of size 1 along some of the axes of positions, which stand for that entry's repetition. */
const fewMasks = ({ positions }: Call): Values[] =>
  positions
    .flatMap((_, axis) => [positions.map((size, i) => (i === axis ? 1 : size)), positions.map(() => 1)])
    .concat([[]])
    .flatMap((shape) => [1, 0].map((first) => ({ shape, data: alternating(shape, first), dtype: 'int32' as const })));

const alternating = (shape: readonly number[], first: number): number[] =>
  Array.from({ length: sizeOf(shape) }, (_, i) => (first + i) % 2);

/** Each entry of a mask at all the positions for which it stands. */
function repeated({ shape, data, dtype }: Values, positions: readonly number[]): Values {
  const whole = Array.from({ length: sizeOf(positions) }, (_, i) => {
    let [rest, from, stride] = [i, 0, 1];
    for (let axis = positions.length - 1; axis >= 0; axis--) {
      const size = positions[axis] as number;
      const own = shape[axis] ?? 1;
      from += stride * (own === 1 ? 0 : rest % size);
      rest = Math.floor(rest / size);
      stride *= own;
    }
    return data[from] as number;
  });
  return { shape: positions, data: whole, dtype };
}

function check(loss: AnyLoss): void {
  forAll(calls(loss), (call) => {
    for (const few of fewMasks(call))
      for (const reduction of reductions) {
        const under = (mask: Values): { values: number[]; gradients: number[][] } => {
          const { f, at } = ofInputs(loss, call.inputs, { ...call.options, mask: toTensor(mask), reduction });
          return { values: compute(() => f(at.map(toTensor))), gradients: gradientsAt(f, at) };
        };
        const what = `under '${reduction}' and a mask [${few.shape.join()}] of positions [${call.positions.join()}]`;
        const [came, expected] = [under(few), under(repeated(few, call.positions))];
        assertClose(came.values, expected.values, 1e-5, what);
        came.gradients.forEach((gradient, v) =>
          assertClose(gradient, expected.gradients[v] as number[], 1e-5, `gradient ${v} ${what}`),
        );
      }
  });
}

export const repeatedMasks = law({
  title: 'a mask of fewer entries counts like its repetition',
  check,
  mutants: [
    {
      bug: 'a mask of one entry that is taken for the first position only',
      complaint: /under .* and a mask \[[1,]*\] of positions/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { mask, ...rest } = given as { mask: tf.Tensor };
          if (mask.size > 1) return huber(labels, predictions, given);
          const { shape } = predictions as tf.Tensor;
          const isFirst = tf.reshape(tf.equal(tf.range(0, sizeOf(shape)), 0), shape);
          return huber(labels, predictions, {
            ...rest,
            mask: tf.logicalOr(tf.cast(mask, 'bool'), tf.logicalNot(isFirst)),
          });
        }),
    },
  ],
});
