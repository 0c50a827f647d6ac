import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

export const backends = ['tensorflow', 'wasm', 'cpu'] as const;
export type Backend = (typeof backends)[number];

/** Starts the backend asked for, or the first that starts: tfjs-node where it is installed, else wasm, else cpu. */
export async function startBackend(wanted?: Backend): Promise<Backend> {
  tf.enableProdMode(); // else the cpu backend advises on every run to install tfjs-node
  const reasons: string[] = [];
  for (const backend of wanted ? [wanted] : backends) {
    try {
      await start(backend);
      return backend;
    } catch (error) {
      reasons.push(`${backend}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`the backend does not start here\n  ${reasons.join('\n  ')}`);
}

async function start(backend: Backend): Promise<void> {
  if (backend === 'tensorflow') await loadTfjsNode();
  if (backend === 'wasm') {
    setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  }
  if (!(await tf.setBackend(backend))) throw new Error('it could not be initialised');
}

async function loadTfjsNode(): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const name = '@tensorflow/tfjs-node'; // a variable, since it is optional: its types may be missing
  await import(name);
}
