import { Tensor } from '@tensorflow/tfjs-core';
import { fail, show } from './fail.js';
import { castTo, toArgument } from './inputs.js';
import { logarithmBase, resolveOptions, type OptionSchema, type TensorInput } from './options.js';
import { integrate, type Interval } from './quadrature.js';

/** A probability density of one real variable. */
export type Density = (x: number) => number;

/** A normal distribution; with tensors, many at once. */
export interface Gaussian {
  readonly mean: TensorInput;
  readonly standardDeviation: TensorInput;
}

/** The option of entropy and divergence of densities. */
export interface DensityOptions {
  /** Base of the logarithm: e for nats, 2 for bits, 10 for hartleys. Default e. */
  readonly base: number;
}

const densityOptions: OptionSchema<DensityOptions> = { base: [Math.E, logarithmBase] };

/** Converts nats into the unit of the base asked for. */
export function unitFactor(who: string, options: Partial<DensityOptions> | undefined): number {
  return 1 / Math.log(resolveOptions(who, densityOptions, options ?? {}).base);
}

/** ∫ f over the domain, after a look at whether the densities are functions and the domain an interval. */
export function integrateDensity(
  who: string,
  densities: Readonly<Record<string, Density>>,
  domain: Interval | undefined,
  f: (x: number) => number,
): number {
  for (const [name, density] of Object.entries(densities)) {
    if (typeof density !== 'function')
      fail(who, `${name} is ${show(density)}; expected a function of a number, or a mean and a standardDeviation`);
  }
  const [from, to] = Array.isArray(domain) ? (domain as Interval) : [NaN, NaN];
  if (!(from < to)) fail(who, `domain is ${show(domain)}; expected [from, to] with from < to`);
  return integrate(f, [from, to]);
}

export function isGaussian(value: unknown): value is Gaussian {
  return typeof value === 'object' && value !== null && 'mean' in value && 'standardDeviation' in value;
}

/** Mean and standard deviation as float32 tensors. To be called inside `tidy`. */
export function readGaussian(
  who: string,
  name: string,
  { mean, standardDeviation }: Gaussian,
): { mean: Tensor; deviation: Tensor } {
  const read = (part: string, value: TensorInput): Tensor =>
    castTo('real', toArgument(who, `${name}.${part}`, value).tensor);
  const values = standardDeviation instanceof Tensor ? [] : [standardDeviation].flat(Infinity);
  const bad = values.find((value) => !(Number(value) > 0));
  if (bad !== undefined) fail(who, `${name}.standardDeviation is ${show(bad)}; expected numbers > 0`);
  return { mean: read('mean', mean), deviation: read('standardDeviation', standardDeviation) };
}
