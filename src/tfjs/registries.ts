import { io, serialization } from '@tensorflow/tfjs-core';

/*
 * Copies of tfjs-core on one page share the engine, kernels and gradients, but neither the handlers of addresses nor the
 * classes of models, which tfjs-layers leaves with the copy that it imports. Beside the copy that this package imports,
 * that of the global `tf` is asked, which tfjs's own script has made.
 */

interface Registries {
  readonly io: Pick<typeof io, 'getLoadHandlers' | 'getSaveHandlers'>;
  readonly serialization: Pick<typeof serialization, 'SerializationMap'>;
}

/** What the registries of this package's tfjs-core have, or, if `isThere` denies that, those of the global `tf`. */
function found<T>(get: (registries: Registries) => T, isThere: (value: T) => boolean): T {
  const own = get({ io, serialization });
  const { tf } = globalThis as { readonly tf?: Partial<Registries> | null };
  return isThere(own) || !tf?.io || !tf.serialization ? own : get(tf as Registries);
}

const isAny = ({ length }: readonly unknown[]): boolean => length > 0;

/** Who loads from an address. */
export const loadHandlers = (url: string): readonly io.IOHandler[] => found(({ io }) => io.getLoadHandlers(url), isAny);

/** Who saves to an address. */
export const saveHandlers = (url: string): readonly io.IOHandler[] => found(({ io }) => io.getSaveHandlers(url), isAny);

/** The classes of tfjs by name, those of layers and models among them where tfjs-layers is there. */
export const classes = (): serialization.SerializationMap['classNameMap'] =>
  found(
    ({ serialization }) => serialization.SerializationMap.getMap().classNameMap,
    (map) => Object.hasOwn(map, 'Model'),
  );
