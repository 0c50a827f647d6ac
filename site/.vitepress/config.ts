import { katex } from '@mdit/plugin-katex';
import { defineConfig } from 'vitepress';
import { locales } from '../config/locales.js';
import { tokenize } from '../config/tokenize.js';
import { BASE, GENERATED, OUTPUT } from '../config/places.js';

export default defineConfig({
  title: 'tfjs-losses',
  description: 'The loss library for TensorFlow.js',
  base: BASE,
  srcDir: GENERATED,
  outDir: OUTPUT,
  lastUpdated: false,
  locales,
  themeConfig: {
    search: { provider: 'local', options: { miniSearch: { options: { tokenize } } } },
    outline: [2, 3],
    externalLinkIcon: true,
  },
  markdown: {
    config: (md) => {
      // Both packages have types of markdown-it, as two modules.
      const parser = md as unknown as Parameters<typeof katex>[0];
      katex(parser, { output: 'htmlAndMathml', throwOnError: true, transformer: unreadByVue });
    },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } },
  vite: {
    build: { chunkSizeWarningLimit: 2000 },
    worker: { format: 'es' },
    // Scripts find files beside themselves, in workers too.
    experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'js' ? { relative: true } : undefined) },
  },
});

/** Two braces in TeX are not an expression of Vue. */
function unreadByVue(html: string): string {
  return html.replace(/^<(\w+)/, '<$1 v-pre');
}
