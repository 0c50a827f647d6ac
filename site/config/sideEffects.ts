import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const { sideEffects } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly sideEffects: readonly string[];
};

/** The folders of src/ whose `index.ts` fills slots when it is imported, `''` for src/ itself: those of the package in dist/. */
const folders = sideEffects.flatMap((file) => /^\.\/dist\/\*\/(?:(\w+)\/)?index\.js$/.exec(file)?.[1] ?? '');

const filling = new RegExp(`/src/(?:(?:${[...new Set(folders)].filter(Boolean).join('|')})/)?index\\.ts$`);

/** Keeps kernels, advice and configs in the pages: the package names its files with side effects in dist/, pages import src/. */
export const withSideEffects = (): Plugin => ({
  name: 'with-side-effects',
  transform: (code, id) => (filling.test(id) ? { code, map: null, moduleSideEffects: true } : null),
});
