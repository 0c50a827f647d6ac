import { WASM_FILES, launch, open } from '../../scripts/browser.mjs';
import { bundledTests } from '../browser/bundle.js';
import { callIn } from '../browser/call.js';
import { setups } from '../browser/setups.js';
import type { CaseReport, Fuzz } from './findings.js';
import type { Commands } from './page.js';

/** Backends in a browser whose numbers are float32. */
export const browserBackends = ['webgl', 'webgpu', 'wasm', 'cpu'] as const;
export type BrowserBackend = (typeof browserBackends)[number];

/** Every case has to be done after so many milliseconds. */
const limit = 120_000;

/** What runs cases. */
export interface Worker {
  readonly run: (index: number) => Promise<CaseReport>;
  readonly close: () => Promise<void>;
}

/** A browser that runs cases on one backend. */
export async function browserWorker(backend: BrowserBackend, fuzz: Fuzz): Promise<Worker> {
  const browser = await launch();
  const page = await open(browser, await bundledTests('test/fuzz/page.ts'));
  const call = callIn<Commands>(page);
  await call('startFuzz', setups[backend], WASM_FILES, { ...fuzz, backends: [backend] });
  const late = async (index: number): Promise<never> => {
    await new Promise((resolve) => setTimeout(resolve, limit).unref());
    throw new Error(`case ${index} is not done on ${backend} within ${limit / 1000} s`);
  };
  return {
    run: (index) => Promise.race([call('fuzzCase', index, backend), late(index)]),
    close: () => browser.close(),
  };
}
