import { type Found, short } from './finding.js';
import type { ReadVariable } from './layerFindings.js';
import type { Stats } from './stats.js';

const largest = ({ min, max }: Stats): number => Math.max(-min, max);

/** What is wrong with the gradients of variables, which come in the order in which their layers are run. */
export function gradientFindings(variables: readonly ReadVariable[]): Found[] {
  const trained = variables.filter(({ isTrained, isUsed }) => isTrained && isUsed);
  const bad = trained.find(({ gradient }) => gradient !== null && gradient.bad > 0);
  if (bad) return [notFinite(bad)];
  return [...unreached(trained), ...(zero(trained) ?? uneven(trained))];
}

const whereOf = ({ layer, name }: ReadVariable): Found['where'] => ({
  ...(layer !== null && { layer }),
  variable: name,
});

const notFinite = (variable: ReadVariable): Found => ({
  code: 'gradient-not-finite',
  where: whereOf(variable),
  seen: `${variable.gradient?.bad} of ${variable.gradient?.size} numbers of its gradient are NaN or infinite, while the loss is finite.`,
  why: 'The next step makes the weights NaN. A square root or a logarithm at 0, or a division 0 ÷ 0, has such a derivative.',
  change: '// in a loss of your own: tf.sqrt(x.add(1e-7)), tf.log(x.add(1e-7)), tf.divNoNan(a, b)',
});

function unreached(trained: readonly ReadVariable[]): Found[] {
  const none = trained.filter(({ gradient }) => gradient === null);
  const [first] = none;
  if (!first) return [];
  return [
    {
      code: 'variable-without-gradient',
      where: whereOf(first),
      seen: `No gradient reaches ${none.length} of ${trained.length} variables${
        none.length > 1
          ? `: ${none
              .slice(0, 3)
              .map(({ name }) => name)
              .join(', ')}${none.length > 3 ? ', …' : ''}`
          : ''
      }.`,
      why: 'The loss does not depend on them, or by an operation only that has no derivative (argMax, round, a comparison, reading values).',
      change: '// connect the layer to an output that has a loss, and compute with differentiable operations only',
    },
  ];
}

const isZero = ({ gradient }: ReadVariable): boolean => gradient !== null && gradient.min === 0 && gradient.max === 0;

/** A gradient that is exactly 0 from a layer on back; null where it is not. */
function zero(trained: readonly ReadVariable[]): Found[] | null {
  const reached = trained.filter(({ gradient }) => gradient !== null);
  const [first] = reached;
  if (!first || !isZero(first)) return null;
  const alive = reached.findIndex((variable) => !isZero(variable));
  // A kernel of zeros that learns lets the gradient through after a step.
  if (
    alive >= 0 &&
    reached
      .slice(alive)
      .some(({ value, shape, gradient }) => shape.length > 1 && value.min === 0 && value.max === 0 && gradient)
  ) {
    return [];
  }
  const last = reached[(alive < 0 ? reached.length : alive) - 1] as ReadVariable;
  return [
    {
      code: 'gradient-zero',
      where: alive < 0 ? {} : whereOf(last),
      seen:
        alive < 0
          ? `The gradients of all ${reached.length} variables are exactly 0.`
          : `The gradient is exactly 0 in ${alive} variables up to this one, and not in the ${reached.length - alive} after it.`,
      why: 'What has no gradient does not learn: something after it is constant, at its bound, or dead.',
      change: '// see the findings above; if there are none, look for a relu, a clip or a round in between',
    },
  ];
}

/** How much smaller or larger gradients may be in the first layers than in the last. */
const APART = 1e4;

function uneven(trained: readonly ReadVariable[]): Found[] {
  const kernels = trained.filter(({ shape, gradient }) => shape.length > 1 && gradient !== null);
  const sizes = kernels.map(({ gradient }) => largest(gradient as Stats));
  const [first, last] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  if (kernels.length < 3 || first === 0 || last === 0) return [];
  const ratio = first / last;
  if (ratio < APART && ratio > 1 / APART) return [];
  const isVanishing = ratio < 1;
  const steps = sizes
    .slice(1)
    .map((size, i) => (isVanishing ? size / (sizes[i] as number) : (sizes[i] as number) / size));
  const worst = steps.indexOf(Math.max(...steps));
  const at = kernels[isVanishing ? worst + 1 : worst] as ReadVariable;
  const seen = `The largest gradient of the first layer, ${kernels[0]?.layer}, is ${short(first)}, that of the last, ${kernels.at(-1)?.layer}, ${short(last)}; it changes most at ${at.layer}.`;
  return [
    isVanishing
      ? {
          code: 'gradient-vanishing',
          where: whereOf(kernels[0] as ReadVariable),
          seen,
          why: `The first layers learn ${short(1 / ratio)} times as slowly as the last: sigmoids and tanhs one after the other multiply slopes below 1.`,
          change:
            "activation: 'relu', kernelInitializer: 'heNormal', // in hidden layers, or tf.layers.batchNormalization() between",
        }
      : {
          code: 'gradient-exploding',
          where: whereOf(at),
          seen,
          why: `A rate that is right for the last layer is ${short(ratio)} times too large for the first.`,
          change:
            "kernelInitializer: 'glorotUniform', // and inputs of the size 1, or tf.layers.batchNormalization() between",
        },
  ];
}
