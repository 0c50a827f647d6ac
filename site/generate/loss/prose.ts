import { type Style, typeset } from '../formula/index.js';

/** Writes the texts of docstrings as Markdown. */
export interface Prose {
  /** With formulas as mathematics, and names of losses as links. */
  readonly text: (text: string) => string;
  /** Papers and counterparts: DOIs as links; code words are mostly names of other libraries. */
  readonly sources: (text: string) => string;
}

/** Prose on the page of a loss. `names` are all losses, `own` is the one that needs no link. */
export function proseOf(style: Style, names: ReadonlySet<string>, own: string): Prose {
  const plain = (text: string): string =>
    text
      .split(/(`[^`]*`)/)
      .map((piece) => (piece.startsWith('`') ? linked(piece, names, own) : escaped(piece)))
      .join('');
  return {
    text: (text) => typeset(text, style, plain),
    sources: (text) =>
      text
        .split(/(doi:\S+|arXiv:\d{4}\.\d{4,5}|(?<=^|\. )`\w+`|`[^`]*`)/)
        .map((piece, i, all) => {
          if (piece.startsWith('doi:')) return doi(piece);
          if (piece.startsWith('arXiv:')) return `[${piece}](https://arxiv.org/abs/${piece.slice('arXiv:'.length)})`;
          if (!piece.startsWith('`')) return escaped(piece);
          const before = all[i - 1] ?? '';
          return before === '' || before.endsWith('. ') ? linked(piece, names, own) : piece;
        })
        .join(''),
  };
}

const linked = (code: string, names: ReadonlySet<string>, own: string): string => {
  const name = code.slice(1, -1);
  return name !== own && names.has(name) ? `[${code}](./${name}.md)` : code;
};

/** Text that Markdown and HTML show as it is. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([*_[\]|$\\])/g, '\\$1')
    .replaceAll('{{', '&#123;&#123;');

/** A DOI as a link; the stop or bracket that ends its sentence is not part of it. */
function doi(found: string): string {
  const whole = found.slice('doi:'.length);
  const name = isBalanced(whole) ? whole.replace(/[.,;]$/, '') : whole.replace(/\)?[.,;]?$/, '');
  const path = encodeURIComponent(name).replaceAll('%2F', '/').replaceAll('(', '%28').replaceAll(')', '%29');
  return `[doi:${escaped(name)}](https://doi.org/${path})${escaped(whole.slice(name.length))}`;
}

const isBalanced = (text: string): boolean => text.split('(').length === text.split(')').length;
