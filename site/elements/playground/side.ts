import { type Controls, controlsOf, type OptionValues } from '../controls/index.js';
import { make } from '../make.js';
import { optionsOf } from '../../../scripts/facts/options.js';
import { definitionOf } from '../../../src/definition/definition.js';
import { getLoss } from '../../../src/getLoss.js';
import type { WholeOutcome } from './compute.js';
import { type Families, type LossSelect, lossSelectOf } from './lossSelect.js';
import { indicesOf, shapeText, short } from './numbers.js';
import { rowsOf } from './rows.js';
import type { PlainOptions, Setting } from './state.js';
import { sizeOf, type Values } from './values.js';
import type { PlaygroundWords } from './words.js';

/** One loss with its options and what it gives. */
export interface Side {
  readonly element: HTMLElement;
  readonly show: (setting: Setting) => void;
  readonly showOutcome: (outcome: WholeOutcome) => void;
  readonly showTime: (milliseconds: number | null) => void;
  /** Shows an error beside the option that it names, or else here; null takes it away. */
  readonly complain: (message: string | null) => void;
  /** Tells which losses take the inputs; the others cannot be chosen. */
  readonly allow: LossSelect['allow'];
}

export interface SideSetting {
  /** Counted from 1. */
  readonly number: number;
  readonly isCompact: boolean;
  readonly words: PlaygroundWords;
  readonly families: Families;
  readonly choose: (loss: string) => void;
  readonly setOptions: (options: PlainOptions) => void;
}

/** So many options are shown at once. */
const FEW = 3;

export function sideOf({ number, isCompact, words, families, choose, setOptions }: SideSetting): Side {
  const select = lossSelectOf(number === 1 ? words.loss : words.otherLoss, families, words);
  select.element.addEventListener('change', () => choose(select.element.value));
  const name = make(document, 'code', {});
  const optionCount = make(document, 'summary', {});
  const options = make(document, 'details', { class: 'playground-options' });
  const value = make(document, 'output', { class: 'playground-value', 'aria-label': words.value });
  const note = make(document, 'p', { class: 'playground-note' });
  const time = make(document, 'p', { class: 'playground-note playground-time' });
  const values = make(document, 'div', { class: 'playground-values' });
  const error = make(document, 'p', { class: 'playground-error', role: 'alert' });
  const element = make(
    document,
    'section',
    { class: 'playground-side', 'data-side': number },
    isCompact ? name : select.element,
    value,
    error,
    ...(isCompact ? [] : [note, time, options, make(document, 'h4', {}, words.values), values]),
  );
  let controls: Controls | null = null;
  let own = '';
  options.addEventListener('options', (event) => setOptions((event as CustomEvent<OptionValues>).detail));
  const showValues = entriesIn(values);
  return {
    element,
    show: ({ loss, options: set }) => {
      if (loss !== own) {
        own = loss;
        select.show(loss);
        name.textContent = loss;
        controls = controlsOf(document, optionsOf(definitionOf(getLoss(loss)).options));
        const count = controls.element.childElementCount;
        optionCount.textContent = `${words.options} (${count})`;
        options.hidden = count === 0;
        options.replaceChildren(optionCount, controls.element);
        options.open = count <= FEW || Object.keys(set).length > 0;
      }
      controls?.show(set as OptionValues);
    },
    showOutcome: ({ value: given, values: all }) => {
      const isSingle = given.shape.length === 0;
      value.textContent = isSingle ? short(given.data[0] ?? NaN) : listed(given);
      value.classList.toggle('playground-several', !isSingle);
      note.textContent = isSingle ? '' : words.gradientOfSum;
      showValues(all);
    },
    showTime: (milliseconds) => {
      time.textContent =
        milliseconds === null ? '' : `${words.timePerCall} ${words.milliseconds(short(milliseconds, 2))}`;
    },
    complain: (message) => {
      if (message !== null) value.textContent = '–';
      const isAtOption = message !== null && controls?.complain(message) === true;
      error.textContent = message !== null && !isAtOption ? message : '';
      if (isAtOption) options.open = true;
    },
    allow: select.allow,
  };
}

/** How many of several values are written out. */
const MOST_LISTED = 24;

const listed = ({ shape, data }: Values): string =>
  `${shapeText(shape)}: ${data
    .slice(0, MOST_LISTED)
    .map((x) => short(x))
    .join(', ')}${data.length > MOST_LISTED ? ', …' : ''}`;

/** Shows numbers in rows; the elements stay as long as the shape does. */
function entriesIn(place: HTMLElement): (values: Values) => void {
  let shape = '';
  let cells: HTMLElement[] = [];
  return (values) => {
    const now = values.shape.join();
    if (now !== shape || cells.length === 0) {
      shape = now;
      cells = [];
      place.replaceChildren(
        ...rowsOf(values.shape, (entry) => {
          const cell = make(document, 'span', { title: shapeText(indicesOf(values.shape, entry)) });
          cells.push(cell);
          return cell;
        }),
      );
    }
    if (sizeOf(values.shape) > 0) cells.forEach((cell, entry) => (cell.textContent = short(values.data[entry] ?? NaN)));
  };
}
