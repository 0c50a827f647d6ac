import * as prettier from 'prettier';
import type { Facts } from '../../../scripts/facts/facts.js';
import * as exported from '../../../src/index.js';
import { allLosses } from '../../../test/support/losses.js';
import { agreementWithTf } from '../elsewhere/tfLosses.js';
import type { ExampleKind } from './index.js';
import { inModel } from './inModel.js';
import type { Subject } from './subject.js';
import { withOptions } from './withOptions.js';
import { withTensors } from './withTensors.js';

/** A program to be run: an example of a loss, or the proof that `tf.losses` gives the same number. */
export interface Program {
  readonly loss: string;
  readonly kind: ExampleKind | 'tf.losses';
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
  (await prettier.format(code, { parser: 'babel', singleQuote: true, printWidth: 80 })).trimEnd();
