import { modulePath, registeredName, registeredPackage } from '../config/toConfig.js';

/** Keras's own package for what is registered without one. */
export const customPackage = 'Custom';

/** A name as Keras registers it, `package>name`, in its parts; one of Keras's own has no package. */
export function registeredParts(name: string): { readonly plain: string; readonly packageName: string | undefined } {
  const at = name.indexOf('>');
  return at < 0
    ? { plain: name, packageName: undefined }
    : { plain: name.slice(at + 1), packageName: name.slice(0, at) };
}

/** What the config of a class or function says of whose it is. */
export interface Named {
  readonly class_name: string;
  readonly registered_name?: unknown;
  readonly module?: unknown;
}

/** Modules of Keras in all its packages, and that of functions. */
const modulesOfKeras = /^(keras|tf_keras|tensorflow|builtins)(\.|$)/;

/**
 * The full name of what a config describes, `package>name`, where `name` is that of its class unless it is a function. Keras
 * alone has no package. A class that is not registered has its module in place of one: Keras writes the class as the
 * registered name, and no module for those of the main program.
 */
export function fullName(
  { class_name: className, registered_name: registered, module }: Named,
  name = className,
): string {
  if (typeof registered === 'string' && registered.includes('>')) return registered;
  if (name.includes('>')) return name;
  if (typeof module === 'string') {
    if (modulesOfKeras.test(module)) return name;
    return module.split('.')[0] === modulePath ? registeredName(name) : `${module}>${name}`;
  }
  return registered === className && className !== 'function' ? `__main__>${name}` : name;
}

const packageOf = (name: unknown): string | undefined =>
  typeof name === 'string' ? registeredParts(name).packageName : undefined;

/** Whether what has this registered name is a class of this package. */
export const isOfThisPackage = (name: unknown): boolean => packageOf(name) === registeredPackage;

/** Whether what has this registered name is neither of this package nor of Keras. */
export const isForeign = (name: unknown): boolean => packageOf(name) !== undefined && !isOfThisPackage(name);
