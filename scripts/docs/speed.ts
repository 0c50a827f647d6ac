import { contenderNames, groups, type Group } from '../../bench/case.js';
import { msOf, readRecorded, type RecordedCase } from '../../bench/record.js';
import type { Digest } from '../../bench/ratios.js';
import { digits } from '../../bench/table.js';
import { header, row } from './cells.js';
import { families } from './families.js';

const { tfLosses, pytorch, jax } = contenderNames;

const record = readRecorded();

const backends = Object.keys(record.digests);

const number = (x: number | undefined): string => (x === undefined ? '–' : digits(x));

/** On what it was measured, and when. */
function where(): string {
  const { when, cpu, cores, node, tfjs } = record;
  const peers = [
    ['PyTorch', record.pytorch],
    ['JAX', record.jax],
  ].flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`]));
  const versions = [`Node ${node.slice(1)}`, `TensorFlow.js ${tfjs}`, ...peers].join(', ');
  return `${cores} virtual cores (${cpu}), ${versions}; ${when.slice(0, 10)}.`;
}

/** Geometric means over all cases and by group. */
function means(): string {
  const rows = backends.flatMap((backend) =>
    Object.entries(record.digests[backend] ?? {}).map(([subject, { cases, mean, groups: byGroup }]) => {
      const cells = groups.map((group) => number(byGroup.find((one) => one.group === group)?.mean));
      return row([`${backend}, ${subject}`, String(cases), `**${digits(mean)}**`, ...cells]);
    }),
  );
  return [header(['geometric mean', 'cases', 'all', ...groups]), ...rows].join('\n');
}

/** How long value and gradient take on the backends of every machine, beside those that compute the same. */
export function speedSentence(
  say: (facts: Readonly<Record<'cases' | 'wasm' | 'cpu' | 'worst', string>>) => string,
): string {
  const digestOf = (backend: string, subject: string): Digest => {
    const found = record.digests[backend]?.[subject];
    if (!found) throw new Error(`docs/speed.json has no "${subject}" on ${backend}`);
    return found;
  };
  const [wasm, cpu] = ['wasm', 'cpu'].map((backend) => digestOf(backend, `time ÷ ${pytorch}`)) as [Digest, Digest];
  const beside = ['wasm', 'cpu'].flatMap((backend) => digestOf(backend, `time ÷ ${tfLosses}`).worst);
  return say({
    cases: String(wasm.cases),
    wasm: digits(wasm.mean),
    cpu: digits(cpu.mean),
    worst: digits(Math.max(...beside.map(({ number: ratio }) => ratio))),
  });
}

/** The cases in which this package is slowest beside PyTorch, and those that take most. */
function worst(): string {
  const subjects = [`time ÷ ${pytorch}`, 'ms of a first call', 'peak bytes ÷ least'];
  const lines = backends.flatMap((backend) =>
    subjects.flatMap((subject) => {
      const found = record.digests[backend]?.[subject];
      if (!found) return [];
      const cases = found.worst.map((one) => `${one.case} ${digits(one.number)}`).join('; ');
      return [`- ${backend}, ${subject}: ${cases}`];
    }),
  );
  return lines.join('\n');
}

const ofGradient = record.cases.filter(({ kind }) => kind === 'gradient');

const at = (name: string, backend: string): RecordedCase | undefined =>
  ofGradient.find((one) => one.case === name && one.backend === backend);

/** Milliseconds of another contender, in the run on wasm if there was one. */
function beside(name: string, contender: string): string {
  const places = ['wasm', ...backends].flatMap((backend) => at(name, backend) ?? []);
  return number(places.map((one) => msOf(one, contender)).find((ms) => ms !== undefined));
}

/** The cases of bench/cases.ts. */
function cases(): string {
  const names = [...new Set(ofGradient.filter(({ group }) => !group).map((one) => one.case))];
  const head = [
    'ms of value and gradient',
    ...backends,
    ...backends.map((one) => `tf.losses, ${one}`),
    'PyTorch',
    'JAX',
  ];
  const rows = names.map((name) => {
    const own = backends.map((backend) => at(name, backend));
    return row([
      name,
      ...own.map((one) => number(one && msOf(one))),
      ...own.map((one) => number(one && msOf(one, tfLosses))),
      beside(name, pytorch),
      beside(name, jax),
    ]);
  });
  return [header(head), ...rows].join('\n');
}

/** Groups whose cases show a loss at work. */
const large: readonly (Group | undefined)[] = ['10⁶', 'rows', 'other shapes'];

/** Every loss at the sizes that its signature gives. */
function losses(): string {
  const shown = ofGradient.filter(({ group }) => large.includes(group));
  const parts = [...families].flatMap(([family, all]) => {
    const names = [...new Set(shown.map((one) => one.case))].filter((name) => all.includes(name.split(' ')[0] ?? ''));
    if (names.length === 0) return [];
    const rows = names.map((name) =>
      row([
        `\`${name}\``,
        ...backends.map((backend) => at(name, backend)).map((one) => number(one && msOf(one))),
        beside(name, pytorch),
        beside(name, jax),
      ]),
    );
    return [`### ${family}\n`, header(['ms of value and gradient', ...backends, 'PyTorch', 'JAX']), ...rows, ''];
  });
  return parts.join('\n');
}

/** What stands between the marks of docs/speed.md. */
export const speedTables = (): Readonly<Record<string, string>> => ({
  where: where(),
  means: means(),
  worst: worst(),
  cases: cases(),
  losses: losses(),
});
