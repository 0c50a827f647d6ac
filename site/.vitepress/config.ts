import { readFileSync } from 'node:fs';
import { katex } from '@mdit/plugin-katex';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { locales } from '../config/locales.js';
import { boostDocument, tokenize } from '../config/search.js';
import { withSideEffects } from '../config/sideEffects.js';
import { BASE, GENERATED, OUTPUT, SITE } from '../config/places.js';

/** Within the page, as an address of a file would change with the page. */
const icon = `data:image/svg+xml,${encodeURIComponent(readFileSync(`${SITE}config/icon.svg`, 'utf8'))}`;

/** Packages that pages load when a reader starts something. */
const loadedLater = [
  ...['tfjs', 'tfjs-core', 'tfjs-layers'].map((name) => `@tensorflow/${name}`),
  ...['cpu', 'wasm', 'webgl', 'webgpu'].map((name) => `@tensorflow/tfjs-backend-${name}`),
  '@tensorflow/tfjs-core/dist/register_all_gradients.js',
  '@observablehq/plot',
];

export default defineConfig({
  title: 'tfjs-losses',
  description: 'The loss library for TensorFlow.js',
  base: BASE,
  srcDir: GENERATED,
  outDir: OUTPUT,
  lastUpdated: false,
  // A page loads what it shows, and nothing of the pages that it leads to.
  router: { prefetchLinks: false },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: icon }]],
  locales,
  themeConfig: {
    search: { provider: 'local', options: { miniSearch: { options: { tokenize }, searchOptions: { boostDocument } } } },
    outline: [2, 3],
    externalLinkIcon: true,
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // The pages of docs/ link to headings as they are called on a forge.
    anchor: { slugify: slug },
    config: (md) => {
      md.core.ruler.push('empty-headers', ({ tokens }) => asCells(tokens));
      // Both packages have types of markdown-it, as two modules.
      const parser = md as unknown as Parameters<typeof katex>[0];
      katex(parser, { output: 'htmlAndMathml', throwOnError: true, transformer: unreadByVue });
    },
  },
  // The start page of the theme has no main landmark.
  transformHtml: (html) => html.replace('<div class="VPContent is-home"', '$& role="main"'),
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } },
  vite: {
    publicDir: false,
    // The development server prepares these at its start: to find one later, it would load the page anew.
    optimizeDeps: { include: loadedLater },
    build: {
      chunkSizeWarningLimit: 2000,
      // A font in the style sheet would be loaded by every page, and with all of its characters.
      assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    },
    plugins: [withSideEffects()],
    worker: { format: 'es', plugins: () => [withSideEffects()] },
    // Scripts find files beside themselves, in workers too.
    experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'js' ? { relative: true } : undefined) },
  },
});

/** A header of a table that says nothing is a cell like any other. */
function asCells(tokens: readonly { readonly type: string; tag: string; readonly content: string }[]): void {
  tokens.forEach((token, i) => {
    const [text, end] = [tokens[i + 1], tokens[i + 2]];
    if (token.type !== 'th_open' || !text || !end || text.content.trim() !== '') return;
    token.tag = 'td';
    end.tag = 'td';
  });
}

/** Two braces in TeX are not an expression of Vue. What scrolls is reached by the keyboard. */
function unreadByVue(html: string): string {
  return html.replace(/^<(\w+)/, '<$1 v-pre').replace('<span class="katex-display"', '$& tabindex="0"');
}
