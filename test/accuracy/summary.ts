import type { Measured } from './measure.js';

/** The worst errors in units, and how many outputs have vanished or are not finite. */
export interface Summary {
  readonly typicalValue: number;
  readonly typicalGradient: number;
  readonly extremeValue: number;
  readonly extremeGradient: number;
  readonly vanished: number;
  readonly notFinite: number;
}

export type Field = keyof Summary;

/** What every loss is to keep: above that a better algorithm exists. */
export const LIMITS: Summary = {
  typicalValue: 4,
  typicalGradient: 4,
  extremeValue: 16,
  extremeGradient: 16,
  vanished: 0,
  notFinite: 0,
};

export const FIELDS = Object.keys(LIMITS) as readonly Field[];

/** A summary of which each field is made by itself. */
export const summaryBy = (of: (field: Field) => number): Summary =>
  Object.fromEntries(FIELDS.map((field) => [field, of(field)])) as unknown as Summary;

export const isCount = (field: Field): boolean => field === 'vanished' || field === 'notFinite';

export function summaryOf(measured: readonly Measured[]): Summary {
  const worst = (isExtreme: boolean, isGradient: boolean): number =>
    measured
      .filter((one) => one.isExtreme === isExtreme && one.isGradient === isGradient)
      .reduce((most, { verdict }) => Math.max(most, verdict.kind === 'error' ? verdict.units : 0), 0);
  const count = (kind: string): number => measured.filter(({ verdict }) => verdict.kind === kind).length;
  return {
    typicalValue: worst(false, false),
    typicalGradient: worst(false, true),
    extremeValue: worst(true, false),
    extremeGradient: worst(true, true),
    vanished: count('vanished'),
    notFinite: count('notFinite'),
  };
}

/** The summary of several variants together. */
export const worstOf = (summaries: readonly Summary[]): Summary =>
  summaryBy((field) => {
    const numbers = summaries.map((summary) => summary[field]);
    return isCount(field) ? numbers.reduce((sum, count) => sum + count, 0) : Math.max(...numbers);
  });

export const isWithinLimits = (summary: Summary): boolean => FIELDS.every((field) => summary[field] <= LIMITS[field]);

/** How bad it is, for putting the worst first: not finite, then vanished, then by units. */
const badness = ({ verdict }: Measured): number =>
  verdict.kind === 'error' ? verdict.units : verdict.kind === 'vanished' ? 1e300 : Infinity;

/** The worst outputs, of those above 1 unit: half of them typical ones where both classes have some. */
export function worstPoints(measured: readonly Measured[], count: number): Measured[] {
  const of = (isExtreme: boolean): Measured[] =>
    measured.filter((one) => one.isExtreme === isExtreme && badness(one) > 1).sort((a, b) => badness(b) - badness(a));
  const [typical, extreme] = [of(false), of(true)];
  const half = Math.min(typical.length, Math.max(Math.ceil(count / 2), count - extreme.length));
  return [...typical.slice(0, half), ...extreme.slice(0, count - half)];
}
