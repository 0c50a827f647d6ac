import { type DataSet, type Examples, pick, randomOf } from './dataSet.js';
import type { Settings } from '../settings.js';

/** A data set whose training examples were made rarer and wrong as the settings say; those of the test stay as they are. */
export function changed(data: DataSet, { seed, noise, kept }: Pick<Settings, 'seed' | 'noise' | 'kept'>): DataSet {
  const rarer = kept < 1 ? withRareClass(data.training, kept) : data.training;
  return { ...data, training: noise > 0 ? withNoise(rarer, data, noise, seed) : rarer };
}

/** Keeps the first ones of the examples of class 1. Examples with a label for each place all stay. */
function withRareClass(examples: Examples, kept: number): Examples {
  if (examples.labels.length > examples.count) return examples;
  const rare = Array.from(examples.labels.keys()).filter((i) => examples.labels[i] === 1);
  const away = new Set(rare.slice(Math.max(1, Math.round(kept * rare.length))));
  return pick(
    examples,
    Array.from(examples.labels.keys()).filter((i) => !away.has(i)),
  );
}

/** Each label is another class with this probability. */
function withNoise(examples: Examples, data: DataSet, noise: number, seed: number): Examples {
  const random = randomOf(`noise ${seed}`);
  const classes = Math.max(2, data.classes);
  const labels = examples.labels.map((label) => {
    const [isWrong, by] = [random() < noise, 1 + Math.floor(random() * (classes - 1))];
    return isWrong ? (label + by) % classes : label;
  });
  return { ...examples, labels };
}
