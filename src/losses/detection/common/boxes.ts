import { greater, type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { Definition, Loss } from '../../../definition/definition.js';
import { box } from '../../../definition/domain.js';
import { oneOf, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { defineLoss } from '../../../loss/define.js';
import { constant } from '../../../numerics/autodiff.js';
import { maximum, minimum } from '../../../numerics/functions.js';
import { representable, where } from '../../../numerics/portable.js';
import { add, div, logicalAnd, mul, square, sub } from '../../../tfjs/ops.js';

/** How a box is written: two corners, a corner and a size, a center and a size, or two corners with y first. */
export type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh' | 'yxyx';

/** The options of losses between boxes. */
export interface BoxOptions {
  /**
   * What the four numbers are: `'xyxy'` two opposite corners (default), `'xywh'` corner, width and height, `'cxcywh'`
   * center, width and height, `'yxyx'` two corners with y before x.
   */
  readonly format: BoxFormat;
  /** Added to what is divided by. Default 1e-7. */
  readonly epsilon: number;
}

const boxOptions: OptionSchema<BoxOptions> = {
  format: ['xyxy', /* @__PURE__ */ oneOf('xyxy', 'xywh', 'cxcywh', 'yxyx')],
  epsilon: [1e-7, positive],
};

/** Sides of a box: left, top, right and bottom if y points down. */
export interface Box {
  readonly x1: Tensor;
  readonly y1: Tensor;
  readonly x2: Tensor;
  readonly y2: Tensor;
}

/** How much two boxes have in common. */
export interface Overlap {
  readonly target: Box;
  readonly predicted: Box;
  /** The smallest box around both. */
  readonly hull: Box;
  readonly union: Tensor;
  /** Intersection ÷ (union + ε). */
  readonly iou: Tensor;
}

/** A loss of two boxes: 1 − IoU, plus a penalty. */
/* @__NO_SIDE_EFFECTS__ */
export function defineBoxLoss(
  name: string,
  penalty: (overlap: Overlap, epsilon: number) => Tensor | null,
  facts: Pick<Definition<BoxOptions>, 'aliases'> = {},
): Loss<BoxOptions> {
  return defineLoss<BoxOptions>({
    name,
    signature: '(...,4),(...,4)->(...)',
    domains: [box, box],
    options: boxOptions,
    ...facts,
    formula: ({ labels, predictions }, { format, epsilon: least }) => {
      const epsilon = representable(least);
      const overlap = overlapOf(readBox(labels, format), readBox(predictions, format), epsilon);
      const added = penalty(overlap, epsilon);
      const loss = sub(1, overlap.iou);
      return added ? add(loss, added) : loss;
    },
  });
}

function readBox(boxes: Tensor, format: BoxFormat): Box {
  const [a, b, c, d] = unstack(boxes, -1) as [Tensor, Tensor, Tensor, Tensor];
  switch (format) {
    case 'xyxy':
      return { x1: a, y1: b, x2: c, y2: d };
    case 'yxyx':
      return { x1: b, y1: a, x2: d, y2: c };
    case 'xywh':
      return { x1: a, y1: b, x2: add(a, c), y2: add(b, d) };
    case 'cxcywh': {
      const [x, y] = [div(c, 2), div(d, 2)];
      return { x1: sub(a, x), y1: sub(b, y), x2: add(a, x), y2: add(b, y) };
    }
  }
}

function overlapOf(target: Box, predicted: Box, epsilon: number): Overlap {
  const common = {
    x1: maximum(target.x1, predicted.x1),
    y1: maximum(target.y1, predicted.y1),
    x2: minimum(target.x2, predicted.x2),
    y2: minimum(target.y2, predicted.y2),
  };
  const hull = {
    x1: minimum(target.x1, predicted.x1),
    y1: minimum(target.y1, predicted.y1),
    x2: maximum(target.x2, predicted.x2),
    y2: maximum(target.y2, predicted.y2),
  };
  const doMeet = constant(() => logicalAnd(greater(common.x2, common.x1), greater(common.y2, common.y1)));
  const intersection = where(doMeet, area(common), 0);
  const union = sub(add(area(target), area(predicted)), intersection);
  return { target, predicted, hull, union, iou: div(intersection, add(union, epsilon)) };
}

export const width = ({ x1, x2 }: Box): Tensor => sub(x2, x1);

export const height = ({ y1, y2 }: Box): Tensor => sub(y2, y1);

export const area = (box: Box): Tensor => mul(width(box), height(box));

/** The squared distance of the centers, in units of the squared diagonal of the box around both. */
export function distance({ target, predicted, hull }: Overlap, epsilon: number): Tensor {
  const x = sub(add(target.x1, target.x2), add(predicted.x1, predicted.x2));
  const y = sub(add(target.y1, target.y2), add(predicted.y1, predicted.y2));
  const diagonal = add(square(width(hull)), square(height(hull)));
  return div(div(add(square(x), square(y)), 4), add(diagonal, epsilon));
}
