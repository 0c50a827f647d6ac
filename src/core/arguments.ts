import { util, where, type Tensor } from '@tensorflow/tfjs-core';
import { checkEntries, checkValues, checkWeights } from './check.js';
import type { Definition } from './define.js';
import type { Domain } from './domain.js';
import { fail, show } from './fail.js';
import { alignLeading, castTo, isOnHost, toArgument, type Argument } from './inputs.js';
import { ofRank, validPositions } from './masking.js';
import { twiceDifferentiable } from './numerics.js';
import type { ResolvedCommon, TensorInput } from './options.js';
import type { ClassAxisOption } from './sharedOptions.js';
import { arrange, isPrefix, type Signature } from './signature.js';

/** An input in the form in which a formula is written. */
export interface Input {
  readonly name: string;
  readonly tensor: Tensor;
  readonly domain: Domain;
  /** Its leading axes are those that a mask removes positions of; the weights of a layer, say, have others. */
  readonly isPerPosition: boolean;
  /** Class indices that have been looked at, or labels of another kind. */
  readonly isInRange: boolean;
}

/** What a call of a loss comes to, once it is converted and checked. */
export interface Prepared<O> {
  /** All that came as a tensor or an array. */
  readonly given: readonly Tensor[];
  readonly inputs: readonly Input[];
  readonly options: O & ResolvedCommon;
  readonly classes: number;
  /** Labels came as class indices where the formula takes one number per class. */
  readonly isSparse: boolean;
  /** Shape of the unreduced result. */
  readonly output: number[];
  /** Whether the result has a value for each leading part of what a mask removes, or for each position itself. */
  readonly isLeading: boolean;
  readonly isEmpty: boolean;
  /** Which positions count, with axes of size 1 where all do. Null: all. */
  readonly valid: Tensor | null;
  /** Broadcast against the result. */
  readonly weights: Tensor | null;
}

/** Options that the core acts upon for the losses that have them. */
type SharedOptions = Partial<ClassAxisOption & { readonly ignoreIndex: number | null }>;

