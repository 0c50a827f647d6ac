import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type ExampleKind = 'tf' | 'compile' | 'options';

/** A complete program about one loss, and what it prints. */
export interface Example {
  /** With tensors and its gradient, in a model, or with the options that people set most. */
  readonly kind: ExampleKind;
  readonly code: string;
  readonly output: string;
}

/** The programs of a loss as `npm run docs:programs` has recorded them. */
export type Recorded = Readonly<Record<string, readonly { kind: ExampleKind; code: string[]; output: string[] }[]>>;

export const recordFile = fileURLToPath(new URL('recorded.json', import.meta.url));

let recorded: Recorded | undefined;

/** The programs of a loss, those that it can have. */
export function examplesOf(loss: string): readonly Example[] {
  recorded ??= JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded;
  return (recorded[loss] ?? []).map(({ kind, code, output }) => ({
    kind,
    code: code.join('\n'),
    output: output.join('\n'),
  }));
}
