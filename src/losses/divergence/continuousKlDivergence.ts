import { log, type Tensor } from '@tensorflow/tfjs-core';
import { fail } from '../../definition/fail.js';
import { constant } from '../../numerics/autodiff.js';
import { expm1MinusX, timesExp } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, less, mul, scalar, square, sub, tidy } from '../../tfjs/ops.js';
import {
  type Density,
  type DensityOptions,
  peakOfDensity,
  readDensity,
  readDomain,
  unitFactor,
} from './common/density.js';
import { type Gaussian, isGaussian, type Parameters, readGaussians } from './common/gaussian.js';
import { integrate, type Interval } from './common/quadrature.js';

const name = 'continuousKlDivergence';

/**
 * Kullback-Leibler divergence of two densities: KL(p‖q) = ∫ p(x)·(ln p(x) − ln q(x)) dx.
 *
 * In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Densities given as functions are integrated over `domain`, whose ends may be infinite, by quadrature in
 * float64, and give a scalar; it is Infinity where q rules out what p does not. For two Gaussians it is
 * ln(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²) ÷ 2σ_q² − ½, element by element, and differentiable. Each is given by its mean and
 * its standard deviation σ or `logVariance`, ln σ², as the encoder of a variational autoencoder has it: that is exact
 * also where σ² is too small or too large for float32.
 *
 * @throws if the densities are neither, p integrates to 0 or to more than 1 over the domain, the domain is no interval,
 * a standard deviation that can be read for free is not positive, or an option is unknown.
 * @see Kullback & Leibler (1951), doi:10.1214/aoms/1177729694
 * @example continuousKlDivergence({ mean: 1, standardDeviation: 1 }, { mean: 0, standardDeviation: 1 }) // 0.5
 * @example continuousKlDivergence({ mean: 0, logVariance: -200 }, { mean: 0, logVariance: 0 }) // 99.5
 */
export function continuousKlDivergence(
  p: Density,
  q: Density,
  domain: Interval,
  options?: Partial<DensityOptions>,
): Tensor;

export function continuousKlDivergence(p: Gaussian, q: Gaussian, options?: Partial<DensityOptions>): Tensor;

export function continuousKlDivergence(
  p: Density | Gaussian,
  q: Density | Gaussian,
  domainOrOptions?: Interval | Partial<DensityOptions>,
  options?: Partial<DensityOptions>,
): Tensor {
  if (isGaussian(p) && isGaussian(q)) {
    const factor = unitFactor(name, domainOrOptions as Partial<DensityOptions>);
    return tidy(() => mul(factor, betweenGaussians({ p, q })));
  }
  if (isGaussian(p) || isGaussian(q))
    fail(name, 'one density is a Gaussian and one a function; expected two of a kind');
  const factor = unitFactor(name, options);
  const domain = readDomain(name, domainOrOptions);
  const [from, to] = [readDensity(name, 'p', p), readDensity(name, 'q', q)];
  const negligible = 1e-9 * peakOfDensity(name, 'p', from, domain);
  return scalar(factor * integrate((x) => pLogPOverQ(from(x), to(x), negligible), domain));
}

/** Where q is 0 although p is not, that is an underflow in the tails if p is negligible, and Infinity otherwise. */
function pLogPOverQ(p: number, q: number, negligible: number): number {
  if (p === 0) return 0;
  return p * (Math.log(p) - Math.log(q === 0 && p < negligible ? Number.MIN_VALUE : q));
}

/** ½·(eᵗ − 1 − t + z²), with t = ln(σ_p²/σ_q²) and z = (μ_p − μ_q)/σ_q: neither σ nor σ² need exist in float32. */
function betweenGaussians(given: Readonly<Record<'p' | 'q', Gaussian>>): Tensor {
  const { p, q } = readGaussians(name, given);
  const shift = sub(p.mean, q.mean);
  const z = q.deviation ? ratio(shift, q.deviation) : timesExp(shift, mul(-0.5, q.logVariance));
  return mul(0.5, add(expm1MinusX(logRatioOfVariances(p, q)), square(z)));
}

/** ln(σ_p²/σ_q²). Of standard deviations the quotient has more digits than a difference of logarithms, unless it is 0. */
function logRatioOfVariances(p: Parameters, q: Parameters): Tensor {
  const difference = sub(p.logVariance, q.logVariance);
  if (!p.deviation || !q.deviation) return difference;
  const quotient = ratio(p.deviation, q.deviation);
  const isSmall = constant(() => less(quotient, 1e-30));
  return where(isSmall, difference, mul(2, log(where(isSmall, 1, quotient))));
}
