import { katex } from '@mdit/plugin-katex';
import { defineConfig } from 'vitepress';
import { locales } from '../config/locales.js';
import { boostDocument, tokenize } from '../config/search.js';
import { withSideEffects } from '../config/sideEffects.js';
import { BASE, GENERATED, OUTPUT, SITE } from '../config/places.js';

export default defineConfig({
  title: 'tfjs-losses',
  description: 'The loss library for TensorFlow.js',
  base: BASE,
  srcDir: GENERATED,
  outDir: OUTPUT,
  lastUpdated: false,
  // A page loads what it shows, and nothing of the pages that it leads to.
  router: { prefetchLinks: false },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}icon.svg` }]],
  locales,
  themeConfig: {
    search: { provider: 'local', options: { miniSearch: { options: { tokenize }, searchOptions: { boostDocument } } } },
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
    publicDir: `${SITE}public`,
    build: { chunkSizeWarningLimit: 2000 },
    plugins: [withSideEffects()],
    worker: { format: 'es', plugins: () => [withSideEffects()] },
    // Scripts find files beside themselves, in workers too.
    experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'js' ? { relative: true } : undefined) },
  },
});

/** Two braces in TeX are not an expression of Vue. What scrolls is reached by the keyboard. */
function unreadByVue(html: string): string {
  return html.replace(/^<(\w+)/, '<$1 v-pre').replace('<span class="katex-display"', '$& tabindex="0"');
}
