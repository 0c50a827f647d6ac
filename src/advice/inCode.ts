import type { Written } from '../call/adviceSlot.js';
import { isOptions } from '../definition/options.js';

/** The inputs of a loss as variables: those of a sum of losses, `input 1`, have a space in their names. */
export const inputsOf = ({ definition }: Written): readonly string[] =>
  (definition.inputs ?? ['labels', 'predictions']).map((name) => name.replace(' ', ''));

/** The options of a call that came as an object. */
export function givenOptions(written: Written): Readonly<Record<string, unknown>> {
  const { args, isWith } = written;
  const given = args[isWith ? 0 : inputsOf(written).length];
  return isOptions(given) ? { ...given } : {};
}

export interface Shown {
  /** What is called. Default: the loss, or its `with`. */
  readonly place?: string;
  readonly inputs?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
}

/** A call as its user may write it: `huber(labels, predictions, { delta: 1 })`. */
export function inCode(
  written: Written,
  { place, inputs = inputsOf(written), options = givenOptions(written), without = [] }: Shown,
): string {
  const { definition, isWith } = written;
  const shown = Object.entries(options).filter(([name, value]) => value !== undefined && !without.includes(name));
  const object = shown.length > 0 ? [`{ ${shown.map(([name, value]) => property(name, value)).join(', ')} }`] : [];
  const called = place ?? (isWith ? `${definition.name}.with` : definition.name);
  return `${called}(${[...(isWith ? [] : inputs), ...object].join(', ')})`;
}

/** Data has the name of its option, as a variable of the user's may. */
function property(name: string, value: unknown): string {
  if (typeof value === 'string') return `${name}: '${value}'`;
  const isShort = value === null || typeof value === 'number' || typeof value === 'boolean';
  return isShort ? `${name}: ${String(value)}` : name;
}
