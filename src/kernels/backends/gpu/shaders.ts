import type { InputKind } from '../../program/program.js';
import type { Device, Given, Shader } from './device.js';
import type { Writing } from './scope.js';

/** A program of any kind, for which shaders are kept. */
interface HasInputs {
  readonly inputs: readonly InputKind[];
}

interface Wanted {
  /** Shaders of a program have different ones. */
  readonly name: string;
  readonly teamSize: number;
  readonly write: (writing: Writing) => string;
}

/** A shader of a program for inputs of these forms, which is written once. */
export function shaderOf(
  { writer }: Device,
  program: HasInputs,
  given: readonly Given[],
  { name, teamSize, write }: Wanted,
): Shader {
  const forms = given.map(({ form }) => form);
  return remembered(program, `${writer.name} ${name} ${forms.join()}`, () => {
    const reads: Writing['reads'] = new Set();
    return { code: write({ language: writer.language, inputs: program.inputs, forms, reads }), reads, teamSize };
  });
}

const known = new WeakMap<object, Map<string, unknown>>();

/** What is made once for a program, by its name. */
export function remembered<T>(program: object, key: string, make: () => T): T {
  const own = known.get(program) ?? new Map<string, unknown>();
  known.set(program, own);
  if (!own.has(key)) own.set(key, make());
  return own.get(key) as T;
}
