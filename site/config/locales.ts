import type { DefaultTheme, LocaleConfig } from 'vitepress';
import { readFileSync } from 'node:fs';
import type { Group } from '../generate/outlineOrder.js';
import { GENERATED } from './places.js';
import { languages, type Language, wordsOf } from '../words/index.js';

const outlines = JSON.parse(readFileSync(`${GENERATED}/outline.json`, 'utf8')) as Record<Language, readonly Group[]>;

/** Navigation, side bars and the words of the frame, by language; English stands at the root. */
export const locales: LocaleConfig<DefaultTheme.Config> = Object.fromEntries(
  languages.map((language) => [language === 'en' ? 'root' : language, localeOf(language)]),
);

function localeOf(language: Language): LocaleConfig<DefaultTheme.Config>[string] {
  const { frame } = wordsOf(language);
  const groups = outlines[language];
  const prefix = language === 'en' ? '' : `/${language}`;
  return {
    label: frame.language,
    lang: language === 'en' ? 'en' : 'zh-CN',
    description: frame.description,
    themeConfig: {
      nav: [
        { text: frame.guides, link: `${prefix}/guides/node` },
        { text: frame.losses, link: `${prefix}/losses/` },
        { text: frame.playground, link: `${prefix}/playground` },
        { text: frame.race, link: `${prefix}/race` },
        { text: frame.articles, link: `${prefix}/articles/` },
      ],
      // Losses have a side bar of their own.
      sidebar: { [`${prefix}/losses/`]: barOf(groups, true), [`${prefix}/`]: barOf(groups, false) },
      outline: { label: frame.onThisPage, level: [2, 3] },
      docFooter: { prev: frame.previous, next: frame.next },
      sidebarMenuLabel: frame.menu,
      returnToTopLabel: frame.toTop,
      darkModeSwitchLabel: frame.appearance,
      darkModeSwitchTitle: frame.toDark,
      lightModeSwitchTitle: frame.toLight,
      langMenuLabel: frame.changeLanguage,
      skipToContentLabel: frame.skipToContent,
    },
  };
}

function linkTo(path: string): string {
  return `/${path.replace('.md', '').replace(/(^|\/)index(?=#|$)/, '$1')}`;
}

/** The groups of losses, or all others. A group whose title is a link is opened by a button of its own, for screen readers. */
function barOf(groups: readonly Group[], isOfLosses: boolean): DefaultTheme.SidebarItem[] {
  return groups
    .filter(({ path }) => /(?:^|\/)losses\//.test(path) === isOfLosses)
    .map(({ title, path, pages, isFolded }) => ({
      text: title,
      link: linkTo(path),
      collapsed: isFolded,
      items: pages.map((page) => ({ text: page.title, link: linkTo(page.path) })),
    }));
}
