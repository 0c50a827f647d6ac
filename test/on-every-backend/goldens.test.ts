import * as tf from '@tensorflow/tfjs';
import * as exported from '../../src/losses/index.js';
import {
  goldenFiles,
  readTensor,
  toNumbers,
  type Expected,
  type Golden,
  type WrittenDensity,
} from '../support/goldens.js';
import { closeTo } from '../support/law.js';

declare const backend: string;

/** Of float32 arithmetic; the native backend and wasm approximate exp and log. */
const precision = backend === 'cpu' ? 5e-6 : 2e-5;

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

/** Densities as functions and, where they are Gaussians on the whole line, also in closed form. */
function densityResults({ loss, inputs, options }: Golden): tf.Tensor[] {
  const { domain = [], ...rest } = inputs;
  const given = Object.values(rest).filter(isDensity);
  const interval = toNumbers(domain as string[]);
  const f = losses[loss] as AnyFunction;
  const byQuadrature = f(...given.map((facts) => densities[facts.distribution]?.(facts)), interval, options);
  const isGaussian =
    given.every(({ distribution }) => distribution === 'normal') && interval.every((x) => !Number.isFinite(x));
  return isGaussian ? [byQuadrature, f(...given, options)] : [byQuadrature];
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
    return !closeTo(value, want, tolerance) && !(Math.abs(value - want) <= slack);
  });
  return at < 0 ? null : `entry ${at} is ${values[at]}, expected ${wanted[at]}`;
}

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

describe.each(goldenFiles.map((file) => [file.library, file] as const))('%s', (_, { cases }) => {
  test.each(cases.map((golden) => [golden.id, golden] as const))('%s', (__, golden) => {
    const { ours, departs, tolerance = 0, inputs } = golden;
    const allowed = Math.max(tolerance, precision);
    tf.tidy(() => {
      if (Object.values(inputs).some(isDensity)) {
        for (const result of densityResults(golden)) expect(difference(result, golden.value, allowed)).toBeNull();
        return;
      }
      const expected = ours ?? golden;
      const result = tensorResult(golden, Object.keys(expected.gradients));
      expect(differences(result, expected, allowed)).toEqual([]);
      // What is said to depart has to: a departure that a library has taken back is to be noticed.
      if (departs)
        expect(
          differences(result, { ...golden, gradients: pick(golden.gradients, expected.gradients) }, 1e-8),
        ).not.toEqual([]);
    });
  });
});

const pick = <T>(from: Readonly<Record<string, T>>, names: object): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name in names));
