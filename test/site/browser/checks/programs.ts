import { readdirSync, readFileSync } from 'node:fs';
import { SITE } from '../../../../site/config/places.js';
import { printedBy } from '../../../../site/generate/printed.js';
import { type Check, hold } from '../check.js';

/** Pages with programs that run where they stand, by path. */
const pages = (): readonly string[] =>
  readdirSync(`${SITE}.generated`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?:index|guides\/|articles\/)/.test(path) && path.endsWith('.md'))
    .filter((path) => readFileSync(`${SITE}.generated/${path}`, 'utf8').includes('<run-here'))
    .map((path) => path.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html'));

/** What stands behind a program as its output, and what it prints in the page. */
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'Tensor');

/** Every program prints in Node, or in a page of its own, what the pages say. */
export const programsInNode = (): readonly Check[] =>
  readdirSync(`${SITE}programs`)
    .filter((file) => !file.endsWith('.txt'))
    .map((file) => file.replace(/\.\w+$/, ''))
    .map((name) => ({
      title: `${name} prints what its pages say`,
      run: async () => {
        const printed = await printedBy(name);
        const recorded = readFileSync(`${SITE}programs/${name}.txt`, 'utf8');
        hold(printed === recorded, `it prints\n${printed}and on its pages\n${recorded}`);
      },
    }));

/** Every program of the pages prints in the browser what it printed in Node. */
export const programs = (): readonly Check[] =>
  pages().map((path) => ({
    title: `the programs of /${path} print in the page what they print in Node`,
    run: async ({ page, open, complaints }) => {
      await open(path);
      const all = page.locator('run-here');
      await all.first().locator('.run-here-buttons button').first().waitFor();
      for (let i = 0; i < (await all.count()); i++) {
        const one = all.nth(i);
        const run = one.locator('.run-here-buttons button').first();
        const recorded = await one.locator('.language-text code').allInnerTexts();
        await run.click();
        const output = one.locator('.run-here-output[data-done]');
        await output.waitFor();
        const printed = lines(await output.innerText());
        const name = await one.getAttribute('name');
        const expected = lines(recorded.join('\n'));
        hold(
          recorded.length === 0 || printed.join('\n') === expected.join('\n'),
          `${name} prints\n${printed.join('\n')}\nand in Node\n${expected.join('\n')}`,
        );
      }
      // tfjs warns of kernels that a second copy of a backend registers.
      complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('already registered')));
    },
  }));
