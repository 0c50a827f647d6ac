import type { Tensor } from '@tensorflow/tfjs-core';
import { isOnHost } from '../../numerics/host.js';
import { sum } from '../../numerics/sum.js';
import { decided, watching } from '../tfjs/watch.js';
import { noteTally } from './recording.js';
import { areKernelsOn, canRun, run } from '../backends/index.js';
import { Programs } from '../trace/programs.js';
import { sizesFor } from '../trace/trace.js';

const known = new WeakMap<(x: Tensor) => Tensor, Programs>();

/** A look at all numbers of a tensor at once: what `sumOfEach` gives. */
export function tally(formula: (x: Tensor) => Tensor, tensor: Tensor): number | null {
  const count = sumOfEach(formula, tensor);
  if (count !== null) noteTally({ tensor, formula, count });
  return count;
}

/** The sum of what a formula makes of each number of a tensor; null where numbers have to be waited for, or there is no kernel. */
export function sumOfEach(formula: (x: Tensor) => Tensor, x: Tensor): number | null {
  if (!isOnHost() || !areKernelsOn() || x.size === 0) return null;
  const programs = known.get(formula) ?? programsOf(formula);
  known.set(formula, programs);
  const program = programs.value();
  const table = { rows: 1, columns: x.size, isElementwise: true, groups: null };
  if (!canRun(program, table)) return null;
  const [total] = run({ program, ...table }, [x]) as [Tensor];
  // Of what is recorded, whether there is none, some, or a number that is none: by more nothing may be decided.
  const count = watching()
    ? decided([total], ([found]) => Math.sign((found as ArrayLike<number>)[0] as number))
    : (total.dataSync()[0] as number);
  total.dispose();
  return count;
}

const programsOf = (formula: (x: Tensor) => Tensor): Programs =>
  new Programs({
    inputs: [{ byRow: true, byColumn: true, isInteger: false, rank: 2 }],
    sizes: sizesFor(3),
    otherSizes: sizesFor(5),
    extent: 'total',
    compute: ([x]) => sum(formula(x as Tensor), -1),
  });
