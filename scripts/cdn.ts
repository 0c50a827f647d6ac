import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../', import.meta.url));

/** The text that the CDN of our pages answers with, from the packages here: `+esm` is a package as one module. */
export async function onCdn(path: string): Promise<string> {
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
