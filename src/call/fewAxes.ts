import type { Signature } from '../definition/signature.js';
import { stretch } from '../numerics/sum.js';
import { broadcastTo, reshape, Tensor, util } from '../tfjs/ops.js';
import type { Prepared } from './call.js';

/** tfjs has all that formulas use for tensors of so many axes, on every backend. */
const MOST = 4;

/**
 * The same call with few axes: positions [2, 3, 4, 5, 6] become [2, 60, 6]. To a formula all axes of `...` are alike, but
 * for the first, which may be the batch, and the last, which options may have entries along.
 */
export function withFewAxes<O>(
  { inputs: patterns, positions: { before, after }, output: result }: Signature,
  positions: readonly number[],
  prepared: Prepared<O>,
): Prepared<O> {
  const { inputs, output, valid, weights, options } = prepared;
  const end = positions.length - after.length - 1;
  if (end <= Math.max(before.length, 1) || inputs.every(({ tensor }) => tensor.rank <= MOST)) return prepared;

  const joined = (shape: readonly number[]): number[] => [
    ...shape.slice(0, 1),
    util.sizeFromShape(shape.slice(1, end)),
    ...shape.slice(end),
  ];
  const isFull = (x: unknown): x is Tensor => x instanceof Tensor && x.rank >= positions.length;
  const join = (x: Tensor): Tensor => {
    const isRepeated = x.shape.slice(1, end).every((size) => size === 1);
    const shape = x.shape.map((size, axis) => (axis > 0 && axis < end && !isRepeated ? (positions[axis] ?? 1) : size));
    return reshape(x.dtype === 'bool' ? broadcastTo(x, shape) : stretch(x, shape), joined(shape));
  };
  // Weights of entries, and options along another axis than the last, have the shape of the positions; some have an axis more.
  const joinedOptions = Object.entries(options).map(([name, x]: [string, unknown]) => [
    name,
    name !== 'mask' && isFull(x) ? join(x) : x,
  ]);
  return {
    ...prepared,
    inputs: inputs.map((input, i) => (patterns[i]?.dots ? { ...input, tensor: join(input.tensor) } : input)),
    output: result.dots ? joined(output) : output,
    valid: valid && join(valid),
    weights: weights && (result.dots ? join(weights) : weights),
    options: Object.fromEntries(joinedOptions) as typeof options,
  };
}
