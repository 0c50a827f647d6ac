import { version } from '@tensorflow/tfjs';
import { casesOf, libraries, type Library, versionOf } from '../../../scripts/docs/libraries.js';
import { chosenCalls, importedBy, ourCall } from './calls.js';
import { importsOf } from './imports.js';
import { callsOfTf, departuresOfTf } from './tfLosses.js';

/**
 * The same loss as code of another library. All of it has run: the calls are those of the goldens, and those of `tf.losses`
 * run with the programs of the loss.
 */
export interface ElsewhereCode {
  /** As in `Facts.libraries`. */
  readonly library: string;
  readonly version: string;
  readonly language: 'python' | 'js';
  /** Imports, then calls; above each call a remark with the call of this package that gives the same numbers. */
  readonly code: string;
  /** Where numbers of this package are others, and why; empty: nowhere. */
  readonly departs: readonly string[];
}

/** A loss as code of each library that has it; empty for a loss that none has. */
export const elsewhereCode = (loss: string): readonly ElsewhereCode[] =>
  libraries.flatMap((library) => codeIn(library, loss) ?? []);

function codeIn(library: Library, loss: string): ElsewhereCode | null {
  const { title, goldens } = library;
  if (!goldens) return ofTf(title, loss);
  const known = importsOf[title] ?? {};
  const calls = chosenCalls(loss, library, (name) => name in known);
  if (calls.length === 0) return null;
  const imports = new Set(calls.flatMap(importedBy).flatMap((name) => known[name] ?? []));
  const lines = calls.map((golden) => `# ${ourCall(golden)}\n${golden.call}`);
  return {
    library: title,
    version: versionOf(library),
    language: 'python',
    code: [[...imports].join('\n'), ...lines].join('\n\n'),
    departs: [...new Set(casesOf(goldens).flatMap((golden) => (golden.loss === loss ? (golden.departs ?? []) : [])))],
  };
}

function ofTf(title: string, loss: string): ElsewhereCode | null {
  const calls = callsOfTf(loss);
  if (calls.length === 0) return null;
  return {
    library: title,
    version: version['tfjs-core'],
    language: 'js',
    code: [
      `import * as tf from '@tensorflow/tfjs';`,
      ...calls.map(({ theirs, ours }) => `// ${ours}\n${theirs};`),
    ].join('\n\n'),
    departs: departuresOfTf(loss),
  };
}
