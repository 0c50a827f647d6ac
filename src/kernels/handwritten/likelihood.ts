import type { Tensor } from '@tensorflow/tfjs-core';
import { differentiable, gradientOf, isDifferentiated } from '../tfjs/differentiable.js';
import { ctcKernel } from './ctc.js';
import { areHostKernelsOn } from './hostKernel.js';
import { scaledKernel } from './scaled.js';

/** Through which classes alignments may walk: constants. */
export interface ClassPaths extends Paths {
  /** The class of each state, [B, states]. */
  readonly states: Tensor;
}

/** ln of the summed probability of all alignments, [B], in tf ops. */
type Formula = (logits: Tensor, paths: ClassPaths) => Tensor;

/** What the formula gives of logits [B, T, C], by kernels; null where there are none. Second derivatives are the formula's. */
export function fusedLikelihood(
  logits: Tensor,
  { states, canSkip, ends, isDuring }: ClassPaths,
  logProbabilities: boolean,
  formula: Formula,
): Tensor | null {
  if (!areHostKernelsOn()) return null;
  const inputs = [logits, states, canSkip, ends, isDuring];
  const withGradient = isDifferentiated();
  return differentiable([logits], (save) => {
    const [result, ...gradient] = ctcKernel(inputs, { logProbabilities, withGradient }) as [Tensor, ...Tensor[]];
    save([...inputs, ...gradient]);
    return {
      result,
      gradient: (_, dy, saved) => {
        const [x, ...constants] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
        const [ofStates, skips, final, during, made] = constants;
        const paths = { states: ofStates, canSkip: skips, ends: final, isDuring: during };
        if (isDifferentiated()) return gradientOf(([at]) => formula(at as Tensor, paths), [x], 0, dy);
        return scaledKernel([made, dy], {})[0] as Tensor;
      },
    };
  });
}

/** What may be walked: constants. */
export interface Paths {
  /** States that may be reached by skipping the one before, [B, states]. */
  readonly canSkip: Tensor;
  /** ln 1 at the states in which an alignment may end, and ln 0 at the others, [B, states]. */
  readonly ends: Tensor;
  /** Which time steps each example has, [B, T]. */
  readonly isDuring: Tensor;
}
