import { add, dispose, div, keep, mul, scalar, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Total } from '../call/reduce.js';
import { quotient } from '../numerics/quotient.js';
import type { Prediction } from './predictions.js';

/** A mean over a batch as two scalars, so that the mean over several batches is the quotient of their sums. */
export interface Mean {
  readonly total: Scalar;
  readonly divisor: Scalar;
}

/** One mean of one output on a batch; weights are those of examples or positions. */
export type BatchMean = (labels: Tensor, prediction: Prediction, weights: Tensor | null) => Mean;

/** A metric of one output: the sum of its means, of which a combined loss has several. */
export interface Metric {
  readonly name: string;
  readonly means: readonly BatchMean[];
}

export const asMean = ({ total, divisor }: Total): Mean => ({
  total: total as Scalar,
  divisor: typeof divisor === 'number' ? scalar(divisor) : (divisor as Scalar),
});

export const scaledMean = ({ total, divisor }: Mean, factor: number): Mean => ({ total: mul(total, factor), divisor });

/** The value of each metric, of the totals and divisors of them all. */
export function valuesOfMetrics(metrics: readonly Metric[], sums: readonly Tensor[]): Scalar[] {
  let next = 0;
  return metrics.map(({ means }) => {
    const parts = means.map(() => quotient(sums[next++] as Tensor, sums[next++] as Tensor) as Scalar);
    return parts.reduce((a, b) => add(a, b));
  });
}

/** For a loop of tfjs, which averages by number of examples: what gives the sums that were put in, up to a common factor. */
export const perExample = (sums: readonly Tensor[], examples: number): Tensor[] =>
  sums.map((x) => div(x, Math.max(1, examples)));

/** The sums of an epoch so far. */
export class EpochSums {
  #sums: Tensor[] = [];

  add(sums: readonly Tensor[]): void {
    const before = this.#sums;
    this.#sums = tidy(() => sums.map((x, i) => keep(before[i] ? add(before[i], x) : add(x, 0))));
    dispose(before);
  }

  /** The value of each metric over the epoch, and an end of it; null if there has been no batch. */
  async close(metrics: readonly Metric[]): Promise<number[] | null> {
    if (this.#sums.length === 0) return null;
    const values = tidy(() => valuesOfMetrics(metrics, this.#sums));
    this.dispose();
    const data = await Promise.all(values.map((value) => value.data()));
    dispose(values);
    return data.map(([value]) => value as number);
  }

  dispose(): void {
    dispose(this.#sums);
    this.#sums = [];
  }
}
