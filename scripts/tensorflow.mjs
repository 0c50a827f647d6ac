import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The TensorFlow of the native backend, and of Keras in the tests. Known to fit tfjs-node 4.22; wheels before about 2.11
 * have no library free of Python's symbols.
 */
export const TENSORFLOW = '2.15.1';

/** Where what takes long to fetch is kept for all clones; XDG_CACHE_HOME moves it. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tfjs-losses');
