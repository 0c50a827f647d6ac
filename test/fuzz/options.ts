import { defaultsOf, requiredOf, sizeOf, withSeed } from '../support/draw.js';
import type { AnyLoss, Options } from '../support/losses.js';
import { samplesOf } from '../support/optionSamples.js';
import type { Random } from './random.js';
import { outerDistance } from './subjects.js';

/** Options, each by its place among the samples, from 0 to 1, or as a number between them. */
export type Picks = Readonly<Record<string, { readonly place: number } | { readonly number: number }>>;

interface Shape {
  readonly leading: readonly number[];
  readonly classes: number;
}

const sizesOf = ({ leading, classes }: Shape): { classes: number; last: number; batch: number } => ({
  classes,
  last: leading.at(-1) ?? 0,
  batch: leading[0] ?? 3,
});

/** Samples that only matter here. */
const own: Readonly<Record<string, (shape: Shape) => readonly unknown[]>> = {
  'tripletMargin.distance': () => [null, outerDistance],
  // The one that the loss was made of.
  'fenchelYoung.maxFn': () => [],
  // A few chunks, not thousands.
  'linearCrossentropy.chunkSize': ({ leading }) => [Math.max(2, Math.ceil(sizeOf(leading) / 5)), null],
};

const samples = (loss: AnyLoss, option: string, shape: Shape): readonly unknown[] =>
  own[`${loss.name}.${option}`]?.(shape) ?? samplesOf(loss.name, option, sizesOf(shape));

const someShape: Shape = { leading: [3], classes: 4 };

/** Some options of a loss; of those that are numbers, any between the samples that it accepts. */
export function pickedOptions(loss: AnyLoss, random: Random): Picks {
  const names = Object.keys(loss.definition.options).filter(() => random.chance(0.4));
  return Object.fromEntries(
    names.map((name) => {
      const number = random.chance(0.6) ? numberOf(loss, name, random) : null;
      return [name, number === null ? { place: random.number(0, 1) } : { number }];
    }),
  );
}

/** The same options with other numbers, as options have that change from step to step. */
export const changed = (loss: AnyLoss, picks: Picks, random: Random): Picks =>
  Object.fromEntries(
    Object.entries(picks).map(([name, pick]) => [
      name,
      'number' in pick ? { number: numberOf(loss, name, random) ?? pick.number } : pick,
    ]),
  );

/** A number between the samples of an option, if it takes any such. */
function numberOf(loss: AnyLoss, name: string, random: Random): number | null {
  const numbers = samples(loss, name, someShape).filter((x): x is number => Number.isFinite(x));
  const number = random.number(Math.min(...numbers), Math.max(...numbers));
  return numbers.length > 1 && accepts(loss, name, number) ? number : null;
}

const accepts = ({ definition }: AnyLoss, name: string, value: unknown): boolean =>
  definition.options[name]?.[1].accepts(value) ?? false;

/** The options that are picked, for these sizes, less those that do not go with the others. */
export function resolvedOptions(loss: AnyLoss, picks: Picks, shape: Shape): Options {
  const given = Object.entries(picks).flatMap(([name, pick]): [string, unknown][] => {
    if ('number' in pick) return [[name, pick.number]];
    const all = samples(loss, name, shape).filter((value) => fits(name, value, shape));
    return all.length === 0 ? [] : [[name, all[Math.floor(pick.place * all.length)]]];
  });
  const { check } = loss.definition;
  while (given.length > 0 && check?.({ ...defaultsOf(loss), ...Object.fromEntries(given) })) given.pop();
  const needed = requiredOf(loss, sizesOf(shape));
  return withSeed(loss, { ...needed, ...entryAxisIn(loss, shape), ...Object.fromEntries(given) });
}

/** The axis of options with one entry each, for a shape in which axis 1 and the last might both be meant. */
function entryAxisIn({ definition }: AnyLoss, { leading }: Shape): Options {
  const name = Object.keys(definition.options).find((option) => definition.options[option]?.[1].isEntryAxis);
  return name !== undefined && leading.length > 2 && leading[1] === leading.at(-1) ? { [name]: -1 } : {};
}

/** Lists of classes or axes may name one that these sizes lack. */
function fits(name: string, value: unknown, { leading, classes }: Shape): boolean {
  if (name === 'classes') return !Array.isArray(value) || value.every((index) => index < classes);
  if (name === 'axis') return [value].flat().every((axis) => typeof axis !== 'number' || axis >= -leading.length);
  return true;
}
