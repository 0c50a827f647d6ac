import theme from 'vitepress/theme-without-fonts';
import 'katex/dist/katex.min.css';
import '../../elements/style.css';
import './style.css';

export default {
  extends: theme,
  enhanceApp(): void {
    if (typeof document !== 'undefined') void import('../../elements/index.js');
  },
};
