import { measure, type Measured } from './measure.js';
import type { Variant } from './points.js';
import { type Summary, summaryOf, worstPoints } from './summary.js';

/** How accurate a variant is, and the worst of its points in words. */
export interface Report {
  readonly summary: Summary;
  readonly worst: readonly string[];
}

/** On the backend in use. `worst` says how many points are described. */
export async function reportOf(variant: Variant, areKernelsOn: boolean, worst: number): Promise<Report> {
  const measured = await measure(variant, areKernelsOn);
  return { summary: summaryOf(measured), worst: worstPoints(measured, worst).map(described) };
}

export const rounded = (units: number): string =>
  units === 0 ? '' : units < 1000 ? units.toFixed(1) : units.toExponential(0).replace('+', '');

function described({ verdict, isExtreme, output, ours, exact, unit, inputs }: Measured): string {
  const how = verdict.kind === 'error' ? `${rounded(verdict.units)} units` : verdict.kind;
  const numbers = inputs();
  const where = numbers
    ? Object.entries(numbers).map(([name, of]) => `${name} [${of.map((x) => Number(x.toPrecision(9))).join(', ')}]`)
    : ['a long row'];
  return [
    `  ${isExtreme ? 'extreme' : 'typical'} ${output}: ${how}`,
    `    ours ${ours}, exact ${Number(exact.toPrecision(10))}, unit ${unit.toPrecision(3)}`,
    `    ${where.join('; ')}`,
  ].join('\n');
}
