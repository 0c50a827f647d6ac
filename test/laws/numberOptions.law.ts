import { add, mul, sub, square, type Tensor } from '@tensorflow/tfjs';
import type { Kind } from '../../src/definition/kinds.js';
import { ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { calls, toTensor } from '../support/draw.js';
import { byFormula, compute, forAll, law, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';
import { mustRefuse } from '../support/mustRefuse.js';
import { samplesOf } from '../support/optionSamples.js';

/** Numbers that float32 does not hold, or of which wasm and GPUs make 0. */
const beyond = [1e39, -1e39, 1e300, 1e-39, 1e-46, 5e-324];

/** The accepted number that is farthest from `start` on the way to `end`, both of the same sign. */
function outermost({ accepts }: Kind<unknown>, start: number, end: number): number {
  let [inside, outside] = [start, end];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sign(start) * Math.sqrt(Math.abs(inside)) * Math.sqrt(Math.abs(outside));
    if (accepts(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Numbers at the borders of what an option takes, and half way to them. */
function extremesOf(loss: AnyLoss, name: string, kind: Kind<unknown>): readonly number[] {
  const samples = samplesOf(loss.name, name, { classes: 3, last: 3, batch: 3 });
  // Of integers, each has its own meaning.
  const starts = [...samples, ...samples.map((x) => -(x as number))].filter(
    (x): x is number => typeof x === 'number' && x !== 0 && kind.accepts(x) && kind.accepts(0.99 * x),
  );
  return [1, -1].flatMap((sign) => {
    const start = starts.find((x) => Math.sign(x) === sign && Number.isFinite(x));
    if (start === undefined) return [];
    const borders = [outermost(kind, start, sign * 1e300), outermost(kind, start, sign * 1e-300)];
    return borders.flatMap((border) => [border, start * Math.sqrt(border / start)]);
  });
}

function check(loss: AnyLoss): void {
  for (const [name, [, kind]] of Object.entries(loss.definition.options)) {
    const extremes = extremesOf(loss, name, kind);
    for (const value of extremes) {
      const isFinite = (what: string, numbers: readonly number[]): void => {
        const bad = numbers.find((x) => !Number.isFinite(x));
        if (bad !== undefined) throw new Error(`with ${name}: ${value} ${what} is ${bad}`);
      };
      forAll(
        calls(loss, { options: { [name]: value }, leading: [[3], [2, 3]] }),
        ({ inputs, options }) => {
          const { f, at } = ofInputs(loss, inputs, { ...options, reduction: 'sum' });
          isFinite('the value by a kernel', value === extremes[0] ? compute(() => f(at.map(toTensor))) : []);
          byFormula(() => {
            isFinite(
              'the value',
              compute(() => f(at.map(toTensor))),
            );
            isFinite('a gradient', gradientsAt(f, at).flat());
          });
        },
        3,
      );
    }
    if (extremes.length === 0) continue;
    for (const value of beyond.filter((x) => !kind.accepts(x)))
      mustRefuse(loss.name, `${name}: ${value}`, () => loss.with({ [name]: value }), [name, String(value)]);
  }
}

export const numberOptions = law({
  title: 'every number that an option takes gives finite losses and gradients',
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'a reciprocal that overflows',
      complaint: /with beta: 1\.?\d*e-\d+ .* is (NaN|Infinity)/,
      loss: () =>
        variant(lossNamed('smoothL1'), {
          options: { beta: [1, { expected: 'a number > 0', accepts: (beta) => Number(beta) > 0 && Number(beta) < 2 }] },
          formula: ({ labels, predictions }, { beta }) => {
            const error = sub(predictions as Tensor, labels as Tensor);
            return add(error, mul(0.5 / Number(beta), square(error)));
          },
        }),
    },
    {
      bug: 'a square that overflows',
      complaint: /with delta: 9\.9+\d*e\+29 .* is (NaN|Infinity)/,
      loss: () =>
        variant(lossNamed('huber'), {
          formula: ({ labels, predictions }, { delta }) =>
            mul(Number(delta) * Number(delta), sub(predictions as Tensor, labels as Tensor)),
        }),
    },
  ],
});
