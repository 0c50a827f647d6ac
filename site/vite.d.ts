/* Vite's own, as far as the site uses it. */
declare module '*.css';

interface ImportMeta {
  /** Whether the page is rendered while the site is built. */
  readonly env: { readonly SSR: boolean };
}
