import { getBackend, stack, type Tensor, unstack, util } from '@tensorflow/tfjs-core';
import type { Counting, Masks, Sums } from '../../call/kernelSlots.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { flagsOf, tableOf } from './classTable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';
import { plainGradient, plainSums } from './plainOverlap.js';

/** What the formula gives, by kernels, for sums over axes right before the last; null where there is none. */
export function fusedSums(
  { labels, probabilities, others, counted }: Masks,
  over: readonly number[],
  counting: Counting,
  formula: (masks: Masks) => Sums,
): Sums | null {
  const { shape, rank } = probabilities;
  const first = rank - 1 - over.length;
  const areLast = over.length > 0 && over.every((axis, i) => axis === first + i);
  const isReadable = util.arraysEqual(labels.shape, shape) && (!counted || isCountedAlike(counted, shape));
  if (!isWorthwhile() || !areLast || !isReadable) return null;
  const attributes: Attributes = { ...counting, first, hasOthers: others !== null };
  const inputs = [labels, probabilities, others, counted].filter((x) => x !== null);
  const sums = differentiable([labels, probabilities], (save) => {
    save(inputs);
    return {
      result: sumsKernel(inputs, attributes)[0] as Tensor,
      gradient: (of, dy, saved) => {
        if (!isDifferentiated()) return gradientKernel([dy, ...saved], { ...attributes, of })[0] as Tensor;
        const stacked = (given: readonly Tensor[]): Tensor => stack([...formula(masksOf(given, attributes))]);
        return gradientOf(stacked, saved, of, dy);
      },
    };
  });
  return unstack(sums) as [Tensor, Tensor, Tensor];
}

/** TensorFlow's own sums take as long as copying the numbers here and there. */
const isWorthwhile = (): boolean => areHostKernelsOn() && getBackend() !== 'tensorflow';

/** Whether what counts is told for each pixel, for each class or for each entry. */
function isCountedAlike(counted: Tensor, shape: readonly number[]): boolean {
  const ofPixels = counted.shape.slice(0, -1);
  return ofPixels.every((size, axis) => size === shape[axis]) || ofPixels.every((size) => size === 1);
}

interface Attributes extends Counting {
  /** The axes from here to before the last are summed. */
  readonly first: number;
  /** 1 − p of each probability p is given. */
  readonly hasOthers: boolean;
}

/** What is given for masks: two or more of four. */
function masksOf<T extends Tensor | Numbers>(
  [labels, probabilities, ...given]: readonly T[],
  { hasOthers }: Attributes,
): Record<'labels' | 'probabilities', T> & Record<'others' | 'counted', T | null> {
  const [others, counted] = hasOthers ? given : [null, ...given];
  return { labels: labels as T, probabilities: probabilities as T, others: others ?? null, counted: counted ?? null };
}

/** All entries count, the overlap is y·p, and sizes are not squared. */
const isPlain = ({ counted }: Record<'counted', Numbers | null>, { intersection, squared }: Attributes): boolean =>
  counted === null && intersection === 'product' && !squared;

/** The sums: [3, …]. */
const sumsKernel: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('FusedOverlap', (given, attributes) => {
  const masks = masksOf(given, attributes);
  const table = tableOf(masks.probabilities, attributes.first);
  const { groups, summed, columns } = table;
  const shape = [3, ...table.shape];
  if (isPlain(masks, attributes)) return [{ shape, values: plainSums(masks, table, attributes) }];
  const { flags, perRow, perColumn } = flagsOf(masks.counted, groups * summed);
  const [labels, probabilities, others] = [masks.labels.values, masks.probabilities.values, masks.others?.values];
  const isProduct = attributes.intersection === 'product';
  const errorOf = errors[kindOf(attributes)](attributes).value;
  const size = groups * columns;
  const sums = new Float32Array(3 * size);
  for (let at = 0; at < size; at++) {
    const [row, column] = [summed * Math.floor(at / columns), at % columns];
    const end = (row + summed) * columns;
    let overlap = 0;
    let wrong = 0;
    let present = 0;
    for (let i = row * columns + column, k = row * perRow + column * perColumn; i < end; i += columns, k += perRow) {
      if (flags && !flags[k]) continue;
      const y = labels[i] as number;
      const p = probabilities[i] as number;
      const rest = others ? (others[i] as number) : 1 - p;
      overlap += isProduct ? y * p : smaller(y, p, rest);
      wrong += errorOf(y, p, rest);
      present += y;
    }
    sums[at] = overlap;
    sums[size + at] = wrong;
    sums[2 * size + at] = present;
  }
  return [{ shape, values: sums }];
});

