import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassAxis, View } from '../definition/classAxis.js';
import type { IndexReading } from '../definition/definition.js';
import { fail, show } from '../definition/fail.js';
import { namesOf, type Pattern, type Signature } from '../definition/signature.js';
import { reshape, util } from '../tfjs/ops.js';

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
  /** Sizes of the axes that options bring. */
  readonly brought?: ReadonlyMap<string, number> | undefined;
  /** The class axis, if an option names one; otherwise it is the last. */
  readonly classAxis: ClassAxis | undefined;
  /** Labels may be class indices instead of one number per class, see `Definition`. */
  readonly takesIndices: IndexReading | undefined;
  /** How inputs in brackets are repeated. */
  readonly broadcast?:
    ((shape: readonly number[], to: number[]) => ((input: Tensor) => Tensor) | undefined) | undefined;
  /** The type of the labels is that of integers. */
  readonly areIntegers: boolean;
}

/** Fits the shapes to the signature, or throws an error that shows both. */
export function arrange(
  who: string,
  { inputs, positions, output }: Signature,
  { names, shapes, brought, classAxis, takesIndices, broadcast, areIntegers }: ShapeRequest,
): Arrangement {
  const labels = inputs[0] as Pattern;
  const misfit = (): never =>
    fail(
      who,
      `${names.map((name, i) => `${name} has shape ${show(shapes[i])}`).join(' and ')}; expected ` +
        names.map((name, i) => `${name} ${inputs[i]?.text ?? ''}`).join(', ') +
        (takesIndices ? ` or class indices ${takesIndices.pattern(labels).text}` : '') +
        (classAxis?.told ?? ''),
    );
  const move = (shape: readonly number[], pattern: Pattern): View | undefined =>
    classAxis && pattern.dots && pattern.after.length === 1
      ? classAxis.atEnd(shape)
      : { shape, view: (input) => input };

  // Sizes are read off the predictions: the last input, but for one that broadcasts or has axes of its own.
  const measured = inputs.map((pattern, i) => (pattern.dots && !mayBroadcast(pattern) ? i : -1));
  const last = Math.max(...measured) < 0 ? inputs.length - 1 : Math.max(...measured);
  const sizes = new Map(brought);
  const measure = inputs[last] as Pattern;
  const { shape: own } = move(shapes[last] ?? [], measure) ?? misfit();
  // One number for each example may come in a row of its own, as from a dense layer.
  const leading = leadingOf(measure, own, sizes) ?? leadingOf(measure, own.slice(0, -1), sizes) ?? misfit();
  const sized = (pattern: Pattern): number[] => {
    const named = (name: string): number => sizes.get(name) ?? misfit();
    return [...pattern.before.map(named), ...(pattern.dots ? leading : []), ...pattern.after.map(named)];
  };

  const fit = (i: number, pattern: Pattern): ((input: Tensor) => Tensor) | undefined => {
    const given = shapes[i] ?? [];
    if (mayBroadcast(pattern)) return broadcast?.(given, sized(pattern));
    const moved = move(given, pattern);
    if (!moved) return undefined;
    const { shape, view } = moved;
    const full = namesOf(pattern).every((name) => name === '...' || sizes.has(name)) ? sized(pattern) : [];
    const leftOut = shape.length === shapes[last]?.length ? classAxis?.leftOut(shape) : undefined;
    for (const candidate of [shape, ...withUnitAxis(shape, full, pattern, leftOut)]) {
      const own = leadingOf(pattern, candidate, new Map(sizes));
      if (!own || (pattern.dots && !util.arraysEqual(own, leading))) continue;
      leadingOf(pattern, candidate, sizes);
      return candidate === shape ? view : (input: Tensor): Tensor => reshape(view(input), [...candidate]);
    }
    return undefined;
  };

  const views = inputs.map((pattern, i) => fit(i, pattern));
  const indices = takesIndices?.view({
    areFitting: views[0] !== undefined,
    areIntegers,
    isSingle: sizes.get('C') === 1,
    asIndices: () => fit(0, takesIndices.pattern(labels)),
    whole: () => sized(labels),
  });
  return {
    sizes,
    isSparse: indices?.isSparse === true,
    views: views.map((view, i) => (i === 0 ? indices?.view : undefined) ?? view ?? misfit()),
    positions: sized(positions),
    toPositions: (mask) =>
      mask.rank === shapes[last]?.length ? (move(mask.shape, positions) ?? misfit()).view(mask) : mask,
    output: sized(output),
  };
}

const mayBroadcast = (pattern: Pattern): boolean => pattern.text.startsWith('[');

/** Reads the named sizes off a shape (or compares them with `sizes`); returns what `...` stands for. */
function leadingOf(
  { before, dots, after }: Pattern,
  shape: readonly number[],
  sizes: Map<string, number>,
): number[] | undefined {
  const free = shape.length - before.length - after.length;
  if (free < 0 || (!dots && free > 0)) return undefined;
  const leading = shape.slice(before.length, before.length + free);
  const ends = [...shape.slice(0, before.length), ...shape.slice(before.length + free)];
  for (const [i, name] of [...before, ...after].entries()) {
    const size = ends[i] as number;
    const known = /^\d+$/.test(name) ? Number(name) : sizes.get(name);
    if (known !== undefined && known !== size) return undefined;
    sizes.set(name, size);
  }
  return leading;
}

/**
 * Labels may have or lack an axis of size 1 where that cannot be misread, as in Keras: `[batch]` for
 * predictions `[batch, 1]`, and class indices `[batch, 1]` for predictions `[batch, classes]`.
 */
function withUnitAxis(
  shape: readonly number[],
  full: readonly number[],
  { after }: Pattern,
  leftOut: readonly number[] | undefined,
): (readonly number[])[] {
  if (after.length > 0) return [];
  const candidates: (readonly number[])[] = [];
  if (util.arraysEqual([...shape, 1], [...full])) candidates.push([...shape, 1]);
  if (shape.at(-1) === 1) candidates.push(shape.slice(0, -1));
  if (leftOut) candidates.push(leftOut);
  return candidates;
}
