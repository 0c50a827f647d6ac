import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import type { Setup } from './setups.js';
import { keepCanvases, type WebGPU } from './webgpuReads.js';

export async function startBackend({ backend, flags }: Setup, wasmFiles: string): Promise<void> {
  setWasmPaths(wasmFiles);
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  const isStarted = await tf.setBackend(backend);
  if (!isStarted || tf.getBackend() !== backend) throw new Error(`the backend ${backend} did not start`);
  if (backend === 'webgpu') keepCanvases(tf.backend() as unknown as WebGPU);
}

/** WebGPU throws nothing where a program is wrong, it leaves its result as it was: asked afterwards it tells. */
export function watchDevice(): () => Promise<string | null> {
  if (tf.getBackend() !== 'webgpu') return () => Promise.resolve(null);
  const { device } = tf.backend() as unknown as WebGPU;
  device.pushErrorScope('validation');
  return async () => (await device.popErrorScope())?.message ?? null;
}
