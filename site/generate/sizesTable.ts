import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Language, wordsOf } from '../words/index.js';

const file = fileURLToPath(new URL('../../docs/sizes.json', import.meta.url));

/** What an application ships, in kB by esbuild, with kernels and without: a table of docs/sizes.json. */
export function sizesTable(language: Language): string {
  const { head, rows } = wordsOf(language).guides.sizes;
  const { esbuild } = JSON.parse(readFileSync(file, 'utf8')) as { readonly esbuild: Readonly<Record<string, number>> };
  const kB = (name: string): string => ((esbuild[name] ?? NaN) / 1000).toFixed(1);
  const body = rows.map(({ title, usual, lite }) => `| ${title} | ${kB(usual)} | ${kB(lite)} |`);
  return [`| ${head.join(' | ')} |`, '| --- | --: | --: |', ...body].join('\n');
}
