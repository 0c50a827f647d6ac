import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import type { Facts } from '../../../scripts/facts/facts.js';
import { readRecorded, type Recorded, type RecordedProgram, recordFile } from './index.js';
import { outcomesOf } from './outcomes.js';
import { allPrograms } from './programs.js';

/** Writes the programs of these losses and what they print; those of others stay as they are. */
export async function recordExamples(facts: Facts, isWanted: (loss: string) => boolean): Promise<void> {
  const programs = (await allPrograms(facts)).filter(({ loss }) => isWanted(loss));
  const outcomes = await outcomesOf(programs.map(({ code }) => code));
  const faults = programs.flatMap(({ code }, i) => {
    const { error = null } = outcomes[i] ?? {};
    return error === null ? [] : [`${error}, in\n\n${code}`];
  });
  if (faults.length > 0) throw new Error(faults.join('\n\n'));
  const before = readRecorded();
  const after: Recorded = Object.fromEntries(
    facts.losses.map(({ name }) => {
      const own = programs.flatMap(({ loss, kind, code }, i): RecordedProgram[] =>
        loss === name ? [{ kind, code: code.split('\n'), output: outcomes[i]?.lines ?? [] }] : [],
      );
      return [name, isWanted(name) ? own : (before[name] ?? [])];
    }),
  );
  writeFileSync(recordFile, await format(JSON.stringify(after), { parser: 'json', printWidth: 120 }));
}