export function prepare<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Prepared<O> {
  const { name: who, inputs: names = ['labels', 'predictions'], options: schema } = definition;
  const { ignoreIndex = null, ...shared } = options as SharedOptions;
  const axis = (schema as { axis?: readonly [unknown, { isClassAxis?: true }] }).axis?.[1].isClassAxis
    ? (shared.axis ?? -1)
    : -1;

  const came = names.map((name, i) => toArgument(who, name, args[i]));
  const changed = definition.shift?.(
    came.map(({ tensor }) => tensor),
    options,
  );
  const given = came.map((argument, i) => ({ ...argument, tensor: changed?.[i] ?? argument.tensor }));
  const shapes = given.map(({ tensor }) => tensor.shape);
  const { takesIndices = null } = definition;
  const hasIntegers = given[0]?.tensor.dtype === 'int32';
  const plan = arrange(who, signature, { names, shapes, axis, takesIndices, hasIntegers });
  const { output, positions, isSparse, views } = plan;
  const isLeading = isPrefix(signature.output, signature.positions);
  const sizes = new Map([...plan.sizes, ['last', output.at(-1) ?? 0]]);
  const classes = sizes.get('C') ?? 0;
  const perAxis = tensorOptions(definition, options, sizes);

  const weights = options.weights === null ? null : toArgument(who, 'weights', options.weights);
  const weighsEntries = definition.weighsEntries === true && (weights?.tensor.rank ?? 0) > output.length;
  const factors = weights && castTo('real', alignLeading(who, weights, weighsEntries ? positions : output));
  const mask = options.mask === null ? null : alignLeading(who, toArgument(who, 'mask', options.mask), positions);

  const domains = definition.domains(options);
  const inputs = given.map((argument, i) => ({
    ...argument,
    domain: isSparse && i === 0 ? 'classIndex' : (domains[i] ?? 'real'),
    tensor: views[i]?.(argument.tensor) ?? argument.tensor,
  }));
  const isEmpty = [output, positions].some((shape) => util.sizeFromShape(shape) === 0);
  const all = [...given, ...perAxis, ...(weights ? [weights] : [])].map(({ tensor }) => tensor);
  const common = { given: all, classes, isSparse, output, isLeading, isEmpty };
  if (isEmpty) return { ...common, inputs: [], options, valid: null, weights: null };
  if (inputs.some(({ tensor }) => tensor.size === 0)) fail(who, `${names.join(' and ')} have an empty axis`);

  const labels = inputs[0]?.tensor;
  const ignorable = labels && labels.rank <= positions.length ? labels : undefined;
  const counted = validPositions(mask, ignorable, ignoreIndex);
  const valid = counted && ofRank(counted, positions.length);
  // A weight where nothing counts may be anything, NaN too.
  const counts = valid && factors && (isLeading || weighsEntries) ? ofRank(valid, factors.rank) : null;
  const safe = factors && twiceDifferentiable(counts ? where(counts, factors, 1) : factors);

  const { validate } = options;
  const isFree = ({ readable }: Argument): boolean => validate ?? readable;
  for (const option of perAxis.filter(isFree)) checkEntries(who, option, option.kind, sizes);
  if (weights && safe && isFree(weights)) checkWeights(who, counts ? { name: 'weights', tensor: safe } : weights);
  // Class indices are few: looking at them is free wherever they can be read. Other inputs are looked at on demand.
  const isIndexFree = (input: Argument): boolean => validate ?? (input.readable && (valid === null || isOnHost()));
  const checked = inputs.filter((input) => (isIndex(input.domain) ? isIndexFree(input) : validate));
  for (const input of checked) {
    checkValues(who, input, { classes, valid: isPerPosition(signature, names.indexOf(input.name)) ? valid : null });
  }

  const read = Object.fromEntries(
    perAxis.map(({ name, tensor, kind: { entries = 'weights' } }) => [
      name,
      typeof entries === 'object' ? castTo('classIndex', tensor) : twiceDifferentiable(castTo('real', tensor)),
    ]),
  );
  return {
    ...common,
    inputs: inputs.map((input, i) => ({
      name: input.name,
      domain: input.domain,
      tensor: twiceDifferentiable(castTo(input.domain, input.tensor)),
      isPerPosition: isPerPosition(signature, i),
      isInRange: !isIndex(input.domain) || checked.includes(input),
    })),
    options: { ...options, ...read, weights: weighsEntries ? safe : null },
    valid,
    weights: weighsEntries ? null : safe,
  };
}

const isIndex = (domain: Domain): boolean => ['classIndex', 'paddedIndex', 'binaryClass'].includes(domain);

/** Whether an input has the leading axes of the positions. */
function isPerPosition({ inputs, positions }: Signature, i: number): boolean {
  const own = inputs[i];
  return own === undefined || (own.dots && positions.dots) || own.before[0] === positions.before[0];
}

interface OptionArgument<O> extends Argument {
  readonly kind: Definition<O & object>['options'][keyof O & string][1];
}

/** Options that hold one number per class, or per entry of another axis; a single number needs no tensor. */
function tensorOptions<O extends object>(
  { name: who, options: schema }: Definition<O>,
  options: O,
  sizes: ReadonlyMap<string, number>,
): OptionArgument<O>[] {
  return (Object.keys(schema) as (keyof O & string)[]).flatMap((name) => {
    const [, kind] = schema[name];
    const value = options[name];
    if (!kind.along || value === null || typeof value === 'number') return [];
    const argument = toArgument(who, name, value as TensorInput);
    const { rank, shape, size } = argument.tensor;
    const fits = (rank === 0 && kind.along === 'last') || (rank === 1 && size === sizes.get(kind.along));
    if (!fits) fail(who, `${name} has shape ${show(shape)}; expected ${show([sizes.get(kind.along)])}`);
    return [{ ...argument, kind }];
  });
}
