import { classAxisIn, type Definition, domainsOf } from '../definition/definition.js';
import { type Domain, real } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import type { Ignoring } from '../definition/integers.js';
import { type Kind, weight } from '../definition/kinds.js';
import type { ResolvedCommon } from '../definition/options.js';
import { isPrefix, type Signature } from '../definition/signature.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { twiceDifferentiable } from '../numerics/autodiff.js';
import { isOnHost } from '../numerics/host.js';
import { opKernels } from '../numerics/opKernels.js';
import { where } from '../numerics/portable.js';
import { Tensor, util } from '../tfjs/ops.js';
import { alignLeading, type Argument, castTo, toArgument } from './argument.js';
import { arrange, type Arrangement } from './arrange.js';
import type { Input, Prepared } from './call.js';
import { checkEntries, checkValues } from './check.js';
import { asTensors, tensorOptions } from './tensorOptions.js';
import { withFewAxes } from './fewAxes.js';
import { validPositions } from './masking.js';
import { ofRank } from '../numerics/positions.js';

export function prepare<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Prepared<O> {
  const { name: who } = definition;
  const { given, inputs, plan } = arranged(definition, signature, args, options);
  const { output, positions } = plan;
  for (const { name, domain, rounded } of inputs) domain.refuseRounded?.(who, name, rounded);
  const classes = plan.sizes.get('C') ?? plan.sizes.get('K') ?? 0;
  const perAxis = tensorOptions(who, { schema: definition.options, options, sizes: plan.sizes, positions });
  const read = (name: 'weights' | 'mask'): Argument | null =>
    options[name] === null ? null : toArgument(who, name, options[name]);
  const ofPositions = (argument: Argument): Tensor =>
    alignLeading(who, { ...argument, tensor: plan.toPositions(argument.tensor) }, positions);
  const [weights, mask] = [read('weights'), read('mask')];
  const beyond = weights?.tensor.shape.slice(output.length) ?? [];
  const areOfEntries = definition.weighsEntries === true && beyond.some((size) => size !== 1);
  const factors = weights && castTo(real, areOfEntries ? ofPositions(weights) : alignLeading(who, weights, output));
  const admitted = mask && ofPositions(mask);

  const isLeading = isPrefix(signature.output, signature.positions);
  const isEmpty = [output, positions].some((shape) => util.sizeFromShape(shape) === 0);
  const all = [...given, ...perAxis, ...(weights ? [weights] : [])].map(({ tensor }) => tensor);
  const common = { signature, given: all, classes, shape: output, output, isLeading, isEmpty };
  if (isEmpty) return { ...common, inputs: [], options, valid: null, weights: null };
  const empty = inputs.find(({ tensor }) => tensor.size === 0);
  if (empty) fail(who, `${empty.name} has shape ${show(empty.tensor.shape)}; expected no empty axis`);

  const { areOthers = null, remedy } = ignoringIn(definition, options) ?? {};
  const ignored = { areOthers, ignoreNaN: options.ignoreNaN };
  const valid = validPositions(admitted, inputs[0]?.tensor, ignored, positions.length);
  // A weight where nothing counts may be anything, NaN too.
  const counts = valid && factors && (isLeading || areOfEntries) ? ofRank(valid, factors.rank) : null;
  const safe = factors && twiceDifferentiable(counts ? where(counts, factors, 1) : factors);

  const { validate } = options;
  const isFree = ({ readable }: Argument): boolean => validate ?? readable;
  for (const option of perAxis.filter(isFree)) checkEntries(who, option, option.entries);
  const zeros = (safe && opKernels.zeros?.(safe)) ?? NaN;
  if (weights && safe && isFree(weights) && !(zeros >= 0))
    checkEntries(who, counts ? { name: 'weights', tensor: safe } : weights, weight);
  // Class indices are few: looking at them is free wherever they can be read. Other inputs are looked at on demand.
  const checked = inputs.filter(
    ({ domain, readable }) => validate ?? (isIndex(domain) && readable && (valid === null || isOnHost())),
  );
  for (const input of checked) checkValues(who, input, { classes, remedy, valid: input.isPerPosition ? valid : null });
  const [labels] = inputs;
  labels?.domain.lookAt?.(labels.domain, {
    owner: definition,
    validate,
    inputs,
    valid,
    weights: isLeading || areOfEntries ? safe : null,
    check: (counted, isBad) => checkValues(who, labels, { classes, remedy, valid: counted, isBad }),
  });

  return withFewAxes(signature, positions, {
    ...common,
    inputs: inputs.map((input) => ({
      ...input,
      tensor: castTo(input.domain, input.tensor),
      isInRange: !isIndex(input.domain) || checked.includes(input),
    })),
    options: { ...options, ...asTensors(perAxis), weights: areOfEntries ? safe : null },
    valid,
    plan,
    ignored,
    weights: areOfEntries ? null : safe,
    mayWeighNothing: safe !== null && (zeros >= 0 ? zeros > 0 : !isOnHost() || safe.dataSync().includes(0)),
  });
}

