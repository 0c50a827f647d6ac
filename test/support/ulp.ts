const SMALLEST = 2 ** -126;

/** The distance of float32 numbers at x. */
export const ulp = (x: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), SMALLEST))) - 23);

/** Of results and exact numbers below the smallest normal one, which some backends take for 0, there is no error. */
export const errorOfNormal = (x: number, exact: number): number =>
  Math.abs(exact) < SMALLEST && Math.abs(x) <= SMALLEST ? 0 : errorOf(x, exact);

/** How far numbers are from exact ones, in ulp: the most. Both may be infinite, or NaN. */
export function mostUlp(numbers: ArrayLike<number>, exact: ArrayLike<number>): number {
  if (numbers.length !== exact.length) throw new Error(`${numbers.length} numbers, expected ${exact.length}`);
  return Array.from(numbers).reduce((most, x, i) => Math.max(most, errorOf(x, exact[i] as number)), 0);
}

/** In ulp; Infinity where one of the two is not finite and the other is something else. */
export function errorOf(x: number, exact: number): number {
  const nearest = Math.fround(exact);
  if (Number.isFinite(x) && Number.isFinite(nearest)) return Math.abs(x - exact) / ulp(exact);
  return Object.is(x, nearest) ? 0 : Infinity;
}
