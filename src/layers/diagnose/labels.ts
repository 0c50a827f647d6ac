import { type Found, percent, short } from './finding.js';
import { firstOf, countOf, rangeIn, rowSums, type Values } from './values.js';
import { haveSameShape, haveShapeOfIndices, type View } from './view.js';

/** What is wrong with labels, for the loss that takes them. */
export function labelFindings(view: View): Found[] {
  const broken = [notFinite(view), swapped(view), ofAnotherShape(view), outOfRange(view)].filter(
    (found) => found !== null,
  );
  if (broken.length > 0) return broken;
  return [severalClasses(view), constant(view), imbalanced(view)].filter((found) => found !== null);
}

/** Whether rows are 0 but for a single 1. */
export function areOneHot(values: Values): boolean {
  if ((values.shape.at(-1) ?? 1) < 2 || values.values.length === 0) return false;
  return firstOf(values, (x) => x !== 0 && x !== 1) === null && rowSums(values).every((sum) => sum === 1);
}

/** Whether all labels that count are 0 or 1. */
export const areZeroOrOne = ({ labels, counts }: View): boolean =>
  labels.values.length > 0 && firstOf(labels, (x) => counts(x) && x !== 0 && x !== 1) === null;

function notFinite({ labels, where, counts, loss }: View): Found | null {
  const isBad = (x: number): boolean => counts(x) && !Number.isFinite(x);
  const first = firstOf(labels, isBad);
  if (!first) return null;
  const count = countOf(labels, isBad);
  return {
    code: 'labels-not-finite',
    where,
    seen: `${count} of ${labels.values.length} labels are ${first.value}, the first at place ${first.at}.`,
    why: 'One such label makes the loss of its batch NaN, and from then on all weights.',
    change: `// leave those examples out, or, if they are missing labels:\nloss: ${loss}.with({ ignoreNaN: true })`,
  };
}

/** Labels that look like probabilities beside predictions that look like labels. */
function swapped(view: View): Found | null {
  const { labels, predictions, where, loss, ofLabels, squashing } = view;
  if (squashing || !haveSameShape(view) || ofLabels?.range === undefined) return null;
  const areSoft = firstOf(labels, (x) => x > 0 && x < 1) !== null && firstOf(labels, (x) => x < 0 || x > 1) === null;
  const areHard = predictions.values.length > 1 && firstOf(predictions, (x) => x !== 0 && x !== 1) === null;
  if (!areSoft || !areHard) return null;
  return {
    code: 'labels-swapped',
    where,
    seen: 'All predictions are 0 or 1, and the labels lie between.',
    why: 'Labels come first, predictions second: the loss takes each for the other, and its gradient goes to the labels.',
    change: `${loss}(labels, predictions)`,
  };
}

function ofAnotherShape(view: View): Found | null {
  const { labels, predictions, where, loss, ofLabels, facts, units, isPlain, counts } = view;
  const shapes = `labels have the shape [${labels.shape.join(', ')}], predictions [${predictions.shape.join(', ')}]`;
  const areWhole = firstOf(labels, (x) => counts(x) && !(Number.isInteger(x) && x >= 0)) === null;
  if (ofLabels?.name === 'classIndex') {
    if (!haveSameShape(view) || !areOneHot(labels)) return null;
    return {
      code: 'one-hot-labels-for-indices',
      where,
      seen: `The ${shapes}, and each row of labels is 0 but for a single 1.`,
      why: `${loss} expects the index of the class of each example, and takes 0 and 1 for indices.`,
      change: `y.argMax(-1) // in place of y\n// or keep y:\nloss: '${dense(loss)}'`,
    };
  }
  if (ofLabels === null || haveSameShape(view) || !isElementwise(view)) return null;
  if (haveShapeOfIndices(view) && areWhole) {
    if (facts.definition?.takesIndices && !isPlain) return null;
    return {
      code: 'indices-for-one-hot-labels',
      where,
      seen: `The ${shapes}, and labels are whole numbers from ${rangeIn(labels).join(' to ')}.`,
      why: `${loss} expects a number for each of the ${units} units, in the shape of the predictions.`,
      change:
        ofLabels.name === 'distribution'
          ? `loss: '${sparse(loss)}'\n// or keep the loss:\ntf.oneHot(tf.cast(y, 'int32').flatten(), ${units}) // in place of y`
          : `tf.oneHot(tf.cast(y, 'int32').flatten(), ${units}) // in place of y`,
    };
  }
  // Losses of this package know that a single unit needs no axis in the labels, unless it is a class.
  const isUnit = facts.definition !== null && ofLabels.name !== 'distribution';
  if (!isPlain && isUnit && haveSameShape(withoutUnitAxis(view))) return null;
  const sizes = [labels, predictions].map(({ shape }) => shape.reduce((product, n) => product * n, 1));
  const remedy =
    sizes[0] === sizes[1]
      ? `y.reshape([${[-1, ...predictions.shape.slice(1)].join(', ')}]) // in place of y`
      : predictions.shape.length > labels.shape.length
        ? 'tf.layers.flatten() // before the last layer, if an example has one label'
        : `tf.layers.dense({ units: ${labels.shape.at(-1) ?? 1} }) // as the last layer`;
  return {
    code: 'shapes-differ',
    where,
    seen: `The ${shapes}.`,
    why: `${loss} compares each label with the prediction in its place; a loss that broadcasts would compare each with all.`,
    change: remedy,
  };
}

