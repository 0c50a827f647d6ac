import { make } from '../make.js';
import { short } from './numbers.js';
import type { Values } from './values.js';

/** A bar up or down from a line in the middle, and its number. */
export interface GradientBar {
  readonly element: HTMLElement;
  /** Null takes the bar away. `most` is the number of a bar of full height. */
  readonly show: (value: number | null, most: number) => void;
}

export function gradientBar(side: number, label: string): GradientBar {
  const bar = make(document, 'i', {});
  const number = make(document, 'span', { class: 'playground-gradient-number' });
  const element = make(
    document,
    'span',
    { class: 'playground-gradient', 'data-side': side, title: label },
    make(document, 'span', { class: 'playground-bar', 'aria-hidden': true }, bar),
    number,
  );
  return {
    element,
    show: (value, most) => {
      element.hidden = value === null;
      if (value === null) return;
      const share = most > 0 && Number.isFinite(value) ? value / most : 0;
      bar.style.transform = `scaleY(${share})`;
      number.textContent = short(value, 3);
    },
  };
}

/** The largest size among the numbers of some gradients. */
export const largestOf = (gradients: readonly (Values | null)[]): number =>
  Math.max(0, ...gradients.flatMap((own) => own?.data.map(Math.abs).filter(Number.isFinite) ?? []));
