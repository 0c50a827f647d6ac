import { advice } from '../call/adviceSlot.js';
import { during } from './during.js';

/* On import, errors of all losses tell the remedy, and a call that is probably a mistake is told of once. */
Object.assign(advice, { during } satisfies Required<typeof advice>);
