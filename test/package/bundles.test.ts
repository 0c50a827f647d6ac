import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What a module prints as JSON. In a process of its own, which imports the built package by its name. */
function printed(program: string): unknown {
  const all = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(all.trim().split('\n').at(-1) ?? '');
}

const entries = `
  import * as main from 'tfjs-losses';
  import * as layers from 'tfjs-losses/layers';
  import * as keras from 'tfjs-losses/keras';
  import * as tensorflow from 'tfjs-losses/tensorflow';
  const entries = [main, layers, keras, tensorflow];`;

test('a name means the same in all entries, so that one file can have all of them', () => {
  const differing = `
    const names = new Set(entries.flatMap((entry) => Object.keys(entry)));
    const meanings = (name) => new Set(entries.filter((entry) => name in entry).map((entry) => entry[name])).size;
    console.log(JSON.stringify([...names].filter((name) => meanings(name) > 1)));`;
  expect(printed(entries + differing)).toEqual([]);
});

test.each(['./dist/tfjs-losses.esm.js', './dist/es2018/index.js'])('%s has all that its entries have', (file) => {
  const list = file.includes('es2018') ? '[main]' : 'entries';
  const compared = `
    import * as bundle from '${file}';
    const names = [...new Set(${list}.flatMap((entry) => Object.keys(entry)))].sort();
    console.log(JSON.stringify([names, Object.keys(bundle).sort()]));`;
  const [names, bundled] = printed(entries + compared) as [string[], string[]];
  expect(names.length).toBeGreaterThan(70);
  expect(bundled).toEqual(names);
});