/** The call whose formula may be differentiated twice. */
export function differentiableTwice<O extends object>({ inputs, options, ...rest }: Prepared<O>): Prepared<O> {
  const again = (x: Tensor): Tensor => (x.dtype === 'float32' ? twiceDifferentiable(x) : x);
  const ofOptions = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Tensor && name !== 'mask' ? again(value as Tensor) : value,
  ]);
  return {
    ...rest,
    inputs: inputs.map((input) => ({ ...input, tensor: again(input.tensor) })),
    options: Object.fromEntries(ofOptions) as typeof options,
  };
}

/** Which labels do not count with these options, of a loss that has `ignoreIndex`. */
function ignoringIn<O extends object>({ options: schema }: Definition<O>, options: O): Ignoring | undefined {
  const { ignoreIndex: option } = schema as { readonly ignoreIndex?: readonly [unknown, Kind<unknown>] };
  return option?.[1].ignoring?.((options as { readonly ignoreIndex: number | null }).ignoreIndex);
}

interface Arranged {
  /** As they came. */
  readonly given: readonly Argument[];
  /** In the form in which a formula is written. */
  readonly inputs: readonly (Argument & Pick<Input, 'domain' | 'isPerPosition' | 'oneHot'>)[];
  readonly plan: Arrangement;
}

/** The inputs as tensors whose shapes agree. */
function arranged<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O,
): Arranged {
  const { name: who, inputs: names = ['labels', 'predictions'], takesIndices, broadcast, shift } = definition;
  const came = names.map((name, i) => toArgument(who, name, args[i]));
  const tensors = came.map(({ tensor }) => tensor);
  const shifted = shift?.(tensors, options) ?? tensors;
  const plan = arrange(who, signature, {
    names,
    shapes: shifted.map(({ shape }) => shape),
    brought: definition.brought?.(definition.options, options),
    classAxis: classAxisIn(definition, options),
    takesIndices,
    broadcast,
    areIntegers: shifted[0]?.dtype === 'int32',
  });
  const ofInputs = domainsOf(definition, options);
  const inputs = came.map((argument, i) => {
    const tensor = shifted[i] ?? argument.tensor;
    const indices = plan.isSparse && i === 0 ? takesIndices : undefined;
    return {
      ...argument,
      tensor: plan.views[i]?.(tensor) ?? tensor,
      domain: indices?.domain ?? ofInputs[i] ?? real,
      oneHot: indices?.oneHot,
      isPerPosition: isPerPosition(signature, i),
    };
  });
  return { given: came, inputs, plan };
}

const isIndex = (domain: Domain): boolean => domain.integer === 'index';

/** Whether an input has the leading axes of the positions. */
function isPerPosition({ inputs, positions }: Signature, i: number): boolean {
  const own = inputs[i];
  return own === undefined || (own.dots && positions.dots) || own.before[0] === positions.before[0];
}
