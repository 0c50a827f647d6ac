import * as tf from '@tensorflow/tfjs';
import * as exported from '../../src/losses/index.js';
import { isOnHost } from '../../src/numerics/host.js';
import { readTensor, toNumbers, type Expected, type Golden, type WrittenDensity } from './goldens.js';
import { closeTo } from './law.js';
import { precision } from './precision.js';

type AnyFunction = (...args: unknown[]) => tf.Tensor;
const losses = exported as unknown as Readonly<Record<string, AnyFunction>>;

const densities: Readonly<Record<string, (facts: WrittenDensity) => (x: number) => number>> = {
  normal:
    ({ mean, standardDeviation: s }) =>
    (x) =>
      Math.exp(-(((x - mean) / s) ** 2) / 2) / (s * Math.sqrt(2 * Math.PI)),
  laplace:
    ({ mean, scale }) =>
    (x) =>
      Math.exp(-Math.abs(x - mean) / scale) / (2 * scale),
  exponential:
    ({ rate }) =>
    (x) =>
      x < 0 ? 0 : rate * Math.exp(-rate * x),
  uniform:
    ({ low, high }) =>
    (x) =>
      x < low || x > high ? 0 : 1 / (high - low),
};

const isDensity = (input: object): input is WrittenDensity => 'distribution' in input;

/** Densities as functions and, where they are Gaussians on the whole line, also in closed form, by σ and by ln σ². */
function densityResults({ loss, inputs, options }: Golden): tf.Tensor[] {
  const { domain = [], ...rest } = inputs;
  const given = Object.values(rest).filter(isDensity);
  const interval = toNumbers(domain as string[]);
  const f = losses[loss] as AnyFunction;
  const byQuadrature = f(...given.map((facts) => densities[facts.distribution]?.(facts)), interval, options);
  const isGaussian =
    given.every(({ distribution }) => distribution === 'normal') && interval.every((x) => !Number.isFinite(x));
  if (!isGaussian) return [byQuadrature];
  const byLogVariance = given.map(({ mean, standardDeviation }) => ({
    mean,
    logVariance: 2 * Math.log(standardDeviation),
  }));
  return [byQuadrature, f(...given, options), f(...byLogVariance, options)];
}

interface Result {
  readonly value: tf.Tensor;
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
}

function tensorResult({ loss, inputs, options }: Golden, wanted: readonly string[]): Result {
  const f = losses[loss] as AnyFunction;
  const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, readTensor(input as never)]));
  const extra: Record<string, unknown> = { ...options };
  const ofOptions = new Set(['weights', 'mask', ...wanted].filter((name) => name in extra && !(name in given)));
  for (const name of ofOptions) extra[name] = tf.tensor(extra[name] as number[]);
  const call = (changed: Record<string, tf.Tensor>): tf.Tensor => {
    const arguments_ = Object.keys(given).map((name) => changed[name] ?? given[name]);
    const tensors = Object.fromEntries([...ofOptions].map((name) => [name, changed[name] ?? extra[name]]));
    return f(...arguments_, { ...extra, ...tensors });
  };
  const variables = wanted.map((name) => given[name] ?? (extra[name] as tf.Tensor));
  const named = (tensors: tf.Tensor[]): Record<string, tf.Tensor> =>
    Object.fromEntries(wanted.map((name, i) => [name, tensors[i] as tf.Tensor]));
  const gradients = wanted.length === 0 ? [] : tf.grads((...at: tf.Tensor[]) => tf.sum(call(named(at))))(variables);
  return { value: call({}), gradients: named(gradients) };
}

/** The first difference, or null. A gradient cannot be more exact than the rounding of the loss itself, `slack`. */
function difference(actual: tf.Tensor, expected: Expected['value'], tolerance: number, slack = 0): string | null {
  if (actual.shape.join() !== expected.shape.join())
    return `shape [${actual.shape.join()}], expected [${expected.shape.join()}]`;
  const values = Array.from(actual.dataSync());
  const wanted = toNumbers(expected.values);
  const at = values.findIndex((value, i) => {
    const want = Math.fround(wanted[i] as number);
    return !closeTo(value, want, tolerance) && !(Math.abs(value - want) <= slack) && !isLnOfZero(value, want);
  });
  return at < 0 ? null : `entry ${at} is ${values[at]}, expected ${wanted[at]}`;
}

/** A GPU may take ln 0 for −88, and a loss that is infinite by it for a large one. */
const isLnOfZero = (value: number, want: number): boolean =>
  !isOnHost() && Math.abs(want) === Infinity && Math.abs(value) > 40 && value > 0 === want > 0;

function differences({ value, gradients }: Result, expected: Expected, tolerance: number): string[] {
  const slack = 2 ** -22 * Math.max(...toNumbers(expected.value.values).filter(Number.isFinite).map(Math.abs), 0);
  const found = [
    ['value', difference(value, expected.value, tolerance)],
    ...Object.entries(expected.gradients).map(([name, gradient]) => [
      `gradient for ${name}`,
      difference(gradients[name] as tf.Tensor, gradient, tolerance, slack),
    ]),
  ];
  return found.filter(([, what]) => what !== null).map(([where, what]) => `${where}: ${what}`);
}

/** Whether all numbers of a golden are so small that products of a few of them fit into half precision. */
export const fitsHalf = ({ inputs, value, gradients, ours }: Golden): boolean => {
  const expected = [value, ours?.value, ...Object.values(gradients), ...Object.values(ours?.gradients ?? {})];
  const tensors = [...Object.values(inputs), ...expected].filter(
    (written): written is Expected['value'] => written !== undefined && 'shape' in written,
  );
  return tensors.flatMap(({ values }) => toNumbers(values)).every((x) => Math.abs(x) <= 16);
};

/** Throws if this package gives other numbers than a library, or than it says it does where it departs. */
export function checkGolden(golden: Golden): void {
  const { ours, departs, tolerance = 0, inputs } = golden;
  const allowed = Math.max(tolerance, precision());
  tf.tidy(() => {
    if (Object.values(inputs).some(isDensity)) {
      for (const result of densityResults(golden)) complain([difference(result, golden.value, allowed)]);
      return;
    }
    const expected = ours ?? golden;
    const result = tensorResult(golden, Object.keys(expected.gradients));
    complain(differences(result, expected, allowed));
    if (!departs) return;
    // What is said to depart has to: a departure that a library has taken back is to be noticed.
    const theirs = { ...golden, gradients: pick(golden.gradients, expected.gradients) };
    if (differences(result, theirs, 1e-8).length === 0) throw new Error('this departs no longer');
  });
}

function complain(differences: readonly (string | null)[]): void {
  const found = differences.filter((what) => what !== null);
  if (found.length > 0) throw new Error(found.join('\n'));
}

const pick = <T>(from: Readonly<Record<string, T>>, names: object): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name in names));
