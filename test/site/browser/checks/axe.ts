import { AxeBuilder } from '@axe-core/playwright';
import type { Check } from '../check.js';
import { englishKinds, kinds, languages } from '../kinds.js';

const paths = [...languages.flatMap((language) => kinds.map((kind) => `${language}${kind}`)), ...englishKinds];

/** axe finds nothing on a page of each kind, light and dark. */
export const axe: readonly Check[] = paths.map((path) => ({
  title: `axe finds nothing on /${path}`,
  run: async ({ page, open }) => {
    await open(path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.reload();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} (${help}), ${target.join(' ')}: ${failureSummary ?? ''}`),
      );
      if (found.length > 0) throw new Error(`${colorScheme}: ${found.join('\n')}`);
    }
  },
}));
