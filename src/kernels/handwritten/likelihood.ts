import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassPaths, LikelihoodFormula } from '../../call/kernelSlots.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { ctcKernel } from './ctc.js';
import { areHostKernelsOn } from './hostKernel.js';
import { scaledKernel } from './scaled.js';

/** What the formula gives of logits [B, T, C], by kernels; null where there are none. Second derivatives are the formula's. */
export function fusedLikelihood(
  logits: Tensor,
  { states, canSkip, ends, isDuring }: ClassPaths,
  logProbabilities: boolean,
  formula: LikelihoodFormula,
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
