import { make } from '../make.js';
import { callCode, compileCode, kerasCode, type Written } from './code.js';
import type { PlaygroundWords } from './words.js';

/** The losses as code to be copied. */
export interface CodePart {
  readonly element: HTMLElement;
  readonly show: (written: readonly Written[]) => void;
}

export function codePart(words: PlaygroundWords): CodePart {
  const blocks = make(document, 'div', {});
  const element = make(
    document,
    'details',
    { class: 'playground-code' },
    make(document, 'summary', {}, words.code),
    blocks,
  );
  let written: readonly Written[] = [];
  const update = async (): Promise<void> => {
    const shown = written;
    const all = await Promise.all(
      shown.map(async (own) => [
        [words.call, callCode(own)] as const,
        [words.compile, compileCode(own)] as const,
        [words.keras, await kerasCode(own)] as const,
      ]),
    );
    if (shown !== written) return;
    blocks.replaceChildren(
      ...all.flat().flatMap(([title, code]) => (code === null ? [] : [blockOf(words, title, code)])),
    );
  };
  element.addEventListener('toggle', () => {
    if (element.open) void update();
  });
  return {
    element,
    show: (own) => {
      written = own;
      if (element.open) void update();
    },
  };
}

function blockOf(words: PlaygroundWords, title: string, code: string): HTMLElement {
  const copy = make(document, 'button', { type: 'button' }, words.copy);
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(code).then(() => (copy.textContent = words.copied));
  });
  return make(
    document,
    'figure',
    {},
    make(document, 'figcaption', {}, title, ' ', copy),
    make(document, 'pre', { tabindex: 0 }, make(document, 'code', {}, code)),
  );
}
