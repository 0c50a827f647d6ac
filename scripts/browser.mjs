// A real browser for the tests in test/browser and for the benchmark: Chromium as the system has it, nothing downloaded.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Where Chromium is; on Debian and Ubuntu `apt-get install chromium` puts it there. */
export const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox', // which containers do not allow
  '--disable-quic',
  // Where there is no GPU, WebGL and WebGPU compute in software.
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  // tfjs reads WebGPU synchronously by way of a canvas, which takes that both draw by the same Vulkan.
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

/** A browser with a profile of its own, which is gone when the browser is closed. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** A secure context, which WebGPU wants. No server listens there: all requests are answered by `open`. */
const ORIGIN = 'http://localhost';

/** Where pages find the files of the wasm backend: `setWasmPaths(WASM_FILES)`. */
export const WASM_FILES = `${ORIGIN}/wasm/`;

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/** An empty page that runs a script and sees the files of the wasm backend, all with these headers. */
export async function open(browser, script, headers = {}) {
  const page = await browser.newPage();
  await page.route('**', (route) => {
    const path = new URL(route.request().url()).pathname;
    const text = (type, body) =>
      route.fulfill({ headers: { ...headers, 'content-type': `text/${type}; charset=utf-8` }, body });
    if (path === '/') return text('html', '<script src="script.js"></script>');
    if (path === '/script.js') return text('javascript', script);
    if (path.startsWith('/wasm/'))
      return route.fulfill({ headers, path: join(wasmFolder, path.slice('/wasm/'.length)) });
    return route.fulfill({ status: 404 });
  });
  await page.goto(ORIGIN);
  return page;
}
