import { type Found, percent, short } from './finding.js';
import type { Stats } from './stats.js';

/** A layer as it was run, read. */
export interface ReadLayer {
  readonly name: string;
  readonly className: string;
  readonly activation: string | null;
  readonly input: Stats;
  readonly output: Stats;
  readonly inputShape: readonly number[];
  readonly shape: readonly number[];
  /** The shape of the first variable with two axes or more; null if there is none. */
  readonly kernel: readonly number[] | null;
  /** The names of the layers whose outputs it takes. */
  readonly takes: readonly string[];
  /** Whether an output of the model comes from it. */
  readonly isLast: boolean;
}

/** A variable and its gradient, read. */
export interface ReadVariable {
  readonly name: string;
  readonly layer: string | null;
  readonly shape: readonly number[];
  readonly isTrained: boolean;
  /** Whether an output that has a loss is made with it. */
  readonly isUsed: boolean;
  readonly value: Stats;
  readonly gradient: Stats | null;
  /** Whether its units, and those of its gradient, are all the same. */
  readonly areSame: boolean;
}

/** What is wrong in the layers between inputs and outputs. */
export function layerFindings(
  layers: readonly ReadLayer[],
  variables: readonly ReadVariable[],
  isHalf: boolean,
): Found[] {
  const beyond = isHalf ? overflowing(layers) : null;
  if (beyond) return [beyond];
  const bad = badWeights(variables) ?? firstBad(layers);
  if (bad) return [bad];
  return [
    ...unscaledWeights(layers, variables),
    ...unscaled(layers),
    ...same(variables),
    ...dead(layers),
    ...saturated(layers),
    ...softmaxBetween(layers),
  ];
}

const HALF = 65504;

/** Scores and features that half precision cannot hold. */
function overflowing(layers: readonly ReadLayer[]): Found | null {
  const first = layers.find(({ output }) => output.bad > 0 || Math.max(-output.min, output.max) >= 0.9 * HALF);
  if (!first || first.input.bad > 0) return null;
  return {
    code: 'half-precision',
    where: { layer: first.name },
    seen: `The output goes from ${short(first.output.min)} to ${short(first.output.max)}, ${first.output.bad} of ${first.output.size} numbers not finite.`,
    why: `This device keeps numbers in float16, up to ${HALF}: beyond it sums and losses are cut off or NaN.`,
    change: `tf.layers.batchNormalization() // after the layer ${JSON.stringify(first.name)}, or inputs divided by their size`,
  };
}

function badWeights(variables: readonly ReadVariable[]): Found | null {
  const bad = variables.filter(({ value }) => value.bad > 0);
  const [first] = bad;
  if (!first) return null;
  return {
    code: 'weights-not-finite',
    where: { ...(first.layer !== null && { layer: first.layer }), variable: first.name },
    seen: `${first.value.bad} of ${first.value.size} numbers are NaN or infinite${bad.length > 1 ? `, and some of ${bad.length - 1} other variables` : ''}.`,
    why: 'What is computed with them is NaN: the model cannot recover from an earlier step that broke it.',
    change: '// make the model anew, and look at the loss of its first steps, or:\noptimizer: tf.train.adam(0.0001)',
  };
}

function firstBad(layers: readonly ReadLayer[]): Found | null {
  const first = layers.find(({ output }) => output.bad > 0);
  if (!first) return null;
  const { name, className, output, input, activation } = first;
  return {
    code: 'layer-not-finite',
    where: { layer: name },
    seen: `${output.bad} of ${output.size} numbers of this ${className} are NaN or infinite; ${input.bad > 0 ? `${input.bad} of ${input.size} of its inputs are` : `its inputs go from ${short(input.min)} to ${short(input.max)}`}.`,
    why: 'All that comes after it is NaN, and so are loss and gradient.',
    change:
      input.bad > 0
        ? '// leave such examples out: NaN among the inputs'
        : `${activation !== null && activation !== 'linear' ? `// the activation ${activation} of so large numbers; ` : ''}tf.layers.batchNormalization() // before the layer, or smaller inputs and weights`,
  };
}

