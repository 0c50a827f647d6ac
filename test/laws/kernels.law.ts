import { domainNamesOf } from '../support/domains.js';
import { getBackend, mul, square, sub, type Tensor } from '@tensorflow/tfjs';
import { isOnHost } from '../../src/numerics/host.js';
import { asFunction, differentiated, type CallOfInputs } from '../support/asFunction.js';
import { gradientsAt, secondOf } from '../support/derivatives.js';
import {
  callWith,
  calls,
  defaultsOf,
  growsFreely,
  signatureFor,
  toTensor,
  type Call,
  type Values,
} from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, onBackend, shareOf, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';
import { precision } from '../support/precision.js';

/** Rows and columns that are one, odd, or more than are computed at a time. */
const shapes = [
  { leading: [1], classes: 1 },
  { leading: [7], classes: 129 },
  { leading: [2, 3, 5], classes: 17 },
  { leading: [1001], classes: 3 },
] as const;

/** What nobody hopes for; the formula says what comes of it. */
const strange = [NaN, -Infinity, 1e30, -1e30, Infinity, 0];

/** All that a call gives. */
function outcome({ f, at }: CallOfInputs, isTwice: boolean): readonly (readonly number[])[] {
  // What is called for the first time is not worth a kernel yet.
  compute(() => f(at.map(toTensor)));
  const once = [compute(() => f(at.map(toTensor))), ...gradientsAt(f, at)];
  return isTwice ? [...once, ...secondOf(f, at)] : once;
}

/** tfjs's own maximum and relu make a number of NaN there. */
const losesNaN = (): boolean => getBackend() === 'wasm';

function compare(call: CallOfInputs, what: string, isTwice: boolean): void {
  const formula = (): readonly (readonly number[])[] => byFormula(() => outcome(call, isTwice));
  const kernel = outcome(call, isTwice);
  // A kernel may keep NaN where the formula on cpu does.
  const honest = losesNaN() && kernel.flat().some(Number.isNaN) ? onBackend('cpu', formula) : [];
  formula().forEach((numbers, i) => {
    const name = i === 0 ? 'value' : `derivative ${i}`;
    const found = kernel[i] as number[];
    const expected = numbers.map((x, at) => (Number.isNaN(found[at]) && Number.isNaN(honest[i]?.[at]) ? NaN : x));
    assertClose(found, expected, precision(), `${what}: with kernels the ${name}`);
  });
}

/** Of so many places each, one is strange. */
const withStrange = (values: Values, each: number): Values =>
  values.dtype === 'int32'
    ? values
    : {
        ...values,
        data: values.data.map((x, i) => (i % each === 2 ? (strange[((i / each) % strange.length) | 0] as number) : x)),
      };

function check(loss: AnyLoss): void {
  let count = 0;
  const next = (): string => differentiated[count++ % differentiated.length] as string;
  forAll(calls(loss), (call) => {
    const reduction = next();
    compare(asFunction(loss, call, reduction), reduction, count % 3 === 0);
  });
  const options = defaultsOf(loss);
  const inShape = (leading: readonly number[], classes: number): Call =>
    callWith(loss, { leading, classes, seed: 2 * count, options });
  // A GPU in software takes its time for each new shape.
  const tried = isOnHost() ? shareOf(shapes, loss.name.length) : shapes.slice(1, 3);
  const fits = ({ leading, classes }: (typeof shapes)[number]): boolean =>
    growsFreely(loss, leading) && (classes > 1 || !domainNamesOf(loss.definition, options).includes('paddedIndex'));
  for (const { leading, classes } of tried.filter(fits)) {
    compare(asFunction(loss, inShape(leading, classes), next()), `[${leading.join()}] × ${classes}`, false);
  }
  // What comes of NaN and of infinities on a GPU is for its driver to say.
  if (!growsFreely(loss, [3]) || !isOnHost()) return;
  // Kernels hold few columns in another way than many.
  const lengths = signatureFor(loss, {}, [3]).inputs.some(({ after }) => after.length > 0) ? [5, 35] : [5];
  for (const [side, classes] of [0, 1].flatMap((side) => lengths.map((classes) => [side, classes] as const))) {
    const call = inShape([9], classes);
    // Labels of no domain are refused unless they are not looked at.
    const unchecked = { ...call.options, validate: false };
    const inputs = call.inputs.map((values, i) => (i === side ? withStrange(values, classes) : values));
    for (const reduction of ['none', 'mean']) {
      compare(
        asFunction(loss, { ...call, inputs, options: unchecked }, reduction),
        `strange input ${side}, ${reduction}`,
        false,
      );
    }
  }
}

const isTraced = (): boolean => getBackend().startsWith('losses-trace');

export const kernels = law({
  title: 'kernels give what the formula gives',
  // In half precision it is the kernel that gives more: goldens hold it there.
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'a kernel that is off by a fiftieth',
      complaint: /with kernels the value/,
      loss: () =>
        variant(lossNamed('meanSquaredError'), {
          formula: ({ labels, predictions }) =>
            mul(isTraced() ? 1.02 : 1, square(sub(predictions as Tensor, labels as Tensor))),
        }),
    },
    {
      bug: 'a kernel that multiplies by NaN',
      complaint: /with kernels the value\[\d+\] is NaN/,
      loss: () =>
        variant(lossNamed('meanSquaredError'), {
          formula: ({ labels, predictions }) =>
            mul(isTraced() ? NaN : 1, square(sub(predictions as Tensor, labels as Tensor))),
        }),
    },
    {
      bug: 'a kernel that takes another temperature',
      complaint: /with kernels the (value|derivative)/,
      loss: () =>
        variant(lossNamed('sparseCategoricalCrossentropy'), {
          formula: (inputs, options, valid) => {
            const { formula } = lossNamed('sparseCategoricalCrossentropy').definition;
            return formula(inputs, { ...options, temperature: isTraced() ? 1.1 : 1 }, valid);
          },
        }),
    },
  ],
});
