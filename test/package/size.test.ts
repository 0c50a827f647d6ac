import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlers, gzipped } from '../../scripts/sizes/bundle.js';
import { applications, lossNames, ofLoss } from '../../scripts/sizes/entries.js';

/** Bytes, minified and gzipped, as `npm run sizes` has recorded them. */
const recorded = JSON.parse(readFileSync(join(__dirname, '../../docs/sizes.json'), 'utf8')) as Readonly<
  Record<'esbuild' | 'rollup' | 'losses', Readonly<Record<string, number>>>
>;

/** What is more than 5 % larger than recorded: run `npm run sizes` in the commit that needs it, and say why. */
function expectSize(code: string, was = 0): void {
  expect(gzipped(code)).toBeLessThanOrEqual(1.05 * was);
}

test.each(Object.entries(applications))('%s, by esbuild', async (name, source) => {
  expectSize(await bundlers.esbuild(source), recorded.esbuild[name]);
});

// Rollup takes its time; what is too large by one bundler is too large by the other.
test.each(['one loss', 'one loss, lite'])('%s, by rollup', async (name) => {
  expectSize(await bundlers.rollup(applications[name] as string), recorded.rollup[name]);
});

test.each(lossNames)('%s alone brings no other loss and no kernels', async (name) => {
  const code = await bundlers.esbuild(ofLoss(name));
  expect(lossNames.filter((other) => other !== name && code.includes(`name:"${other}"`))).toEqual([]);
  expect(code).not.toContain('FusedLoss');
  expectSize(code, recorded.losses[name]);
});

test('all losses are there, and kernels', async () => {
  const code = await bundlers.esbuild(applications['all losses'] as string);
  expect(lossNames.filter((name) => !code.includes(name))).toEqual([]);
  expect(code).toContain('FusedLoss');
});

test.each(Object.entries(applications).filter(([name]) => name.includes('lite')))(
  '%s has no kernels',
  async (_, source) => {
    expect(await bundlers.esbuild(source)).not.toContain('FusedLoss');
  },
);

test('`compile` without kernels brings no losses but the cross-entropies of the metric of that name', async () => {
  const code = await bundlers.esbuild(applications['`compile`, lite'] as string);
  const brought = lossNames.filter((name) => code.includes(`name:"${name}"`));
  expect(brought.sort()).toEqual(['binaryCrossentropy', 'categoricalCrossentropy', 'sparseCategoricalCrossentropy']);
});

test.each(Object.entries(bundlers))('one loss without kernels has at most 9 kB, by %s', async (_, bundle) => {
  expect(gzipped(await bundle(applications['one loss, lite'] as string))).toBeLessThanOrEqual(9000);
});

/** What some losses need, by a loss that has it and a text in its code. */
const abilities: readonly (readonly [what: string, loss: string, text: string])[] = [
  ['a class axis', 'categoricalHinge', 'with the class axis at'],
  ['class indices for one number per class', 'dice', 'an integer class index'],
  ['labels that are integers', 'ctc', 'of which float32 keeps not all digits'],
  ['ignored labels', 'binaryCrossentropy', 'if it marks what does not count'],
  ['options along an axis', 'quantile', 'one for each entry of'],
  ['a range of labels', 'poisson', 'new WeakSet'],
];

test.each(abilities)('%s comes with %s, and not with others', async (_, loss, text) => {
  expect(await bundlers.esbuild(ofLoss(loss))).toContain(text);
  expect(await bundlers.esbuild(ofLoss('meanSquaredError'))).not.toContain(text);
});

test('importing nothing leaves nothing', async () => {
  expect(await bundlers.esbuild(`import './dist/esm/lite/index.js'`)).toBe('');
});

test('what is larger than recorded is found', () => {
  expect(() => expectSize('x'.repeat(9), 10)).toThrow('Expected: <=');
});
