import { add, cast, clone, keep, mul, type Tensor } from '@tensorflow/tfjs';
import { isFusionOn } from '../../src/kernels/tfjs/flag.js';
import { differentiated, ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, growsFreely, toTensor, type Call, type Values } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { precision } from '../support/precision.js';
import { tensorOptionsOf } from '../support/tensorOptions.js';

/** So many calls of a kind, and it is known how they run. */
const KNOWN = 2;

function check(loss: AnyLoss): void {
  let count = 0;
  // Examples of several positions, whose mask is repeated; more than two, of which the means leave some digits.
  forAll(calls(loss, { leading: [[4, 3]] }), (call) => {
    const reduction = differentiated[count++ % differentiated.length];
    compareLater(loss, call, { ...call.options, reduction }, []);
    // Means are one kernel most often.
    const options = { ...call.options, reduction: 'mean' };
    for (const sides of sidesOf(loss, call)) compareLater(loss, call, options, sides);
    for (const label of [-3, 77]) refuses(loss, call.inputs, options, label);
  });
}

/** Calls of one kind, the last one on other numbers than those before, against the formula. */
function compareLater(loss: AnyLoss, { inputs }: Call, options: Options, sides: readonly Side[]): void {
  const outcomeOf = (all: readonly Values[], own: readonly Side[]): readonly (readonly number[])[] =>
    outcome(loss, all, { ...options, ...Object.fromEntries(own.map(toOption)) });
  for (let i = 0; i < KNOWN; i++) outcomeOf(inputs, sides);
  // What weighs nothing later may be anything.
  const isSpoilt = sides.some(({ name }) => name === 'weights') && growsFreely(loss, [3]);
  const last = turned(inputs.at(-1) as Values);
  const laterInputs = [...inputs.slice(0, -1), isSpoilt ? beginning(NaN, last) : last];
  const laterSides = sides.map(({ name, values }) => ({
    name,
    values: name === 'weights' && isSpoilt ? beginning(0, values) : turned(values),
  }));
  const later = (): readonly (readonly number[])[] => outcomeOf(laterInputs, laterSides);
  const found = later();
  const names = sides.map(({ name }) => name).join() || 'no sides';
  byFormula(later).forEach((expected, i) => {
    const what = `on other numbers output ${i} of a later call with ${names}`;
    assertClose(found[i] as number[], expected, precision(), what);
  });
}

/** A tensor beside the inputs. */
export interface Side {
  readonly name: string;
  readonly values: Values;
}

export const toOption = ({ name, values }: Side): [string, Tensor] => [
  name,
  name === 'mask' ? cast(toTensor(values), 'bool') : toTensor(values),
];

/** What may stand beside the inputs: a mask, or weights of which a later one is 0; and options that are tensors. */
export function sidesOf(loss: AnyLoss, { positions, output, options }: Call): readonly (readonly Side[])[] {
  const ofExamples = (name: string, shape: readonly number[], last: number): Side => {
    const data = Array.from({ length: shape[0] ?? 1 }, (_, i) => (i === 0 ? last : 1 + i));
    return { name, values: { shape: shape.slice(0, 1), data, dtype: 'float32' } };
  };
  const ofOptions = tensorOptionsOf(loss, options).map((values) => ({ name: values.name, values }));
  return [[], [ofExamples('mask', positions, 0), ...ofOptions], [ofExamples('weights', output, 0.5), ...ofOptions]];
}

/** The rows of an input in another order. */
const turned = ({ data, ...rest }: Values): Values => {
  const row = data.length / (rest.shape[0] ?? 1);
  return { ...rest, data: [...data.slice(row), ...data.slice(0, row)] };
};

const beginning = (first: number, { data, ...rest }: Values): Values => ({ ...rest, data: [first, ...data.slice(1)] });

/** The value and the derivatives. */
function outcome(loss: AnyLoss, inputs: readonly Values[], options: Options): readonly (readonly number[])[] {
  const call = ofInputs(loss, inputs, options);
  const f = (variables: readonly Tensor[]): Tensor => scalarized(call.f([...variables]));
  return [compute(() => f(call.at.map(toTensor))), ...gradientsAt(f, call.at)];
}

/** A later call refuses a label as a first one does, or gives the same. */
function refuses(loss: AnyLoss, inputs: readonly Values[], options: Options, label: number): void {
  const [labels, ...others] = inputs as [Values, ...Values[]];
  const bad = [{ ...labels, data: labels.data.map((x, i) => (i === 1 ? label : x)) }, ...others];
  const saidBy = (of: AnyLoss): string => {
    try {
      compute(() => of(...bad.map(toTensor), options));
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };
  // What `with` gives has no calls behind it.
  const [first, later] = [saidBy(loss.with(options)), saidBy(loss)];
  if (first !== later) throw new Error(`of a label of ${label} a later call said ${later}; a first one ${first}`);
}

export const again = law({
  title: 'a call that comes again looks at its own numbers',
  check,
  mutants: [
    {
      bug: 'labels that are looked at in the first calls only',
      complaint: /of a label of -3 a later call said nothing/,
      loss: () =>
        remembering(lossNamed('sparseCategoricalCrossentropy'), (loss, [labels, logits, options]) =>
          loss(labels, logits, { ...(options as Options), validate: false }),
        ),
    },
    {
      bug: 'a result that is remembered',
      complaint: /on other numbers output 0 of a later call/,
      loss: () => remembering(lossNamed('meanSquaredError'), (own, args, result) => add(mul(own(...args), 0), result)),
    },
  ],
});

/** A loss whose later calls of a kind come to something else, by the result of the first one, where kernels run. */
function remembering(
  loss: AnyLoss,
  later: (loss: AnyLoss, args: readonly unknown[], result: Tensor) => Tensor,
): AnyLoss {
  const known = new Map<string, { readonly result: Tensor; times: number }>();
  return mutate(loss, (own, args) => {
    const kind = JSON.stringify(args.map((arg) => (arg as Partial<Tensor>).shape ?? arg));
    const found = known.get(kind);
    if (own !== loss || !isFusionOn()) return own(...args);
    if (found && ++found.times > KNOWN) return later(own, args, found.result);
    const result = own(...args);
    if (!found) known.set(kind, { result: keep(clone(result)), times: 1 });
    return result;
  });
}
