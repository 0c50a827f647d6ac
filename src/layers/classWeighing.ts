import { mul, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { classAxisOf, definitionOf } from '../definition/definition.js';
import type { TensorInput } from '../definition/tensorInput.js';
import type { ClassWeight } from './classWeights.js';
import { type DefinedLoss, optionsOf } from './definedLoss.js';

/** What weights of a batch are the product of. */
export interface Factors {
  /** Weights of examples and positions. */
  readonly examples: Tensor | null;
  /** Weights of the classes of the labels, by index. */
  readonly ofClasses: ClassWeight;
}

const factorsOf = new WeakMap<Tensor, Factors>();

/** Notes what weights are the product of, for losses that weigh classes by themselves. */
export const noteFactors = (weights: Tensor, factors: Factors): void => void factorsOf.set(weights, factors);

/** Weights as a loss is given them. */
export interface Weighing {
  readonly weights: Tensor | null;
  readonly classWeights?: Tensor;
}

/**
 * An overlap is a sum over pixels of all classes: weights of classes are not for its pixels, but for what it comes to for
 * each class, as its option `classWeights` has it. With a single class there is nothing to weigh but pixels.
 */
export function weighingFor(loss: DefinedLoss, weights: Tensor | null, predictions: Tensor): Weighing {
  const factors = weights && factorsOf.get(weights);
  if (!factors) return { weights };
  const definition = definitionOf(loss);
  const options = optionsOf(loss);
  const [axis = -1] = [classAxisOf(definition, options)].flat();
  const classes = predictions.shape.at(axis) ?? 1;
  if (!definition.weighsEntries || !('classWeights' in definition.options) || classes === 1) return { weights };
  const given = tensor1d(Array.from({ length: classes }, (_, c) => factors.ofClasses[c] ?? 1));
  const own = options['classWeights'] as TensorInput | null;
  return { weights: factors.examples, classWeights: own === null ? given : mul(given, own as Tensor) };
}
