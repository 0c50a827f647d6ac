import { make } from '../make.js';
import { dataNames } from './data/names.js';
import { limits } from './hash.js';
import type { Settings } from './settings.js';
import type { RaceWords } from './words.js';

/** The controls of all settings but the losses. */
export interface SettingsForm {
  readonly element: HTMLElement;
  readonly show: (settings: Settings) => void;
}

const numbers = ['seed', 'noise', 'kept', 'bias', 'learningRate', 'batchSize'] as const;

export function settingsFormOf(
  document: Document,
  words: RaceWords,
  give: (changed: Partial<Settings>) => void,
): SettingsForm {
  const choice = <T extends string>(key: 'data' | 'optimizer', names: readonly T[], text: (name: T) => string) => {
    const select = make(
      document,
      'select',
      {},
      ...names.map((name) => make(document, 'option', { value: name }, text(name))),
    );
    select.addEventListener('change', () => give({ [key]: select.value }));
    return select;
  };
  const data = choice('data', dataNames, (name) => words.dataSets[name]);
  const optimizer = choice('optimizer', ['sgd', 'adam'], (name) => name);
  const fields = numbers.map((key) => {
    const [min, max] = limits[key];
    const input = make(document, 'input', { type: 'number', min, max, step: 'any', inputmode: 'decimal' });
    input.addEventListener('change', () => {
      const value = Number(input.value);
      const isInteger = key === 'seed' || key === 'batchSize';
      if (input.value.trim() === '' || !Number.isFinite(value)) return;
      give({ [key]: Math.min(max, Math.max(min, isInteger ? Math.round(value) : value)) });
    });
    return { key, input };
  });
  const labelled = (text: string, control: HTMLElement): HTMLElement =>
    make(document, 'label', {}, make(document, 'span', {}, text), control);
  const element = make(
    document,
    'details',
    { class: 'race-settings' },
    make(document, 'summary', {}, words.settings),
    make(
      document,
      'div',
      { class: 'race-form' },
      labelled(words.data, data),
      ...fields.map(({ key, input }) => labelled(words[key], input)),
      labelled(words.optimizer, optimizer),
    ),
  );
  return {
    element,
    show: (settings) => {
      data.value = settings.data;
      optimizer.value = settings.optimizer;
      fields.forEach(({ key, input }) => (input.value = String(settings[key])));
    },
  };
}
