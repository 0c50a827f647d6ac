import { type Check, hold } from '../check.js';

/** Words that somebody types, and the page that the first results have to name. */
const searches: readonly (readonly [language: string, typed: string, page: string])[] = [
  ['', 'crossentropy', 'categoricalCrossentropy'],
  ['', 'focal', 'binaryFocalCrossentropy'],
  ['', 'BCEWithLogitsLoss', 'binaryCrossentropy'],
  ['', 'smooth_l1_loss', 'smoothL1'],
  ['', 'CategoricalHinge', 'categoricalHinge'],
  ['', 'loss is NaN', 'not-learning'],
  ['zh/', '交叉熵', 'cross'],
  ['zh/', '梯度', 'guides'],
];

export const search: readonly Check[] = searches.map(([language, typed, wanted]) => ({
  title: `the search for ${typed} finds ${wanted}`,
  run: async ({ page, open }) => {
    await open(language);
    await page.locator('.DocSearch-Button').click();
    await page.locator('.VPLocalSearchBox input').fill(typed);
    const results = page.locator('.VPLocalSearchBox .results a');
    await results.first().waitFor();
    const found = await results.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const first = found.slice(0, 6);
    hold(
      first.some((href) => href.includes(wanted)),
      `it finds ${first.join(', ')}`,
    );
  },
}));
