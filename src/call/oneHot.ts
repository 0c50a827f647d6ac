import type { Tensor } from '@tensorflow/tfjs-core';
import type { IndexReading } from '../definition/definition.js';
import { classIndex } from '../definition/domain.js';
import { withoutLast } from '../definition/signature.js';
import { inRange, isClass } from '../numerics/isClass.js';
import { cast, where } from '../numerics/portable.js';
import { ofRank } from '../numerics/positions.js';
import { reshape } from '../tfjs/ops.js';

const oneHot: IndexReading['oneHot'] = (labels: Tensor, classes, areInRange) => {
  const atClass = cast(isClass(labels, classes), 'float32');
  return areInRange ? atClass : where(ofRank(inRange(labels, classes), atClass.rank), atClass, NaN);
};

const reading = (view: IndexReading['view']): IndexReading => ({
  domain: classIndex,
  oneHot,
  pattern: withoutLast,
  view,
});

/** Labels may be the indices of classes. */
export const ofClasses: IndexReading = /* @__PURE__ */ reading(({ areFitting, areIntegers, isSingle, asIndices }) => {
  const view = areFitting && !(isSingle && areIntegers) ? undefined : asIndices();
  return view && { view, isSparse: true };
});

/** Labels may be the indices of classes, of which a single one is a mask: 0 and 1 then mean that it is absent and present. */
export const ofMasks: IndexReading = /* @__PURE__ */ reading(({ areFitting, isSingle, asIndices, whole }) => {
  const view = areFitting ? undefined : asIndices();
  // Masks of a single class lack an axis of size 1.
  return view && (isSingle ? { view: (x) => reshape(x, whole()), isSparse: false } : { view, isSparse: true });
});
