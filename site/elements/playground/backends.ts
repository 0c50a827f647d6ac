import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from './state.js';

/** The backends that this browser has, without loading them. */
export async function backendsHere(): Promise<readonly BackendName[]> {
  const has: Readonly<Record<BackendName, boolean>> = {
    cpu: true,
    wasm: typeof WebAssembly === 'object',
    webgl: hasWebgl(),
    webgpu: await hasWebgpu(),
  };
  return (Object.keys(has) as BackendName[]).filter((name) => has[name]);
}

function hasWebgl(): boolean {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  // A page may have few contexts at a time.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

async function hasWebgpu(): Promise<boolean> {
  if (!('gpu' in navigator)) return false;
  const { gpu } = navigator as { readonly gpu: { requestAdapter(): Promise<object | null> } };
  try {
    return (await gpu.requestAdapter()) !== null;
  } catch {
    return false;
  }
}

const loaders: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  wasm: () => import('./wasm.js'),
  webgl: () => import('@tensorflow/tfjs-backend-webgl'),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
};

/** Makes TensorFlow.js compute by a backend, which is loaded first; rejects where it cannot start. */
export async function useBackend(name: BackendName): Promise<void> {
  await loaders[name]();
  if (!(await setBackend(name))) throw new Error(`The backend ${name} did not start here.`);
  await ready();
}
