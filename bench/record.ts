import { readFileSync } from 'node:fs';
import { contenderNames, type Group, type Kind } from './case.js';
import type { Measurement } from './runCase.js';
import { digests, type Digest } from './ratios.js';
import { summary } from './statistics.js';
import { groups } from './table.js';

/** What is written of a contender in one case: its median and spread, not every sample. */
interface Contended {
  readonly ms: number;
  readonly spread: number;
  readonly rounds: number;
  readonly first: number;
  readonly peakBytes?: number;
  readonly kernels?: number;
  readonly launches?: number;
  readonly memory?: number;
}

/** One case on one backend, as it is written. */
export interface RecordedCase {
  readonly backend: string;
  readonly case: string;
  readonly group?: Group;
  readonly kind: Kind;
  readonly of: Readonly<Record<string, Contended>>;
}

/** A run of the benchmark, as `--json` writes it. */
export interface Recorded {
  readonly when: string;
  readonly cpu: string;
  readonly cores: number;
  /** Versions. */
  readonly node: string;
  readonly tfjs: string;
  readonly pytorch?: string;
  readonly jax?: string;
  readonly digests: Readonly<Record<string, Readonly<Record<string, Digest>>>>;
  readonly cases: readonly RecordedCase[];
}

/** Three digits. */
const short = (x: number): number => Number(x.toPrecision(3));

function contended({ times, first, footprint, memory }: Measurement): Contended {
  const { median, spread } = summary(times);
  const { peakBytes, kernels, launches } = footprint ?? { launches: null };
  return {
    ms: short(median),
    spread: short(spread),
    rounds: times.length,
    first: short(first),
    ...(peakBytes !== undefined && { peakBytes }),
    ...(kernels !== undefined && { kernels }),
    ...(launches !== null && { launches }),
    ...(memory !== null && { memory: short(memory) }),
  };
}

function recordedCase(measured: readonly Measurement[]): RecordedCase {
  const [{ backend, case: name, group, kind }] = measured as readonly [Measurement];
  return {
    backend,
    case: name,
    ...(group && { group }),
    kind,
    of: Object.fromEntries(measured.map((one) => [one.contender, contended(one)])),
  };
}

const shortened = (_: string, value: unknown): unknown => (typeof value === 'number' ? short(value) : value);

/** Everything that was measured, a line for each case, and digests of all of them. */
export function recordText(facts: object, measurements: readonly Measurement[]): string {
  const lines = groups(measurements).map((measured) => JSON.stringify(recordedCase(measured)));
  const start = Object.entries(facts).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const found = JSON.stringify(digests(measurements), shortened);
  return `{${start.join(',\n')},\n"digests":${found},\n"cases":[\n${lines.join(',\n')}\n]}\n`;
}

/** What was recorded for docs/speed.md. */
export const readRecorded = (): Recorded =>
  JSON.parse(readFileSync(new URL('../docs/speed.json', import.meta.url), 'utf8')) as Recorded;

/** Milliseconds of this package, or of another contender. */
export const msOf = ({ of }: RecordedCase, contender: string = contenderNames.ours): number | undefined =>
  of[contender]?.ms;
