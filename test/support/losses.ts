import type { Tensor } from '@tensorflow/tfjs';
import '../../src/kernels/index.js';
import * as exported from '../../src/losses/index.js';
import type { KerasTarget } from '../../src/definition/kerasFacts.js';
import { type Definition, domainsOf } from '../../src/definition/definition.js';

export type Options = Readonly<Record<string, unknown>>;

/** A loss as the laws see it: any number of inputs, then options. */
export interface AnyLoss {
  (...inputsAndOptions: unknown[]): Tensor;
  with(options: Options): AnyLoss;
  config(target?: KerasTarget): { readonly class_name: string; readonly config: Options };
  readonly name: string;
  readonly fixed: Options;
  readonly definition: Definition<Record<string, unknown>>;
}

const isLoss = (value: unknown): value is AnyLoss => typeof value === 'function' && 'definition' in value;

/** Every loss of the list. */
export const allLosses: readonly AnyLoss[] = Object.values<unknown>(exported).filter(isLoss);

export function lossNamed(name: string): AnyLoss {
  const found = allLosses.find((loss) => loss.name === name);
  if (!found) throw new Error(`no loss is named ${name}`);
  return found;
}

export const inputNames = ({ definition }: AnyLoss): readonly string[] =>
  definition.inputs ?? ['labels', 'predictions'];

/** Which inputs a loss holds constant, with these options. */
export const heldIn = ({ definition }: AnyLoss, options: Options): readonly boolean[] =>
  domainsOf(definition, { ...options }).map(({ isHeld }) => isHeld === true);

export const hasOption = ({ definition }: AnyLoss, option: string): boolean => option in definition.options;
