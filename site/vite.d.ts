/* Vite's own, as far as the site uses it. */
declare module '*.css';

/** The address of a file, which the site gets a copy of. */
declare module '*?url' {
  const address: string;
  export default address;
}

interface ImportMeta {
  /** Whether the page is rendered while the site is built. */
  readonly env: { readonly SSR: boolean; /** The path of the site. */ readonly BASE_URL: string };
}
