import { readFileSync } from 'node:fs';

/** A program of a page, and the lines that it prints. */
export interface Program {
  readonly language: string;
  readonly code: string;
  readonly printed: readonly string[];
}

/** The programs of a README, which is looked for where the process runs, in their order. What one prints follows it, or stands behind each `print()`. */
export const programsOf = (file: 'README.md' | 'README.zh-CN.md'): Program[] =>
  [...readFileSync(file, 'utf8').matchAll(/^```(js|html)\n([^]*?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm)].map(
    ([, language = '', code = '', output]) => ({
      language,
      code,
      printed: output?.trim().split('\n') ?? [...code.matchAll(/\.print\(\); \/\/ (.*)/g)].map(([, line = '']) => line),
    }),
  );

/** The lines that a program has printed, without those that say that a tensor comes. */
export const linesOf = (output: string): string[] =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !['', 'Tensor'].includes(line));
