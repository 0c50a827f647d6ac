import { abs, add, log, mean, mul, sub, sum, tensor, zerosLike, type Tensor } from '@tensorflow/tfjs';
import { distribution } from '../../src/definition/domain.js';
import type { Kind } from '../../src/definition/kinds.js';
import { calls, signatureFor, sizeOf, toTensor, type Call } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

const shapes = [[3], [2, 3], [1, 4], [2, 1, 3], [2, 1, 2, 1, 2]] as const;

/** The values at `[2,3]` are those of the same positions in one long `[6]`. */
function check(loss: AnyLoss): void {
  const kinds = Object.values(loss.definition.options).map(([, kind]) => kind);
  // An option of each position is drawn as such in some calls, and of those some have several rows.
  const runs = kinds.some(({ axesBeyond }) => axesBeyond === 0) ? 36 : 12;
  const drawn = calls(loss, { leading: shapes });
  const property = ({ inputs: given, options, output, leading }: Call): void => {
    const { inputs } = signatureFor(loss, options, leading);
    const isStretched = (shape: readonly number[], i: number): boolean =>
      inputs[i]?.text.startsWith('[') === true && sizeOf(shape) !== sizeOf(output);
    if (given.some(({ shape }, i) => isStretched(shape, i))) return;
    // An option per entry of the last axis keeps that axis as it is.
    const isAlongLast = ([name, [, { along }]]: [string, readonly [unknown, Kind<unknown>]]): boolean =>
      along === 'last' && Array.isArray(options[name]);
    if (Object.entries(loss.definition.options).some(isAlongLast)) return;
    const flat = given.map(({ data, shape, dtype }, i) => {
      const pattern = inputs[i];
      if (!pattern?.dots) return tensor([...data], [...shape], dtype);
      return tensor([...data], [sizeOf(output), ...shape.slice(output.length)], dtype);
    });
    const flatOptions = perPosition(loss, options, sizeOf(output));
    const whole = compute(() => loss(...given.map(toTensor), { ...options, reduction: 'none' }));
    assertClose(
      whole,
      compute(() => loss(...flat, { ...flatOptions, reduction: 'none' })),
      1e-5,
      `the value at shape [${output.join()}]`,
    );
  };
  forAll(drawn, property, runs);
}

/** Options of which each position has a number, drawn along the last axis, with one for each of as many positions. */
function perPosition({ definition }: AnyLoss, options: Options, count: number): Options {
  const repeated = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    definition.options[name]?.[1].axesBeyond === 0 && Array.isArray(value)
      ? Array.from({ length: count }, (_, i): unknown => value[i % value.length])
      : value,
  ]);
  return Object.fromEntries(repeated) as Options;
}

export const ranks = law({
  title: 'every rank gives the values of its positions',
  // One position's value is its own only where the leading axes are those of the result.
  appliesTo: (loss) => {
    const { positions, output } = signatureFor(loss, {}, [2, 3]);
    return output.dots && output.before.length + output.after.length === 0 && positions.before.length === 0;
  },
  // Kernels see rows and columns, whatever the rank.
  check: (loss) => byFormula(() => check(loss)),
  mutants: [
    {
      bug: 'label smoothing that takes the second axis for the class axis, as tf.losses does',
      complaint: /value at shape/,
      loss: () =>
        variant(lossNamed('categoricalCrossentropy'), {
          options: {},
          domains: () => [distribution, distribution],
          formula: ({ labels, predictions }) =>
            sum(
              mul(log(predictions as Tensor), add(mul(0.9, labels as Tensor), 0.1 / (predictions?.shape[1] ?? 1))),
              -1,
            ),
        }),
    },
    {
      bug: 'an option of each position of which all along the last axis count',
      complaint: /value at shape/,
      loss: () =>
        variant(lossNamed('bradleyTerry'), {
          formula: ({ chosen, rejected }, { margin }) => {
            const gap = sub(rejected as Tensor, chosen as Tensor);
            const margins = add(zerosLike(gap), margin as Tensor | number);
            return add(gap, sum(abs(sub(margins, mean(margins, -1, true))), -1, true));
          },
        }),
    },
  ],
});
