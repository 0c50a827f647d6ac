import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open, WASM_FILES } from '../scripts/browser.mjs';
import type { Case } from './case.js';
import type { Ran } from './runCase.js';

/** The backends that run in Chromium, by their names here, and what tfjs calls them. */
export const browserBackends: Readonly<Record<string, string>> = {
  webgl: 'webgl',
  webgpu: 'webgpu',
  'browser-cpu': 'cpu',
  'browser-wasm': 'wasm',
};

/** Where cases run on one backend. */
export interface Place {
  readonly run: (theCase: Case, budget: number) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

/** A page with a backend in a browser of its own. */
export async function startInBrowser(name: string): Promise<Place> {
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'page.ts');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    write: false,
    ignoreAnnotations: true,
  });
  const browser = await launch();
  try {
    const page = await open(browser, outputFiles[0]?.text ?? '');
    const backend = browserBackends[name] ?? name;
    await page.evaluate(([tfjsName, files]) => startBench(tfjsName, files), [backend, WASM_FILES] as const);
    const run: Place['run'] = async (theCase, budget) => {
      const ran = await page.evaluate(([which, ms]) => runBenchCase(which, ms), [theCase.name, budget] as const);
      return { ...ran, measurements: ran.measurements.map((one) => ({ ...one, backend: name })) };
    };
    return { run, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
