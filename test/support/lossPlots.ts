/* Prints the plots of all losses in both languages, as JSON; in a process of its own, as its packages are ES modules. */
import { collectFacts } from '../../scripts/facts/index.js';
import { plotOf } from '../../site/generate/lossPlot.js';

const plots = collectFacts().losses.map((loss) => ({
  name: loss.name,
  kind: loss.kind,
  en: plotOf(loss, 'en'),
  zh: plotOf(loss, 'zh'),
}));
console.log(`\n${JSON.stringify(plots)}`);
