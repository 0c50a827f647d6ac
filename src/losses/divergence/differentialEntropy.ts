import type { Tensor } from '@tensorflow/tfjs-core';
import { add, mul, scalar, tidy } from '../../tfjs/ops.js';
import {
  type Density,
  type DensityOptions,
  peakOfDensity,
  readDensity,
  readDomain,
  unitFactor,
} from './common/density.js';
import { type Gaussian, isGaussian, readGaussians } from './common/gaussian.js';
import { integrate, type Interval } from './common/quadrature.js';

const name = 'differentialEntropy';

/**
 * Differential entropy of a density: h(p) = −∫ p(x)·ln p(x) dx. Unlike entropy it can be negative.
 *
 * In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * A density given as a function is integrated over `domain`, whose ends may be infinite, by quadrature in
 * float64, and gives a scalar. For a Gaussian, of which mean and standard deviation σ or `logVariance` ln σ² are given,
 * it is ½·ln(2πe·σ²), in the shape of both together, and differentiable.
 *
 * @throws if the density is neither, integrates to 0 or to more than 1 over the domain, the domain is no interval, a
 * standard deviation that can be read for free is not positive, or an option is unknown.
 * @see Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x, part III; Cover & Thomas (2006),
 * doi:10.1002/047174882X, chapter 8.
 * @example differentialEntropy(() => 0.25, [0, 4], { base: 2 }) // 2
 */
export function differentialEntropy(density: Density, domain: Interval, options?: Partial<DensityOptions>): Tensor;

export function differentialEntropy(density: Gaussian, options?: Partial<DensityOptions>): Tensor;

export function differentialEntropy(
  density: Density | Gaussian,
  domainOrOptions?: Interval | Partial<DensityOptions>,
  options?: Partial<DensityOptions>,
): Tensor {
  if (isGaussian(density)) {
    const factor = unitFactor(name, domainOrOptions as Partial<DensityOptions>);
    return tidy(() => {
      const { logVariance } = readGaussians(name, { density }).density;
      return mul(factor, add(mul(0.5, logVariance), 0.5 * Math.log(2 * Math.PI * Math.E)));
    });
  }
  const factor = unitFactor(name, options);
  const p = readDensity(name, 'density', density);
  const domain = readDomain(name, domainOrOptions);
  peakOfDensity(name, 'density', p, domain);
  return scalar(factor * integrate((x) => minusPLogP(p(x)), domain));
}

const minusPLogP = (p: number): number => (p === 0 ? 0 : -p * Math.log(p));
