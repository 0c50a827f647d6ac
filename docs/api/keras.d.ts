import { Tensor, TensorLike, Scalar } from '@tensorflow/tfjs-core';
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
interface Confinement {
  readonly inside: Tensor;
  readonly drawnBack: (values: Tensor) => Tensor;
}
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
  readonly takesIndices?: IndexReading;
  readonly weighsEntries?: boolean;
  readonly unwritable?: string;
  readonly shift?: (inputs: readonly Tensor[], options: O) => readonly Tensor[] | undefined;
  readonly formula: (
    inputs: Readonly<Record<Name, Tensor>>,
    options: O & {
      readonly weights: TensorInput | null;
    },
    valid: Tensor | null,
  ) => Tensor | Unreduced;
  readonly shortcut?: (call: ShortcutCall<O, Name>) => Unreduced | WeighedTotal | null;
}
interface Domain {
  readonly name: DomainName;
  readonly expected: string;
  readonly contains: (value: number, classes: number) => boolean;
  readonly neutral: number;
  readonly range?: readonly [low: number, high: number];
  readonly confine?: typeof confine;
  readonly integer?: 'index' | 'name';
}
type DomainName =
  | 'real'
  | 'nonNegative'
  | 'logit'
  | 'probability'
  | 'distribution'
  | 'logProbability'
  | 'classIndex'
  | 'paddedIndex'
  | 'binaryClass'
  | 'group'
  | 'relevance'
  | 'embedding'
  | 'box'
  | 'hingeLabel';
type Given<O> = {
  readonly [K in keyof O]?: O[K] | undefined;
};
interface IndexReading {
  readonly of: 'classes' | 'masks';
  readonly oneHot: (labels: Tensor, classes: number, areInRange: boolean) => Tensor;
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
  readonly orOneForAll?: true;
  readonly entries?: Kind<number>;
  readonly lengthsOf?: string;
  readonly look?: (who: string, name: string, value: unknown) => void;
  readonly isClassAxis?: true;
  readonly isEntryAxis?: true;
  readonly type?: T;
}
type LabelsAndPredictions = readonly [labels: TensorInput, predictions: TensorInput];
interface Loss<
  O extends object,
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: LossOptions<O, R>]): Reduced<R>;
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
type OptionSchema<O> = {
  readonly [K in keyof O]-?: readonly [O[K], Kind<O[K]>];
};
interface Pattern {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}
interface ReadOptions extends KerasTarget {
  readonly customObjects?: Readonly<Record<string, CustomObject>> | undefined;
}
type Reduced<R extends Reduction> = R extends 'none' | 'perExample' ? Tensor : Scalar;
type Reduction =
  'none' | 'perExample' | 'mean' | 'sum' | 'weightedMean' | 'meanOverNonzeroWeights' | 'meanOverNonzeroLosses';
interface Serialized {
  readonly class_name: string;
  readonly config?: Json | undefined;
  readonly registered_name?: string | null | undefined;
  readonly module?: string | null | undefined;
}
interface ShortcutCall<O, Name extends string> {
  readonly options: O & {
    readonly weights: TensorInput | null;
  };
  readonly inputs: () => Readonly<Record<Name, Tensor>>;
  readonly areInRange: boolean;
  readonly factors: (() => Tensor) | null;
}
interface Signature {
  readonly inputs: readonly Pattern[];
  readonly positions: Pattern;
  readonly output: Pattern;
}
type TensorInput = Tensor | TensorLike;
interface Unreduced {
  readonly values: Tensor;
  readonly ownWeight?: Tensor | null;
  readonly valid?: Tensor | null;
}
interface WeighedTotal {
  readonly total: Tensor;
  readonly ownWeight?: Tensor | null;
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
declare function confine(
  predictions: Tensor,
  range: readonly [low: number, high: number],
  signature: Signature,
  weights: Tensor | null,
): Confinement;
declare function fromConfig(config: string | Serialized, options?: ReadOptions): ConfiguredLoss;
declare function fromConfig(config: unknown, options?: ReadOptions): ConfiguredLosses;
declare function toKeras(loss: WritableLoss, target?: KerasTarget): LossConfig;
declare function toKeras(loss: WritableLosses, target?: KerasTarget): Json;
export { fromConfig, toKeras };
export type { ConfiguredLoss, ConfiguredLosses, ReadOptions, WritableLoss, WritableLosses };
