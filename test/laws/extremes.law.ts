import { domainNamesOf } from '../support/domains.js';
import { log, mul, neg, softmax, sum, type Tensor } from '@tensorflow/tfjs';
import { type DomainName, distribution, logit } from '../../src/definition/domain.js';
import { ofInputs } from '../support/asFunction.js';
import { calls, defaultsOf, toTensor, type Values } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { compute, forAll, law, variant } from '../support/law.js';
import { hasOption, lossNamed, type AnyLoss, type Options } from '../support/losses.js';

const reals = [1e30, -1e30, 0, 88, -88, 1e4, -1e4, 1e-8, -1e-30];
const probabilities = [0, 1, 1e-30, 0.5, 1 - 2 ** -24];

/** Entries that are as far out as their domain goes; labels stay a distribution. */
function farOut({ data, shape, ...rest }: Values, domain: DomainName, isLabel: boolean): Values {
  const cycle = (entries: readonly number[]): number[] =>
    data.map((_, i) => entries[(7 * i + shape.length) % entries.length] as number);
  const width = shape.at(-1) ?? 1;
  const replaced: { readonly [D in DomainName]?: readonly number[] } = {
    real: cycle(reals),
    logit: cycle(reals),
    nonNegative: cycle([0, 1e30, 1e-30, 88, 1e4]),
    probability: cycle(probabilities),
    heatmap: cycle(probabilities),
    quality: cycle(probabilities),
    distribution: isLabel
      ? data.map((_, i) => (i % width === Math.floor(i / width) % width ? 1 : 0))
      : cycle(probabilities),
    logProbability: cycle([0, -1e30, -88, -1e-8]),
    hingeLabel: cycle([1, 0]),
    relevance: cycle([0, 1e30, -1, 88, 1e-30]),
    // Products and areas of them are still finite.
    embedding: cycle([1e15, -1e15, 0, 88, -1e-15, 0]),
    cosine: cycle([1, -1, 0, 1e-30, 1 - 2 ** -24]),
    box: cycle([0, 0, 0, 1e15, 1e-15]),
  };
  return { ...rest, shape, data: replaced[domain] ?? data };
}

/** Options without which more than the square of a number of 1e30 is made. */
const mildOptions = (loss: AnyLoss): Options => ({
  // The square of a log-sum-exp of 1e30.
  ...(hasOption(loss, 'zLoss') && { zLoss: 0 }),
  // The square of an error times the difference of labels, with slopes of both signs.
  ...(loss.name === 'pairwiseMeanSquaredError' && { lambdaWeight: null }),
});

function check(loss: AnyLoss): void {
  const options = mildOptions(loss);
  forAll(
    calls(loss, { options, leading: [[7], [3, 3]] }),
    (call) => {
      const domains = domainNamesOf(loss.definition, { ...defaultsOf(loss), ...call.options });
      const inputs = call.inputs.map((values, i) =>
        farOut(values, domains[i] as DomainName, i === 0 && call.inputs.length > 1),
      );
      const { f, at } = ofInputs(loss, inputs, { ...call.options, reduction: 'none' });
      // Errors of 1e30 may square to infinity, but what is made for logits has to bear them.
      const isBad = domains.at(-1) === 'logit' ? (x: number): boolean => !Number.isFinite(x) : Number.isNaN;
      const value = compute(() => f(at.map(toTensor))).find(isBad);
      if (value !== undefined) throw new Error(`the value is ${value} far out`);
      const gradient = gradientsAt((variables) => sum(f(variables)), at)
        .flat()
        .find(isBad);
      if (gradient !== undefined) throw new Error(`a gradient is ${gradient} far out`);
    },
    24,
  );
}

export const extremes = law({
  title: 'finite logits give finite losses and gradients, and nothing gives NaN',
  needs: 'float32',
  check,
  mutants: [
    {
      bug: 'log of softmax',
      complaint: /far out/,
      loss: () =>
        variant(lossNamed('categoricalCrossentropy'), {
          options: {},
          domains: () => [distribution, logit],
          formula: ({ labels, predictions }) =>
            neg(sum(mul(labels as Tensor, log(softmax(predictions as Tensor))), -1)),
        }),
    },
  ],
});
