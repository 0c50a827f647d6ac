import { type Definition, definitionOf, signatureOf } from '../../src/definition/definition.js';
import { commonOptions, defaultsOf, type Reduction } from '../../src/definition/options.js';
import type { Kind } from '../../src/definition/kinds.js';
import type { Signature } from '../../src/definition/signature.js';
import type { NamedLoss } from '../../src/getLoss.js';
import type { Source } from '../data/source.js';

export type PlainOptions = Readonly<Record<string, unknown>>;

/** A call of a loss whose arguments have not been read yet. */
export interface FileCall {
  readonly loss: NamedLoss;
  /** In the order of the loss. */
  readonly inputs: readonly Source[];
  /** Options that are arrays: weights, mask, one number per class, lengths. */
  readonly arrays: Readonly<Record<string, Source>>;
  readonly options: PlainOptions;
  readonly reduction: Reduction;
}

export type AnyDefinition = Definition<Record<string, unknown>>;

/** What the call is about, as far as shapes are concerned. */
export interface Outline {
  readonly definition: AnyDefinition;
  readonly signature: Signature;
  /** In force, but for those that are arrays, which are at their defaults. */
  readonly options: PlainOptions;
}

export function outlineOf({ loss, inputs, options }: FileCall): Outline {
  const definition = definitionOf(loss);
  const all = { ...defaultsOf(definition.options), ...loss.fixed, ...options };
  return { definition, options: all, signature: signatureOf(definition, all, inputs.at(-1)?.shape.length ?? 0) };
}

/** The kind of an option, also of those that every loss has. */
export const kindOf = (definition: AnyDefinition, option: string): Kind<unknown> | undefined =>
  (definition.options[option] ?? Object.entries(commonOptions).find(([name]) => name === option)?.[1])?.[1];

/** Whether an option is an array of numbers of any size. */
export const isArrayOption = (definition: AnyDefinition, option: string): boolean =>
  option === 'weights' || option === 'mask' || kindOf(definition, option)?.fit !== undefined;
