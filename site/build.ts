/** Builds the site into build/site: static files that work under any path. */
import { build } from 'vitepress';
import { collectFacts } from '../scripts/facts/index.js';
import { OUTPUT, SITE } from './config/places.js';
import { makeRelative } from './config/relative.js';
import { removePages, writePages } from './generate/write.js';

removePages();
writePages(collectFacts());
await build(SITE);
makeRelative(OUTPUT);
