import { make } from '../make.js';
import { language } from '../language.js';
import { filterWords } from './words.js';

/** `<loss-filter>` around tables: a field above them that leaves the rows with all of its words. */
export class LossFilter extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector('input')) return;
    const words = filterWords[language()];
    const input = make(document, 'input', { type: 'search' });
    const found = make(document, 'output', {});
    this.prepend(make(document, 'label', { class: 'loss-filter' }, words.filter, input, found));
    input.addEventListener('input', () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const count = this.#show((text) => wanted.every((word) => text.includes(word)));
      found.textContent = wanted.length === 0 ? '' : words.found(count);
    });
  }

  /** Hides rows, and tables without rows with their headings; the number of rows that are left. */
  #show(isWanted: (text: string) => boolean): number {
    let count = 0;
    for (const table of this.querySelectorAll('table')) {
      const rows = [...table.querySelectorAll<HTMLElement>('tbody tr')];
      for (const row of rows) row.hidden = !isWanted(row.textContent.toLowerCase());
      const left = rows.filter((row) => !row.hidden).length;
      count += left;
      table.hidden = left === 0;
      const heading = table.previousElementSibling;
      if (heading instanceof HTMLElement) heading.hidden = left === 0;
    }
    return count;
  }
}
