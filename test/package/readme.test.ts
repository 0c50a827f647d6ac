import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, programsOf } from '../support/readme.js';
import { runProgram } from '../support/runProgram.js';

const programs = programsOf('README.md');

test('there are three programs for Node and one for a page', () => {
  expect(programs.map(({ language }) => language)).toEqual(['js', 'js', 'html', 'js']);
  expect(programs.every(({ printed }) => printed.length > 0)).toBe(true);
});

test.each(programs.filter(({ language }) => language === 'js'))('$code', ({ code, printed }) => {
  expect(linesOf(runProgram(code))).toEqual(printed);
});

test('the Chinese page has the same programs, with comments of its own', () => {
  const withoutComments = programsOf('README.zh-CN.md').map((program) => ({
    ...program,
    code: uncommented(program.code),
  }));
  expect(withoutComments).toEqual(programs.map((program) => ({ ...program, code: uncommented(program.code) })));
});

const uncommented = (code: string): string => code.replace(/\s*\/\/ .*$/gm, '');

const root = join(__dirname, '../..');

const packed = (
  JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ readonly files: readonly { readonly path: string }[] }]
)[0].files.map(({ path }) => path);

/** Links of a text to files of the package that are not packed. */
const deadLinks = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !packed.includes(link));

test.each(['README.md', 'README.zh-CN.md'])('every link of %s leads to a file of the package', (page) => {
  expect(deadLinks(readFileSync(join(root, page), 'utf8'))).toEqual([]);
});

test('a link to a file that stays behind is noticed', () => {
  expect(deadLinks('[a](docs/models.md), [b](test/laws/index.ts)')).toEqual(['test/laws/index.ts']);
});
