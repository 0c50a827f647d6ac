import { make } from '../make.js';
import { textOf, valuesIn } from './arrays.js';
import { type GradientBar, gradientBar, largestOf } from './bars.js';
import { valuesOfFile } from './files.js';
import { areShares, type InputPlan, moved, spanOf } from './inputs.js';
import { shapeText, short } from './numbers.js';
import { rowsOf, shownOf } from './rows.js';
import type { Activation } from './state.js';
import { sizeOf, type Values } from './values.js';
import type { PlaygroundWords } from './words.js';

/** What an editor is for. */
export interface EditorSetting {
  readonly plan: InputPlan;
  readonly values: Values;
  readonly activation: Activation;
  /** How many classes an index may name. */
  readonly classes: number;
  /** How many losses are shown, each with a gradient. */
  readonly sides: number;
  /** No arrays, no files. */
  readonly isCompact: boolean;
  readonly words: PlaygroundWords;
  /** An entry was moved, or null: all values are others, of another shape perhaps. */
  readonly give: (values: Values, entry: number | null) => void;
}

/** Sliders, or choices of classes, for the numbers of one input, each with its gradients below. */
export interface Editor {
  readonly element: HTMLElement;
  readonly showGradients: (gradients: readonly (Values | null)[]) => void;
  /** What the activation makes of the numbers. */
  readonly showActivated: (values: Values | null) => void;
  /** Null takes it away. */
  readonly complain: (message: string | null) => void;
}

interface Cell {
  readonly element: HTMLElement;
  readonly show: (value: number) => void;
  readonly activated: HTMLElement;
  readonly bars: readonly GradientBar[];
}

export function editorOf(setting: EditorSetting): Editor {
  const { plan, activation, sides, isCompact, words } = setting;
  let { values } = setting;
  const hasActivation = activation !== 'none';
  const isShare = areShares(plan, hasActivation);
  const isLogit = plan.isActivated && hasActivation;
  const cells: Cell[] = [];
  const move = (entry: number, value: number): void => {
    values = moved(values, entry, value, isShare);
    values.data.slice(0, cells.length).forEach((number, i) => {
      if (i === entry || isShare) cells[i]?.show(number);
    });
    setting.give(values, entry);
  };
  const rows = rowsOf(values.shape, (entry, indices) => {
    const label = indices === '' ? plan.name : `${plan.name} [${indices}]`;
    const made = cellOf(setting, label, sides, (value) => move(entry, value));
    made.show(values.data[entry] ?? 0);
    cells.push(made);
    return made.element;
  });
  const error = make(document, 'p', { class: 'playground-error', role: 'alert' });
  const complain = (message: string | null): void => {
    error.textContent = message ?? '';
  };
  const [shown, all] = [shownOf(values.shape), sizeOf(values.shape)];
  const element = make(
    document,
    'fieldset',
    { class: 'playground-input' },
    make(
      document,
      'legend',
      {},
      make(document, 'code', {}, plan.name),
      ` ${isLogit ? 'logits · ' : ''}${words.shape(shapeText(values.shape))}`,
    ),
    make(document, 'div', { class: 'playground-rows' }, ...rows),
    ...(shown < all ? [make(document, 'p', { class: 'playground-note' }, words.notAllShown(shown, all))] : []),
    error,
    ...(isCompact ? [] : [arrayPart(setting, () => values, complain)]),
  );
  if (!isCompact) takeFiles(element, setting, complain);
  return {
    element,
    complain,
    showGradients: (gradients) => {
      const most = largestOf(gradients);
      cells.forEach(({ bars }, entry) =>
        bars.forEach((bar, side) => bar.show(gradients[side]?.data[entry] ?? null, most)),
      );
    },
    showActivated: (own) =>
      cells.forEach(({ activated }, entry) => {
        activated.hidden = own === null;
        if (own) activated.textContent = short(own.data[entry] ?? NaN, 3);
      }),
  };
}

