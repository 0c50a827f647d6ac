import { families } from '../../scripts/docs/families.js';
import { allLosses } from '../../src/getLoss.js';
import { type Language, wordsOf } from '../words/index.js';

/** A page whose whole playground, `<loss-playground>`, lists the losses by their families. */
export function withFamilies(page: string, language: Language): string {
  const titles = wordsOf(language).families;
  const offered = new Set(allLosses().map(({ name }): string => name));
  const listed = [...families].map(
    ([family, losses]) => [titles[family] ?? family, losses.filter((name) => offered.has(name))] as const,
  );
  const json = JSON.stringify(Object.fromEntries(listed.filter(([, losses]) => losses.length > 0)));
  return page.replace(/^<loss-playground>$/gm, () => `<loss-playground families='${json}'>`);
}
