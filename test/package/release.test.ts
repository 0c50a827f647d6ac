import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const manifest = 'package.json';
const files = [
  manifest,
  'package-lock.json',
  'CHANGELOG.md',
  'python/pyproject.toml',
  'python/tfjs_losses/__init__.py',
  'CITATION.cff',
];

let folder = '';

/** A repository that has the files with versions, and changes to be released. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  for (const file of files) cpSync(join(root, file), join(folder, file));
  writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- All is new.\n');
  git('init', '--quiet');
  git('config', 'user.name', 'A tester');
  git('config', 'user.email', 'tester@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'All');
});

afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();

/** What a release says when it is refused; null if it is made. */
function refusalOf(...args: string[]): string | null {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/release.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? null : stderr;
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('a release sets all versions, closes the changelog, commits and tags', () => {
  expect(refusalOf('91.2.3')).toBeNull();
  for (const file of files) expect(read(file)).toMatch('91.2.3');
  expect((JSON.parse(read('package-lock.json')) as { version: string }).version).toBe('91.2.3');
  expect(read('CHANGELOG.md')).toMatch(/## Unreleased\n\n## 91\.2\.3 - \d{4}-\d\d-\d\d\n\n- All is new\.\n$/);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('describe')).toBe('v91.2.3');
  expect(refusalOf('91.2.3')).toMatch('there is a tag v91.2.3 already');
  expect(refusalOf('91.2.4')).toMatch('CHANGELOG.md says nothing under Unreleased');
});

test.each([[[]], [['next']], [['v91.2.3']], [['91.2']], [['minor']], [['91.2.3', '91.2.4']]])(
  'no version: %j',
  (args) => {
    expect(refusalOf(...args)).toMatch('expected one such as');
  },
);

test('no release of a version before this one, or of what is not committed', () => {
  expect(refusalOf('0.0.1')).toMatch('or a later one');
  writeFileSync(join(folder, 'new.txt'), '');
  expect(refusalOf('91.2.3')).toMatch('new.txt');
  expect(git('status', '--porcelain')).toBe('?? new.txt');
  expect(git('tag')).toBe('');
});

test('all files have the version of this package', () => {
  const { version } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as { version: string };
  const versions = files
    .filter((file) => file.startsWith('python'))
    .map((file) => /^(?:__)?version(?:__)? = "(.*)"$/m.exec(readFileSync(join(root, file), 'utf8'))?.[1]);
  expect(versions).toEqual([version, version]);
});
