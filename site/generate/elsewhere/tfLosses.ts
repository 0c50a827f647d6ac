import { counterpart, libraries } from '../../../scripts/docs/libraries.js';
import { tfjsDepartures } from '../../../test/departures/tfjs.js';
import { lossNamed } from '../../../test/support/losses.js';
import { hasRows, inputsOf, shapeOf, type Subject } from '../examples/subject.js';
import { valuesOf } from '../examples/values.js';
import { optionsCode, programCode, tensorCode } from '../examples/write.js';

/** What functions of `tf.losses` want beside labels and predictions. */
const more: Readonly<Record<string, string>> = { cosineDistance: ', -1' };

interface Same {
  readonly theirs: string;
  readonly ours: string;
}

/** The calls of `tf.losses` for a loss, beside those of this package. An alias tells the options that a name stands for. */
export function callsOfTf(loss: string): readonly Same[] {
  const library = libraries.find(({ title }) => title === 'tf.losses');
  const found = library && counterpart(loss, library);
  if (!found) return [];
  const { definition } = lossNamed(loss);
  return found.names.map((name) => ({
    theirs: `tf.losses.${name}(labels, predictions${more[name] ?? ''})`,
    ours: `${loss}(labels, predictions, ${optionsCode({ ...definition.aliases?.[name], reduction: 'mean' })})`,
  }));
}

/** Why numbers of `tf.losses` are others. */
export function departuresOfTf(loss: string): readonly string[] {
  const called = callsOfTf(loss).map(({ theirs }) => theirs);
  return tfjsDepartures
    .filter(({ name }) => called.some((call) => call.startsWith(`tf.losses.${name}(`)))
    .map(({ reason }) => reason);
}

/** A program that prints both numbers of each pair, one under the other; null: `tf.losses` has nothing. */
export function agreementWithTf(subject: Subject): string | null {
  const calls = callsOfTf(subject.loss.name);
  if (calls.length === 0) return null;
  const inputs = inputsOf(subject);
  return programCode({
    losses: [subject.loss.name],
    blocks: [
      inputs.map((input) => {
        // hingeLoss takes 0 for no.
        const domain = input.domain === 'hingeLabel' ? 'binaryClass' : input.domain;
        const role = input.isLabels ? 'labels' : 'predictions';
        return `const ${input.name} = ${tensorCode(valuesOf(domain, role, shapeOf(subject, input, [3]), hasRows(input)))};`;
      }),
      calls.flatMap(({ theirs, ours }) =>
        [theirs, ours].map((call) => `console.log(${call}.dataSync()[0].toFixed(5));`),
      ),
    ],
  });
}
