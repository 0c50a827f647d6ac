/** The numbers of a value and its gradients. */
export type Outcome = readonly ArrayLike<number>[];

/**
 * How far numbers are off, relative to their size, and for small ones to the mean size of all: large entries do not hide
 * an error of the many small ones beside them.
 */
function error(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Infinity;
  const values = Array.from(wanted);
  const meanSize = values.reduce((total, x) => total + Math.abs(x), 0) / values.length;
  let worst = 0;
  values.forEach((x, i) => {
    const off = Math.abs((got[i] as number) - x);
    if (off === 0) return;
    // A NaN is as far off as can be.
    const relative = off / Math.max(Math.abs(x), meanSize);
    worst = relative <= worst ? worst : Number.isNaN(relative) ? Infinity : relative;
  });
  return worst;
}

/** What is further off than it may be, in words; null if nothing is. */
export function disagreement(got: Outcome, wanted: Outcome, tolerance: number): string | null {
  if (got.length !== wanted.length) return `${got.length} results, expected ${wanted.length}`;
  for (const [i, numbers] of wanted.entries()) {
    const off = error(got[i] as ArrayLike<number>, numbers);
    if (off <= tolerance) continue;
    const what = i === 0 ? `value ${got[0]?.[0]}, this package's ${numbers[0]}` : `result ${i} behind the value`;
    return `${what}: off by ${off.toExponential(1)}, more than ${tolerance}`;
  }
  return null;
}
