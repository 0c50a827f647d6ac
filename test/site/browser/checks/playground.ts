import type { Locator, Page } from 'playwright-core';
import { type Check, hold, holdNoNaN } from '../check.js';
import { languages } from '../kinds.js';
import { lossNames } from './lossPages.js';

const backends = ['cpu', 'wasm'] as const;

/** The values, gradients and curves are there and have no NaN. */
async function settled(page: Page, name: string): Promise<void> {
  const playground = page.locator('loss-playground');
  await page.waitForFunction(([loss]) => new URLSearchParams(location.hash.slice(1)).get('loss') === loss, [name]);
  await holdNoNaN(playground);
  const errors = await playground.locator('.playground-error:visible').allInnerTexts();
  hold(
    errors.every((text) => text.trim() === ''),
    `${name}: ${errors.join(' ')}`,
  );
}

/** Moves a range input by a key, as somebody at the keyboard does. */
async function moved(input: Locator): Promise<void> {
  await input.focus();
  await input.press('ArrowRight');
}

/** Every loss in the playground: an input moves, an option changes, another backend computes. */
export const playground = (): readonly Check[] =>
  languages.map((language) => ({
    title: `every loss runs in /${language}playground.html`,
    run: async ({ page, open }) => {
      await open(`${language}playground.html`);
      for (const [i, name] of lossNames().entries()) {
        const isThere = await page.evaluate((loss) => {
          const select = document.querySelector<HTMLSelectElement>('loss-playground select');
          return Array.from(select?.options ?? []).some(({ value }) => value === loss);
        }, name);
        if (!isThere) continue;
        const backend = backends[i % backends.length] ?? 'cpu';
        await page.evaluate((hash) => (location.hash = hash), `loss=${name}&backend=${backend}`);
        await settled(page, name);
        const inputs = page.locator('.playground-inputs input[type=range]:enabled');
        if ((await inputs.count()) > 0) await moved(inputs.first());
        const options = page.locator('.playground-sides .controls input[type=range]:enabled');
        if ((await options.count()) > 0) await moved(options.first());
        await settled(page, name);
      }
    },
  }));

/** A shared link shows what was shared. */
export const sharedLink: Check = {
  title: 'a shared link restores the playground',
  run: async ({ page, open }) => {
    const hash = 'loss=huber&options=%7B%22delta%22%3A2%7D&reduction=sum&inputs=%5B%5B0%2C0%5D%2C%5B0.5%2C3%5D%5D';
    await open(`playground.html#${hash}`);
    const playground = page.locator('loss-playground');
    await playground.locator('.playground-sides output').first().waitFor();
    // ½·0.5² + 2·(3 − 1) with δ = 2.
    await page.waitForFunction(() => document.querySelector('loss-playground')?.textContent.includes('4.125'));
    await page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).get('reduction') === 'sum');
  },
};
