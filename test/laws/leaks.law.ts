import { add, keep, memory } from '@tensorflow/tfjs';
import { reductions } from '../../src/definition/options.js';
import { calls, toTensor } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { asFunction } from '../support/asFunction.js';
import { forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

function check(loss: AnyLoss): void {
  forAll(calls(loss), (call) => {
    const inputs = call.inputs.map(toTensor);
    const inUse = memory().numTensors;
    const expectNone = (after: string): void => {
      const left = memory().numTensors - inUse;
      if (left !== 0) throw new Error(`${left} tensors are left after ${after}`);
    };
    for (const reduction of reductions) {
      loss(...inputs, { ...call.options, reduction }).dispose();
      expectNone(`'${reduction}'`);
    }
    loss(
      ...call.inputs.map(({ data, shape }) =>
        shape.length === 1 ? data : toTensor({ data, shape, dtype: 'float32' }),
      ),
      call.options,
    );
    for (const wrong of [{ weights: [[[[[1, 2]]]]] }, { weights: [NaN] }, { mask: [[[[[true, false]]]]] }]) {
      const before = memory().numTensors;
      try {
        loss(...inputs, { ...call.options, ...wrong, validate: true }).dispose();
      } catch {
        const left = memory().numTensors - before;
        if (left !== 0) throw new Error(`${left} tensors are left after an error`);
      }
    }
    const { f, at } = asFunction(loss, call, 'mean');
    const before = memory().numTensors;
    gradientsAt(f, at);
    if (memory().numTensors !== before)
      throw new Error(`${memory().numTensors - before} tensors are left after a gradient`);
  });
}

export const leaks = law({
  title: 'no tensor is left behind, neither by a result nor by an error',
  check,
  mutants: [
    {
      bug: 'a tensor kept',
      complaint: /1 tensors are left after 'none'/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, args) => {
          keep(add(args[0] as never, 1));
          return huber(...args);
        }),
    },
    {
      bug: 'a tensor made before the check that throws',
      complaint: /left after an error/,
      loss: () =>
        mutate(lossNamed('hinge'), (hinge, args) => {
          const copy = add(args[0] as never, 0);
          const result = hinge(copy, ...args.slice(1));
          copy.dispose();
          return result;
        }),
    },
  ],
});
