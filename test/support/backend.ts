import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '../../src/kernels/index.js';

/** Not a literal in the import: where the optional package is left out, the types have to check all the same. */
const nativePackage = '@tensorflow/tfjs-node';

declare const backend: 'cpu' | 'wasm' | 'tensorflow';

/** Before the tests of each file: the backend that the jest project is named after. */
beforeAll(async () => {
  if (backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  }
  if (backend === 'tensorflow') await import(nativePackage);
  const isStarted = await tf.setBackend(backend);
  if (!isStarted || tf.getBackend() !== backend) throw new Error(`the backend ${backend} did not start`);
});
