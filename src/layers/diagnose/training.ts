import type { InnerLayer } from '../internals.js';
import { makerOf, within } from '../containers.js';
import { isResolvedByLoss } from '../metrics.js';
import { type Found, short } from './finding.js';
import { rateOf } from './measure.js';
import type { Subject } from './subject.js';
import { countOf } from './values.js';
import { haveSameShape, type View } from './view.js';

/** What is wrong with how the model is trained, whatever the data are. */
export function trainingFindings(subject: Subject): Found[] {
  return [
    rate(subject),
    frozen(subject),
    ...unfrozen(subject),
    ...atTheEnd(subject),
    ...dropouts(subject),
    ...lossWeights(subject),
  ].filter((found) => found !== null);
}

function rate({ model }: Subject): Found | null {
  const own = rateOf(model.optimizer);
  if (own === null || (own > 0 && own < Infinity)) return null;
  const name = model.optimizer.getClassName();
  return {
    code: 'learning-rate-zero',
    where: {},
    seen: `The learning rate of ${name} is ${own}.`,
    why: own < 0 ? 'Each step goes up the loss, not down.' : 'No step changes a weight to a useful number.',
    change: `optimizer: tf.train.${name.toLowerCase()}(${name === 'Adam' ? 0.001 : 0.01}${name === 'Momentum' ? ', 0.9' : ''})`,
  };
}

const isTrainable = (layer: InnerLayer): boolean => layer.trainable;

function frozen({ variables, parts }: Subject): Found | null {
  if (variables.length > 0) return null;
  const withWeights = [...parts.all].filter(({ weights, layers }) => weights.length > 0 && !layers);
  return {
    code: 'nothing-trainable',
    where: {},
    seen:
      withWeights.length === 0
        ? 'The model has no weights.'
        : `None of the ${withWeights.length} layers with weights is trainable${withWeights.every(isTrainable) ? ' as the model was compiled' : ''}.`,
    why: 'An optimizer has nothing to change: the loss stays as it is.',
    change: 'model.layers.at(-1).trainable = true; // or of each layer that is to learn, and compile again after it',
  };
}

/** Layers that could learn now, and could not when the model was compiled. */
function unfrozen({ variables, parts }: Subject): Found[] {
  const trained = new Set(variables);
  const frozenNow = new Set([...parts.all].filter((layer) => !layer.trainable).flatMap((layer) => [...within(layer)]));
  const late = [...parts.all].filter(
    (layer) =>
      !layer.layers &&
      !frozenNow.has(layer) &&
      layer.weights.some(
        (weight) =>
          (weight as { readonly trainable?: boolean }).trainable === true && !trained.has(weight.read() as never),
      ),
  );
  if (late.length === 0 || variables.length === 0) return [];
  const names = late.map(({ name }) => name);
  return [
    {
      code: 'frozen-at-compile',
      where: { layer: names[0] as string },
      seen: `${late.length} layer${late.length > 1 ? 's are' : ' is'} trainable now, and ${late.length > 1 ? 'were' : 'was'} frozen when the model was compiled: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}.`,
      why: 'A change of trainable counts from the next compile on.',
      change: 'compile(model, { optimizer, loss }); // again, after trainable was changed',
    },
  ];
}

/** Noise in what is compared with the labels. */
function atTheEnd({ model }: Subject): Found[] {
  return model.outputs.flatMap((output): Found[] => {
    const { rate: share, name, weights } = makerOf(output, model) as InnerLayer & { readonly rate?: unknown };
    if (typeof share !== 'number' || share <= 0 || weights.length > 0) return [];
    return [
      {
        code: 'dropout-at-the-end',
        where: { layer: name },
        seen: `The last layer drops ${short(100 * share)} % of the predictions in training.`,
        why: 'Predictions that are set to 0 are wrong whatever the model has learned.',
        change: '// the dropout before the last layer with weights, not after it',
      },
    ];
  });
}

function dropouts({ parts }: Subject): Found[] {
  return [...parts.all].flatMap((layer) => {
    const { rate: share } = layer as unknown as { readonly rate?: unknown };
    if (typeof share !== 'number' || share < 0.9) return [];
    return [
      {
        code: 'dropout-too-high' as const,
        where: { layer: layer.name },
        seen: `The rate is ${short(share)}.`,
        why:
          share >= 1
            ? 'The rate is the share that is dropped, not the one that is kept: 1 would leave nothing, and tfjs then leaves everything.'
            : `The rate is the share that is dropped: ${short(100 - 100 * share)} % of the units are left in a step, ${short(1 / (1 - share))} times as large.`,
        change: 'tf.layers.dropout({ rate: 0.3 })',
      },
    ];
  });
}

function lossWeights({ terms }: Subject): Found[] {
  const odd = terms.filter(({ lossWeight }) => !(lossWeight >= 0));
  const areZero = terms.length > 0 && terms.every(({ lossWeight }) => lossWeight === 0);
  return (areZero ? terms : odd).map(({ name, lossWeight }): Found => {
    return {
      code: 'loss-weight-not-positive',
      where: { output: name },
      seen: `The loss counts ${lossWeight} times.`,
      why: lossWeight < 0 ? 'Training makes this loss as large as it can.' : 'No loss counts: the gradient is 0.',
      change: `lossWeights: { ${name}: 1 }, // in compile`,
    };
  });
}

/** Metrics of classes for numbers that are no classes. */
export function metricFindings(view: View, metrics: readonly string[]): Found[] {
  const { ofLabels, labels, where } = view;
  const name = metrics.find((metric) => isResolvedByLoss(metric));
  if (name === undefined || ofLabels?.name !== 'real' || !haveSameShape(view)) return [];
  const odd = countOf(labels, (x) => x !== 0 && x !== 1);
  if (odd < labels.values.length / 2) return [];
  return [
    {
      code: 'metric-does-not-fit',
      where,
      seen: `The metric is ${name}, and ${odd} of ${labels.values.length} labels are numbers other than 0 and 1.`,
      why: 'It counts how often a class is right: of numbers to be regressed it stays near 0, however good the model is.',
      change: "metrics: ['mae'],",
    },
  ];
}
