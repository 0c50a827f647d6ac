import { type Found, percent, short } from './finding.js';
import { countOf, type Values } from './values.js';

/** What is wrong with weights of examples, before anything is multiplied by them. */
export function weightFindings(name: string, { values }: Pick<Values, 'values'>): Found[] {
  const count = values.length;
  if (count === 0) return [];
  const odd = countOf({ values }, (x) => !(x >= 0 && x < Infinity));
  const numbers = Array.from(values);
  const sum = numbers.reduce((total, x) => total + x, 0);
  if (odd > 0) {
    return [
      {
        code: 'weights-negative',
        where: {},
        seen: `${odd} of ${count} numbers of ${name} are below 0 or not finite, the least ${short(Math.min(...numbers))}.`,
        why: 'A loss that weighs less than 0 is made as large as it can.',
        change: `${name}: weights.relu(), // none below 0`,
      },
    ];
  }
  const counting = countOf({ values }, (x) => x > 0);
  const seen = `${counting} of ${count} numbers of ${name} are more than 0 (${percent(counting / count)}); their sum is ${short(sum)}.`;
  if (counting === 0) {
    return [
      {
        code: 'weights-all-zero',
        where: {},
        seen,
        why: 'Nothing counts: the loss is 0, and so is its gradient.',
        change: `// leave out ${name}, or give 1 to what is to count`,
      },
    ];
  }
  if (counting / count > 0.05 || count < 20) return [];
  return [
    {
      code: 'few-count',
      where: {},
      seen,
      why: 'The mean is over all examples: the few that count have a small gradient, from step to step by chance.',
      change: `// train on those that count: tf.booleanMaskAsync(xs, mask), without ${name}`,
    },
  ];
}

/** What is wrong with weights of classes, for classes that occur so often. */
export function classWeightFindings(
  output: string,
  weights: Readonly<Record<string, number>>,
  counts: readonly number[] | null,
): Found[] {
  const where = { output };
  const odd = Object.entries(weights).filter(([, weight]) => !(weight >= 0 && weight < Infinity));
  if (odd.length > 0) {
    return [
      {
        code: 'weights-negative',
        where,
        seen: `The weights of classes are ${shown(weights)}.`,
        why: 'A class that weighs less than 0, or no number, spoils the loss.',
        change: `classWeight: { ${Object.keys(weights)
          .map((index) => `${index}: 1`)
          .join(', ')} },`,
      },
    ];
  }
  const present = (counts ?? []).flatMap((n, index) => (n > 0 ? [index] : []));
  if (present.length === 0 || present.some((index) => (weights[index] ?? 1) > 0)) return [];
  return [
    {
      code: 'weights-all-zero',
      where,
      seen: `The weights of classes are ${shown(weights)}, and the labels here are of class ${present.join(', ')}.`,
      why: 'Nothing counts: the loss is 0, and so is its gradient.',
      change: `classWeight: { ${present.map((index) => `${index}: 1`).join(', ')} },`,
    },
  ];
}

const shown = (weights: Readonly<Record<string, number>>): string =>
  `{ ${Object.entries(weights)
    .slice(0, 8)
    .map((entry) => entry.join(': '))
    .join(', ')} }`;

/** What is wrong with the share of positions that a mask of layers, or ignored labels, let count. */
export function countingFindings(output: string, what: string, counting: number, all: number): Found[] {
  if (all === 0 || counting / all > 0.02) return [];
  const where = { output };
  const seen = `${counting} of ${all} positions count by ${what}.`;
  if (counting === 0) {
    return [
      {
        code: 'nothing-counts',
        where,
        seen,
        why: 'The loss of nothing is 0, and so is its gradient.',
        change: `// look at ${what}: which value marks what is not to count?`,
      },
    ];
  }
  return [
    {
      code: 'few-count',
      where,
      seen,
      why: 'The gradient is that of these few, from step to step by chance.',
      change: `// shorter sequences or larger batches: .padTo less, .batch(128)`,
    },
  ];
}
