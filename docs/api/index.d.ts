import { Tensor, TensorLike, Scalar, Tensor2D, Reduction as Reduction$1 } from '@tensorflow/tfjs-core';
interface ActivationOptions {
  readonly classAxis: number;
  readonly fromLogits: boolean;
  readonly activation: 'softmax' | 'sigmoid' | null;
}
interface AdaptiveSoftmaxOptions {
  readonly cutoffs: readonly number[];
  readonly tails: readonly AdaptiveTail[];
  readonly headBias: TensorInput | null;
}
type AdaptiveTail = readonly [projection: TensorInput, weight: TensorInput];
interface AdaptiveWingOptions {
  readonly omega: number;
  readonly theta: number;
  readonly epsilon: number;
  readonly alpha: number;
}
interface AngularOptions {
  readonly alpha: number;
}
interface AnyPart {
  readonly name: string;
  readonly length: number;
  config(target?: KerasTarget): LossConfig;
}
interface ApproximateRankOptions {
  readonly temperature: number;
}
interface ArcFaceOptions extends MarginSoftmaxOptions {
  readonly margin: number;
}
interface AsymmetricOptions {
  readonly gammaPositive: number;
  readonly gammaNegative: number;
  readonly clip: number;
}
interface AsymmetricSingleLabelOptions extends ClassAxisOption {
  readonly gammaPositive: number;
  readonly gammaNegative: number;
  readonly labelSmoothing: number;
}
interface Axes {
  readonly schema: Readonly<
    Record<
      string,
      readonly [
        unknown,
        {
          readonly isEntryAxis?: true;
        },
      ]
    >
  >;
  readonly options: Readonly<Record<string, unknown>>;
  readonly sizes: ReadonlyMap<string, number>;
  readonly positions: readonly number[];
}
interface BarlowTwinsOptions {
  readonly lambda: number;
}
interface BaseOption {
  readonly base: number;
}
interface BinaryCrossentropyOptions extends BinaryOptions, BaseOption {}
interface BinaryFocalCrossentropyOptions extends BinaryOptions, FocusOption {
  readonly alpha: number | null;
  readonly reducedThreshold: number | null;
  readonly normalized: boolean;
}
interface BinaryOptions {
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly posWeight: TensorInput | null;
  readonly axis: number | null;
  readonly epsilon: number;
  readonly ignoreIndex: number | null;
}
interface Bounds {
  readonly name: string;
  readonly range?: readonly [low: number, high: number];
}
type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh' | 'yxyx';
interface BoxOptions {
  readonly format: BoxFormat;
  readonly epsilon: number;
}
interface BradleyTerryOptions {
  readonly margin: TensorInput;
}
interface CategoricalFocalOptions extends ClassPredictionOptions, FocusOption {
  readonly alpha: TensorInput;
  readonly ignoreIndex: number | null;
}
interface CategoricalHingeOptions extends ClassAxisOption {
  readonly margin: number;
}
interface CircleOptions extends NormalizeOption {
  readonly gamma: number;
  readonly margin: number;
  readonly removeDiagonal: boolean;
  readonly detachWeights: boolean;
}
interface ClassAxis {
  readonly axis: number | readonly number[];
  readonly told: string;
  readonly atEnd: (shape: readonly number[]) => View | undefined;
  readonly leftOut: (shape: readonly number[]) => readonly number[] | undefined;
}
interface ClassAxisOption {
  readonly axis: number | readonly number[];
}
interface ClassPredictionOptions extends ClassAxisOption {
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly epsilon: number;
}
type ClassSampler = 'logUniform' | 'uniform';
interface ClipOptions extends NormalizeOption {
  readonly temperature: TensorInput;
}
interface ClippedValueOptions {
  readonly clipRange: number;
}
type ColumnNames = Readonly<Record<string, number>>;
type Columns = number | readonly [start: number, end: number];
interface CombinedLoss<
  Name extends string = string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: CommonOptions<R>]): Reduced<R>;
  mean(...args: [...inputs: Inputs, options?: CommonOptions<'mean'>]): Scalar;
  values<R extends Reduction = Default>(
    ...args: [...inputs: Inputs, options?: CommonOptions<R>]
  ): Record<Name, Reduced<R>>;
  readonly parts: Parts<Inputs, Name> | PartsOfColumns<Name, Columns>;
  readonly fixed: CommonOptions;
  with<R extends Reduction = Default>(options: CommonOptions<R>): CombinedLoss<Name, Inputs, R>;
  config(target?: KerasTarget): LossConfig;
}
interface CommonOptions<R extends Reduction = Reduction> {
  readonly weights?: TensorInput | null | undefined;
  readonly mask?: TensorInput | null | undefined;
  readonly ignoreNaN?: boolean | undefined;
  readonly reduction?: R | undefined;
  readonly validate?: boolean | null | undefined;
}
interface Comparing extends NormalizeOption {
  readonly distance: PairDistance;
}
interface ContrastiveOptions extends PairOptions {
  readonly positiveMargin: number;
  readonly negativeMargin: number;
  readonly pairs: 'all' | 'positive' | 'negative';
}
interface CoralOptions {
  readonly thresholdWeights: TensorInput | null;
}
interface CosFaceOptions extends MarginSoftmaxOptions {
  readonly margin: number;
}
interface CosineEmbeddingOptions extends SignedLabelsOptions {
  readonly margin: number;
  readonly epsilon: number;
}
interface CosineLogitsOptions {
  readonly pool: 'none' | 'max';
  readonly transposeWeight: boolean;
}
interface CosineOptions {
  readonly axis: number | readonly number[];
  readonly epsilon: number;
}
type CountInputs = readonly [labels: TensorInput, mean: TensorInput, dispersion: TensorInput];
type CoxInputs = readonly [labels: TensorInput, logHazards: TensorInput];
interface CoxOptions {
  readonly ties: 'efron' | 'breslow';
}
interface CpoOptions extends PreferenceSmoothing {
  readonly objective: 'sigmoid' | 'hinge';
  readonly beta: number;
}
interface CrfOptions {
  readonly start: TensorInput | null;
  readonly end: TensorInput | null;
  readonly lengths: TensorInput | null;
}
interface CrossentropyOptions extends BaseOption, ClassPredictionOptions {
  readonly classWeights: TensorInput | null;
  readonly temperature: number;
  readonly softcap: number | null;
  readonly zLoss: number;
}
interface CrpsEnsembleOptions {
  readonly fair: boolean;
}
interface CtcOptions {
  readonly labelLengths: TensorInput | null;
  readonly logitLengths: TensorInput | null;
  readonly blankIndex: number;
  readonly zeroInfinity: boolean;
  readonly logProbabilities: boolean;
}
interface Definition<O extends object, Name extends string = string> {
  readonly name: string;
  readonly aliases?: Readonly<Record<string, Partial<O>>>;
  readonly keras?: KerasFacts<O>;
  readonly signature: string | ((options: O, rank: number) => string);
  readonly inputs?: readonly Name[];
  readonly domains: readonly Domain[] | ((options: O) => readonly Domain[]);
  readonly range?: readonly [low: number, high: number] | null;
  readonly options: OptionSchema<O>;
  readonly check?: (options: O) => string | undefined;
  readonly brought?: typeof sizesBrought;
  readonly takesIndices?: IndexReading;
  readonly broadcast?: (shape: readonly number[], to: number[]) => ((input: Tensor) => Tensor) | undefined;
  readonly sibling?: string;
  readonly weighsEntries?: boolean;
  readonly massIfNone?: MassIfNone;
  readonly isOfBatch?: (options: O) => boolean;
  readonly unwritable?: string;
  readonly shift?: (inputs: readonly Tensor[], options: O) => readonly Tensor[] | undefined;
  readonly formula: (
    inputs: Readonly<Record<Name, Tensor>>,
    options: O & {
      readonly weights: TensorInput | null;
    },
    valid: Tensor | null,
  ) => Tensor | Unreduced;
  readonly shortcut?: Shortcut;
}
type Density = (x: number) => number;
type DensityOptions = BaseOption;
interface DevianceOptions {
  readonly logInput: boolean;
  readonly epsilon: number;
}
interface DiceCrossentropyOptions extends Omit<OverlapOptions, 'axis'> {
  readonly axis: 'example' | 'batch';
  readonly diceWeight: number;
  readonly crossentropyWeight: number;
}
interface DiffusionOptions {
  readonly prediction: 'noise' | 'sample' | 'velocity';
  readonly weighting: 'minSnr' | 'snr' | 'none';
  readonly gamma: number;
}
type Distance = (a: Tensor, b: Tensor) => Tensor;
type DistanceMatrix = (a: Tensor, b: Tensor) => Tensor;
type DistillationDivergence = 'forward' | 'reverse' | 'jensenShannon';
interface DistillationOptions {
  readonly alpha: number;
  readonly temperature: number;
  readonly scaleByTemperature: boolean;
  readonly divergence: DistillationDivergence;
  readonly beta: number;
  readonly ignoreIndex: number | null;
  readonly detachTeacher: boolean;
}
type DistributionFormat = 'probabilities' | 'logProbabilities' | 'logits';
interface DivergenceOptions extends FormatOptions, BaseOption {
  readonly epsilon: number | null;
}
interface Domain {
  readonly name: DomainName;
  readonly expected: string;
  readonly contains: (value: number, classes: number) => boolean;
  readonly neutral: number;
  readonly remedy?: (label: number) => string;
  readonly range?: readonly [low: number, high: number];
  readonly confine?: typeof confine;
  readonly lookAt?: typeof lookAtLabels;
  readonly integer?: 'index' | 'name';
  readonly refuseRounded?: typeof refuseRounded;
  readonly neutralized?: typeof neutralizedOnHost;
  readonly inRange?: typeof inRange;
  readonly isHeld?: true;
  readonly taken?: (input: Tensor) => Tensor;
  readonly told?: (classes: number) => string;
}
type DomainName =
  | 'real'
  | 'nonNegative'
  | 'logit'
  | 'probability'
  | 'heatmap'
  | 'quality'
  | 'distribution'
  | 'logProbability'
  | 'classIndex'
  | 'ordinal'
  | 'paddedIndex'
  | 'binaryClass'
  | 'group'
  | 'relevance'
  | 'embedding'
  | 'cosine'
  | 'box'
  | 'hingeLabel'
  | 'timeAndEvent'
  | 'intervalAndEvent';
type DpoObjective =
  | 'sigmoid'
  | 'hinge'
  | 'ipo'
  | 'robust'
  | 'exoPair'
  | 'ncaPair'
  | 'bcoPair'
  | 'sppoHard'
  | 'apoZero'
  | 'apoDown'
  | 'discopop';
