/* The custom elements of the site. Each loads what it needs when it is first used; nothing here loads TensorFlow.js. */
import { LossRace } from './race/element.js';

customElements.define('loss-race', LossRace);
