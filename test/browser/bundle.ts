import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundleBy, type BuildOptions, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [sources, built] = [join(root, 'src'), join(root, 'dist/esm')];

/** The built package in place of its sources: what is shipped is what is tested. */
const builtPackage: Plugin = {
  name: 'built-package',
  setup: (build) => {
    build.onResolve({ filter: /\/src\// }, ({ path, resolveDir }) => {
      const within = relative(sources, resolve(resolveDir, path));
      return within.startsWith('..') ? undefined : { path: join(built, within) };
    });
  },
};

/** A script for a page. */
async function bundle(options: BuildOptions): Promise<string> {
  if (!existsSync(join(built, 'index.js'))) throw new Error('there is no build to test; run `npm run build`');
  const { outputFiles } = await bundleBy({ format: 'iife', ...options, bundle: true, write: false });
  return outputFiles[0]?.text ?? '';
}

/** A script of the tests that runs in the page. */
export const bundledTests = (entry = 'test/browser/page.ts'): Promise<string> =>
  bundle({ entryPoints: [join(root, entry)], plugins: [builtPackage] });

/** Code that imports the package by its name, as an application does. */
export const bundledCode = (contents: string): Promise<string> =>
  bundle({ stdin: { contents, resolveDir: root }, format: 'esm' });