/** Labels and predictions without an axis of size 1 at their end. */
const withoutUnitAxis = <V extends Pick<View, 'labels' | 'predictions'>>(view: V): V => {
  const { labels, predictions } = view;
  const cut = (values: Values): Values =>
    values.shape.at(-1) === 1 ? { ...values, shape: values.shape.slice(0, -1) } : values;
  return { ...view, labels: cut(labels), predictions: cut(predictions) };
};

/** Whether the loss compares labels and predictions place by place, or class by class. */
const isElementwise = ({ ofPredictions }: View): boolean =>
  ofPredictions !== null &&
  ['real', 'probability', 'distribution', 'logit', 'nonNegative'].includes(ofPredictions.name);

const sparse = (loss: string): string => `sparse${loss.charAt(0).toUpperCase()}${loss.slice(1)}`;

const dense = (loss: string): string => {
  const rest = loss.replace(/^sparse/, '');
  return `${rest.charAt(0).toLowerCase()}${rest.slice(1)}`;
};

function outOfRange(view: View): Found | null {
  const { labels, where, loss, ofLabels, units, counts, isPlain, kind } = view;
  if (ofLabels === null) return null;
  const counted = { values: Array.from(labels.values).filter((x) => counts(x)) };
  const [low, high] = rangeIn(counted);
  if (counted.values.length === 0) return null;
  const seen = `Labels go from ${short(low)} to ${short(high)}.`;
  if (kind === 'index' || ofLabels.name === 'classIndex') {
    if (ofLabels.name !== 'classIndex' && !haveShapeOfIndices(view)) return null;
    const odd = countOf(counted, (x) => !(Number.isInteger(x) && x >= 0 && x < units));
    if (odd === 0 || units === 1) return units === 1 ? ofOneUnit(view, low, high) : null;
    const areFromOne = low === 1 && high === units;
    return {
      code: 'labels-out-of-range',
      where,
      seen: `${seen} The output has ${units} units, for the classes 0 to ${units - 1}; ${odd} labels are none of them.`,
      why: 'A class that the output does not have gives NaN, or nothing to learn from.',
      change: areFromOne
        ? 'y.sub(1) // in place of y: classes count from 0'
        : low < 0 && countOf(counted, (x) => x < 0 && x !== low) === 0
          ? `loss: ${loss}.with({ ignoreIndex: ${low} }) // if ${low} marks what does not count`
          : `tf.layers.dense({ units: ${Math.floor(high) + 1}, activation: 'softmax' }) // as the last layer`,
    };
  }
  const { range, name } = ofLabels;
  if (name === 'hingeLabel' && isPlain && low === 0) {
    return {
      code: 'labels-out-of-range',
      where,
      seen,
      why: `${loss} of tfjs expects −1 and 1: a label of 0 gives the loss 1 whatever is predicted.`,
      change: 'y.mul(2).sub(1) // in place of y',
    };
  }
  if (!range || name === 'relevance') return null;
  const [least, most] = range;
  if (low >= least - 1e-3 && high <= most + 1e-3) return null;
  const areWhole = firstOf(counted, (x) => !Number.isInteger(x)) === null;
  const areBytes = low >= 0 && high <= 255 && high > 1 && (high === 255 || high > 127);
  const why = `${loss} expects ${ofLabels.expected}; beyond it the loss has no minimum, or falls below 0.`;
  if (areBytes && most === 1) {
    return { code: 'labels-0-255', where, seen, why, change: 'y.div(255) // in place of y' };
  }
  if (most === 1 && low >= 0 && high <= 1.001) return null;
  // Counts of each class are a distribution too.
  if (name === 'distribution' && low >= 0) return null;
  const areClasses = areWhole && low >= 0 && units === 1;
  const remedies = areClasses
    ? `tf.layers.dense({ units: ${high + 1}, activation: 'softmax' }) // as the last layer, and\nloss: 'sparseCategoricalCrossentropy'`
    : low === -1 && high === 1 && least === 0
      ? 'y.add(1).div(2) // in place of y'
      : `y.sub(${short(low)}).div(${short(high - low)}) // in place of y; or, for numbers without bounds,\nloss: 'meanSquaredError' // after a last layer without activation`;
  return { code: 'labels-out-of-range', where, seen, why, change: remedies };
}

/** Labels of 0 and 1 for a loss of classes, of which the output has one. */
function ofOneUnit({ where, loss, squashing }: View, low: number, high: number): Found | null {
  if (squashing === 'softmax') return null;
  return {
    code: 'labels-out-of-range',
    where,
    seen: `Labels go from ${low} to ${high}, and the output has a single unit.`,
    why: `${loss} wants a unit for each class: with one there is only the class 0.`,
    change:
      high <= 1
        ? "tf.layers.dense({ units: 1, activation: 'sigmoid' }) // as the last layer, and\nloss: 'binaryCrossentropy'"
        : `tf.layers.dense({ units: ${high + 1}, activation: 'softmax' }) // as the last layer`,
  };
}