interface DpoOptions extends PreferenceSmoothing {
  readonly objective: DpoObjective;
  readonly beta: number;
  readonly tau: number;
  readonly chosenLengths: TensorInput | null;
  readonly rejectedLengths: TensorInput | null;
}
interface EffectiveNumberOptions {
  readonly beta: number;
}
type EnsembleInputs = readonly [labels: TensorInput, members: TensorInput];
interface ExpectileOptions {
  readonly expectile: number;
}
interface Fitted {
  readonly used: Tensor;
  readonly entries: Kind<number>;
}
interface FocusOption {
  readonly gamma: number;
}
interface FormatOptions extends ClassAxisOption {
  readonly predictionFormat: DistributionFormat;
  readonly labelFormat: DistributionFormat;
}
interface GanDiscriminatorOptions {
  readonly objective: 'minimax' | 'leastSquares' | 'hinge' | 'wasserstein';
  readonly labelSmoothing: number;
}
interface GanGeneratorOptions {
  readonly objective: 'nonSaturating' | 'minimax' | 'leastSquares' | 'hinge' | 'wasserstein';
}
type Gaussian =
  | {
      readonly mean: TensorInput;
      readonly standardDeviation: TensorInput;
      readonly logVariance?: undefined;
    }
  | {
      readonly mean: TensorInput;
      readonly logVariance: TensorInput;
      readonly standardDeviation?: undefined;
    };
type GaussianInputs = readonly [labels: TensorInput, mean: TensorInput, standardDeviation: TensorInput];
type GaussianInputs$1 = readonly [labels: TensorInput, mean: TensorInput, variance: TensorInput];
interface GaussianKlOptions {
  readonly priorMean: TensorInput;
  readonly priorLogVariance: TensorInput;
}
interface GaussianNllOptions extends LikelihoodOptions {
  readonly logVariance: boolean;
}
interface GeneralizedCrossentropyOptions extends ClassAxisOption {
  readonly q: number;
  readonly fromLogits: boolean;
  readonly epsilon: number;
  readonly ignoreIndex: number | null;
}
interface GeneralizedDiceOptions extends ActivationOptions {
  readonly axis: 'example' | 'batch';
  readonly smooth: number;
  readonly epsilon: number;
  readonly weight: 'square' | 'simple' | 'uniform';
  readonly classes: readonly number[] | null;
  readonly ignoreIndex: number | null;
}
type GeneralizedLiftedStructureOptions = LiftedOptions;
type Given<O> = {
  readonly [K in keyof O]?: O[K] | undefined;
};
type GivenAdaptiveSoftmax = Given<AdaptiveSoftmaxOptions> & Pick<AdaptiveSoftmaxOptions, 'cutoffs' | 'tails'>;
interface GradientPenaltyOptions {
  readonly weight: number;
  readonly target: number;
  readonly oneSided: boolean;
  readonly mix: TensorInput | null;
  readonly seed: number | null;
}
type GrpoObjective = 'clip' | 'cispo' | 'sapo';
interface GrpoOptions {
  readonly objective: GrpoObjective;
  readonly clipRange: number;
  readonly clipRangeHigh: number | null;
  readonly delta: number | null;
  readonly importance: 'token' | 'sequence';
  readonly beta: number;
  readonly referenceLogProbs: TensorInput | null;
  readonly temperaturePositive: number;
  readonly temperatureNegative: number;
}
interface HasRange {
  readonly range?: Range | null;
}
interface HeatmapFocalOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly fromLogits: boolean;
  readonly epsilon: number;
}
type HingeLabels = 'auto' | 'binary' | 'signed';
interface HingeOptions extends SignedLabelsOptions {
  readonly margin: number;
}
interface HuberOptions {
  readonly delta: number;
}
interface Ignoring {
  readonly areOthers: ((labels: Tensor) => Tensor) | null;
  readonly remedy: (label: number) => string;
}
interface IndexReading {
  readonly domain: Domain;
  readonly oneHot: (labels: Tensor, classes: number, areInRange: boolean) => Tensor;
  readonly pattern: (labels: Pattern) => Pattern;
  readonly view: (labels: ReadLabels) => IndexView | undefined;
}
interface IndexView {
  readonly view: (input: Tensor) => Tensor;
  readonly isSparse: boolean;
}
interface InfoNceOptions {
  readonly temperature: TensorInput;
  readonly distance: 'cosine' | 'dot';
  readonly negatives: TensorInput | null;
  readonly inBatch: boolean;
}
interface InformationOptions extends BaseOption, ClassAxisOption {
  readonly fromLogits: boolean;
}
type Inputs = readonly [latents: TensorInput, codes: TensorInput];
type Inputs$1 = readonly [mean: TensorInput, logVariance: TensorInput];
type Inputs$2 = readonly [fake: TensorInput];
type Inputs$3 = readonly [real: TensorInput, fake: TensorInput];
type Inputs$4 = readonly [targets: TensorInput, predictions: TensorInput, signalToNoise: TensorInput];
type Inputs$5 = readonly [actions: TensorInput, rewards: TensorInput, values: TensorInput, nextValues: TensorInput];
type Inputs$6 = readonly [returns: TensorInput, values: TensorInput, oldValues: TensorInput];
type Inputs$7 = readonly [advantages: TensorInput, logProbs: TensorInput, oldLogProbs: TensorInput];
type Inputs$8 = readonly [advantages: TensorInput, logProbs: TensorInput];
type Inputs$9 = readonly [labels: TensorInput, emissions: TensorInput, transitions: TensorInput];
type Inputs$A = readonly [queries: TensorInput, keys: TensorInput];
type Inputs$B = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$C = readonly [images: TensorInput, texts: TensorInput];
type Inputs$D = readonly [labels: TensorInput, embeddings: TensorInput, centers: TensorInput];
type Inputs$E = readonly [a: TensorInput, b: TensorInput];
type Inputs$F = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$G = readonly [labels: TensorInput, predictions: TensorInput, areas: TensorInput];
type Inputs$H = readonly [labels: TensorInput, a: TensorInput, b: TensorInput];
type Inputs$a = readonly [labels: TensorInput, hidden: TensorInput, weight: TensorInput];
type Inputs$b = readonly [labels: TensorInput, predictions: TensorInput, teacher: TensorInput];
type Inputs$c = readonly [chosen: TensorInput, rejected: TensorInput];
type Inputs$d = readonly [chosen: TensorInput, rejected: TensorInput];
type Inputs$e = readonly [labels: TensorInput, policy: TensorInput, reference: TensorInput];
type Inputs$f = readonly [advantages: TensorInput, logProbs: TensorInput, oldLogProbs: TensorInput];
type Inputs$g = readonly [
  chosen: TensorInput,
  rejected: TensorInput,
  referenceChosen: TensorInput,
  referenceRejected: TensorInput,
];
type Inputs$h = readonly [chosen: TensorInput, rejected: TensorInput];
type Inputs$i = readonly [chosen: TensorInput, rejected: TensorInput];
type Inputs$j = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$k = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$l = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$m = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$n = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$o = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$p = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$q = readonly [labels: TensorInput, a: TensorInput, b: TensorInput];
type Inputs$r = readonly [anchor: TensorInput, positive: TensorInput, negative: TensorInput];
type Inputs$s = readonly [a: TensorInput, b: TensorInput];
type Inputs$t = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$u = readonly [labels: TensorInput, similarities: TensorInput];
type Inputs$v = readonly [images: TensorInput, texts: TensorInput];
type Inputs$w = readonly [labels: TensorInput, distances: TensorInput];
type Inputs$x = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$y = readonly [labels: TensorInput, embeddings: TensorInput];
type Inputs$z = readonly [labels: TensorInput, embeddings: TensorInput];
type Interval = readonly [from: number, to: number];
type IsLoss<T> = T extends {
  readonly definition: object;
}
  ? T
  : never;
interface JensenShannonOptions extends DivergenceOptions, TemperatureOption {
  readonly beta: number;
  readonly epsilon: number | null;
}
type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | {
      readonly [key: string]: Json;
    };
