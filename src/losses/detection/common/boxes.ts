import { greater, onesLike, type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { Definition, Loss } from '../../../definition/definition.js';
import { box } from '../../../definition/domain.js';
import { oneOf, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { defineLoss } from '../../../loss/define.js';
import { constant, withDerivativeOf } from '../../../numerics/autodiff.js';
import { abs, atLeast, maximum, minimum } from '../../../numerics/functions.js';
import { isHalf, representable, where } from '../../../numerics/portable.js';
import { fraction, ratio } from '../../../numerics/quotient.js';
import { add, div, less, logicalAnd, mul, square, sub, zerosLike } from '../../../tfjs/ops.js';

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

/** Width and height. */
export interface Size {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** How two boxes lie to each other. */
export interface Overlap {
  readonly target: Box;
  readonly predicted: Box;
  /** The smallest box around both. */
  readonly hull: Box;
  /** How far each box reaches beyond the other, to both sides together. */
  readonly beyond: { readonly target: Size; readonly predicted: Size };
  /** Of what both have in common; negative where there is a gap. */
  readonly common: Size;
  /** Whether they have an area in common. */
  readonly doMeet: Tensor;
  readonly intersection: Tensor;
}

/** What a loss is made of besides. */
export interface Measures {
  readonly epsilon: number;
  /** ε in the unit of the areas. */
  readonly ofAreas: Tensor;
  /** 1 − IoU. */
  readonly loss: Tensor;
}

/** A loss of two boxes. */
/* @__NO_SIDE_EFFECTS__ */
export function defineBoxLoss(
  name: string,
  formula: (overlap: Overlap, measures: Measures) => Tensor,
  facts: Pick<Definition<BoxOptions>, 'aliases'> = {},
): Loss<BoxOptions> {
  return defineLoss<BoxOptions>({
    name,
    signature: '(...,4),(...,4)->(...)',
    domains: [box, box],
    options: boxOptions,
    ...facts,
    formula: ({ labels, predictions }, { format, epsilon: least }) => {
      const { target, predicted, unit } = inOneUnit(readBox(labels, format), readBox(predictions, format));
      const overlap = overlapOf(target, predicted);
      const epsilon = constant(() => atLeast(mul(mul(least, unit), unit), representable(1e-37)));
      const loss = fraction(add(notShared(overlap), epsilon), overlap.intersection);
      return formula(overlap, { loss, epsilon: representable(least), ofAreas: epsilon });
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

/** Two boxes, both times a power of two by which no coordinate is large, so that neither are their areas. */
function inOneUnit(target: Box, predicted: Box): { target: Box; predicted: Box; unit: Tensor } {
  const coordinates = [target, predicted].flatMap(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]);
  const unit = constant(() => powerOfTwo(coordinates.map(abs).reduce(maximum)));
  const scaled = ({ x1, y1, x2, y2 }: Box): Box => ({
    x1: mul(x1, unit),
    y1: mul(y1, unit),
    x2: mul(x2, unit),
    y2: mul(y2, unit),
  });
  return { target: scaled(target), predicted: scaled(predicted), unit };
}

/** 1, or the power of two that brings x below 2¹⁶, in half precision below 2⁴. */
function powerOfTwo(x: Tensor): Tensor {
  return (isHalf() ? [8, 4] : [64, 32, 16]).reduce(
    (unit, n) => where(less(2 ** n, mul(x, unit)), mul(2 ** -n, unit), unit),
    onesLike(x),
  );
}

function overlapOf(target: Box, predicted: Box): Overlap {
  const hull = {
    x1: minimum(target.x1, predicted.x1),
    y1: minimum(target.y1, predicted.y1),
    x2: maximum(target.x2, predicted.x2),
    y2: maximum(target.y2, predicted.y2),
  };
  const common = {
    x: sub(minimum(target.x2, predicted.x2), maximum(target.x1, predicted.x1)),
    y: sub(minimum(target.y2, predicted.y2), maximum(target.y1, predicted.y1)),
  };
  const doMeet = constant(() => logicalAnd(greater(common.x, 0), greater(common.y, 0)));
  const intersection = where(doMeet, mul(common.x, common.y), 0);
  return {
    target,
    predicted,
    hull,
    beyond: { target: beyond(target, predicted), predicted: beyond(predicted, target) },
    common,
    doMeet,
    intersection,
  };
}

/** How far a box reaches beyond another, to both sides together. */
const beyond = (box: Box, other: Box): Size => ({
  x: add(excess(sub(other.x1, box.x1)), excess(sub(box.x2, other.x2))),
  y: add(excess(sub(other.y1, box.y1)), excess(sub(box.y2, other.y2))),
});

/** x above 0, else 0, with half the derivative at 0. */
const excess = (x: Tensor): Tensor => maximum(x, zerosLike(x));

/** The area of both boxes less that of the intersection, twice: in value as a sum of the parts that are not shared. */
function notShared({ target, predicted, beyond, common, doMeet, intersection }: Overlap): Tensor {
  const [own, other] = [area(target), area(predicted)];
  const part = (box: Box, past: Size, whole: Tensor): Tensor =>
    where(doMeet, add(mul(past.x, height(box)), mul(common.x, past.y)), whole);
  return withDerivativeOf(sub(add(own, other), mul(2, intersection)), () =>
    add(part(target, beyond.target, own), part(predicted, beyond.predicted, other)),
  );
}

export const width = ({ x1, x2 }: Box): Tensor => sub(x2, x1);

export const height = ({ y1, y2 }: Box): Tensor => sub(y2, y1);

export const area = (box: Box): Tensor => mul(width(box), height(box));

/** The squared distance of the centers, in units of the squared diagonal of the box around both. */
export function distancePenalty({ target, predicted, hull }: Overlap, { ofAreas }: Measures): Tensor {
  const x = add(sub(target.x1, predicted.x1), sub(target.x2, predicted.x2));
  const y = add(sub(target.y1, predicted.y1), sub(target.y2, predicted.y2));
  const diagonal = add(square(width(hull)), square(height(hull)));
  return ratio(div(add(square(x), square(y)), 4), add(diagonal, ofAreas));
}
