import { greaterEqual, logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import { type CountedLabels, kernels, type PathFormula, type PathScores } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { logit, paddedIndex } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { any, cast, where } from '../../numerics/portable.js';
import { opKernels } from '../../numerics/opKernels.js';
import { both, ofRank } from '../../numerics/positions.js';
import { sum } from '../../numerics/sum.js';
import { less, logicalAnd, zeros } from '../../tfjs/ops.js';
import { withoutInfinity } from './common/alignments.js';
import { lossOfPath, pathOf } from './common/chain.js';
import { crfOptions, type CrfOptions } from './common/crfOptions.js';
import { within } from './common/steps.js';

type Inputs = readonly [labels: TensorInput, emissions: TensorInput, transitions: TensorInput];

/**
 * Conditional random field of a linear chain: −ln P(y) = ln Σ_{y′} e^{s(y′)} − s(y), where y′ runs over all sequences of
 * classes and the score of one is s(y) = Σ_t e_t(y_t) + Σ_t A(y_t, y_{t+1}), from emissions e and transitions A, plus
 * `start` of the first and `end` of the last class.
 *
 * Shapes `(B,T),(B,T,C),(C,C)->(B)`: class indices, scores with the time axis second, and the score of going from the class
 * of the row to that of the column. In nats. `crfDecode` finds the best sequence.
 *
 * Negative labels are padding: an example has as many steps as labels, or as `lengths` says. What lies behind may be
 * anything. An example without labels is 0 and does not count. A score of −Infinity rules a class or a transition out; of
 * labels that are ruled out the loss is Infinity, with gradient 0.
 *
 * @throws if the shapes do not fit, a label is no class, a length is beyond its axis, or an option is unknown or out of
 * range. Labels and lengths on a GPU are checked with `validate: true`; a bad label gives NaN otherwise.
 * @see Lafferty et al. (2001), doi:10.5555/645530.655813; pytorch-crf `CRF`, TensorFlow Addons `crf_log_likelihood`.
 * @example crf([[0, 1]], [[[1, 0], [0, 2]]], [[0, 1], [1, 0]]) // [0.211]
 * @function
 */
export const crf: Loss<CrfOptions, Inputs> = /* @__PURE__ */ defineLoss<
  CrfOptions,
  'labels' | 'emissions' | 'transitions',
  Inputs
>({
  name: 'crf',
  aliases: { conditionalRandomField: {} },
  signature: '(B,T),(B,T,C),(C,C)->(B)',
  inputs: ['labels', 'emissions', 'transitions'],
  domains: [paddedIndex, logit, logit],
  options: crfOptions,
  formula: ({ labels, emissions, transitions }, { start, end, lengths }, valid) => {
    const [, time = 1, classes = 1] = emissions.shape;
    const paths = { labels, counts: (lengths ?? countLabels(labels)) as Tensor };
    const ofClasses = (scores: TensorInput | null): Tensor => (scores as Tensor | null) ?? zeros([classes]);
    const scores: PathScores = { emissions, transitions, start: ofClasses(start), end: ofClasses(end) };
    const loss = kernels.path?.(paths, scores, lossOf) ?? lossOf(scores, paths);
    const known = where(hasStray(paths, [time, classes]), NaN, loss);
    const counted = both(
      valid,
      constant(() => greaterEqual(paths.counts, 1)),
    ) as Tensor;
    return { values: where(counted, known, 0), valid: counted };
  },
});

const lossOf: PathFormula = ({ emissions, transitions, start, end }, { labels, counts }) => {
  const [, time = 1, classes = 1] = emissions.shape;
  const isDuring = constant(() => within(counts, time));
  const isWalked = ofRank(isDuring, 3);
  return lossOfPath(pathOf(labels, isDuring, classes), {
    // What lies behind the end may be anything, NaN too.
    emissions: withoutInfinity(opKernels.filled?.(isWalked, emissions, 0) ?? where(isWalked, emissions, 0)),
    transitions: withoutInfinity(transitions),
    start: withoutInfinity(start),
    end: withoutInfinity(end),
  });
};

const countLabels = (labels: Tensor): Tensor => constant(() => sum(cast(greaterEqual(labels, 0), 'int32'), -1));

/** Whether a row has something that is no class where a label should be: [B]. */
const hasStray = ({ labels, counts }: CountedLabels, [time, classes]: readonly [number, number]): Tensor =>
  constant(() => {
    const isStray = logicalOr(less(labels, 0), greaterEqual(labels, classes));
    return any(logicalAnd(within(counts, time), isStray), -1);
  });
