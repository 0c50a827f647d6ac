import { calls, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

function check(loss: AnyLoss): void {
  forAll(calls(loss, { options: { base: Math.E } }), ({ inputs, options }) => {
    const nats = compute(() => loss(...inputs.map(toTensor), options));
    for (const base of [2, 10, 0.5, Math.E ** 2]) {
      const inBase = compute(() => loss(...inputs.map(toTensor), { ...options, base }));
      assertClose(
        inBase,
        nats.map((value) => value / Math.log(base)),
        1e-5,
        `the value in base ${base}`,
      );
    }
  });
}

export const bases = law({
  title: 'a logarithm to base b divides by ln b',
  appliesTo: ({ definition }) => definition.options['base']?.[1].unit !== undefined,
  check,
  mutants: [
    {
      bug: 'a factor the wrong way round',
      complaint: /in base 2/,
      loss: () =>
        mutate(lossNamed('entropy'), (entropy, [p, given]) => {
          const { base = Math.E, ...rest } = given as { base?: number };
          return entropy(p, rest).mul(Math.log(base));
        }),
    },
  ],
});
