export { compile } from './compile.js';
export { type CompileArgs, type Metrics } from '../layers/compileArgs.js';
export type {
  CompiledModel,
  WeightedBatchArgs,
  WeightedEvaluateArgs,
  WeightedFitArgs,
  WeightedFitDatasetArgs,
} from '../layers/compiledModel.js';
export type { ClassWeights, SampleWeight } from '../layers/exampleWeights.js';
export { accuracyFor, type ModelMetric } from '../layers/metrics.js';
export type { ModelLoss } from '../layers/outputLoss.js';
export type { LossTerm, ModelLosses } from '../layers/terms.js';
export type { PerOutput } from '../layers/perOutput.js';
export type { ClassWeight } from '../layers/classWeights.js';
export { load, type LoadArgs } from '../layers/load.js';
export { save } from '../layers/save.js';
export type { SaveArgs } from '../layers/saveBy.js';
export * from '../layers/diagnose/index.js';
