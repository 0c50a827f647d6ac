import { distance } from 'fastest-levenshtein';
import { cut, fail, show } from '../core/fail.js';
import { isOptions, ownValues } from '../core/options.js';

/** Keys that each call takes: ours, and those of tfjs, which are handed on. */
const known = {
  compile: ['optimizer', 'loss', 'metrics', 'lossWeights'],
  fit: [
    ...['batchSize', 'epochs', 'verbose', 'callbacks', 'validationSplit', 'validationData', 'shuffle', 'classWeight'],
    ...['sampleWeight', 'initialEpoch', 'stepsPerEpoch', 'validationSteps', 'yieldEvery'],
  ],
  fitDataset: [
    ...['batchesPerEpoch', 'epochs', 'verbose', 'callbacks', 'validationData', 'validationBatchSize'],
    ...['validationBatches', 'yieldEvery', 'initialEpoch', 'classWeight'],
  ],
  evaluate: ['batchSize', 'verbose', 'sampleWeight', 'steps'],
  evaluateDataset: ['batches', 'verbose'],
  trainOnBatch: ['sampleWeight', 'classWeight'],
  'an item of the dataset': ['xs', 'ys', 'sampleWeight'],
} as const;

/** The arguments of a call, which are a plain object and have no other keys than those known. */
export function namedArguments<T extends object>(who: keyof typeof known, given: T): T {
  if (!isOptions(given)) {
    fail(who, `the arguments are ${show(given)}; expected an object with ${known[who].join(', ')}`);
  }
  const values = ownValues(who, given);
  for (const key of Reflect.ownKeys(values)) {
    if (typeof key === 'string' && (known[who] as readonly string[]).includes(key)) continue;
    const word = cut(String(key));
    const nearest = [...known[who]].sort((a, b) => distance(word, a) - distance(word, b))[0];
    fail(who, `unknown key ${show(key)}; expected ${nearest}, or another of ${known[who].join(', ')}`);
  }
  return values as T;
}
