import type { Tensor } from '@tensorflow/tfjs-core';
import { block } from '../../../numerics/block.js';
import { withGradient } from '../../../numerics/autodiff.js';
import { add, mul, pad, square, sub, tidy } from '../../../tfjs/ops.js';

/*
 * Windows that move over images [B, H, W, C] and lie wholly inside. Their weights are those of a row times those of a
 * column, so that a window is gone through along one axis after the other: by slices, whose derivatives all backends have.
 */

/** The weights of a window along one axis: symmetric, with sum 1. */
export type Window = readonly number[];

/** The weights of a Gaussian. */
export function gaussianWindow(size: number, sigma: number): Window {
  const exponents = Array.from({ length: size }, (_, i) => -0.5 * ((i - (size - 1) / 2) / sigma) ** 2);
  const largest = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - largest));
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

/** The weighted mean of each window. */
export const windowMeans = (images: Tensor, window: Window): Tensor =>
  withGradient(
    (x) => meansAlong(2, meansAlong(1, x, window), window),
    (dy) => windowMeans(framed(dy, window), window),
  )(images);

/**
 * The weighted variance of each window, as a sum of squares: that within its columns, and that of their means. The mean of
 * squares less the square of the mean has no digits where a window is almost even.
 */
export const windowVariances = (images: Tensor, window: Window): Tensor =>
  withGradient(
    (x) => {
      const columns = variancesAlong(1, x, null, window);
      return variancesAlong(2, meansAlong(1, x, window), columns, window);
    },
    (dy, x) => {
      const back = (slopes: Tensor): Tensor => windowMeans(framed(slopes, window), window);
      return mul(2, sub(mul(x, back(dy)), back(mul(dy, windowMeans(x, window)))));
    },
  )(images);

/** Images with zeros around them, so that windows reach beyond them. */
function framed(images: Tensor, { length }: Window): Tensor {
  const frame: [number, number] = [length - 1, length - 1];
  return pad(images, [[0, 0], frame, frame, [0, 0]]);
}

const meansAlong = (axis: 1 | 2, x: Tensor, window: Window): Tensor =>
  weighed(window, (place) => entries(x, axis, place, window));

/** The variance of each window along an axis, of numbers of which each is the mean of others with a variance of their own. */
function variancesAlong(axis: 1 | 2, means: Tensor, own: Tensor | null, window: Window): Tensor {
  const mean = meansAlong(axis, means, window);
  return weighed(window, (place) => {
    const squares = square(sub(entries(means, axis, place, window), mean));
    return own ? add(entries(own, axis, place, window), squares) : squares;
  });
}

/** What stands at a place of each window along an axis. */
function entries(x: Tensor, axis: 1 | 2, place: number, { length }: Window): Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? place : 0));
  return block(
    x,
    begin,
    x.shape.map((size, i) => (i === axis ? size - length + 1 : size)),
  );
}

/** The weighted sum over the places of a window; no more than two places are in memory at a time. */
function weighed(window: Window, at: (place: number) => Tensor): Tensor {
  const term = (place: number): Tensor => mul(window[place] as number, at(place));
  return window.slice(1).reduce(
    (before, _, i) => {
      const after = tidy(() => add(before, term(i + 1)));
      before.dispose();
      return after;
    },
    tidy(() => term(0)),
  );
}
