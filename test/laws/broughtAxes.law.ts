import { concat, reverse, slice, type Tensor } from '@tensorflow/tfjs';
import type { Kind } from '../../src/definition/kinds.js';
import { axisNames } from '../../src/definition/signature.js';
import { calls, signatureFor, toTensor, type Call } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

/** Names of the axes that options bring to a call, of which no input has them. */
function axesBrought({ definition }: AnyLoss, options: Options): string[] {
  const given = Object.entries(definition.options).filter(([name]) => Array.isArray(options[name]));
  return given.flatMap(([, [, { brings }]]) => (brings === undefined ? [] : [brings]));
}

/** The options, those of them along an axis with their first entry last. */
function turned({ definition }: AnyLoss, options: Options, axis: string): Options {
  const isAlong = ({ brings, along }: Kind<unknown>): boolean => brings === axis || along === axis;
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => {
    const kind = definition.options[name]?.[1];
    const [first, ...rest] = kind && isAlong(kind) && Array.isArray(value) ? (value as unknown[]) : [];
    return [name, first === undefined ? value : [...rest, first]];
  });
  return Object.fromEntries(entries) as Options;
}

/** Values with the first of an axis last. */
function turnedAlong(values: Tensor, axis: number): Tensor {
  const size = values.shape[axis] as number;
  const from = (start: number, count: number): Tensor => {
    const [begin, sizes] = [values.shape.map(() => 0), [...values.shape]];
    [begin[axis], sizes[axis]] = [start, count];
    return slice(values, begin, sizes);
  };
  return concat([from(1, size - 1), from(0, 1)], axis);
}

/** Values whose axes of a name are turned, all of them. */
function withTurned(loss: AnyLoss, { options, leading }: Call, axis: string, values: Tensor): Tensor {
  const names = axisNames(signatureFor(loss, options, leading).output, values.rank);
  return names.reduce((x, name, i) => (name === axis ? turnedAlong(x, i) : x), values);
}

function check(loss: AnyLoss): void {
  forAll(
    calls(loss),
    (call) => {
      const { inputs, options } = call;
      const valuesOf = (given: Options): Tensor => loss(...inputs.map(toTensor), { ...given, reduction: 'none' });
      for (const axis of axesBrought(loss, options)) {
        assertClose(
          compute(() => valuesOf(turned(loss, options, axis))),
          compute(() => withTurned(loss, call, axis, valuesOf(options))),
          1e-5,
          `with the entries along ${axis} in another order, the value`,
        );
      }
    },
    24,
  );
}

interface References {
  readonly references: number[][] | null;
}

export const broughtAxes = law({
  title: 'entries of an axis that options bring may come in any order, which is that of the values',
  appliesTo: ({ definition }) => Object.values(definition.options).some(([, { brings }]) => brings !== undefined),
  check,
  mutants: [
    {
      bug: 'references that have the labels of others',
      complaint: /along M in another order, the value/,
      loss: () =>
        mutate(lossNamed('supervisedContrastive'), (original, args) => {
          const { references, ...rest } = args[2] as References;
          return original(args[0], args[1], { ...rest, references: references && [...references].reverse() });
        }),
    },
    {
      bug: 'values in another order than that of the references',
      complaint: /along M in another order, the value/,
      loss: () =>
        mutate(lossNamed('contrastive'), (original, args) => {
          const values = original(...args);
          return (args[2] as References).references ? reverse(values, -1) : values;
        }),
    },
  ],
});
