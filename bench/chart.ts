import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { contenderNames } from './case.js';
import type { Measurement } from './runCase.js';
import { summary } from './statistics.js';
import { groups, kindNames } from './table.js';

/** Median times as bars on a logarithmic axis: a row for each case, a column for each backend. */
export function toChart(measurements: readonly Measurement[]): Promise<string> {
  const shown = groups(measurements).filter(([first]) => first?.kind !== 'value');
  const rows = shown.flat().map((one) => ({
    backend: one.backend,
    case: `${one.case}, ${kindNames[one.kind]}`,
    contender: one.contender,
    ms: summary(one.times).median,
  }));
  const shortest = 10 ** Math.floor(Math.log10(Math.min(...rows.map(({ ms }) => ms))));
  const sort = Object.values(contenderNames);
  const spec = {
    data: { values: rows.map((row) => ({ ...row, from: shortest })) },
    background: '#ffffff',
    mark: { type: 'bar', tooltip: false },
    width: 240,
    height: { step: 13 },
    encoding: {
      row: {
        field: 'case',
        title: null,
        sort: null,
        header: { labelAngle: 0, labelAlign: 'left', labelLimit: 260, labelFontSize: 11 },
      },
      column: { field: 'backend', title: null, sort: null, header: { labelFontSize: 13, labelFontWeight: 600 } },
      y: { field: 'contender', sort, title: null, axis: null },
      // A bar on a logarithmic axis cannot begin at 0.
      x: { field: 'from', type: 'quantitative', scale: { type: 'log' }, title: 'milliseconds' },
      x2: { field: 'ms' },
      color: { field: 'contender', sort, title: null, legend: { orient: 'top', columns: 4, labelLimit: 260 } },
    },
    spacing: 8,
  } as unknown as TopLevelSpec;
  return new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
