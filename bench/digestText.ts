import Table from 'cli-table3';
import { groups } from './case.js';
import type { Digest } from './ratios.js';
import { digits } from './table.js';

type Digests = Readonly<Record<string, Readonly<Record<string, Digest>>>>;

const compact = { head: [], border: [], compact: true };

/** Geometric means, by group of cases, and the worst cases of each backend. */
export function digestText(digests: Digests): string {
  const means = new Table({ head: ['geometric mean', 'cases', 'all', ...groups], style: compact });
  for (const [backend, subjects] of Object.entries(digests))
    for (const [subject, { cases, mean, groups: byGroup }] of Object.entries(subjects)) {
      const cells = groups.map((group) => {
        const found = byGroup.find((one) => one.group === group);
        return found ? digits(found.mean) : '–';
      });
      means.push([`${backend}, ${subject}`, cases, digits(mean), ...cells]);
    }
  const worst = Object.entries(digests).flatMap(([backend, subjects]) =>
    Object.entries(subjects).map(([subject, digest]) => {
      const lines = digest.worst.map((one) => `  ${digits(one.number).padStart(6)}  ${one.case}`);
      return `${backend}, ${subject}, the worst cases\n${lines.join('\n')}`;
    }),
  );
  return [means.toString(), ...worst].join('\n\n');
}
