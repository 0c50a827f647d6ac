import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build, transform } from 'esbuild';
import { rollup } from 'rollup';

/** The project, in which everything here is run. */
const root = process.cwd();

/** What a bundler makes of an application that imports this much, TensorFlow.js itself left out. */
type Bundler = (source: string) => Promise<string>;

const byEsbuild: Bundler = async (source) => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    external: ['@tensorflow/*'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};

const entry = 'application';

/** Rollup, its output minified by esbuild. */
const byRollup: Bundler = async (source) => {
  const bundle = await rollup({
    input: entry,
    external: /^@tensorflow\//,
    plugins: [
      {
        name: 'application',
        resolveId: (id, importer) => (id === entry ? id : importer === entry ? resolve(root, id) : null),
        load: (id) => (id === entry ? source : null),
      },
      nodeResolve(),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const { code } = await transform(output[0].code, { minify: true, format: 'esm' });
  return code;
};

export const bundlers = { esbuild: byEsbuild, rollup: byRollup } as const;

export const gzipped = (code: string): number => gzipSync(code).length;
