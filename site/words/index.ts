import { english } from './en.js';
import type { Words } from './words.js';
import { chinese } from './zh.js';

export const languages = ['en', 'zh'] as const;

export type Language = (typeof languages)[number];

export const wordsOf = (language: Language): Words => ({ en: english, zh: chinese })[language];
