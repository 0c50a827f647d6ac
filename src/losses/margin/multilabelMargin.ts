import { all, cumsum, logicalOr, relu, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { paddedIndex, probability, real } from '../../definition/domain.js';
import { axes, oneOf } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { mulNoNan } from '../../numerics/functions.js';
import { entryAt, isAtPlace, placesIn } from '../../numerics/entryAt.js';
import { isOnHost, mayDecide } from '../../numerics/host.js';
import { isClass } from '../../numerics/isClass.js';
import { cast, where } from '../../numerics/portable.js';
import { ofShape } from '../../numerics/positions.js';
import { sum } from '../../numerics/sum.js';
import { equal, expandDims, less, logicalAnd, logicalNot, mul, reshape, sub, tensor } from '../../tfjs/ops.js';

/** How the labels of several classes at once are written. */
export type MultilabelFormat = 'auto' | 'indices' | 'multiHot';

export interface MultilabelMarginOptions extends ClassAxisOption {
  /**
   * How labels are written: class indices, as many as there are, then -1 (`'indices'`); 1 for each class that applies and
   * 0 for others (`'multiHot'`); or to be told apart (`'auto'`, default): multi-hot if each of them is 0 or 1.
   */
  readonly labelFormat: MultilabelFormat;
}

/**
 * Multilabel margin loss of scores x: Σ_{j∈Y} Σ_{i∉Y} max(0, 1 − (x_j − x_i)) ÷ C, with the classes Y that apply: how
 * far each of the others comes within 1 of each of them.
 *
 * Shapes `(...,C),(...,C)->(...)`. In the units of the scores.
 *
 * A class named twice counts twice, as in PyTorch. What follows the first negative index does not count. Multi-hot labels
 * between 0 and 1, with `'multiHot'`, are the probabilities of classes that are drawn independently, and the loss is the
 * expected one.
 *
 * @throws if the shapes differ, a label is no class index, or an option is unknown or out of range.
 * @see PyTorch `multilabel_margin_loss`.
 * @example multilabelMargin([[2, 0, -1]], [[0.5, 0.25, 1]]) // [0.3333]
 * @function
 */
export const multilabelMargin: Loss<MultilabelMarginOptions> = /* @__PURE__ */ defineLoss<MultilabelMarginOptions>({
  name: 'multilabelMargin',
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat }) => [labelFormat === 'multiHot' ? probability : paddedIndex, real],
  options: { labelFormat: ['auto', /* @__PURE__ */ oneOf('auto', 'indices', 'multiHot')], axis: [-1, axes] },
  formula: ({ labels, predictions }, { labelFormat }, valid) => {
    const [y, x] = [labels, predictions].map((input) => reshape(input, [-1, classesOf(input)])) as [Tensor, Tensor];
    const counts = valid && constant(() => reshape(ofShape(valid, labels.shape.slice(0, -1)), [-1]));
    const { count, absent } = labelFormat === 'multiHot' ? multiHot(y) : listed(y, labelFormat, counts);
    const ofClasses = ofEntries(shortfall, {}, { own: [placesIn(x)], others: [x, count, absent] });
    return mul(reshape(sum(ofClasses, -1), labels.shape.slice(0, -1)), 1 / classesOf(x));
  },
});

/** Of class j and all classes k_j·Σ_i a_i·max(0, 1 − (x_j − x_i)), of how often each applies, k, and 1 for those that do not, a. */
const shortfall: RowFormula<object> = {
  gives: 'rows',
  compute: (tensors) => {
    const [x, count, absent, place] = tensors as [Tensor, Tensor, Tensor, Tensor];
    const isOwn = isAtPlace(place, x);
    const own = (entries: Tensor): Tensor => entryAt(isOwn, entries);
    // A class paired with itself falls short by 1, but is no pair.
    const pairs = where(isOwn, 0, mul(own(count), absent));
    return sum(mulNoNan(pairs, relu(sub(1, sub(own(x), x)))), -1);
  },
};

const classesOf = (x: Tensor): number => x.shape.at(-1) ?? 1;

/** How often each class applies, and 1 for those that do not. */
interface Targets {
  readonly count: Tensor;
  readonly absent: Tensor;
}

const multiHot = (labels: Tensor): Targets => ({ count: labels, absent: sub(1, labels) });

/** So many comparisons of labels with classes take longer than a look at the labels. */
const MUCH = 2 ** 17;

/** Of lists of class indices, or of what `'auto'` takes for multi-hot. */
function listed(labels: Tensor, labelFormat: MultilabelFormat, valid: Tensor | null): Targets {
  const count = constant(() => {
    const multiHot = cast(labels, 'float32');
    const isMuch = labels.size * classesOf(labels) > MUCH;
    if (mayDecide() || (isMuch && isOnHost()))
      return labelFormat === 'auto' && isMultiHotOnHost(labels, valid) ? multiHot : countsOnHost(labels);
    const counts = countsOf(labels);
    return labelFormat === 'auto' ? where(isMultiHot(labels, valid), multiHot, counts) : counts;
  });
  return { count, absent: constant(() => cast(equal(count, 0), 'float32')) };
}

/** How often each list names each class, up to its first negative index; NaN where it names one that is none. */
function countsOf(labels: Tensor): Tensor {
  const classes = classesOf(labels);
  const isListed = equal(cumsum(cast(less(labels, 0), 'int32'), labels.rank - 1), 0);
  const isBad = logicalAnd(isListed, logicalNot(less(labels, classes)));
  const weight = where(isBad, NaN, cast(isListed, 'float32'));
  return sum(mul(expandDims(weight, -1), cast(isClass(labels, classes), 'float32')), -2);
}

/** The same of labels that JavaScript has at hand. */
function countsOnHost(labels: Tensor): Tensor {
  const classes = classesOf(labels);
  const given = labels.dataSync();
  const counts = new Float32Array(given.length);
  for (let row = 0; row < given.length; row += classes) {
    for (let i = row; i < row + classes && (given[i] as number) >= 0; i++) {
      const label = given[i] as number;
      if (label < classes) (counts[row + label] as number) += 1;
      else counts.fill(NaN, row, row + classes);
    }
  }
  return tensor(counts, labels.shape);
}

/** Whether every label that counts is 0 or 1. */
function isMultiHot(labels: Tensor, valid: Tensor | null): Tensor {
  const isBinary = logicalOr(equal(labels, 0), equal(labels, 1));
  return all(valid ? logicalOr(isBinary, expandDims(logicalNot(valid), -1)) : isBinary);
}

/** The same of labels that JavaScript has at hand. */
function isMultiHotOnHost(labels: Tensor, valid: Tensor | null): boolean {
  const classes = classesOf(labels);
  const counts = valid && ofShape(valid, labels.shape.slice(0, -1)).dataSync();
  return labels.dataSync().every((label, i) => label === 0 || label === 1 || counts?.[Math.floor(i / classes)] === 0);
}
