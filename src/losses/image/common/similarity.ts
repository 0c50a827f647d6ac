import { concat, split, type Tensor } from '@tensorflow/tfjs-core';
import { fail, show } from '../../../definition/fail.js';
import { positive, positiveInteger, within } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { abs, atLeast } from '../../../numerics/functions.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { isHalf } from '../../../numerics/portable.js';
import { ratio } from '../../../numerics/quotient.js';
import { sum } from '../../../numerics/sum.js';
import { add, div, max, mul, square, sub } from '../../../tfjs/ops.js';
import { gaussianWindow, windowMeans, windowVariances } from './windows.js';

/** The options of losses about the structural similarity of images. */
export interface SsimOptions {
  /** The range of the images, from black to white: 1, or 255. Default 1. */
  readonly maxValue: number;
  /** How many pixels wide and high a window is. Default 11. */
  readonly filterSize: number;
  /** The standard deviation of the Gaussian weights of a window, in pixels. Default 1.5. */
  readonly filterSigma: number;
  /** Keeps the comparison of means stable, as a share of `maxValue`. Default 0.01. */
  readonly k1: number;
  /** Keeps the comparison of variances stable, as a share of `maxValue`. Default 0.03. */
  readonly k2: number;
}

export const ssimOptions: OptionSchema<SsimOptions> = {
  maxValue: [1, positive],
  filterSize: [11, positiveInteger],
  filterSigma: [1.5, positive],
  k1: [0.01, within(1e-10, 1e10)],
  k2: [0.03, within(1e-10, 1e10)],
};

/**
 * What a formula gives of images: how unlike they are at so many scales, `[B, C, scales]`, as means over windows. At all but
 * the coarsest scale, structure is compared alone.
 */
export function dissimilarities(
  labels: Tensor,
  predictions: Tensor,
  options: SsimOptions,
  scales: number,
  formula: (images: Compared) => Tensor,
): Tensor {
  const { maxValue, k1, k2 } = options;
  const comparison = {
    window: windowOf(options),
    stable: [(k1 * maxValue) ** 2, (k2 * maxValue) ** 2] as const,
    scales,
    most: FAR_OUT * maxValue,
  };
  const ofImages = (x: Tensor, y: Tensor): Tensor => formula(compared(x, y, options));
  return opKernels.dissimilarities?.(labels, predictions, comparison, ofImages) ?? ofImages(labels, predictions);
}

/** Two images that are compared. */
export interface Compared {
  /** Both, and their difference, which has digits that they lack, one after another along the first axis. */
  readonly all: Tensor;
  /** By what they are divided, one number each. */
  readonly scale: Tensor;
}

/** Images ÷ `maxValue`, and where those are far out of range, ÷ another number, so that squares are float32. */
function compared(labels: Tensor, predictions: Tensor, { maxValue }: SsimOptions): Compared {
  const [x, y] = [labels, predictions].map((images) => div(images, maxValue)) as [Tensor, Tensor];
  const scale = scaleOf(x, y);
  return { all: div(concat([x, y, sub(x, y)], 0), concat([scale, scale, scale], 0)), scale };
}

/** One minus luminance × contrast and structure, of each window and channel. */
export function dissimilarity(images: Compared, options: SsimOptions): Tensor {
  const luminance = dissimilarityOfLuminance(images, options);
  return add(luminance, mul(sub(1, luminance), dissimilarityOfStructure(images, options)));
}

/** One minus (2·μ_x·μ_y + c₁) ÷ (μ_x² + μ_y² + c₁), of each window and channel. */
function dissimilarityOfLuminance({ all, scale }: Compared, options: SsimOptions): Tensor {
  // Of almost equal images both parts are almost 0, with all digits.
  return shareOfDifference(split(windowMeans(all, windowOf(options)), 3, 0).map(square), stable(options.k1, scale));
}

/** One minus contrast and structure, (2·σ_xy + c₂) ÷ (σ_x² + σ_y² + c₂), of each window and channel. */
export function dissimilarityOfStructure({ all, scale }: Compared, options: SsimOptions): Tensor {
  return shareOfDifference(split(windowVariances(all, windowOf(options)), 3, 0), stable(options.k2, scale));
}

/** The mean over the pixels of each channel, `[B, C]`. */
export function meanOfPixels(x: Tensor): Tensor {
  const [, rows = 1, columns = 1] = x.shape;
  return mul(sum(x, [1, 2]), 1 / (rows * columns));
}

/** Throws if images, halved so often, do not hold a window. */
export function refuseSmall(who: string, { shape }: Tensor, { filterSize }: SsimOptions, halvings = 0): void {
  const [, height = 0, width = 0] = shape;
  if (Math.ceil(Math.min(height, width) / 2 ** halvings) >= filterSize) return;
  const halved = halvings === 0 ? '' : `, when halved ${halvings} times`;
  fail(who, `images have shape ${show(shape)}; expected at least filterSize = ${filterSize} pixels each way${halved}`);
}

const windowOf = ({ filterSize, filterSigma }: SsimOptions): readonly number[] =>
  gaussianWindow(filterSize, filterSigma);

/** d² ÷ (x² + y² + c) of squares of x, of y and of what they differ by. */
const shareOfDifference = ([x, y, difference]: Tensor[], c: Tensor): Tensor =>
  ratio(difference as Tensor, add(add(x as Tensor, y as Tensor), c));

/** Below it a divisor has a reciprocal that is not float32. */
const LEAST = 1e-37;

const stable = (k: number, scale: Tensor): Tensor => constant(() => atLeast(square(div(k, scale)), LEAST));

/** From here on, in units of the range, images are far out of it. */
const FAR_OUT = 1e9;

/** 1, unless images are far out of range. */
function scaleOf(x: Tensor, y: Tensor): Tensor {
  const most = isHalf() ? 100 : FAR_OUT;
  return constant(() => {
    const sizes = [x, y].map((images) => max(abs(images), [1, 2, 3], true));
    return atLeast(div(max(concat(sizes, -1), -1, true), most), 1);
  });
}