/** The derivative for labels (0) or probabilities (1), of that of the sums. */
const gradientKernel: HostKernel<Attributes & { readonly of: number }> = /* @__PURE__ */ hostKernel(
  'FusedOverlapGradient',
  (inputs, attributes) => {
    const [dy, ...given] = inputs as [Numbers, ...Numbers[]];
    const masks = masksOf(given, attributes);
    const table = tableOf(masks.probabilities, attributes.first);
    const { groups, summed, columns } = table;
    const shape = [...masks.probabilities.shape];
    if (isPlain(masks, attributes) && attributes.of === 1) {
      return [{ shape, values: plainGradient(dy.values, masks.labels.values, table, attributes) }];
    }
    const { flags, perRow, perColumn } = flagsOf(masks.counted, groups * summed);
    const [labels, probabilities, others] = [masks.labels.values, masks.probabilities.values, masks.others?.values];
    const isProduct = attributes.intersection === 'product';
    const isOfLabels = attributes.of === 0;
    const { ofLabel, ofProbability } = errors[kindOf(attributes)](attributes);
    const slopeOf = isOfLabels ? ofLabel : ofProbability;
    const size = groups * columns;
    const gradient = new Float32Array(labels.length);
    for (let at = 0; at < size; at++) {
      const [row, column] = [summed * Math.floor(at / columns), at % columns];
      const end = (row + summed) * columns;
      const ofOverlap = dy.values[at] as number;
      const ofErrors = dy.values[size + at] as number;
      const ofPresent = isOfLabels ? (dy.values[2 * size + at] as number) : 0;
      // What does not count has derivative 0, except that NaN spreads, as in the formula.
      const ofOthers = 0 * (ofOverlap + ofErrors + ofPresent) + 0;
      for (let i = row * columns + column, k = row * perRow + column * perColumn; i < end; i += columns, k += perRow) {
        if (flags && !flags[k]) {
          gradient[i] = ofOthers;
          continue;
        }
        const y = labels[i] as number;
        const p = probabilities[i] as number;
        const rest = others ? (others[i] as number) : 1 - p;
        const slope = isProduct ? (isOfLabels ? p : y) : isOfLabels ? 1 - shareOf(y, p, rest) : shareOf(y, p, rest);
        gradient[i] = ofOverlap * slope + ofErrors * slopeOf(y, p, rest) + ofPresent;
      }
    }
    return [{ shape, values: gradient }];
  },
);

type OfEntry = (y: number, p: number, rest: number) => number;

/** The error of an entry with label y, probability p and 1 − p, and its derivatives, in which 1 − p changes with p. */
interface EntryErrors {
  readonly value: OfEntry;
  readonly ofLabel: OfEntry;
  readonly ofProbability: OfEntry;
}

const kindOf = ({ intersection, squared }: Counting): keyof typeof errors =>
  squared ? (`${intersection}OfSquares` as const) : intersection;

/** y − p, where 1 − p has digits that p lacks. */
const missing: OfEntry = (y, p, rest) => (y > 0.5 ? rest - (1 - y) : y - p);

/** How much of the smaller of the two the probability is: half if they are equal, as in the formula. */
const shareOf: OfEntry = (y, p, rest) => {
  const lack = missing(y, p, rest);
  return lack > 0 ? 1 : lack === 0 ? 0.5 : 0;
};

const smaller: OfEntry = (y, p, rest) => {
  const share = shareOf(y, p, rest);
  // NaN stays.
  return share * p + (1 - share) * y;
};

/** α·(P − I) + β·(T − I) of an entry, with the overlap I and the sizes T and P, in terms as small as the error. */
const errors = {
  product: ({ alpha, beta }: Counting): EntryErrors => ({
    value: (y, p, rest) => alpha * (p * (1 - y)) + beta * (y * rest),
    ofLabel: (_, p, rest) => beta * rest - alpha * p,
    ofProbability: (y) => alpha * (1 - y) - beta * y,
  }),
  minimum: ({ alpha, beta }: Counting): EntryErrors => {
    const slope: OfEntry = (y, p, rest) => (alpha + beta) * shareOf(y, p, rest) - alpha;
    return {
      value: (y, p, rest) => slope(y, p, rest) * missing(y, p, rest),
      ofLabel: slope,
      ofProbability: (y, p, rest) => -slope(y, p, rest),
    };
  },
  productOfSquares: ({ alpha, beta }: Counting): EntryErrors => ({
    value: (y, p, rest) => {
      const lack = missing(y, p, rest);
      return lack * (alpha * lack + (beta - alpha) * y);
    },
    ofLabel: (y, p, rest) => 2 * beta * missing(y, p, rest) + (beta - alpha) * p,
    ofProbability: (y, p, rest) => (alpha - beta) * y - 2 * alpha * missing(y, p, rest),
  }),
  minimumOfSquares: ({ alpha, beta }: Counting): EntryErrors => ({
    value: (y, p, rest) => {
      const [lack, share] = [missing(y, p, rest), shareOf(y, p, rest)];
      const slope = share * (beta - alpha + 2 * alpha * (1 - y)) - (1 - share) * 2 * alpha * y;
      return alpha * lack * lack + slope * lack - (alpha + beta) * y * (1 - y);
    },
    ofLabel: (y, p, rest) => {
      const share = 1 - shareOf(y, p, rest);
      return 2 * beta * (y - share) + (beta - alpha) * share;
    },
    ofProbability: (y, p, rest) => {
      const share = shareOf(y, p, rest);
      return 2 * alpha * (share === 1 ? -rest : p - share) + (alpha - beta) * share;
    },
  }),
} as const;
