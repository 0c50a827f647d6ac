// What runs in the browser: see browser.ts.

import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { cases } from './cases.js';
import { runCase, type Ran } from './runCase.js';

declare global {
  var startBench: (backend: string, wasmFiles: string) => Promise<void>;
  var runBenchCase: (name: string, budget: number) => Promise<Ran>;
}

globalThis.startBench = async (backend, wasmFiles) => {
  tf.enableProdMode();
  setWasmPaths(wasmFiles);
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} does not start in this browser`);
  await tf.ready();
  // Else small tensors would not be computed on the GPU.
  for (const flag of ['WEBGL_CPU_FORWARD', 'WEBGPU_CPU_FORWARD']) tf.env().set(flag, false);
};

globalThis.runBenchCase = (name, budget) => {
  const theCase = cases.find((one) => one.name === name);
  if (!theCase) throw new Error(`there is no case '${name}'`);
  return runCase(theCase, budget);
};
