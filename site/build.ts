/** Builds the site into build/site: static files that work under any path. */
import { build } from 'vitepress';
import { collectFacts } from '../scripts/facts/index.js';
import { OUTPUT, SITE } from './config/places.js';
import { lighten } from './config/lighten.js';
import { makeRelative } from './config/relative.js';
import { apiPages } from './generate/apiPages.js';
import { removePages, writeMarkdown, writePages } from './generate/write.js';

removePages();
const facts = collectFacts();
const api = await apiPages(facts);
writePages(facts, api);
await build(SITE);
await lighten(OUTPUT);
makeRelative(OUTPUT);
writeMarkdown(facts, api, OUTPUT);
