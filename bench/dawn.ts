import * as tf from '@tensorflow/tfjs';
import { startDawn } from '../scripts/dawn.mjs';
import type { Place } from './browser.js';
import type { Peers } from './peers.js';
import { runCase } from './runCase.js';

/** WebGPU in this process, by Dawn; tfjs calls the backend `webgpu`, as in a browser. */
export const DAWN = 'dawn';

export async function startOnDawn(peers?: Peers): Promise<Place> {
  tf.enableProdMode();
  const { device, stop } = await startDawn(tf);
  process.stderr.write(`${DAWN}: ${device}\n`);
  return {
    run: async (theCase, budget) => {
      const ran = await runCase(theCase, budget, peers?.start);
      return { ...ran, measurements: ran.measurements.map((one) => ({ ...one, backend: DAWN })) };
    },
    close: () => {
      stop();
      return Promise.resolve();
    },
  };
}
