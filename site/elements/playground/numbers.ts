/** A number in few digits, with a minus sign. */
export function short(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x).replace('-', '−');
  const size = Math.abs(x);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? x.toExponential(2) : String(Number(x.toPrecision(digits)));
  return text.replaceAll('-', '−').replace('e+', 'e');
}

/** A shape as code has it. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The indices of an entry, counted from the last axis. */
export function indicesOf(shape: readonly number[], entry: number): number[] {
  let left = entry;
  return [...shape]
    .reverse()
    .map((size) => {
      const index = left % size;
      left = Math.floor(left / size);
      return index;
    })
    .reverse();
}
