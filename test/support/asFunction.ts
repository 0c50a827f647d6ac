import type { Tensor } from '@tensorflow/tfjs';
import { numbers, sizeOf, toTensor, type Call, type Values } from './draw.js';
import type { ScalarFunction } from './derivatives.js';
import { scalarized } from './law.js';
import { inputNames, type AnyLoss } from './losses.js';

/** A call of a loss as a scalar function of its differentiable inputs, its tensor-valued options and its weights. */
export interface CallAsFunction {
  readonly f: ScalarFunction;
  readonly at: readonly Values[];
  readonly names: readonly string[];
}

export function asFunction(loss: AnyLoss, { inputs, options, output }: Call, reduction: string): CallAsFunction {
  const isVariable = inputs.map(({ dtype }) => dtype === 'float32');
  const weights: Values = { shape: output, data: numbers('weights', sizeOf(output), [0.5, 2]), dtype: 'float32' };
  const perAxis = Object.entries(options).filter(
    (option): option is [string, number[]] =>
      Array.isArray(option[1]) && loss.definition.options[option[0]]?.[1].along !== undefined,
  );
  const extra = perAxis.map(([, data]): Values => ({ shape: [data.length], data, dtype: 'float32' }));
  return {
    at: [...inputs.filter((_, i) => isVariable[i]), ...extra, weights],
    names: [...inputNames(loss).filter((_, i) => isVariable[i]), ...perAxis.map(([name]) => name), 'weights'],
    f: (variables) => {
      const rest: Tensor[] = [...variables];
      const given = inputs.map((values, i) => (isVariable[i] ? rest.shift() : toTensor(values)));
      const tensors = Object.fromEntries(perAxis.map(([name]) => [name, rest.shift()]));
      return scalarized(loss(...given, { ...options, ...tensors, weights: rest[0], reduction }));
    },
  };
}

/** Reductions under which derivatives are looked at, turn by turn. */
export const differentiated = ['none', 'perExample', 'mean', 'weightedMean', 'meanOverNonzeroWeights'] as const;
