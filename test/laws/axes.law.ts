import { classAxisName, withClassAxisAt } from '../support/classAxes.js';
import { calls, defaultsOf, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** The class axis moved to the front gives the same as at the end. */
function check(loss: AnyLoss): void {
  forAll(calls(loss), (call) => {
    const { inputs, options } = call;
    const name = classAxisName(loss) as string;
    const expected = compute(() => loss(...inputs.map(toTensor), { ...options, reduction: 'none' }));
    const first = withClassAxisAt(loss, call, 0);
    for (const axis of name === 'axis' ? [0, [0]] : [0]) {
      // A list of axes that are summed goes with the last axis only.
      if (loss.definition.check?.({ ...defaultsOf(loss), ...options, [name]: axis })) continue;
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
