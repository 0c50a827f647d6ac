/**
 * TensorFlow.js as the command line brings it along: core with all gradients, and the cpu backend, on which kernels of this
 * package run as WebAssembly. In the bundle it also stands for `@tensorflow/tfjs`, layers included.
 */
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

/** Starts the backend, without the advice that tfjs has for Node. */
export async function startTfjs(): Promise<void> {
  enableProdMode();
  await setBackend('cpu');
}
