import { customGrad, mul, util, where, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { checkValues, checkWeights } from './check.js';
import type { Definition } from './define.js';
import { fail, show } from './fail.js';
import { alignLeading, castTo, toArgument, type Argument } from './inputs.js';
import { twiceDifferentiable } from './numerics.js';
import { admittedPositions, inRange, neutralize, validPositions } from './masking.js';
import type { ResolvedCommon, TensorInput } from './options.js';
import { reduce } from './reduce.js';
import { arrange, parseSignature } from './signature.js';

/** Options that the core acts upon for the losses that have them. */
interface SharedOptions {
  readonly axis?: number | readonly number[];
  readonly ignoreIndex?: number | null;
  readonly base?: number;
}

/**
 * From the caller's arguments to the reduced loss: convert and check, make what is masked harmless, apply the
 * formula, reduce. To be called inside `tidy`, so that nothing is left behind when it throws.
 */
export function evaluate<O extends object>(
  definition: Definition<O>,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Tensor {
  const { name: who, inputs: names = ['labels', 'predictions'] } = definition;
  const { reduction, validate } = options;
  const { axis = -1, ignoreIndex = null, base = Math.E } = options as SharedOptions;

  const given = names.map((name, i) => toArgument(who, name, args[i]));
  const shapes = given.map(({ tensor }) => tensor.shape);
  const { sizes, output, views } = arrange(who, names, parseSignature(definition.signature), shapes, axis);
  const classes = sizes.get('C') ?? 0;
  const read = tensorOptions(definition, options, { C: classes, last: output.at(-1) ?? 1 });
  const weights = leading(who, 'weights', options.weights, output);
  const mask = leading(who, 'mask', options.mask, output);
  if (util.sizeFromShape(output) === 0) return nothing(given, keepsAxes(reduction) ? output : []);
  if (given.some(({ tensor }) => tensor.size === 0)) fail(who, `${names.join(' and ')} have an empty axis`);

  const domains = definition.domains(options);
  const inputs = given.map((argument, i) => ({
    ...argument,
    domain: domains[i] ?? 'real',
    tensor: views[i]?.(argument.tensor) ?? argument.tensor,
  }));
  const valid = validPositions(mask?.tensor, inputs[0]?.tensor, ignoreIndex);
  const isChecked = ({ readable }: Argument): boolean => validate ?? readable;
  if (weights && isChecked(weights)) checkWeights(who, weights);
  // Class indices are few: looking at them is free wherever they can be read. Other inputs only on demand.
  const checked = inputs.filter((input) => (input.domain === 'classIndex' ? isChecked(input) : validate));
  for (const input of checked) checkValues(who, input, { classes, valid });

  const factors = weights && castTo('real', weights.tensor);
  const tensors = inputs.map(({ tensor, domain }) => twiceDifferentiable(castTo(domain, tensor)));
  const admitted = admittedPositions(valid, factors, tensors, output.length);
  const safe = names.map((name, i) => [name, neutralize(tensors[i] as Tensor, domains[i] ?? 'real', admitted)]);

  const result = definition.formula(Object.fromEntries(safe) as Record<string, Tensor>, read);
  const { values, mass = null } = 'values' in result ? result : { values: result };
  const unchecked = inputs.find((input) => input.domain === 'classIndex' && !checked.includes(input));
  const known = unchecked ? where(inRange(unchecked.tensor, classes), values, NaN) : values;
  const losses = base === Math.E ? known : mul(known, 1 / Math.log(base));
  return reduce({ values: losses, mass }, { weights: factors, valid, reduction });
}

const keepsAxes = (reduction: string): boolean => reduction === 'none' || reduction === 'perExample';

function leading(who: string, name: string, value: TensorInput | null, shape: readonly number[]): Argument | null {
  if (value === null) return null;
  const argument = toArgument(who, name, value);
  return { ...argument, tensor: alignLeading(who, argument, shape) };
}

/** Options that hold one number per class (or per entry of the last axis), as float32 tensors of that size. */
function tensorOptions<O extends object>(
  { name: who, options: schema }: Definition<O>,
  options: O,
  sizes: { C: number; last: number },
): O {
  const read: O = { ...options };
  for (const name of Object.keys(schema) as (keyof O & string)[]) {
    const { along } = schema[name][1];
    const value = options[name];
    if (!along || value === null || typeof value === 'number') continue;
    const { tensor } = toArgument(who, name, value as TensorInput);
    if (tensor.rank !== 1 || tensor.size !== sizes[along]) {
      fail(who, `${name} has shape ${show(tensor.shape)}; expected ${show([sizes[along]])}`);
    }
    read[name] = castTo('real', tensor) as O[typeof name];
  }
  return read;
}

/** The value of an empty batch: zeros, with zero gradients, so that a training step on it does nothing. */
function nothing(given: readonly Argument[], shape: number[]): Tensor {
  const tensors = given.map(({ tensor }) => tensor);
  const shapes = tensors.map((tensor) => tensor.shape);
  return customGrad(() => ({ value: zeros(shape), gradFunc: () => shapes.map((own) => zeros(own)) }))(...tensors);
}
