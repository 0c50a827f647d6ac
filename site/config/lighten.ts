import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { PurgeCSS } from 'purgecss';
import subsetFont from 'subset-font';

/**
 * Makes the first view of a page lighter: leaves in the style sheets the rules that some page or script may use, and in the
 * fonts of KaTeX the characters that formulas of the site have, in the one format that all browsers read.
 */
export async function lighten(folder: string): Promise<void> {
  const assets = join(folder, 'assets');
  const files = readdirSync(assets).map((file) => join(assets, file));
  for (const style of files.filter((file) => file.endsWith('.css'))) await purge(style, folder);
  const characters = charactersOf(folder);
  for (const font of files.filter((file) => /KaTeX_[^/]*$/.test(file))) {
    if (!font.endsWith('.woff2')) rmSync(font);
    else
      writeFileSync(
        font,
        await subsetFont(readFileSync(font), characters(font), { targetFormat: 'woff2', noHinting: true }),
      );
  }
}

async function purge(style: string, folder: string): Promise<void> {
  // Scripts that draw nothing are left out: the worker of the race, and the index of the search.
  const content = [`${folder}/**/*.html`, `${folder}/assets/**/!(worker*|@local*).js`];
  const [purged] = await new PurgeCSS().purge({ content, css: [style] });
  if (!purged) throw new Error(`${style} cannot be read`);
  const fonts = /@font-face\{[^}]*font-family:["']?(KaTeX_\w+)[^}]*\}/g;
  const rest = purged.css.replace(fonts, '');
  const light = purged.css
    .replace(fonts, (face, family: string) => (rest.includes(family) ? face : ''))
    .replace(/,\s*url\([^)]*KaTeX_[^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '');
  writeFileSync(style, light);
}

/** The characters in formulas that a font has to have, by its file. */
function charactersOf(folder: string): (font: string) => string {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  const found = { all: new Set<string>(), italic: new Set<string>(), sized: new Set<string>() };
  const add = (set: Set<string>, elements: Iterable<Element>): void => {
    for (const { textContent } of elements) for (const each of textContent) set.add(each);
  };
  for (const path of pages) {
    const { document } = parseHTML(readFileSync(join(folder, path), 'utf8'));
    add(found.all, document.querySelectorAll('.katex-html'));
    add(found.italic, document.querySelectorAll('.katex-html .mathnormal'));
    add(found.sized, document.querySelectorAll('.katex-html .delimsizing, .katex-html .mop, .katex-html .delim-size1'));
  }
  return (font) => {
    const set = font.includes('_Math-') ? found.italic : /_Size\d-/.test(font) ? found.sized : found.all;
    return [...set].join('');
  };
}
