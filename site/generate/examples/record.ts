import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import type { Facts } from '../../../scripts/facts/facts.js';
import { readRecorded, type Recorded, type RecordedProgram, recordFile } from './index.js';
import { outputsOf } from './outputs.js';
import { allPrograms } from './programs.js';

/** Writes the programs of these losses and what they print; those of others stay as they are. */
export async function recordExamples(facts: Facts, isWanted: (loss: string) => boolean): Promise<void> {
  const programs = (await allPrograms(facts)).filter(({ loss }) => isWanted(loss));
  const outputs = await outputsOf(programs.map(({ code }) => code));
  const before = readRecorded();
  const after: Recorded = Object.fromEntries(
    facts.losses.map(({ name }) => {
      const own = programs.flatMap(({ loss, kind, code }, i): RecordedProgram[] =>
        loss === name ? [{ kind, code: code.split('\n'), output: outputs[i] ?? [] }] : [],
      );
      return [name, isWanted(name) ? own : (before[name] ?? [])];
    }),
  );
  writeFileSync(recordFile, await format(JSON.stringify(after), { parser: 'json', printWidth: 120 }));
}
