/** Numbers of eˣ and ln x in float32, for every backend. */

/** ln 2 in two parts, of which the first has few digits, so that its multiples are exact. */
export const LN2 = [0.693359375, -2.1219444e-4] as const;

/** q of eʳ = 1 + (r + r²·q(r)) for |r| ≤ ½·ln 2, the highest power first; eʳ has at most one wrong unit in its last place. */
export const EXP = [
  1.381453825160861e-3, 8.36874544620514e-3, 4.166838899254799e-2, 0.1666652113199234, 0.4999999403953552,
];

/** Below it eˣ is 0, above the other Infinity. */
export const EXP_BOUNDS = [-104.7, 89] as const;

/** q of ln(1 + m) = m − ½m² + m³·q(m) for 1 + m from √½ to √2, the highest power first, from Cephes: to 1e-7. */
export const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/** √½ as the bits of a float32. */
export const SQRT_HALF = 0x3f3504f3;
