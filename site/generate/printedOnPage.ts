import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launch } from '../../scripts/browser.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** After so many milliseconds without another line a page has written all. */
const QUIET = 1000;

/** The text that a page writes to its console; packages come from here in place of their CDN. */
export async function printedOnPage(file: string): Promise<string> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const lines: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      let quiet = setTimeout(() => reject(new Error(`${file} prints nothing`)), 20_000);
      page.on('console', (message) => {
        if (message.type() === 'error') reject(new Error(message.text()));
        if (message.type() !== 'log') return;
        lines.push(message.text());
        clearTimeout(quiet);
        quiet = setTimeout(resolve, QUIET);
      });
      page.on('pageerror', reject);
    });
    await page.route('**', async (route) => {
      const { hostname, pathname } = new URL(route.request().url());
      if (hostname === 'localhost') {
        return pathname === '/'
          ? route.fulfill({ contentType: 'text/html', path: file })
          : route.fulfill({ status: 204 });
      }
      return route.fulfill({ contentType: 'text/javascript', body: await onCdn(pathname) });
    });
    await page.goto('http://localhost/');
    await ended;
    return `${lines.join('\n')}\n`;
  } finally {
    await browser.close();
  }
}

/** What the CDN answers with: `+esm` is a package as one module, without it its file. */
async function onCdn(path: string): Promise<string> {
  const { jsdelivr } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly jsdelivr: string };
  if (path === '/npm/tfjs-losses') return readFileSync(join(root, jsdelivr), 'utf8');
  if (path.startsWith('/npm/tfjs-losses/'))
    return readFileSync(join(root, path.slice('/npm/tfjs-losses/'.length)), 'utf8');
  const [, name, rest] = /^\/npm\/(@tensorflow\/[\w-]+)@[\d.]+(\/\+esm)?$/.exec(path) ?? [];
  if (name === undefined) throw new Error(`a program asks for ${path}, which is not here`);
  if (rest === undefined) return readFileSync(require.resolve(`${name}/dist/tf.min.js`), 'utf8');
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}'`, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
