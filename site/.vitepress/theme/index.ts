import theme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';
import '../../elements/style.css';
import './style.css';

export default {
  extends: theme,
  enhanceApp(): void {
    if (!import.meta.env.SSR) void import('../../elements/index.js');
  },
};
