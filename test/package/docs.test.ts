import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../support/runProgram.js';

const root = join(__dirname, '../..');

/** The code blocks of a page, as one program. */
const programOf = (page: string): string =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code).join('');

test('the code of docs/models.md runs', () => {
  const program = programOf('docs/models.md');
  expect(program.match(/compile\(/g)?.length).toBe(7);
  const names = '[model, back, heads, vae, detector].map((one) => one.metricsNames)';
  const last = `console.log(JSON.stringify([...${names}, loss.name]));`;
  expect(
    JSON.parse(
      runProgram(program + last)
        .trim()
        .split('\n')
        .at(-1) ?? '',
    ),
  ).toEqual([
    ['loss'],
    ['loss'],
    ['loss', 'price_loss', 'kind_loss', 'price_mae', 'kind_acc'],
    ['loss', 'decoded_loss', 'kl_loss'],
    ['loss', 'acc'],
    'combine',
  ]);
});

test('code that does not run is noticed', () => {
  expect(() => runProgram(`import { compiled } from 'tfjs-losses/layers'; compiled();`)).toThrow('compiled');
});

/** Links of a page to files that are not there. */
const brokenLinks = (page: string, text = readFileSync(join(root, page), 'utf8')): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    .map(([, link]) => link as string)
    .filter((link) => !existsSync(join(root, dirname(page), link)));

const pages = ['.', 'docs', 'python'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);

test.each(pages)('every link of %s leads to a file', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('a link that leads nowhere is noticed', () => {
  expect(brokenLinks('docs/models.md', '[a](../README.md#x) and [b](nowhere.md)')).toEqual(['nowhere.md']);
});
