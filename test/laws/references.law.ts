import { concat, slice, type Tensor } from '@tensorflow/tfjs';
import { stopGradient } from '../../src/tensorflow/functions.js';
import { calls, toTensor, type Values } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { assertClose, compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { hasOption, lossNamed, type AnyLoss } from '../support/losses.js';

/** Row i of a tensor, and all others. */
function parted(x: Tensor, i: number): readonly [one: Tensor, others: Tensor] {
  const [rows = 0, ...rest] = x.shape;
  const from = (start: number, count: number): Tensor => slice(x, [start, ...rest.map(() => 0)], [count, ...rest]);
  return [from(i, 1), concat([from(0, i), from(i + 1, rows - i - 1)])];
}

/** Options of which those that have a number for each example have that of one. */
const ofExample = (options: object, i: number): object =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? [value[i]] : value,
    ]),
  );

/** A batch is as good as each of its examples alone, with the others as references: values, and derivatives for them all. */
function check(loss: AnyLoss): void {
  const none = { references: null, referenceLabels: null };
  forAll(calls(loss, { leading: [[2], [3], [5]], options: none }), ({ inputs, options, leading }) => {
    const [labels, vectors] = inputs as [Values, Values];
    const given = { ...options, reduction: 'perExample' };
    const atOnce = (embeddings: Tensor): Tensor => loss(toTensor(labels), embeddings, given);
    const oneByOne = (embeddings: Tensor): Tensor => {
      const values = Array.from({ length: leading[0] ?? 0 }, (_, i) => {
        const [label, referenceLabels] = parted(toTensor(labels), i);
        const [one, references] = parted(embeddings, i);
        return loss(label, one, { ...ofExample(given, i), references, referenceLabels });
      });
      return concat(values);
    };
    const [expected, actual] = [atOnce, oneByOne].map((f) => ({
      values: compute(() => f(toTensor(vectors))),
      derivatives: gradientsAt(([embeddings]) => scalarized(f(embeddings as Tensor)), [vectors]).flat(),
    }));
    assertClose(actual?.values ?? [], expected?.values ?? [], 1e-4, 'with the others as references, the value');
    assertClose(
      actual?.derivatives ?? [],
      expected?.derivatives ?? [],
      1e-3,
      'with the others as references, the derivative',
    );
  });
}

interface References {
  readonly references: Tensor | null;
  readonly referenceLabels: Tensor | null;
}

/** A loss that sees other references than it was given, of tensors. */
const withOther = (name: string, change: (references: Tensor, labels: Tensor) => References): AnyLoss =>
  mutate(lossNamed(name), (original, args) => {
    const { references, referenceLabels, ...rest } = args[2] as References;
    const isGiven = references !== null && referenceLabels !== null;
    const used = isGiven ? change(references, referenceLabels) : { references, referenceLabels };
    return original(args[0], args[1], { ...rest, ...used });
  });

export const references = law({
  title: 'an example with the others of its batch as references has the value that it has among them',
  appliesTo: (loss) => hasOption(loss, 'references'),
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'a first reference that is taken for the example itself',
      complaint: /as references, the value/,
      loss: () =>
        withOther('contrastive', (vectors, labels) =>
          vectors.shape[0] === 1
            ? { references: vectors, referenceLabels: labels }
            : { references: parted(vectors, 0)[1], referenceLabels: parted(labels, 0)[1] },
        ),
    },
    {
      bug: 'references without a gradient',
      complaint: /as references, the derivative/,
      loss: () =>
        withOther('triplet', (vectors, referenceLabels) => ({ references: stopGradient(vectors), referenceLabels })),
    },
  ],
});
