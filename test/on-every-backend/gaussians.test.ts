import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';
import { precision } from '../support/precision.js';

/*
 * Gaussians whose spread is given as ln σ², from −200 to 200, where neither σ nor σ² is a float32. The right numbers are
 * of the textbook formulas in float64, which holds them all; each is expected wherever it is a float32.
 */

/** Of these ln σ² each has a float64 power that is exact enough, and is a float32 itself. */
const logVariances = [-200, -150.5, -100, -88, -20.25, -1, -(2 ** -10), 0, 2 ** -7, 0.75, 30, 89, 120, 200];
/** μ_p − μ_q, or label − mean. */
const differences = [0, 1, -0.375, 2 ** -70, 2 ** -100, -(2 ** 40), 2 ** 100];

type Numbers = readonly number[];

interface Right {
  /** The value, and the derivatives by the arguments in their order. */
  readonly numbers: Numbers;
  /** The largest term of each, to which rounding is proportional. */
  readonly sizes: Numbers;
}

/** Each as a sum of terms. */
const ofTerms = (sums: readonly Numbers[]): Right => ({
  numbers: sums.map((terms) => terms.reduce((sum, term) => sum + term, 0)),
  sizes: sums.map((terms) => Math.max(...terms.map(Math.abs))),
});

/** ½·(eᵗ − 1 − t + d²/σ_q²), t = ln(σ_p²/σ_q²). */
function divergence([mean, logP, logQ]: Numbers): Right {
  const [d, p, q] = [mean, logP, logQ] as [number, number, number];
  const t = p - q;
  // Below 1/8 the difference has too few digits in float64 as well.
  const small = (t ** 2 / 2) * (1 + (t / 3) * (1 + (t / 4) * (1 + (t / 5) * (1 + (t / 6) * (1 + t / 7)))));
  const squared = (d * Math.exp(-q / 2)) ** 2;
  return ofTerms([
    [0.5 * (Math.abs(t) < 0.125 ? small : Math.exp(t) - 1 - t), 0.5 * squared],
    [d * Math.exp(-q)],
    [0.5 * Math.expm1(t)],
    [-0.5 * Math.expm1(t), -0.5 * squared],
  ]);
}

/** ½·(ln v + d²/v). */
function likelihood([difference, logarithm]: Numbers): Right {
  const [d, v] = [difference, logarithm] as [number, number];
  const squared = (d * Math.exp(-v / 2)) ** 2;
  return ofTerms([[0.5 * v, 0.5 * squared], [d * Math.exp(-v)], [0.5, -0.5 * squared]]);
}

/** Its double, of which it is a half, is finite, and it is not below the least float32 with all digits. */
const isFloat32 = (x: number): boolean => x === 0 || (Math.abs(x) < 1.7e38 && Math.abs(x) > 2e-38);

function expectRight(
  points: readonly Numbers[],
  right: (point: Numbers) => Right,
  ours: (...parameters: readonly tf.Tensor[]) => tf.Tensor,
): void {
  const columns = (points[0] as Numbers).map((_, i) => tf.tensor1d(points.map((point) => point[i] as number)));
  const values = compute(() => ours(...columns));
  const gradients = columns.map((_, i) =>
    compute(() => tf.grads((...all: tf.Tensor[]) => tf.sum(ours(...all)))(columns)[i] as tf.Tensor),
  );
  const faults = points.flatMap((point, at) => {
    const { numbers, sizes } = right(point);
    const got = [values, ...gradients].map((all) => all[at] as number);
    const isWrong = numbers.some((number, i) => {
      const error = Math.abs((got[i] as number) - number);
      // There is nothing to descend on from an infinite loss.
      const isWanted = isFloat32(number) && isFloat32(numbers[0] as number);
      return isWanted && !(error <= precision() * (sizes[i] as number));
    });
    return isWrong ? [`at ${point.join()}: ${got.join()} for ${numbers.join()}`] : [];
  });
  columns.forEach((column) => column.dispose());
  expect(faults).toEqual([]);
}

const pairs = logVariances.flatMap((p) => logVariances.map((q): [number, number] => [p, q]));

/** Two Gaussians by two numbers of which either is ln σ² or σ. */
type Forms = readonly [p: keyof L.Gaussian, q: keyof L.Gaussian];

