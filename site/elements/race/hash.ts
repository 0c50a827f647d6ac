import { dataNames } from './data/names.js';
import { type PresetName, presetNames, presets } from './presets.js';
import { type Options, plain, type Racer, type Settings } from './settings.js';

/** What stands after `#` in a link to a race: `preset=noise`, or all that differs from the plain settings. */
export function hashOf(settings: Settings): string {
  const name = presetOf(settings);
  if (name) return new URLSearchParams({ preset: name }).toString();
  const entries = new URLSearchParams({ data: settings.data });
  for (const [key, value] of Object.entries(plain)) {
    const own = settings[key as keyof typeof plain];
    if (own !== value) entries.set(key, String(own));
  }
  (['a', 'b'] as const).forEach((letter, i) => {
    const { loss, options } = settings.racers[i] as Racer;
    entries.set(letter, loss);
    for (const [option, value] of Object.entries(options)) entries.set(`${letter}.${option}`, JSON.stringify(value));
  });
  return entries.toString();
}

/** The preset that has these settings; null: none. */
export const presetOf = (settings: Settings): PresetName | null =>
  presetNames.find((name) => sorted(presets[name].settings) === sorted(settings)) ?? null;

/** JSON that does not depend on the order of keys. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** The settings that a hash, without its `#`, stands for; null: none that can be understood. */
export function settingsFrom(hash: string): Settings | null {
  const entries = new URLSearchParams(hash);
  const preset = presetNames.find((name) => name === entries.get('preset'));
  if (preset) return presets[preset].settings;
  const data = dataNames.find((name) => name === entries.get('data'));
  const [a, b] = [racerFrom(entries, 'a'), racerFrom(entries, 'b')];
  if (!data || !a || !b) return null;
  const optimizer = entries.get('optimizer') === 'sgd' ? 'sgd' : plain.optimizer;
  const number = (key: 'seed' | 'noise' | 'kept' | 'bias' | 'learningRate' | 'batchSize'): number => {
    const [low, high] = limits[key];
    const value = Number(entries.get(key) ?? plain[key]);
    const within = Number.isFinite(value) ? Math.min(Math.max(value, low), high) : plain[key];
    return key === 'seed' || key === 'batchSize' ? Math.round(within) : within;
  };
  return {
    data,
    seed: number('seed'),
    noise: number('noise'),
    kept: number('kept'),
    bias: number('bias'),
    optimizer,
    learningRate: number('learningRate'),
    batchSize: number('batchSize'),
    racers: [a, b],
  };
}

/** The least and the greatest of each number. */
export const limits = {
  seed: [0, 9999],
  noise: [0, 0.9],
  kept: [0.02, 1],
  bias: [-200, 200],
  learningRate: [1e-6, 10],
  batchSize: [1, 256],
} as const;

function racerFrom(entries: URLSearchParams, letter: string): Racer | null {
  const loss = entries.get(letter);
  if (loss === null || loss === '') return null;
  const own = Array.from(entries).filter(([key]) => key.startsWith(`${letter}.`));
  const options: Options = Object.fromEntries(own.map(([key, value]) => [key.slice(2), valueOf(value)]));
  return { loss, options };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
