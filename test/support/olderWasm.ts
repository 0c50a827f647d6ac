import { version_core } from '@tensorflow/tfjs';

declare const backend: string;

const [major = 0, minor = 0] = version_core.split('.').map(Number);

/**
 * Whether the wasm backend is one before 4.3: it lacks ops, which this package gives it, and cannot fill a tensor whose
 * type is not named, so that tfjs's own Adagrad and cosineProximity throw on it.
 */
export const isOlderWasm = backend === 'wasm' && (major < 4 || (major === 4 && minor < 3));

/** What tfjs throws where it fills a tensor so. */
export const cannotFill = /Unknown dtype undefined/;
