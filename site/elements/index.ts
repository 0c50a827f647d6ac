/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { RunHere } from './runHere/runHere.js';

customElements.define('run-here', RunHere);
