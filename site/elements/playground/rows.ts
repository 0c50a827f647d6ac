import { make } from '../make.js';
import { indicesOf } from './numbers.js';
import { sizeOf } from './values.js';

/** How many entries have an element. */
const MOST_SHOWN = 160;

/** How many entries of a shape are shown: whole rows. */
export function shownOf(shape: readonly number[]): number {
  const columns = columnsOf(shape);
  return Math.min(sizeOf(shape), Math.max(1, Math.floor(MOST_SHOWN / columns)) * columns);
}

/** Entries of a row: those of the last axis, and for a vector those of all. */
const columnsOf = (shape: readonly number[]): number => Math.min(MOST_SHOWN, shape.at(-1) ?? 1);

/** Entries of a shape in rows, each with the indices that its entries share. */
export function rowsOf(shape: readonly number[], cell: (entry: number, indices: string) => HTMLElement): HTMLElement[] {
  const columns = columnsOf(shape);
  const count = Math.ceil(shownOf(shape) / columns);
  return Array.from({ length: count }, (_, row) => {
    const start = row * columns;
    const name = indicesOf(shape, start).slice(0, -1).join(', ');
    const cells = Array.from({ length: columns }, (_, i) => cell(start + i, indicesOf(shape, start + i).join(', ')));
    return make(
      document,
      'div',
      { class: 'playground-row' },
      ...(shape.length > 1 ? [make(document, 'span', { class: 'playground-index', 'aria-hidden': true }, name)] : []),
      ...cells,
    );
  });
}
