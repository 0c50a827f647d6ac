import type { Tensor } from '@tensorflow/tfjs-core';
import { advised, type Written } from '../call/adviceSlot.js';
import { rankOf } from '../call/argument.js';
import { kernels } from '../call/kernelSlots.js';
import { configOf } from '../config/configSlot.js';
import {
  type Definition,
  type LabelsAndPredictions,
  type Loss,
  type LossOptions,
  signatureOf,
} from '../definition/definition.js';
import { fail } from '../definition/fail.js';
import type { KerasTarget } from '../definition/kerasFacts.js';
import {
  commonOptions,
  isOptions,
  type OptionSchema,
  overriding,
  type ResolvedCommon,
  resolveOptions,
} from '../definition/options.js';
import { parseSignature } from '../definition/signature.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { tidied } from '../numerics/tidied.js';
import { evaluate } from './evaluate.js';

/**
 * Makes a loss of its definition.
 *
 * @throws from the loss: an error naming the loss, the argument, what came and what was expected.
 */
/* @__NO_SIDE_EFFECTS__ */
export function defineLoss<
  O extends object,
  Name extends string = 'labels' | 'predictions',
  Inputs extends readonly TensorInput[] = LabelsAndPredictions,
>(definition: Definition<O, Name>): Loss<O, Inputs> {
  return bind(definition as Definition<O>, {}) as Loss<O, Inputs>;
}

function bind<O extends object>(definition: Definition<O>, fixed: LossOptions<O>): unknown {
  const { name, inputs = ['labels', 'predictions'], options: schema, check } = definition;
  // What every call needs and no call changes.
  const constant = typeof definition.signature === 'string' ? parseSignature(definition.signature) : null;
  const allOptions = withCommon(schema);
  const resolve = (given: object): O & ResolvedCommon => resolveOptions(name, allOptions, given, check);
  const written = { definition: definition as unknown as Written['definition'], fixed };
  const compute = (args: unknown[]): Tensor => {
    checkPlaces(name, inputs, args);
    const resolved = resolve(overriding(name, fixed, args[inputs.length] ?? {}));
    const tensors = args.slice(0, inputs.length) as TensorInput[];
    const signature = constant ?? signatureOf(definition, resolved, rankOf(tensors.at(-1)));
    return tidied(() => evaluate(definition, signature, tensors, resolved));
  };
  const loss = (...args: unknown[]): Tensor =>
    advised(() => kernels.again?.(written, args, compute) ?? compute(args), { ...written, args });
  return attached(loss, {
    name,
    length: inputs.length,
    definition,
    fixed,
    mean: meanOf(() => bind(definition, { ...fixed, reduction: 'mean' })),
    with: (options: LossOptions<O>) =>
      advised(
        () => {
          const merged = overriding(name, fixed, options);
          resolve(merged);
          return bind(definition, merged);
        },
        { ...written, args: [options], isWith: true },
      ),
    config: (target?: KerasTarget) => configOf(definition, resolve(fixed), target),
  });
}

const withCommon = <O extends object>(schema: OptionSchema<O>): OptionSchema<O & ResolvedCommon> =>
  ({ ...schema, ...commonOptions }) as OptionSchema<O & ResolvedCommon>;

/** The options of a call of a loss: those given over those that `with` has fixed, and the defaults for the rest. */
export const resolvedOptions = <O extends object>(
  { name, options, check }: Definition<O>,
  fixed: object,
  given: object,
): O & ResolvedCommon => resolveOptions(name, withCommon(options), overriding(name, fixed, given), check);

/** The property `mean` of a loss, which makes the loss of that reduction when it is first wanted. */
export function meanOf(make: () => unknown): (...args: unknown[]) => unknown {
  let made: unknown;
  return (...args) => ((made ??= make()) as (...args: unknown[]) => unknown)(...args);
}

/** Throws if options stand where an input belongs, or more follows them. */
export function checkPlaces(who: string, inputs: readonly string[], args: readonly unknown[]): void {
  const order = `${inputs.join(', ')}, and then one object of options such as { weights: [1, 0.5] }`;
  if (args.length > inputs.length + 1) fail(who, `${args.length} arguments came; expected ${order}`);
  const stray = inputs.find((_, i) => isOptions(args[i]));
  if (stray !== undefined) fail(who, `${stray} is an object; expected ${order}`);
}

/**
 * A function with properties that are not enumerable: tfjs-layers takes an enumerable property of a loss for the name
 * of a model output.
 */
export function attached<F extends (...args: never[]) => unknown>(
  f: F,
  properties: Readonly<Record<string, unknown>>,
): F {
  for (const [key, value] of Object.entries(properties)) Object.defineProperty(f, key, { value });
  return f;
}
