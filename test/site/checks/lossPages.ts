import { readdirSync } from 'node:fs';
import { SITE } from '../../../site/config/places.js';
import { type Check, hold, holdNoNaN } from '../check.js';
import { languages } from '../kinds.js';

/** The names of the pages that the build has written. */
export const lossNames = (): readonly string[] =>
  readdirSync(`${SITE}.generated/losses`)
    .map((file) => file.replace(/\.md$/, ''))
    .filter((name) => name !== 'index');

/** Every loss page opens; its plot follows a slider, or its range where no option is a number, and stays free of NaN. */
export const lossPages = (): readonly Check[] =>
  languages.flatMap((language) =>
    lossNames().map((name) => ({
      title: `/${language}losses/${name}.html opens, and its plot follows`,
      run: async ({ page, open }) => {
        await open(`${language}losses/${name}.html`);
        hold((await page.locator('h1').innerText()).startsWith(name), 'the heading is another one');
        const plot = page.locator('loss-plot');
        if ((await plot.count()) === 0) return;
        const charts = plot.locator('.loss-plot-charts');
        const before = await charts.innerHTML();
        await plot.locator('.loss-plot-reset').waitFor();
        const sliders = plot.locator('.controls input[type=range]:enabled');
        if ((await sliders.count()) > 0) {
          await sliders.first().focus();
          await page.keyboard.press('End');
        } else {
          await plot.locator('summary').first().click();
          const from = plot.locator('[name=from]');
          await from.fill(name === 'iou' ? '-0.9' : '0.2');
        }
        await page.waitForFunction(
          ([old]) => document.querySelector('loss-plot .loss-plot-charts')?.innerHTML !== old,
          [before],
        );
        await holdNoNaN(plot);
        hold((await plot.locator('.loss-plot-message').innerText()) === '', 'the plot complains');
      },
    })),
  );
