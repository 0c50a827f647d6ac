import { add, engine, type Tensor } from '@tensorflow/tfjs';
import { isFusionOn } from '../../src/kernels/tfjs/flag.js';
import { ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, toTensor } from '../support/draw.js';
import { compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';
import { sidesOf, toOption } from './again.law.js';

/** After so many calls of a kind, it is known how they run. */
const KNOWN = 3;

/** A kernel, and what tfjs does about a mask and the shapes of inputs. */
const FEW = 12;

/** Of calls with no sides, a mask, and weights. */
const reductions = ['none', 'mean', 'weightedMean'];

function check(loss: AnyLoss): void {
  forAll(calls(loss, { leading: [[4, 3]] }), (call) => {
    for (const [i, sides] of sidesOf(loss, call).entries()) {
      const reduction = reductions[i] as string;
      const options = { ...call.options, ...Object.fromEntries(sides.map(toOption)), reduction };
      const { f, at } = ofInputs(loss, call.inputs, options);
      const ran = (): number => kernelsIn(() => compute(() => f(at.map(toTensor))));
      for (let times = 0; times < KNOWN; times++) gradientsAt((variables) => scalarized(f([...variables])), at);
      // The program that values alone want is made now.
      ran();
      const own = ran();
      const names = sides.map(({ name }) => name).join() || 'no sides';
      if (own > FEW) throw new Error(`under '${reduction}' with ${names} ran ${own} kernels, not at most ${FEW}`);
    }
  });
}

/** How many kernels tfjs runs. */
function kernelsIn(f: () => unknown): number {
  const tfjs = engine() as { runKernel: (...args: never[]) => unknown };
  const { runKernel } = tfjs;
  let count = 0;
  tfjs.runKernel = (...args) => {
    count++;
    return runKernel.apply(tfjs, args);
  };
  try {
    f();
    return count;
  } finally {
    Reflect.deleteProperty(tfjs, 'runKernel');
  }
}

export const fewKernels = law({
  title: 'calls that come again are few kernels',
  needs: 'host',
  check,
  mutants: [
    {
      bug: 'some of it computed by tf ops each time',
      complaint: /ran 1\d\d kernels/,
      loss: () =>
        mutate(lossNamed('meanSquaredError'), (loss, args) =>
          Array.from({ length: isFusionOn() ? 100 : 0 }).reduce<Tensor>((sum) => add(sum, 0), loss(...args)),
        ),
    },
  ],
});
