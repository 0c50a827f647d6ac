/* Vite's own, as far as the site uses it. */
declare module '*.css';

/** The address of a file, which the site gets a copy of. */
declare module '*?url' {
  const address: string;
  export default address;
}

/** The text of a file. */
declare module '*?raw' {
  const text: string;
  export default text;
}

interface ImportMeta {
  /** Whether the page is rendered while the site is built. */
  readonly env: { readonly SSR: boolean; /** The path of the site. */ readonly BASE_URL: string };
}

/** Its published types are older than it. */
declare module 'subset-font' {
  export default function subsetFont(
    font: Uint8Array,
    characters: string,
    options: { readonly targetFormat: 'woff2'; readonly noHinting: boolean },
  ): Promise<Uint8Array>;
}
