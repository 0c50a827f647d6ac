/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { LossFilter } from './loss/filter.js';
import { LiveCall } from './liveCall/liveCall.js';
import { LossPlayground } from './playground/element.js';
import { LossPlot } from './loss-plot/element.js';
import { LossRace } from './race/element.js';
import { RunHere } from './runHere/runHere.js';

customElements.define('live-call', LiveCall);
customElements.define('loss-playground', LossPlayground);
customElements.define('run-here', RunHere);
customElements.define('loss-plot', LossPlot);
customElements.define('loss-filter', LossFilter);
customElements.define('loss-race', LossRace);
