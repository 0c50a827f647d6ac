import { registeredPackage } from '../core/config.js';

/** Keras's own package for what is registered without one. */
export const customPackage = 'Custom';

/** A name as Keras registers it, `package>name`, in its parts; one of Keras's own has no package. */
export function registeredParts(name: string): { readonly plain: string; readonly packageName: string | undefined } {
  const [plain = name, packageName] = name.split('>').reverse();
  return { plain, packageName };
}

/** Whether what has this registered name is a class of this package. */
export const isOfThisPackage = (name: unknown): boolean =>
  typeof name === 'string' && registeredParts(name).packageName === registeredPackage;
