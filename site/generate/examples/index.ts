import { readFileSync } from 'node:fs';

export type ExampleKind = 'tf' | 'compile' | 'options';

/** A complete program about one loss, and what it prints. */
export interface Example {
  /** With tensors and its gradient, in a model, or with the options that people set most. */
  readonly kind: ExampleKind;
  readonly code: string;
  readonly output: string;
}

/** A program with its output, line by line; one of the kind `tf.losses` is no example, but shows that both give the same. */
export interface RecordedProgram {
  readonly kind: ExampleKind | 'tf.losses';
  readonly code: readonly string[];
  readonly output: readonly string[];
}

/** By loss, in the order of the list. */
export type Recorded = Readonly<Record<string, readonly RecordedProgram[]>>;

/** From where npm runs everything: the root. */
export const recordFile = 'site/generate/examples/recorded.json';

export const readRecorded = (): Recorded => JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded;

let recorded: Recorded | undefined;

/** The programs of a loss, as `npm run docs:programs` has recorded them; a function that is no loss has the first one only. */
export function examplesOf(loss: string): readonly Example[] {
  recorded ??= readRecorded();
  const found = recorded[loss];
  if (!found) throw new Error(`no program about ${loss} is recorded; npm run docs:programs records them`);
  return found.flatMap(({ kind, code, output }) =>
    kind === 'tf.losses' ? [] : { kind, code: code.join('\n'), output: output.join('\n') },
  );
}
