import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as index from '../../src/index.js';
import * as list from '../../src/losses/index.js';
import { allLosses } from '../support/losses.js';

const folder = join(__dirname, '../../src/losses');
/** Beside the losses of a family, `common` holds what they share. */
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && basename(file) !== 'index.ts' && basename(dirname(file)) !== 'common')
  .map((file) => basename(file, '.ts'));

test('the files on disk are the list of losses', () => {
  expect(files.sort()).toEqual(Object.keys(list).sort());
});

test('every loss of the list is exported by the package', () => {
  for (const name of Object.keys(list)) expect(index).toHaveProperty(name);
});

test('a loss is named as it is exported', () => {
  for (const loss of allLosses) expect(list).toHaveProperty(loss.name, loss);
});

test.each(['README.md', 'README.zh-CN.md'])('%s lists every loss, and nothing else', (file) => {
  const text = readFileSync(join(__dirname, '../..', file), 'utf8');
  const [, table = ''] = /<!-- losses -->(.*)<!-- \/losses -->/s.exec(text) ?? [];
  const named = [...table.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(list).sort());
});

test('CONTRIBUTING shows a loss as it is', () => {
  const text = readFileSync(join(__dirname, '../..', 'CONTRIBUTING.md'), 'utf8');
  const shown = /\+\+\+ src\/losses\/(\S+)\n(.*?)\n```/s.exec(text);
  const [, file = '', diff = ''] = shown ?? [];
  const added = diff.split('\n').map((line) => line.replace(/^\+/, ''));
  expect(added.join('\n')).toBe(readFileSync(join(folder, file), 'utf8').trimEnd());
});
