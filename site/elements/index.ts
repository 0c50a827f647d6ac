/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { LossFilter } from './loss/filter.js';
import { LossPlot } from './loss-plot/element.js';
import { RunHere } from './runHere/runHere.js';

customElements.define('run-here', RunHere);
customElements.define('loss-plot', LossPlot);
customElements.define('loss-filter', LossFilter);
