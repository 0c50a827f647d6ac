/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { LiveCall } from './liveCall/liveCall.js';
import { LossPlot } from './loss-plot/element.js';
import { RunHere } from './runHere/runHere.js';

customElements.define('live-call', LiveCall);
customElements.define('run-here', RunHere);
customElements.define('loss-plot', LossPlot);
