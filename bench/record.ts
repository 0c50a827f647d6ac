import type { Measurement } from './runCase.js';
import { digests } from './ratios.js';
import { summary } from './statistics.js';

/** Three digits. */
const short = (x: number): number => Number(x.toPrecision(3));

/** A measurement as it is written: its median and spread, not every sample. */
export function recordOf({ times, first, footprint, memory, group, ...what }: Measurement): object {
  const { median, spread } = summary(times);
  return {
    ...what,
    ...(group && { group }),
    ms: short(median),
    spread: short(spread),
    rounds: times.length,
    first: short(first),
    ...(footprint && { ...footprint, launches: footprint.launches ?? undefined }),
    ...(memory !== null && { memory: short(memory) }),
  };
}

const shortened = (_: string, value: unknown): unknown => (typeof value === 'number' ? short(value) : value);

/** Everything that was measured, a line for each measurement, and its digests. */
export function recordText(where: object, measurements: readonly Measurement[]): string {
  const facts = Object.entries(where).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const lines = measurements.map((one) => JSON.stringify(recordOf(one)));
  const found = JSON.stringify(digests(measurements), shortened);
  return `{${facts.join(',\n')},\n"digests":${found},\n"measurements":[\n${lines.join(',\n')}\n]}\n`;
}
