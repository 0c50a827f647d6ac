import type { Locator, Page } from 'playwright-core';
import { type Check, hold, holdNoNaN } from '../check.js';
import { languages, lossesTriedIn } from '../kinds.js';
import { allLosses } from '../../../../src/getLoss.js';
import '../../../../src/index.js';

const backends = ['cpu', 'wasm'] as const;

/** The values and gradients of a loss are there and have no NaN; the result is its complaints. */
async function settled(page: Page, name: string): Promise<readonly string[]> {
  const playground = page.locator('loss-playground');
  await page.waitForFunction((loss) => {
    const shown = document.querySelector<HTMLSelectElement>('.playground-side select')?.value;
    return shown === loss && document.querySelector('loss-playground[aria-busy=false]') !== null;
  }, name);
  await holdNoNaN(playground);
  const errors = await playground.locator('.playground-error:visible').allInnerTexts();
  return errors.map((text) => text.trim()).filter((text) => text !== '');
}

async function settledWithoutErrors(page: Page, name: string): Promise<void> {
  const errors = await settled(page, name);
  hold(errors.length === 0, `${name}: ${errors.join(' ')}`);
}

/** Moves a range input by a key, as somebody at the keyboard does. */
async function moved(input: Locator): Promise<void> {
  await input.focus();
  await input.press('ArrowRight');
}

/** Every loss in the playground: an input moves, an option changes, another backend computes. */
export const playground = (isAll: boolean): readonly Check[] =>
  languages.map((language) => ({
    title: `every loss runs in /${language}playground.html`,
    run: async ({ page, open }) => {
      await open(`${language}playground.html`);
      const options = page.locator('.playground-side select').first().locator('option');
      await options.first().waitFor({ state: 'attached' });
      const offered = await options.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
      const missing = allLosses().filter(({ name }) => !offered.includes(name));
      hold(missing.length === 0, `it does not offer ${missing.map(({ name }) => name).join(', ')}`);
      for (const [i, name] of lossesTriedIn(language, offered, isAll).entries()) {
        const backend = backends[i % backends.length] ?? 'cpu';
        await page.evaluate((hash) => (location.hash = hash), `loss=${name}&backend=${backend}`);
        await settledWithoutErrors(page, name);
        const inputs = page.locator('.playground-inputs input[type=range]:enabled');
        if ((await inputs.count()) > 0) await moved(inputs.first());
        await settledWithoutErrors(page, name);
        const sliders = page.locator('.playground-sides .controls input[type=range]:enabled');
        if ((await sliders.count()) > 0) await moved(sliders.first());
        // Along another axis, labels may be no class indices: the loss says so.
        const errors = await settled(page, name);
        const foreign = errors.filter((error) => !error.startsWith(`${name}: `));
        hold(foreign.length === 0, `${name}: ${foreign.join(' ')}`);
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
