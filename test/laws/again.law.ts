import { add, clone, keep, mul, type Tensor } from '@tensorflow/tfjs';
import { isFusionOn } from '../../src/kernels/tfjs/flag.js';
import { differentiated, ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, toTensor, type Values } from '../support/draw.js';
import { assertClose, byFormula, compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { precision } from '../support/precision.js';

/** So many calls of a kind, and it is known how they run. */
const KNOWN = 2;

function check(loss: AnyLoss): void {
  let count = 0;
  forAll(calls(loss, { leading: [[3], [2, 3]] }), ({ inputs, options: drawn }) => {
    const options = { ...drawn, reduction: differentiated[count++ % differentiated.length] as string };
    for (let i = 0; i < KNOWN; i++) outcome(loss, inputs, options);
    const others = [...inputs.slice(0, -1), turned(inputs.at(-1) as Values)];
    const found = outcome(loss, others, options);
    byFormula(() => outcome(loss, others, options)).forEach((expected, i) => {
      assertClose(found[i] as number[], expected, precision(), `on other numbers output ${i} of a later call`);
    });
    for (const label of [-3, 0.5, 77]) refuses(loss, inputs, options, label);
  });
}

/** The rows of an input in another order. */
const turned = ({ data, ...rest }: Values): Values => {
  const row = data.length / (rest.shape[0] ?? 1);
  return { ...rest, data: [...data.slice(row), ...data.slice(0, row)] };
};

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
