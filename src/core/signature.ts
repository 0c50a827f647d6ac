import { reshape, transpose, util, type Tensor } from '@tensorflow/tfjs-core';
import { fail, show } from './fail.js';

/**
 * Shapes are written as `'(...),(...,C)->(...)'`: one bracket per input, then the unreduced result. `...` is
 * any number of leading axes, the same everywhere; a name is one axis, the same size everywhere; a number is
 * an axis of that size. A named axis after `...` is the class (or feature) axis, which `axis` moves.
 */
export interface Signature {
  readonly inputs: readonly Pattern[];
  readonly output: Pattern;
}

interface Pattern {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}

export function parseSignature(text: string): Signature {
  const [inputs = '', output = ''] = text.split('->');
  return {
    inputs: [...inputs.matchAll(/\([^)]*\)/g)].map(([bracket]) => parsePattern(bracket)),
    output: parsePattern(output),
  };
}

function parsePattern(text: string): Pattern {
  const names = text
    .replace(/[()\s]/g, '')
    .split(',')
    .filter(Boolean);
  const dots = names.indexOf('...');
  return dots < 0
    ? { text, before: names, dots: false, after: [] }
    : { text, before: names.slice(0, dots), dots: true, after: names.slice(dots + 1) };
}

/** How the inputs are to be viewed so that the class axis is last and the leading axes agree. */
export interface Arrangement {
  /** Sizes of the named axes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The shape of the unreduced result. */
  readonly output: number[];
  /** Brings each input into the form in which a formula is written. */
  readonly views: readonly ((input: Tensor) => Tensor)[];
}

/** Fits the shapes to the signature, or throws an error that shows both. */
export function arrange(
  who: string,
  names: readonly string[],
  { inputs, output }: Signature,
  shapes: readonly (readonly number[])[],
  axis: number | readonly number[],
): Arrangement {
  const misfit = (): never =>
    fail(
      who,
      `${names.map((name, i) => `${name} has shape ${show(shapes[i])}`).join(' and ')}; expected ` +
        names.map((name, i) => `${name} ${inputs[i]?.text ?? ''}`).join(', ') +
        (axis === -1 ? '' : ` with the class axis at ${show(axis)}`),
    );
  const moved = shapes.map((shape, i) => (hasClassAxis(inputs[i]) ? (toLast(shape, axis) ?? misfit()) : keep(shape)));

  const last = inputs.length - 1;
  const sizes = new Map<string, number>();
  const leading = leadingOf(inputs[last], moved[last]?.shape ?? [], sizes) ?? misfit();
  const views = moved.map(({ shape, view }, i) => {
    const pattern = inputs[i];
    for (const candidate of [shape, ...withUnitAxis(shape, shapes[last] ?? [], leading, pattern, axis)]) {
      const own = leadingOf(pattern, candidate, new Map(sizes));
      if (!own || !util.arraysEqual(own, leading)) continue;
      leadingOf(pattern, candidate, sizes);
      return candidate === shape ? view : (input: Tensor): Tensor => reshape(view(input), [...candidate]);
    }
    return misfit();
  });
  const named = (name: string): number => sizes.get(name) ?? misfit();
  return {
    sizes,
    views,
    output: [...output.before.map(named), ...(output.dots ? leading : []), ...output.after.map(named)],
  };
}

interface Moved {
  readonly shape: readonly number[];
  readonly view: (input: Tensor) => Tensor;
}

const hasClassAxis = (pattern: Pattern | undefined): boolean => pattern?.dots === true && pattern.after.length === 1;
const keep = (shape: readonly number[]): Moved => ({ shape, view: (input) => input });

const fromStart = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** Moves the given axes to the end, in their order, and joins them into one. */
function toLast(shape: readonly number[], axis: number | readonly number[]): Moved | undefined {
  const rank = shape.length;
  const chosen = [axis].flat().map((a) => fromStart(a, rank));
  if (chosen.some((a) => a < 0 || a >= rank) || new Set(chosen).size < chosen.length) return undefined;
  if (chosen.length === 1 && chosen[0] === rank - 1) return keep(shape);
  const rest = shape.map((_, i) => i).filter((i) => !chosen.includes(i));
  const joined = [...rest.map((i) => shape[i] ?? 1), chosen.reduce((size, i) => size * (shape[i] ?? 1), 1)];
  return { shape: joined, view: (input) => reshape(transpose(input, [...rest, ...chosen]), joined) };
}

/** Reads the named sizes off a shape (or compares them with `sizes`); returns what `...` stands for. */
function leadingOf(
  pattern: Pattern | undefined,
  shape: readonly number[],
  sizes: Map<string, number>,
): number[] | undefined {
  if (!pattern) return undefined;
  const { before, dots, after } = pattern;
  const free = shape.length - before.length - after.length;
  if (free < 0 || (!dots && free > 0)) return undefined;
  const named: [string, number | undefined][] = [
    ...before.map((name, i): [string, number | undefined] => [name, shape[i]]),
    ...after.map((name, i): [string, number | undefined] => [name, shape[before.length + free + i]]),
  ];
  for (const [name, size] of named) {
    const known = /^\d+$/.test(name) ? Number(name) : sizes.get(name);
    if (size === undefined || (known !== undefined && known !== size)) return undefined;
    sizes.set(name, size);
  }
  return shape.slice(before.length, before.length + free);
}

/**
 * Labels may have or lack an axis of size 1 where that cannot be misread, as in Keras: `[batch]` for
 * predictions `[batch, 1]`, and class indices `[batch, 1]` for predictions `[batch, classes]`.
 */
function withUnitAxis(
  shape: readonly number[],
  predictions: readonly number[],
  leading: readonly number[],
  pattern: Pattern | undefined,
  axis: number | readonly number[],
): (readonly number[])[] {
  if (!pattern || pattern.before.length + pattern.after.length > 0) return [];
  const candidates: (readonly number[])[] = [];
  if (util.arraysEqual([...shape, 1], [...leading])) candidates.push([...shape, 1]);
  if (shape.at(-1) === 1) candidates.push(shape.slice(0, -1));
  const hasRankOfPredictions = typeof axis === 'number' && shape.length === predictions.length;
  const classAxis = hasRankOfPredictions ? fromStart(axis, shape.length) : -1;
  if (shape[classAxis] === 1) candidates.push(shape.filter((_, i) => i !== classAxis));
  return candidates;
}
