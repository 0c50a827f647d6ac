import { combinedConfig } from './combinedConfig.js';
import { configSlot } from './configSlot.js';
import { toConfig } from './toConfig.js';

/* On import, all losses can write their config. */
Object.assign(configSlot, { loss: toConfig, combination: combinedConfig } satisfies Required<typeof configSlot>);
