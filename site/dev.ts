/** Serves the site while it is written: pages follow their sources. */
import { watch } from 'node:fs';
import { createServer } from 'vitepress';
import { collectFacts } from '../scripts/facts/index.js';
import { SITE } from './config/places.js';
import { apiPages } from './generate/apiPages.js';
import { pagesOf } from './generate/pages.js';
import { writePages } from './generate/write.js';

const facts = collectFacts();
const api = await apiPages(facts);
const writeAll = (): void => writePages(pagesOf(facts, api), facts);
writeAll();
for (const folder of ['pages', 'programs']) watch(`${SITE}${folder}`, { recursive: true }, writeAll);

const server = await createServer(SITE, { base: '/' });
await server.listen();
server.printUrls();
