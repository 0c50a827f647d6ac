import { getBackend, stack, type Tensor, unstack, util } from '@tensorflow/tfjs-core';
import type { Counting, Masks, Sums } from '../../call/kernelSlots.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

/** What the formula gives, by kernels, for sums over axes right before the last; null where there is none. */
export function fusedSums(
  [labels, probabilities, counted]: Masks,
  over: readonly number[],
  counting: Counting,
  formula: (masks: Masks) => Sums,
): Sums | null {
  const { shape, rank } = probabilities;
  const first = rank - 1 - over.length;
  const areLast = over.length > 0 && over.every((axis, i) => axis === first + i);
  const isReadable = util.arraysEqual(labels.shape, shape) && (!counted || isCountedAlike(counted, shape));
  if (!isWorthwhile() || !areLast || !isReadable) return null;
  const attributes: Attributes = { ...counting, first };
  const inputs = [labels, probabilities, ...(counted ? [counted] : [])];
  const sums = differentiable([labels, probabilities], (save) => {
    save(inputs);
    return {
      result: sumsKernel(inputs, attributes)[0] as Tensor,
      gradient: (of, dy, saved) => {
        if (!isDifferentiated()) return gradientKernel([dy, ...saved], { ...attributes, of })[0] as Tensor;
        const stacked = ([y, p, valid]: readonly Tensor[]): Tensor =>
          stack([...formula([y as Tensor, p as Tensor, valid ?? null])]);
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
}

/** Sums of labels and probabilities: [3, …]. */
const sumsKernel: HostKernel<Attributes> = /* @__PURE__ */ hostKernel(
  'FusedOverlap',
  ([y, p, counted], { first, intersection, squared }) => {
    const { groups, summed, columns, shape } = tableOf(p as Numbers, first);
    const { flags, perRow, perColumn } = flagsOf(counted, groups * summed);
    const [labels, probabilities] = [(y as Numbers).values, (p as Numbers).values];
    const isProduct = intersection === 'product';
    const size = groups * columns;
    const sums = new Float32Array(3 * size);
    for (let at = 0; at < size; at++) {
      const [row, column] = [summed * Math.floor(at / columns), at % columns];
      const end = (row + summed) * columns;
      let overlap = 0;
      let present = 0;
      let predicted = 0;
      for (let i = row * columns + column, k = row * perRow + column * perColumn; i < end; i += columns, k += perRow) {
        if (flags && !flags[k]) continue;
        const label = labels[i] as number;
        const probability = probabilities[i] as number;
        overlap += isProduct ? label * probability : smaller(label, probability);
        present += squared ? label * label : label;
        predicted += squared ? probability * probability : probability;
      }
      sums[at] = overlap;
      sums[size + at] = present;
      sums[2 * size + at] = predicted;
    }
    return [{ shape: [3, ...shape], values: sums }];
  },
);

/** The derivative for labels (0) or probabilities (1), of that of the sums. */
const gradientKernel: HostKernel<Attributes & { readonly of: number }> = /* @__PURE__ */ hostKernel(
  'FusedOverlapGradient',
  ([dy, y, p, counted], { first, intersection, squared, of }) => {
    const { groups, summed, columns } = tableOf(p as Numbers, first);
    const { flags, perRow, perColumn } = flagsOf(counted, groups * summed);
    const own = ((of === 0 ? y : p) as Numbers).values;
    const other = ((of === 0 ? p : y) as Numbers).values;
    const isProduct = intersection === 'product';
    const size = groups * columns;
    const gradient = new Float32Array(own.length);
    for (let at = 0; at < size; at++) {
      const [row, column] = [summed * Math.floor(at / columns), at % columns];
      const end = (row + summed) * columns;
      const ofOverlap = dy?.values[at] as number;
      const ofSize = dy?.values[(1 + of) * size + at] as number;
      // What does not count has derivative 0, except that NaN spreads, as in the formula.
      const ofOthers = 0 * (ofOverlap + ofSize) + 0;
      for (let i = row * columns + column, k = row * perRow + column * perColumn; i < end; i += columns, k += perRow) {
        if (flags && !flags[k]) {
          gradient[i] = ofOthers;
          continue;
        }
        const x = own[i] as number;
        const share = isProduct ? (other[i] as number) : shareOf(x, other[i] as number);
        gradient[i] = ofOverlap * share + ofSize * (squared ? 2 * x : 1);
      }
    }
    return [{ shape: [...(p as Numbers).shape], values: gradient }];
  },
);

/** Entries as groups of rows of classes; the rows of each group are summed. */
interface ClassTable {
  readonly groups: number;
  readonly summed: number;
  readonly columns: number;
  /** Of the sums. */
  readonly shape: readonly number[];
}

const tableOf = ({ shape }: Numbers, first: number): ClassTable => ({
  groups: util.sizeFromShape(shape.slice(0, first)),
  summed: util.sizeFromShape(shape.slice(first, -1)),
  columns: shape.at(-1) as number,
  shape: [...shape.slice(0, first), ...shape.slice(-1)],
});

/** Whether entries count, and how far apart that is told of two rows and of two columns. */
interface Flags {
  readonly flags: NumberArray | null;
  readonly perRow: number;
  readonly perColumn: number;
}

function flagsOf(counted: Numbers | undefined, rows: number): Flags {
  if (!counted) return { flags: null, perRow: 0, perColumn: 0 };
  const { shape, values: flags } = counted;
  const own = shape.at(-1) as number;
  return { flags, perRow: flags.length === rows * own ? own : 0, perColumn: own === 1 ? 0 : 1 };
}

/** How much of the smaller of two numbers is the first one: half if they are equal, as in the formula. */
const shareOf = (x: number, other: number): number => (x < other ? 1 : x === other ? 0.5 : 0);

const smaller = (x: number, other: number): number => {
  const share = shareOf(x, other);
  // NaN stays.
  return share * x + (1 - share) * other;
};
