import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Ceilings } from './ceilings.js';
import { type Accuracy, at, FILES, type Written } from './recorded.js';
import { FIELDS } from './summary.js';

export const writeCeilings = (ceilings: Ceilings): Promise<void> => write(FILES.ceilings, ceilings);

export const writeAccuracy = (file: 'measured' | 'others', accuracy: Accuracy): Promise<void> =>
  write(FILES[file], writtenOf(accuracy));

const writtenOf = (accuracy: Accuracy): Written =>
  Object.fromEntries(
    Object.entries(accuracy).map(([how, losses]) => [
      how,
      Object.fromEntries(
        Object.entries(losses).map(([loss, summary]) => [
          loss,
          FIELDS.map((field) => Number(summary[field].toPrecision(2))),
        ]),
      ),
    ]),
  );

async function write(file: string, content: unknown): Promise<void> {
  const config = await resolveConfig(at(file));
  writeFileSync(at(file), await format(JSON.stringify(content), { ...config, parser: 'json' }));
}
