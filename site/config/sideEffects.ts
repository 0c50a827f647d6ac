import type { Plugin } from 'vite';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * Keeps imports of the package's sources that are there for what they do: they fill the slots of kernels, advice and
 * configs. `sideEffects` of package.json names such files as they are built, so that a bundler of the sources drops them.
 */
export const withSideEffects = (): Plugin => ({
  name: 'side-effects-of-sources',
  transform: (_, id) => (id.startsWith(sources) && id.endsWith('/index.ts') ? { moduleSideEffects: true } : null),
});
