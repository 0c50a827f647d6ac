import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { WASM_FILES, launch, open } from '../../scripts/browser.mjs';
import { bundledTests } from '../browser/bundle.js';
import { callIn } from '../browser/call.js';
import { setups } from '../browser/setups.js';
import type { Commands } from './page.js';
import type { Variant } from './points.js';
import { pointsText } from './recorded.js';
import { type Report, reportOf } from './report.js';

/** A backend that has started. */
export interface Measurer {
  readonly reportOn: (variant: Variant, areKernelsOn: boolean, worst: number) => Promise<Report>;
  readonly close: () => Promise<void>;
}

export const measurers: Readonly<Record<string, () => Promise<Measurer>>> = {
  cpu: () => inNode('cpu'),
  wasm: () => {
    setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
    return inNode('wasm');
  },
  tensorflow: async () => {
    await import(nativePackage);
    return inNode('tensorflow');
  },
  webgl: () => inBrowser('webgl'),
  webgpu: () => inBrowser('webgpu'),
};

/** Not a literal in the import: where the optional package is left out, the types have to check all the same. */
const nativePackage = '@tensorflow/tfjs-node';

async function inNode(backend: string): Promise<Measurer> {
  if (!(await setBackend(backend))) throw new Error(`the backend ${backend} did not start`);
  return {
    reportOn: reportOf,
    close: () => Promise.resolve(),
  };
}

/** The package as it is built, in Chromium. */
async function inBrowser(backend: 'webgl' | 'webgpu'): Promise<Measurer> {
  const browser = await launch();
  const page = await open(browser, await bundledTests('test/accuracy/page.ts'));
  const call = callIn<Commands>(page);
  await call('startAccuracy', setups[backend], WASM_FILES, pointsText());
  return {
    reportOn: ({ name }, areKernelsOn, worst) => call('reportOn', name, areKernelsOn, worst),
    close: () => browser.close(),
  };
}
