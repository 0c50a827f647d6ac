export interface Summary {
  readonly median: number;
  /** The interquartile range. */
  readonly spread: number;
}

export function summary(numbers: readonly number[]): Summary {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number];
  return { median, spread: high - low };
}

/** Linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [low = NaN, high = low] = sorted.slice(below, below + 2);
  return low + (at - below) * (high - low);
}

export const geometricMean = (numbers: readonly number[]): number =>
  Math.exp(numbers.reduce((total, x) => total + Math.log(x), 0) / numbers.length);
