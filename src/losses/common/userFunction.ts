import { fail, show } from '../../definition/fail.js';
import { Tensor, util } from '../../tfjs/ops.js';
import { opKernels } from '../../numerics/opKernels.js';

/** What a function of the user's has returned, which has to be a tensor; `verb` begins the complaint. */
export function returnedTensor(who: string, verb: string, result: unknown, expected: string): Tensor {
  opKernels.unrecorded?.();
  if (!(result instanceof Tensor)) return fail(who, `${verb} ${show(result)}; ${expected}`);
  if (result.isDisposed) fail(who, `${verb} a disposed tensor; ${expected}`);
  return result as Tensor;
}

/** What a function of the user's has returned, which has to be a float32 tensor of a shape. */
export function returned(who: string, name: string, result: unknown, shape: readonly number[]): Tensor {
  const expected = `expected a float32 tensor of shape ${show(shape)}, at once`;
  const found = returnedTensor(who, `${name} gave`, result, expected);
  if (found.dtype !== 'float32') fail(who, `${name} gave a tensor of ${found.dtype}; ${expected}`);
  if (!util.arraysEqual(found.shape, [...shape])) fail(who, `${name} gave shape ${show(found.shape)}; ${expected}`);
  return found;
}
