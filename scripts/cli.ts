/**
 * Builds the command line: `cli/` with all that it needs in `dist/cli`, which imports nothing else that is installed, the facts
 * about losses that it reads, and the licences of what is in it.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './cli/licences.js';
import { sourceEffects } from './cli/sourceEffects.js';
import { collectFacts } from './facts/index.js';

const out = 'dist/cli';
mkdirSync(out, { recursive: true });
const { metafile } = await build({
  entryPoints: ['cli/index.ts'],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  // Names of functions and classes are part of what tfjs and losses say.
  keepNames: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // All of tfjs is of one build, so that there is one engine.
  mainFields: ['module', 'main'],
  alias: { '@tensorflow/tfjs': './cli/tfjsWhole.ts' },
  // Packages that are CommonJS ask for modules of Node.
  banner: {
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
  plugins: [sourceEffects],
});
writeFileSync(join(out, 'facts.json'), JSON.stringify(collectFacts()));
writeFileSync(join(out, 'LICENSES.txt'), licencesOf(Object.keys(metafile.inputs)));
chmodSync(join(out, 'index.mjs'), 0o755);
