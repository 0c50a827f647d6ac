import { transpose } from '@tensorflow/tfjs';
import { calls, signatureFor, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** The option that names the class axis. */
const classAxisName = ({ definition }: AnyLoss): string | undefined =>
  Object.entries(definition.options).find(([, [, { isClassAxis }]]) => isClassAxis)?.[0];

/** The class axis moved to the front gives the same as at the end. */
function check(loss: AnyLoss): void {
  forAll(calls(loss), ({ inputs, options, leading }) => {
    const patterns = signatureFor(loss, options, leading).inputs;
    const last = inputs.map(toTensor);
    const rank = last.at(-1)?.rank ?? 0;
    const name = classAxisName(loss) as string;
    const expected = compute(() => loss(...last, { ...options, reduction: 'none' }));
    const first = last.map((x, i) =>
      patterns[i]?.after.length === 1 && x.rank === rank
        ? transpose(x, [x.rank - 1, ...x.shape.map((_, a) => a).slice(0, -1)])
        : x,
    );
    for (const axis of name === 'axis' ? [0, [0]] : [0]) {
      assertClose(
        compute(() => loss(...first, { ...options, [name]: axis, reduction: 'none' })),
        expected,
        1e-5,
        `the value with the class axis at ${String(axis)}`,
      );
    }
  });
}

export const axes = law({
  title: 'the class axis may be anywhere',
  appliesTo: (loss) => classAxisName(loss) !== undefined,
  check,
  mutants: [
    {
      bug: 'an axis that is not looked at',
      complaint: /class axis at 0|has shape/,
      loss: () => mutate(lossNamed('entropy'), (entropy, [p, given]) => entropy(p, { ...(given as object), axis: -1 })),
    },
  ],
});