function severalClasses(view: View): Found | null {
  const { labels, where, loss, ofLabels, squashing, kind, units } = view;
  if (!haveSameShape(view) || units < 2) return null;
  const isExclusive =
    ofLabels?.name === 'distribution' || (squashing === 'softmax' && ofLabels?.name === 'probability');
  if (!isExclusive || (kind !== 'perClass' && kind !== 'binary')) return null;
  const sums = rowSums(labels);
  const odd = sums.filter((sum) => Math.abs(sum - 1) > 1e-3);
  if (odd.length === 0) return null;
  const areMarks = areZeroOrOne(view);
  const most = Math.max(...odd);
  const seen = `${odd.length} of ${sums.length} rows of labels do not sum to 1: such sums go from ${short(Math.min(...odd))} to ${short(most)}.`;
  if (areMarks && most > 1) {
    return {
      code: 'softmax-for-several-classes',
      where,
      seen,
      why: 'An example may have several classes here, while the probabilities of a softmax share a sum of 1: it cannot give two of them more than a half.',
      change: `tf.layers.dense({ units: ${units}, activation: 'sigmoid' }) // as the last layer, and\nloss: 'binaryCrossentropy'`,
    };
  }
  return {
    code: 'label-rows-do-not-sum-to-1',
    where,
    seen,
    why: `${loss} weighs an example by the sum of its labels, and a row of zeros teaches nothing.`,
    change: 'y.div(y.sum(-1, true)) // in place of y',
  };
}

/** Whether all examples have the same labels. */
export function areConstant({ values, shape: [examples = 0] }: Values): boolean {
  if (examples < 4 || values.length === 0) return false;
  const size = values.length / examples;
  return firstOf({ values }, (x, i) => x !== values[i % size]) === null;
}

const namesOfVectors: ReadonlySet<string> = new Set(['group', 'embedding']);

function constant({ labels, where, ofLabels, counts }: View): Found | null {
  if (countOf(labels, counts) === 0) return null;
  if (!areConstant(labels) || (ofLabels && namesOfVectors.has(ofLabels.name))) return null;
  return {
    code: 'labels-constant',
    where,
    seen: `The labels of all ${labels.shape[0]} examples are the same, ${short(Number(labels.values[0]))}${labels.values.length > (labels.shape[0] ?? 1) ? ' and so on' : ''}.`,
    why: 'A constant fits them: nothing of the inputs is learned. Data that are sorted by class look so in each batch.',
    change: 'dataset.shuffle(1000).batch(32) // before the batches; or tf.util.shuffleCombo(xs, ys) of arrays',
  };
}

/** How often each class occurs, by index; null where labels do not name one class each. */
export function classCounts(view: View): number[] | null {
  const { kind, labels, units, counts } = view;
  if (kind === 'index') {
    const count = new Array<number>(units).fill(0);
    for (const x of Array.from(labels.values))
      if (counts(x) && Number.isInteger(x) && x >= 0 && x < units) count[x] = (count[x] as number) + 1;
    return count;
  }
  if (kind === 'perClass' && areOneHot(labels)) {
    const count = new Array<number>(units).fill(0);
    Array.from(labels.values).forEach((x, i) => (count[i % units] = (count[i % units] as number) + x));
    return count;
  }
  if (kind !== 'binary' || units !== 1) return null;
  const yes = countOf(labels, (x) => counts(x) && x > 0.5);
  return [countOf(labels, (x) => counts(x)) - yes, yes];
}

function imbalanced(view: View): Found | null {
  const { where, hasClassWeight, facts } = view;
  const weighsItself =
    facts.definition?.weighsEntries === true ||
    Object.entries(facts.options).some(([name, value]) => /weights?$/i.test(name) && value !== null && value !== 1);
  const count = hasClassWeight || weighsItself ? null : classCounts(view);
  if (!count) return null;
  const present = count.flatMap((n, index) => (n > 0 ? [{ n, index }] : []));
  const all = present.reduce((sum, { n }) => sum + n, 0);
  const [least, most] = [Math.min(...present.map(({ n }) => n)), Math.max(...present.map(({ n }) => n))];
  if (present.length < 2 || all < 50 || most < 10 * least) return null;
  const weights = present.map(({ n, index }) => `${index}: ${short(all / (present.length * n))}`).join(', ');
  const shares = present.map(({ n, index }) => `class ${index} ${percent(n / all)}`).slice(0, 6);
  return {
    code: 'labels-imbalanced',
    where,
    seen: `Of ${all} labels: ${shares.join(', ')}${present.length > 6 ? ', …' : ''}.`,
    why: `A model that always says class ${present.find(({ n }) => n === most)?.index} is right ${percent(most / all)} of the time, and the rare class has little say in the gradient.`,
    change: `classWeight: { ${weights} }, // in fit`,
  };
}
