export { toKeras, type WritableLoss, type WritableLosses } from './toKeras.js';
export { fromConfig, type ConfiguredLoss, type ConfiguredLosses, type ReadOptions } from './fromConfig.js';
