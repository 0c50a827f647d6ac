import type { Tensor } from '@tensorflow/tfjs-core';
import type { IndexReading } from '../definition/definition.js';
import { isClass } from '../numerics/isClass.js';
import { cast, where } from '../numerics/portable.js';
import { inRange } from './masking.js';
import { ofRank } from '../numerics/positions.js';

const oneHot: IndexReading['oneHot'] = (labels: Tensor, classes, areInRange) => {
  const atClass = cast(isClass(labels, classes), 'float32');
  return areInRange ? atClass : where(ofRank(inRange(labels, classes), atClass.rank), atClass, NaN);
};

/** Labels may be the indices of classes. */
export const ofClasses: IndexReading = { of: 'classes', oneHot };

/** Labels may be the indices of classes of which a single one is a mask. */
export const ofMasks: IndexReading = { of: 'masks', oneHot };
