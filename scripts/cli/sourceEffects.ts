import type { Plugin } from 'esbuild';

/**
 * package.json tells bundlers which built files have side effects. The sources have the same ones under other paths, so here
 * every file of the project counts as having some.
 */
export const sourceEffects: Plugin = {
  name: 'source effects',
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\// }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      const isOwn = !importer.includes('node_modules') && (pluginData as unknown) !== 'resolving';
      if (!isOwn) return undefined;
      const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: 'resolving' });
      return { ...found, sideEffects: true };
    });
  },
};