test.each<Forms>([
  ['logVariance', 'logVariance'],
  ['standardDeviation', 'standardDeviation'],
  ['standardDeviation', 'logVariance'],
  ['logVariance', 'standardDeviation'],
])('the divergence of two is right with its gradients, by %s and %s', (...forms) => {
  const isDeviation = forms.map((form) => form === 'standardDeviation');
  const areOfTwoKinds = isDeviation[0] !== isDeviation[1];
  const spreads = pairs
    // Where σ is a float32 with all digits. Of ln σ² that are close, rounding leaves no difference if one comes from σ.
    .filter((pair) => pair.every((x, i) => !isDeviation[i] || Math.abs(x) < 150))
    .filter(([p, q]) => !areOfTwoKinds || Math.abs(p - q) > 0.5)
    .map((pair) => pair.map((x, i) => (isDeviation[i] ? Math.fround(Math.exp(x / 2)) : x)));
  const right = ([d, ...given]: Numbers): Right => {
    const { numbers, sizes } = divergence([
      d as number,
      ...given.map((x, i) => (isDeviation[i] ? 2 * Math.log(x) : x)),
    ]);
    // ∂ ln σ² ÷ ∂σ = 2 ÷ σ.
    const factors = [1, 1, ...given.map((x, i) => (isDeviation[i] ? 2 / x : 1))];
    const scaled = (all: Numbers): Numbers => all.map((x, i) => x * (factors[i] as number));
    return { numbers: scaled(numbers), sizes: scaled(sizes) };
  };
  const gaussian = (i: number, mean: tf.Tensor | number, spread: tf.Tensor): L.Gaussian =>
    ({ mean, [forms[i] as string]: spread }) as unknown as L.Gaussian;
  expectRight(
    differences.flatMap((d) => spreads.map((pair): Numbers => [d, ...pair])),
    right,
    (mean, p, q) => L.continuousKlDivergence(gaussian(0, mean, p), gaussian(1, 0, q)),
  );
});

test('the entropy of one is right with its gradient at any ln σ²', () => {
  const constant = 0.5 * Math.log(2 * Math.PI * Math.E);
  expectRight(
    logVariances.map((x) => [x]),
    ([x]) => ofTerms([[constant, 0.5 * (x as number)], [0.5]]),
    (logVariance) => L.differentialEntropy({ mean: 0, logVariance: logVariance }),
  );
});

test.each([true, false])('the likelihood of a label is right with its gradients at any ln σ², kernels: %s', (fused) => {
  tf.env().set('LOSSES_FUSED', fused);
  try {
    const points = differences.flatMap((d) => logVariances.map((v): Numbers => [d, v]));
    expectRight(points, likelihood, (...[difference, variance]) =>
      L.gaussianNll(difference as tf.Tensor, tf.zerosLike(difference as tf.Tensor), variance as tf.Tensor, {
        logVariance: true,
        reduction: 'none',
      }),
    );
  } finally {
    tf.env().set('LOSSES_FUSED', true);
  }
});

test('a Gaussian with two spreads, or a σ that has become 0, is refused and the remedy named', () => {
  const standard = { mean: 0, standardDeviation: 1 } as const;
  expect(() => L.continuousKlDivergence({ ...standard, logVariance: 0 } as never, standard)).toThrow(
    'continuousKlDivergence: p has a standardDeviation and a logVariance; expected one of them',
  );
  expect(() => L.continuousKlDivergence({ mean: 0, standardDeviation: [0] }, standard)).toThrow(
    'continuousKlDivergence: p.standardDeviation[0] is 0; expected a number > 0, or the logarithm of its square as logVariance',
  );
  expect(() => L.differentialEntropy({ mean: 0 } as never, [0, 1])).toThrow(
    /expected a function of a number, or a mean and a standardDeviation or logVariance/,
  );
});

test('options and spreads that are undefined are as good as none', () => {
  const [base, none]: undefined[] = [];
  const gaussian = { mean: 0, standardDeviation: 2, logVariance: none } as const;
  const other = { mean: 1, logVariance: 0, standardDeviation: none } as const;
  const entropies = [L.differentialEntropy(gaussian), L.differentialEntropy(gaussian, { base })];
  const divergences = [L.continuousKlDivergence(gaussian, other), L.continuousKlDivergence(gaussian, other, { base })];
  for (const [whole, given] of [entropies, divergences]) {
    expect(given?.dataSync()).toEqual(whole?.dataSync());
  }
});
