import { getBackend } from '../tfjs/ops.js';
import { opKernels } from './opKernels.js';

/** Backends whose tensors lie in memory that JavaScript reads without waiting for a device. */
const hostBackends = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether tensors can be read for free on the backend in use. */
export const isOnHost = (): boolean => hostBackends.has(getBackend());

/** Whether numbers may be read for free, and decide what is computed: not in what is recorded for other numbers. */
export const mayDecide = (): boolean => isOnHost() && opKernels.isRecorded?.() !== true;
