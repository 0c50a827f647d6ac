import { greater, pow, sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withGradients } from '../../../numerics/autodiff.js';
import { abs, atLeast, exp, expm1 } from '../../../numerics/functions.js';
import { polynomial } from '../../../numerics/polynomial.js';
import { where } from '../../../numerics/portable.js';
import { add, div, less, mul, neg, square, sub } from '../../../tfjs/ops.js';
import { asItIs, type MeanScale } from './mean.js';

/*
 * Half the deviance of y from a mean μ, in the family whose variance is μᵖ, p ≠ 0: y·d₁₋ₚ − d₂₋ₚ with the differences
 * dₖ = fₖ(y) − fₖ(μ) of the powers fₖ(x) = xᵏ/k, f₀ = ln. By t = ln(y/μ), all of them keep their digits where y is close
 * to μ. For y ≤ 0, which p < 2 allows, fₖ(y) is taken to be 0: where it is infinite, y·fₖ(y) is 0.
 */

interface Family {
  readonly mean: MeanScale;
  /** The power p of the variance. */
  readonly p: number;
  /** From p = 2 on, a lower bound for the y that is raised to powers. */
  readonly epsilon: number;
}

const isPositive = (y: Tensor): Tensor => constant(() => greater(y, 0));

/** fₖ(μ). */
const primitive = ({ mean }: Family, m: Tensor, k: number): Tensor =>
  k === 0 ? mean.log(m) : div(mean.power(m, k), k);

type Times = (share: Tensor) => Tensor;

/** (1 − e^−k|t|)/k for k > 0. */
const decayed = (t: Tensor, k: number): Tensor => div(expm1(mul(-k, abs(t))), -k);

/** dₖ: a share of the larger of its two powers. */
function difference(t: Tensor, k: number, timesPowerOfY: Times, timesPowerOfMean: Times): Tensor {
  if (k === 0) return t;
  const isAbove = constant(() => greater(t, 0));
  const size = decayed(t, Math.abs(k));
  const share = where(isAbove, size, neg(size));
  const [above, below] = k > 0 ? [timesPowerOfY, timesPowerOfMean] : [timesPowerOfMean, timesPowerOfY];
  return where(isAbove, above(share), below(share));
}

/** The lower bound of y where it is raised to powers. */
const raised = (y: Tensor, { p, epsilon }: Family): Tensor => (p < 2 ? y : atLeast(y, epsilon));

export function halfDeviance(labels: Tensor, means: Tensor, family: Family): Tensor {
  return withGradients(
    (y, m) => constant(() => value(y, m, family)),
    (dy, y, m) => [mul(dy, slopeOfLabel(y, m, family)), mul(dy, family.mean.pull(y, m, family.p))],
  )(labels, means);
}

function value(y: Tensor, m: Tensor, family: Family): Tensor {
  const { mean, p } = family;
  if (p === 1.5 && mean === asItIs) return ofRoots(atLeast(y, 0), m);
  const ofPositive = valueOfPositive(y, m, family);
  if (p >= 2)
    return where(
      constant(() => less(y, family.epsilon)),
      valueOfSmall(y, m, family),
      ofPositive,
    );
  const ofNone = div(mean.power(m, 2 - p), 2 - p);
  const ofOthers = p < 1 ? sub(ofNone, div(mean.timesPower(y, m, 1 - p), 1 - p)) : ofNone;
  return where(isPositive(y), ofPositive, ofOthers);
}

/** 2·(√y − √μ)²/√μ: half the deviance for p = 3/2. */
function ofRoots(y: Tensor, mean: Tensor): Tensor {
  const [rootOfY, rootOfMean] = [sqrt(y), sqrt(mean)];
  const difference = div(sub(y, mean), add(rootOfY, rootOfMean));
  return mul(mul(2, difference), div(difference, rootOfMean));
}

