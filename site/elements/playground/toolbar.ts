import { make } from '../make.js';
import { reductions } from '../../../src/definition/options.js';
import { type Activation, activations, type BackendName, type State } from './state.js';
import type { PlaygroundWords } from './words.js';

/** What concerns all losses of the playground at once. */
export interface Toolbar {
  readonly element: HTMLElement;
  readonly show: (state: State, hasActivation: boolean) => void;
  /** Something that goes on, or has just happened. */
  readonly say: (text: string) => void;
  readonly complainOfBackend: (message: string | null) => void;
}

export interface ToolbarSetting {
  readonly words: PlaygroundWords;
  /** The backends that the browser has. */
  readonly backends: readonly BackendName[];
  readonly change: (part: Partial<Pick<State, 'reduction' | 'activation' | 'backend'>>) => void;
  readonly compare: () => void;
  readonly share: () => void;
  readonly reset: () => void;
}

export function toolbarOf({ words, backends, change, compare, share, reset }: ToolbarSetting): Toolbar {
  const reduction = selectOf(
    words.reduction,
    reductions,
    (name) => name,
    (name) => change({ reduction: name }),
  );
  const activation = selectOf(words.activation, activations, activationText(words), (name) =>
    change({ activation: name }),
  );
  const backend = selectOf(
    words.backend,
    backends,
    (name) => name,
    (name) => change({ backend: name }),
  );
  const comparing = buttonOf('', compare);
  const status = make(document, 'p', { class: 'playground-note', role: 'status' });
  const error = make(document, 'p', { class: 'playground-error', role: 'alert' });
  const element = make(
    document,
    'div',
    { class: 'playground-toolbar' },
    ...[activation, reduction, backend].map(({ label }) => label),
    make(
      document,
      'div',
      { class: 'playground-buttons' },
      comparing,
      buttonOf(words.share, share),
      buttonOf(words.reset, reset),
    ),
    status,
    error,
  );
  return {
    element,
    show: (state, hasActivation) => {
      reduction.select.value = state.reduction;
      activation.select.value = state.activation;
      activation.label.hidden = !hasActivation;
      backend.select.value = state.backend;
      comparing.textContent = state.settings.length === 1 ? words.compare : words.single;
    },
    say: (text) => {
      status.textContent = text;
    },
    complainOfBackend: (message) => {
      error.textContent = message ?? '';
    },
  };
}

const activationText =
  (words: PlaygroundWords) =>
  (name: Activation): string =>
    words.activations[name];

function selectOf<T extends string>(
  title: string,
  names: readonly T[],
  text: (name: T) => string,
  give: (name: T) => void,
): { readonly label: HTMLElement; readonly select: HTMLSelectElement } {
  const select = make(
    document,
    'select',
    {},
    ...names.map((name) => make(document, 'option', { value: name }, text(name))),
  );
  select.addEventListener('change', () => give(select.value as T));
  return { select, label: make(document, 'label', {}, title, ' ', select) };
}

export function buttonOf(text: string, press: () => void): HTMLButtonElement {
  const button = make(document, 'button', { type: 'button' }, text);
  button.addEventListener('click', press);
  return button;
}
