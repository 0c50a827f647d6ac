/** How wrong one output is. */
export type Verdict =
  | { readonly kind: 'error'; readonly units: number }
  /** 0, or less than a normal float32, though the exact number is a normal one and well conditioned. */
  | { readonly kind: 'vanished' }
  /** NaN or infinite, though the exact number is a float32. */
  | { readonly kind: 'notFinite' };

const LARGEST = 3.4e38;
const SMALLEST = 2 ** -126;

/** The verdict on an output; null where nothing is to be said: it jumps there, or is beyond float32. */
export function judge(ours: number, exact: number, unit: number): Verdict | null {
  const size = Math.abs(exact);
  if (Number.isNaN(exact) || size > LARGEST) return null;
  if (!Number.isFinite(ours)) return { kind: 'notFinite' };
  const difference = Math.abs(ours - exact);
  if (size < SMALLEST && difference <= 2 * SMALLEST) return { kind: 'error', units: 0 };
  if (size >= SMALLEST && Math.abs(ours) < SMALLEST && unit < size / 16) return { kind: 'vanished' };
  return { kind: 'error', units: difference / unit };
}
