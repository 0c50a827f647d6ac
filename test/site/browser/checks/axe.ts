import { AxeBuilder } from '@axe-core/playwright';
import type { Check } from '../check.js';
import { englishKinds, kinds, languages, triedIn } from '../kinds.js';

const paths = (isAll: boolean): readonly string[] => [
  ...languages.flatMap((language) => triedIn(language, kinds, isAll).map((kind) => `${language}${kind}`)),
  ...englishKinds,
];

/** axe finds nothing on a page of each kind, light and dark; of a kind in both languages in one of them, in turn, or all. */
export const axe = (isAll: boolean): readonly Check[] =>
  paths(isAll).map((path) => ({
    title: `axe finds nothing on /${path}`,
    run: async ({ page, open }) => {
      await open(path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.reload();
        const axe = new AxeBuilder({ page });
        // All else is the same in the dark.
        if (colorScheme === 'dark') axe.withRules('color-contrast');
        const { violations } = await axe.analyze();
        const found = violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} (${help}), ${target.join(' ')}: ${failureSummary ?? ''}`),
        );
        if (found.length > 0) throw new Error(`${colorScheme}: ${found.join('\n')}`);
      }
    },
  }));
