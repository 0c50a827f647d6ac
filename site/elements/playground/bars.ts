import { make } from '../make.js';
import { short } from './numbers.js';
import type { Values } from './values.js';

/** A bar up or down from a line in the middle, and its number. */
export interface GradientBar {
  readonly element: HTMLElement;
  readonly number: HTMLElement;
  /** Null takes the bar away. `most` is the number of a bar of full height. */
  readonly show: (value: number | null, most: number) => void;
}

export function gradientBar(side: number, label: string): GradientBar {
  const bar = make(document, 'i', {});
  const element = make(document, 'span', { class: 'playground-bar', 'data-side': side, 'aria-hidden': true }, bar);
  const number = make(document, 'span', { class: 'playground-gradient-number', 'data-side': side, title: label });
  return {
    element,
    number,
    show: (value, most) => {
      element.hidden = value === null;
      number.hidden = value === null;
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
