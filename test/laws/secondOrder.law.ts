import { holdingNothing, holdsConstant } from '../support/derivatives.js';
import { exp, grads, log, mul, neg, sub, sum, tidy, type Tensor } from '@tensorflow/tfjs';
import { distribution, logit } from '../../src/definition/domain.js';
import { asFunction, differentiated } from '../support/asFunction.js';
import { calls, numbers, toTensor, type Values } from '../support/draw.js';
import { slope, type ScalarFunction } from '../support/derivatives.js';
import { closeTo, effort, forAll, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** f's derivative along a direction, as a function of its variables. */
const along =
  (f: ScalarFunction, direction: readonly Values[]): ScalarFunction =>
  (variables) => {
    const gradients = grads((...at: Tensor[]) => f(at))(variables);
    return gradients.map((g, i) => sum(mul(g, toTensor(direction[i] as Values)))).reduce((a, b) => a.add(b));
  };

function check(loss: AnyLoss): void {
  const counts = { compared: 0, kinks: 0, calls: 0 };
  forAll(calls(loss, { options: holdingNothing(loss) }), (call) => {
    const reduction = differentiated[counts.calls++ % differentiated.length] as string;
    const { f, at, areHeld, isFixed } = asFunction(loss, call, reduction);
    const direction = at.map(({ shape, data, dtype }, v) => {
      const steps = numbers(`direction ${v}`, data.length, [-1, 1]);
      return {
        shape,
        dtype,
        data: steps.map((d, e) => {
          const x = data[e] as number;
          return isFixed(v, x) ? 0 : d * Math.min(1, Math.abs(x));
        }),
      };
    });
    const first = along(f, direction);
    const [actual] = tidy(() => along(first, direction)(at.map(toTensor)).dataSync());
    // What is held constant has no part in a derivative, of whichever order.
    const shifted = (step: number): Values[] =>
      at.map((values, v) =>
        areHeld[v]
          ? values
          : { ...values, data: values.data.map((x, e) => x + step * (direction[v]?.data[e] as number)) },
      );
    const expected = slope(
      (step) => tidy(() => first(shifted(step).map(toTensor)).dataSync()[0] as number),
      1 / 32,
      0.01,
    );
    if (expected === null) counts.kinks++;
    else counts.compared++;
    if (expected !== null && !closeTo(actual as number, expected, 0.03)) {
      throw new Error(`the second derivative is ${actual}, by differences ${expected} (${reduction})`);
    }
  });
  // Of few calls all may be at kinks.
  if (effort.share === 1 && counts.kinks > counts.compared)
    throw new Error(`${counts.kinks} second derivatives could not be compared`);
}

export const secondOrder = law({
  title: 'second-order gradients are those of finite differences',
  needs: 'float32',
  appliesTo: ({ name }) => !(name in holdsConstant),
  check,
  mutants: [
    {
      bug: "tfjs's own exp, whose gradient keeps its result",
      complaint: /second derivative is/,
      loss: () =>
        variant(lossNamed('categoricalCrossentropy'), {
          options: {},
          domains: () => [distribution, logit],
          formula: ({ labels, predictions }) =>
            neg(
              sum(
                mul(labels as Tensor, sub(predictions as Tensor, log(sum(exp(predictions as Tensor), -1, true)))),
                -1,
              ),
            ),
        }),
    },
  ],
});
