import * as tf from '@tensorflow/tfjs';
import { withGradient } from '../../src/numerics/autodiff.js';
import { reductions } from '../../src/definition/options.js';
import { asFunction, ofInputs } from '../support/asFunction.js';
import { gradientsAt, secondOf } from '../support/derivatives.js';
import { type Call, calls, toTensor } from '../support/draw.js';
import { compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { type AnyLoss, lossNamed } from '../support/losses.js';

function check(loss: AnyLoss): void {
  forAll(
    calls(loss, { leading: [[3], [2, 3], [0], [0, 3], [2, 0]] }).filter((call) => !isRefused(call)),
    (call) => {
      const nothing: Record<string, object> = {
        'all is masked': { mask: tf.zeros([...call.positions], 'bool') },
        'all weights are 0': { weights: tf.zeros([...call.output]) },
      };
      const isEmpty = [call.output, call.positions].some((shape) => shape.includes(0));
      const cases = isEmpty ? { 'the batch is empty': {} } : nothing;
      for (const [circumstance, options] of Object.entries(cases)) {
        for (const reduction of reductions) {
          const { f: weighted, at } = asFunction(loss, call, reduction);
          if (isEmpty) gradientsAt(weighted, at);
          const plain = ofInputs(loss, call.inputs, { ...call.options, ...options, reduction });
          const f = (tensors: tf.Tensor[]): tf.Tensor => {
            const result = plain.f(tensors);
            const shape = call.output.slice(0, keptAxes[reduction] ?? 0);
            if (result.shape.join() !== shape.join())
              throw new Error(
                `the shape under '${reduction}' where ${circumstance} is [${result.shape.join()}], expected [${shape.join()}]`,
              );
            return scalarized(result);
          };
          allZero(
            compute(() => f(plain.at.map(toTensor))),
            `the value under '${reduction}' where ${circumstance}`,
          );
          for (const gradient of gradientsAt(f, plain.at))
            allZero(gradient, `a gradient under '${reduction}' where ${circumstance}`);
          if (reduction !== 'perExample' || !('mask' in options)) continue;
          for (const second of secondOf(f, plain.at)) allZero(second, `a second derivative where ${circumstance}`);
        }
      }
    },
    20,
  );
}

/** An example without entries is refused where it is a position itself. */
const isRefused = ({ inputs, positions }: Call): boolean =>
  !positions.includes(0) && inputs.some(({ shape }) => shape.includes(0));

/** How many axes a reduction leaves; the others leave none. */
const keptAxes: Readonly<Record<string, number>> = { none: Infinity, perExample: 1 };

function allZero(values: readonly number[], what: string): void {
  const bad = values.find((value) => value !== 0);
  if (bad !== undefined) throw new Error(`${what} is ${bad}, expected 0`);
}

export const nothingValid = law({
  title: 'where nothing counts, value and gradients are 0',
  check,
  mutants: [
    {
      bug: 'a mean that divides by a count of 0, as tf.losses does',
      // 0/0 is NaN, but 1 on WebGL.
      complaint: /'weightedMean' where all weights are 0 is/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { weights, reduction, ...rest } = given as { weights?: tf.Tensor; reduction?: string };
          if (!weights || reduction !== 'weightedMean') return huber(labels, predictions, given);
          const values = huber(labels, predictions, { ...rest, reduction: 'none' });
          return tf.div(tf.sum(tf.mul(values, weights)), tf.sum(weights));
        }),
    },
    {
      bug: 'a derivative whose own derivative is NaN',
      complaint: /a second derivative where all is masked is NaN/,
      loss: () => {
        const root = withGradient(
          (x) => tf.sqrt(tf.abs(x)),
          (dy) => tf.mul(dy, NaN),
        );
        const steep = withGradient(tf.square, (dy, x) => tf.mul(dy, root(x)));
        return mutate(lossNamed('meanSquaredError'), (original, args) =>
          tf.add(original(...args), tf.mul(0, tf.sum(steep(args[1] as tf.Tensor)))),
        );
      },
    },
  ],
});
