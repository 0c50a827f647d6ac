/**
 * Shapes are written as `'(...),(...,C)->(...)'`: one bracket per input, then the unreduced result. `...` is
 * any number of leading axes, the same everywhere; a name is one axis, the same size everywhere; a number is
 * an axis of that size. A named axis after `...` is the class (or feature) axis, which `axis` moves. An input in square
 * brackets may lack trailing axes or have axes of size 1. Where one value is made of many entries, as in
 * `'(B,...,C),(B,...,C)->(B,...,C)->(B)'`, the shape in the middle says which entries a mask may remove.
 */
export interface Signature {
  readonly inputs: readonly Pattern[];
  /** What a mask removes. */
  readonly positions: Pattern;
  readonly output: Pattern;
}

export interface Pattern {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}

export function parseSignature(text: string): Signature {
  const parts = text.split('->');
  const [inputs = '', positions = ''] = parts;
  return {
    inputs: [...inputs.matchAll(/[([][^)\]]*[)\]]/g)].map(([bracket]) => parsePattern(bracket)),
    positions: parsePattern(positions),
    output: parsePattern(parts.at(-1) ?? ''),
  };
}

function parsePattern(text: string): Pattern {
  const names = text
    .replace(/[()[\]\s]/g, '')
    .split(',')
    .filter(Boolean);
  const dots = names.indexOf('...');
  const end = dots < 0 ? names.length : dots;
  return { text, before: names.slice(0, end), dots: dots >= 0, after: names.slice(end + 1) };
}

export const namesOf = ({ before, dots, after }: Pattern): string[] => [...before, ...(dots ? ['...'] : []), ...after];

/** The name of each axis of a tensor of this rank; those that `...` stands for are all called so. */
export function axisNames({ before, dots, after }: Pattern, rank: number): string[] {
  const free = dots ? rank - before.length - after.length : 0;
  return [...before, ...new Array<string>(free).fill('...'), ...after];
}

/** Whether a pattern is how another one begins. */
export const isPrefix = (pattern: Pattern, of: Pattern): boolean =>
  namesOf(pattern).every((name, i) => name === namesOf(of)[i]);

/** A pattern without its last axis: that of class indices. */
export const withoutLast = (pattern: Pattern): Pattern => parsePattern(`(${namesOf(pattern).slice(0, -1).join(',')})`);
