import { engine } from '@tensorflow/tfjs-core';
import type { Written } from '../call/adviceSlot.js';

/** The error of tfjs where it has no backend, in our words; null for any other error. */
export function withoutBackend({ definition: { name } }: Written, cause: unknown): Error | null {
  if (engine().backendNames().length > 0) return null;
  const remedy = "add import '@tensorflow/tfjs', or import '@tensorflow/tfjs-backend-cpu'";
  return new Error(`${name}: TensorFlow.js has no backend to compute with; ${remedy}`, { cause });
}

/** The complaint where tfjs has no derivatives. */
export const gradientsMissing =
  "TensorFlow.js has no gradients of its ops; add import '@tensorflow/tfjs', or " +
  "import '@tensorflow/tfjs-core/dist/register_all_gradients'";
