import { grads, square, sum, tidy, type Tensor } from '@tensorflow/tfjs';
import { toTensor, type Values } from './draw.js';
import { type AnyLoss, hasOption, type Options } from './losses.js';

/** A scalar function of several tensors. */
export type ScalarFunction = (variables: Tensor[]) => Tensor;

export const valueAt = (f: ScalarFunction, at: readonly Values[]): number =>
  tidy(() => f(at.map(toTensor)).dataSync()[0] as number);

/** Gradients by autodiff, one array per variable. */
export function gradientsAt(f: ScalarFunction, at: readonly Values[]): number[][] {
  const results = tidy(() => grads((...variables: Tensor[]) => f(variables))(at.map(toTensor)));
  const data = results.map((result) => Array.from(result.dataSync()));
  results.forEach((result) => result.dispose());
  return data;
}

/** The gradient of the sum of the squares of the gradient. */
export function secondOf(f: ScalarFunction, at: readonly Values[]): number[][] {
  const size = (variables: Tensor[]): Tensor =>
    grads((...x: Tensor[]) => f(x))(variables)
      .map((gradient) => sum(square(gradient)))
      .reduce((a, b) => a.add(b));
  return gradientsAt(size, at);
}

export function moved(at: readonly Values[], variable: number, entry: number, by: number): Values[] {
  return at.map((values, v) =>
    v === variable ? { ...values, data: values.data.map((x, e) => (e === entry ? x + by : x)) } : values,
  );
}

/**
 * The derivative of a function of one number at 0 by central differences, extrapolated; or null where it has none
 * nearby: where two widths disagree, or the slopes to the right and to the left do not approach each other.
 */
export function slope(f: (step: number) => number, width: number, tolerance: number): number | null {
  const here = f(0);
  const [far, near, nearest] = [width, width / 2, width / 4].map((h) => {
    const [right, left] = [(f(h) - here) / h, (here - f(-h)) / h];
    return { central: (right + left) / 2, bend: right - left };
  }) as [Sides, Sides, Sides];
  const wide = (4 * near.central - far.central) / 3;
  const narrow = (4 * nearest.central - near.central) / 3;
  const doubts = [wide - narrow, far.bend - 2 * near.bend, near.bend - 2 * nearest.bend];
  return doubts.every((doubt) => Math.abs(doubt) <= tolerance * Math.max(1, Math.abs(wide))) ? wide : null;
}

interface Sides {
  readonly central: number;
  readonly bend: number;
}

/** Options with which a loss holds nothing constant that it otherwise does: how much pairs count, by a metric. */
export const holdingNothing = (loss: AnyLoss): Options =>
  hasOption(loss, 'lambdaWeight') ? { lambdaWeight: null } : {};

/** Losses that hold a part of their value constant in the gradient, which thus is not the derivative of the value. */
export const holdsConstant: Readonly<Record<string, string>> = {
  completeIou: 'the factor of its third term, as its authors say',
  vectorQuantization: 'codes for the latents and latents for the codes, each in its own term',
};
