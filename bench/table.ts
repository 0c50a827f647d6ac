import Table from 'cli-table3';
import { contenderNames, type Kind } from './case.js';
import type { Measurement } from './runCase.js';
import { summary } from './statistics.js';

export const kindNames: Readonly<Record<Kind, string>> = {
  value: 'value',
  gradient: 'value and gradient',
  epoch: 'epoch',
};

const headings = ['', 'ms', '× ours', 'rounds', 'peak MB', 'kernels', 'launches'];

/** The measurements by case and kind, in the order of measuring. */
export function groups(measurements: readonly Measurement[]): readonly (readonly Measurement[])[] {
  const grouped = new Map<string, Measurement[]>();
  for (const one of measurements) {
    const key = JSON.stringify([one.backend, one.case, one.kind]);
    grouped.set(key, [...(grouped.get(key) ?? []), one]);
  }
  return [...grouped.values()];
}

/** How many times as long a contender takes as this package. */
export function ratioToOurs(one: Measurement, group: readonly Measurement[]): number {
  const ours = group.find(({ contender }) => contender === contenderNames.ours);
  return summary(one.times).median / summary(ours?.times ?? []).median;
}

export function toText(measurements: readonly Measurement[]): string {
  const table = new Table({
    head: headings,
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const group of groups(measurements)) {
    table.push([{ content: titleOf(group), colSpan: headings.length }]);
    for (const one of group) table.push(cells(one, group).map((cell, i) => (i === 0 ? `  ${cell}` : cell)));
  }
  return table.toString();
}

export function toMarkdown(measurements: readonly Measurement[]): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const parts = [...new Set(measurements.map(({ backend }) => backend))].map((backend) => {
    const rows = groups(measurements.filter((one) => one.backend === backend)).flatMap((group) => [
      line([`**${titleOf(group)}**`, ...headings.slice(1).map(() => '')]),
      ...group.map((one) => line(cells(one, group))),
    ]);
    return [`### ${backend}`, '', line(headings), line(['---', ...headings.slice(1).map(() => '---:')]), ...rows].join(
      '\n',
    );
  });
  return `${parts.join('\n\n')}\n`;
}

const titleOf = ([first]: readonly Measurement[]): string => (first ? `${first.case}, ${kindNames[first.kind]}` : '');

function cells(one: Measurement, group: readonly Measurement[]): string[] {
  const { median, spread } = summary(one.times);
  const { peakBytes, kernels, launches } = one.footprint ?? { peakBytes: null, kernels: null, launches: null };
  return [
    one.contender,
    `${digits(median)} ± ${digits(spread)}`,
    digits(ratioToOurs(one, group)),
    String(one.times.length),
    peakBytes === null ? '–' : digits(peakBytes / 1e6),
    String(kernels ?? '–'),
    String(launches ?? '–'),
  ];
}

/** Three digits. */
export const digits = (x: number): string => (Math.abs(x) >= 100 ? x.toFixed(0) : String(Number(x.toPrecision(3))));
