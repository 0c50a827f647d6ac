/** Throws the one kind of error this package throws: who complains, about what, and what was expected. */
export function fail(who: string, complaint: string): never {
  throw new Error(`${who}: ${complaint}`);
}

/** A value as an error message shows it: short, and recognisable to who passed it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.slice(0, 8).map(show).join(',')}${value.length > 8 ? ',…' : ''}]`;
  if (isTensorShaped(value)) return `a tensor of shape ${show(value.shape)}`;
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}

function isTensorShaped(value: unknown): value is { shape: readonly number[] } {
  return value !== null && typeof value === 'object' && 'shape' in value && Array.isArray(value.shape);
}
