import { concat, slice, type Tensor } from '@tensorflow/tfjs-core';
import { advisedAs } from '../../../call/adviceSlot.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { logSoftmax } from '../../../numerics/softmax.js';
import { stretch } from '../../../numerics/sum.js';
import { tidied } from '../../../numerics/tidied.js';
import { add, reshape } from '../../../tfjs/ops.js';
import { type GivenAdaptiveSoftmax, readAdaptiveSoftmax } from './adaptiveSoftmax.js';

const NAME = 'adaptiveLogProbabilities';

/**
 * The logarithms of the probabilities of all classes by an adaptive softmax, which `adaptiveLogSoftmax` trains: those of the
 * head, then those of each tail plus that of its entry in the head.
 *
 * Shapes `(...,D),(H,D)->(...,C)`, see `adaptiveLogSoftmax`. Not a loss.
 *
 * @throws if the shapes do not fit or an option is missing, unknown or out of range.
 * @see Grave et al. (2017), doi:10.48550/arXiv.1609.04309; PyTorch `AdaptiveLogSoftmaxWithLoss.log_prob`.
 * @example adaptiveLogProbabilities([[0]], [[1], [0]], { cutoffs: [1], tails: [[[[1]], [[1]]]] }) // [[-0.6931, -0.6931]]
 */
export function adaptiveLogProbabilities(
  hidden: TensorInput,
  head: TensorInput,
  options: GivenAdaptiveSoftmax,
): Tensor {
  return advisedAs(NAME, () =>
    tidied(() => {
      const {
        hidden: states,
        leading,
        classes,
        inHead,
        headLogits,
        tails,
      } = readAdaptiveSoftmax(NAME, hidden, head, options);
      const ofHead = logSoftmax(headLogits);
      const [rows] = ofHead.shape as [number];
      const columns = (from: number, count: number): Tensor => slice(ofHead, [0, from], [rows, count]);
      const ofTails = tails.map(({ size, logits }, i) =>
        add(stretch(columns(inHead + i, 1), [rows, size]), logSoftmax(logits(states))),
      );
      return reshape(concat([columns(0, inHead), ...ofTails], 1), [...leading, classes]);
    }),
  );
}
