import { fail, show } from '../../../definition/fail.js';
import { logarithmBase } from '../../../definition/kinds.js';
import { type Given, type OptionSchema, overriding, resolveOptions } from '../../../definition/options.js';
import type { BaseOption } from '../../../definition/sharedOptions.js';
import { integrate, type Interval } from './quadrature.js';

/** A probability density of one real variable. */
export type Density = (x: number) => number;

/** The option of entropy and divergence of densities. */
export type DensityOptions = BaseOption;

const densityOptions: OptionSchema<DensityOptions> = { base: [Math.E, logarithmBase] };

/** Converts nats into the unit of the base asked for. */
export function unitFactor(who: string, options: Given<DensityOptions> | undefined): number {
  return 1 / Math.log(resolveOptions(who, densityOptions, overriding(who, {}, options ?? {})).base);
}

/** An interval, after a look at whether it is one. */
export function readDomain(who: string, domain: unknown): Interval {
  const [from, to] = Array.isArray(domain) ? (domain as unknown as Interval) : [NaN, NaN];
  if (!(from < to)) fail(who, `domain is ${show(domain)}; expected [from, to] with from < to`);
  return [from, to];
}

/**
 * The largest value of a density on a domain, after a look at whether it has any mass there that quadrature can see,
 * and no more than 1. It may be less: a domain may be a part of the line.
 */
export function peakOfDensity(who: string, name: string, f: Density, domain: Interval): number {
  let peak = 0;
  const mass = integrate((x) => {
    const value = f(x);
    peak = Math.max(peak, value);
    return value;
  }, domain);
  if (!(mass > 0 && mass < 1.01)) {
    fail(who, `${name} integrates to ${mass} over ${show(domain)}; expected more than 0, and 1 at most`);
  }
  return peak;
}

export function readDensity(who: string, name: string, density: unknown): Density {
  if (typeof density === 'function') return density as Density;
  return fail(
    who,
    `${name} is ${show(density)}; expected a function of a number, or a mean and a standardDeviation or logVariance`,
  );
}
