import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

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

/** Windows along an axis of a tensor: each of a run of them begins one number after the other. */
interface Runs {
  readonly shape: number[];
  /** How many runs, how many windows each, and from where to where those that stand at one place of all other axes. */
  readonly count: number;
  readonly length: number;
  readonly step: number;
  /** How many numbers there are from one run to the next. */
  readonly stride: number;
}

function runsOf(shape: readonly number[], { axis, window }: Attributes): Runs {
  const size = shape[axis] as number;
  const windows = size - window.length + 1;
  const step = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return {
    shape: shape.map((all, i) => (i === axis ? windows : all)),
    count: shape.slice(0, axis).reduce((a, b) => a * b, 1),
    length: windows * step,
    step,
    stride: size * step,
  };
}

const means: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('MeansOfWindows', ([x], attributes) => {
  const { shape, values } = x as Numbers;
  const { shape: made, count, length, step, stride } = runsOf(shape, attributes);
  const window = Float64Array.from(attributes.window);
  const results = new Float32Array(count * length);
  for (let run = 0, to = 0; run < count; run++) {
    for (let i = 0; i < length; i++) {
      let mean = 0;
      for (let k = 0, at = run * stride + i; k < window.length; k++, at += step) {
        mean += (window[k] as number) * (values[at] as number);
      }
      results[to++] = mean;
    }
  }
  return [{ shape: made, values: results }];
});

const variances: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('VariancesOfWindows', ([x, own], attributes) => {
  const { shape, values } = x as Numbers;
  const { shape: made, count, length, step, stride } = runsOf(shape, attributes);
  const window = Float64Array.from(attributes.window);
  const others = own?.values ?? null;
  const results = new Float32Array(count * length);
  for (let run = 0, to = 0; run < count; run++) {
    for (let i = 0; i < length; i++) {
      const from = run * stride + i;
      let mean = 0;
      for (let k = 0, at = from; k < window.length; k++, at += step) {
        mean += (window[k] as number) * (values[at] as number);
      }
      let variance = 0;
      for (let k = 0, at = from; k < window.length; k++, at += step) {
        const apart = (values[at] as number) - mean;
        variance += (window[k] as number) * (apart * apart + (others ? (others[at] as number) : 0));
      }
      results[to++] = variance;
    }
  }
  return [{ shape: made, values: results }];
});
