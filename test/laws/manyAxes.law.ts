import { domainNamesOf } from '../support/domains.js';
import * as tf from '@tensorflow/tfjs';
import { isOnHost } from '../../src/numerics/host.js';
import type { Pattern } from '../../src/definition/signature.js';
import { calls, numbers, signatureFor, sizeOf, toTensor, type Call, type Values } from '../support/draw.js';
import { assertClose, byFormula, forAll, law, mutate, onBackend, scalarized } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { precision } from '../support/precision.js';

type ToTensor = (values: Values) => tf.Tensor;

const integers: ToTensor = ({ data, shape }) => tf.tensor([...data], [...shape], 'int32');
const booleans: ToTensor = ({ data, shape }) => tf.tensor(data.map(Boolean), [...shape], 'bool');

/** What whole numbers may come as; those of booleans are 0 and 1. */
const forms = [
  { name: 'integers', make: integers, areTruths: false },
  { name: 'booleans', make: booleans, areTruths: true },
  { name: 'floats cast from integers', make: (x: Values) => tf.cast(integers(x), 'float32'), areTruths: false },
  { name: 'floats cast from booleans', make: (x: Values) => tf.cast(booleans(x), 'float32'), areTruths: true },
] as const;

/** How a call is tried: what the labels come as, where the class axis is, and whether by a kernel. */
const ways = [true, false].flatMap((isKernel) =>
  [true, false].flatMap((isClassAxisMoved) => forms.map((form) => ({ form, isClassAxisMoved, isKernel }))),
);
type Way = (typeof ways)[number];

/** A call with weights and a mask, all of whole numbers but for the predictions. */
interface WholeCall extends Call {
  readonly weights: Values;
  readonly mask: Values;
}

function wholeCall(loss: AnyLoss, call: Call, { form }: Way): WholeCall {
  const [labels, ...rest] = call.inputs as [Values, ...Values[]];
  const [domain] = domainNamesOf(loss.definition, { ...call.options });
  // The logarithm of such a label is taken.
  const least = domain === 'nonNegative' ? 1 : -Infinity;
  const isOne = (x: number, i: number): boolean => (domain === 'box' ? i % 4 > 1 : x > 0.5);
  const data = labels.data.map((x, i) => Math.max(least, form.areTruths ? +isOne(x, i) : Math.round(x)));
  const truths = (seed: string, of: readonly number[], repeated: number): Values => {
    const shape = of.map((size, axis) => (axis === repeated ? 1 : size));
    return { shape, data: numbers(seed, sizeOf(shape)).map((x) => +(x > 0.3)), dtype: 'float32' };
  };
  return {
    ...call,
    inputs: rest.length > 0 ? [{ ...labels, data }, ...rest] : call.inputs,
    weights: truths('weights', call.output, 1),
    mask: truths('mask', call.positions, 2),
  };
}

/** Values, and derivatives for the last input, which `place` brings to where the loss looks for it. */
function outcome(
  loss: AnyLoss,
  inputs: readonly tf.Tensor[],
  options: Options,
  place: (x: tf.Tensor, i: number) => tf.Tensor = (x) => x,
): number[] {
  const last = inputs.length - 1;
  const f = (x: tf.Tensor): tf.Tensor =>
    loss(...inputs.map((input, i) => place(i === last ? x : input, i)), { ...options, reduction: 'none' });
  const x = inputs[last] as tf.Tensor;
  return [
    ...f(x).dataSync(),
    ...tf
      .grad((at: tf.Tensor) => scalarized(f(at)))(x)
      .dataSync(),
  ];
}

/** The formula on floats, with one axis for those between the first and the last, which have no names. */
function onFewAxes(loss: AnyLoss, { inputs, options, weights, mask, positions, output, leading }: WholeCall): number[] {
  const signature = signatureFor(loss, options, leading);
  const end = leading.length - 1;
  const joined = (x: tf.Tensor, pattern: Pattern | undefined): tf.Tensor =>
    pattern?.dots ? tf.reshape(x, [x.shape[0], sizeOf(x.shape.slice(1, end)), ...x.shape.slice(end)]) : x;
  const whole = (side: Values, shape: readonly number[], pattern: Pattern): tf.Tensor =>
    joined(tf.broadcastTo(toTensor(side), [...shape]), pattern);
  const compute = (): number[] =>
    outcome(
      loss,
      inputs.map((values, i) => joined(toTensor(values), signature.inputs[i])),
      {
        ...options,
        weights: whole(weights, output, signature.output),
        mask: whole(mask, positions, signature.positions),
      },
    );
  return onBackend('cpu', () => byFormula(() => tf.tidy(compute)));
}

