import type { Definition, IndexReading } from '../definition/definition.js';
import type { Domain } from '../definition/domain.js';
import type { Signature } from '../definition/signature.js';
import type { Reduction, ResolvedCommon } from '../definition/options.js';
import type { Arrangement } from './arrange.js';
import type { IgnoredLabels } from './masking.js';
import { Tensor } from '../tfjs/ops.js';

/** An input in the form in which a formula is written. */
export interface Input {
  readonly name: string;
  readonly tensor: Tensor;
  readonly domain: Domain;
  /** Its leading axes are those that a mask removes positions of; the weights of a layer, say, have others. */
  readonly isPerPosition: boolean;
  /** Labels came as class indices where the formula takes one number per class: how it gets those. */
  readonly oneHot?: IndexReading['oneHot'] | undefined;
  /** Class indices that have been looked at, or labels of another kind. */
  readonly isInRange: boolean;
}

/** What a call of a loss comes to, once it is converted and checked. */
export interface Prepared<O> {
  readonly signature: Signature;
  /** All that came as a tensor or an array. */
  readonly given: readonly Tensor[];
  readonly inputs: readonly Input[];
  readonly options: O & ResolvedCommon;
  /** How many classes, or thresholds between classes, there are. */
  readonly classes: number;
  /** Shape of the unreduced result for the caller. */
  readonly shape: number[];
  /** The same, with the axes that it has in the formula. */
  readonly output: number[];
  /** `output` is a prefix of `positions`. */
  readonly isLeading: boolean;
  readonly isEmpty: boolean;
  /** Which positions count, with axes of size 1 where all do. Null: all. */
  readonly valid: Tensor | null;
  /** How the inputs are viewed, and which labels do not count; of an empty batch neither matters. */
  readonly plan?: Arrangement;
  readonly ignored?: IgnoredLabels;
  /** Broadcast against the result. */
  readonly weights: Tensor | null;
  /** Whether a weight may be 0: where that cannot be seen for free, it may. */
  readonly mayWeighNothing?: boolean;
}

/** A loss, called. */
export interface Call<O extends object> {
  readonly definition: Definition<O>;
  readonly signature: Signature;
  readonly prepared: Prepared<O>;
  /** The reduction whose total and divisor are wanted apart, where these can be had without the values. */
  readonly measured?: Reduction;
}
