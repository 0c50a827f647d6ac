import type { GuideWords } from './guideWords.js';
import type { HandWritten } from '../generate/outlineOrder.js';

/** What the site says outside its hand-written pages, in one language. */
export interface Words {
  /** The frame around every page. */
  readonly frame: {
    readonly language: string;
    readonly description: string;
    readonly guides: string;
    readonly losses: string;
    readonly playground: string;
    readonly race: string;
    readonly articles: string;
    readonly onThisPage: string;
    readonly previous: string;
    readonly next: string;
    readonly menu: string;
    readonly toTop: string;
    readonly appearance: string;
    readonly toDark: string;
    readonly toLight: string;
    readonly changeLanguage: string;
    readonly skipToContent: string;
    /** Stands on a translation that is older than its original. */
    readonly isOlder: string;
    /** Stands on a page that is not translated. */
    readonly isEnglish: string;
  };
  readonly groups: Readonly<Record<HandWritten | 'tables' | 'api', string>>;
  readonly families: Readonly<Record<string, string>>;
  readonly guides: GuideWords;
}
