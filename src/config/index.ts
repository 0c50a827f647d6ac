import { configSlot } from './configSlot.js';
import { toConfig } from './toConfig.js';

/* On import, all losses can write their config. */
configSlot.write = toConfig;