/** The class axis comes after the first one. */
const orderOf = ({ shape }: { readonly shape: readonly number[] }): number[] => {
  const axes = shape.map((_, axis) => axis);
  return [0, axes.length - 1, ...axes.slice(1, -1)];
};

function moved(values: Values): Values {
  const order = orderOf(values);
  const data = onBackend('cpu', () => tf.tidy(() => tf.transpose(toTensor(values), order).dataSync()));
  return { ...values, data: Array.from(data), shape: order.map((axis) => values.shape[axis] as number) };
}

function inWay(loss: AnyLoss, call: WholeCall, { form, isClassAxisMoved, isKernel }: Way): number[] {
  const { options, weights, mask, positions, leading } = call;
  const patterns = signatureFor(loss, options, leading).inputs;
  const isMoved = isClassAxisMoved && loss.definition.options['axis']?.[1].classAxis !== undefined;
  const inputs = call.inputs.map((values, i) => ({
    values,
    isLabel: i === 0 && call.inputs.length > 1,
    isMoved: isMoved && patterns[i]?.after.length === 1 && values.shape.length > positions.length,
  }));
  const compute = (): number[] =>
    outcome(
      loss,
      inputs.map((input) => {
        if (!input.isLabel) return toTensor(input.values);
        return form.make(input.isMoved ? moved(input.values) : input.values);
      }),
      {
        ...options,
        ...(isMoved ? { axis: 1 } : {}),
        weights: tf.cast(booleans(weights), 'float32'),
        mask: form.make(mask),
      },
      (x, i) => (inputs[i]?.isMoved && !inputs[i].isLabel ? tf.transpose(x, orderOf(x)) : x),
    );
  return tf.tidy(() => (isKernel ? compute() : byFormula(compute)));
}

const leadingShapes = [
  [2, 1, 3, 2],
  [2, 2, 1, 2, 3],
  [1, 2, 2, 1, 3, 2],
] as const;

/** Those with which a loss has tensors of five or six axes at most. */
const leadingFor = (loss: AnyLoss): (readonly number[])[] =>
  leadingShapes.filter((leading) => {
    const ranks = signatureFor(loss, {}, leading).inputs.map(({ after }) => leading.length + after.length);
    return [5, 6].includes(Math.max(...ranks));
  });

/** On slow backends each loss is tried in one way, the next in the next. */
let turn = 0;

function check(loss: AnyLoss): void {
  const drawn = calls(loss, { leading: leadingFor(loss) });
  const few = (call: Call): void => {
    const way = ways[turn++ % ways.length] as Way;
    for (const isKernel of isOnHost() ? [true, false] : [way.isKernel]) {
      const whole = wholeCall(loss, call, way);
      const what = `${way.form.name} ${isKernel ? 'with a kernel' : 'by the formula'}: the outcome`;
      assertClose(inWay(loss, whole, { ...way, isKernel }), onFewAxes(loss, whole), precision(), what);
    }
  };
  forAll(drawn, few, 6);
}

/** The loss with its labels changed. */
const ofOtherLabels = (loss: AnyLoss, change: (labels: tf.Tensor) => tf.Tensor): AnyLoss =>
  mutate(loss, (original, [labels, ...rest]) => original(change(labels as tf.Tensor), ...rest));

export const manyAxes = law({
  title: 'tensors of five and six axes are as those of fewer, whatever their numbers are made of',
  // What overflows is not the same by formula and by kernel.
  needs: 'float32',
  appliesTo: (loss) => signatureFor(loss, {}, [2, 3]).inputs.some(({ dots }) => dots),
  check,
  mutants: [
    {
      bug: 'axes in the wrong order where there are many',
      complaint: /the outcome/,
      loss: () =>
        ofOtherLabels(lossNamed('meanSquaredError'), (labels) =>
          labels.rank > 4 ? tf.reshape(tf.reverse(tf.reshape(tf.cast(labels, 'float32'), [-1])), labels.shape) : labels,
        ),
    },
    {
      bug: 'integers whose bits are read as those of a float, which is next to 0',
      complaint: /^(integers|booleans) .*the outcome/,
      loss: () =>
        ofOtherLabels(lossNamed('logCosh'), (labels) => (labels.dtype === 'float32' ? labels : tf.zeros(labels.shape))),
    },
  ],
});
