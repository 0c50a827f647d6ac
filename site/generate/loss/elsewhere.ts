import { elsewhereCalls } from './code.js';
import { type Page, section, table } from './page.js';

/** What the loss is called elsewhere, by `getLoss`, and in a saved model. */
export function elsewhereSection(page: Page): string {
  const { loss, facts, words } = page;
  const { elsewhere } = words;
  const versions = new Map(facts.libraries.map(({ title, version }) => [title, version]));
  const rows = loss.elsewhere.map(({ library, names, departs }) => [
    `${library} ${versions.get(library) ?? ''}`.trim(),
    names.map((name) => `\`${name}\``).join('<br>'),
    departs ? `[${elsewhere.departs}](${page.departures(library)})` : elsewhere.same,
  ]);
  const content = [
    rows.length === 0 ? elsewhere.nothing : table([elsewhere.library, elsewhere.names, ''], rows),
    elsewhereCalls(page),
    aliases(page),
    loss.keras === null ? '' : elsewhere.keras(`\`${loss.keras}\``),
  ];
  return section(page, 'elsewhere', content.filter((part) => part !== '').join('\n\n'));
}

function aliases({ loss, words }: Page): string {
  const list = loss.aliases.map(({ name, options }) => {
    const given = Object.entries(options).map(([option, value]) => `${option}: ${codeOf(value)}`);
    return given.length === 0 ? `\`${name}\`` : `\`${name}\` (\`{ ${given.join(', ')} }\`)`;
  });
  return list.length === 0 ? '' : words.elsewhere.aliases(list.join(words.comma));
}

const codeOf = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value));
