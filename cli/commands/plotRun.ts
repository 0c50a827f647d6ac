import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { definitionOf } from '../../src/definition/definition.js';
import { defaultsOf } from '../../src/definition/options.js';
import { lossCode } from '../convert/writeCode.js';
import { readLoss } from '../convert/readLoss.js';
import { parseJson } from '../data/json.js';
import { lossCalled } from '../facts.js';
import { refuse } from '../failure.js';
import { givenLossOptions, valueOf } from '../lossOptions.js';
import { nameIn } from '../named.js';
import { toJson } from '../output/numbers.js';
import { curvesOf, spread } from '../plot/curves.js';
import { picturedOptions, sceneOf } from '../plot/scene.js';
import { startTfjs } from '../tfjs.js';
import type { PlotOptions } from './plot.js';

export async function run(name: string, options: PlotOptions, command: Command): Promise<void> {
  await startTfjs();
  const facts = lossCalled(nameIn(name));
  if (facts.kind === 'function')
    refuse('NAME', `${facts.name} is no loss of numbers alone`, 'a loss with inputs, see tfjs-losses list');
  const given = Object.entries(givenLossOptions(command, facts)).map(([option, value]) => [
    option,
    valueOf(option, value),
  ]);
  const named = readLoss(name);
  const definition = definitionOf(named);
  const loss = named.with(picturedOptions(definition, { ...named.fixed, ...(Object.fromEntries(given) as object) }));
  const all = { ...defaultsOf(definition.options), ...loss.fixed };
  const scene = sceneOf(definition, all, options.labels === undefined ? null : labelsOf(options.labels));
  const range = [
    numberOf('--from', options.from) ?? scene.range[0],
    numberOf('--to', options.to) ?? scene.range[1],
  ] as const;
  if (!(range[0] < range[1])) refuse('--from and --to', `${range.join(' and ')} came`, 'numbers, the smaller first');
  const points = numberOf('--points', options.points) ?? 0;
  if (!(Number.isInteger(points) && points >= 2 && points <= 10_000))
    refuse('--points', `${options.points} came`, 'an integer from 2 to 10000');
  const curves = curvesOf(loss, scene, spread(range, points));
  const { code } = lossCode(loss);
  if (options.json) {
    console.log(toJson({ loss: code, x: scene.x, curves }));
    return;
  }
  if (options.svg !== undefined) {
    const { toSvg } = await import('../plot/picture.js');
    writeFileSync(options.svg, await toSvg(curves, scene.x, code));
    console.log(`Picture: ${options.svg}`);
    return;
  }
  const { toText } = await import('../plot/text.js');
  const { columns, isTTY } = process.stdout;
  console.log(`${code}\n${toText(curves, scene.x, { width: isTTY ? columns : 86, isColoured: isTTY })}`);
}

function labelsOf(text: string): readonly (readonly number[])[] {
  const labels = [parseJson('--labels', text)].flat() as readonly unknown[];
  return labels.map((label) => {
    const row = [label].flat();
    return row.every((x) => typeof x === 'number')
      ? row
      : refuse('--labels', `${JSON.stringify(label)} came`, 'numbers, or rows of numbers');
  });
}

function numberOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number)
    ? refuse(option, `${JSON.stringify(text)} came`, 'a number')
    : number;
}