interface KerasFacts<O> {
  readonly className: string;
  readonly name?: string;
  readonly options: {
    readonly [K in keyof O]?: string;
  };
  readonly fixed?: Partial<O>;
  readonly can?: (options: O, target: KerasTarget) => boolean;
  readonly write?: (
    options: O,
    target: KerasTarget,
  ) => {
    readonly [key: string]: Json;
  };
  readonly read?: (
    config: {
      readonly [key: string]: Json;
    },
    target: KerasTarget,
  ) => Partial<O>;
  readonly ignored?: readonly string[];
}
interface KerasTarget {
  readonly kerasVersion?: string | undefined;
}
interface Kind<T> {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly along?: string;
  readonly brings?: string;
  readonly entries?: Kind<number>;
  readonly fit?: (who: string, option: OptionTensor, axes: Axes) => Fitted;
  readonly axesBeyond?: 0 | 1;
  readonly isHeld?: true;
  readonly lengthsOf?: string;
  readonly look?: (who: string, name: string, value: unknown) => void;
  readonly classAxis?: typeof classAxisAt;
  readonly unit?: (base: number) => number;
  readonly ignoring?: typeof ignoring;
  readonly settled?: (value: unknown, labels: () => Tensor) => Tensor | null;
  readonly isEntryAxis?: true;
  readonly isRequired?: true;
  readonly type?: T;
}
interface KlDivergenceOptions extends DivergenceOptions, TemperatureOption {}
interface KtoOptions {
  readonly beta: number;
  readonly kl: TensorInput;
  readonly desirableWeight: number;
  readonly undesirableWeight: number;
}
type LabelsAndPredictions = readonly [labels: TensorInput, predictions: TensorInput];
interface LambdaOptions {
  readonly lambdaWeight: 'labelDifference' | 'dcg' | 'ndcg' | 'precision' | null;
  readonly topN: number | null;
  readonly smoothFraction: number;
}
type LaplaceInputs = readonly [labels: TensorInput, location: TensorInput, scale: TensorInput];
interface Layout {
  readonly labels?: ColumnNames | undefined;
  readonly predictions?: ColumnNames | undefined;
}
interface LdamOptions extends ClassAxisOption {
  readonly counts: TensorInput;
  readonly maxMargin: number;
  readonly scale: number;
}
interface LiftedOptions extends PairOptions, PairMargins {
  readonly positiveMargin: number;
  readonly negativeMargin: number;
}
type LiftedStructureOptions = LiftedOptions;
interface LikelihoodOptions extends SpreadOption {
  readonly full: boolean;
}
interface LinearCrossentropyOptions {
  readonly bias: TensorInput | null;
  readonly transposeWeight: boolean;
  readonly ignoreIndex: number | null;
  readonly classWeights: TensorInput | null;
  readonly labelSmoothing: number;
  readonly softcap: number | null;
  readonly zLoss: number;
  readonly shift: number;
  readonly chunkSize: number | null;
}
type List = typeof list;
interface LogarithmicErrorOptions {
  readonly epsilon: number;
}
interface LogitAdjustedOptions extends ClassAxisOption {
  readonly priors: TensorInput;
  readonly tau: number;
  readonly ignoreIndex: number | null;
}
interface Look {
  readonly owner: {
    readonly range?: unknown;
  };
  readonly validate: boolean | null;
  readonly inputs: readonly Seen[];
  readonly valid: Tensor | null;
  readonly weights: Tensor | null;
  readonly check: (counted: Tensor | null, isBad: (label: number) => boolean) => void;
}
interface Loss<
  O extends object,
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: LossOptions<O, R>]): Reduced<R>;
  mean(...args: [...inputs: Inputs, options?: LossOptions<O, 'mean'>]): Scalar;
  with<R extends Reduction = Default>(options: LossOptions<O, R>): Loss<O, Inputs, R>;
  config(target?: KerasTarget): LossConfig;
  readonly fixed: LossOptions<O>;
  readonly definition: LossFacts<O>;
}
interface LossConfig {
  readonly module: string;
  readonly class_name: string;
  readonly config: {
    readonly [key: string]: Json;
  };
  readonly registered_name: string | null;
}
type LossFacts<O extends object> = Pick<Definition<O>, 'name' | 'aliases' | 'inputs' | 'options' | 'keras'>;
type LossName = {
  [N in keyof List]: IsLoss<List[N]> extends never ? never : N;
}[keyof List];
type LossOptions<O, R extends Reduction = Reduction> = Given<O> & CommonOptions<R>;
interface LossWithRequired<
  O extends object,
  Required extends keyof O,
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
> {
  <R extends Reduction = 'perExample'>(
    ...args: [...inputs: Inputs, options: LossOptions<O, R> & Pick<O, Required>]
  ): Reduced<R>;
  mean(...args: [...inputs: Inputs, options: LossOptions<O, 'mean'> & Pick<O, Required>]): Scalar;
  with<R extends Reduction = 'perExample'>(options: LossOptions<O, R> & Pick<O, Required>): Loss<O, Inputs, R>;
  config(target?: KerasTarget): LossConfig;
  readonly fixed: LossOptions<O>;
  readonly definition: LossFacts<O>;
}
interface LovaszHingeOptions {
  readonly perImage: boolean;
  readonly ignoreIndex: number | null;
}
interface LovaszSoftmaxOptions {
  readonly classAxis: number;
  readonly fromLogits: boolean;
  readonly classes: 'present' | 'all' | readonly number[];
  readonly perImage: boolean;
  readonly ignoreIndex: number | null;
}
interface MarginLossOptions extends PairOptions {
  readonly margin: number;
  readonly beta: TensorInput;
}
type MarginSoftmaxInputs = readonly [labels: TensorInput, cosines: TensorInput];
interface MarginSoftmaxOptions {
  readonly scale: number;
  readonly ignoreIndex: number | null;
}
interface MassIfNone {
  readonly mass: number;
  readonly divisor: (divisor: Tensor, reduction: Reduction) => Tensor;
}
interface MatthewsCorrelationOptions {
  readonly axis: 'example' | 'batch';
  readonly epsilon: number;
}
type MixtureInputs = readonly [labels: TensorInput, logits: TensorInput, means: TensorInput, scales: TensorInput];
interface MsSsimOptions extends SsimOptions {
  readonly powerFactors: readonly number[];
}
interface MultiMarginOptions extends ClassAxisOption {
  readonly p: 1 | 2;
  readonly margin: number;
  readonly classWeights: TensorInput | null;
}
interface MultiSimilarityOptions extends PairOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly base: number;
  readonly epsilon: number | null;
}
interface MulticlassHingeOptions extends ClassAxisOption {
  readonly margin: number;
}
type MultilabelFormat = 'auto' | 'indices' | 'multiHot';
interface MultilabelMarginOptions extends ClassAxisOption {
  readonly labelFormat: MultilabelFormat;
}
interface MultilabelSoftMarginOptions extends ClassAxisOption {
  readonly classWeights: TensorInput | null;
}
type NPairsOptions = Comparing;
type NamedLoss = Loss<Readonly<Record<string, unknown>>, readonly TensorInput[]>;
interface NcaOptions extends PairOptions {
  readonly scale: number;
}
interface NegativeLogLikelihoodOptions extends ClassAxisOption {
  readonly classWeights: TensorInput | null;
  readonly ignoreIndex: number | null;
}
interface NonNegativePuOptions {
  readonly prior: number;
}
interface NormalizeOption {
  readonly normalize: boolean;
}
interface NtXentOptions extends NormalizeOption {
  readonly temperature: number;
}
interface ObjectKeypointSimilarityOptions {
  readonly sigmas: TensorInput;
}
type OfTfLosses<Before extends readonly unknown[]> = <T extends Tensor, O extends Tensor>(
  labels: T | TensorLike,
  predictions: T | TensorLike,
  ...rest: [...before: Before, reduction?: Reduction$1]
) => O;
type OfValues = <T extends Tensor, O extends Tensor>(
  values: T | TensorLike,
  weights?: Weights,
  reduction?: Reduction$1,
) => O;
type OptionSchema<O> = {
  readonly [K in keyof O]-?: readonly [O[K] | undefined, Kind<O[K]>];
};
interface OptionTensor {
  readonly name: string;
  readonly tensor: Tensor;
  readonly rounded?: number | null;
}
interface OrpoOptions {
  readonly beta: number;
}
interface OverlapOptions extends ActivationOptions {
  readonly axis: SummedAxes;
  readonly smooth: number;
  readonly epsilon: number;
  readonly logLoss: boolean;
  readonly classWeights: TensorInput | null;
  readonly classes: readonly number[] | null;
  readonly ignoreIndex: number | null;
  readonly absentClasses: 'count' | 'skip' | 'zero';
  readonly intersection: 'product' | 'minimum';
  readonly squared: boolean;
}
interface PairContrastiveOptions {
  readonly margin: number;
}
type PairDistance = 'cosine' | 'dot' | 'euclidean' | 'squaredEuclidean' | 'snr' | DistanceMatrix;
interface PairMargins {
  readonly positiveMargin: number;
  readonly negativeMargin: number;
}
interface PairOptions extends Comparing, ReferenceOptions {}
interface PairwiseHingeOptions extends PairwiseOptions {
  readonly margin: number;
}
interface PairwiseOptions extends ScoreOptions, LambdaOptions {}
interface Part<Inputs extends readonly TensorInput[]> {
  (...args: [...inputs: Inputs, options?: CommonOptions]): Tensor;
  readonly name: string;
  readonly length: number;
  config(target?: KerasTarget): LossConfig;
}
type PartColumns<C = Columns> = Readonly<Record<string, C>>;
type Parts<Inputs extends readonly TensorInput[], Name extends string = string> = Readonly<
  Record<Name, readonly [loss: Part<Inputs>, weight: number]>
>;
type PartsOfColumns<Name extends string = string, C = Columns | string> = Readonly<
  Record<
    Name,
    readonly [loss: Part<TwoInputs>, weight: number] | readonly [loss: AnyPart, weight: number, columns: PartColumns<C>]
  >
>;
interface Pattern {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}
interface PercentageErrorOptions {
  readonly epsilon: number;
  readonly percent: boolean;
}
interface PoissonOptions {
  readonly logInput: boolean;
  readonly full: boolean;
  readonly epsilon: number;
}
interface PolyCrossentropyOptions extends ClassPredictionOptions {
  readonly polyEpsilon: number;
  readonly ignoreIndex: number | null;
}
interface PpoClipOptions {
  readonly clipRange: number;
  readonly clipRangeHigh: number | null;
}
interface PreferenceSmoothing {
  readonly labelSmoothing: number;
}
interface ProxyAnchorOptions {
  readonly margin: number;
  readonly scale: number;
}
interface PsnrOptions {
  readonly maxValue: number;
}
interface QLearningOptions {
  readonly discount: TensorInput;
  readonly selector: TensorInput | null;
  readonly delta: number;
}
interface QualityFocalOptions {
  readonly beta: number;
  readonly fromLogits: boolean;
  readonly epsilon: number;
}
interface QuantileHuberOptions {
  readonly delta: number;
}
interface QuantileOptions {
  readonly quantile: TensorInput;
}
type Range = readonly [low: number, high: number];
interface RankingSoftmaxOptions {
  readonly normalizeLabels: boolean;
}
interface ReadLabels {
  readonly areFitting: boolean;
  readonly areIntegers: boolean;
  readonly isSingle: boolean;
  readonly asIndices: () => ((input: Tensor) => Tensor) | undefined;
  readonly whole: () => number[];
}
type Reduced<R extends Reduction> = R extends 'none' | 'perExample' ? Tensor : Scalar;
type Reduction =
  'none' | 'perExample' | 'mean' | 'sum' | 'weightedMean' | 'meanOverNonzeroWeights' | 'meanOverNonzeroLosses';
interface ReferenceOptions {
  readonly references: TensorInput | null;
  readonly referenceLabels: TensorInput | null;
}
interface RobustOptions {
  readonly alpha: number;
  readonly scale: number;
}
type SampledClassesInputs = readonly [labels: TensorInput, hidden: TensorInput, weight: TensorInput];
interface SampledClassesOptions {
  readonly bias: TensorInput | null;
  readonly transposeWeight: boolean;
  readonly numSampled: number;
  readonly sampler: ClassSampler;
  readonly seed: number | null;
  readonly removeAccidentalHits: boolean;
  readonly sampledIndices: TensorInput | null;
  readonly sampledCounts: TensorInput | null;
  readonly labelCounts: TensorInput | null;
}
type Schema = Readonly<Record<string, readonly [unknown, Kind<unknown>]>>;
interface ScoreOptions {
  readonly temperature: number;
}
interface Seen {
  readonly tensor: Tensor;
  readonly readable: boolean;
  readonly isPerPosition: boolean;
}
type Shortcut = (call: never) => object | null;
interface SigLipOptions extends NormalizeOption {
  readonly temperature: TensorInput;
  readonly bias: TensorInput;
}
interface Signature {
  readonly inputs: readonly Pattern[];
  readonly positions: Pattern;
  readonly output: Pattern;
}
interface SignedLabelsOptions {
  readonly labels: HingeLabels;
}
interface SimPoOptions extends PreferenceSmoothing {
  readonly beta: number;
  readonly gamma: number;
}
interface SmoothL1Options {
  readonly beta: number;
}
type SmoothedMaximum = (scores: Tensor) => Tensor;
interface SoftClDiceOptions {
  readonly iterations: number;
  readonly smooth: number;
  readonly epsilon: number;
}
interface SoftDtwOptions {
  readonly gamma: number;
}
interface SoftTripleOptions {
  readonly scale: number;
  readonly gamma: number;
  readonly margin: number;
}
interface SparseCrossentropyOptions extends CrossentropyOptions {
  readonly ignoreIndex: number | null;
}
interface SpreadOption {
  readonly epsilon: number;
}
interface SsimOptions {
  readonly maxValue: number;
  readonly filterSize: number;
  readonly filterSigma: number;
  readonly k1: number;
  readonly k2: number;
}
type StudentInputs = readonly [
  labels: TensorInput,
  location: TensorInput,
  scale: TensorInput,
  degreesOfFreedom: TensorInput,
];
type SummedAxes = 'example' | 'batch' | 'all' | number | readonly number[];
interface SupervisedContrastiveOptions extends PairOptions {
  readonly temperature: number;
}
interface Surroundings {
  readonly domain?: HasRange | undefined;
  readonly definition: HasRange;
  readonly signature: Signature;
  readonly weights: Tensor | null;
}
interface SymmetricCrossentropyOptions extends ClassAxisOption {
  readonly alpha: number;
  readonly beta: number;
  readonly logZero: number;
  readonly fromLogits: boolean;
  readonly epsilon: number;
  readonly ignoreIndex: number | null;
}
interface SymmetricPercentageErrorOptions {
  readonly epsilon: number;
  readonly percent: boolean;
}
interface TemperatureOption {
  readonly temperature: number;
}
type TensorInput = Tensor | TensorLike;
interface TotalVariationOptions extends FormatOptions, TemperatureOption {}
interface TripletMarginOptions {
  readonly margin: number;
  readonly p: number;
  readonly epsilon: number;
  readonly swap: boolean;
  readonly distance: Distance | null;
}
type TripletMining = 'all' | 'hard' | 'semihard' | 'batchHard' | 'batchSemihard';
interface TripletOptions extends PairOptions {
  readonly margin: number;
  readonly mining: TripletMining;
  readonly swap: boolean;
  readonly soft: boolean;
}
interface TupletMarginOptions {
  readonly margin: number;
  readonly scale: number;
}
interface TverskyOptions extends OverlapOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}
interface TweedieDevianceOptions extends DevianceOptions {
  readonly power: number;
}
type TwoInputs = readonly [labels: TensorInput, predictions: TensorInput];
interface Unreduced {
  readonly values: Tensor;
  readonly ownWeight?: Tensor | null;
  readonly valid?: Tensor | null;
}
interface VarifocalOptions {
  readonly alpha: number;
  readonly gamma: number;
  readonly fromLogits: boolean;
  readonly epsilon: number;
}
interface VectorQuantizationOptions {
  readonly commitment: number;
}
interface VicRegOptions {
  readonly invariance: number;
  readonly variance: number;
  readonly covariance: number;
  readonly epsilon: number;
}
interface View {
  readonly shape: readonly number[];
  readonly view: (input: Tensor) => Tensor;
}
type Weighted = [weights?: Weights];
type Weights = TensorInput | null | undefined;
interface WingOptions {
  readonly width: number;
  readonly curvature: number;
}
declare const absoluteDifference: OfTfLosses<Weighted>;
declare function adaptiveLogProbabilities(
  hidden: TensorInput,
  head: TensorInput,
  options: GivenAdaptiveSoftmax,
): Tensor;
declare function adaptiveLogSoftmax(
  labels: TensorInput,
  hidden: TensorInput,
  head: TensorInput,
  options: GivenAdaptiveSoftmax,
): Tensor;
declare const adaptiveWing: Loss<AdaptiveWingOptions>;
declare const angular: Loss<AngularOptions, Inputs$F>;
declare const approxMrr: Loss<ApproximateRankOptions>;
declare const approxNdcg: Loss<ApproximateRankOptions>;
declare const arcFace: Loss<ArcFaceOptions, MarginSoftmaxInputs>;
declare const asymmetric: Loss<AsymmetricOptions>;
declare const asymmetricSingleLabel: Loss<AsymmetricSingleLabelOptions>;
declare const barlowTwins: Loss<BarlowTwinsOptions, Inputs$E>;
declare const binaryCrossentropy: Loss<BinaryCrossentropyOptions>;
declare const binaryFocalCrossentropy: Loss<BinaryFocalCrossentropyOptions>;
declare const bradleyTerry: Loss<BradleyTerryOptions, Inputs$i>;
declare const brier: Loss<ClassAxisOption>;
declare const categoricalCrossentropy: Loss<CrossentropyOptions>;
declare const categoricalFocalCrossentropy: Loss<CategoricalFocalOptions>;
declare const categoricalHinge: Loss<CategoricalHingeOptions>;
declare const center: Loss<object, Inputs$D>;
declare const circle: Loss<CircleOptions, Inputs$p>;
declare const classAxisAt: (given: unknown) => ClassAxis;
declare const clip: Loss<ClipOptions, Inputs$C>;
declare function clipByValue(x: TensorInput, min: number, max: number): Tensor;
declare const clippedValue: Loss<ClippedValueOptions, Inputs$6>;
declare function combine<
  Name extends string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
