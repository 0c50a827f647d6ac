import { reshape, type Tensor, util } from '@tensorflow/tfjs-core';
import { fail, show } from '../definition/fail.js';
import { namesOf, type Pattern, type Signature, withoutLast } from '../definition/signature.js';
import { transpose } from '../numerics/portable.js';
import { stretch } from '../numerics/sum.js';

/** How the inputs are to be viewed so that the class axis is last and the leading axes agree. */
export interface Arrangement {
  /** Sizes of the named axes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The shape of what a mask removes. */
  readonly positions: number[];
  /** The shape of the unreduced result. */
  readonly output: number[];
  /** Whether the labels came as class indices, without the class axis that the signature has. */
  readonly isSparse: boolean;
  /** Brings a mask, or weights of entries, into the order of axes of `positions`. */
  readonly toPositions: (mask: Tensor) => Tensor;
  /** Brings each input into the form in which a formula is written. */
  readonly views: readonly ((input: Tensor) => Tensor)[];
}

export interface ShapeRequest {
  readonly names: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly axis: number | readonly number[];
  /** Labels may be class indices instead of one number per class, see `Definition`. */
  readonly takesIndices: 'classes' | 'masks' | null;
  /** Labels are integers: where they can be read both ways, they are indices. */
  readonly hasIntegers: boolean;
}

/** Fits the shapes to the signature, or throws an error that shows both. */
export function arrange(
  who: string,
  { inputs, positions, output }: Signature,
  { names, shapes, axis, takesIndices, hasIntegers }: ShapeRequest,
): Arrangement {
  const misfit = (): never =>
    fail(
      who,
      `${names.map((name, i) => `${name} has shape ${show(shapes[i])}`).join(' and ')}; expected ` +
        names.map((name, i) => `${name} ${inputs[i]?.text ?? ''}`).join(', ') +
        (takesIndices ? ` or class indices ${inputs[0] ? withoutLast(inputs[0]).text : ''}` : '') +
        (axis === -1 ? '' : ` with the class axis at ${show(axis)}`),
    );
  const move = (shape: readonly number[], pattern: Pattern | undefined): Moved | undefined =>
    hasClassAxis(pattern) ? toLast(shape, axis) : keep(shape);

  // Sizes are read off the predictions: the last input, but for one that broadcasts or has axes of its own.
  const measured = inputs.map((pattern, i) => (pattern.dots && !mayBroadcast(pattern) ? i : -1));
  const last = Math.max(...measured) < 0 ? inputs.length - 1 : Math.max(...measured);
  const sizes = new Map<string, number>();
  const leading =
    leadingOf(inputs[last], (move(shapes[last] ?? [], inputs[last]) ?? misfit()).shape, sizes) ?? misfit();
  const sized = (pattern: Pattern): number[] => {
    const named = (name: string): number => sizes.get(name) ?? misfit();
    return [...pattern.before.map(named), ...(pattern.dots ? leading : []), ...pattern.after.map(named)];
  };

  const fit = (i: number, pattern: Pattern): ((input: Tensor) => Tensor) | undefined => {
    const given = shapes[i] ?? [];
    if (mayBroadcast(pattern)) return broadcast(given, sized(pattern));
    const moved = move(given, pattern);
    if (!moved) return undefined;
    const { shape, view } = moved;
    const full = namesOf(pattern).every((name) => name === '...' || sizes.has(name)) ? sized(pattern) : [];
    for (const candidate of [shape, ...withUnitAxis(shape, shapes[last] ?? [], full, pattern, axis)]) {
      const own = leadingOf(pattern, candidate, new Map(sizes));
      if (!own || (pattern.dots && !util.arraysEqual(own, leading))) continue;
      leadingOf(pattern, candidate, sizes);
      return candidate === shape ? view : (input: Tensor): Tensor => reshape(view(input), [...candidate]);
    }
    return undefined;
  };
  const fitIndices = (): ((input: Tensor) => Tensor) | undefined =>
    takesIndices !== null && inputs[0] ? fit(0, withoutLast(inputs[0])) : undefined;

  const views = inputs.map((pattern, i) => fit(i, pattern) ?? null);
  const isSingle = sizes.get('C') === 1;
  const mayBeBoth = isSingle && hasIntegers && takesIndices === 'classes';
  const indices = views[0] === null || mayBeBoth ? fitIndices() : undefined;
  // Masks of a single class lack an axis of size 1.
  const isSparse = indices !== undefined && !(isSingle && takesIndices === 'masks');
  const first = indices && !isSparse ? (x: Tensor): Tensor => reshape(x, sized(inputs[0] as Pattern)) : indices;
  return {
    sizes,
    isSparse,
    views: views.map((view, i) => (i === 0 ? first : undefined) ?? view ?? misfit()),
    positions: sized(positions),
    toPositions: (mask) =>
      mask.rank === shapes[last]?.length ? (move(mask.shape, positions) ?? misfit()).view(mask) : mask,
    output: sized(output),
  };
}

interface Moved {
  readonly shape: readonly number[];
  readonly view: (input: Tensor) => Tensor;
}

const mayBroadcast = (pattern: Pattern): boolean => pattern.text.startsWith('[');

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

/** Stretches an input over trailing axes that it lacks and over axes of size 1. */
function broadcast(shape: readonly number[], to: number[]): ((input: Tensor) => Tensor) | undefined {
  if (shape.length > to.length || !shape.every((size, i) => size === 1 || size === to[i])) return undefined;
  if (util.arraysEqual([...shape], to)) return (input) => input;
  const padded = to.map((_, i) => shape[i] ?? 1);
  return (input) => stretch(reshape(input, padded), to);
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
  full: readonly number[],
  pattern: Pattern,
  axis: number | readonly number[],
): (readonly number[])[] {
  if (pattern.after.length > 0) return [];
  const candidates: (readonly number[])[] = [];
  if (util.arraysEqual([...shape, 1], [...full])) candidates.push([...shape, 1]);
  if (shape.at(-1) === 1) candidates.push(shape.slice(0, -1));
  const hasRankOfPredictions = typeof axis === 'number' && shape.length === predictions.length;
  const classAxis = hasRankOfPredictions ? fromStart(axis, shape.length) : -1;
  if (shape[classAxis] === 1) candidates.push(shape.filter((_, i) => i !== classAxis));
  return candidates;
}
