/** Throws the one kind of error this package throws: who complains, about what, and what was expected. */
export function fail(who: string, complaint: string): never {
  throw new Error(`${cut(who)}: ${complaint}`);
}

/** Characters of a text, and entries of a list, that an error message shows. */
const LONGEST = 60;
const MOST = 8;

/** A text as an error message shows it: its beginning, where it is long. */
export const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Names as an error message lists them. */
export const listed = (names: readonly string[]): string =>
  names
    .slice(0, 2 * MOST)
    .map(cut)
    .join(', ') + (names.length > 2 * MOST ? ', …' : '');

/** A value as an error message shows it: short, and recognisable to who passed it. */
export function show(value: unknown): string {
  try {
    const shown = showAll(value);
    return shown.length > 4 * LONGEST ? `${shown.slice(0, 4 * LONGEST)}…` : shown;
  } catch {
    return 'something that cannot be read';
  }
}

function showAll(value: unknown): string {
  if (typeof value === 'string') return cut(JSON.stringify(value));
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return showArray(value);
  if (value === null || typeof value !== 'object') return cut(String(value)) + (typeof value === 'bigint' ? 'n' : '');
  if (isTensorShaped(value)) return `a tensor of shape ${show(value.shape)}`;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return kind === 'Object' ? 'an object' : `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${cut(kind)}`;
}

const showArray = (array: readonly unknown[]): string =>
  // Arrays in arrays may hold themselves.
  `[${array
    .slice(0, MOST)
    .map((entry) => (Array.isArray(entry) && entry.some(Array.isArray) ? '[…]' : show(entry)))
    .join()}${array.length > MOST ? ',…' : ''}]`;

function isTensorShaped(value: object): value is { shape: readonly number[] } {
  return 'shape' in value && Array.isArray(value.shape) && value.shape.every((size) => typeof size === 'number');
}
