import { holdingNothing, holdsConstant } from '../support/derivatives.js';
import { customGrad, mul, sub, sum, type Tensor } from '@tensorflow/tfjs';
import { distribution, logit } from '../../src/definition/domain.js';
import { stopGradient } from '../../src/tensorflow/functions.js';
import { logSoftmax } from '../../src/numerics/softmax.js';
import { asFunction, differentiated } from '../support/asFunction.js';
import { calls } from '../support/draw.js';
import { gradientsAt, moved, slope, valueAt } from '../support/derivatives.js';
import { closeTo, effort, forAll, law, mutate, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

const entriesPerInput = 4;

function check(loss: AnyLoss): void {
  const counts = { compared: 0, kinks: 0, calls: 0 };
  forAll(calls(loss, { options: holdingNothing(loss) }), (call) => {
    const reduction = differentiated[counts.calls++ % differentiated.length] as string;
    const { f, at, names, areHeld, isFixed } = asFunction(loss, call, reduction);
    const gradients = gradientsAt(f, at);
    at.forEach(({ data }, variable) => {
      if (areHeld[variable]) {
        const slope = gradients[variable]?.find((derivative) => derivative !== 0);
        if (slope !== undefined) throw new Error(`the derivative for ${names[variable]} is ${slope}, held constant`);
        return;
      }
      const stride = Math.max(1, Math.floor(data.length / entriesPerInput));
      for (let entry = 0; entry < data.length; entry += stride) {
        const x = data[entry] as number;
        if (isFixed(variable, x)) continue;
        const width = Math.min(1 / 16, Math.abs(x) / 4 + 1 / 256);
        const expected = slope((step) => valueAt(f, moved(at, variable, entry, step)), width, 0.01);
        const actual = gradients[variable]?.[entry] as number;
        if (expected === null) counts.kinks++;
        else counts.compared++;
        if (expected !== null && !closeTo(actual, expected, 0.01)) {
          throw new Error(
            `the derivative for ${names[variable]}[${entry}] is ${actual}, by differences ${expected} (${reduction})`,
          );
        }
      }
    });
  });
  // Of few calls many may be at kinks.
  if (effort.share === 1 && counts.kinks > counts.compared / 4)
    throw new Error(`${counts.kinks} derivatives could not be compared`);
}

/** The derivative of tf.losses.softmaxCrossEntropy: for labels it is y − p, where −ln p is right. */
function likeTfLosses(): AnyLoss {
  const formula = customGrad((...args) => {
    const [labels, logits, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([labels, logits]);
    const difference = ([y, x]: Tensor[]): Tensor => sub(y as Tensor, logSoftmax(x as Tensor).exp());
    return {
      value: sum(mul(-1, mul(labels, logSoftmax(logits))), -1),
      gradFunc: (dy: Tensor, saved: Tensor[]) => [
        mul(dy.expandDims(-1), difference(saved)),
        mul(dy.expandDims(-1), mul(-1, difference(saved))),
      ],
    };
  });
  return variant(lossNamed('categoricalCrossentropy'), {
    options: {},
    domains: () => [distribution, logit],
    formula: ({ labels, predictions }) => formula(labels as Tensor, predictions as Tensor),
  });
}

export const gradients = law({
  title: 'gradients for inputs and weights are those of finite differences',
  needs: 'float32',
  appliesTo: ({ name }) => !(name in holdsConstant),
  check,
  mutants: [
    {
      bug: 'a derivative for advantages, which are held constant',
      complaint: /derivative for advantages is [\d.]+, held constant/,
      loss: () =>
        mutate(lossNamed('policyGradient'), (original, args) => {
          const total = sum(args[0] as Tensor);
          return original(...args).add(sub(total, stopGradient(total)));
        }),
    },
    { bug: 'y − p for the gradient of labels', loss: likeTfLosses, complaint: /derivative for labels\[/ },
    {
      bug: 'no gradient for weights',
      complaint: /derivative for weights\[/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, args) => {
          const { weights, ...rest } = args[2] as { weights: Tensor };
          return huber(args[0], args[1], { ...rest, weights: stopGradient(weights) });
        }),
    },
    {
      bug: 'no gradient for references',
      complaint: /derivative for references\[/,
      loss: () =>
        mutate(lossNamed('supervisedContrastive'), (original, args) => {
          const { references, ...rest } = args[2] as { references: Tensor | null };
          return original(args[0], args[1], { ...rest, references: references && stopGradient(references) });
        }),
    },
  ],
});
