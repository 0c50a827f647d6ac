import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE } from './places.js';

/**
 * Makes a built site independent of its path. Links in HTML and CSS become relative; scripts take the path from
 * `window.__base__`, which each page computes from its own address before any of them runs.
 */
export function makeRelative(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const rewritten = rewriterOf(path);
    if (!rewritten) continue;
    const file = join(folder, path);
    writeFileSync(file, rewritten(readFileSync(file, 'utf8')));
  }
}

function rewriterOf(path: string): ((text: string) => string) | null {
  const up = '../'.repeat(path.split('/').length - 1) || './';
  if (path.endsWith('.html')) return (text) => htmlFrom(text, up);
  if (path.endsWith('.css')) return (text) => text.replaceAll(BASE, up);
  return path.endsWith('.js') ? scriptFrom : null;
}

const quote = /(["'`])\/__base__\/((?:(?!\1)[^\\\n])*)\1/g;

/** A text that begins with the path of the site becomes a sum of that path and the rest; one within JSON in a text too. */
const scriptFrom = (text: string): string =>
  text
    .replace(quote, (_, mark: string, rest: string) => `(window.__base__+${mark}${rest}${mark})`)
    .replaceAll(`\\"${BASE}`, '\\""+window.__base__+"');

function htmlFrom(text: string, up: string): string {
  const start = `<script>window.__base__=new URL(${JSON.stringify(up)},location.href).pathname</script>`;
  const [head, ...scripts] = text.split(/(?=<script\b)/);
  const own = scripts.map((part) => {
    const end = part.indexOf('</script>');
    const isInline = !/^<script[^>]*\bsrc=/.test(part);
    return isInline ? scriptFrom(part.slice(0, end)) + relative(part.slice(end), up) : relative(part, up);
  });
  return [relative(head ?? '', up), ...own].join('').replace('<head>', `<head>${start}`);
}

const relative = (text: string, up: string): string => text.replaceAll(BASE, up);
