import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

const folder = new URL('../../src/losses/', import.meta.url);

/** The losses of each family: one a file. A folder `common` holds what they share. */
export const families: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'common')
    .map(({ name }) => [name, lossesIn(new URL(`${name}/`, folder))]),
);

function lossesIn(family: URL): string[] {
  return readdirSync(family)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));
}
