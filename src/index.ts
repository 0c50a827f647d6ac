export * from './losses/index.js';
export * from './tensorflow.js';
export type { Loss, LossOptions, Reduced } from './core/define.js';
export type { LossConfig } from './core/config.js';
export type { CommonOptions, Reduction, TensorInput } from './core/options.js';
