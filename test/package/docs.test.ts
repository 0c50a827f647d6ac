import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The code blocks of a page, as one program. */
const programOf = (page: string): string =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code).join('');

/** In a process of its own, which imports the built package by its name. */
const run = (program: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('the code of docs/models.md runs', () => {
  const program = programOf('docs/models.md');
  expect(program.match(/compile\(/g)?.length).toBe(3);
  const last = `console.log(JSON.stringify([model.metricsNames, back.metricsNames, heads.metricsNames, loss.name]));`;
  expect(
    JSON.parse(
      run(program + last)
        .trim()
        .split('\n')
        .at(-1) ?? '',
    ),
  ).toEqual([['loss'], ['loss'], ['loss', 'price_loss', 'kind_loss', 'price_mae', 'kind_acc'], 'combine']);
});

test('code that does not run is noticed', () => {
  expect(() => run(`import { compiled } from 'tfjs-losses/layers'; compiled();`)).toThrow('compiled');
});
