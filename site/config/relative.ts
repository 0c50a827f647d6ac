import { tokenizer, tokTypes } from 'acorn';
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

/** Texts that hold the path of the site, also as JSON within a text, become sums of it and the rest. */
function scriptFrom(text: string): string {
  if (!text.includes(BASE)) return text;
  const texts = Array.from(tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' })).filter(
    ({ type, start, end }) => isText.has(type) && text.slice(start, end).includes(BASE),
  );
  return texts.reduceRight((whole, { type, start, end }) => {
    const own = whole.slice(start, end);
    const mark = own.charAt(0);
    const sum =
      type === tokTypes.template
        ? own.replaceAll(BASE, '${window.__base__}')
        : `(${own.replaceAll(BASE, `${mark}+window.__base__+${mark}`)})`;
    return whole.slice(0, start) + sum + whole.slice(end);
  }, text);
}

const isText = new Set([tokTypes.string, tokTypes.template]);

function htmlFrom(text: string, up: string): string {
  const start = `<script>window.__base__=new URL(${JSON.stringify(up)},location.href).pathname</script>`;
  const [head, ...scripts] = text.split(/(?=<script\b)/);
  const own = scripts.map((part) => {
    const [, tag = '', code = '', rest = ''] = /^(<script[^>]*>)([^]*?)(<\/script>[^]*)$/.exec(part) ?? [];
    return relative(tag, up) + scriptFrom(code) + relative(rest, up);
  });
  return [relative(head ?? '', up), ...own].join('').replace('<head>', `<head>${start}`);
}

const relative = (text: string, up: string): string => text.replaceAll(BASE, up);
