import { readFileSync } from 'node:fs';
import { launch, open } from '../../scripts/browser.mjs';
import { examplesIn } from '../support/examples.js';
import { bundledCode } from './bundle.js';
import type { Outcome } from './runSetup.js';

const title = 'the first example, bundled as an application is';

/** What the README says first, in a page that has no flags set and no file of ours but the package. */
export async function exampleOfReadme(pattern: RegExp): Promise<Outcome[]> {
  if (!pattern.test(title)) return [];
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
  const examples = examplesIn(code);
  const imports = code.split('\n').filter((line) => line.startsWith('import'));
  const calls = examples.map((example) => `(${example.code}).data()`);
  const script = await bundledCode(
    [`import '@tensorflow/tfjs';`, ...imports, `globalThis.results = Promise.all([${calls.join()}]);`].join('\n'),
  );
  const browser = await launch();
  const page = await open(browser, script);
  const results = await page.evaluate(async () => {
    const given = (globalThis as unknown as { results?: Promise<Float32Array[]> }).results;
    return ((await given) ?? []).map((values) => Array.from(values));
  });
  await browser.close();
  const rounded = JSON.stringify(results.map((values) => values.map((value) => Number(value.toFixed(4)))));
  const printed = JSON.stringify(examples.map(({ result }) => [JSON.parse(result) as number | number[]].flat()));
  const isRight = examples.length > 0 && rounded === printed;
  return [{ title, error: isRight ? null : `it gives ${rounded}, and says ${printed}`, seconds: 0 }];
}
