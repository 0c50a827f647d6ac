import * as tf from '@tensorflow/tfjs';
import type { Domain } from '../../src/core/domain.js';
import { calls, numbers, signatureFor, sizeOf, toTensor, type Values } from '../support/draw.js';
import { assertClose, byFormula, forAll, mutate, onBackend, scalarized, type Law } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { precision } from '../support/precision.js';

type Form = (data: readonly number[], shape: readonly number[]) => tf.Tensor;

const integers: Form = (data, shape) => tf.tensor([...data], [...shape], 'int32');
const booleans: Form = (data, shape) => tf.tensor(data.map(Boolean), [...shape], 'bool');

/** What whole numbers, and 0 and 1, may come as. */
const forms: readonly { readonly name: string; readonly form: Form; readonly isTruth: boolean }[] = [
  { name: 'integers', form: integers, isTruth: false },
  { name: 'booleans', form: booleans, isTruth: true },
  { name: 'floats cast from integers', form: (...x) => tf.cast(integers(...x), 'float32'), isTruth: false },
  { name: 'floats cast from booleans', form: (...x) => tf.cast(booleans(...x), 'float32'), isTruth: true },
];

/** Numbers that come to the same in a form; where a label may not be 0, none is. */
function whole(data: readonly number[], isTruth: boolean, domain: Domain | undefined): number[] {
  const least = domain === 'nonNegative' ? 1 : -Infinity;
  if (!isTruth) return data.map((x) => Math.max(least, Math.round(x)));
  return data.map((x, i) => Math.max(least, domain === 'box' ? +(i % 4 > 1) : +(x > 0.5)));
}

/** Values and derivatives for the last input. */
function outcome(loss: AnyLoss, inputs: readonly tf.Tensor[], options: Options): number[] {
  const last = inputs.at(-1) as tf.Tensor;
  return tf.tidy(() => {
    const f = (x: tf.Tensor): tf.Tensor => loss(...inputs.slice(0, -1), x, { ...options, reduction: 'none' });
    return [
      ...f(last).dataSync(),
      ...tf
        .grad((x: tf.Tensor) => scalarized(f(x)))(last)
        .dataSync(),
    ];
  });
}

const toAxisOne = ({ data, shape, dtype }: Values): Values => {
  const axes = shape.map((_, axis) => axis);
  const order = [0, axes.length - 1, ...axes.slice(1, -1)];
  const moved = onBackend('cpu', () =>
    tf.tidy(() => tf.transpose(tf.tensor([...data], [...shape], 'float32'), order).dataSync()),
  );
  return { data: Array.from(moved), shape: order.map((axis) => shape[axis] as number), dtype };
};

const leadingShapes = [
  [2, 1, 3, 2],
  [2, 2, 1, 2, 3],
  [1, 2, 2, 1, 3, 2],
] as const;

/** Those with which a loss has tensors of five or six axes. */
function leadingFor(loss: AnyLoss): (readonly number[])[] {
  const ranks = (leading: readonly number[]): number[] =>
    signatureFor(loss, {}, leading).inputs.map(({ after }) => leading.length + after.length);
  return leadingShapes.filter((leading) => [5, 6].includes(Math.max(...ranks(leading))));
}

function check(loss: AnyLoss): void {
  let turn = allTurns++;
  forAll(calls(loss, { leading: leadingFor(loss) }), ({ inputs, options, positions, output, leading }) => {
    const { name, form, isTruth } = forms[turn % forms.length] as (typeof forms)[number];
    const isMoved = loss.definition.options['axis']?.[1].isClassAxis === true && turn % 8 < 4;
    turn++;
    const patterns = signatureFor(loss, options, leading).inputs;
    const [domain] = loss.definition.domains({ ...options });
    const isLabel = (i: number): boolean => i === 0 && inputs.length > 1;
    const drawn = inputs.map((values, i) =>
      isLabel(i) ? { ...values, data: whole(values.data, isTruth, domain) } : values,
    );
    const sides = {
      weights: { shape: output.map((size, axis) => (axis === 1 ? 1 : size)), seed: 'weights' },
      mask: { shape: positions.map((size, axis) => (axis === 2 ? 1 : size)), seed: 'mask' },
    };
    const truth = ({ shape, seed }: (typeof sides)['mask']): number[] =>
      numbers(seed, sizeOf(shape)).map((x) => +(x > 0.3));

    // Where the axes have no names, those between the first and the last may be one.
    const joined = (x: tf.Tensor, pattern: { readonly dots: boolean } | undefined): tf.Tensor =>
      pattern?.dots
        ? tf.reshape(x, [
            x.shape[0],
            sizeOf(x.shape.slice(1, leading.length - 1)),
            ...x.shape.slice(leading.length - 1),
          ])
        : x;
    const { positions: ofPositions, output: ofOutput } = signatureFor(loss, options, leading);
    const expected = onBackend('cpu', () =>
      byFormula(() =>
        tf.tidy(() => {
          const side = (which: (typeof sides)['mask'], to: readonly number[], pattern: { readonly dots: boolean }) =>
            joined(tf.broadcastTo(tf.tensor(truth(which), which.shape), [...to]), pattern);
          return outcome(
            loss,
            drawn.map((values, i) => joined(toTensor(values), patterns[i])),
            {
              ...options,
              weights: side(sides.weights, output, ofOutput),
              mask: side(sides.mask, positions, ofPositions),
            },
          );
        }),
      ),
    );
    const hasClassAxis = (i: number): boolean =>
      patterns[i]?.after.length === 1 && (inputs[i]?.shape.length ?? 0) > positions.length;
    const found = (): number[] =>
      tf.tidy(() =>
        outcome(
          loss,
          drawn.map((values, i) => {
            const { data, shape, dtype } = isMoved && hasClassAxis(i) ? toAxisOne(values) : values;
            return isLabel(i) ? form(data, shape) : tf.tensor([...data], [...shape], dtype);
          }),
          {
            ...options,
            ...(isMoved ? { axis: 1 } : {}),
            weights: forms[3]?.form(truth(sides.weights), sides.weights.shape),
            mask: form(truth(sides.mask), sides.mask.shape),
          },
        ),
      );
    const derivatives = expected.length - sizeOf(output);
    const wanted =
      isMoved && hasClassAxis(inputs.length - 1)
        ? [
            ...expected.slice(0, sizeOf(output)),
            ...toAxisOne({ ...(inputs.at(-1) as Values), data: expected.slice(-derivatives) }).data,
          ]
        : expected;
    assertClose(found(), wanted, precision(), `with kernels, of ${name}, the outcome`);
    assertClose(byFormula(found), wanted, precision(), `by formula, of ${name}, the outcome`);
  });
}

/** So that the few calls of each loss on slow backends have different forms. */
let allTurns = 0;

export const manyAxes: Law = {
  title: 'tensors of five and six axes are as those of fewer, whatever their numbers are made of',
  appliesTo: (loss) => signatureFor(loss, {}, [2, 3]).inputs.some(({ dots }) => dots),
  check,
  mutants: [
    {
      bug: 'the last two of many axes taken for each other',
      complaint: /the outcome/,
      loss: () =>
        mutate(lossNamed('meanSquaredError'), (loss, [labels, ...rest]) =>
          loss(
            (labels as tf.Tensor).rank > 4
              ? tf.reverse(tf.cast(labels as tf.Tensor, 'float32').reshape([-1])).reshape((labels as tf.Tensor).shape)
              : labels,
            ...rest,
          ),
        ),
    },
  ],
};
