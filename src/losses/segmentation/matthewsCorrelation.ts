import { type Tensor, unstack } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { probability } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { exp, expm1 } from '../../numerics/functions.js';
import { logOfWhole } from '../../numerics/logOfWhole.js';
import { isHalf } from '../../numerics/portable.js';
import { larger } from '../../numerics/scalars.js';
import { sum, times } from '../../numerics/sum.js';
import { add, mul, reshape, sub } from '../../tfjs/ops.js';
import { countedEntries, exampleOrBatch, onlyCounted, segmentationSignature } from './common/segmentation.js';
import { ofSums } from './common/summed.js';

export interface MatthewsCorrelationOptions {
  /** Over what entries are counted: `'batch'` (default) gives one value, `'example'` one per example. */
  readonly axis: 'example' | 'batch';
  /** Added to each of the four counts. Default 1e-5. */
  readonly epsilon: number;
}

/**
 * Loss of the Matthews correlation coefficient:
 * 1 − (TP·TN − FP·FN) ÷ √((TP + FP)·(TP + FN)·(TN + FP)·(TN + FN)), where TP = ε + Σ y·p, TN = ε + Σ (1 − y)·(1 − p),
 * FP = ε + Σ (1 − y)·p and FN = ε + Σ y·(1 − p) are sums over all pixels and classes.
 *
 * Shapes `(B,...,C),(B,...,C)->()`, or `->(B)` with `axis: 'example'`. Predictions are probabilities. Labels may be class
 * indices `(B,...)`, or with a single class the mask itself. Without unit, from 0 (all right) to 2 (all wrong).
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * A mask `(B,...)` removes pixels, one of the shape of the predictions single entries.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range.
 * @see Abhishek & Hamarneh (2021), doi:10.1109/ISBI48211.2021.9433782; segmentation_models_pytorch `MCCLoss`.
 * @example matthewsCorrelation([[0, 1, 1]], [[[0.5], [0.5], [1]]]) // 0.75
 * @function
 */
export const matthewsCorrelation: Loss<MatthewsCorrelationOptions> =
  /* @__PURE__ */ defineLoss<MatthewsCorrelationOptions>({
    name: 'matthewsCorrelation',
    aliases: { mcc: {} },
    signature: ({ axis }, rank) => segmentationSignature('matthewsCorrelation', axis, rank),
    domains: [probability, probability],
    takesIndices: ofMasks,
    options: { axis: ['batch', exampleOrBatch], epsilon: [1e-5, /* @__PURE__ */ within(1e-15, 1e15)] },
    weighsEntries: true,
    .../* @__PURE__ */ ofSums<MatthewsCorrelationOptions>({
      name: 'matthewsCorrelation',
      uses: [],
      terms: (inputs, { weights: given }, valid) => {
        const { rank } = inputs.predictions;
        const weights = given as Tensor | null;
        const counted = countedEntries(valid, weights, null, rank);
        const [labels, predictions] = [onlyCounted(inputs.labels, counted), onlyCounted(inputs.predictions, counted)];
        const ofEntries = (x: Tensor): Tensor => {
          const own = onlyCounted(x, counted);
          return weights ? times(weights, own) : own;
        };
        const [isNot, saidNot] = [sub(1, labels), sub(1, predictions)];
        return [mul(labels, predictions), mul(isNot, predictions), mul(labels, saidNot), mul(isNot, saidNot)].map(
          ofEntries,
        );
      },
      loss: ({ each, stacked }, { epsilon }) => {
        const least = isHalf() ? larger(epsilon, 2 ** -13) : epsilon;
        if (!stacked)
          return correlationLoss(
            each().map((x) => sum(x, -1)),
            least,
          );
        const sums = sum(stacked, -2);
        const ofRows = ofTable(lossOfRows, { least }, [reshape(sums, [-1, sums.shape.at(-1) as number])]);
        return reshape(ofRows, sums.shape.slice(0, -1));
      },
    }),
  });

/** Of the sums that count true positives, false positives, false negatives and true negatives. */
function correlationLoss(sums: readonly Tensor[], least: number): Tensor {
  const [tp, fp, fn, tn] = sums.map((x) => add(x, least)) as [Tensor, Tensor, Tensor, Tensor];
  // ln √ of a product of shares: its derivatives stay in range where all counts are near 0, and its digits near 1.
  const logOfShares = (...pairs: readonly [Tensor, Tensor][]): Tensor =>
    mul(
      -0.5,
      pairs.map(([part, rest]) => logOfWhole(part, rest)).reduce((total, share) => add(total, share)),
    );
  const right = logOfShares([tp, fp], [tp, fn], [tn, fp], [tn, fn]);
  const wrong = logOfShares([fp, tp], [fn, tp], [fp, tn], [fn, tn]);
  return sub(exp(wrong), expm1(right));
}

const lossOfRows: TableFormula<{ readonly least: number }> = {
  gives: 'rows',
  compute: ([sums], { least }) => correlationLoss(unstack(sums as Tensor, -1), least),
};