>(parts: Parts<Inputs, Name>): CombinedLoss<Name, Inputs>;
declare function combine<Name extends string>(parts: PartsOfColumns<Name>, layout?: Layout): CombinedLoss<Name>;
declare const completeIou: Loss<BoxOptions>;
declare const computeWeightedLoss: OfValues;
declare function confine<
  Found extends {
    readonly values: Tensor;
  },
>(
  predictions: Tensor,
  { domain, definition, signature, weights }: Surroundings,
  valuesOf: (inside: Tensor) => Found,
): Found;
declare function continuousKlDivergence(
  p: Density,
  q: Density,
  domain: Interval,
  options?: Given<DensityOptions>,
): Tensor;
declare function continuousKlDivergence(p: Gaussian, q: Gaussian, options?: Given<DensityOptions>): Tensor;
declare const contrastive: Loss<ContrastiveOptions, Inputs$n>;
declare const coral: Loss<CoralOptions>;
declare const corn: Loss<object>;
declare const cosFace: Loss<CosFaceOptions, MarginSoftmaxInputs>;
declare const cosineDistance: OfTfLosses<[axis?: number, weights?: Weights]>;
declare const cosineDistance$1: Loss<CosineOptions>;
declare const cosineEmbedding: Loss<CosineEmbeddingOptions, Inputs$q>;
declare function cosineLogits(
  embeddings: TensorInput,
  weight: TensorInput,
  options?: Partial<CosineLogitsOptions>,
): Tensor;
declare const cosineSimilarity: Loss<CosineOptions>;
declare const cox: Loss<CoxOptions, CoxInputs>;
declare const cpo: Loss<CpoOptions, Inputs$h>;
declare const crf: Loss<CrfOptions, Inputs$9>;
declare function crfDecode(emissions: TensorInput, transitions: TensorInput, options?: Given<CrfOptions>): Tensor2D;
declare const crossEntropy: Loss<InformationOptions, readonly [p: TensorInput, q: TensorInput]>;
declare const crpsEnsemble: Loss<CrpsEnsembleOptions, EnsembleInputs>;
declare const crpsGaussian: Loss<SpreadOption, GaussianInputs>;
declare const ctc: Loss<CtcOptions, readonly [labels: TensorInput, logits: TensorInput]>;
declare const dice: Loss<OverlapOptions>;
declare const diceCrossentropy: Loss<DiceCrossentropyOptions>;
declare function differentialEntropy(density: Density, domain: Interval, options?: Given<DensityOptions>): Tensor;
declare function differentialEntropy(density: Gaussian, options?: Given<DensityOptions>): Tensor;
declare const diffusion: Loss<DiffusionOptions, Inputs$4>;
declare const discreteTimeSurvival: Loss<object>;
declare const distanceIou: Loss<BoxOptions>;
declare const distillation: Loss<DistillationOptions, Inputs$b>;
declare const distributionFocal: Loss<object>;
declare const dpo: Loss<DpoOptions, Inputs$g>;
declare function effectiveNumberWeights(counts: ArrayLike<number>, options?: Given<EffectiveNumberOptions>): number[];
declare const efficientIou: Loss<BoxOptions>;
declare const entropy: Loss<InformationOptions, readonly [probabilities: TensorInput]>;
declare const expectile: Loss<ExpectileOptions>;
declare const exponential: Loss<SignedLabelsOptions>;
declare function fenchelYoung(maxFn: SmoothedMaximum): Loss<ClassAxisOption>;
declare const gammaDeviance: Loss<DevianceOptions>;
declare const ganDiscriminator: Loss<GanDiscriminatorOptions, Inputs$3>;
declare const ganGenerator: Loss<GanGeneratorOptions, Inputs$2>;
declare const gaussianKl: Loss<GaussianKlOptions, Inputs$1>;
declare const gaussianMixtureNll: Loss<SpreadOption, MixtureInputs>;
declare const gaussianNll: Loss<GaussianNllOptions, GaussianInputs$1>;
declare const generalizedCrossentropy: Loss<GeneralizedCrossentropyOptions>;
declare const generalizedDice: Loss<GeneralizedDiceOptions>;
declare const generalizedIou: Loss<BoxOptions>;
declare const generalizedKlDivergence: Loss<DivergenceOptions>;
declare const generalizedLiftedStructure: Loss<GeneralizedLiftedStructureOptions, Inputs$B>;
declare function getLoss<N extends string>(name: N): N extends LossName ? List[N] : NamedLoss;
declare function gradientPenalty(
  critic: (examples: Tensor) => Tensor,
  real: TensorInput,
  fake: TensorInput,
  options?: Given<GradientPenaltyOptions>,
): Tensor;
declare const grpo: Loss<GrpoOptions, Inputs$f>;
declare const halfSquaredError: Loss<object>;
declare const heatmapFocal: Loss<HeatmapFocalOptions>;
declare const hinge: Loss<HingeOptions>;
declare const hingeEmbedding: Loss<HingeOptions>;
declare const hingeLoss: OfTfLosses<Weighted>;
declare const huber: Loss<HuberOptions>;
declare const huberLoss: OfTfLosses<[...weighted: Weighted, delta?: number]>;
declare const ignoring: (ignored: number | null) => Ignoring;
declare const imageTotalVariation: Loss<object, readonly [images: TensorInput]>;
declare const inRange: (labels: Tensor, classes: number) => Tensor;
declare const infoNce: Loss<InfoNceOptions, Inputs$A>;
declare const iou: Loss<BoxOptions>;
declare const jaccard: Loss<OverlapOptions>;
declare const jensenShannon: Loss<JensenShannonOptions>;
declare const klDivergence: Loss<KlDivergenceOptions>;
declare const kto: Loss<KtoOptions, Inputs$e>;
declare function l2Loss(t: TensorInput): Scalar;
declare function labelSmoothing(labels: TensorInput, alpha: number, axis?: number | readonly number[]): Tensor;
declare const laplaceNll: Loss<LikelihoodOptions, LaplaceInputs>;
declare const ldam: LossWithRequired<LdamOptions, 'counts'>;
declare const liftedStructure: Loss<LiftedStructureOptions, Inputs$z>;
declare const linearCrossentropy: Loss<LinearCrossentropyOptions, Inputs$a>;
declare namespace list {
  export {
    list_adaptiveLogSoftmax as adaptiveLogSoftmax,
    list_adaptiveWing as adaptiveWing,
    list_angular as angular,
    list_approxMrr as approxMrr,
    list_approxNdcg as approxNdcg,
    list_arcFace as arcFace,
    list_asymmetric as asymmetric,
    list_asymmetricSingleLabel as asymmetricSingleLabel,
    list_barlowTwins as barlowTwins,
    list_binaryCrossentropy as binaryCrossentropy,
    list_binaryFocalCrossentropy as binaryFocalCrossentropy,
    list_bradleyTerry as bradleyTerry,
    list_brier as brier,
    list_categoricalCrossentropy as categoricalCrossentropy,
    list_categoricalFocalCrossentropy as categoricalFocalCrossentropy,
    list_categoricalHinge as categoricalHinge,
    list_center as center,
    list_circle as circle,
    list_clip as clip,
    list_clippedValue as clippedValue,
    list_combine as combine,
    list_completeIou as completeIou,
    list_continuousKlDivergence as continuousKlDivergence,
    list_contrastive as contrastive,
    list_coral as coral,
    list_corn as corn,
    list_cosFace as cosFace,
    cosineDistance$1 as cosineDistance,
    list_cosineEmbedding as cosineEmbedding,
    list_cosineLogits as cosineLogits,
    list_cosineSimilarity as cosineSimilarity,
    list_cox as cox,
    list_cpo as cpo,
    list_crf as crf,
    list_crossEntropy as crossEntropy,
    list_crpsEnsemble as crpsEnsemble,
    list_crpsGaussian as crpsGaussian,
    list_ctc as ctc,
    list_dice as dice,
    list_diceCrossentropy as diceCrossentropy,
    list_differentialEntropy as differentialEntropy,
    list_diffusion as diffusion,
    list_discreteTimeSurvival as discreteTimeSurvival,
    list_distanceIou as distanceIou,
    list_distillation as distillation,
    list_distributionFocal as distributionFocal,
    list_dpo as dpo,
    list_effectiveNumberWeights as effectiveNumberWeights,
    list_efficientIou as efficientIou,
    list_entropy as entropy,
    list_expectile as expectile,
    list_exponential as exponential,
    list_fenchelYoung as fenchelYoung,
    list_gammaDeviance as gammaDeviance,
    list_ganDiscriminator as ganDiscriminator,
    list_ganGenerator as ganGenerator,
    list_gaussianKl as gaussianKl,
    list_gaussianMixtureNll as gaussianMixtureNll,
    list_gaussianNll as gaussianNll,
    list_generalizedCrossentropy as generalizedCrossentropy,
    list_generalizedDice as generalizedDice,
    list_generalizedIou as generalizedIou,
    list_generalizedKlDivergence as generalizedKlDivergence,
    list_generalizedLiftedStructure as generalizedLiftedStructure,
    list_gradientPenalty as gradientPenalty,
    list_grpo as grpo,
    list_halfSquaredError as halfSquaredError,
    list_heatmapFocal as heatmapFocal,
    list_hinge as hinge,
    list_hingeEmbedding as hingeEmbedding,
    list_huber as huber,
    list_imageTotalVariation as imageTotalVariation,
    list_infoNce as infoNce,
    list_iou as iou,
    list_jaccard as jaccard,
    list_jensenShannon as jensenShannon,
    list_klDivergence as klDivergence,
    list_kto as kto,
    list_labelSmoothing as labelSmoothing,
    list_laplaceNll as laplaceNll,
    list_ldam as ldam,
    list_liftedStructure as liftedStructure,
    list_linearCrossentropy as linearCrossentropy,
    list_listMle as listMle,
    list_logCosh as logCosh,
    list_logitAdjusted as logitAdjusted,
    list_lovaszHinge as lovaszHinge,
    list_lovaszSoftmax as lovaszSoftmax,
    list_marginLoss as marginLoss,
    list_marginRanking as marginRanking,
    list_matthewsCorrelation as matthewsCorrelation,
    list_meanAbsoluteError as meanAbsoluteError,
    list_meanAbsolutePercentageError as meanAbsolutePercentageError,
    list_meanPairwiseSquaredError as meanPairwiseSquaredError,
    meanSquaredError$1 as meanSquaredError,
    list_meanSquaredLogarithmicError as meanSquaredLogarithmicError,
    list_msSsim as msSsim,
    list_multiMargin as multiMargin,
    list_multiSimilarity as multiSimilarity,
    list_multiclassHinge as multiclassHinge,
    list_multiclassPerceptron as multiclassPerceptron,
    list_multiclassSparsemax as multiclassSparsemax,
    list_multilabelMargin as multilabelMargin,
    list_multilabelSoftMargin as multilabelSoftMargin,
    list_nPairs as nPairs,
    list_nca as nca,
    list_nce as nce,
    list_negativeBinomialNll as negativeBinomialNll,
    list_negativeLogLikelihood as negativeLogLikelihood,
    list_nonNegativePu as nonNegativePu,
    list_ntXent as ntXent,
    list_objectKeypointSimilarity as objectKeypointSimilarity,
    list_orpo as orpo,
    list_pairContrastive as pairContrastive,
    list_pairwiseHinge as pairwiseHinge,
    list_pairwiseLogistic as pairwiseLogistic,
    list_pairwiseMeanSquaredError as pairwiseMeanSquaredError,
    list_pairwiseSoftZeroOne as pairwiseSoftZeroOne,
    list_perceptron as perceptron,
    list_poisson as poisson,
    list_policyGradient as policyGradient,
    list_polyCrossentropy as polyCrossentropy,
    list_ppoClip as ppoClip,
    list_proxyAnchor as proxyAnchor,
    list_psnr as psnr,
    list_qLearning as qLearning,
    list_qualityFocal as qualityFocal,
    list_quantile as quantile,
    list_quantileHuber as quantileHuber,
    list_rankingSoftmax as rankingSoftmax,
    list_robust as robust,
    list_rootMeanSquaredError as rootMeanSquaredError,
    list_sampledSoftmax as sampledSoftmax,
    list_sigLip as sigLip,
    list_simPo as simPo,
    list_smoothL1 as smoothL1,
    list_softClDice as softClDice,
    list_softDtw as softDtw,
    list_softMargin as softMargin,
    list_softTriple as softTriple,
    list_sparseCategoricalCrossentropy as sparseCategoricalCrossentropy,
    list_sparseCategoricalFocalCrossentropy as sparseCategoricalFocalCrossentropy,
    list_sparsemax as sparsemax,
    list_squaredHinge as squaredHinge,
    list_ssim as ssim,
    list_studentTNll as studentTNll,
    list_style as style,
    list_supervisedContrastive as supervisedContrastive,
    list_symmetricCrossentropy as symmetricCrossentropy,
    list_symmetricMeanAbsolutePercentageError as symmetricMeanAbsolutePercentageError,
    list_totalVariation as totalVariation,
    list_triplet as triplet,
    list_tripletMargin as tripletMargin,
    list_tupletMargin as tupletMargin,
    list_tversky as tversky,
    list_tweedieDeviance as tweedieDeviance,
    list_uniqueSoftmax as uniqueSoftmax,
    list_varifocal as varifocal,
    list_vectorQuantization as vectorQuantization,
    list_vicReg as vicReg,
    list_wing as wing,
    list_zlpr as zlpr,
  };
  export type {
    list_AdaptiveWingOptions as AdaptiveWingOptions,
    list_AngularOptions as AngularOptions,
    list_AnyPart as AnyPart,
    list_ArcFaceOptions as ArcFaceOptions,
    list_AsymmetricOptions as AsymmetricOptions,
    list_AsymmetricSingleLabelOptions as AsymmetricSingleLabelOptions,
    list_BarlowTwinsOptions as BarlowTwinsOptions,
    list_BinaryCrossentropyOptions as BinaryCrossentropyOptions,
    list_BinaryFocalCrossentropyOptions as BinaryFocalCrossentropyOptions,
    list_BradleyTerryOptions as BradleyTerryOptions,
    list_CategoricalHingeOptions as CategoricalHingeOptions,
    list_CircleOptions as CircleOptions,
    list_ClassSampler as ClassSampler,
    list_ClipOptions as ClipOptions,
    list_ClippedValueOptions as ClippedValueOptions,
    list_ColumnNames as ColumnNames,
    list_Columns as Columns,
    list_CombinedLoss as CombinedLoss,
    list_ContrastiveOptions as ContrastiveOptions,
    list_CoralOptions as CoralOptions,
    list_CosFaceOptions as CosFaceOptions,
    list_CosineEmbeddingOptions as CosineEmbeddingOptions,
    list_CosineLogitsOptions as CosineLogitsOptions,
    list_CoxOptions as CoxOptions,
    list_CpoOptions as CpoOptions,
    list_CrpsEnsembleOptions as CrpsEnsembleOptions,
    list_CtcOptions as CtcOptions,
    list_DiceCrossentropyOptions as DiceCrossentropyOptions,
    list_DiffusionOptions as DiffusionOptions,
    list_Distance as Distance,
    list_DistanceMatrix as DistanceMatrix,
    list_DistillationOptions as DistillationOptions,
    list_DpoObjective as DpoObjective,
    list_DpoOptions as DpoOptions,
    list_EffectiveNumberOptions as EffectiveNumberOptions,
    list_ExpectileOptions as ExpectileOptions,
    list_GanDiscriminatorOptions as GanDiscriminatorOptions,
    list_GanGeneratorOptions as GanGeneratorOptions,
    list_GaussianKlOptions as GaussianKlOptions,
    list_GaussianNllOptions as GaussianNllOptions,
    list_GeneralizedCrossentropyOptions as GeneralizedCrossentropyOptions,
    list_GeneralizedDiceOptions as GeneralizedDiceOptions,
    list_GeneralizedLiftedStructureOptions as GeneralizedLiftedStructureOptions,
    list_GradientPenaltyOptions as GradientPenaltyOptions,
    list_GrpoObjective as GrpoObjective,
    list_GrpoOptions as GrpoOptions,
    list_HeatmapFocalOptions as HeatmapFocalOptions,
    list_HuberOptions as HuberOptions,
    list_InfoNceOptions as InfoNceOptions,
    list_JensenShannonOptions as JensenShannonOptions,
    list_KlDivergenceOptions as KlDivergenceOptions,
    list_KtoOptions as KtoOptions,
    list_Layout as Layout,
    list_LdamOptions as LdamOptions,
    list_LiftedStructureOptions as LiftedStructureOptions,
    list_LinearCrossentropyOptions as LinearCrossentropyOptions,
    list_LogarithmicErrorOptions as LogarithmicErrorOptions,
    list_LogitAdjustedOptions as LogitAdjustedOptions,
    list_LovaszHingeOptions as LovaszHingeOptions,
    list_LovaszSoftmaxOptions as LovaszSoftmaxOptions,
    list_MarginLossOptions as MarginLossOptions,
    list_MatthewsCorrelationOptions as MatthewsCorrelationOptions,
    list_MsSsimOptions as MsSsimOptions,
    list_MultiMarginOptions as MultiMarginOptions,
    list_MultiSimilarityOptions as MultiSimilarityOptions,
    list_MulticlassHingeOptions as MulticlassHingeOptions,
    list_MultilabelFormat as MultilabelFormat,
    list_MultilabelMarginOptions as MultilabelMarginOptions,
    list_MultilabelSoftMarginOptions as MultilabelSoftMarginOptions,
    list_NPairsOptions as NPairsOptions,
    list_NcaOptions as NcaOptions,
    list_NegativeLogLikelihoodOptions as NegativeLogLikelihoodOptions,
    list_NonNegativePuOptions as NonNegativePuOptions,
    list_NtXentOptions as NtXentOptions,
    list_ObjectKeypointSimilarityOptions as ObjectKeypointSimilarityOptions,
    list_OrpoOptions as OrpoOptions,
    list_PairContrastiveOptions as PairContrastiveOptions,
    list_PairDistance as PairDistance,
    list_PairwiseHingeOptions as PairwiseHingeOptions,
    list_Part as Part,
    list_PartColumns as PartColumns,
    list_Parts as Parts,
    list_PartsOfColumns as PartsOfColumns,
    list_PercentageErrorOptions as PercentageErrorOptions,
    list_PoissonOptions as PoissonOptions,
    list_PolyCrossentropyOptions as PolyCrossentropyOptions,
    list_PpoClipOptions as PpoClipOptions,
    list_PreferenceSmoothing as PreferenceSmoothing,
    list_ProxyAnchorOptions as ProxyAnchorOptions,
    list_PsnrOptions as PsnrOptions,
    list_QLearningOptions as QLearningOptions,
    list_QualityFocalOptions as QualityFocalOptions,
    list_QuantileHuberOptions as QuantileHuberOptions,
    list_QuantileOptions as QuantileOptions,
    list_RankingSoftmaxOptions as RankingSoftmaxOptions,
    list_RobustOptions as RobustOptions,
    list_SampledClassesOptions as SampledClassesOptions,
    list_SigLipOptions as SigLipOptions,
    list_SimPoOptions as SimPoOptions,
    list_SmoothL1Options as SmoothL1Options,
    list_SoftClDiceOptions as SoftClDiceOptions,
    list_SoftDtwOptions as SoftDtwOptions,
    list_SoftTripleOptions as SoftTripleOptions,
    list_SparseCrossentropyOptions as SparseCrossentropyOptions,
    list_SupervisedContrastiveOptions as SupervisedContrastiveOptions,
    list_SymmetricCrossentropyOptions as SymmetricCrossentropyOptions,
    list_SymmetricPercentageErrorOptions as SymmetricPercentageErrorOptions,
    list_TotalVariationOptions as TotalVariationOptions,
    list_TripletMarginOptions as TripletMarginOptions,
    list_TripletOptions as TripletOptions,
    list_TupletMarginOptions as TupletMarginOptions,
    list_TverskyOptions as TverskyOptions,
    list_TweedieDevianceOptions as TweedieDevianceOptions,
    list_VarifocalOptions as VarifocalOptions,
    list_VectorQuantizationOptions as VectorQuantizationOptions,
    list_VicRegOptions as VicRegOptions,
    list_WingOptions as WingOptions,
  };
}
declare const listMle: Loss<ScoreOptions>;
type list_AdaptiveWingOptions = AdaptiveWingOptions;
type list_AngularOptions = AngularOptions;
type list_AnyPart = AnyPart;
type list_ArcFaceOptions = ArcFaceOptions;
type list_AsymmetricOptions = AsymmetricOptions;
type list_AsymmetricSingleLabelOptions = AsymmetricSingleLabelOptions;
type list_BarlowTwinsOptions = BarlowTwinsOptions;
type list_BinaryCrossentropyOptions = BinaryCrossentropyOptions;
type list_BinaryFocalCrossentropyOptions = BinaryFocalCrossentropyOptions;
type list_BradleyTerryOptions = BradleyTerryOptions;
type list_CategoricalHingeOptions = CategoricalHingeOptions;
type list_CircleOptions = CircleOptions;
type list_ClassSampler = ClassSampler;
type list_ClipOptions = ClipOptions;
type list_ClippedValueOptions = ClippedValueOptions;
type list_ColumnNames = ColumnNames;
type list_Columns = Columns;
type list_CombinedLoss<
  Name extends string = string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
  Default extends Reduction = 'perExample',
