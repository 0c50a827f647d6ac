// What is made of dist/esm for those who take neither ES modules of many files nor today's JavaScript.

import { build } from 'esbuild';
import { entries } from './entries.mjs';

const ESM = 'dist/esm';

/** All JavaScript that older parsers know, such as that of webpack 4. */
const TARGET = 'es2018';

const common = { bundle: true, minify: true, external: ['@tensorflow/*'], legalComments: 'none' };

/** All entries, and what several of them share in files of its own, so that each is there once. */
await build({
  ...common,
  entryPoints: entries().map(({ file }) => `${ESM}/${file}`),
  outbase: ESM,
  outdir: 'dist/es2018',
  format: 'esm',
  splitting: true,
  chunkNames: 'shared-[hash]',
  target: TARGET,
});

/** Everything by one name, for pages without a bundler. A name that two entries export differently would be dropped. */
const everything = {
  contents: entries()
    .filter(({ subpath }) => !subpath.startsWith('lite'))
    .map(({ file }) => `export * from './${file}';`)
    .join('\n'),
  resolveDir: ESM,
};

/** For import maps. */
await build({ ...common, stdin: everything, outfile: 'dist/tfjs-losses.esm.js', format: 'esm', target: 'es2022' });

/** For a script tag: the global `tf` is where tfjs-core is. */
const globalTf = {
  name: 'global-tf',
  setup(building) {
    building.onResolve({ filter: /^@tensorflow\/tfjs-core$/ }, () => ({ path: 'tf', namespace: 'global' }));
    building.onLoad({ filter: /./, namespace: 'global' }, () => ({
      contents:
        'if (!globalThis.tf) throw new Error("tfjs-losses: there is no global tf; expected the script of ' +
        '@tensorflow/tfjs before this one");\nmodule.exports = globalThis.tf;',
    }));
  },
};
await build({
  ...common,
  external: [],
  stdin: everything,
  plugins: [globalTf],
  outfile: 'dist/tfjs-losses.min.js',
  format: 'iife',
  globalName: 'tfLosses',
  target: TARGET,
});
