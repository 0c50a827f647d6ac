import type { EnhanceAppContext } from 'vitepress';
import { h, type VNode } from 'vue';
import theme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';
import '../../elements/style.css';
import hero from '../../.generated/hero.html?raw';
import './style.css';

export default {
  extends: theme,
  Layout: (): VNode =>
    h(theme.Layout, null, { 'home-hero-image': () => h('figure', { class: 'hero-picture', innerHTML: hero }) }),
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
