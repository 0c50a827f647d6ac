import { make } from '../make.js';
import { scaleOf, startOf } from './scale.js';
import { arrayIn, arrayText, type ControlFacts, defaultOf, type OptionValue } from './values.js';
import type { ControlWords } from './words.js';

/** The inputs for one sort of value of an option: a number, an array, a choice. */
export interface Part {
  readonly elements: readonly HTMLElement[];
  /** Whether a value is of this sort. */
  readonly takes: (value: OptionValue) => boolean;
  readonly show: (value: OptionValue) => void;
}

/** Where a part tells a value that the reader has given, or that it is none. */
export interface Sink {
  readonly give: (value: OptionValue) => void;
  readonly complain: (message: string) => void;
}

interface Setting {
  readonly document: Document;
  readonly option: ControlFacts;
  readonly words: ControlWords;
  readonly sink: Sink;
}

const isFiniteNumber = (value: OptionValue | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** The number that a control shows first, and takes when its option becomes a number. */
export function firstOf({ numbers, default: code }: ControlFacts): number {
  const fallback = defaultOf({ default: code });
  return isFiniteNumber(fallback) || !numbers ? Number(fallback) : startOf(numbers);
}

/** What a control shows while its option is not given. */
export function unsetOf(option: ControlFacts): OptionValue {
  const fallback = defaultOf(option);
  if (fallback !== undefined) return fallback;
  return option.numbers ? firstOf(option) : null;
}

/** A slider, and a field for numbers that it does not have. */
export function numberPart({ document, option, words, sink }: Setting): Part {
  const { numbers } = option;
  if (!numbers) throw new Error(`numberPart: ${option.name} takes no number`);
  const scale = scaleOf(numbers, firstOf(option));
  const slider = make(document, 'input', {
    type: 'range',
    min: 0,
    max: scale.last,
    step: 1,
    'aria-label': words.slider(option.name),
  });
  const field = make(document, 'input', {
    type: 'number',
    step: numbers.isInteger ? 1 : 'any',
    'aria-label': words.field(option.name),
  });
  const showOnSlider = (value: number): void => {
    const position = String(scale.positionOf(value));
    slider.setAttribute('value', position);
    slider.value = position;
    slider.setAttribute('aria-valuetext', String(value));
  };
  const showInField = (value: number): void => {
    const text = String(Number(value.toPrecision(6)));
    field.setAttribute('value', text);
    field.value = text;
  };
  const complaintOf = (value: number): string | null => {
    if (field.value.trim() === '' || !Number.isFinite(value)) return words.notNumber;
    if (numbers.isInteger && !Number.isInteger(value)) return words.notInteger;
    if (value < numbers.low || value > numbers.high) return words.outOfRange(String(numbers.low), String(numbers.high));
    return numbers.except.includes(value) ? words.refused(String(value)) : null;
  };
  slider.addEventListener('input', () => {
    const value = scale.valueAt(Number(slider.value));
    slider.setAttribute('aria-valuetext', String(value));
    showInField(value);
    sink.give(value);
  });
  field.addEventListener('input', () => {
    const value = Number(field.value);
    const complaint = complaintOf(value);
    if (complaint !== null) {
      sink.complain(complaint);
      return;
    }
    showOnSlider(value);
    sink.give(value);
  });
  const show = (value: OptionValue): void => {
    showOnSlider(Number(value));
    showInField(Number(value));
  };
  show(firstOf(option));
  return { elements: [slider, field], takes: isFiniteNumber, show };
}

/** A text field; empty is null where the option may be that. */
export function arrayPart({ document, option, words, sink }: Setting): Part {
  const field = make(document, 'input', {
    type: 'text',
    spellcheck: 'false',
    placeholder: option.isNullable ? 'null' : words.arrayExample(option.along),
    title: words.arrayExample(option.along),
    'aria-label': option.name,
  });
  field.addEventListener('input', () => {
    if (field.value.trim() === '' && option.isNullable) {
      sink.give(null);
      return;
    }
    const value = arrayIn(field.value);
    if (value === null) sink.complain(words.notArray);
    else sink.give(value);
  });
  return {
    elements: [field],
    takes: Array.isArray,
    show: (value) => {
      field.value = Array.isArray(value) ? arrayText(value) : '';
    },
  };
}

export function flagPart({ document, option, sink }: Setting): Part {
  const box = make(document, 'input', { type: 'checkbox', 'aria-label': option.name });
  box.addEventListener('change', () => sink.give(box.checked));
  return {
    elements: [box],
    takes: (value) => typeof value === 'boolean',
    show: (value) => {
      box.checked = value === true;
      box.toggleAttribute('checked', value === true);
    },
  };
}

/** A value that a choice lists, or another part that it turns to. */
export interface Choice {
  readonly label: string;
  /** A value to be given, or the part that shows the values of its sort. */
  readonly of: { readonly value: OptionValue } | { readonly part: Part; readonly first: OptionValue };
}

export function choicePart({ document, option, words, sink }: Setting, choices: readonly Choice[]): Part {
  const select = make(
    document,
    'select',
    { 'aria-label': words.choice(option.name) },
    ...choices.map(({ label }, i) => make(document, 'option', { value: i }, label)),
  );
  const indexOf = (value: OptionValue): number =>
    choices.findIndex(({ of }) => ('value' in of ? Object.is(of.value, value) : of.part.takes(value)));
  select.addEventListener('change', () => {
    const chosen = choices[Number(select.value)]?.of;
    if (!chosen) return;
    if ('part' in chosen) chosen.part.show(chosen.first);
    sink.give('value' in chosen ? chosen.value : chosen.first);
  });
  return {
    elements: [select],
    takes: (value) => indexOf(value) >= 0,
    show: (value) => {
      const at = indexOf(value);
      Array.from(select.options, (one, i) => (one.selected = i === at));
    },
  };
}
