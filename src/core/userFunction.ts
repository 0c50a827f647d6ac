import { Tensor, util } from '@tensorflow/tfjs-core';
import { fail, show } from './fail.js';

/** What a function of the user's has returned, which has to be a float32 tensor of a shape. */
export function returned(who: string, name: string, result: unknown, shape: readonly number[]): Tensor {
  const expected = `expected a float32 tensor of shape ${show(shape)}, at once`;
  if (!(result instanceof Tensor)) fail(who, `${name} gave ${show(result)}; ${expected}`);
  const found = result as Tensor;
  if (found.isDisposed) fail(who, `${name} gave a disposed tensor; ${expected}`);
  if (found.dtype !== 'float32') fail(who, `${name} gave a tensor of ${found.dtype}; ${expected}`);
  if (!util.arraysEqual(found.shape, [...shape])) fail(who, `${name} gave shape ${show(found.shape)}; ${expected}`);
  return found;
}
