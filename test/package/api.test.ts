import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * The public types are those that docs/api records. Where one changes on purpose, `npm run api` records it anew, and the
 * changelog says so.
 */

const root = join(__dirname, '../..');

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'api-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The public types of a build, by file. */
function typesOf(build: string, to = join(folder, 'types')): Readonly<Record<string, string>> {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/api.ts', '--from', build, '--to', to], {
    cwd: root,
    stdio: 'pipe',
  });
  return textsIn(to);
}

/** The declarations in a folder. */
const textsIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.d.ts'))
      .sort()
      .map((file) => [file, readFileSync(join(path, file), 'utf8')]),
  );

test('public types are as docs/api records them; else `npm run api` where that is meant', () => {
  expect(typesOf(join(root, 'dist'))).toEqual(textsIn(join(root, 'docs/api')));
});

test('CommonJS has the same declarations', () => {
  expect(textsIn(join(root, 'dist/cjs'))).toEqual(textsIn(join(root, 'dist/esm')));
});

test('a changed type would be found, in every entry that has it', () => {
  const build = join(folder, 'changed');
  cpSync(join(root, 'dist'), build, { recursive: true });
  const file = join(build, 'esm/definition/options.d.ts');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace('readonly mask?: TensorInput | null', 'readonly mask?: TensorInput');
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  const [found, recorded] = [typesOf(build), textsIn(join(root, 'docs/api'))];
  const differing = Object.keys(recorded).filter((name) => found[name] !== recorded[name]);
  expect(differing).toEqual(['index.d.ts', 'keras.d.ts']);
  expect(found['index.d.ts']).toMatch('readonly mask?: TensorInput | undefined;');
});
