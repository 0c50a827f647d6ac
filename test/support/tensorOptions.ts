import { util } from '@tensorflow/tfjs';
import type { Kind } from '../../src/definition/kinds.js';
import type { Values } from './draw.js';
import type { AnyLoss, Options } from './losses.js';

/** An option of a call that holds numbers by which the loss can be differentiated. */
export interface TensorOption extends Values {
  readonly name: string;
}

/** Those of options that are arrays of numbers, not of lengths nor of indices. */
export function tensorOptionsOf({ definition }: AnyLoss, options: Options): TensorOption[] {
  return Object.entries(options).flatMap(([name, value]: [string, unknown]): TensorOption[] => {
    const kind = definition.options[name]?.[1];
    if (!kind || !Array.isArray(value) || !isDifferentiable(kind)) return [];
    return [{ name, shape: shapeOf(value), data: util.flatten<number>(value as number[]), dtype: 'float32' }];
  });
}

/** Whether there are numbers between whole ones. What is held constant along an axis has the derivative 0, which is looked at too. */
const isDifferentiable = ({ fit, entries, axesBeyond, isHeld }: Kind<unknown>): boolean =>
  fit !== undefined && entries?.accepts(0.5) === true && !(axesBeyond !== undefined && isHeld);

const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);
