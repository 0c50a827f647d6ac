import { customGrad, mul, util, where, zeros, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { checkValues, checkWeights } from './check.js';
import type { Definition } from './define.js';
import { fail, show } from './fail.js';
import { alignLeading, castTo, isOnHost, toArgument, type Argument } from './inputs.js';
import { admittedPositions, inRange, neutralize, validPositions } from './masking.js';
import { twiceDifferentiable } from './numerics.js';
import type { ResolvedCommon, TensorInput } from './options.js';
import { reduce, reducedShape, type Unreduced } from './reduce.js';
import type { BaseOption, ClassAxisOption } from './sharedOptions.js';
import { arrange, type Signature } from './signature.js';

/** Options that the core acts upon for the losses that have them. */
type SharedOptions = Partial<BaseOption & ClassAxisOption & { readonly ignoreIndex: number | null }>;

/**
 * From the caller's arguments to the reduced loss: convert and check, make what does not count harmless, apply the
 * formula, reduce. To be called inside `tidy`, so that nothing is left behind when it throws.
 */
export function evaluate<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Tensor {
  const { name: who, inputs: names = ['labels', 'predictions'] } = definition;
  const { reduction, validate } = options;
  const { axis = -1, ignoreIndex = null, base = Math.E } = options as SharedOptions;

  const given = names.map((name, i) => toArgument(who, name, args[i]));
  const shapes = given.map(({ tensor }) => tensor.shape);
  const { sizes, output, views } = arrange(who, names, signature, shapes, axis);
  const classes = sizes.get('C') ?? 0;
  const perAxis = tensorOptions(definition, options, { C: classes, last: output.at(-1) ?? 0 });
  const weights = options.weights === null ? null : toArgument(who, 'weights', options.weights);
  const factors = weights && castTo('real', alignLeading(who, weights, output));
  const mask = options.mask === null ? null : alignLeading(who, toArgument(who, 'mask', options.mask), output);
  if (util.sizeFromShape(output) === 0) {
    return nothing([...given, ...perAxis, ...(weights ? [weights] : [])], reducedShape(output, reduction));
  }
  if (given.some(({ tensor }) => tensor.size === 0)) fail(who, `${names.join(' and ')} have an empty axis`);

  const domains = definition.domains(options);
  const inputs = given.map((argument, i) => ({
    ...argument,
    domain: domains[i] ?? 'real',
    tensor: views[i]?.(argument.tensor) ?? argument.tensor,
  }));
  const valid = validPositions(mask, inputs[0]?.tensor, ignoreIndex);
  // A weight where nothing counts may be anything, NaN too.
  const safeFactors = factors && twiceDifferentiable(valid ? where(valid, factors, 1) : factors);

  const isFree = ({ readable }: Argument): boolean => validate ?? readable;
  for (const option of perAxis.filter(isFree)) checkWeights(who, option);
  if (weights && safeFactors && isFree(weights)) {
    checkWeights(who, valid ? { name: 'weights', tensor: safeFactors } : weights);
  }
  // Class indices are few: looking at them is free wherever they can be read. Other inputs are looked at on demand.
  const isIndexFree = (input: Argument): boolean => validate ?? (input.readable && (valid === null || isOnHost()));
  const checked = inputs.filter((input) => (input.domain === 'classIndex' ? isIndexFree(input) : validate));
  for (const input of checked) checkValues(who, input, { classes, valid });

  const tensors = inputs.map(({ tensor, domain }) => twiceDifferentiable(castTo(domain, tensor)));
  const read = {
    ...options,
    ...Object.fromEntries(perAxis.map(({ name, tensor }) => [name, twiceDifferentiable(castTo('real', tensor))])),
  };
  const lossWhere = (admitted: Tensor | null): Unreduced => {
    const safe = tensors.map((tensor, i) => [names[i], neutralize(tensor, domains[i] ?? 'real', admitted)]);
    const result = definition.formula(Object.fromEntries(safe) as Record<string, Tensor>, read);
    return 'values' in result ? result : { values: result };
  };
  const { values, mass = null } = lossWhere(
    safeFactors && mayHoldZero(safeFactors)
      ? admittedPositions(valid, safeFactors, tensors, (admitted) => lossWhere(admitted).values)
      : valid,
  );
  const unchecked = inputs.find((input) => input.domain === 'classIndex' && !checked.includes(input));
  const known = unchecked ? where(inRange(unchecked.tensor, classes), values, NaN) : values;
  const losses = base === Math.E ? known : mul(known, 1 / Math.log(base));
  return reduce({ values: losses, mass }, { weights: safeFactors, valid, reduction });
}

/** Options that hold one number per class, or per entry of the last axis; a single number needs no tensor. */
function tensorOptions<O extends object>(
  { name: who, options: schema }: Definition<O>,
  options: O,
  sizes: { readonly C: number; readonly last: number },
): Argument[] {
  return (Object.keys(schema) as (keyof O & string)[]).flatMap((name) => {
    const { along } = schema[name][1];
    const value = options[name];
    if (!along || value === null || typeof value === 'number') return [];
    const argument = toArgument(who, name, value as TensorInput);
    const { rank, shape, size } = argument.tensor;
    const fits = (rank === 0 && along === 'last') || (rank === 1 && size === sizes[along]);
    if (!fits) fail(who, `${name} has shape ${show(shape)}; expected ${show([sizes[along]])}`);
    return [argument];
  });
}

/** Whether a weight may be 0: where that cannot be seen for free, it may. */
const mayHoldZero = (weights: Tensor): boolean => !isOnHost() || weights.dataSync().includes(0);

/** The value of an empty batch: zeros, with gradients of zero, so that a training step on it does nothing. */
function nothing(given: readonly Argument[], shape: number[]): Tensor {
  return customGrad((...args) => {
    const [inputs, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    save(inputs);
    return { value: zeros(shape), gradFunc: (_: Tensor, saved: Tensor[]) => saved.map((input) => zerosLike(input)) };
  })(...given.map(({ tensor }) => tensor));
}
