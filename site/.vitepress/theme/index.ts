import type { EnhanceAppContext } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';
import '../../elements/style.css';
import './style.css';

export default {
  extends: theme,
  enhanceApp({ router }: EnhanceAppContext): void {
    if (import.meta.env.SSR) return;
    void import('../../elements/index.js');
    router.onAfterRouteChange = markMain;
  },
};

/** The start page of the theme has no main landmark; `config.ts` gives one to its HTML, and this to what follows. */
function markMain(): void {
  document.querySelector('.VPContent.is-home')?.setAttribute('role', 'main');
}
