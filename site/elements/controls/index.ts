import { make } from '../make.js';
import { type Control, controlOf, hasControl } from './control.js';
import { unsetOf } from './parts.js';
import { changed, type ControlFacts, type OptionValue, type OptionValues } from './values.js';
import { controlWords } from './words.js';

export type { ControlFacts, OptionValue, OptionValues } from './values.js';

/** The controls of some options. */
export interface Controls {
  /** Sends the event `options`, a `CustomEvent<OptionValues>` that bubbles, whenever a reader has changed one. */
  readonly element: HTMLElement;
  /** The options that differ from their defaults. */
  readonly values: () => OptionValues;
  /** Shows options, and the default of those that are not named; sends nothing. */
  readonly show: (values: OptionValues) => void;
  /** Shows a complaint of a loss at the option that it names first; false where it names none of them. */
  readonly complain: (message: string) => boolean;
}

/** Controls from the facts of options, in the language of the page; in Node the same markup, without life. */
export function controlsOf(
  document: Document,
  options: readonly ControlFacts[],
  lang: string = document.documentElement.lang,
): Controls {
  const words = controlWords(lang);
  let values: Record<string, OptionValue> = {};
  const element = make(document, 'div', { class: 'controls' });
  const controls: readonly Control[] = options.filter(hasControl).map((option) =>
    controlOf(document, option, words, (value) => {
      values = { ...values, [option.name]: value };
      controls.forEach(({ complain }) => complain(null));
      element.dispatchEvent(new CustomEvent('options', { bubbles: true, detail: changed(options, values) }));
    }),
  );
  element.append(...controls.map((control) => control.element));
  return {
    element,
    values: () => changed(options, values),
    show: (given) => {
      values = { ...given };
      controls.forEach(({ option, show }) => {
        const value = given[option.name];
        show(value === undefined ? unsetOf(option) : value);
      });
    },
    complain: (message) => {
      const [named] = controls
        .map((control) => ({ control, at: message.search(new RegExp(`\\b${control.option.name}\\b`)) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at);
      named?.control.complain(message);
      return named !== undefined;
    },
  };
}
