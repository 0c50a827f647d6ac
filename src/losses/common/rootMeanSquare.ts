import { sqrt } from '@tensorflow/tfjs-core';
import { halfDifference } from '../../numerics/difference.js';
import { atLeast } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { lengthOf } from '../../numerics/unitVector.js';
import { div } from '../../tfjs/ops.js';
import { countOf, exampleFormula } from './ofExamples.js';

/** Half the root of the mean squared error of each example, of its entries that count. */
export const halfRootMeanSquare = /* @__PURE__ */ exampleFormula((predictions, labels, counts) => {
  const halves = halfDifference(predictions, labels);
  // Divided first: the length may be beyond float32.
  return lengthOf(div(counts ? where(counts, halves, 0) : halves, sqrt(atLeast(countOf(halves, counts), 1))));
});
