import { fileURLToPath } from 'node:url';

/** The folder of the site in the repository. */
export const SITE = fileURLToPath(new URL('..', import.meta.url));

/** Where the pages are written for the site generator, and are served as Markdown. */
export const GENERATED = `${SITE}.generated`;

/** Where the static files come to lie. */
export const OUTPUT = fileURLToPath(new URL('../../build/site', import.meta.url));

/** Stands for the path of the site until `relative.ts` replaces it. */
export const BASE = '/__base__/';
