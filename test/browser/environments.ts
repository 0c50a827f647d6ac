import type { Page, Worker } from 'playwright-core';

/** A page, or a worker of it. */
export type Host = Pick<Worker, 'evaluate'>;

/** Where a script runs. */
export interface Environment {
  /** What the server says of every file. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who runs the script once the page is there. */
  readonly host: (page: Page) => Promise<Host>;
  /** True where the script runs if all is as it is meant to be. */
  readonly isReal: (backend: object) => boolean;
  /** Whether losses run as kernels there. */
  readonly hasKernels: boolean;
}

const itself = (page: Page): Promise<Host> => Promise.resolve(page);

/** A worker says when it has read its script. */
async function worker(page: Page): Promise<Host> {
  const [started] = await Promise.all([
    page.waitForEvent('worker'),
    page.evaluate(() => new Promise((ready) => (new Worker('script.js').onmessage = () => ready(null)))),
  ]);
  return started;
}

/** Whether a module of WebAssembly may be made of bytes: here, of an empty one. */
function mayCompile(): boolean {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

export const environments = {
  page: { headers: {}, host: itself, isReal: () => !crossOriginIsolated && mayCompile(), hasKernels: true },
  /** It may share memory with workers, and the wasm backend computes with threads. */
  isolated: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    host: itself,
    isReal: (backend) => crossOriginIsolated && 'PThread' in (backend as { readonly wasm: object }).wasm,
    hasKernels: true,
  },
  /** No code but that of its own files, as in extensions: no WebAssembly either. */
  policy: {
    headers: { 'Content-Security-Policy': "default-src 'self'; script-src 'self'; object-src 'self'" },
    host: itself,
    isReal: () => !mayCompile(),
    hasKernels: false,
  },
  worker: { headers: {}, host: worker, isReal: () => typeof document === 'undefined', hasKernels: true },
} as const satisfies Readonly<Record<string, Environment>>;
