import { transpose } from '@tensorflow/tfjs';
import { calls, signatureFor, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** The class axis moved to the front gives the same as at the end. */
function check(loss: AnyLoss): void {
  forAll(calls(loss), ({ inputs, options, positions, leading }) => {
    const patterns = signatureFor(loss, options, leading).inputs;
    const last = inputs.map(toTensor);
    const expected = compute(() => loss(...last, { ...options, reduction: 'none' }));
    const first = last.map((x, i) =>
      patterns[i]?.after.length === 1 && x.rank > positions.length
        ? transpose(x, [x.rank - 1, ...x.shape.map((_, a) => a).slice(0, -1)])
        : x,
    );
    for (const axis of [0, [0]]) {
      assertClose(
        compute(() => loss(...first, { ...options, axis, reduction: 'none' })),
        expected,
        1e-5,
        `the value with the class axis at ${String(axis)}`,
      );
    }
  });
}

export const axes = law({
  title: 'the class axis may be anywhere',
  appliesTo: ({ definition }) => definition.options['axis']?.[1].isClassAxis === true,
  check,
  mutants: [
    {
      bug: 'an axis that is not looked at',
      complaint: /class axis at 0|has shape/,
      loss: () => mutate(lossNamed('entropy'), (entropy, [p, given]) => entropy(p, { ...(given as object), axis: -1 })),
    },
  ],
});
