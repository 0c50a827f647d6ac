/** Builds the site into build/site: static files that work under any path. */
import { build } from 'vitepress';
import { collectFacts } from '../scripts/facts/index.js';
import { OUTPUT, SITE } from './config/places.js';
import { lighten } from './config/lighten.js';
import { makeRelative } from './config/relative.js';
import { apiPages } from './generate/apiPages.js';
import { pagesOf } from './generate/pages.js';
import { removePages, writeMarkdown, writePages } from './generate/write.js';

removePages();
const facts = collectFacts();
const pages = pagesOf(facts, await apiPages(facts));
writePages(pages, facts);
await build(SITE);
await lighten(OUTPUT);
makeRelative(OUTPUT);
writeMarkdown(pages, facts, OUTPUT);
