import {
  backend,
  dispose,
  profile,
  randomUniform,
  type Scalar,
  sub,
  type Tensor,
  tensor1d,
  tensor2d,
  valueAndGrad,
  zeros,
} from '@tensorflow/tfjs';
import { dice, meanSquaredError } from '../../src/index.js';
import { isOnHost } from '../../src/numerics/host.js';
import { matMul } from '../../src/numerics/matMul.js';
import { isHalf } from '../../src/numerics/portable.js';
import * as laws from '../laws/index.js';
import { checkGolden, fitsHalf } from '../support/checkGolden.js';
import type { GoldenFile } from '../support/goldens.js';
import { assertClose, byFormula, compute, effort, testsOfLaw, type Law } from '../support/law.js';
import { environments, type Environment } from './environments.js';
import { gradientPenaltyTests } from './gradientPenalty.js';
import { modelTests } from './models.js';
import type { Setup } from './setups.js';

export interface BrowserTest {
  readonly title: string;
  /** Throws if what is tested is wrong. */
  readonly run: () => void | Promise<void>;
}

/** Of the transposed matrix 0 0 0, 3 3 3, 6 6 7 with 0 1 2, 3 4 5, 6 7 9. */
const products = [45, 54, 69, 45, 54, 69, 51, 61, 78];

const pixels = (low: number, high: number, seed: number): Tensor =>
  randomUniform([2, 20_000, 2], low, high, 'float32', seed);

/** Logits, probabilities, and on a device, which does not look at them, numbers that are none. */
const manyPixels = (): readonly (readonly [fromLogits: boolean, predictions: Tensor])[] => [
  [true, pixels(-3, 3, 2)],
  [false, pixels(0, 1, 2)],
  ...(isOnHost() ? [] : [[false, pixels(-0.1, 1.1, 2)] as const]),
];

/** What has to be so where the tests run. */
const ofEnvironment = ({ isReal, hasKernels }: Environment): BrowserTest[] => [
  {
    title: 'the environment is the one that is meant',
    run: () => {
      if (!isReal(backend())) throw new Error('it is another one');
    },
  },
  {
    title: `losses ${hasKernels ? 'run as kernels' : 'have no kernels'}`,
    run: async () => {
      const { kernels } = await profile(() => meanSquaredError([0, 1], [1, 1], { reduction: 'mean' }));
      const names = kernels.map(({ name }) => name);
      if (names.includes('FusedLoss') !== hasKernels) throw new Error(`what runs is ${names.join()}`);
    },
  },
  {
    title: 'a product of matrices of odd sizes has nothing of what a device holds beside them',
    run: () => {
      // Row and column 4 of the texture of a difference are not 0.
      const [x, shift] = [tensor2d([[1, 2, 3], [4, 5, 6], [7, 8, 10]]), tensor1d([1, 2, 3])]; // prettier-ignore
      assertClose(
        compute(() => matMul(sub(x, shift), sub(x, 1), true)),
        products,
        1e-6,
        'the product',
      );
    },
  },
  {
    title: 'sums over more pixels than one thread adds up are those of the formula',
    run: async () => {
      const labels = pixels(0, 1, 1);
      for (const [fromLogits, predictions] of manyPixels()) {
        const loss = (p: Tensor): Scalar => dice(labels, p, { fromLogits, reduction: 'sum' });
        const outputs = (): number[][] => {
          const { value, grad } = valueAndGrad(loss)(predictions);
          return [value, grad].map((output) => Array.from(output.dataSync()));
        };
        const [found, expected] = [outputs(), byFormula(outputs)];
        expected.forEach((numbers, i) => assertClose(found[i] ?? [], numbers, isHalf() ? 1e-2 : 1e-5, `output ${i}`));
        const { kernels } = await profile(() => loss(predictions));
        const isByKernel = kernels.some(({ name }) => name === 'FusedClassSums');
        if (isByKernel !== (hasKernels && !isHalf())) throw new Error(`by a kernel: ${isByKernel}`);
      }
    },
  },
  {
    title: 'losses hold when memory has grown',
    run: () => {
      const loss = (): number[] => compute(() => meanSquaredError([0, 3], [1, 1], { reduction: 'sum' }));
      assertClose(loss(), [5], 1e-6, 'the loss before that');
      // More than the wasm backend starts with.
      const large = isOnHost() ? [zeros([2 ** 24])] : [];
      assertClose(loss(), [5], 1e-6, 'the loss');
      dispose(large);
    },
  },
];

const ofLaws = ({ laws: wanted, share, turns, ofKernels }: Setup): BrowserTest[] =>
  lawsThatHold(wanted).flatMap((law) => {
    const tests = testsOfLaw(law, share).map(({ title, run }) => ({ title: `${law.title}: ${title}`, run }));
    return inTurn(tests, law === laws.kernels ? ofKernels : turns);
  });

const inTurn = <T>(all: readonly T[], { every, from }: Setup['turns']): readonly T[] =>
  all.filter((_, i) => i % every === from);

const lawsThatHold = (wanted: Setup['laws']): Law[] =>
  Object.entries(laws)
    .filter(([name]) => wanted === 'all' || wanted.some((one) => one === name))
    .map(([, law]): Law => law)
    .filter(({ needs }) => !(needs === 'float32' && isHalf()) && !(needs === 'host' && !isOnHost()));

/** Some of each loss and library, spread over what there are. */
const ofGoldens = (files: readonly GoldenFile[], count: number): BrowserTest[] =>
  files.flatMap(({ library, cases }) =>
    [...new Set(cases.map(({ loss }) => loss))]
      .flatMap((loss) =>
        spread(
          cases.filter((golden) => golden.loss === loss && (!isHalf() || fitsHalf(golden))),
          count,
        ),
      )
      .map((golden) => ({ title: `${library}: ${golden.id}`, run: () => checkGolden(golden) })),
  );

const spread = <T>(all: readonly T[], count: number): readonly T[] =>
  all.length <= count ? all : Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T);

export function testsOf(files: readonly GoldenFile[], setup: Setup): BrowserTest[] {
  effort.shrinks = false;
  return [
    ...ofEnvironment(environments[setup.environment]),
    ...modelTests,
    ...gradientPenaltyTests,
    ...inTurn(ofGoldens(files, setup.goldens), setup.turns),
    ...ofLaws(setup),
  ];
}
