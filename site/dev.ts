/** Serves the site while it is written: pages follow their sources. */
import { watch } from 'node:fs';
import { createServer } from 'vitepress';
import { collectFacts } from '../scripts/facts/index.js';
import { SITE } from './config/places.js';
import { apiPages } from './generate/apiPages.js';
import { writePages } from './generate/write.js';

const facts = collectFacts();
const api = await apiPages(facts);
writePages(facts, api);
for (const folder of ['pages', 'programs'])
  watch(`${SITE}${folder}`, { recursive: true }, () => writePages(facts, api));

const server = await createServer(SITE, { base: '/' });
await server.listen();
server.printUrls();
