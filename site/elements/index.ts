/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { LossPlot } from './loss-plot/element.js';

customElements.define('loss-plot', LossPlot);
