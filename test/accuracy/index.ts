// How far every loss and its gradients are from the exact numbers, in units of rounding. Fails above recorded ceilings.
//
//   npm run accuracy -- --backends cpu,wasm --kernels on -t huber --worst 3
//   npm run accuracy -- --write --backends cpu,wasm,tensorflow,webgl,webgpu

import Table from 'cli-table3';
import { InvalidArgumentError, program } from 'commander';
import { execa } from 'execa';
import { complaintsOf, howOf, withMeasured } from './ceilings.js';
import { measurers } from './measurers.js';
import { readCeilings, readMeasured, readOthers, readPoints } from './recorded.js';
import { rounded } from './report.js';
import { FIELDS, isCount, isWithinLimits, type Summary, worstOf } from './summary.js';
import { summariesOfTfLosses, tfLossesTitle } from './tfLosses.js';
import { writeAccuracy, writeCeilings } from './write.js';

function toBackends(list: string): string[] {
  const unknown = list.split(',').find((name) => !(name in measurers));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${Object.keys(measurers).join()}`);
  return list.split(',');
}

interface Options {
  readonly backends: readonly string[];
  readonly kernels: string;
  readonly title: string | undefined;
  readonly worst: number;
  readonly by: string;
  readonly above: boolean;
  readonly check: boolean;
  readonly write: boolean;
}

const { backends, kernels, title, worst, by, above, check, write } = program
  .option('--backends <names>', `which of ${Object.keys(measurers).join()}`, toBackends, ['cpu', 'wasm'])
  .option('--kernels <which>', 'on, off or both', 'both')
  .option('-t, --title <pattern>', 'only variants whose name matches')
  .option('--worst <count>', 'how many of the worst points to show of each variant', Number, 0)
  .option('--by <rows>', 'variant or loss', 'variant')
  .option('--above', 'only rows above the limits', false)
  .option('--check', 'no tables, only what is above its ceiling', false)
  .option('--write', 'records what is measured as ceilings, in docs/accuracy.json and docs/accuracy.md', false)
  .parse()
  .opts<Options>();
if (write && title !== undefined) program.error('--write records all variants; leave out -t');

const points = readPoints();
const variants = points.variants.filter(({ name }) => new RegExp(title ?? '').test(name));
const head = ['typical value', 'gradient', 'extreme value', 'gradient', 'vanished', 'not finite'];
const cells = (summary: Summary): string[] =>
  FIELDS.map((field) => (isCount(field) ? String(summary[field] || '') : rounded(summary[field])));

let [ceilings, measured] = [readCeilings(), readMeasured()];
const complaints: string[] = [];

/** Rows by variant or by loss, of summaries by variant. */
function grouped(summaries: Readonly<Record<string, Summary>>, rows: string): [name: string, summary: Summary][] {
  const names = rows === 'loss' ? [...new Set(variants.map(({ loss }) => loss))] : Object.keys(summaries);
  return names.map((name) => {
    const own = variants.filter((variant) => (rows === 'loss' ? variant.loss : variant.name) === name);
    return [name, worstOf(own.map((variant) => summaries[variant.name] as Summary))];
  });
}

function showTable(how: string, summaries: Readonly<Record<string, Summary>>): void {
  const table = new Table({ head: [how, ...head], style: { head: [], border: [], compact: true } });
  const all = grouped(summaries, by);
  const wrong = all.filter(([, summary]) => !isWithinLimits(summary));
  for (const [name, summary] of above ? wrong : all) table.push([name, ...cells(summary)]);
  console.log(table.toString());
  console.log(`${how}: ${all.length - wrong.length} of ${all.length} within 4 typical, 16 extreme\n`);
}

for (const backend of backends) {
  const { reportOn, close } = await (measurers[backend] as (typeof measurers)[string])();
  for (const areKernelsOn of [true, false].filter((on) => kernels === 'both' || on === (kernels === 'on'))) {
    const how = howOf(backend, areKernelsOn);
    const summaries: Record<string, Summary> = {};
    for (const variant of variants) {
      const report = await reportOn(variant, areKernelsOn, worst);
      if (report.worst.length > 0) console.log([`${variant.name}, ${how}`, ...report.worst].join('\n'));
      complaints.push(...complaintsOf(ceilings, variant.name, how, report.summary));
      summaries[variant.name] = report.summary;
    }
    if (!check) showTable(how, summaries);
    if (!write) continue;
    ceilings = withMeasured(ceilings, how, summaries);
    measured = { ...measured, [how]: Object.fromEntries(grouped(summaries, 'loss')) };
  }
  await close();
}

if (write) {
  await writeCeilings(ceilings);
  await writeAccuracy('measured', measured);
  const others = Object.entries(readOthers()).filter(([title]) => !title.startsWith('tf.losses'));
  await writeAccuracy('others', {
    ...Object.fromEntries(others),
    [tfLossesTitle]: await summariesOfTfLosses(points),
  });
  await execa('tsx', ['scripts/docs.ts'], { preferLocal: true, stdio: 'inherit' });
} else if (complaints.length > 0) {
  console.error(`above the ceilings of test/accuracy/ceilings.json:\n  ${complaints.join('\n  ')}`);
  process.exitCode = 1;
} else console.log('nothing is above its ceiling');
