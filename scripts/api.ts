/**
 * Writes the public types: for each entry in `exports` of package.json the declarations that it exports and all that
 * those are made of, without comments, in docs/api. An entry without kernels has the types of its twin.
 *
 *   npm run api
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>;
}

const { from, to } = parseArgs({
  options: { from: { type: 'string', default: 'dist' }, to: { type: 'string', default: 'docs/api' } },
}).values;

/** All declarations of an entry in one text. */
async function rolledUp(file: string): Promise<string> {
  if (!existsSync(file)) throw new Error(`there is no ${file}; run \`npm run build\``);
  const bundle = await rollup({ input: file, external: /^@tensorflow\//, plugins: [dts()] });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

/** Imports first, by their modules, exports last, and by name between them, so that no order of files shows. */
function nameOf(statement: ts.Statement): string {
  if (ts.isImportDeclaration(statement)) return ` ${statement.moduleSpecifier.getText()}`;
  if (ts.isExportDeclaration(statement)) return '\uffff';
  const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
  return (named as ts.NamedDeclaration | undefined)?.name?.getText() ?? '';
}

async function plain(code: string, file: string): Promise<string> {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const printer = ts.createPrinter({ removeComments: true });
  const statements = source.statements
    .map((statement) => ({
      name: nameOf(statement),
      text: printer.printNode(ts.EmitHint.Unspecified, statement, source),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const text = statements.map(({ text }) => text).join('\n');
  return format(text, { ...(await resolveConfig('package.json')), parser: 'typescript' });
}

const { exports: entries } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const written = new Map<string, string>();
mkdirSync(to, { recursive: true });
for (const [entry, target] of Object.entries(entries)) {
  if (typeof target === 'string') continue;
  const file = join(from, target.import.types.replace('./dist/', ''));
  const name = `${entry.replace(/^\.\/?(lite)?\/?/, '') || 'index'}.d.ts`;
  const text = await plain(await rolledUp(file), name);
  const twin = written.get(name);
  if (twin !== undefined && twin !== text) throw new Error(`${entry} has other types than its twin`);
  written.set(name, text);
  writeFileSync(join(to, name), text);
}
