import { type Reduction, reductions } from '../../../src/definition/options.js';
import { jsonText, jsonValue, textOf, valuesIn } from './arrays.js';
import type { Values } from './values.js';

export const backends = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;

export type BackendName = (typeof backends)[number];

/** What predictions go through before a loss sees them. */
export const activations = ['none', 'softmax', 'sigmoid'] as const;

export type Activation = (typeof activations)[number];

export type PlainOptions = Readonly<Record<string, unknown>>;

/** A loss and the options that are off their defaults. */
export interface Setting {
  readonly loss: string;
  readonly options: PlainOptions;
}

/** An entry of an input, counted in the order of its data. */
export interface Place {
  readonly input: number;
  readonly entry: number;
}

/** Everything that the playground shows, as plain data. */
export interface State {
  /** One loss, or two side by side. */
  readonly settings: readonly [Setting] | readonly [Setting, Setting];
  readonly reduction: Reduction;
  readonly activation: Activation;
  readonly backend: BackendName;
  /** The inputs of the losses, before the activation; null: those that the first loss opens with. */
  readonly inputs: readonly Values[] | null;
  /** The entry along which the curve is drawn; null: the first prediction. */
  readonly along: Place | null;
}

/** One loss on the inputs that it opens with. */
export const openingOf = (loss: string): State => ({
  settings: [{ loss, options: {} }],
  reduction: 'mean',
  activation: 'none',
  backend: 'cpu',
  inputs: null,
  along: null,
});

/** The squared error and the cross-entropy of a softmax: of a fair guess, and of one that is sure and wrong. */
export const comparison: State = {
  ...openingOf('meanSquaredError'),
  settings: [
    { loss: 'meanSquaredError', options: {} },
    { loss: 'categoricalCrossentropy', options: {} },
  ],
  activation: 'softmax',
  inputs: [
    { shape: [2, 3], data: [1, 0, 0, 1, 0, 0] },
    { shape: [2, 3], data: [0.5, 0, -0.5, -4, 4, 0] },
  ],
  along: { input: 1, entry: 3 },
};

/** The fragment of an address that `parseHash` reads, without `#`; what is as `openingOf` has it is left out. */
export function formatHash({ settings, reduction, activation, backend, inputs, along }: State): string {
  const [first, second] = settings;
  const opening = openingOf(first.loss);
  const parts: readonly (readonly [name: string, value: string | false])[] = [
    ['loss', first.loss],
    ['options', hasAny(first.options) && jsonText(first.options)],
    ['with', second?.loss ?? false],
    ['withOptions', second ? hasAny(second.options) && jsonText(second.options) : false],
    ['reduction', reduction !== opening.reduction && reduction],
    ['activation', activation !== opening.activation && activation],
    ['backend', backend !== opening.backend && backend],
    ['inputs', inputs !== null && `[${inputs.map(textOf).join(',')}]`],
    ['along', along !== null && `${along.input}.${along.entry}`],
  ];
  return new URLSearchParams(
    parts.flatMap(([name, value]) => (value === false ? [] : [[name, value] as [string, string]])),
  ).toString();
}

const hasAny = (options: PlainOptions): boolean => Object.keys(options).length > 0;

/** The state that a fragment tells, with or without `#`; null where it names no loss. Throws where a part makes no sense. */
export function parseHash(hash: string): State | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const loss = parts.get('loss');
  if (loss === null || loss === '') return null;
  const opening = openingOf(loss);
  const other = parts.get('with');
  const first: Setting = { loss, options: optionsIn('options', parts.get('options')) };
  return {
    settings:
      other === null ? [first] : [first, { loss: other, options: optionsIn('withOptions', parts.get('withOptions')) }],
    reduction: oneOf('reduction', reductions, parts.get('reduction'), opening.reduction),
    activation: oneOf('activation', activations, parts.get('activation'), opening.activation),
    backend: oneOf('backend', backends, parts.get('backend'), opening.backend),
    inputs: inputsIn(parts.get('inputs')),
    along: placeIn(parts.get('along')),
  };
}

export function optionsIn(label: string, text: string | null): PlainOptions {
  if (text === null) return {};
  const value = jsonValue(label, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${label}: ${text.slice(0, 80)} came; expected an object such as {"delta":2}`);
  }
  return value as PlainOptions;
}

function oneOf<T extends string>(label: string, words: readonly T[], text: string | null, fallback: T): T {
  if (text === null) return fallback;
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new Error(`${label}: ${JSON.stringify(text)} came; expected one of ${words.join(', ')}`);
  return found;
}

function inputsIn(text: string | null): readonly Values[] | null {
  if (text === null) return null;
  const value = jsonValue('inputs', text);
  if (!Array.isArray(value)) throw new Error(`inputs: ${text.slice(0, 80)} came; expected a list of arrays`);
  return value.map((part: unknown) => valuesIn('inputs', jsonText(part)));
}

function placeIn(text: string | null): Place | null {
  const found = /^(\d+)\.(\d+)$/.exec(text ?? '');
  return found && { input: Number(found[1]), entry: Number(found[2]) };
}
