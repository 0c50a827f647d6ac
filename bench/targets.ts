import Table from 'cli-table3';
import { names, softmaxSizes } from './cases.js';
import { contenderNames, type Kind } from './case.js';
import { firstCalls, memoryShares, ratiosTo, type Finding } from './ratios.js';
import type { Measurement } from './runCase.js';
import { geometricMean, summary } from './statistics.js';
import { digits } from './table.js';

/** What this package is to reach. */
interface Target {
  readonly what: string;
  readonly against: string;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  /** Null where it was not measured. */
  readonly measured: (results: Results) => number | null;
}

type Results = readonly Measurement[];
type Place = readonly [backend: string, theCase: string, kind?: Kind];

const { ours, unfused, constant, tfLosses, layers, pytorch } = contenderNames;

function find(results: Results, contender: string, [backend, theCase, kind = 'gradient']: Place): Measurement | null {
  const isIt = (one: Measurement): boolean =>
    one.contender === contender && one.backend === backend && one.case === theCase && one.kind === kind;
  return results.find(isIt) ?? null;
}

const ratio = (theirs: number | null | undefined, own: number | null | undefined): number | null =>
  theirs == null || own == null ? null : theirs / own;

const median = (one: Measurement | null): number | null => one && summary(one.times).median;

const speedup =
  (against: string, ...place: Place) =>
  (results: Results): number | null =>
    ratio(median(find(results, against, place)), median(find(results, ours, place)));

const fasterThan = (backend: string, theCase: string, against: string, atLeast: number): Target => ({
  what: `${theCase}, ${backend}`,
  against,
  bound: { atLeast },
  measured: speedup(against, backend, theCase),
});

const middle = names.sparse(256, 1000);

const elementwise = [names.sigmoid, names.meanSquaredError, names.huber, names.focal];
const againstOf = (theCase: string): string => (theCase === names.focal ? unfused : tfLosses);

const peer = ([rows, classes]: readonly [number, number]): Target => ({
  what: `${names.sparse(rows, classes)}, the better of cpu and wasm`,
  against: pytorch,
  bound: { atLeast: 1 },
  measured: (results) => {
    const found = ['cpu', 'wasm'].map((backend) => speedup(pytorch, backend, names.sparse(rows, classes))(results));
    return found.some((one) => one === null) ? null : Math.max(...(found as number[]));
  },
});

/** How many times as long a changing option takes as a constant one. */
const annealed = (backend: string): Target => ({
  what: `${names.annealed}, ${backend}`,
  against: constant,
  bound: { atMost: 2 },
  measured: (results) => {
    const found = speedup(constant, backend, names.annealed)(results);
    return found === null ? null : 1 / found;
  },
});

const launches = (backend: string, atMost: number): Target => ({
  what: `programs of ${middle}, ${backend}`,
  against: '–',
  bound: { atMost },
  measured: (results) => find(results, ours, [backend, middle])?.footprint?.launches ?? null,
});

const epoch = (backend: string, atLeast: number): Target => ({
  what: `${names.fit(1000)}, ${backend}`,
  against: `${layers} 'categoricalCrossentropy'`,
  bound: { atLeast },
  measured: speedup(layers, backend, names.fit(1000), 'epoch'),
});

const memory = (backend: string): Target => ({
  what: `peak bytes of ${middle}, ${backend}`,
  against: tfLosses,
  bound: { atMost: 0.5 },
  measured: (results) => {
    const [own, theirs] = [ours, tfLosses].map((who) => find(results, who, [backend, middle])?.footprint?.peakBytes);
    return ratio(own, theirs);
  },
});

/** What is asked of many cases of the catalogue at once. */
interface OfMany {
  readonly what: string;
  readonly against: string;
  readonly of: (results: Results) => readonly Finding[];
  readonly backend: string;
  readonly atMost: number;
  readonly only?: (finding: Finding) => boolean;
}

const ofMany =
  (number: (numbers: readonly number[]) => number) =>
  ({ what, against, of, backend, atMost, only = () => true }: OfMany): Target => ({
    what: `${what}, ${backend}`,
    against,
    bound: { atMost },
    measured: (results) => {
      const isAsked = (one: Finding): boolean => one.backend === backend && one.group !== null && only(one);
      const found = of(results).filter(isAsked);
      return found.length === 0 ? null : number(found.map((one) => one.number));
    },
  });

const meanOf = ofMany(geometricMean);
const worstOf = ofMany((numbers) => Math.max(...numbers));

const toPytorch = { against: pytorch, of: (results: Results) => ratiosTo(results, pytorch) };

const isTiny = ({ group }: Finding): boolean => group === 'tiny';
const isLinear = (one: Finding): boolean => one.case.includes('linearCrossentropy');

const ofCatalogue: readonly Target[] = [
  meanOf({ what: 'catalogue, geometric mean of times', ...toPytorch, backend: 'wasm', atMost: 1 }),
  worstOf({ what: 'catalogue, worst time', ...toPytorch, backend: 'wasm', atMost: 3 }),
  meanOf({ what: 'catalogue, geometric mean of times', ...toPytorch, backend: 'cpu', atMost: 1.5 }),
  worstOf({ what: 'catalogue, worst time', ...toPytorch, backend: 'cpu', atMost: 6 }),
  worstOf({ what: 'linear cross-entropy, worst time', ...toPytorch, backend: 'wasm', atMost: 3, only: isLinear }),
  ...['cpu', 'wasm', 'tensorflow'].flatMap((backend) => [
    ...[tfLosses, layers].map((rival) =>
      worstOf({
        what: 'catalogue, worst time',
        against: rival,
        of: (results) => ratiosTo(results, rival),
        backend,
        atMost: 1,
      }),
    ),
    worstOf({ what: 'catalogue, most bytes', against: 'the least', of: memoryShares, backend, atMost: 1.5 }),
  ]),
  ...['cpu', 'wasm'].map((backend) =>
    worstOf({ what: 'catalogue, ms of a first call', against: '–', of: firstCalls, backend, atMost: 5, only: isTiny }),
  ),
];

/** Of value and gradient, where nothing else is said. */
export const targets: readonly Target[] = [
  fasterThan('cpu', middle, tfLosses, 100),
  fasterThan('wasm', middle, tfLosses, 8),
  fasterThan('tensorflow', middle, tfLosses, 2.5),
  ...softmaxSizes.map(peer),
  ...elementwise.map((theCase) => fasterThan('cpu', theCase, againstOf(theCase), 30)),
  ...elementwise.map((theCase) => fasterThan('wasm', theCase, againstOf(theCase), 4)),
  ...['cpu', 'wasm', 'tensorflow'].map(annealed),
  launches('webgl', 6),
  launches('webgpu', 4),
  epoch('cpu', 2),
  epoch('wasm', 1.4),
  epoch('tensorflow', 2),
  ...['cpu', 'wasm', 'tensorflow', 'webgl', 'webgpu'].map(memory),
  ...ofCatalogue,
];

/** The targets that were measured in a table, and how many of them are missed. */
export function judge(results: Results): { readonly text: string; readonly missed: number } {
  const table = new Table({
    head: ['target', 'against', 'wanted', 'measured', ''],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'left'],
  });
  let missed = 0;
  for (const { what, against, bound, measured } of targets) {
    const number = measured(results);
    if (number === null) continue;
    const isMet = 'atLeast' in bound ? number >= bound.atLeast : number <= bound.atMost;
    if (!isMet) missed++;
    const wanted = 'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`;
    table.push([what, against, wanted, digits(number), isMet ? '✓' : '✗']);
  }
  return { text: table.toString(), missed };
}
