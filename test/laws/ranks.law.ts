import { add, log, mul, sum, tensor, type Tensor } from '@tensorflow/tfjs';
import { distribution } from '../../src/definition/domain.js';
import type { Kind } from '../../src/definition/kinds.js';
import { calls, signatureFor, sizeOf, toTensor } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

const shapes = [[3], [2, 3], [1, 4], [2, 1, 3], [2, 1, 2, 1, 2]] as const;

/** The values at `[2,3]` are those of the same positions in one long `[6]`. */
function check(loss: AnyLoss): void {
  forAll(calls(loss, { leading: shapes }), ({ inputs: given, options, output, leading }) => {
    const { inputs } = signatureFor(loss, options, leading);
    const isStretched = (shape: readonly number[], i: number): boolean =>
      inputs[i]?.text.startsWith('[') === true && sizeOf(shape) !== sizeOf(output);
    if (given.some(({ shape }, i) => isStretched(shape, i))) return;
    // An option per entry of the last axis, or per position, keeps that axis as it is.
    const isAlongLast = ([name, [, { along, axesBeyond }]]: [string, readonly [unknown, Kind<unknown>]]): boolean =>
      (along === 'last' || axesBeyond === 0) && Array.isArray(options[name]);
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
  });
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
  ],
});
