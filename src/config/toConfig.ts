import type { Definition } from '../definition/definition.js';
import { fail } from '../definition/fail.js';
import type { Json, KerasFacts, KerasTarget } from '../definition/kerasFacts.js';
import type { Kind } from '../definition/kinds.js';
import {
  defaultsOf,
  type OptionSchema,
  type Reduction,
  reductions,
  type ResolvedCommon,
} from '../definition/options.js';

import { Tensor } from '../tfjs/ops.js';
import type { ConfigWriters } from './configSlot.js';
import { checkedTarget } from './versions.js';

/** The package under which losses are registered that Keras does not have. */
export const registeredPackage = 'tfjs-losses';

/** The Python module that registers them. */
export const modulePath = 'tfjs_losses';

/** The option `ignoreNaN` of every loss in a config, which has it where it is true. */
export const ignoreNaNWritten = 'ignore_nan';

/** Keras averages over the batch what a loss gives per example, so both are its default reduction. */
const kerasReductions: { readonly [R in Reduction]?: string } = {
  perExample: 'sum_over_batch_size',
  mean: 'mean',
  sum: 'sum',
  none: 'none',
  weightedMean: 'mean_with_sample_weight',
};

/**
 * The config of a loss. It is Keras's own class where Keras has the loss and every option it lacks is at its
 * default, and a class registered under this package otherwise.
 *
 * @throws if the loss holds what JSON cannot: a function, a disposed tensor, or weights and masks, which are data.
 */
export const toConfig: ConfigWriters['loss'] = <O extends object>(
  definition: Definition<O>,
  options: O & ResolvedCommon,
  given: KerasTarget | undefined,
) => {
  const { name, keras, options: schema, unwritable } = definition;
  const target = checkedTarget(name, given);
  const names = Object.keys(schema) as (keyof O & string)[];
  const facts = keras && kerasCanSay(definition, keras, options, target) ? keras : null;
  if (!facts && unwritable) {
    fail(name, `${unwritable}, which no config holds; expected a function of your own that calls the loss`);
  }
  for (const data of ['weights', 'mask'] as const) {
    if (options[data] !== null)
      fail(name, `${data} is fixed, which no config holds; expected it in each call, or null`);
  }
  const known: { readonly [K in keyof O]?: string } = keras?.options ?? {};
  const written = facts ? names.filter((option) => option in known) : names;
  const className = facts ? facts.className : ownClassName(name);
  return {
    module: facts ? 'keras.losses' : modulePath,
    class_name: className,
    config: {
      name: facts?.name ?? snakeCase(name),
      reduction: writtenReduction(options.reduction),
      ...Object.fromEntries(
        written.map((option) => [
          known[option] ?? snakeCase(option),
          toJson(name, option, readable(name, option, options[option], schema[option][1])),
        ]),
      ),
      ...(options.ignoreNaN && { [ignoreNaNWritten]: true }),
      ...facts?.write?.(options, target),
    },
    registered_name: facts ? null : registeredName(className),
  };
};

/** The class of a loss in the Python module. */
export const ownClassName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A name under which the Python module registers a loss, or a metric is written that Keras does not have. */
export const registeredName = (name: string): string => `${registeredPackage}>${name}`;

/** The signature of losses whose values Keras averages over the last axis, before it reduces them. */
export const elementwise = '(...),(...)->(...)';

/** Whether all that the options say can be said in Keras. */
function kerasCanSay<O extends object>(
  { options: schema, signature }: Definition<O>,
  { options: known, fixed = {}, can }: KerasFacts<O>,
  options: O & ResolvedCommon,
  target: KerasTarget,
): boolean {
  const names = Object.keys(schema) as (keyof O & string)[];
  const usual = { ...defaultsOf(schema), ...fixed } as O;
  const { axis: axisSchema } = schema as Partial<Record<string, OptionSchema<O>[keyof O]>>;
  const hasSeveralAxes = axisSchema?.[1].classAxis && Array.isArray((options as { readonly axis?: unknown }).axis);
  return (
    options.reduction in kerasReductions &&
    !options.ignoreNaN &&
    !(signature === elementwise && ['sum', 'none'].includes(options.reduction)) &&
    !hasSeveralAxes &&
    (can?.(options, target) ?? true) &&
    names.every((option) => option in known || options[option] === usual[option])
  );
}

/** A reduction in Keras's words, or in ours where it has none. */
export const writtenReduction = (reduction: Reduction): string => kerasReductions[reduction] ?? snakeCase(reduction);

/** A reduction in our words, of Keras's or of ours as they are written; undefined if it is none. */
export function readReduction(written: unknown): Reduction | undefined {
  if (written === null) return 'none';
  return reductions.find((reduction) => writtenReduction(reduction) === written);
}

export const snakeCase = (name: string): string => name.replace(/[A-Z]+/g, (upper) => `_${upper.toLowerCase()}`);

/** An option as it can be given again: the entries of a tensor as an array, which is looked at. */
function readable(who: string, option: string, value: unknown, kind: Kind<unknown>): unknown {
  if (!(value instanceof Tensor)) return value;
  if (value.isDisposed) fail(who, `${option} is a disposed tensor; expected one that is still in use`);
  const entries: unknown = value.arraySync();
  kind.look?.(who, option, entries);
  return entries;
}

function toJson(who: string, option: string, value: unknown): Json {
  if (typeof value === 'function')
    fail(who, `${option} is a function, which no config holds; expected a function of your own that calls the loss`);
  // JSON has no infinities.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const entries = ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
  return Array.isArray(entries) ? entries.map((entry) => toJson(who, option, entry)) : (entries as Json);
}
