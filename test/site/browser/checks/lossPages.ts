import { readdirSync } from 'node:fs';
import { SITE } from '../../../../site/config/places.js';
import { type Check, hold, holdNoNaN } from '../check.js';
import { languages, lossesTriedIn } from '../kinds.js';

/** The names of the pages that the build has written. */
export const lossNames = (): readonly string[] =>
  readdirSync(`${SITE}.generated/losses`)
    .map((file) => file.replace(/\.md$/, ''))
    .filter((name) => name !== 'index');

/** Every loss page opens; its plot follows a slider, or its range where no option is a number, and stays free of NaN. */
export const lossPages = (isAll: boolean): readonly Check[] =>
  languages.flatMap((language) =>
    lossesTriedIn(language, lossNames(), isAll).map((name) => ({
      title: `/${language}losses/${name}.html opens, and its plot follows`,
      run: async ({ page, open }) => {
        await open(`${language}losses/${name}.html`);
        hold((await page.locator('h1').innerText()).startsWith(name), 'the heading is another one');
        const plot = page.locator('loss-plot');
        if ((await plot.count()) === 0) return;
        const charts = plot.locator('.loss-plot-charts');
        const before = await charts.innerHTML();
        await page.locator('loss-plot[data-ready]').waitFor({ state: 'attached' });
        const message = plot.locator('.loss-plot-message');
        const sliders = plot.locator('.controls input[type=range]:enabled');
        if ((await sliders.count()) > 0) {
          await sliders.first().focus();
          await page.keyboard.press('End');
        } else {
          await plot.locator('summary').first().click();
          const ends = ['from', 'to'].map((end) => plot.locator(`[name=${end}]`).getAttribute('placeholder'));
          const [low = NaN, high = NaN] = (await Promise.all(ends)).map(Number);
          await plot.locator('[name=from]').fill(((3 * low + high) / 4).toPrecision(3));
        }
        // A number may act on logits only, or want another option beside it, which the plot then says.
        const select = plot.locator('.controls select:enabled').first();
        if ((await select.count()) > 0) {
          await select.selectOption({ index: (await select.locator('option').count()) - 1 });
        }
        await page.waitForFunction(
          ([old]) =>
            document.querySelector('loss-plot .loss-plot-charts')?.innerHTML !== old ||
            document.querySelector<HTMLElement>('loss-plot')?.innerText.includes('expected'),
          [before],
        );
        await holdNoNaN(plot);
        await plot.locator('.loss-plot-reset').click();
        await page.waitForFunction(() => document.querySelector('loss-plot .loss-plot-message')?.textContent === '');
        hold((await message.innerText()) === '', 'the plot complains');
      },
    })),
  );
