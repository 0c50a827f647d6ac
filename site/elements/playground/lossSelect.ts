import { allLosses } from '../../../src/getLoss.js';
import { make } from '../make.js';
import type { PlaygroundWords } from './words.js';

/** The names of the losses by the title of their family. */
export type Families = Readonly<Record<string, readonly string[]>>;

/** The choice of a loss. */
export interface LossSelect {
  readonly element: HTMLSelectElement;
  readonly show: (loss: string) => void;
  /** Separates the losses that may be chosen from the others; null lists all by their families. */
  readonly allow: (isAllowed: ((loss: string) => boolean) | null) => void;
}

export function lossSelectOf(label: string, families: Families, words: PlaygroundWords): LossSelect {
  const element = make(document, 'select', { 'aria-label': label });
  const entries = new Map<string, HTMLOptionElement>(
    allLosses().map(({ name }) => [name, make(document, 'option', { value: name }, name)]),
  );
  let shown = '';
  const group = (title: string, losses: readonly string[], isAllowed: boolean): HTMLElement[] => {
    const members = losses.flatMap((loss) => entries.get(loss) ?? []);
    members.forEach((entry) => (entry.disabled = !isAllowed && entry.value !== shown));
    return members.length === 0 ? [] : [make(document, 'optgroup', { label: title }, ...members)];
  };
  const allow: LossSelect['allow'] = (isAllowed) => {
    const [fitting, others] = parted(Object.values(families).flat(), isAllowed ?? ((): boolean => true));
    element.replaceChildren(
      ...(isAllowed
        ? [...group(words.fitting, fitting, true), ...group(words.notFitting, others, false)]
        : Object.entries(families).flatMap(([title, losses]) => group(title, losses, true))),
    );
    element.value = shown;
  };
  allow(null);
  return {
    element,
    show: (loss) => {
      shown = loss;
      element.value = loss;
    },
    allow,
  };
}

const parted = <T>(all: readonly T[], isIn: (one: T) => boolean): readonly [T[], T[]] => [
  all.filter(isIn),
  all.filter((one) => !isIn(one)),
];
