import { add, max, relu, sqrt, square, abs as tfAbs, sub, sum, where, type Tensor } from '@tensorflow/tfjs';
import { domainNamesOf } from '../support/domains.js';
import { holdsConstant } from '../support/derivatives.js';
import { type DomainName } from '../../src/definition/domain.js';
import { withGradient } from '../../src/numerics/autodiff.js';
import { isClass } from '../../src/numerics/isClass.js';
import { calls, toTensor, type Call, type Values } from '../support/draw.js';
import { kinksAlong, pointsOf, type Kink } from '../support/kinks.js';
import { forAll, law, variant } from '../support/law.js';
import { heldIn, lossNamed, type AnyLoss, type Options } from '../support/losses.js';

interface Expectation {
  /** Options with which a loss has kinks. */
  readonly options?: Options;
  /** Leading axes with which a loss has kinks. */
  readonly leading?: readonly (readonly number[])[];
  /** Whether labels are fractions; otherwise they are the whole numbers of their domain. */
  readonly areLabelsSoft?: boolean;
  /** Where numbers tie, each of them has a part of the derivative (`'share'`), or one has all of it (`'choose'`). */
  readonly ties?: 'share' | 'choose';
}

const boxes: Expectation = { ties: 'share' };
const overlaps: Expectation = { options: { intersection: 'minimum' }, areLabelsSoft: true, ties: 'share' };

/** Losses with kinks that are lowest along one prediction; no other loss has any. */
const expected: Readonly<Record<string, Expectation>> = {
  meanAbsoluteError: {},
  meanAbsolutePercentageError: {},
  symmetricMeanAbsolutePercentageError: {},
  // Of several entries the root is smooth.
  rootMeanSquaredError: { leading: [[4]] },
  quantile: {},
  crpsEnsemble: {},
  // At the label of one kink another one may have a slope.
  quantileHuber: { options: { delta: 0 }, ties: 'choose' },
  wing: {},
  // The probability of a score of 0 is at the threshold.
  asymmetric: { options: { clip: 0.5, gammaNegative: 0 } },
  hinge: {},
  categoricalHinge: { ties: 'share' },
  multiclassHinge: { ties: 'share' },
  multiMargin: {},
  multilabelMargin: { options: { labelFormat: 'indices' } },
  marginRanking: {},
  multiclassPerceptron: { ties: 'share' },
  perceptron: {},
  hingeEmbedding: {},
  // A score, or a vector, is part of several values: where one has a kink, another may have a slope.
  pairwiseHinge: { ties: 'choose' },
  contrastive: { options: { distance: 'dot', pairs: 'all' }, ties: 'choose' },
  totalVariation: { areLabelsSoft: true },
  // Of two neighbours one may be equal and the other not.
  imageTotalVariation: { ties: 'share' },
  iou: boxes,
  generalizedIou: boxes,
  distanceIou: boxes,
  completeIou: boxes,
  efficientIou: boxes,
  dice: overlaps,
  jaccard: overlaps,
  tversky: overlaps,
  // Where two pixels are as large, either may be the one that counts.
  softClDice: { areLabelsSoft: true, ties: 'choose' },
  lovaszHinge: { ties: 'choose' },
  lovaszSoftmax: { ties: 'choose' },
  clippedValue: { options: { clipRange: 0.5 } },
  dpo: { options: { objective: 'hinge', beta: 2 } },
  cpo: { options: { objective: 'hinge', beta: 2 } },
  ganDiscriminator: { options: { objective: 'hinge' } },
  // Other distances are roots, which are no short numbers.
  tripletMargin: { options: { p: 1, epsilon: 0 } },
  cosineEmbedding: {},
};

/** Number of kinks after which the search of one call ends. */
const enough = 2;

/** Number of entries that are searched where no kink is expected. */
const samples = 3;

function check(loss: AnyLoss): void {
  const { name } = loss;
  const expectation = expected[name];
  const { options = {}, leading = [[4], [2, 3]], areLabelsSoft = false } = expectation ?? {};
  const drawn = calls(loss, { plain: true, leading, options });
  const counts = { calls: 0, kinks: 0 };
  forAll(
    drawn.filter(({ inputs }) => !areLabelsSoft || inputs[0]?.dtype === 'float32'),
    (call) => {
      counts.calls++;
      let found = 0;
      for (const kink of kinksOf(loss, call, expectation)) {
        // A derivative that holds a factor constant is not that of the value.
        if (!kink.isLowest && name in holdsConstant) continue;
        checkDerivative(kink, expectation?.ties);
        if (kink.isLowest && !expectation) throw new Error(`there is a kink at ${kink.x}, but none is expected`);
        const isCounted = kink.isLowest || expectation?.ties === 'choose';
        if (isCounted && ++found >= enough) break;
      }
      counts.kinks += found;
    },
    6,
  );
  if (expectation && counts.kinks < counts.calls)
    throw new Error(`only ${counts.kinks} kinks were met in ${counts.calls} calls`);
}

