import { registeredPackage } from '../config/toConfig.js';

/** Keras's own package for what is registered without one. */
export const customPackage = 'Custom';

/** A name as Keras registers it, `package>name`, in its parts; one of Keras's own has no package. */
export function registeredParts(name: string): { readonly plain: string; readonly packageName: string | undefined } {
  const at = name.indexOf('>');
  return at < 0
    ? { plain: name, packageName: undefined }
    : { plain: name.slice(at + 1), packageName: name.slice(0, at) };
}

const packageOf = (name: unknown): string | undefined =>
  typeof name === 'string' ? registeredParts(name).packageName : undefined;

/** Whether what has this registered name is a class of this package. */
export const isOfThisPackage = (name: unknown): boolean => packageOf(name) === registeredPackage;

/** Whether what has this registered name is neither of this package nor of Keras. */
export const isForeign = (name: unknown): boolean => packageOf(name) !== undefined && !isOfThisPackage(name);
