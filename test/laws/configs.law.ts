import { fromConfig } from '../../src/keras/index.js';
import { calls, toTensor, withMissingLabels, type Call } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, forgetful, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

/** Without a version the config is for all of them; before and after 3.16 Keras means different things by some. */
const targets = [{}, { kerasVersion: '3.15.1' }, { kerasVersion: '3.16.0' }] as const;

function check(loss: AnyLoss): void {
  const compare = ({ inputs, options }: Call): void => {
    const tensors = inputs.map(toTensor);
    const bound = loss.with(options);
    const expected = compute(() => bound(...tensors, { reduction: 'mean' }));
    for (const target of targets) {
      const back = fromConfig(
        JSON.parse(JSON.stringify(bound.config(target))) as unknown,
        target,
      ) as unknown as AnyLoss;
      const actual = compute(() => back(...tensors, { reduction: 'mean' }));
      assertClose(actual, expected, 0, `the value from the config for ${JSON.stringify(target)}`);
    }
  };
  forAll(calls(loss), (call) => {
    compare(call);
    const { inputs, options } = withMissingLabels(call);
    compare({ ...call, inputs, options: { ...options, ignoreNaN: true } });
  });
  const { fixed } = loss.definition.keras ?? {};
  // Where Keras's own class takes more than our defaults.
  if (fixed) forAll(calls(loss, { options: { ...fixed, axis: 'all' }, plain: true }), compare);
  if (fixed) forAll(calls(loss, { options: { ...fixed, axis: [0], ...inKeras(loss) }, plain: true }), compare);
}

/** Options that Keras has too, off their defaults. */
const inKeras = ({ definition }: AnyLoss): Options =>
  Object.fromEntries(
    Object.keys(definition.keras?.options ?? {})
      .filter((name) => name !== 'axis')
      .map((name, i) => [name, 0.25 + i]),
  );

export const configs = law({
  title: 'a loss has the same values after it has been written as JSON and read again',
  // To the last digit; a kernel may come with the second call.
  check: (loss) => byFormula(() => check(loss)),
  mutants: [
    {
      bug: 'a config without options',
      complaint: /the value from the config for \{\}/,
      loss: () => forgetful(lossNamed('huber')),
    },
    {
      bug: 'α and β that are written as read, whatever the version',
      complaint: /the value from the config for/,
      loss: () => {
        const { keras = {} } = lossNamed('tversky').definition;
        const own = Object.entries(keras).filter(([fact]) => fact !== 'write');
        return variant(lossNamed('tversky'), { keras: Object.fromEntries(own) as never });
      },
    },
  ],
});
