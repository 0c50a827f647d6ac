import { sum, tensor, type Tensor } from '@tensorflow/tfjs';
import { namesOf } from '../../src/definition/signature.js';
import { calls, signatureFor, toTensor, type Call, type Values } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { assertClose, compute, forAll, law, mutate, scalarized } from '../support/law.js';
import { hasOption, lossNamed, type AnyLoss } from '../support/losses.js';

/** How often each pixel of an example is there. */
const counts = [2, 0, 1, 3];

/** Pixels that are there as often as they weigh, in the second axis. */
function repeated({ data, shape, dtype }: Values): Values {
  const [examples = 0, pixels = 0, ...rest] = shape;
  const size = rest.reduce((product, n) => product * n, 1);
  const pixel = (b: number, i: number): number[] => data.slice((b * pixels + i) * size, (b * pixels + i + 1) * size);
  const rows = Array.from({ length: examples }, (_, b) =>
    counts.flatMap((count, i) => Array.from({ length: count }, () => pixel(b, i)).flat()),
  );
  return { dtype, shape: [examples, counts.reduce((a, b) => a + b), ...rest], data: rows.flat() };
}

/** What a pixel that weighs nothing holds does not matter. */
function spoilt({ data, shape, dtype }: Values, by = NaN): Values {
  const size = shape.slice(2).reduce((product, n) => product * n, 1);
  const isGone = (i: number): boolean => counts[Math.floor(i / size) % counts.length] === 0;
  return { dtype, shape, data: dtype === 'int32' ? data : data.map((x, i) => (isGone(i) ? by : x)) };
}

function check(loss: AnyLoss): void {
  const options = hasOption(loss, 'ignoreIndex') ? { ignoreIndex: null } : {};
  forAll(calls(loss, { options, leading: [[2, counts.length]] }), ({ inputs, options, leading }: Call) => {
    // Axes that leave pixels by themselves leave nothing to weigh.
    if (namesOf(signatureFor(loss, options, leading).output).some((axis) => axis !== 'B')) return;
    const predictionsOf = (all: readonly Values[]): Values[] => all.slice(1);
    const at = (all: readonly Values[], given: object): ((tensors: Tensor[]) => Tensor) => {
      const labels = toTensor(all[0] as Values);
      return ([predictions]) => scalarized(loss(labels, predictions, { ...options, ...given }));
    };
    const twice = inputs.map(repeated);
    const plain = at(twice, {});
    const valueOf = (f: typeof plain, all: readonly Values[]): number[] =>
      compute(() => f(predictionsOf(all).map(toTensor)));
    const ofCopies = gradientsAt((x) => sum(plain(x)), predictionsOf(twice))[0] as number[];
    // Often labels alone are missing, and predictions are anything, outside their domain too.
    for (const by of [NaN, 7]) {
      const clean = inputs.map((values, i) => spoilt(values, i === 0 ? NaN : by));
      const weighed = at(clean, { weights: tensor(counts, [1, counts.length]) });
      assertClose(valueOf(weighed, clean), valueOf(plain, twice), 1e-4, 'the value with weighed pixels');
      const gradient = gradientsAt((x) => sum(weighed(x)), predictionsOf(clean))[0] as number[];
      assertClose(gradient, joined(ofCopies, inputs[1] as Values), 1e-3, 'the gradient with weighed pixels');
    }
  });
}

/** The derivatives of all copies of a pixel together. */
function joined(ofCopies: readonly number[], { shape }: Values): number[] {
  const [examples = 0] = shape;
  const size = shape.slice(2).reduce((product, n) => product * n, 1);
  let next = 0;
  return Array.from({ length: examples }, () =>
    counts.map((count) => {
      const total = new Array<number>(size).fill(0);
      for (let copy = 0; copy < count; copy++)
        for (let c = 0; c < size; c++) total[c] = (total[c] as number) + (ofCopies[next++] as number);
      return total;
    }),
  ).flat(2);
}

export const entryWeights = law({
  title: 'a pixel that weighs n counts as n pixels in every sum of an overlap, and one that weighs 0 as none',
  appliesTo: ({ name, definition }) => definition.weighsEntries === true && name !== 'rankingSoftmax',
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'weights that are a mask only',
      complaint: /with weighed pixels/,
      loss: () =>
        mutate(lossNamed('dice'), (dice, [labels, predictions, given]) => {
          const { weights, ...rest } = given as { readonly weights?: Tensor };
          return dice(labels, predictions, { ...rest, mask: weights });
        }),
    },
  ],
});
