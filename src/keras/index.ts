export { toKeras, type WritableLoss, type WritableLosses } from './toKeras.js';
export { fromConfig, type ConfiguredLoss, type ConfiguredLosses } from './fromConfig.js';
export type { ReadOptions } from './reading.js';
