import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as list from '../../src/losses/index.js';

const root = join(__dirname, '../..');
const names = Object.keys(list);

/** What an application that imports this much ships, TensorFlow.js itself left out. */
async function bundled(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    external: ['@tensorflow/tfjs-core'],
  });
  return outputFiles[0]?.text ?? '';
}

/** Bytes, minified and gzipped. Raise a ceiling only in the commit that needs it. */
const ceilings: Readonly<Record<string, number>> = {
  // What every loss needs, kernels for five backends made from its formula included, and a formula of one line.
  meanSquaredError: 29900,
  // A loss with its own algorithm: ctc is the largest.
  one: 33300,
  all: 55900,
  // They find losses by name, and so bring them all.
  layers: 70000,
  keras: 57000,
};

beforeAll(() => {
  if (!existsSync(join(root, 'dist/esm/index.js')))
    throw new Error('there is no build to measure; run `npm run build`');
});

test.each(names)('importing %s brings no other loss', async (name) => {
  const code = await bundled(`export { ${name} } from './dist/esm/index.js'`);
  const others = names.filter((other) => other !== name && code.includes(`name:"${other}"`));
  expect(others).toEqual([]);
  expect(gzipSync(code).length).toBeLessThanOrEqual((ceilings[name] ?? ceilings['one']) as number);
});

test('all losses together', async () => {
  const code = await bundled(`export * from './dist/esm/index.js'`);
  expect(names.filter((name) => !code.includes(name))).toEqual([]);
  expect(gzipSync(code).length).toBeLessThanOrEqual(ceilings['all'] as number);
});

test.each(['layers', 'keras'])('tfjs-losses/%s', async (entry) => {
  const code = await bundled(`export * from './dist/esm/${entry}/index.js'`);
  expect(gzipSync(code).length).toBeLessThanOrEqual(ceilings[entry] as number);
});

test('importing nothing leaves nothing', async () => {
  expect(await bundled(`import './dist/esm/index.js'`)).toBe('');
});
