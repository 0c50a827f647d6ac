import type { Tensor } from '@tensorflow/tfjs-core';
import type { CountedLabels, PathFormula, PathScores } from '../../call/kernelSlots.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { decided } from '../tfjs/watch.js';
import { type ChainGradients, Chains } from './chain.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/*
 * The losses of paths through a chain, of labels [B, T], counts of steps [B], emissions [B, T, C], transitions [C, C], starts and
 * ends [C].
 */

const losses: HostKernel<object> = /* @__PURE__ */ hostKernel('FusedCrf', (inputs) => {
  const values = new Float32Array((inputs[1] as Numbers).values.length);
  let isKnown = 1;
  eachChain(inputs, ({ chains, b, labels, emissions }) => {
    const loss = chains.loss(emissions, labels);
    values[b] = loss ?? NaN;
    if (loss === null) isKnown = 0;
  });
  return [
    { shape: [values.length], values },
    { shape: [], values: Float32Array.of(isKnown) },
  ];
});

/** Of a derivative [B] for the values, those for emissions, transitions, starts and ends. */
const gradients: HostKernel<object> = /* @__PURE__ */ hostKernel('FusedCrfGradient', (inputs) => {
  const [, , { shape, values }, ...shared] = inputs as [Numbers, Numbers, Numbers, Numbers, Numbers, Numbers, Numbers];
  const factors = (inputs[6] as Numbers).values;
  const ofEmissions = new Float32Array(values.length);
  const [transitions, start, end] = shared.map((scores) => new Float64Array(scores.values.length)) as Three;
  const sums: ChainGradients = { transitions, start, end };
  eachChain(inputs, ({ chains, b, first, labels, emissions }) => {
    const factor = factors[b] as number;
    if (factor !== 0)
      chains.addGradients(emissions, labels, factor, ofEmissions.subarray(first, first + emissions.length), sums);
  });
  const ofShared = [transitions, start, end].map((sum, i) => ({
    shape: [...(shared[i] as Numbers).shape],
    values: Float32Array.from(sum),
  }));
  return [{ shape: [...shape], values: ofEmissions }, ...ofShared];
});

type Three = [Float64Array, Float64Array, Float64Array];

interface OfExample {
  readonly chains: Chains;
  readonly b: number;
  /** Where the example's emissions begin. */
  readonly first: number;
  /** Of as many steps as the example has. */
  readonly labels: Int32Array;
  readonly emissions: Float32Array;
}

/** Examples that have steps, with labels that are classes. */
function eachChain(inputs: readonly Numbers[], visit: (example: OfExample) => void): void {
  const [labels, counts, emissions, transitions, start, end] = inputs.map(({ values }) => values) as [
    Int32Array,
    Int32Array,
    ...[Float32Array, Float32Array, Float32Array, Float32Array],
  ];
  const [, time, classes] = (inputs[2] as Numbers).shape as [number, number, number];
  const chains = new Chains(classes, time, { transitions, start, end });
  counts.forEach((count, b) => {
    const ofSteps = labels.subarray(b * time, b * time + Math.min(count, time));
    const first = b * time * classes;
    if (count > 0 && ofSteps.every((label) => label >= 0 && label < classes))
      visit({
        chains,
        b,
        first,
        labels: ofSteps,
        emissions: emissions.subarray(first, first + ofSteps.length * classes),
      });
  });
}

/** What the formula gives of scores, by kernels; null where there are none, or numbers are such that they do not do. */
export function fusedPath(
  { labels, counts }: CountedLabels,
  { emissions, transitions, start, end }: PathScores,
  formula: PathFormula,
): Tensor | null {
  if (!areHostKernelsOn()) return null;
  const given = [emissions, transitions, start, end];
  const found = { isKnown: false };
  const result = differentiable(given, (save) => {
    const inputs = [labels, counts, ...given];
    const [values, known] = losses(inputs, {}) as [Tensor, Tensor];
    found.isKnown = decided([known], ([numbers]) => numbers?.[0] === 1);
    save(inputs);
    return {
      result: values,
      gradient: (input, dy, saved) => {
        const [ofSteps, steps, ...at] = saved as [Tensor, Tensor, ...Tensor[]];
        if (isDifferentiated()) {
          const again = ([e, a, s, f]: readonly Tensor[]): Tensor =>
            formula({ emissions: e, transitions: a, start: s, end: f } as unknown as PathScores, {
              labels: ofSteps,
              counts: steps,
            });
          return gradientOf(again, at, input, dy);
        }
        return gradients([...saved, dy], {})[input] as Tensor;
      },
    };
  });
  return found.isKnown ? result : null;
}
