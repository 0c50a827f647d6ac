import { Tensor } from '@tensorflow/tfjs-core';
import type { Definition } from './define.js';
import { fail } from './fail.js';
import type { Reduction, ResolvedCommon } from './options.js';

/** What Keras 3 calls a loss, and which of our options it has under which name. */
export interface KerasFacts<O> {
  readonly className: string;
  /** Keras's default `name`, where it is not the class name in snake case. */
  readonly name?: string;
  readonly options: { readonly [K in keyof O]?: string };
  /** What Keras writes otherwise, or beside its names for our options. */
  readonly extra?: (options: O) => { readonly [key: string]: Json };
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A loss as Keras 3 writes it. */
export interface LossConfig {
  readonly module: string;
  readonly class_name: string;
  readonly config: { readonly [key: string]: Json };
  readonly registered_name: string | null;
}

/** The package under which losses are registered that Keras does not have. */
export const registeredPackage = 'tfjs-losses';

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
 * default, and a class registered under this package otherwise. Weights and masks are data, not configuration, and
 * left out.
 */
export function toConfig<O extends object>(definition: Definition<O>, options: O & ResolvedCommon): LossConfig {
  const { name, keras, options: schema } = definition;
  const names = Object.keys(schema) as (keyof O & string)[];
  const known: { readonly [K in keyof O]?: string } = keras?.options ?? {};
  const isForKeras =
    keras !== undefined &&
    options.reduction in kerasReductions &&
    !Array.isArray((options as { readonly axis?: unknown }).axis) &&
    names.every((option) => option in known || options[option] === schema[option][0]);
  const written = isForKeras ? names.filter((option) => option in known) : names;
  const className = isForKeras ? keras.className : name.charAt(0).toUpperCase() + name.slice(1);
  return {
    module: isForKeras ? 'keras.losses' : 'tfjs_losses',
    class_name: className,
    config: {
      name: (isForKeras ? keras.name : undefined) ?? snakeCase(name),
      reduction: writtenReduction(options.reduction),
      ...Object.fromEntries(
        written.map((option) => [known[option] ?? snakeCase(option), toJson(name, option, options[option])]),
      ),
      ...(isForKeras ? keras.extra?.(options) : {}),
    },
    registered_name: isForKeras ? null : `${registeredPackage}>${className}`,
  };
}

/** A reduction in Keras's words, or in ours where it has none. */
export const writtenReduction = (reduction: Reduction): string => kerasReductions[reduction] ?? snakeCase(reduction);

const snakeCase = (name: string): string => name.replace(/[A-Z]+/g, (upper) => `_${upper.toLowerCase()}`);

function toJson(who: string, option: string, value: unknown): Json {
  if (typeof value === 'function') fail(who, `${option} is a function, which no config holds; expected null`);
  if (value instanceof Tensor) return value.arraySync() as Json;
  // JSON has no infinities.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : (value as Json);
}