function cellOf(setting: EditorSetting, label: string, sides: number, give: (value: number) => void): Cell {
  const { plan, activation, words } = setting;
  const isChoice = plan.domain.integer !== undefined;
  const { element: control, show } = isChoice ? choiceOf(setting, label, give) : sliderOf(setting, label, give);
  const number = make(document, 'output', { 'aria-live': 'off', class: 'playground-number' });
  const activated = make(document, 'span', {
    class: 'playground-activated',
    title: activation === 'none' ? '' : words.after[activation],
    hidden: true,
  });
  const bars = plan.isDifferentiable
    ? Array.from({ length: sides }, (_, side) => gradientBar(side + 1, `${words.gradient}, ${label}`))
    : [];
  const element = make(
    document,
    'div',
    { class: 'playground-cell' },
    control,
    ...(isChoice ? [] : [number]),
    activated,
    make(document, 'div', { class: 'playground-gradients' }, ...bars.map((bar) => bar.element)),
    ...bars.map((bar) => bar.number),
  );
  return {
    element,
    activated,
    bars,
    show: (value) => {
      show(value);
      number.textContent = short(value);
    },
  };
}

interface Moving {
  readonly element: HTMLElement;
  readonly show: (value: number) => void;
}

function sliderOf({ plan, activation }: EditorSetting, label: string, give: (value: number) => void): Moving {
  const { low, high, step } = spanOf(plan, activation !== 'none');
  const slider = make(document, 'input', { type: 'range', min: low, max: high, step, 'aria-label': label });
  slider.addEventListener('input', () => give(Number(slider.value)));
  return {
    element: slider,
    show: (value) => {
      // The one that a reader holds stands where it is held.
      if (Number(slider.value) !== value) slider.value = String(value);
      slider.setAttribute('aria-valuetext', short(value));
    },
  };
}

function choiceOf({ plan, classes }: EditorSetting, label: string, give: (value: number) => void): Moving {
  const { name } = plan.domain;
  const count = name === 'binaryClass' ? 2 : name === 'group' ? 4 : classes + Number(name === 'ordinal');
  const first = name === 'paddedIndex' ? -1 : 0;
  const numbers = Array.from({ length: count - first }, (_, i) => first + i);
  const select = make(
    document,
    'select',
    { 'aria-label': label },
    ...numbers.map((number) => make(document, 'option', { value: number }, String(number))),
  );
  select.addEventListener('change', () => give(Number(select.value)));
  return {
    element: select,
    show: (value) => {
      // One that was pasted, or that is ignored.
      if (!Array.from(select.options).some((option) => Number(option.value) === value)) {
        select.append(make(document, 'option', { value }, String(value)));
      }
      select.value = String(value);
    },
  };
}

/** All numbers as text to be edited or pasted, and a file in their place. */
function arrayPart(
  { plan, words, give }: EditorSetting,
  values: () => Values,
  complain: (message: string | null) => void,
): HTMLElement {
  const text = make(document, 'textarea', { rows: 3, spellcheck: 'false', 'aria-label': words.asArray(plan.name) });
  const file = make(document, 'input', {
    type: 'file',
    accept: '.csv,.tsv,.npy,.json',
    'aria-label': words.openFile(plan.name),
  });
  const details = make(
    document,
    'details',
    {},
    make(document, 'summary', {}, words.asArray(plan.name)),
    text,
    file,
    make(document, 'p', { class: 'playground-note' }, words.dropHere),
  );
  details.addEventListener('toggle', () => {
    if (details.open) text.value = textOf(values()).replaceAll('],[', '],\n [');
  });
  text.addEventListener('change', () => {
    attempt(complain, () => give(valuesIn(plan.name, text.value), null));
  });
  file.addEventListener('change', () => {
    const [own] = file.files ?? [];
    if (own)
      void valuesOfFile(own).then(
        (read) => give(read, null),
        (error: unknown) => complain(messageOf(error)),
      );
  });
  return details;
}

/** A file that is dropped on an input is read. */
function takeFiles(element: HTMLElement, { give }: EditorSetting, complain: (message: string | null) => void): void {
  element.addEventListener('dragover', (event) => event.preventDefault());
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    const [own] = event.dataTransfer?.files ?? [];
    if (own)
      void valuesOfFile(own).then(
        (read) => give(read, null),
        (error: unknown) => complain(messageOf(error)),
      );
  });
}

function attempt(complain: (message: string | null) => void, run: () => void): void {
  try {
    run();
  } catch (error) {
    complain(messageOf(error));
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
