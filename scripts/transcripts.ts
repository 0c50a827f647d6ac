/** Writes what the command line prints into docs/cli.md, after `npm run build`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withTranscripts } from './docs/transcripts.js';

const page = 'docs/cli.md';
writeFileSync(page, await withTranscripts(readFileSync(page, 'utf8')));
