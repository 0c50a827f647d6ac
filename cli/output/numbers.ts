/** A float32 number in the fewest digits that give it again. */
export function shortest(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  const single = Math.fround(x);
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(single.toPrecision(digits));
    if (Math.fround(text) === single) return String(text);
  }
  return String(Number(single.toPrecision(9)));
}

/** The same for JSON, which knows no NaN and no Infinity: they become strings. */
export const jsonNumber = (x: number): string => (Number.isFinite(x) ? shortest(x) : JSON.stringify(String(x)));

/** Values for JSON, with what it does not know as strings. */
export const toJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_key, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry),
    2,
  );
