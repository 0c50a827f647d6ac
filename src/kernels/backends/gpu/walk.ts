import type { Language, Team } from './language.js';

export interface Accumulated {
  readonly name: string;
  readonly op: 'sum' | 'largest';
  readonly value: string;
}

/** What is walked along: from one index to before another. */
export interface Way {
  readonly index: string;
  readonly from: string;
  readonly to: string;
}

/** Long sums lose digits: so many are summed up at a time, and what their sum loses in the whole is added at the end. */
const BLOCK = 16;

/** A loop that leaves variables with sums and maxima. */
export function walk(
  { declare, number }: Language,
  { size, lane, together }: Team,
  { index, from, to }: Way,
  lines: readonly string[],
  accumulated: readonly Accumulated[],
): string[] {
  const [block, end] = [`${index}Block`, `${index}End`];
  const sums = accumulated.filter(({ op }) => op === 'sum');
  return [
    ...accumulated.map(({ name, op }) => declare('float', name, number(op === 'sum' ? 0 : -Infinity))),
    ...sums.map(({ name }) => declare('float', `${name}Lost`, number(0))),
    `for (${declare('int', block, from)} ${block} < ${to}; ${block} += ${BLOCK * size}) {`,
    ...sums.map(({ name }) => declare('float', `${name}Part`, number(0))),
    declare('int', end, `min(${block} + ${BLOCK * size}, ${to})`),
    `for (${declare('int', index, `${block} + ${lane}`)} ${index} < ${end}; ${index} += ${size}) {`,
    ...lines,
    ...accumulated.map(({ name, op, value }) =>
      op === 'sum' ? `${name}Part += rounded(${value});` : `${name} = larger(${name}, ${value});`,
    ),
    `}`,
    ...sums.flatMap(({ name }) => [`${name}Lost += lost(${name}, ${name}Part);`, `${name} += ${name}Part;`]),
    `}`,
    ...sums.map(({ name }) => `${name} += ${name}Lost;`),
    ...(size > 1 ? accumulated.map(({ name, op }) => `${name} = ${together(op, name)};`) : []),
  ];
}
