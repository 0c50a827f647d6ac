import type { Tensor } from '@tensorflow/tfjs-core';
import { version } from '../config/versions.js';
import { fail, show } from '../definition/fail.js';
import type { KerasTarget } from '../definition/kerasFacts.js';
import { isOptions, type OptionSchema, overriding, resolveOptions } from '../definition/options.js';
import { own } from '../definition/own.js';
import { isOfThisPackage, registeredParts } from './registered.js';

/** A loss or metric that is not of this package. */
export type CustomObject = (labels: Tensor, predictions: Tensor) => Tensor;

export interface ReadOptions extends KerasTarget {
  /** Losses that are not of this package, by the names that they have in the config. */
  readonly customObjects?: Readonly<Record<string, CustomObject>> | undefined;
}

/** What is said to a reader of configs, each default included. */
export interface Reading extends ReadOptions {
  readonly customObjects: Readonly<Record<string, CustomObject>>;
}

export const readingSchema: OptionSchema<Reading> = {
  kerasVersion: [undefined, version],
  customObjects: [{}, { expected: 'an object of functions by name, such as { myLoss }', accepts: isOptions }],
};

/**
 * Arguments by name as given, those that are undefined at their defaults.
 *
 * @throws if they are no plain object, one is unknown or not what it should be, or a custom object is no function.
 */
export function argumentsOf<A extends object>(who: string, schema: OptionSchema<A>, given: unknown): A {
  const names = Object.keys(schema).join(', ');
  if (!isOptions(given)) fail(who, `the arguments came as ${show(given)}; expected an object with any of ${names}`);
  const all = resolveOptions<A>(who, schema, overriding(who, {}, given));
  const { customObjects = {} } = all as { readonly customObjects?: object };
  const stray = Object.entries(customObjects).find(([, custom]) => typeof custom !== 'function');
  if (stray) {
    const [name, custom] = stray as [string, unknown];
    fail(who, `${show(name)} in customObjects is ${show(custom)}; expected a function of labels and predictions`);
  }
  return all;
}

/** The custom object of a name, with or without its package; a loss of this package keeps its own, unless it is given in full. */
export function customObject(name: string, { customObjects }: Reading): CustomObject | undefined {
  const inFull = own(customObjects, name);
  return inFull || isOfThisPackage(name) ? inFull : own(customObjects, registeredParts(name).plain);
}

/** The same of a class, which may also be registered under another name than its own. */
export const customClass = (name: string, className: string, reading: Reading): CustomObject | undefined =>
  customObject(name, reading) ?? (isOfThisPackage(name) ? undefined : customObject(className, reading));
