import { Tensor, TensorLike, Scalar } from '@tensorflow/tfjs-core';
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
interface Bounds {
  readonly name: string;
  readonly range?: readonly [low: number, high: number];
}
interface ClassAxis {
  readonly axis: number | readonly number[];
  readonly told: string;
  readonly atEnd: (shape: readonly number[]) => View | undefined;
  readonly leftOut: (shape: readonly number[]) => readonly number[] | undefined;
}
interface CommonOptions<R extends Reduction = Reduction> {
  readonly weights?: TensorInput | null | undefined;
  readonly mask?: TensorInput | null | undefined;
  readonly ignoreNaN?: boolean | undefined;
  readonly reduction?: R | undefined;
  readonly validate?: boolean | null | undefined;
}
type ConfiguredLoss = Loss<object>;
type ConfiguredLosses =
  | ConfiguredLoss
  | readonly (ConfiguredLoss | null)[]
  | {
      readonly [output: string]: ConfiguredLoss | null;
    };
type CustomObject = (labels: Tensor, predictions: Tensor) => Tensor;
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
interface Fitted {
  readonly used: Tensor;
  readonly entries: Kind<number>;
}
type Given<O> = {
  readonly [K in keyof O]?: O[K] | undefined;
};
interface HasRange {
  readonly range?: Range | null;
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
type LabelsAndPredictions = readonly [labels: TensorInput, predictions: TensorInput];
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
type LossOptions<O, R extends Reduction = Reduction> = Given<O> & CommonOptions<R>;
interface MassIfNone {
  readonly mass: number;
  readonly divisor: (divisor: Tensor, reduction: Reduction) => Tensor;
}
type OptionSchema<O> = {
  readonly [K in keyof O]-?: readonly [O[K] | undefined, Kind<O[K]>];
};
interface OptionTensor {
  readonly name: string;
  readonly tensor: Tensor;
  readonly rounded?: number | null;
}
interface Pattern {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}
type Range = readonly [low: number, high: number];
interface ReadLabels {
  readonly areFitting: boolean;
  readonly areIntegers: boolean;
  readonly isSingle: boolean;
  readonly asIndices: () => ((input: Tensor) => Tensor) | undefined;
  readonly whole: () => number[];
}
interface ReadOptions extends KerasTarget {
  readonly customObjects?: Readonly<Record<string, CustomObject>> | undefined;
}
type Reduced<R extends Reduction> = R extends 'none' | 'perExample' ? Tensor : Scalar;
type Reduction =
  'none' | 'perExample' | 'mean' | 'sum' | 'weightedMean' | 'meanOverNonzeroWeights' | 'meanOverNonzeroLosses';
type Schema = Readonly<Record<string, readonly [unknown, Kind<unknown>]>>;
interface Seen {
  readonly tensor: Tensor;
  readonly readable: boolean;
  readonly isPerPosition: boolean;
}
interface Serialized {
  readonly class_name: string;
  readonly config?: Json | undefined;
  readonly registered_name?: string | null | undefined;
  readonly module?: string | null | undefined;
}
type Shortcut = (call: never) => object | null;
interface Signature {
  readonly inputs: readonly Pattern[];
  readonly positions: Pattern;
  readonly output: Pattern;
}
interface Surroundings {
  readonly domain?: HasRange | undefined;
  readonly definition: HasRange;
  readonly signature: Signature;
  readonly weights: Tensor | null;
}
type TensorInput = Tensor | TensorLike;
interface Unreduced {
  readonly values: Tensor;
  readonly ownWeight?: Tensor | null;
  readonly valid?: Tensor | null;
}
interface View {
  readonly shape: readonly number[];
  readonly view: (input: Tensor) => Tensor;
}
type WritableLoss =
  | string
  | ({
      readonly name: string;
    } & ((...args: never[]) => unknown));
type WritableLosses =
  | WritableLoss
  | null
  | readonly (WritableLoss | null)[]
  | {
      readonly [output: string]: WritableLoss | null;
    };
declare const classAxisAt: (given: unknown) => ClassAxis;
declare function confine<
  Found extends {
    readonly values: Tensor;
  },
>(
  predictions: Tensor,
  { domain, definition, signature, weights }: Surroundings,
  valuesOf: (inside: Tensor) => Found,
): Found;
declare function fromConfig(config: string | Serialized, options?: ReadOptions): ConfiguredLoss;
declare function fromConfig(config: unknown, options?: ReadOptions): ConfiguredLosses;
declare const ignoring: (ignored: number | null) => Ignoring;
declare const inRange: (labels: Tensor, classes: number) => Tensor;
declare function lookAtLabels({ name, range }: Bounds, look: Look): void;
declare function neutralizedOnHost(labels: Tensor, neutral: number, wanted: Tensor): Tensor | null;
declare function refuseRounded(who: string, name: string, rounded: number | null | undefined): void;
declare const sizesBrought: (schema: Schema, options: object) => ReadonlyMap<string, number>;
declare function toKeras(loss: WritableLoss, target?: KerasTarget): LossConfig;
declare function toKeras(loss: WritableLosses, target?: KerasTarget): Json;
export { fromConfig, toKeras };
export type { ConfiguredLoss, ConfiguredLosses, ReadOptions, WritableLoss, WritableLosses };
