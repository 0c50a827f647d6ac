import { domainsOf } from '../../src/definition/definition.js';
import { abs, sub, sum, type Tensor } from '@tensorflow/tfjs';
import { calls, toTensor, type Values } from '../support/draw.js';
import { gradientsAt, moved, valueAt } from '../support/derivatives.js';
import { forAll, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** On a coarse grid, so that errors of 0 and scores at a margin come up; labels at the values they usually have. */
function onGrid(values: Values, isLabel: boolean): Values {
  if (values.dtype === 'int32') return values;
  return { ...values, data: values.data.map((x) => (isLabel ? Math.round(x) : Math.round(2 * x) / 2)) };
}

/** At a kink, where the slopes to both sides enclose 0, the derivative for predictions is 0. */
function check(loss: AnyLoss): void {
  forAll(
    calls(loss, { plain: true, leading: [[4], [2, 3]] }),
    (call) => {
      const inputs = call.inputs.map((values, i) =>
        domainsOf(loss.definition, { ...call.options })[i] === 'real' || i === 0 ? onGrid(values, i === 0) : values,
      );
      const predictions = inputs.at(-1) as Values;
      const others = inputs.slice(0, -1).map(toTensor);
      const f = (variables: Tensor[]): Tensor => sum(loss(...others, variables[0], call.options));
      const [gradient = []] = gradientsAt(f, [predictions]);
      const here = valueAt(f, [predictions]);
      gradient.forEach((derivative, entry) => {
        const slopes = (h: number): [number, number] =>
          [-h, h].map((step) => (valueAt(f, moved([predictions], 0, entry, step)) - here) / step) as [number, number];
        const isKinkFrom = ([left, right]: [number, number]): boolean => left < -0.1 && right > 0.1;
        const [left, right] = slopes(1 / 512);
        // Seen from farther away, a steep curve looks like a kink, and so does a kink nearby.
        const isKink = isKinkFrom([left, right]) && isKinkFrom(slopes(1 / 16384));
        if (isKink && derivative !== 0)
          throw new Error(`the derivative at a kink is ${derivative} between slopes ${left} and ${right}, expected 0`);
      });
    },
    24,
  );
}

export const kinks = law({
  title: 'at a kink the derivative is 0 where 0 is a subgradient',
  needs: 'float32',
  check,
  mutants: [
    {
      bug: "tfjs's own abs, whose derivative at 0 is -1",
      complaint: /derivative at a kink is/,
      loss: () =>
        variant(lossNamed('meanAbsoluteError'), {
          formula: ({ labels, predictions }) => abs(sub(predictions as Tensor, labels as Tensor)),
        }),
    },
  ],
});
