import * as tf from '@tensorflow/tfjs';
import { constant } from '../../src/numerics/autodiff.js';
import { where } from '../../src/numerics/portable.js';
import { ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, sizeOf, toTensor, withMissingLabels, type Call, type Values } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** A mask of the positions of a call that have no NaN label. */
function maskOfKnown({ inputs, positions }: Call): tf.Tensor {
  const [{ shape, data }] = inputs as [Values];
  const ofMask = shape.slice(0, positions.length);
  const entries = sizeOf(shape) / sizeOf(ofMask);
  const isKept = Array.from({ length: sizeOf(ofMask) }, (_, i) =>
    data.slice(i * entries, (i + 1) * entries).every((label) => !Number.isNaN(label)),
  );
  return tf.tensor(isKept, [...ofMask], 'bool');
}

const reductions = ['none', 'perExample', 'mean', 'weightedMean'] as const;

function check(loss: AnyLoss): void {
  forAll(calls(loss), (call) => {
    const missing = withMissingLabels(call);
    const mask = maskOfKnown(missing);
    const clean: Values[] = call.inputs.map((values, i) => (i === 0 ? { ...values, dtype: 'float32' } : values));
    for (const reduction of reductions) {
      const expected = ofInputs(loss, clean, { ...call.options, mask, reduction });
      const actual = ofInputs(loss, missing.inputs, { ...call.options, ignoreNaN: true, reduction });
      const valueOf = ({ f, at }: typeof actual): number[] => compute(() => f(at.map(toTensor)));
      const what = `'${reduction}' without the missing labels`;
      assertClose(valueOf(actual), valueOf(expected), 1e-6, what);
      assertClose(
        byFormula(() => valueOf(actual)),
        valueOf(expected),
        1e-5,
        `${what}, by the formula,`,
      );
      if (reduction !== 'mean') continue;
      // Class indices have no gradient, in whatever type they come.
      const constants = call.inputs[0]?.dtype === 'int32' ? 1 : 0;
      const gradientsOf = ({ f, at }: typeof actual): number[][] => {
        const labels = at.slice(0, constants);
        return gradientsAt((tensors) => f([...labels.map(toTensor), ...tensors]), at.slice(constants));
      };
      const masked = gradientsOf(expected);
      gradientsOf(actual).forEach((gradient, v) => {
        assertClose(
          gradient,
          masked[v] as number[],
          1e-5,
          `the gradient for ${actual.names[v + constants]} of ${what}`,
        );
      });
    }
  });
}

export const ignoreNaN = law({
  title: 'a position with a NaN label does not count with ignoreNaN, as if a mask removed it',
  check,
  mutants: [
    {
      bug: 'NaN labels taken for 0',
      complaint: /without the missing labels/,
      loss: () =>
        mutate(lossNamed('meanAbsoluteError'), (mae, [labels, predictions, given]) => {
          const isMissing = constant(() => tf.isNaN(labels as tf.Tensor));
          const known = where(isMissing, 0, labels as tf.Tensor);
          return mae(known, predictions, given);
        }),
    },
    {
      bug: 'NaN labels that weigh nothing, and are counted',
      complaint: /'(perExample|mean)' without the missing labels/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { ignoreNaN = false, ...rest } = given as { readonly ignoreNaN?: boolean };
          if (!ignoreNaN) return huber(labels, predictions, rest);
          const weights = constant(() => tf.cast(tf.logicalNot(tf.isNaN(labels as tf.Tensor)), 'float32'));
          return huber(labels, predictions, { ...rest, weights });
        }),
    },
    {
      bug: 'a position that counts while one of its labels is known',
      complaint: /without the missing labels/,
      loss: () =>
        mutate(lossNamed('cosineSimilarity'), (similarity, [labels, predictions, given]) => {
          const { ignoreNaN = false, ...rest } = given as { readonly ignoreNaN?: boolean };
          if (!ignoreNaN) return similarity(labels, predictions, rest);
          const isKnown = constant(() => tf.logicalNot(tf.isNaN(labels as tf.Tensor)));
          const known = where(isKnown, labels as tf.Tensor, 0);
          return similarity(known, predictions, { ...rest, mask: constant(() => tf.any(isKnown, -1)) });
        }),
    },
  ],
});
