export * from '../losses/index.js';
export { adaptiveLogProbabilities } from '../losses/language/common/adaptiveLogProbabilities.js';
export type {
  AdaptiveSoftmaxOptions,
  AdaptiveTail,
  GivenAdaptiveSoftmax,
} from '../losses/language/common/adaptiveSoftmax.js';
export { crfDecode } from '../losses/sequence/common/crfDecode.js';
export type { CrfOptions } from '../losses/sequence/common/crfOptions.js';
export * from '../tensorflow/functions.js';
export { getLoss, type LossName, type NamedLoss } from '../getLoss.js';
export type { Definition, Loss, LossOptions, LossWithRequired, Reduced } from '../definition/definition.js';
export type { Json, KerasFacts, LossConfig } from '../definition/kerasFacts.js';
export type { CommonOptions, Reduction } from '../definition/options.js';
export type { TensorInput } from '../definition/tensorInput.js';
export type { BinaryOptions } from '../losses/classification/common/binary.js';
export type { ClassPredictionOptions } from '../losses/common/classPredictionOptions.js';
export type { CrossentropyOptions } from '../losses/common/crossentropyOptions.js';
export type { BoxFormat, BoxOptions } from '../losses/detection/common/boxes.js';
export type { Density, DensityOptions } from '../losses/divergence/common/density.js';
export type { Gaussian } from '../losses/divergence/common/gaussian.js';
export type { DevianceOptions } from '../losses/regression/common/deviance.js';
export type { DistributionFormat, FormatOptions, TemperatureOption } from '../losses/common/distribution.js';
export type { Domain } from '../definition/domain.js';
export type { CosineOptions } from '../losses/regression/common/cosineOptions.js';
export type { CategoricalFocalOptions, FocusOption } from '../losses/classification/common/focal.js';
export type { HingeLabels, HingeOptions, SignedLabelsOptions } from '../losses/common/hingeLabels.js';
export type { InformationOptions } from '../losses/divergence/common/informationOptions.js';
export type { Kind } from '../definition/kinds.js';
export type { SsimOptions } from '../losses/image/common/similarity.js';
export type { OverlapOptions } from '../losses/segmentation/common/overlap.js';
export type { ScoreOptions } from '../losses/ranking/common/lists.js';
export type { MarginSoftmaxOptions } from '../losses/embedding/common/marginSoftmax.js';
export type { NormalizeOption } from '../losses/embedding/common/pairs.js';
export type { ActivationOptions, SummedAxes } from '../losses/segmentation/common/segmentation.js';
export type { OptionSchema } from '../definition/options.js';
export type { DivergenceOptions } from '../losses/common/kullbackLeibler.js';
export type { Interval } from '../losses/divergence/common/quadrature.js';
export type { BaseOption, ClassAxisOption } from '../definition/sharedOptions.js';
export type { Unreduced } from '../definition/definition.js';
