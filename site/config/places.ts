/* Places in the repository, at whose root every command runs. */
import { join } from 'node:path';

/** The folder of the site in the repository. */
export const SITE = join(process.cwd(), 'site/');

/** Where the pages are written for the site generator, and are served as Markdown. */
export const GENERATED = join(SITE, '.generated');

/** Where the static files come to lie. */
export const OUTPUT = join(process.cwd(), 'build/site');

/** Stands for the path of the site until `relative.ts` replaces it. */
export const BASE = '/__base__/';
