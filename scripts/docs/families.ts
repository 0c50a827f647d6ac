import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

const folder = new URL('../../src/losses/', import.meta.url);

/** The losses of each family, as the folders hold them. */
export const families: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, readdirSync(new URL(`${name}/`, folder)).map((file) => basename(file, '.ts'))]),
);