/** Inputs that reach a kernel as they come, far from the size for which its initializer is made. */
function unscaled(layers: readonly ReadLayer[]): Found[] {
  const first = layers.find(({ kernel }) => kernel !== null);
  if (!first?.kernel) return [];
  const { kernel, inputShape, input, name, className } = first;
  // Indices into a table are no numbers to be multiplied.
  if (inputShape.at(-1) !== kernel.at(-2) || className === 'Embedding') return [];
  const size = Math.max(-input.min, input.max);
  const isLarge = input.rms > 15 || size > 100;
  const isSmall = size < 0.02 && size > 0;
  if (!isLarge && !isSmall) return [];
  const areBytes = input.min >= 0 && input.max <= 255 && input.max > 100;
  return [
    {
      code: 'inputs-unscaled',
      where: { layer: name },
      seen: `The first layer with weights is given numbers from ${short(input.min)} to ${short(input.max)}, ${short(input.rms)} in size.`,
      why: isLarge
        ? 'Weights are made for inputs of the size 1: sums are large, activations at their bounds or dead, and a step that is right for one weight is too long for others.'
        : 'Weights are made for inputs of the size 1: sums are next to 0 for all examples, and the gradient is as small.',
      change: areBytes
        ? 'x.div(255) // in place of x'
        : 'x.sub(mean).div(std) // in place of x, with const { mean, variance } = tf.moments(x, 0); const std = variance.sqrt()',
    },
  ];
}

/** Whether a layer multiplies its inputs by a kernel, rather than looks them up. */
const isMultiplied = ({ kernel, inputShape, className }: ReadLayer): boolean =>
  kernel !== null && inputShape.at(-1) === kernel.at(-2) && className !== 'Embedding';

/** Kernels that make sums of their inputs far larger, or far smaller, than the inputs are. */
function unscaledWeights(layers: readonly ReadLayer[], variables: readonly ReadVariable[]): Found[] {
  for (const layer of layers.filter(isMultiplied)) {
    const own = variables.find(({ layer: name, shape }) => name === layer.name && shape.length > 1);
    if (!own) continue;
    const fan = own.value.size / (own.shape.at(-1) ?? 1);
    const gain = own.value.rms * Math.sqrt(fan);
    if (gain === 0 || (gain < 30 && gain > 1e-3)) continue;
    return [
      {
        code: 'weights-unscaled',
        where: { layer: layer.name, variable: own.name },
        seen: `Its ${own.value.size} weights have the size ${short(own.value.rms)}: sums of ${fan} inputs are ${short(gain)} times as large as these.`,
        why:
          gain > 1
            ? 'What comes after it is at its bounds, and a step is too short or too long for it.'
            : 'What comes after it is nearly the same for all examples, and next to no gradient gets through.',
        change: "kernelInitializer: 'glorotUniform', // the default, which keeps the size",
      },
    ];
  }
  return [];
}

/** A softmax that is multiplied by the kernel of the next layer. */
function softmaxBetween(layers: readonly ReadLayer[]): Found[] {
  const at = layers.findIndex((layer, i) => {
    const next = layers[i + 1];
    return (
      layer.activation === 'softmax' &&
      !layer.isLast &&
      layer.kernel !== null &&
      next !== undefined &&
      isMultiplied(next) &&
      next.takes.includes(layer.name)
    );
  });
  const found = layers[at];
  if (!found) return [];
  return [
    {
      code: 'softmax-between',
      where: { layer: found.name },
      seen: `The hidden layer ${JSON.stringify(found.name)} ends in a softmax over its ${found.output.units} units, ${short(found.output.mean)} each on average.`,
      why: 'Its outputs share a sum of 1: the next layer is given small numbers that hardly differ, and the gradient is as small.',
      change: "activation: 'relu', // in hidden layers; softmax in the last one only",
    },
  ];
}

/** Layers without activation one after the other: `bend` is how far the model is from a linear one whose scores change by `size`. */
export function bendFindings(bend: number, size: number, layers: readonly ReadLayer[]): Found[] {
  const kernels = layers.filter(isMultiplied);
  if (kernels.length < 2 || !(bend < 1e-3 * size)) return [];
  return [
    {
      code: 'model-is-linear',
      where: { layer: (kernels[0] as ReadLayer).name },
      seen: `The scores before the last activation are a linear function of the inputs, although ${kernels.length} layers multiply by weights.`,
      why: 'Layers without activation between them are together a single one: what is not linear (XOR, circles, images) is not learned.',
      change: "activation: 'relu', // in hidden layers",
    },
  ];
}

