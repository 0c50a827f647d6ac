export { meanSquaredError } from './regression/meanSquaredError.js';
export { meanAbsoluteError } from './regression/meanAbsoluteError.js';
export { huber, type HuberOptions } from './regression/huber.js';
export { smoothL1, type SmoothL1Options } from './regression/smoothL1.js';
export { halfSquaredError } from './regression/halfSquaredError.js';
export { meanAbsolutePercentageError, type PercentageErrorOptions } from './regression/meanAbsolutePercentageError.js';
export {
  symmetricMeanAbsolutePercentageError,
  type SymmetricPercentageErrorOptions,
} from './regression/symmetricMeanAbsolutePercentageError.js';
export { meanSquaredLogarithmicError, type LogarithmicErrorOptions } from './regression/meanSquaredLogarithmicError.js';
export { rootMeanSquaredError } from './regression/rootMeanSquaredError.js';
export { logCosh } from './regression/logCosh.js';
export { quantile, type QuantileOptions } from './regression/quantile.js';
export { quantileHuber, type QuantileHuberOptions } from './regression/quantileHuber.js';
export { expectile, type ExpectileOptions } from './regression/expectile.js';
export { poisson, type PoissonOptions } from './regression/poisson.js';
export { gaussianNll, type GaussianNllOptions } from './regression/gaussianNll.js';
export { laplaceNll } from './regression/laplaceNll.js';
export { studentTNll } from './regression/studentTNll.js';
export { crpsGaussian } from './regression/crpsGaussian.js';
export { crpsEnsemble, type CrpsEnsembleOptions } from './regression/crpsEnsemble.js';
export { gaussianMixtureNll } from './regression/gaussianMixtureNll.js';
export { negativeBinomialNll } from './regression/negativeBinomialNll.js';
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
export { symmetricCrossentropy, type SymmetricCrossentropyOptions } from './classification/symmetricCrossentropy.js';
export { asymmetric, type AsymmetricOptions } from './classification/asymmetric.js';
export { asymmetricSingleLabel, type AsymmetricSingleLabelOptions } from './classification/asymmetricSingleLabel.js';
export { multilabelSoftMargin, type MultilabelSoftMarginOptions } from './classification/multilabelSoftMargin.js';
export { zlpr } from './classification/zlpr.js';
export { logitAdjusted, type LogitAdjustedOptions } from './classification/logitAdjusted.js';
export { ldam, type LdamOptions } from './classification/ldam.js';
export { nonNegativePu, type NonNegativePuOptions } from './classification/nonNegativePu.js';
export { sparsemax } from './classification/sparsemax.js';
export { multiclassSparsemax } from './classification/multiclassSparsemax.js';
export { fenchelYoung } from './classification/fenchelYoung.js';
export { labelSmoothing } from './classification/labelSmoothing.js';
export { effectiveNumberWeights, type EffectiveNumberOptions } from './classification/effectiveNumberWeights.js';
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
export { dice } from './segmentation/dice.js';
export { diceCrossentropy, type DiceCrossentropyOptions } from './segmentation/diceCrossentropy.js';
export { jaccard } from './segmentation/jaccard.js';
export { tversky, type TverskyOptions } from './segmentation/tversky.js';
export { generalizedDice, type GeneralizedDiceOptions } from './segmentation/generalizedDice.js';
export { lovaszHinge, type LovaszHingeOptions } from './segmentation/lovaszHinge.js';
export { lovaszSoftmax, type LovaszSoftmaxOptions } from './segmentation/lovaszSoftmax.js';
export { matthewsCorrelation, type MatthewsCorrelationOptions } from './segmentation/matthewsCorrelation.js';
export { softClDice, type SoftClDiceOptions } from './segmentation/softClDice.js';
export { iou } from './detection/iou.js';
export { generalizedIou } from './detection/generalizedIou.js';
export { distanceIou } from './detection/distanceIou.js';
export { completeIou } from './detection/completeIou.js';
export { efficientIou } from './detection/efficientIou.js';
export { adaptiveWing, type AdaptiveWingOptions } from './detection/adaptiveWing.js';
export { distributionFocal } from './detection/distributionFocal.js';
export { heatmapFocal, type HeatmapFocalOptions } from './detection/heatmapFocal.js';
export {
  objectKeypointSimilarity,
  type ObjectKeypointSimilarityOptions,
} from './detection/objectKeypointSimilarity.js';
export { qualityFocal, type QualityFocalOptions } from './detection/qualityFocal.js';
export { varifocal, type VarifocalOptions } from './detection/varifocal.js';
export { imageTotalVariation } from './image/imageTotalVariation.js';
export { msSsim, type MsSsimOptions } from './image/msSsim.js';
export { psnr, type PsnrOptions } from './image/psnr.js';
export { ssim } from './image/ssim.js';
export { style } from './image/style.js';
export { angular, type AngularOptions } from './embedding/angular.js';
export { arcFace, type ArcFaceOptions } from './embedding/arcFace.js';
export { barlowTwins, type BarlowTwinsOptions } from './embedding/barlowTwins.js';
export { center } from './embedding/center.js';
export { clip, type ClipOptions } from './embedding/clip.js';
export { cosFace, type CosFaceOptions } from './embedding/cosFace.js';
export { cosineLogits, type CosineLogitsOptions } from './embedding/cosineLogits.js';
export {
  generalizedLiftedStructure,
  type GeneralizedLiftedStructureOptions,
} from './embedding/generalizedLiftedStructure.js';
export { infoNce, type InfoNceOptions } from './embedding/infoNce.js';
export { liftedStructure, type LiftedStructureOptions } from './embedding/liftedStructure.js';
export { marginLoss, type MarginLossOptions } from './embedding/marginLoss.js';
export { nca, type NcaOptions } from './embedding/nca.js';
export { pairContrastive, type PairContrastiveOptions } from './embedding/pairContrastive.js';
export { proxyAnchor, type ProxyAnchorOptions } from './embedding/proxyAnchor.js';
export { sigLip, type SigLipOptions } from './embedding/sigLip.js';
export { softTriple, type SoftTripleOptions } from './embedding/softTriple.js';
export { tupletMargin, type TupletMarginOptions } from './embedding/tupletMargin.js';
export { vicReg, type VicRegOptions } from './embedding/vicReg.js';
export { tripletMargin, type Distance, type TripletMarginOptions } from './embedding/tripletMargin.js';
export { cosineEmbedding, type CosineEmbeddingOptions } from './embedding/cosineEmbedding.js';
export { circle, type CircleOptions } from './embedding/circle.js';
export { ntXent, type NtXentOptions } from './embedding/ntXent.js';
export { contrastive, type ContrastiveOptions } from './embedding/contrastive.js';
export { supervisedContrastive, type SupervisedContrastiveOptions } from './embedding/supervisedContrastive.js';
export { multiSimilarity, type MultiSimilarityOptions } from './embedding/multiSimilarity.js';
export { nPairs, type NPairsOptions } from './embedding/nPairs.js';
export { triplet, type TripletOptions } from './embedding/triplet.js';
export type { DistanceMatrix, PairDistance } from './embedding/common/pairDistance.js';
export { approxMrr } from './ranking/approxMrr.js';
export { approxNdcg } from './ranking/approxNdcg.js';
export { bradleyTerry, type BradleyTerryOptions } from './ranking/bradleyTerry.js';
export { coral, type CoralOptions } from './ranking/coral.js';
export { corn } from './ranking/corn.js';
export { listMle } from './ranking/listMle.js';
export { pairwiseHinge, type PairwiseHingeOptions } from './ranking/pairwiseHinge.js';
export { pairwiseLogistic } from './ranking/pairwiseLogistic.js';
export { pairwiseMeanSquaredError } from './ranking/pairwiseMeanSquaredError.js';
export { pairwiseSoftZeroOne } from './ranking/pairwiseSoftZeroOne.js';
export { rankingSoftmax, type RankingSoftmaxOptions } from './ranking/rankingSoftmax.js';
export { uniqueSoftmax } from './ranking/uniqueSoftmax.js';
export { cpo, type CpoOptions } from './preference/cpo.js';
export { dpo, type DpoObjective, type DpoOptions } from './preference/dpo.js';
export { grpo, type GrpoObjective, type GrpoOptions } from './preference/grpo.js';
export { kto, type KtoOptions } from './preference/kto.js';
export { orpo, type OrpoOptions } from './preference/orpo.js';
export { simPo, type SimPoOptions } from './preference/simPo.js';
export type { PreferenceSmoothing } from './preference/common/smoothing.js';
export { adaptiveLogSoftmax } from './language/adaptiveLogSoftmax.js';
export { distillation, type DistillationOptions } from './language/distillation.js';
export { linearCrossentropy, type LinearCrossentropyOptions } from './language/linearCrossentropy.js';
export { nce } from './language/nce.js';
export { sampledSoftmax } from './language/sampledSoftmax.js';
export type { ClassSampler } from './language/common/drawnClasses.js';
export type { SampledClassesOptions } from './language/common/sampledClasses.js';
export { crf } from './sequence/crf.js';
export { ctc, type CtcOptions } from './sequence/ctc.js';
export { softDtw, type SoftDtwOptions } from './sequence/softDtw.js';
export { policyGradient } from './reinforcement/policyGradient.js';
export { ppoClip, type PpoClipOptions } from './reinforcement/ppoClip.js';
export { clippedValue, type ClippedValueOptions } from './reinforcement/clippedValue.js';
export { qLearning, type QLearningOptions } from './reinforcement/qLearning.js';
export { diffusion, type DiffusionOptions } from './generative/diffusion.js';
export { ganDiscriminator, type GanDiscriminatorOptions } from './generative/ganDiscriminator.js';
export { ganGenerator, type GanGeneratorOptions } from './generative/ganGenerator.js';
export { gaussianKl, type GaussianKlOptions } from './generative/gaussianKl.js';
export { gradientPenalty, type GradientPenaltyOptions } from './generative/gradientPenalty.js';
export { vectorQuantization, type VectorQuantizationOptions } from './generative/vectorQuantization.js';
export { cox, type CoxOptions } from './survival/cox.js';
export { discreteTimeSurvival } from './survival/discreteTimeSurvival.js';
export {
  combine,
  type AnyPart,
  type CombinedLoss,
  type Part,
  type Parts,
  type PartsOfColumns,
} from './composition/combine.js';
export type { ColumnNames, Columns, Layout, PartColumns } from './composition/common/columns.js';