> = CombinedLoss<Name, Inputs, Default>;
type list_ContrastiveOptions = ContrastiveOptions;
type list_CoralOptions = CoralOptions;
type list_CosFaceOptions = CosFaceOptions;
type list_CosineEmbeddingOptions = CosineEmbeddingOptions;
type list_CosineLogitsOptions = CosineLogitsOptions;
type list_CoxOptions = CoxOptions;
type list_CpoOptions = CpoOptions;
type list_CrpsEnsembleOptions = CrpsEnsembleOptions;
type list_CtcOptions = CtcOptions;
type list_DiceCrossentropyOptions = DiceCrossentropyOptions;
type list_DiffusionOptions = DiffusionOptions;
type list_Distance = Distance;
type list_DistanceMatrix = DistanceMatrix;
type list_DistillationOptions = DistillationOptions;
type list_DpoObjective = DpoObjective;
type list_DpoOptions = DpoOptions;
type list_EffectiveNumberOptions = EffectiveNumberOptions;
type list_ExpectileOptions = ExpectileOptions;
type list_GanDiscriminatorOptions = GanDiscriminatorOptions;
type list_GanGeneratorOptions = GanGeneratorOptions;
type list_GaussianKlOptions = GaussianKlOptions;
type list_GaussianNllOptions = GaussianNllOptions;
type list_GeneralizedCrossentropyOptions = GeneralizedCrossentropyOptions;
type list_GeneralizedDiceOptions = GeneralizedDiceOptions;
type list_GeneralizedLiftedStructureOptions = GeneralizedLiftedStructureOptions;
type list_GradientPenaltyOptions = GradientPenaltyOptions;
type list_GrpoObjective = GrpoObjective;
type list_GrpoOptions = GrpoOptions;
type list_HeatmapFocalOptions = HeatmapFocalOptions;
type list_HuberOptions = HuberOptions;
type list_InfoNceOptions = InfoNceOptions;
type list_JensenShannonOptions = JensenShannonOptions;
type list_KlDivergenceOptions = KlDivergenceOptions;
type list_KtoOptions = KtoOptions;
type list_Layout = Layout;
type list_LdamOptions = LdamOptions;
type list_LiftedStructureOptions = LiftedStructureOptions;
type list_LinearCrossentropyOptions = LinearCrossentropyOptions;
type list_LogarithmicErrorOptions = LogarithmicErrorOptions;
type list_LogitAdjustedOptions = LogitAdjustedOptions;
type list_LovaszHingeOptions = LovaszHingeOptions;
type list_LovaszSoftmaxOptions = LovaszSoftmaxOptions;
type list_MarginLossOptions = MarginLossOptions;
type list_MatthewsCorrelationOptions = MatthewsCorrelationOptions;
type list_MsSsimOptions = MsSsimOptions;
type list_MultiMarginOptions = MultiMarginOptions;
type list_MultiSimilarityOptions = MultiSimilarityOptions;
type list_MulticlassHingeOptions = MulticlassHingeOptions;
type list_MultilabelFormat = MultilabelFormat;
type list_MultilabelMarginOptions = MultilabelMarginOptions;
type list_MultilabelSoftMarginOptions = MultilabelSoftMarginOptions;
type list_NPairsOptions = NPairsOptions;
type list_NcaOptions = NcaOptions;
type list_NegativeLogLikelihoodOptions = NegativeLogLikelihoodOptions;
type list_NonNegativePuOptions = NonNegativePuOptions;
type list_NtXentOptions = NtXentOptions;
type list_ObjectKeypointSimilarityOptions = ObjectKeypointSimilarityOptions;
type list_OrpoOptions = OrpoOptions;
type list_PairContrastiveOptions = PairContrastiveOptions;
type list_PairDistance = PairDistance;
type list_PairwiseHingeOptions = PairwiseHingeOptions;
type list_Part<Inputs extends readonly TensorInput[]> = Part<Inputs>;
type list_PartColumns<C = Columns> = PartColumns<C>;
type list_Parts<Inputs extends readonly TensorInput[], Name extends string = string> = Parts<Inputs, Name>;
type list_PartsOfColumns<Name extends string = string, C = Columns | string> = PartsOfColumns<Name, C>;
type list_PercentageErrorOptions = PercentageErrorOptions;
type list_PoissonOptions = PoissonOptions;
type list_PolyCrossentropyOptions = PolyCrossentropyOptions;
type list_PpoClipOptions = PpoClipOptions;
type list_PreferenceSmoothing = PreferenceSmoothing;
type list_ProxyAnchorOptions = ProxyAnchorOptions;
type list_PsnrOptions = PsnrOptions;
type list_QLearningOptions = QLearningOptions;
type list_QualityFocalOptions = QualityFocalOptions;
type list_QuantileHuberOptions = QuantileHuberOptions;
type list_QuantileOptions = QuantileOptions;
type list_RankingSoftmaxOptions = RankingSoftmaxOptions;
type list_RobustOptions = RobustOptions;
type list_SampledClassesOptions = SampledClassesOptions;
type list_SigLipOptions = SigLipOptions;
type list_SimPoOptions = SimPoOptions;
type list_SmoothL1Options = SmoothL1Options;
type list_SoftClDiceOptions = SoftClDiceOptions;
type list_SoftDtwOptions = SoftDtwOptions;
type list_SoftTripleOptions = SoftTripleOptions;
type list_SparseCrossentropyOptions = SparseCrossentropyOptions;
type list_SupervisedContrastiveOptions = SupervisedContrastiveOptions;
type list_SymmetricCrossentropyOptions = SymmetricCrossentropyOptions;
type list_SymmetricPercentageErrorOptions = SymmetricPercentageErrorOptions;
type list_TotalVariationOptions = TotalVariationOptions;
type list_TripletMarginOptions = TripletMarginOptions;
type list_TripletOptions = TripletOptions;
type list_TupletMarginOptions = TupletMarginOptions;
type list_TverskyOptions = TverskyOptions;
type list_TweedieDevianceOptions = TweedieDevianceOptions;
type list_VarifocalOptions = VarifocalOptions;
type list_VectorQuantizationOptions = VectorQuantizationOptions;
type list_VicRegOptions = VicRegOptions;
type list_WingOptions = WingOptions;
declare const list_adaptiveLogSoftmax: typeof adaptiveLogSoftmax;
declare const list_adaptiveWing: typeof adaptiveWing;
declare const list_angular: typeof angular;
declare const list_approxMrr: typeof approxMrr;
declare const list_approxNdcg: typeof approxNdcg;
declare const list_arcFace: typeof arcFace;
declare const list_asymmetric: typeof asymmetric;
declare const list_asymmetricSingleLabel: typeof asymmetricSingleLabel;
declare const list_barlowTwins: typeof barlowTwins;
declare const list_binaryCrossentropy: typeof binaryCrossentropy;
declare const list_binaryFocalCrossentropy: typeof binaryFocalCrossentropy;
declare const list_bradleyTerry: typeof bradleyTerry;
declare const list_brier: typeof brier;
declare const list_categoricalCrossentropy: typeof categoricalCrossentropy;
declare const list_categoricalFocalCrossentropy: typeof categoricalFocalCrossentropy;
declare const list_categoricalHinge: typeof categoricalHinge;
declare const list_center: typeof center;
declare const list_circle: typeof circle;
declare const list_clip: typeof clip;
declare const list_clippedValue: typeof clippedValue;
declare const list_combine: typeof combine;
declare const list_completeIou: typeof completeIou;
declare const list_continuousKlDivergence: typeof continuousKlDivergence;
declare const list_contrastive: typeof contrastive;
declare const list_coral: typeof coral;
declare const list_corn: typeof corn;
declare const list_cosFace: typeof cosFace;
declare const list_cosineEmbedding: typeof cosineEmbedding;
declare const list_cosineLogits: typeof cosineLogits;
declare const list_cosineSimilarity: typeof cosineSimilarity;
declare const list_cox: typeof cox;
declare const list_cpo: typeof cpo;
declare const list_crf: typeof crf;
declare const list_crossEntropy: typeof crossEntropy;
declare const list_crpsEnsemble: typeof crpsEnsemble;
declare const list_crpsGaussian: typeof crpsGaussian;
declare const list_ctc: typeof ctc;
declare const list_dice: typeof dice;
declare const list_diceCrossentropy: typeof diceCrossentropy;
declare const list_differentialEntropy: typeof differentialEntropy;
declare const list_diffusion: typeof diffusion;
declare const list_discreteTimeSurvival: typeof discreteTimeSurvival;
declare const list_distanceIou: typeof distanceIou;
declare const list_distillation: typeof distillation;
declare const list_distributionFocal: typeof distributionFocal;
declare const list_dpo: typeof dpo;
declare const list_effectiveNumberWeights: typeof effectiveNumberWeights;
declare const list_efficientIou: typeof efficientIou;
declare const list_entropy: typeof entropy;
declare const list_expectile: typeof expectile;
declare const list_exponential: typeof exponential;
declare const list_fenchelYoung: typeof fenchelYoung;
declare const list_gammaDeviance: typeof gammaDeviance;
declare const list_ganDiscriminator: typeof ganDiscriminator;
declare const list_ganGenerator: typeof ganGenerator;
declare const list_gaussianKl: typeof gaussianKl;
declare const list_gaussianMixtureNll: typeof gaussianMixtureNll;
declare const list_gaussianNll: typeof gaussianNll;
declare const list_generalizedCrossentropy: typeof generalizedCrossentropy;
declare const list_generalizedDice: typeof generalizedDice;
declare const list_generalizedIou: typeof generalizedIou;
declare const list_generalizedKlDivergence: typeof generalizedKlDivergence;
declare const list_generalizedLiftedStructure: typeof generalizedLiftedStructure;
declare const list_gradientPenalty: typeof gradientPenalty;
declare const list_grpo: typeof grpo;
declare const list_halfSquaredError: typeof halfSquaredError;
declare const list_heatmapFocal: typeof heatmapFocal;
declare const list_hinge: typeof hinge;
declare const list_hingeEmbedding: typeof hingeEmbedding;
declare const list_huber: typeof huber;
declare const list_imageTotalVariation: typeof imageTotalVariation;
declare const list_infoNce: typeof infoNce;
declare const list_iou: typeof iou;
declare const list_jaccard: typeof jaccard;
declare const list_jensenShannon: typeof jensenShannon;
declare const list_klDivergence: typeof klDivergence;
declare const list_kto: typeof kto;
declare const list_labelSmoothing: typeof labelSmoothing;
declare const list_laplaceNll: typeof laplaceNll;
declare const list_ldam: typeof ldam;
declare const list_liftedStructure: typeof liftedStructure;
declare const list_linearCrossentropy: typeof linearCrossentropy;
declare const list_listMle: typeof listMle;
declare const list_logCosh: typeof logCosh;
declare const list_logitAdjusted: typeof logitAdjusted;
declare const list_lovaszHinge: typeof lovaszHinge;
declare const list_lovaszSoftmax: typeof lovaszSoftmax;
declare const list_marginLoss: typeof marginLoss;
declare const list_marginRanking: typeof marginRanking;
declare const list_matthewsCorrelation: typeof matthewsCorrelation;
declare const list_meanAbsoluteError: typeof meanAbsoluteError;
declare const list_meanAbsolutePercentageError: typeof meanAbsolutePercentageError;
declare const list_meanPairwiseSquaredError: typeof meanPairwiseSquaredError;
declare const list_meanSquaredLogarithmicError: typeof meanSquaredLogarithmicError;
declare const list_msSsim: typeof msSsim;
declare const list_multiMargin: typeof multiMargin;
declare const list_multiSimilarity: typeof multiSimilarity;
declare const list_multiclassHinge: typeof multiclassHinge;
declare const list_multiclassPerceptron: typeof multiclassPerceptron;
declare const list_multiclassSparsemax: typeof multiclassSparsemax;
declare const list_multilabelMargin: typeof multilabelMargin;
declare const list_multilabelSoftMargin: typeof multilabelSoftMargin;
declare const list_nPairs: typeof nPairs;
declare const list_nca: typeof nca;
declare const list_nce: typeof nce;
declare const list_negativeBinomialNll: typeof negativeBinomialNll;
declare const list_negativeLogLikelihood: typeof negativeLogLikelihood;
declare const list_nonNegativePu: typeof nonNegativePu;
declare const list_ntXent: typeof ntXent;
declare const list_objectKeypointSimilarity: typeof objectKeypointSimilarity;
declare const list_orpo: typeof orpo;
declare const list_pairContrastive: typeof pairContrastive;
declare const list_pairwiseHinge: typeof pairwiseHinge;
declare const list_pairwiseLogistic: typeof pairwiseLogistic;
declare const list_pairwiseMeanSquaredError: typeof pairwiseMeanSquaredError;
declare const list_pairwiseSoftZeroOne: typeof pairwiseSoftZeroOne;
declare const list_perceptron: typeof perceptron;
declare const list_poisson: typeof poisson;
declare const list_policyGradient: typeof policyGradient;
declare const list_polyCrossentropy: typeof polyCrossentropy;
declare const list_ppoClip: typeof ppoClip;
declare const list_proxyAnchor: typeof proxyAnchor;
declare const list_psnr: typeof psnr;
declare const list_qLearning: typeof qLearning;
declare const list_qualityFocal: typeof qualityFocal;
declare const list_quantile: typeof quantile;
declare const list_quantileHuber: typeof quantileHuber;
declare const list_rankingSoftmax: typeof rankingSoftmax;
declare const list_robust: typeof robust;
declare const list_rootMeanSquaredError: typeof rootMeanSquaredError;
declare const list_sampledSoftmax: typeof sampledSoftmax;
declare const list_sigLip: typeof sigLip;
declare const list_simPo: typeof simPo;
declare const list_smoothL1: typeof smoothL1;
declare const list_softClDice: typeof softClDice;
declare const list_softDtw: typeof softDtw;
declare const list_softMargin: typeof softMargin;
declare const list_softTriple: typeof softTriple;
declare const list_sparseCategoricalCrossentropy: typeof sparseCategoricalCrossentropy;
declare const list_sparseCategoricalFocalCrossentropy: typeof sparseCategoricalFocalCrossentropy;
declare const list_sparsemax: typeof sparsemax;
declare const list_squaredHinge: typeof squaredHinge;
declare const list_ssim: typeof ssim;
declare const list_studentTNll: typeof studentTNll;
declare const list_style: typeof style;
declare const list_supervisedContrastive: typeof supervisedContrastive;
declare const list_symmetricCrossentropy: typeof symmetricCrossentropy;
declare const list_symmetricMeanAbsolutePercentageError: typeof symmetricMeanAbsolutePercentageError;
declare const list_totalVariation: typeof totalVariation;
declare const list_triplet: typeof triplet;
declare const list_tripletMargin: typeof tripletMargin;
declare const list_tupletMargin: typeof tupletMargin;
declare const list_tversky: typeof tversky;
declare const list_tweedieDeviance: typeof tweedieDeviance;
declare const list_uniqueSoftmax: typeof uniqueSoftmax;
declare const list_varifocal: typeof varifocal;
declare const list_vectorQuantization: typeof vectorQuantization;
declare const list_vicReg: typeof vicReg;
declare const list_wing: typeof wing;
declare const list_zlpr: typeof zlpr;
declare const logCosh: Loss<object>;
declare const logLoss: OfTfLosses<[...weighted: Weighted, epsilon?: number]>;
declare const logitAdjusted: LossWithRequired<LogitAdjustedOptions, 'priors'>;
declare function lookAtLabels({ name, range }: Bounds, look: Look): void;
declare namespace losses_d {
  export {
    losses_d_absoluteDifference as absoluteDifference,
    losses_d_computeWeightedLoss as computeWeightedLoss,
    losses_d_cosineDistance as cosineDistance,
    losses_d_hingeLoss as hingeLoss,
    losses_d_huberLoss as huberLoss,
    losses_d_logLoss as logLoss,
    losses_d_meanSquaredError as meanSquaredError,
    losses_d_sigmoidCrossEntropy as sigmoidCrossEntropy,
    losses_d_softmaxCrossEntropy as softmaxCrossEntropy,
  };
}
declare const losses_d_absoluteDifference: typeof absoluteDifference;
declare const losses_d_computeWeightedLoss: typeof computeWeightedLoss;
declare const losses_d_cosineDistance: typeof cosineDistance;
declare const losses_d_hingeLoss: typeof hingeLoss;
declare const losses_d_huberLoss: typeof huberLoss;
declare const losses_d_logLoss: typeof logLoss;
declare const losses_d_meanSquaredError: typeof meanSquaredError;
declare const losses_d_sigmoidCrossEntropy: typeof sigmoidCrossEntropy;
declare const losses_d_softmaxCrossEntropy: typeof softmaxCrossEntropy;
declare const lovaszHinge: Loss<LovaszHingeOptions>;
declare const lovaszSoftmax: Loss<LovaszSoftmaxOptions>;
declare const marginLoss: Loss<MarginLossOptions, Inputs$y>;
declare const marginRanking: Loss<HingeOptions, Inputs$H>;
declare const matthewsCorrelation: Loss<MatthewsCorrelationOptions>;
declare const meanAbsoluteError: Loss<object>;
declare const meanAbsolutePercentageError: Loss<PercentageErrorOptions>;
declare const meanPairwiseSquaredError: Loss<object>;
declare const meanSquaredError: OfTfLosses<Weighted>;
declare const meanSquaredError$1: Loss<object>;
declare const meanSquaredLogarithmicError: Loss<LogarithmicErrorOptions>;
declare const msSsim: Loss<MsSsimOptions>;
declare const multiMargin: Loss<MultiMarginOptions>;
declare const multiSimilarity: Loss<MultiSimilarityOptions, Inputs$l>;
declare const multiclassHinge: Loss<MulticlassHingeOptions>;
declare const multiclassPerceptron: Loss<ClassAxisOption>;
declare const multiclassSparsemax: Loss<ClassAxisOption>;
declare const multilabelMargin: Loss<MultilabelMarginOptions>;
declare const multilabelSoftMargin: Loss<MultilabelSoftMarginOptions>;
declare const nPairs: Loss<NPairsOptions, Inputs$k>;
declare const nca: Loss<NcaOptions, Inputs$x>;
declare const nce: Loss<SampledClassesOptions, SampledClassesInputs>;
declare const negativeBinomialNll: Loss<LikelihoodOptions, CountInputs>;
declare const negativeLogLikelihood: Loss<NegativeLogLikelihoodOptions>;
declare function neutralizedOnHost(labels: Tensor, neutral: number, wanted: Tensor): Tensor | null;
declare const nonNegativePu: LossWithRequired<NonNegativePuOptions, 'prior'>;
declare const ntXent: Loss<NtXentOptions, Inputs$o>;
declare const objectKeypointSimilarity: LossWithRequired<ObjectKeypointSimilarityOptions, 'sigmas', Inputs$G>;
declare const orpo: Loss<OrpoOptions, Inputs$d>;
declare const pairContrastive: Loss<PairContrastiveOptions, Inputs$w>;
declare const pairwiseHinge: Loss<PairwiseHingeOptions>;
declare const pairwiseLogistic: Loss<PairwiseOptions>;
declare const pairwiseMeanSquaredError: Loss<LambdaOptions>;
declare const pairwiseSoftZeroOne: Loss<PairwiseOptions>;
declare const perceptron: Loss<SignedLabelsOptions>;
declare const poisson: Loss<PoissonOptions>;
declare const policyGradient: Loss<object, Inputs$8>;
declare const polyCrossentropy: Loss<PolyCrossentropyOptions>;
declare const ppoClip: Loss<PpoClipOptions, Inputs$7>;
declare const proxyAnchor: Loss<ProxyAnchorOptions, MarginSoftmaxInputs>;
declare const psnr: Loss<PsnrOptions>;
declare const qLearning: Loss<QLearningOptions, Inputs$5>;
declare const qualityFocal: Loss<QualityFocalOptions>;
declare const quantile: Loss<QuantileOptions>;
declare const quantileHuber: Loss<QuantileHuberOptions>;
declare const rankingSoftmax: Loss<RankingSoftmaxOptions>;
declare function refuseRounded(who: string, name: string, rounded: number | null | undefined): void;
declare const robust: Loss<RobustOptions>;
declare const rootMeanSquaredError: Loss<object>;
declare const sampledSoftmax: Loss<SampledClassesOptions, SampledClassesInputs>;
declare const sigLip: Loss<SigLipOptions, Inputs$v>;
declare const sigmoidCrossEntropy: OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;
declare function sigmoidCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
declare const simPo: Loss<SimPoOptions, Inputs$c>;
declare const sizesBrought: (schema: Schema, options: object) => ReadonlyMap<string, number>;
declare const smoothL1: Loss<SmoothL1Options>;
declare const softClDice: Loss<SoftClDiceOptions>;
declare const softDtw: Loss<SoftDtwOptions>;
declare const softMargin: Loss<SignedLabelsOptions>;
declare const softTriple: Loss<SoftTripleOptions, Inputs$u>;
declare const softmaxCrossEntropy: OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;
declare function softmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, axis?: number): Tensor;
declare const sparseCategoricalCrossentropy: Loss<SparseCrossentropyOptions>;
declare const sparseCategoricalFocalCrossentropy: Loss<CategoricalFocalOptions>;
declare function sparseSoftmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
declare const sparsemax: Loss<object>;
declare const squaredHinge: Loss<HingeOptions>;
declare const ssim: Loss<SsimOptions>;
declare function stopGradient(x: TensorInput): Tensor;
declare const studentTNll: Loss<LikelihoodOptions, StudentInputs>;
declare const style: Loss<object>;
declare const supervisedContrastive: Loss<SupervisedContrastiveOptions, Inputs$m>;
declare const symmetricCrossentropy: Loss<SymmetricCrossentropyOptions>;
declare const symmetricMeanAbsolutePercentageError: Loss<SymmetricPercentageErrorOptions>;
declare const totalVariation: Loss<TotalVariationOptions>;
declare const triplet: Loss<TripletOptions, Inputs$j>;
declare const tripletMargin: Loss<TripletMarginOptions, Inputs$r>;
declare const tupletMargin: Loss<TupletMarginOptions, Inputs$t>;
declare const tversky: Loss<TverskyOptions>;
declare const tweedieDeviance: Loss<TweedieDevianceOptions>;
declare const uniqueSoftmax: Loss<ScoreOptions>;
declare const varifocal: Loss<VarifocalOptions>;
declare const vectorQuantization: Loss<VectorQuantizationOptions, Inputs>;
declare const vicReg: Loss<VicRegOptions, Inputs$s>;
declare function weightedCrossEntropyWithLogits(
  labels: TensorInput,
  logits: TensorInput,
  posWeight: TensorInput,
): Tensor;
declare const wing: Loss<WingOptions>;
declare const zlpr: Loss<ClassAxisOption>;
export {
  adaptiveLogProbabilities,
  adaptiveLogSoftmax,
  adaptiveWing,
  angular,
  approxMrr,
  approxNdcg,
  arcFace,
  asymmetric,
  asymmetricSingleLabel,
  barlowTwins,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  bradleyTerry,
  brier,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  center,
  circle,
  clip,
  clipByValue,
  clippedValue,
  combine,
  completeIou,
  continuousKlDivergence,
  contrastive,
  coral,
  corn,
  cosFace,
  cosineDistance$1 as cosineDistance,
  cosineEmbedding,
  cosineLogits,
  cosineSimilarity,
  cox,
  cpo,
  crf,
  crfDecode,
  crossEntropy,
  crpsEnsemble,
  crpsGaussian,
  ctc,
  dice,
  diceCrossentropy,
  differentialEntropy,
  diffusion,
  discreteTimeSurvival,
  distanceIou,
  distillation,
  distributionFocal,
  dpo,
  effectiveNumberWeights,
  efficientIou,
  entropy,
  expectile,
  exponential,
  fenchelYoung,
  gammaDeviance,
  ganDiscriminator,
  ganGenerator,
  gaussianKl,
  gaussianMixtureNll,
  gaussianNll,
  generalizedCrossentropy,
  generalizedDice,
  generalizedIou,
  generalizedKlDivergence,
  generalizedLiftedStructure,
  getLoss,
  gradientPenalty,
  grpo,
  halfSquaredError,
  heatmapFocal,
  hinge,
  hingeEmbedding,
  huber,
  imageTotalVariation,
  infoNce,
  iou,
  jaccard,
  jensenShannon,
  klDivergence,
  kto,
  l2Loss,
  labelSmoothing,
  laplaceNll,
  ldam,
  liftedStructure,
  linearCrossentropy,
  listMle,
  logCosh,
  logitAdjusted,
  losses_d as losses,
  lovaszHinge,
  lovaszSoftmax,
  marginLoss,
  marginRanking,
  matthewsCorrelation,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPairwiseSquaredError,
  meanSquaredError$1 as meanSquaredError,
  meanSquaredLogarithmicError,
  msSsim,
  multiMargin,
  multiSimilarity,
  multiclassHinge,
  multiclassPerceptron,
  multiclassSparsemax,
  multilabelMargin,
  multilabelSoftMargin,
  nPairs,
  nca,
  nce,
  negativeBinomialNll,
  negativeLogLikelihood,
  nonNegativePu,
  ntXent,
  objectKeypointSimilarity,
  orpo,
  pairContrastive,
  pairwiseHinge,
  pairwiseLogistic,
  pairwiseMeanSquaredError,
  pairwiseSoftZeroOne,
  perceptron,
  poisson,
  policyGradient,
  polyCrossentropy,
  ppoClip,
  proxyAnchor,
  psnr,
  qLearning,
  qualityFocal,
  quantile,
  quantileHuber,
  rankingSoftmax,
  robust,
  rootMeanSquaredError,
  sampledSoftmax,
  sigLip,
  sigmoidCrossEntropyWithLogits,
  simPo,
  smoothL1,
  softClDice,
  softDtw,
  softMargin,
  softTriple,
  softmaxCrossEntropyWithLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalFocalCrossentropy,
  sparseSoftmaxCrossEntropyWithLogits,
  sparsemax,
  squaredHinge,
  ssim,
  stopGradient,
  studentTNll,
  style,
  supervisedContrastive,
  symmetricCrossentropy,
  symmetricMeanAbsolutePercentageError,
  totalVariation,
  triplet,
  tripletMargin,
  tupletMargin,
  tversky,
  tweedieDeviance,
  uniqueSoftmax,
  varifocal,
  vectorQuantization,
  vicReg,
  weightedCrossEntropyWithLogits,
  wing,
  zlpr,
};
export type {
  ActivationOptions,
  AdaptiveSoftmaxOptions,
  AdaptiveTail,
  AdaptiveWingOptions,
  AngularOptions,
  AnyPart,
  ArcFaceOptions,
  AsymmetricOptions,
  AsymmetricSingleLabelOptions,
  BarlowTwinsOptions,
  BaseOption,
  BinaryCrossentropyOptions,
  BinaryFocalCrossentropyOptions,
  BinaryOptions,
  BoxFormat,
  BoxOptions,
  BradleyTerryOptions,
  CategoricalFocalOptions,
  CategoricalHingeOptions,
  CircleOptions,
  ClassAxisOption,
  ClassPredictionOptions,
  ClassSampler,
  ClipOptions,
  ClippedValueOptions,
  ColumnNames,
  Columns,
  CombinedLoss,
  CommonOptions,
  ContrastiveOptions,
  CoralOptions,
  CosFaceOptions,
  CosineEmbeddingOptions,
  CosineLogitsOptions,
  CosineOptions,
  CoxOptions,
  CpoOptions,
  CrfOptions,
  CrossentropyOptions,
  CrpsEnsembleOptions,
  CtcOptions,
  Definition,
  Density,
  DensityOptions,
  DevianceOptions,
  DiceCrossentropyOptions,
  DiffusionOptions,
  Distance,
  DistanceMatrix,
  DistillationOptions,
  DistributionFormat,
  DivergenceOptions,
  Domain,
  DpoObjective,
  DpoOptions,
  EffectiveNumberOptions,
  ExpectileOptions,
  FocusOption,
  FormatOptions,
  GanDiscriminatorOptions,
  GanGeneratorOptions,
  Gaussian,
  GaussianKlOptions,
  GaussianNllOptions,
  GeneralizedCrossentropyOptions,
  GeneralizedDiceOptions,
  GeneralizedLiftedStructureOptions,
  GivenAdaptiveSoftmax,
  GradientPenaltyOptions,
  GrpoObjective,
  GrpoOptions,
  HeatmapFocalOptions,
  HingeLabels,
  HingeOptions,
  HuberOptions,
  InfoNceOptions,
  InformationOptions,
  Interval,
  JensenShannonOptions,
  Json,
  KerasFacts,
  Kind,
  KlDivergenceOptions,
  KtoOptions,
  Layout,
  LdamOptions,
  LiftedStructureOptions,
  LinearCrossentropyOptions,
  LogarithmicErrorOptions,
  LogitAdjustedOptions,
  Loss,
  LossConfig,
  LossName,
  LossOptions,
  LossWithRequired,
  LovaszHingeOptions,
  LovaszSoftmaxOptions,
  MarginLossOptions,
  MarginSoftmaxOptions,
  MatthewsCorrelationOptions,
  MsSsimOptions,
  MultiMarginOptions,
  MultiSimilarityOptions,
  MulticlassHingeOptions,
  MultilabelFormat,
  MultilabelMarginOptions,
  MultilabelSoftMarginOptions,
  NPairsOptions,
  NamedLoss,
  NcaOptions,
  NegativeLogLikelihoodOptions,
  NonNegativePuOptions,
  NormalizeOption,
  NtXentOptions,
  ObjectKeypointSimilarityOptions,
  OptionSchema,
  OrpoOptions,
  OverlapOptions,
  PairContrastiveOptions,
  PairDistance,
  PairwiseHingeOptions,
  Part,
  PartColumns,
  Parts,
  PartsOfColumns,
  PercentageErrorOptions,
  PoissonOptions,
  PolyCrossentropyOptions,
  PpoClipOptions,
  PreferenceSmoothing,
  ProxyAnchorOptions,
  PsnrOptions,
  QLearningOptions,
  QualityFocalOptions,
  QuantileHuberOptions,
  QuantileOptions,
  RankingSoftmaxOptions,
  Reduced,
  Reduction,
  RobustOptions,
  SampledClassesOptions,
  ScoreOptions,
  SigLipOptions,
  SignedLabelsOptions,
  SimPoOptions,
  SmoothL1Options,
  SoftClDiceOptions,
  SoftDtwOptions,
  SoftTripleOptions,
  SparseCrossentropyOptions,
  SsimOptions,
  SummedAxes,
  SupervisedContrastiveOptions,
  SymmetricCrossentropyOptions,
  SymmetricPercentageErrorOptions,
  TemperatureOption,
  TensorInput,
  TotalVariationOptions,
  TripletMarginOptions,
  TripletOptions,
  TupletMarginOptions,
  TverskyOptions,
  TweedieDevianceOptions,
  Unreduced,
  VarifocalOptions,
  VectorQuantizationOptions,
  VicRegOptions,
  WingOptions,
};
