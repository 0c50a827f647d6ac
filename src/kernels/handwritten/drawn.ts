import { expandDims, mul, type Tensor } from '@tensorflow/tfjs-core';
import type { DrawnLists } from '../../call/kernelSlots.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { decided } from '../tfjs/watch.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';
import { orderOf } from './order.js';

/**
 * −ln of the probability of lists in which each item is drawn from those that are left, [N], as `formula` gives. Null where
 * JavaScript does not have the numbers at hand, or they are such that it does not do.
 */
export function drawnLists(
  { labels, areItems, scores }: DrawnLists,
  formula: (scores: Tensor) => Tensor,
): Tensor | null {
  if (!areHostKernelsOn() || (labels.shape[1] ?? 0) < FEWEST) return null;
  const found = { isKnown: false };
  const result = differentiable([scores], (save) => {
    const [losses, slopes, known] = surprises([labels, areItems, scores], {}) as [Tensor, Tensor, Tensor];
    found.isKnown = decided([known], ([numbers]) => numbers?.[0] === 1);
    save([scores, slopes]);
    return {
      result: losses,
      gradient: (_, dy, [at, saved]) =>
        isDifferentiated()
          ? gradientOf(([own]) => formula(own as Tensor), [at as Tensor], 0, dy)
          : mul(expandDims(dy, 1), saved as Tensor),
    };
  });
  return found.isKnown ? result : null;
}

/** Shorter lists are compared pair by pair as fast. */
const FEWEST = 24;

/** Scores beyond are close to what formulas have in place of those that are no longer there. */
const MOST = 1e38;

const surprises: HostKernel<object> = /* @__PURE__ */ hostKernel('DrawnLists', (inputs) => {
  const [labels, areItems, scores] = inputs.map(({ values }) => values) as [NumberArray, NumberArray, NumberArray];
  const [lists = 0, length = 0] = (inputs[0] as Numbers).shape;
  const losses = new Float32Array(lists);
  const slopes = new Float32Array(lists * length);
  const list = new List(length);
  let isKnown = 1;
  for (let n = 0, first = 0; n < lists; n++, first += length) {
    list.count = 0;
    for (let i = first; i < first + length; i++) if (areItems[i]) list.add(labels[i] as number, scores[i] as number, i);
    if (!list.isKnown) isKnown = 0;
    losses[n] = list.loss();
    list.writeSlopes(slopes);
  }
  return [
    { shape: [lists], values: losses },
    { shape: [lists, length], values: slopes },
    { shape: [], values: Float32Array.of(isKnown) },
  ];
});

/** The items of a list, as they are drawn. */
class List {
  count = 0;
  /** All labels are finite, and all scores far from the largest numbers. */
  isKnown = true;
  private order: Uint32Array = new Uint32Array();
  private readonly labels: Float32Array;
  private readonly places: Uint32Array;
  private readonly scores: Float64Array;
  /** Of those that are left when an item is drawn, the item included: the largest score, and the sum of e^(score − largest). */
  private readonly largest: Float64Array;
  private readonly sums: Float64Array;
  /** e^(score − largest) of the item itself. */
  private readonly own: Float64Array;
  /** The share of the others that are left. */
  private readonly others: Float64Array;

  constructor(length: number) {
    this.labels = new Float32Array(length);
    this.places = new Uint32Array(length);
    const numbers = (): Float64Array => new Float64Array(length);
    [this.scores, this.largest, this.sums, this.own, this.others] = [
      numbers(),
      numbers(),
      numbers(),
      numbers(),
      numbers(),
    ];
  }

  add(label: number, score: number, place: number): void {
    if (!(Math.abs(score) < MOST) || !Number.isFinite(label)) this.isKnown = false;
    this.labels[this.count] = label;
    this.scores[this.count] = score;
    this.places[this.count] = place;
    this.count++;
  }

  /** From the last item on: Σ ln(e^own + Σ e^later) − own. */
  loss(): number {
    const { scores, largest, sums, own, others } = this;
    this.order = orderOf(this.labels.subarray(0, this.count));
    let total = 0;
    let [most, sum] = [-Infinity, 0];
    for (let k = this.count - 1; k >= 0; k--) {
      const score = scores[this.order[k] as number] as number;
      if (score > most) {
        // Little beside a large score keeps its digits.
        sum *= Math.exp(most - score);
        total += Math.log1p(sum);
        most = score;
        own[k] = 1;
        others[k] = sum / (1 + sum);
        sum += 1;
      } else {
        const e = Math.exp(score - most);
        own[k] = e;
        others[k] = sum / (sum + e);
        sum += e;
        total += most - score + Math.log(sum);
      }
      largest[k] = most;
      sums[k] = sum;
    }
    return total;
  }

  /** Of an item: its shares in those that were left at all draws before its own, less the share of the others at its own. */
  writeSlopes(slopes: Float32Array): void {
    const { largest, sums, own, others, order, places } = this;
    // Of the draws before, Σ e^largest ÷ Σ e^score.
    let before = 0;
    for (let k = 0; k < this.count; k++) {
      const most = largest[k] as number;
      if (k > 0 && most !== largest[k - 1]) before *= Math.exp(most - (largest[k - 1] as number));
      slopes[places[order[k] as number] as number] = (own[k] as number) * before - (others[k] as number);
      before += 1 / (sums[k] as number);
    }
  }
}
