export { compile } from './compile.js';
export { type CompileArgs, type Metrics } from './compileArgs.js';
export type {
  CompiledModel,
  WeightedBatchArgs,
  WeightedEvaluateArgs,
  WeightedFitArgs,
  WeightedFitDatasetArgs,
} from './compiledModel.js';
export type { ClassWeights, SampleWeight } from './exampleWeights.js';
export type { ModelMetric } from './metrics.js';
export type { ModelLoss } from './outputLoss.js';
export type { PerOutput } from './perOutput.js';
export type { ClassWeight } from './classWeights.js';
export { load, type LoadArgs } from './load.js';
export { save, type SaveArgs } from './save.js';
