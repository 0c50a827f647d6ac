import { readFileSync } from 'node:fs';
import type { Iris } from '../../../scripts/articles/iris.js';
import { SITE } from '../../config/places.js';

/** Where the training of `scripts/articles/iris.ts` is recorded, by `npx tsx site/recordIris.ts`. */
export const RECORD = `${SITE}recorded/iris.json`;

export const recordedIris = (): Iris => JSON.parse(readFileSync(RECORD, 'utf8')) as Iris;
