import { sum } from '@tensorflow/tfjs';
import { domainsOf, rangeOf } from '../../src/definition/definition.js';
import { ofInputs } from '../support/asFunction.js';
import { calls, defaultsOf, toTensor, type Values } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { assertClose, byFormula, compute, forAll, type Law, law, variant } from '../support/law.js';
import { hasOption, lossNamed, type AnyLoss } from '../support/losses.js';
import { movedOut } from '../support/movedOut.js';

/** Everything counts: what does not is not drawn back. */
const options = { ignoreIndex: null, classes: null };

function check(loss: AnyLoss): void {
  const wanted = Object.fromEntries(Object.entries(options).filter(([name]) => hasOption(loss, name)));
  forAll(calls(loss, { options: wanted, leading: [[3], [2, 3]] }), (call) => {
    const all = { ...defaultsOf(loss), ...call.options };
    const range = rangeOf(loss.definition, all) ?? boundsOf(loss, all);
    if (range === null) return;
    const last = call.inputs.length - 1;
    const withLast = (change: (predictions: Values) => Values): Values[] =>
      call.inputs.map((values, i) => (i === last ? change(values) : values));
    const [low, high] = range;
    const outside = withLast((values) => movedOut(values, range));
    const atBounds = withLast((values) => ({
      ...values,
      data: (outside[last] as Values).data.map((x) => Math.min(Math.max(x, low), high)),
    }));
    const valuesOf = (inputs: readonly Values[]): number[] =>
      compute(() => loss(...inputs.map(toTensor), { ...call.options, reduction: 'none' }));
    assertClose(valuesOf(outside), valuesOf(atBounds), 1e-5, 'the value outside, by that at the bounds,');

    const { f, at } = ofInputs(loss, outside, { ...call.options, reduction: 'sum' });
    const gradient = (): number[] => gradientsAt((variables) => sum(f(variables)), at).at(-1) as number[];
    const found = gradient();
    const shared = valuesOf(outside).length;
    outside[last]?.data.forEach((x, i) => {
      if (x >= low && x <= high) return;
      const back = (x < low ? -1 : 1) * (found[i] as number);
      if (!(back > 0 && back <= 1.001 * shared)) {
        throw new Error(`the derivative at a prediction of ${x} is ${found[i]}, not towards the domain or too large`);
      }
    });
    assertClose(found, byFormula(gradient), 1e-3, 'the gradient outside, by the formula,');
  });
}

/** The range of the domain, for a mutant that does not know it. */
const boundsOf = (loss: AnyLoss, all: object): readonly [number, number] | null =>
  loss.definition.range === null && domainsOf(loss.definition, all as never).at(-1)?.name === 'probability'
    ? [0, 1]
    : null;

const hasRange = (loss: AnyLoss): boolean =>
  loss.definition.range !== null && rangeOf(loss.definition, defaultsOf(loss)) !== null;

export const outside: Law = law({
  title: 'predictions outside their domain cost what the bound costs, and are drawn back',
  appliesTo: hasRange,
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'a logarithm that goes on',
      complaint: /outside/,
      loss: () => variant(lossNamed('binaryCrossentropy'), { range: null }),
    },
  ],
});