/** Penalties of regularizers beside the loss. */
export function penaltyFindings(penalty: number, loss: number): Found[] {
  if (!(penalty > 20 * Math.max(Math.abs(loss), 1e-3))) return [];
  return [
    {
      code: 'penalty-dominates',
      where: {},
      seen: `The penalties of regularizers are ${short(penalty)}, the loss of the data is ${short(loss)}.`,
      why: 'Training makes the weights small rather than the predictions right: they end as a constant.',
      change: 'kernelRegularizer: tf.regularizers.l2({ l2: 0.0001 }),',
    },
  ];
}

/** Outputs that grow from layer to layer, of a model whose loss is far above that of a constant. */
export function growthFindings(layers: readonly ReadLayer[]): Found[] {
  const kernels = layers.filter(isMultiplied);
  const [first, last] = [kernels[0], kernels.at(-1)];
  if (!first || !last || kernels.length < 3 || !(last.output.rms > 1e3 * first.output.rms)) return [];
  const gainOf = ({ input, output }: ReadLayer): number => output.rms / Math.max(input.rms, 1e-30);
  const worst = kernels.reduce((a, b) => (gainOf(b) > gainOf(a) ? b : a));
  return [
    {
      code: 'gradient-exploding',
      where: { layer: worst.name },
      seen: `Outputs have the size ${short(first.output.rms)} in the first layer, ${JSON.stringify(first.name)}, and ${short(last.output.rms)} in the last; this layer makes them ${short(gainOf(worst))} times as large.`,
      why: 'The gradient grows by the same factors on its way back.',
      change: "kernelInitializer: 'glorotUniform', // the default; or tf.layers.batchNormalization() between",
    },
  ];
}

/** Units that are the same, and stay so. */
function same(variables: readonly ReadVariable[]): Found[] {
  const found = variables.find(({ areSame, isTrained, shape }) => areSame && isTrained && (shape.at(-1) ?? 1) > 1);
  if (!found) return [];
  const { name, layer, shape, value } = found;
  return [
    {
      code: 'units-identical',
      where: { ...(layer !== null && { layer }), variable: name },
      seen: `The weights of all ${shape.at(-1)} units are the same${value.min === value.max ? `, all of them ${short(value.min)}` : ''}, and so are their gradients.`,
      why: 'Units that are the same get the same steps: the layer is and stays a single unit.',
      change: "kernelInitializer: 'glorotUniform', // the default, in place of a constant",
    },
  ];
}

const isRectifier = ({ activation, className }: ReadLayer): boolean =>
  activation === 'relu' || activation === 'relu6' || className === 'ReLU' || className === 'ThresholdedReLU';

function dead(layers: readonly ReadLayer[]): Found[] {
  const found = layers.find(
    ({ output, shape, ...layer }) =>
      isRectifier({ output, shape, ...layer }) &&
      (shape[0] ?? 0) >= 8 &&
      output.units > 1 &&
      output.dead >= 0.9 * output.units,
  );
  const ofOne = layers.find(
    (layer) => isRectifier(layer) && (layer.shape[0] ?? 0) >= 8 && layer.output.units === 1 && layer.output.dead === 1,
  );
  const layer = found ?? ofOne;
  if (!layer) return [];
  const { name, output, shape } = layer;
  return [
    {
      code: 'units-dead',
      where: { layer: name },
      ...(output.dead < output.units && { severity: 'warning' as const }),
      seen: `${short(output.dead)} of ${output.units} units give 0 for all ${shape[0]} examples; ${percent(output.zeros)} of the outputs are 0.`,
      why: 'A relu that gives 0 has the gradient 0: such a unit does not learn, and nothing before it learns through it.',
      change:
        "activation: 'elu', kernelInitializer: 'heNormal', biasInitializer: 'zeros', // and a smaller learning rate",
    },
  ];
}

function saturated(layers: readonly ReadLayer[]): Found[] {
  const shareOf = ({ activation, output }: ReadLayer): number => {
    if (activation === 'tanh') return output.atSigns;
    return activation === 'sigmoid' || activation === 'hardSigmoid' ? output.atBounds : 0;
  };
  const found = layers.find((layer) => !layer.isLast && shareOf(layer) > 0.9);
  if (!found) return [];
  return [
    {
      code: 'layer-saturated',
      where: { layer: found.name },
      seen: `${percent(shareOf(found))} of its outputs lie within 0.01 of the bounds of ${found.activation}; its inputs go from ${short(found.input.min)} to ${short(found.input.max)}.`,
      why: 'There the slope is next to 0: nothing before this layer learns.',
      change: `tf.layers.batchNormalization() // before the layer ${JSON.stringify(found.name)}, or smaller inputs and weights`,
    },
  ];
}
