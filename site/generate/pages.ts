import { readdirSync, readFileSync } from 'node:fs';
import type { Facts } from '../../scripts/facts/facts.js';
import { SITE } from '../config/places.js';
import { languages, type Language, wordsOf } from '../words/index.js';
import { withNumbers } from './articles/expand.js';
import { withFigures } from './articles/figure.js';
import { expanded } from './expand.js';
import { withLiveCalls } from './liveCalls.js';
import { lossPage } from './loss/index.js';
import { indexPage } from './loss/indexPage.js';
import { withNames } from './names/index.js';
import { type Group, handWritten, type HandWritten } from './outlineOrder.js';
import { noticedBelowHeading, withNotice } from './translation.js';
import { withFamilies } from './playground.js';
import { withRaces } from './race.js';
import { tablePages } from './tablePages.js';

/** The pages of the site in Markdown, by path, such as `zh/guides/node.md`. */
export type Pages = ReadonlyMap<string, string>;

const languageOf = (path: string): Language => languages.find((language) => path.startsWith(`${language}/`)) ?? 'en';

const prefixOf = (language: Language): string => (language === 'en' ? '' : `${language}/`);

export function pagesOf(facts: Facts, api: Pages): Pages {
  const written = readdirSync(`${SITE}pages`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, complete(handWrittenPage(path), facts, languageOf(path))] as const);
  const losses = languages.flatMap((language) => [
    [`${prefixOf(language)}losses/index.md`, indexPage(facts, language)] as const,
    ...facts.losses.map(
      (loss) => [`${prefixOf(language)}losses/${loss.name}.md`, lossPage(loss, facts, language)] as const,
    ),
  ]);
  const english = [...tablePages(), ...api];
  const noticed = english.map(
    ([path, text]) => [`zh/${path}`, noticedBelowHeading(text, wordsOf('zh').frame.isEnglish)] as const,
  );
  return new Map([...written, ...losses, ...english, ...noticed]);
}

/** A hand-written page with what code brings to it. */
const complete = (page: string, facts: Facts, language: Language): string =>
  [withNames, withNumbers, withFigures, withLiveCalls, withRaces, withFamilies].reduce(
    (text, fill) => fill(text, language),
    expanded(page, facts, language),
  );

const readPage = (path: string): string => readFileSync(`${SITE}pages/${path}`, 'utf8');

function handWrittenPage(path: string): string {
  const [language, original] = /^(\w\w)\/(.*)$/.exec(path)?.slice(1) ?? [];
  if (language === undefined || original === undefined) return readPage(path);
  return withNotice(readPage(path), readPage(original), wordsOf(language as Language).frame.isOlder);
}

/** The side bar of a language. */
export function groupsOf(pages: Pages, facts: Facts, language: Language): readonly Group[] {
  const { groups, families } = wordsOf(language);
  const prefix = prefixOf(language);
  const listed = (paths: readonly string[]): Group['pages'] =>
    paths.flatMap((path) => {
      const page = pages.get(path);
      return page === undefined ? [] : [{ title: titleOf(page), path }];
    });
  const ofLosses = new Set(facts.losses.map(({ family }) => family));
  const hand = Object.entries(handWritten).map(([name, paths]) => ({
    title: groups[name as HandWritten],
    isFolded: false,
    path: `${prefix}${paths[0]}.md`,
    pages: listed(paths.map((path) => `${prefix}${path}.md`)),
  }));
  const losses = Array.from(ofLosses, (family) => ({
    title: families[family] ?? family,
    isFolded: true,
    path: `${prefix}losses/index.md#${family}`,
    pages: listed(
      facts.losses.filter((loss) => loss.family === family).map(({ name }) => `${prefix}losses/${name}.md`),
    ),
  }));
  const others = (['tables', 'api'] as const).map((name) => ({
    title: groups[name],
    isFolded: true,
    path: `${prefix}${name}/${name === 'api' ? 'index' : 'losses'}.md`,
    pages: listed(Array.from(pages.keys()).filter((path) => path.startsWith(`${prefix}${name}/`))),
  }));
  return [...hand, ...losses, ...others].filter((group) => group.pages.length > 0);
}

const titleOf = (page: string): string => /^# (.*)$/m.exec(page)?.[1] ?? '';
