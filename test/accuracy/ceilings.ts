import { FIELDS, isCount, LIMITS, type Summary, summaryBy } from './summary.js';

/**
 * What a variant may come to where it does not keep the limits yet: by its name, then by backend and kernels. Everything
 * else is to keep them.
 */
export type Ceilings = Readonly<Record<string, OfVariant>>;

type OfVariant = Readonly<Record<string, Partial<Summary>>>;

/** A backend with kernels or without, as records name it. */
export const howOf = (backend: string, areKernelsOn: boolean): string =>
  `${backend}, kernels ${areKernelsOn ? 'on' : 'off'}`;

/** What of a summary is above the limits, rounded up; null: nothing. */
export function ceilingOf(summary: Summary): Partial<Summary> | null {
  const above = FIELDS.filter((field) => summary[field] > LIMITS[field]);
  if (above.length === 0) return null;
  return Object.fromEntries(above.map((field) => [field, isCount(field) ? summary[field] : roundedUp(summary[field])]));
}

/** To a number of few digits, so that a processor that rounds otherwise is within it too. */
function roundedUp(units: number): number {
  const power = 10 ** Math.floor(Math.log10(units));
  const steps = [1, 1.5, 2, 3, 5, 7, 10].map((step) => Number((step * power).toPrecision(2)));
  return steps.find((step) => step >= units) as number;
}

/** What of a summary is above its ceiling, in words. */
export function complaintsOf(ceilings: Ceilings, variant: string, how: string, summary: Summary): string[] {
  const recorded = ceilings[variant]?.[how] ?? {};
  const ceiling = summaryBy((field) => recorded[field] ?? LIMITS[field]);
  return FIELDS.filter((field) => summary[field] > ceiling[field]).map(
    (field) => `${variant}, ${how}: ${field} ${Number(summary[field].toPrecision(3))}, at most ${ceiling[field]}`,
  );
}

/** Ceilings with what has been measured in place of what was known of it. */
export function withMeasured(ceilings: Ceilings, how: string, summaries: Readonly<Record<string, Summary>>): Ceilings {
  const changed = Object.entries(summaries).map(([variant, summary]): [string, OfVariant] => {
    const ceiling = ceilingOf(summary);
    const others = Object.entries(ceilings[variant] ?? {}).filter(([name]) => name !== how);
    return [variant, Object.fromEntries([...others, ...(ceiling ? [[how, ceiling] as const] : [])])];
  });
  return Object.fromEntries(changed.filter(([, ofVariant]) => Object.keys(ofVariant).length > 0));
}