/** Kinks along one entry of the predictions after another, as they are asked for. */
function* kinksOf(loss: AnyLoss, { inputs, options }: Call, expectation?: Expectation): Generator<Kink> {
  const domains = domainNamesOf(loss.definition, { ...options });
  const short = inputs.map((values, i) =>
    shortened(values, domains[i] as DomainName, i === 0 && !expectation?.areLabelsSoft),
  );
  const trained = heldIn(loss, options).lastIndexOf(false);
  const predictions = short[trained] as Values;
  const tensors = short.map(toTensor);
  const f = (x: Tensor): Tensor =>
    loss(...tensors.map((other, i) => (i === trained ? x : other)), { ...options, reduction: 'none' });
  const count = predictions.data.length;
  for (let i = 0; i < (expectation ? count : Math.min(count, samples)); i++) {
    // Few counts are divisible by 7, so that all entries have their turn.
    const entry = (7 * i) % count;
    yield* kinksAlong(
      f,
      predictions,
      entry,
      pointsOf(domains[trained] as DomainName, predictions.data[entry] as number),
    );
  }
}

/** Numbers of few digits, so that kinks lie at such numbers too. Whole labels take turns, so that each class occurs. */
function shortened({ data, shape, dtype }: Values, domain: DomainName, isWhole: boolean): Values {
  const classes = shape.at(-1) ?? 1;
  const short = (x: number, i: number): number => {
    if (dtype === 'int32') return x;
    if (domain === 'embedding') return x > 0 ? 1 : -1;
    if (isWhole && domain === 'hingeLabel') return i % 2 ? 1 : -1;
    if (isWhole && domain === 'probability') return i % 2;
    if (isWhole && domain === 'distribution') return Number(i % classes === Math.floor(i / classes) % classes);
    const parts = isWhole && domain === 'real' ? 1 : 4;
    return Math.round(parts * x) / parts;
  };
  return { shape, dtype, data: data.map(short) };
}

/** Throws if the derivative at a kink is not the one among the subgradients that a loss is to give. */
function checkDerivative({ derivative, left, right, isLowest }: Kink, ties: Expectation['ties']): void {
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  const margin = (high - low) / 8;
  const isBetween = derivative > low - margin && derivative < high + margin;
  const isPart = derivative > low + margin && derivative < high - margin;
  const [isRight, wanted] =
    !isLowest || ties === 'choose'
      ? [isBetween, 'one between them']
      : ties === 'share'
        ? [derivative === 0 || isPart, '0 or a part of them']
        : [derivative === 0, '0'];
  if (!isRight)
    throw new Error(
      `the derivative at a kink is ${derivative} between slopes ${left} and ${right}, expected ${wanted}`,
    );
}

export const kinks = law({
  title: 'at a kink the derivative is 0 where 0 is a subgradient, and some subgradient elsewhere',
  needs: 'float32',
  check,
  mutants: [
    {
      bug: "tfjs's own abs, whose derivative at 0 is -1",
      complaint: /derivative at a kink is -1 between slopes -1 and 1, expected 0/,
      loss: () => differing('meanAbsoluteError', (difference) => tfAbs(difference)),
    },
    {
      bug: 'half of the slope at a margin',
      complaint: /derivative at a kink is -?0.5 between slopes .*, expected 0/,
      loss: () =>
        variant(lossNamed('marginRanking'), {
          formula: ({ labels, a, b }) => {
            const half = withGradient(relu, (dy, x) => dy.mul(x.step().sub(x.neg().step()).add(1).div(2)));
            return half(sub(b as Tensor, a as Tensor).mul(labels as Tensor));
          },
        }),
    },
    {
      bug: "tfjs's own max, where each of those that tie has all of the derivative",
      complaint: /derivative at a kink is 1 between slopes 0 and 1, expected 0 or a part of them/,
      loss: () =>
        variant(lossNamed('multiclassHinge'), {
          formula: ({ labels, predictions }) => {
            const x = predictions as Tensor;
            const isRight = isClass(labels as Tensor, x.shape.at(-1) ?? 1);
            const [wrong, right] = [max(where(isRight, -100, x), -1), sum(where(isRight, x, 0), -1)];
            return relu(add(1, sub(wrong, right)));
          },
        }),
    },
    {
      bug: 'a bend in place of the kink',
      complaint: /only 0 kinks were met in \d+ calls/,
      loss: () => differing('meanAbsoluteError', (difference) => sqrt(add(square(difference), 1e-2))),
    },
    {
      bug: 'a kink that nobody expects',
      complaint: /there is a kink at .*, but none is expected/,
      loss: () => differing('huber', (difference) => relu(difference)),
    },
  ],
});

/** A loss of differences with another formula. */
const differing = (name: string, formula: (difference: Tensor) => Tensor): AnyLoss =>
  variant(lossNamed(name), {
    formula: ({ labels, predictions }) => formula(sub(predictions as Tensor, labels as Tensor)),
  });
