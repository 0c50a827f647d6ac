import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import type { GoldenFile } from '../support/goldens.js';
import { setups, type SetupName } from './setups.js';
import { keepCanvases, type WebGPU } from './webgpuReads.js';
import { testsOf, type BrowserTest } from './tests.js';

let tests: readonly BrowserTest[] = [];

/** WebGPU throws nothing where a program is wrong, it leaves its result as it was: asked afterwards it tells. */
function watchDevice(): () => Promise<string | null> {
  if (tf.getBackend() !== 'webgpu') return () => Promise.resolve(null);
  const { device } = tf.backend() as unknown as WebGPU;
  device.pushErrorScope('validation');
  return async () => (await device.popErrorScope())?.message ?? null;
}

const commands = {
  /** Starts a backend, and says what tests there are. */
  async start(name: SetupName, files: readonly GoldenFile[], wasmFiles: string) {
    const { backend, flags } = setups[name];
    setWasmPaths(wasmFiles);
    for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
    const isStarted = await tf.setBackend(backend);
    if (!isStarted || tf.getBackend() !== backend) throw new Error(`the backend ${backend} did not start`);
    if (backend === 'webgpu') keepCanvases(tf.backend() as unknown as WebGPU);
    tests = testsOf(files, setups[name]);
    return tests.map(({ title }) => title);
  },

  /** What is wrong according to a test; null: nothing. */
  async run(index: number): Promise<string | null> {
    const faults = watchDevice();
    tf.engine().startScope();
    let complaint: string | null = null;
    try {
      await tests[index]?.run();
    } catch (error) {
      complaint = error instanceof Error ? error.message : String(error);
    } finally {
      tf.engine().endScope();
    }
    const fault = await faults();
    return fault === null ? complaint : [complaint, `the device says: ${fault}`].filter(Boolean).join('\n');
  },
};

export type Commands = typeof commands;

Object.assign(globalThis, commands);

// For the page, where this is a worker.
postMessage('ready');
