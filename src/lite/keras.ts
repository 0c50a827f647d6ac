export { toKeras, type WritableLoss, type WritableLosses } from '../keras/toKeras.js';
export { fromConfig, type ConfiguredLoss, type ConfiguredLosses } from '../keras/fromConfig.js';
export type { ReadOptions } from '../keras/reading.js';
