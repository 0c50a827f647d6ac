import { domainNamesOf } from '../support/domains.js';
import { cast, round, type Tensor } from '@tensorflow/tfjs';
import { callWith, defaultsOf, signatureFor, toTensor, type Values } from '../support/draw.js';
import { assertClose, compute, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

const classes = 3000;
const leading = [4];

/** Class indices counted from the other end. */
const ofReversed = (labels: Values): Values => ({
  ...labels,
  data: labels.data.map((label) => (label < 0 ? label : classes - 1 - label)),
});

/** Rows, or the entries of all rows, in reverse. */
function reversed({ data, shape, dtype }: Values, axis: number): Values {
  const block = shape.slice(axis + 1).reduce((size, n) => size * n, 1);
  const from = (i: number): number => {
    const place = Math.floor(i / block) % classes;
    return i + (classes - 1 - 2 * place) * block;
  };
  return { shape, dtype, data: data.map((_, i) => data[from(i)] as number) };
}

/** The value does not depend on the order of classes. Half precision has no odd numbers above 2048. */
function check(loss: AnyLoss): void {
  const { inputs, options } = callWith(loss, { leading, classes, seed: 1, options: defaultsOf(loss) });
  const patterns = signatureFor(loss, options, leading).inputs;
  const value = (given: readonly Values[], own: Options): number[] =>
    compute(() => loss(...given.map(toTensor), { ...own, reduction: 'none' }));
  const turnedOptions = Object.entries(options).map(([name, entries]) => [
    name,
    loss.definition.options[name]?.[1].along === 'C' && Array.isArray(entries)
      ? [...(entries as unknown[])].reverse()
      : entries,
  ]);
  const turned = inputs.map((values, i) => {
    const pattern = patterns[i];
    const axis = values.shape.findIndex((size) => size === classes);
    if (values.dtype === 'int32') return ofReversed(values);
    return pattern && axis >= 0 ? reversed(values, axis) : values;
  });
  const found = value(turned, Object.fromEntries(turnedOptions) as Options);
  assertClose(found, value(inputs, options), 1e-4, 'the value with the classes in reverse');
}

/** Losses of one class index per row of scores. */
function takesIndices({ definition }: AnyLoss): boolean {
  const [labels] = domainNamesOf(definition, defaultsOf({ definition } as AnyLoss));
  const [, last] = signatureFor({ definition } as AnyLoss, {}, leading).inputs;
  const isRowOfScores = last?.after.join() === 'C';
  return isRowOfScores && (labels === 'classIndex' || definition.takesIndices !== undefined);
}

export const manyClasses = law({
  title: 'class indices above 2048 are told apart',
  appliesTo: takesIndices,
  check,
  mutants: [
    {
      bug: 'labels in half precision',
      complaint: /classes in reverse/,
      loss: () =>
        mutate(lossNamed('sparseCategoricalCrossentropy'), (loss, [labels, ...rest]) => {
          const halves = round(cast(labels as Tensor, 'float32').div(2));
          return loss(cast(halves.mul(2), 'int32'), ...rest);
        }),
    },
  ],
});
