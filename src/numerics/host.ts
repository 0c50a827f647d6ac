import { getBackend } from '../tfjs/ops.js';

/** Backends whose tensors lie in memory that JavaScript reads without waiting for a device. */
const hostBackends = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether tensors can be read for free on the backend in use. */
export const isOnHost = (): boolean => hostBackends.has(getBackend());
