import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { isOptions } from '../../definition/options.js';
import { isTensor } from '../../definition/tensorInput.js';

/** A tensor as far as a kind of call knows it. */
type Form = Pick<Tensor, 'shape' | 'dtype'>;

/** All that a call is recognised by: shapes and types of tensors, and options that are no tensors. */
export interface Kind {
  readonly backend: string;
  readonly inputs: readonly Form[];
  readonly options: readonly (readonly [name: string, value: unknown])[];
}

/** The kind of a call with so many inputs. Null: some arguments are neither tensors nor plain values. */
export function kindOf(args: readonly unknown[], count: number): Kind | null {
  const options = args[count] ?? {};
  if (args.length < count || args.length > count + 1 || !isOptions(options)) return null;
  const inputs = args.slice(0, count);
  try {
    if (!inputs.every(isTensor) || !isPlain(options)) return null;
    return {
      backend: getBackend(),
      inputs: inputs.map(formOf),
      options: Object.entries(options).map(([name, value]) => [name, known(value)]),
    };
  } catch {
    // What cannot be read is of no kind.
    return null;
  }
}

/** Whether options are tensors, values that do not change and lists of these, and nothing is hidden among them. */
export const isPlain = (options: object): boolean =>
  Reflect.ownKeys(options).length === Object.keys(options).length &&
  Object.values(options).every((value) => isTensor(value) || isFixed(value) || isList(value));

const isFixed = (value: unknown): boolean =>
  value === null || (typeof value !== 'object' && typeof value !== 'function');

/** Longer lists are numbers of a call. */
const LONGEST = 1024;

const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= LONGEST && value.every((entry) => isFixed(entry) || isList(entry));

/** What is kept of an option: lists may be changed by whom they belong to. */
const known = (value: unknown): unknown => (isTensor(value) ? formOf(value) : isList(value) ? value.map(known) : value);

/** Whether an option is what is known of it. */
const isSame = (value: unknown, before: unknown): boolean =>
  Object.is(value, before) ||
  (Array.isArray(before)
    ? isList(value) && value.length === before.length && value.every((entry, i) => isSame(entry, before[i]))
    : isForm(before) && hasForm(value, before));

export const optionsIn = (args: readonly unknown[], count: number): Readonly<Record<string, unknown>> =>
  (args[count] ?? {}) as Readonly<Record<string, unknown>>;

/** Whether a call is of a kind. */
export function isOf({ backend, inputs, options }: Kind, args: readonly unknown[], count: number): boolean {
  if (args.length > count + 1 || getBackend() !== backend) return false;
  for (let i = 0; i < count; i++) if (!hasForm(args[i], inputs[i] as Form)) return false;
  const given = optionsIn(args, count);
  if (!isOptions(given)) return false;
  try {
    return haveValues(given, options);
  } catch {
    return false;
  }
}

function haveValues(given: Readonly<Record<string, unknown>>, options: Kind['options']): boolean {
  const names = Reflect.ownKeys(given);
  if (names.length !== options.length) return false;
  for (let i = 0; i < names.length; i++) {
    const [name, value] = options[i] as Kind['options'][number];
    if (names[i] !== name || !isSame(given[name], value)) return false;
  }
  return true;
}

const formOf = ({ shape, dtype }: Tensor): Form => ({ shape, dtype });

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null;

function hasForm(value: unknown, { shape, dtype }: Form): boolean {
  if (!isTensor(value) || value.isDisposed || value.dtype !== dtype || value.shape.length !== shape.length)
    return false;
  for (let axis = 0; axis < shape.length; axis++) if (value.shape[axis] !== shape[axis]) return false;
  return true;
}
