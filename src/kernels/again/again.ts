import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { Owner } from '../../call/kernelSlots.js';
import { isOnHost } from '../../numerics/host.js';
import { areKernelsOn } from '../backends/index.js';
import { isOf, isPlain, type Kind, kindOf } from './kind.js';
import { watching } from '../tfjs/watch.js';
import { type Plan, planOf } from './plan.js';
import { replayed } from './replayed.js';
import { type Recording, recorded } from '../fused/recording.js';

/*
 * Calls that come again. What a call has to find out by shapes, types and options alone is found out once for each kind of
 * call: the kernel, and how its inputs are made of the arguments. A later call of the kind looks at the same numbers as the
 * first one, and runs the kernel.
 */

/** So many kinds of calls are kept of each loss. */
const MOST = 8;

/** Who comes so often is worth a recording, which takes as long as some calls. */
const ENOUGH = 3;

/**
 * Which positions count is found by kernels that take longer to call than to run, and which a recording has as one. It copies
 * the numbers of a call, so that this is worth while only for so many in a tensor.
 */
const FEW = 2 ** 17;

/** A kind of call, and how such a call is run; null: by all steps. Undefined: it came too seldom. */
interface Known {
  readonly kind: Kind;
  plan?: Plan | null;
  /** How often it came. */
  times: number;
}

let known = new WeakMap<object, Known[]>();

/** Forgets all kinds of calls. */
export const forgetCalls = (): void => {
  known = new WeakMap();
};

/** A loss, of its arguments: as a call of its kind was run before, or by all steps. */
export function again(owner: Owner, args: unknown[], compute: (args: unknown[]) => Tensor): Tensor {
  const byAllSteps = (): readonly [Tensor, Recording] => recorded(() => compute(args));
  // Within a gradient of a gradient formulas compute; numbers on a device are not looked at.
  if (engine().state.gradientDepth > 1 || !isOnHost() || !areKernelsOn() || watching()) return byAllSteps()[0];
  const { fixed, definition } = owner;
  const count = definition.inputs?.length ?? 2;
  const own = known.get(owner) ?? [];
  known.set(owner, own);
  const found = own.find(({ kind }) => isOf(kind, args, count));
  const planned = found?.plan?.(args);
  if (planned) return planned;
  if (found && found.plan === undefined) {
    const [result, recording] = byAllSteps();
    const called = { args, count, fixed, definition };
    const plan = planOf(recording, called, result);
    found.times++;
    const { ran } = recording;
    const isSlow = ran?.prepared.valid && ran.tensors.every(({ size }) => size <= FEW);
    if (recording.hasAsked || (plan && !isSlow)) found.plan = plan;
    else if (found.times >= ENOUGH) found.plan = replayed(called, result, compute) ?? plan;
    return result;
  }
  const kind = !found && isPlain(fixed) ? kindOf(args, count) : null;
  if (kind) own.unshift({ kind, times: 1 });
  own.length = Math.min(own.length, MOST);
  return byAllSteps()[0];
}
