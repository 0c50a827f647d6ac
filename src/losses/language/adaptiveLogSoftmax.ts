import type { Tensor } from '@tensorflow/tfjs-core';
import { advisedAs } from '../../call/adviceSlot.js';
import { type Argument, castTo, toArgument } from '../../call/argument.js';
import { classIndex } from '../../definition/domain.js';
import { complainOfFirst } from '../../definition/entries.js';
import { fail, show } from '../../definition/fail.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { constant } from '../../numerics/autodiff.js';
import { inRange, isClass } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { tidied } from '../../numerics/tidied.js';
import { add, less, neg, reshape, util } from '../../tfjs/ops.js';
import { type AdaptiveSoftmax, type GivenAdaptiveSoftmax, readAdaptiveSoftmax } from './common/adaptiveSoftmax.js';
import { inTailOfAll, inTailOfSome } from './common/inTail.js';

const name = 'adaptiveLogSoftmax';

/**
 * Adaptive softmax of class indices y, for very many classes of which the first ones are the most frequent: −ln p_y. Classes
 * below the first cutoff have their probability from a softmax over the head, softmax(head·x)_y of the hidden state x. All
 * others are in tails, each with an entry of the head and a softmax of its own: p_y = softmax(head·x)_tail ·
 * softmax(weight·projection·x)_y.
 *
 * Shapes `(...),(...,D),(H,D)->(...)`, with a row of the head for each class below the first cutoff and then for each tail. In
 * nats.
 *
 * Where labels can be read without waiting, as arrays and on cpu, wasm and tfjs-node, each tail has logits only for the
 * positions whose label it has. `adaptiveLogProbabilities` gives the logarithms of all probabilities.
 *
 * @throws if the shapes do not fit, a label that can be read is no class index, or an option is missing, unknown or out of
 * range. A bad label on a GPU gives NaN.
 * @see Grave et al. (2017), doi:10.48550/arXiv.1609.04309; PyTorch `AdaptiveLogSoftmaxWithLoss`.
 * @example adaptiveLogSoftmax([2], [[2]], [[1], [0]], { cutoffs: [1], tails: [[[[1]], [[1], [-1]]]] }) // [6.1451]
 */
export function adaptiveLogSoftmax(
  labels: TensorInput,
  hidden: TensorInput,
  head: TensorInput,
  options: GivenAdaptiveSoftmax,
): Tensor {
  return advisedAs(name, () =>
    tidied(() => {
      const softmax = readAdaptiveSoftmax(name, hidden, head, options);
      const { leading, classes } = softmax;
      const given = toArgument(name, 'labels', labels);
      const { shape } = given.tensor;
      if (!util.arraysEqual(shape, [...leading])) {
        fail(name, `labels has shape ${show(shape)}; expected ${show(leading)}, that of hidden without its last axis`);
      }
      if (given.readable) checkLabels(given, classes);
      const y = reshape(castTo(classIndex, given.tensor), [-1]);
      return reshape(where(inRange(y, classes), neg(logProbability(y, softmax, given.readable)), NaN), shape);
    }),
  );
}

function checkLabels({ tensor: labels }: Argument, classes: number): void {
  complainOfFirst(
    name,
    'labels',
    { shape: labels.shape, values: labels.dataSync() },
    (label) => !classIndex.contains(label, classes),
    () => classIndex.expected + (classIndex.told?.(classes) ?? ''),
  );
}

/** ln p of each label, `[N]`. */
function logProbability(labels: Tensor, softmax: AdaptiveSoftmax, isReadable: boolean): Tensor {
  const { hidden, headLogits, inHead, tails } = softmax;
  // That of the class itself, or of its tail.
  const entry = constant(() =>
    tails.reduce<Tensor>((found, { first }, i) => where(less(labels, first), found, inHead + i), labels),
  );
  const ofEntry = logSoftmaxAt(headLogits, isClass(entry, inHead + tails.length));
  const inTail = isReadable ? inTailOfSome : inTailOfAll;
  return tails.reduce((sum, tail) => add(sum, inTail(labels, hidden, tail)), ofEntry);
}
