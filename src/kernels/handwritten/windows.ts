import { getBackend, type Tensor, util } from '@tensorflow/tfjs-core';
import { areHostKernelsOn, hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

/* Weighted windows that move along one axis. By tf ops each place of a window is a tensor of its own. */

/** The weighted mean of each window along an axis, without derivative; null where tf ops are as fast. */
export const meansOfWindows = (x: Tensor, axis: number, window: readonly number[]): Tensor | null =>
  isFor(x) ? (means([x], { axis, window })[0] as Tensor) : null;

/**
 * The weighted variance of each window along an axis, of numbers with variances of their own or without, without derivative;
 * null where tf ops are as fast.
 */
export const variancesOfWindows = (
  x: Tensor,
  own: Tensor | null,
  axis: number,
  window: readonly number[],
): Tensor | null => (isFor(x) ? (variances(own ? [x, own] : [x], { axis, window })[0] as Tensor) : null);

const isFor = ({ dtype, size }: Tensor): boolean =>
  areHostKernelsOn() && getBackend() !== 'tensorflow' && dtype === 'float32' && size > 0;

interface Attributes {
  readonly axis: number;
  readonly window: readonly number[];
}

/** Windows along an axis: those that begin side by side in memory make a run. */
interface Runs {
  /** Of the results. */
  readonly shape: number[];
  readonly count: number;
  /** How many windows a run has. */
  readonly length: number;
  /** How many numbers lie between two places of a window, and between the beginnings of two runs. */
  readonly step: number;
  readonly stride: number;
}

function runsOf(shape: readonly number[], { axis, window }: Attributes): Runs {
  const size = shape[axis] as number;
  const windows = size - window.length + 1;
  const step = util.sizeFromShape(shape.slice(axis + 1));
  return {
    shape: shape.map((all, i) => (i === axis ? windows : all)),
    count: util.sizeFromShape(shape.slice(0, axis)),
    length: windows * step,
    step,
    stride: size * step,
  };
}

/** Adds to the sums of a run what stands at each place of its windows, times the weight of the place. */
function addMeans(sums: Float64Array, values: NumberArray, from: number, { window }: Attributes, step: number): void {
  for (const [place, weight] of window.entries()) {
    const begin = from + place * step;
    for (let i = 0; i < sums.length; i++) (sums[i] as number) += weight * (values[begin + i] as number);
  }
}

/** The same of the squares of what is left of it without the mean. */
function addSquares(
  sums: Float64Array,
  values: NumberArray,
  from: number,
  { window }: Attributes,
  step: number,
  means: Float64Array,
): void {
  for (const [place, weight] of window.entries()) {
    const begin = from + place * step;
    for (let i = 0; i < sums.length; i++) {
      const apart = (values[begin + i] as number) - (means[i] as number);
      (sums[i] as number) += weight * apart * apart;
    }
  }
}

const means: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('MeansOfWindows', ([x], attributes) => {
  const { shape, values } = x as Numbers;
  const { shape: made, count, length, step, stride } = runsOf(shape, attributes);
  const results = new Float32Array(count * length);
  const sums = new Float64Array(length);
  for (let run = 0; run < count; run++) {
    addMeans(sums.fill(0), values, run * stride, attributes, step);
    results.set(sums, run * length);
  }
  return [{ shape: made, values: results }];
});

const variances: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('VariancesOfWindows', ([x, own], attributes) => {
  const { shape, values } = x as Numbers;
  const { shape: made, count, length, step, stride } = runsOf(shape, attributes);
  const results = new Float32Array(count * length);
  const [meansOfRun, sums] = [new Float64Array(length), new Float64Array(length)];
  for (let run = 0; run < count; run++) {
    const from = run * stride;
    addMeans(meansOfRun.fill(0), values, from, attributes, step);
    addSquares(sums.fill(0), values, from, attributes, step, meansOfRun);
    if (own) addMeans(sums, own.values, from, attributes, step);
    results.set(sums, run * length);
  }
  return [{ shape: made, values: results }];
});
