/**
 * Writes what the documentation derives from code, goldens and measurements: docs/losses.md, docs/departures.md,
 * docs/diagnose.md, docs/messages.md, docs/sizes.md, docs/environments.md, docs/accuracy.md, and what stands between
 * `<!-- name -->` and `<!-- /name -->` in docs/ARCHITECTURE.md, docs/speed.md and the two READMEs.
 * With `--check`, only says what is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { accuracyPage } from './docs/accuracy.js';
import { departuresPage } from './docs/departures.js';
import { diagnosePage } from './docs/diagnose.js';
import { environmentsPage } from './docs/environments.js';
import { familiesInChinese } from './docs/familiesInChinese.js';
import { kernelGraph } from './docs/kernelGraph.js';
import { messagesPage } from './docs/messages.js';
import { speedSentence, speedTables } from './docs/speed.js';
import { sizesPage, sizesSentence } from './docs/sizes.js';
import { coverage, familyTable, lossesPage } from './docs/table.js';

/** Text with what stands between the marks of each name replaced. */
const allFilled = (text: string, contents: Readonly<Record<string, string>>): string =>
  Object.entries(contents).reduce((soFar, [name, content]) => filled(soFar, name, content), text);

function filled(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest = ''] = text.split(start);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`there are no marks for ${name}`);
  return `${before}${start}\n\n${content}\n\n${end}${after}`;
}

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/losses.md': lossesPage,
  'docs/departures.md': departuresPage,
  'docs/diagnose.md': diagnosePage,
  'docs/messages.md': messagesPage,
  'docs/sizes.md': sizesPage,
  'docs/environments.md': environmentsPage,
  'docs/accuracy.md': accuracyPage,
  'docs/ARCHITECTURE.md': () => filled(read('docs/ARCHITECTURE.md'), 'graph', kernelGraph()),
  'docs/speed.md': () => allFilled(read('docs/speed.md'), speedTables()),
  'README.md': () =>
    allFilled(read('README.md'), {
      losses: familyTable(['family', 'losses'], (family) => family),
      coverage: coverage([
        'library',
        'losses compared with it',
        'recorded calls with equal numbers',
        'with other ones, by decision',
      ]),
      speed: speedSentence(
        ({ cases, wasm, cpu, worst }) =>
          `Over ${cases} cases, of every loss with its options and sizes, value and gradient take ${wasm} times as long on wasm ` +
          `as in PyTorch on one thread, and ${cpu} times on cpu, in the geometric mean; beside \`tf.losses\` on the same backend ` +
          `at most ${worst} times. All numbers, and the command that measures them: [docs/speed.md](docs/speed.md).`,
      ),
      sizes: sizesSentence(
        ({ loss, all, lite, allLite }) =>
          `One loss brings ${loss} kB to a page, minified and gzipped, all of them ${all} kB. \`tfjs-losses/lite\` is the same API ` +
          `without kernels: ${lite} kB for one loss, ${allLite} kB for all ([docs/sizes.md](docs/sizes.md)).`,
      ),
    }),
  'README.zh-CN.md': () =>
    allFilled(read('README.zh-CN.md'), {
      losses: familyTable(['类别', '损失'], (family) => familiesInChinese[family] ?? family),
      coverage: coverage(['库', '与之对照的损失', '数值相同的调用', '有意不同的调用']),
      speed: speedSentence(
        ({ cases, wasm, cpu, worst }) =>
          `共 ${cases} 例，含每个损失及其选项与规模：数值连同梯度的用时，按几何平均，在 wasm 上是单线程 PyTorch 的 ${wasm} 倍，` +
          `在 cpu 上是 ${cpu} 倍；与同一后端的 \`tf.losses\` 相比，最多 ${worst} 倍。全部数字与测量命令见 [docs/speed.md](docs/speed.md)。`,
      ),
      sizes: sizesSentence(
        ({ loss, all, lite, allLite }) =>
          `压缩（minify 加 gzip）之后，单个损失为 ${loss} kB，全部损失为 ${all} kB。\`tfjs-losses/lite\` 的 API 与此相同但不含内核：` +
          `单个损失 ${lite} kB，全部 ${allLite} kB（[docs/sizes.md](docs/sizes.md)）。`,
      ),
    }),
};

const { check = false } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
const stale: string[] = [];
for (const [file, write] of Object.entries(pages)) {
  const config = await resolveConfig(new URL(`../${file}`, import.meta.url));
  const text = await format(await write(), { ...config, parser: 'markdown' });
  let current = '';
  try {
    current = read(file);
  } catch {
    // A page that is not there yet is out of date.
  }
  if (text === current) continue;
  if (check) stale.push(file);
  else writeFileSync(new URL(`../${file}`, import.meta.url), text);
}
if (stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run \`npm run docs\``);
  process.exitCode = 1;
}
