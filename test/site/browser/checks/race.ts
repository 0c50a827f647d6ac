import { type Check, hold, holdNoNaN } from '../check.js';
import { languages } from '../kinds.js';

/** The race of a link trains, and its report has no NaN. */
export const race: readonly Check[] = languages.map((language) => ({
  title: `the race of a link trains on /${language}race.html`,
  run: async ({ page, open }) => {
    await open(`${language}race.html#preset=noise`);
    await page.locator('loss-race .race-start').click();
    const canvas = page.locator('loss-race canvas').first();
    await canvas.waitFor();
    const stage = page.locator('loss-race');
    const before = await stage.innerText();
    await page.waitForFunction((old) => document.querySelector('loss-race')?.textContent !== old, before);
    await page.waitForTimeout(1500);
    await holdNoNaN(stage);
    hold(page.url().includes('preset=noise'), `the address is ${page.url()}`);
  },
}));
