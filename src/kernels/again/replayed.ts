import { Tensor } from '@tensorflow/tfjs-core';
import { tidied } from '../../numerics/tidied.js';
import { replayOf } from '../recorded/replay.js';
import { optionsIn } from './kind.js';
import { areDistinct, type Called, ofInput, type Plan, type Source, sourceOfOption } from './plan.js';

/* Calls that are more than one kernel: all that they run is recorded, and run again. */

/** After so many calls in a row that came to another decision, the recording is of no use. */
const MOST_MISSES = 4;

/** How a call is run from a recording; null: it cannot be. */
export function replayed(called: Called, computed: Tensor, compute: (args: unknown[]) => Tensor): Plan | null {
  if (!areDistinct(called)) return null;
  // No more of the call is kept.
  const { count } = called;
  const places = placesOf(called);
  const tensorsIn = (args: readonly unknown[]): Tensor[] => places.map(({ read }) => read(args));
  const of =
    (args: readonly unknown[]) =>
    (tensors: readonly Tensor[]): Tensor =>
      compute(withTensors(args, count, places, tensors));
  const replay = replayOf(tensorsIn(called.args), of(called.args), {
    shape: computed.shape,
    predictions: count - 1,
  });
  if (!replay) return null;
  let misses = 0;
  return (args) => {
    if (misses >= MOST_MISSES) return null;
    const found = tidied(() => replay(tensorsIn(args), of(args)) as Tensor) as Tensor | null;
    misses = found ? 0 : misses + 1;
    return found;
  };
}

/** Where a tensor stands among the arguments: one of the inputs, or an option by its name. */
interface Place {
  readonly key: number | string;
  readonly read: Source;
}

function placesOf(called: Called): Place[] {
  const { args, count, fixed } = called;
  const inputs = Array.from({ length: count }, (_, i): Place => ({ key: i, read: ofInput(i) }));
  const options = Object.entries({ ...fixed, ...optionsIn(args, count) }).flatMap(([key, value]: [string, unknown]) => {
    const read = value instanceof Tensor ? sourceOfOption(key, called) : undefined;
    return read ? [{ key, read }] : [];
  });
  return [...inputs, ...options];
}

/** Arguments with other tensors in their places. */
function withTensors(
  args: readonly unknown[],
  count: number,
  places: readonly Place[],
  tensors: readonly Tensor[],
): unknown[] {
  const inputs = tensors.slice(0, count);
  const options = places.flatMap(({ key }, i) => (typeof key === 'string' ? [[key, tensors[i]] as const] : []));
  return [...inputs, { ...optionsIn(args, count), ...Object.fromEntries(options) }];
}