/** Of y < ε, for p ≥ 2: only powers of y have a bound, y itself has none. */
function valueOfSmall(y: Tensor, m: Tensor, family: Family): Tensor {
  const { mean, p } = family;
  const low = raised(y, family);
  const t = mean.logRatio(low, m);
  if (p === 2) return ofQuotient(y, m, t, family);
  const second = difference(
    t,
    2 - p,
    (share) => mul(share, pow(low, 2 - p)),
    (share) => mean.timesPower(share, m, 2 - p),
  );
  return sub(div(sub(pow(low, 2 - p), mean.timesPower(y, m, 1 - p)), 1 - p), second);
}

/** y/μ − 1 − t: half the deviance for p = 2. */
const ofQuotient = (y: Tensor, m: Tensor, t: Tensor, { mean }: Family): Tensor =>
  sub(sub(mean.timesPower(y, m, -1), 1), t);

function valueOfPositive(label: Tensor, m: Tensor, family: Family): Tensor {
  const a = 2 - family.p;
  const y = a > 0 ? where(isPositive(label), label, 1) : raised(label, family);
  const t = family.mean.logRatio(y, m);
  // μ²⁻ᵖ·(t²/2! + (1 + a)·t³/3! + (1 + a + a²)·t⁴/4! + …), to float32.
  const near = family.mean.timesPower(mul(square(t), polynomial(t, coefficients(a))), m, a);
  const isNear = less(abs(t), 1 / Math.max(1, Math.abs(a)));
  const far = a === 0 ? ofQuotient(label, m, t, family) : (a > 1 ? ofLargePowers : ofPowers)(y, m, t, family);
  return where(isNear, near, far);
}

/** y·d₁₋ₚ − d₂₋ₚ. */
function ofPowers(y: Tensor, m: Tensor, t: Tensor, { mean, p }: Family): Tensor {
  const a = 2 - p;
  const timesPowerOfY: Times = (share) => mul(share, pow(y, a));
  const first =
    p === 1 ? mul(y, t) : difference(t, 1 - p, timesPowerOfY, (share) => mean.timesPower(mul(y, share), m, 1 - p));
  return sub(
    first,
    difference(t, a, timesPowerOfY, (share) => mean.timesPower(share, m, a)),
  );
}

/** The same for p < 1, as a share of the larger of y²⁻ᵖ and μ²⁻ᵖ, both of which may be Infinity. */
function ofLargePowers(y: Tensor, m: Tensor, t: Tensor, { mean, p }: Family): Tensor {
  const [first, second] = [decayed(t, 1 - p), decayed(t, 2 - p)];
  const below = sub(second, mul(first, exp(neg(abs(t)))));
  return where(greater(t, 0), asItIs.timesPower(sub(first, second), y, 2 - p), mean.timesPower(below, m, 2 - p));
}

/** Of tⁿ⁺² for n = 0, 1, … */
function coefficients(a: number): number[] {
  let [sum, factorial] = [0, 1];
  return Array.from({ length: 11 }, (_, n) => {
    sum = 1 + a * sum;
    factorial *= n + 2;
    return sum / factorial;
  });
}

/** The derivative for y: d₁₋ₚ. */
function slopeOfLabel(labels: Tensor, means: Tensor, family: Family): Tensor {
  const { mean, p } = family;
  return withGradients(
    (y, m) => {
      const own = raised(y, family);
      const positive = where(isPositive(own), own, 1);
      const d = difference(
        mean.logRatio(positive, m),
        1 - p,
        (share) => asItIs.timesPower(share, positive, 1 - p),
        (share) => mean.timesPower(share, m, 1 - p),
      );
      return constant(() => (p < 2 ? where(isPositive(y), d, neg(primitive(family, m, 1 - p))) : d));
    },
    (dy, y, m) => {
      const isRaised = isPositive(raised(y, family));
      const ofY = mul(dy, pow(where(isRaised, raised(y, family), 1), -p));
      return [where(isRaised, ofY, 0), neg(mean.timesSlope(dy, m, 1 - p))];
    },
  )(labels, means);
}
