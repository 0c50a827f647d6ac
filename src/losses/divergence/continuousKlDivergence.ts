import { add, div, log, mul, scalar, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { fail } from '../../definition/fail.js';
import {
  checkBroadcast,
  type Density,
  type DensityOptions,
  type Gaussian,
  isGaussian,
  peakOfDensity,
  readDensity,
  readDomain,
  readGaussian,
  unitFactor,
} from './common/density.js';
import { integrate, type Interval } from './common/quadrature.js';

const name = 'continuousKlDivergence';

/**
 * Kullback-Leibler divergence of two densities: KL(p‖q) = ∫ p(x)·(ln p(x) − ln q(x)) dx.
 *
 * In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Densities given as functions are integrated over `domain`, whose ends may be infinite, by quadrature in
 * float64, and give a scalar; it is Infinity where q rules out what p does not. For two Gaussians it is
 * ln(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²) ÷ 2σ_q² − ½, element by element, and differentiable.
 *
 * @throws if the densities are neither, p integrates to 0 or to more than 1 over the domain, the domain is no interval,
 * a standard deviation that can be read for free is not positive, or an option is unknown.
 * @see Kullback & Leibler (1951), doi:10.1214/aoms/1177729694
 * @example continuousKlDivergence({ mean: 1, standardDeviation: 1 }, { mean: 0, standardDeviation: 1 }) // 0.5
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
    return tidy(() => mul(factor, betweenGaussians(p, q)));
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

function betweenGaussians(p: Gaussian, q: Gaussian): Tensor {
  const [from, to] = [readGaussian(name, 'p', p), readGaussian(name, 'q', q)];
  checkBroadcast(name, [from.mean, from.deviation, to.mean, to.deviation]);
  const spread = div(from.deviation, to.deviation);
  const shift = div(sub(from.mean, to.mean), to.deviation);
  return sub(mul(0.5, add(square(spread), square(shift))), add(log(spread), 0.5));
}
