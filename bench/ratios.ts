import { contenderNames, groups as sizes, type Group } from './case.js';
import type { Measurement } from './runCase.js';
import { geometricMean, summary } from './statistics.js';
import { groups } from './table.js';

/** What one case says of this package: a quotient with another contender, or a number of its own. */
export interface Finding {
  readonly backend: string;
  readonly case: string;
  readonly group: Group | null;
  readonly number: number;
}

const { ours, pytorch, tensorflow, jax, tfLosses, layers } = contenderNames;

/** Who does the same as this package, and can be compared with it over all cases. */
export const rivals: readonly string[] = [pytorch, jax, tensorflow, tfLosses, layers];

/** Which cases are looked at: the value with its gradient. */
const casesOf = (measurements: readonly Measurement[]): readonly (readonly Measurement[])[] =>
  groups(measurements).filter(([first]) => first?.kind === 'gradient');

function found(
  measurements: readonly Measurement[],
  number: (own: Measurement, all: readonly Measurement[]) => number | null | undefined,
): readonly Finding[] {
  return casesOf(measurements).flatMap((all) => {
    const own = all.find(({ contender }) => contender === ours);
    const value = own && number(own, all);
    return !own || value == null ? [] : [{ backend: own.backend, case: own.case, group: own.group, number: value }];
  });
}

const medianOf = ({ times }: Measurement): number => summary(times).median;

/** Times of this package by those of another contender. */
export const ratiosTo = (measurements: readonly Measurement[], against: string): readonly Finding[] =>
  found(measurements, (own, all) => {
    const theirs = all.find(({ contender }) => contender === against);
    return theirs && medianOf(own) / medianOf(theirs);
  });

/** Milliseconds of the first call of a kind, in a process in which another loss has been called. */
export const firstCalls = (measurements: readonly Measurement[]): readonly Finding[] =>
  found(measurements, ({ first }) => first);

/** Most bytes of tensors by those that PyTorch needs at least. */
export const memoryShares = (measurements: readonly Measurement[]): readonly Finding[] =>
  found(measurements, ({ memory }) => memory);

/** A few numbers for many findings. */
export interface Digest {
  readonly cases: number;
  readonly mean: number;
  readonly groups: readonly { readonly group: Group; readonly cases: number; readonly mean: number }[];
  readonly worst: readonly { readonly case: string; readonly number: number }[];
}

const SHOWN = 10;

/** Geometric means over all and by group, and the worst cases, of one backend. */
export function digest(findings: readonly Finding[], backend: string): Digest | null {
  const own = findings.filter((one) => one.backend === backend);
  if (own.length === 0) return null;
  const meanOf = (some: readonly Finding[]): { cases: number; mean: number } => ({
    cases: some.length,
    mean: geometricMean(some.map(({ number }) => number)),
  });
  const byGroup = sizes.map((group) => ({ group, ...meanOf(own.filter((one) => one.group === group)) }));
  const worst = [...own].sort((a, b) => b.number - a.number).slice(0, SHOWN);
  return {
    ...meanOf(own),
    groups: byGroup.filter(({ cases }) => cases > 0),
    worst: worst.map(({ case: name, number }) => ({ case: name, number })),
  };
}

/** What is worth a digest: times by those of others, first calls and memory. */
export function subjects(measurements: readonly Measurement[]): readonly (readonly [string, readonly Finding[]])[] {
  return [
    ...rivals.map((rival) => [`time ÷ ${rival}`, ratiosTo(measurements, rival)] as const),
    ['ms of a first call', firstCalls(measurements)],
    ['peak bytes ÷ least', memoryShares(measurements)],
  ];
}

/** A digest for each backend and subject. */
export function digests(
  measurements: readonly Measurement[],
): Readonly<Record<string, Readonly<Record<string, Digest>>>> {
  const backends = [...new Set(measurements.map(({ backend }) => backend))];
  const all = subjects(measurements);
  return Object.fromEntries(
    backends.map((backend) => [
      backend,
      Object.fromEntries(
        all.flatMap(([subject, findings]) => {
          const found = digest(findings, backend);
          return found ? [[subject, found] as const] : [];
        }),
      ),
    ]),
  );
}
