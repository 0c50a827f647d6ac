import type { DomainName } from '../../definition/domain.js';
import { boundsOf, type Misfit } from '../activationFit.js';
import { type Found, short } from './finding.js';
import { areOneHot, areZeroOrOne } from './labels.js';
import { countOf, firstOf, rangeIn, rowSums } from './values.js';
import { haveSameShape, type View } from './view.js';

/** Which activation makes the numbers of a domain. */
const made: { readonly [D in DomainName]?: string } = {
  probability: 'sigmoid',
  distribution: 'softmax',
  nonNegative: 'softplus',
  logProbability: 'logSoftmax',
};

/** What is wrong with the last activation, for the loss and the labels behind it. */
export function headFindings(view: View, misfits: readonly Misfit[], isLogarithmic: () => boolean): Found[] {
  const ofOneUnit = softmaxOfOneUnit(view);
  if (ofOneUnit) return [ofOneUnit];
  const found = misfits.map((misfit) => ofMisfit(view, misfit, isLogarithmic));
  const rest = [
    zerosBeforeLogarithm(view, isLogarithmic),
    beyondBounds(view),
    ofExclusive(view),
    ofSquares(view),
    ofSigns(view),
  ];
  const all = [...found, ...(found.length > 0 ? rest.slice(1, 2) : rest)].filter((one) => one !== null);
  return all.length > 0 ? all : sumFindings(view);
}

const layerCode = (units: number, activation: string | null): string =>
  `tf.layers.dense({ units: ${units}${activation === null ? '' : `, activation: '${activation}'`} }) // as the last layer`;

function softmaxOfOneUnit({ squashing, ofLabels, ofPredictions, units, where, loss }: View): Found | null {
  // Logits of exclusive classes are squashed by the loss.
  const isByLoss = ofPredictions?.name === 'logit' && ofLabels?.name === 'distribution';
  if (units !== 1 || (squashing !== 'softmax' && !isByLoss)) return null;
  return {
    code: 'softmax-of-one-unit',
    where,
    seen: `The output has a single unit, over which ${squashing === 'softmax' ? 'the last layer' : loss} takes a softmax.`,
    why: 'A softmax of one number is 1 whatever the number is: the gradient is 0 everywhere.',
    change: `${layerCode(1, 'sigmoid')}, and\nloss: 'binaryCrossentropy'`,
  };
}

function ofMisfit(view: View, misfit: Misfit, isLogarithmic: () => boolean): Found {
  const { where, units, loss, isPlain, predictions } = view;
  const { kind, domain, activation, isFound, message } = misfit;
  if (kind !== 'range') {
    const isHarmless = isFound && !isPlain;
    return {
      code: 'activation-before-logits',
      where,
      ...(isHarmless && { severity: 'warning' as const }),
      seen: `${loss} expects logits, and the last layer ends in a ${activation}.`,
      why: isHarmless
        ? 'compile hands the logits from before the activation to the loss, so that training is right; but predictions are probabilities, and another program squashes twice.'
        : `Squashed twice, scores from 0 to 1 give nearly equal probabilities: the loss stays close to that of chance, and its gradient is small.`,
      change: `${layerCode(units, null)}, or leave out fromLogits`,
    };
  }
  const remedy = made[domain.name] ?? null;
  const options = Object.keys(misfit.loss.definition.options);
  const option = options.includes('fromLogits')
    ? 'fromLogits: true'
    : options.includes('logInput')
      ? 'logInput: true'
      : null;
  const isRelu = activation === 'relu' || activation === 'relu6';
  const [low, high] = rangeIn(predictions);
  const range = domain.range ?? [-Infinity, Infinity];
  const outside = countOf(predictions, (x) => !(x >= range[0] && x <= range[1]));
  const seen = `${loss} expects ${domain.expected}; the last layer ends in ${activation === 'linear' ? 'no activation' : activation}, and predictions go from ${short(low)} to ${short(high)}, ${outside} of ${predictions.values.length} outside.`;
  const code =
    activation === 'linear'
      ? 'head-without-activation'
      : isRelu && isLogarithmic()
        ? 'relu-before-logarithm'
        : 'activation-does-not-fit';
  const why =
    code === 'relu-before-logarithm'
      ? 'The logarithm of an exact 0 is infinite or cut off, and a relu that gives 0 has no gradient to leave it.'
      : isPlain
        ? 'tfjs cuts predictions off at the bounds, where the gradient is 0: examples out there teach nothing, and the loss of those on the wrong side stays at its maximum.'
        : `What lies outside counts as the bound, with a gradient that only draws it back, and numbers inside are no ${domain.name === 'distribution' ? 'probabilities that sum to 1' : 'probabilities by themselves'}.`;
  const ofLayer = remedy === null ? message.slice(message.lastIndexOf('. ') + 2) : layerCode(units, remedy);
  // The option takes any number, and so no relu.
  const ofLoss =
    option !== null && !isPlain && activation === 'linear'
      ? `\n// or keep the layer:\nloss: ${misfit.loss.name}.with({ ${option} })`
      : '';
  return { code, where, seen, why, change: `${ofLayer}${ofLoss}` };
}

