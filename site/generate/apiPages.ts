import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, OptionDefaults, type TypeDocOptions } from 'typedoc';
import type { Facts } from '../../scripts/facts/facts.js';

const settings = {
  entryPoints: ['index', 'layers/index', 'keras/index', 'tensorflow/index'].map((entry) => `src/${entry}.ts`),
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: 'tsconfig.build.json',
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  // `npm run check` has looked.
  skipErrorChecking: true,
  // Types that no entry exports stand in signatures by their names.
  validation: false,
  // Other tools need it where a function is made by another one.
  blockTags: [...OptionDefaults.blockTags, '@function'],
  excludeTags: ['@function'],
  logLevel: 'Error',
} as const;

/** Settings of the plugin, which TypeDoc's own types do not know. */
const ofPlugin = { outputFileStrategy: 'modules', hideBreadcrumbs: true, entryFileName: 'index', hidePageHeader: true };

/** The API reference, by path on the site. Losses and their options are left to their own pages. */
export async function apiPages(facts: Facts): Promise<ReadonlyMap<string, string>> {
  const out = mkdtempSync(join(tmpdir(), 'tfjs-losses-api-'));
  try {
    const app = await Application.bootstrapWithPlugins({ ...settings, ...ofPlugin, out } as unknown as TypeDocOptions);
    const project = await app.convert();
    if (!project) throw new Error('TypeDoc found faults');
    await app.generateOutputs(project);
    const paths = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
    return new Map(
      paths.map((path) => [`api/${path}`, withoutLosses(readFileSync(join(out, path), 'utf8'), path, facts)]),
    );
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** A page without the sections of losses and of their options; links to these lead to the pages of the losses. */
function withoutLosses(page: string, path: string, { losses }: Facts): string {
  const up = '../'.repeat(path.split('/').length);
  const pageOf = new Map(
    losses.flatMap(({ name }) => {
      const target = `${up}losses/${name}.md`;
      return [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}Options`].map(
        (of) => [of.toLowerCase(), target] as const,
      );
    }),
  );
  return (
    page
      .split(/(?=^#{2,3} )/m)
      .filter((section) => !pageOf.has((/^### (\w+)/.exec(section)?.[1] ?? '').toLowerCase()))
      .join('')
      .replace(/^# (\w+)$/m, (_, name: string) => `# ${titles[name] ?? `tfjs-losses/${name}`}`)
      // What was the second of its name may be the first one that is left.
      .replace(/(\((?:[^)]*\.md)?#\w+)-\d+\)/g, '$1)')
      .replace(/\(#([\w-]+)\)/g, (link, anchor: string) =>
        pageOf.has(anchor) ? `(${pageOf.get(anchor) ?? ''})` : link,
      )
  );
}

const titles: Readonly<Record<string, string>> = { index: 'tfjs-losses', losses: 'losses.*' };
