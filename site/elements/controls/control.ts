import { make } from '../make.js';
import {
  arrayPart,
  choicePart,
  type Choice,
  firstOf,
  flagPart,
  numberPart,
  type Part,
  type Sink,
  unsetOf,
} from './parts.js';
import { type ControlFacts, type OptionValue } from './values.js';
import type { ControlWords } from './words.js';

/** The control of one option. */
export interface Control {
  readonly option: ControlFacts;
  readonly element: HTMLElement;
  readonly show: (value: OptionValue) => void;
  /** Shows a complaint about the option below it; null takes it away. */
  readonly complain: (message: string | null) => void;
}

/** Whether an option has a control; one that takes only functions has none. */
export const hasControl = ({ isFlag, words, numbers, isArray }: ControlFacts): boolean =>
  isFlag || words.length > 0 || numbers !== null || isArray;

export function controlOf(
  document: Document,
  option: ControlFacts,
  words: ControlWords,
  give: (value: OptionValue) => void,
): Control {
  const error = make(document, 'span', { class: 'control-error', role: 'alert' });
  const complain = (message: string | null): void => {
    error.textContent = message ?? '';
  };
  const show = (value: OptionValue): void => {
    complain(null);
    parts.forEach((part) => {
      if (part.takes(value) || (value === null && parts.length === 1)) part.show(value);
    });
    parts.slice(1).forEach(({ takes, elements }) => {
      elements.forEach((element) => element.toggleAttribute('data-idle', !takes(value)));
    });
  };
  const sink: Sink = {
    complain,
    give: (value) => {
      show(value);
      give(value);
    },
  };
  const parts = partsOf(document, option, words, sink);
  // The name of a checkbox checks it too.
  const isBox = option.isFlag && parts.length === 1;
  const element = make(
    document,
    isBox ? 'label' : 'div',
    isBox ? { class: 'control' } : { class: 'control', role: 'group', 'aria-label': option.name },
    make(document, 'code', {}, option.name),
    ...parts.flatMap(({ elements }) => elements),
    error,
  );
  show(unsetOf(option));
  return { option, element, show, complain };
}

/** The parts of a control. Where there are several, the first is the choice between them. */
function partsOf(document: Document, option: ControlFacts, words: ControlWords, sink: Sink): readonly Part[] {
  const setting = { document, option, words, sink };
  const { isFlag, isNullable, numbers, isArray } = option;
  if (isFlag && !isNullable) return [flagPart(setting)];
  const number = numbers && numberPart(setting);
  const array = isArray ? arrayPart(setting) : null;
  const values: readonly OptionValue[] = [
    ...(isNullable ? [null] : []),
    ...(isFlag ? [true, false] : []),
    ...option.words,
    ...(numbers?.infinities.map(Number) ?? []),
  ];
  if (!number && array && values.every((value) => value === null)) return [array];
  if (number && !array && values.length === 0) return [number];
  const choices: Choice[] = [
    ...values.map((value) => ({ label: String(value), of: { value } })),
    ...(number ? [{ label: words.aNumber, of: { part: number, first: firstOf(option) } }] : []),
    ...(array ? [{ label: words.anArray, of: { part: array, first: [Number(numbers?.low === 1), 1] } }] : []),
  ];
  return [choicePart(setting, choices), ...(number ? [number] : []), ...(array ? [array] : [])];
}
