import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import type { Facts } from '../../../scripts/facts/facts.js';
import * as exported from '../../../src/index.js';
import { allLosses } from '../../../test/support/losses.js';
import { agreementWithTf } from '../elsewhere/tfLosses.js';
import type { RecordedProgram } from './index.js';
import { inModel } from './inModel.js';
import type { Subject } from './subject.js';
import { withOptions } from './withOptions.js';
import { withTensors } from './withTensors.js';

export interface Program {
  readonly loss: string;
  readonly kind: RecordedProgram['kind'];
  readonly code: string;
}

const names = new Set(Object.keys(exported));

/** All programs about losses. */
export function allPrograms({ losses }: Pick<Facts, 'losses'>): Promise<Program[]> {
  const programs = losses.flatMap((facts) => {
    const loss = allLosses.find(({ name }) => name === facts.name);
    const subject: Subject | null = loss ? { facts, loss } : null;
    const made = {
      tf: withTensors(facts, subject, names),
      compile: subject && inModel(subject),
      options: subject && withOptions(subject),
      'tf.losses': subject && agreementWithTf(subject),
    };
    return Object.entries(made).flatMap(([kind, code]) =>
      code === null ? [] : { loss: facts.name, kind: kind as Program['kind'], code },
    );
  });
  return Promise.all(programs.map(async (program) => ({ ...program, code: await formatted(program.code) })));
}

const formatted = async (code: string): Promise<string> =>
  (await format(code, { parser: 'babel', plugins: [babel, estree], singleQuote: true, printWidth: 80 })).trimEnd();
