/** Measures what applications ship of this package, and writes it to docs/sizes.json; `npm run docs` makes the page of it. */
import { existsSync, writeFileSync } from 'node:fs';
import { bundlers, gzipped } from './sizes/bundle.js';
import { applications, lossNames, ofLoss } from './sizes/entries.js';

if (!existsSync('dist/esm/index.js')) throw new Error('there is no build to measure; run `npm run build`');

type Sizes = Record<string, number>;

const measured: { esbuild: Sizes; rollup: Sizes; losses: Sizes } = { esbuild: {}, rollup: {}, losses: {} };
for (const [name, source] of Object.entries(applications)) {
  measured.esbuild[name] = gzipped(await bundlers.esbuild(source));
  measured.rollup[name] = gzipped(await bundlers.rollup(source));
}
for (const name of lossNames) measured.losses[name] = gzipped(await bundlers.esbuild(ofLoss(name)));
writeFileSync('docs/sizes.json', `${JSON.stringify(measured, null, 2)}\n`);