/** A relu fits rates, which may be 0; their logarithm does not. */
function zerosBeforeLogarithm(view: View, isLogarithmic: () => boolean): Found | null {
  const { activation, ofPredictions, predictions, where, units } = view;
  if (activation !== 'relu' && activation !== 'relu6') return null;
  if (!ofPredictions?.range || !isLogarithmic()) return null;
  const zeros = countOf(predictions, (x) => x === 0);
  if (zeros === 0) return null;
  return {
    code: 'relu-before-logarithm',
    where,
    seen: `${zeros} of ${predictions.values.length} predictions are exactly 0.`,
    why: 'The logarithm of an exact 0 is infinite or cut off, and a relu that gives 0 has no gradient to leave it.',
    change: layerCode(units, made[ofPredictions.name] ?? 'softplus'),
  };
}

/** Numbers to be regressed that the last activation does not reach. */
function beyondBounds(view: View): Found | null {
  const { activation, ofPredictions, labels, where, units, counts, squashing } = view;
  const bounds = boundsOf(squashing ?? activation);
  if (!bounds || ofPredictions?.name !== 'real' || !haveSameShape(view)) return null;
  const [least, most] = bounds;
  const [low, high] = rangeIn({ values: Array.from(labels.values).filter((x) => counts(x)) });
  const slack = 1e-3 * (Number.isFinite(most - least) ? most - least : 1);
  if (!(low < least - slack || high > most + slack)) return null;
  const beyond = countOf(labels, (x) => counts(x) && (x < least - slack || x > most + slack));
  return {
    code: 'labels-beyond-activation',
    where,
    seen: `Labels go from ${short(low)} to ${short(high)}; the last layer ends in a ${squashing ?? activation}, which gives numbers from ${least} to ${most}. ${beyond} of ${labels.values.length} labels lie beyond.`,
    why: 'The model cannot predict such labels: it is pressed against the bound, where its gradient fades to 0.',
    change:
      least === 0 && most === 1 && low >= 0 && high <= 255 && high > 100
        ? 'y.div(255) // in place of y'
        : layerCode(units, null),
  };
}

/** Signs that an activation cannot give. */
function ofSigns({ ofLabels, activation, squashing, where, loss, units, predictions }: View): Found | null {
  const bounds = boundsOf(squashing ?? activation);
  if (ofLabels?.name !== 'hingeLabel' || !bounds || bounds[0] < 0) return null;
  const [low, high] = rangeIn(predictions);
  return {
    code: 'activation-does-not-fit',
    where,
    seen: `${loss} expects scores on both sides of 0; the last layer ends in a ${squashing ?? activation}, and predictions go from ${short(low)} to ${short(high)}.`,
    why: 'The sign is the class: no prediction is ever on the side of the class below 0.',
    change: layerCode(units, null),
  };
}

