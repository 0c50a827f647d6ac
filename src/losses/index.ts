export { meanSquaredError } from './regression/meanSquaredError.js';
export { meanAbsoluteError } from './regression/meanAbsoluteError.js';
export { huber, type HuberOptions } from './regression/huber.js';
export { smoothL1, type SmoothL1Options } from './regression/smoothL1.js';
export { halfSquaredError } from './regression/halfSquaredError.js';
export { meanAbsolutePercentageError, type PercentageErrorOptions } from './regression/meanAbsolutePercentageError.js';
export { meanSquaredLogarithmicError, type LogarithmicErrorOptions } from './regression/meanSquaredLogarithmicError.js';
export { logCosh } from './regression/logCosh.js';
export { quantile, type QuantileOptions } from './regression/quantile.js';
export { poisson, type PoissonOptions } from './regression/poisson.js';
export { gaussianNll, type GaussianNllOptions } from './regression/gaussianNll.js';
export { gammaDeviance } from './regression/gammaDeviance.js';
export { tweedieDeviance, type TweedieDevianceOptions } from './regression/tweedieDeviance.js';
export { robust, type RobustOptions } from './regression/robust.js';
export { wing, type WingOptions } from './regression/wing.js';
export { cosineSimilarity } from './regression/cosineSimilarity.js';
export { cosineDistance } from './regression/cosineDistance.js';
export { meanPairwiseSquaredError } from './regression/meanPairwiseSquaredError.js';
export { categoricalCrossentropy } from './classification/categoricalCrossentropy.js';
export {
  sparseCategoricalCrossentropy,
  type SparseCrossentropyOptions,
} from './classification/sparseCategoricalCrossentropy.js';
export { negativeLogLikelihood, type NegativeLogLikelihoodOptions } from './classification/negativeLogLikelihood.js';
export { binaryCrossentropy, type BinaryCrossentropyOptions } from './classification/binaryCrossentropy.js';
export {
  binaryFocalCrossentropy,
  type BinaryFocalCrossentropyOptions,
} from './classification/binaryFocalCrossentropy.js';
export { categoricalFocalCrossentropy } from './classification/categoricalFocalCrossentropy.js';
export { sparseCategoricalFocalCrossentropy } from './classification/sparseCategoricalFocalCrossentropy.js';
export { polyCrossentropy, type PolyCrossentropyOptions } from './classification/polyCrossentropy.js';
export {
  generalizedCrossentropy,
  type GeneralizedCrossentropyOptions,
} from './classification/generalizedCrossentropy.js';
export { asymmetric, type AsymmetricOptions } from './classification/asymmetric.js';
export { multilabelSoftMargin, type MultilabelSoftMarginOptions } from './classification/multilabelSoftMargin.js';
export { sparsemax } from './classification/sparsemax.js';
export { multiclassSparsemax } from './classification/multiclassSparsemax.js';
export { fenchelYoung } from './classification/fenchelYoung.js';
export { labelSmoothing } from './classification/labelSmoothing.js';
export { softMargin } from './classification/softMargin.js';
export { exponential } from './classification/exponential.js';
export { brier } from './classification/brier.js';
export { hinge } from './margin/hinge.js';
export { squaredHinge } from './margin/squaredHinge.js';
export { categoricalHinge, type CategoricalHingeOptions } from './margin/categoricalHinge.js';
export { multiclassHinge, type MulticlassHingeOptions } from './margin/multiclassHinge.js';
export { multiMargin, type MultiMarginOptions } from './margin/multiMargin.js';
export { multilabelMargin, type MultilabelFormat, type MultilabelMarginOptions } from './margin/multilabelMargin.js';
export { marginRanking } from './margin/marginRanking.js';
export { multiclassPerceptron } from './margin/multiclassPerceptron.js';
export { perceptron } from './margin/perceptron.js';
export { hingeEmbedding } from './margin/hingeEmbedding.js';
export { entropy } from './divergence/entropy.js';
export { crossEntropy } from './divergence/crossEntropy.js';
export { klDivergence, type KlDivergenceOptions } from './divergence/klDivergence.js';
export { generalizedKlDivergence } from './divergence/generalizedKlDivergence.js';
export { jensenShannon, type JensenShannonOptions } from './divergence/jensenShannon.js';
export { totalVariation, type TotalVariationOptions } from './divergence/totalVariation.js';
export { differentialEntropy } from './divergence/differentialEntropy.js';
export { continuousKlDivergence } from './divergence/continuousKlDivergence.js';
export { iou } from './detection/iou.js';
export { generalizedIou } from './detection/generalizedIou.js';
export { distanceIou } from './detection/distanceIou.js';
export { completeIou } from './detection/completeIou.js';
export { rankingSoftmax, type RankingSoftmaxOptions } from './ranking/rankingSoftmax.js';
export { ctc, type CtcOptions } from './sequence/ctc.js';
export { linearCrossentropy, type LinearCrossentropyOptions } from './language/linearCrossentropy.js';
export {
  combine,
  type AnyPart,
  type CombinedLoss,
  type Part,
  type Parts,
  type PartsOfColumns,
} from './composition/combine.js';
export type { ColumnNames, Columns, Layout, PartColumns } from './composition/common/columns.js';
export { dice } from './segmentation/dice.js';
export { jaccard } from './segmentation/jaccard.js';
export { tversky, type TverskyOptions } from './segmentation/tversky.js';
export { generalizedDice, type GeneralizedDiceOptions } from './segmentation/generalizedDice.js';
export { lovaszHinge, type LovaszHingeOptions } from './segmentation/lovaszHinge.js';
export { lovaszSoftmax, type LovaszSoftmaxOptions } from './segmentation/lovaszSoftmax.js';
export { matthewsCorrelation, type MatthewsCorrelationOptions } from './segmentation/matthewsCorrelation.js';
export { tripletMargin, type Distance, type TripletMarginOptions } from './embedding/tripletMargin.js';
export { cosineEmbedding, type CosineEmbeddingOptions } from './embedding/cosineEmbedding.js';
export { circle, type CircleOptions } from './embedding/circle.js';
export { ntXent, type NtXentOptions } from './embedding/ntXent.js';
