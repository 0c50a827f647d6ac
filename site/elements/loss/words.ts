import type { Language } from '../../words/index.js';

/** The words of `<loss-filter>`. */
export const filterWords: Readonly<
  Record<Language, { readonly filter: string; readonly found: (n: number) => string }>
> = {
  en: { filter: 'Find by name, task or a name elsewhere', found: (n) => `${String(n)} found` },
  zh: { filter: '按名称、任务或其他库中的名称查找', found: (n) => `找到 ${String(n)} 个` },
};