/** Probabilities of exclusive classes that share no sum, as after a softmax over another axis. */
function sumFindings(view: View): Found[] {
  const { ofPredictions, predictions, where, loss, units } = view;
  if (ofPredictions?.name !== 'distribution' || units < 2) return [];
  const sums = rowSums(predictions);
  const odd = sums.filter((sum) => Math.abs(sum - 1) > 0.02);
  if (odd.length === 0) return [];
  return [
    {
      code: 'activation-does-not-fit',
      where,
      seen: `${odd.length} of ${sums.length} rows of predictions do not sum to 1: such sums go from ${short(Math.min(...odd))} to ${short(Math.max(...odd))}.`,
      why: `${loss} looks at the probability of the right class, and trusts that those of an example share a sum of 1.`,
      change: `${layerCode(units, 'softmax')}; tf.layers.softmax({ axis: -1 }) if it is a layer of its own`,
    },
  ];
}

/** Classes that exclude each other, before or in a loss of a yes or no for each. */
function ofExclusive(view: View): Found | null {
  const { squashing, ofPredictions, ofLabels, labels, kind, facts, where, units, loss, predictions } = view;
  const isOfVectors = predictions.shape.length === 2 && !facts.definition?.weighsEntries;
  if (units < 2 || kind === null || (labels.shape[0] ?? 0) < 8) return null;
  const areExclusive = kind === 'index' || (haveSameShape(view) && areOneHot(labels));
  if (squashing === 'sigmoid' && areExclusive && ofPredictions?.name === 'distribution') {
    return {
      code: 'sigmoid-for-exclusive-classes',
      severity: 'error',
      where,
      seen: `Each example has one of ${units} classes; the last layer ends in a sigmoid for each of them.`,
      why: `${loss} looks at the probability of the right class only, and trusts that the others go down as it goes up; with sigmoids all of them go up to 1.`,
      change: layerCode(units, 'softmax'),
    };
  }
  const isBinary = ofLabels?.name === 'probability' && ofPredictions?.name !== 'real' && isOfVectors;
  if (!isBinary || !areExclusive) return null;
  const change = `${layerCode(units, 'softmax')}, and\nloss: '${kind === 'index' ? 'sparseCategoricalCrossentropy' : 'categoricalCrossentropy'}'`;
  if (squashing === 'softmax') {
    return {
      code: 'binary-loss-of-softmax',
      where,
      seen: `Each example has one of ${units} classes, the last layer ends in a softmax, and ${loss} asks for a yes or no for each class.`,
      why: 'All classes count alike, so that most of the loss is about classes that are absent; accuracy of yes and no is high from the start.',
      change: `loss: 'categoricalCrossentropy'`,
    };
  }
  if (squashing !== 'sigmoid' && ofPredictions?.name !== 'logit') return null;
  return {
    code: 'sigmoid-for-exclusive-classes',
    where,
    seen: `Each of ${labels.shape[0]} examples has one of ${units} classes; ${loss} asks for a yes or no for each of them.`,
    why: `Of ${units} answers ${units - 1} are no: always no has an accuracy of ${short(1 - 1 / units)}, and nothing makes the probabilities of an example sum to 1.`,
    change,
  };
}

/** A regression loss of classes, behind an activation whose derivative is f(1 − f). */
function ofSquares(view: View): Found | null {
  const { squashing, ofLabels, ofPredictions, predictions, labels, where, units } = view;
  if (squashing === null || ofLabels?.name !== 'real' || ofPredictions?.name !== 'real') return null;
  if (!haveSameShape(view) || !areZeroOrOne(view) || firstOf(labels, (x) => x === 1) === null) return null;
  // Images of 0 and 1 are regressed too; classes have few units, or exclude each other.
  if (units > 1 && !areOneHot(labels)) return null;
  const f = Array.from(predictions.values);
  const factors = f.map((x) => x * (1 - x));
  const mean = factors.reduce((sum, x) => sum + x, 0) / Math.max(factors.length, 1);
  const isSoftmax = squashing === 'softmax';
  return {
    code: 'squared-error-of-probabilities',
    where,
    seen: `Labels are 0 and 1, the last layer ends in a ${squashing}, and the loss is one of regression. f(1 − f) is ${short(mean)} on average, ${short(Math.min(...factors))} at the least.`,
    why: 'The gradient has the factor f(1 − f), at most ¼, and next to 0 where the model is sure and wrong: what is most wrong learns least. That of a cross-entropy is f − y.',
    change: `loss: '${isSoftmax ? 'categoricalCrossentropy' : 'binaryCrossentropy'}'`,
  };
}
