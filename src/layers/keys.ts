import { editDistance } from '../definition/editDistance.js';
import { cut, fail, show } from '../definition/fail.js';
import {
  either,
  flag,
  type Kind,
  nonNegative,
  nonNegativeInteger,
  oneOf,
  orNull,
  positiveIntegerOrNull,
} from '../definition/kinds.js';
import { isOptions, ownValues } from '../definition/options.js';
import { isDataset } from './datasetTypes.js';

/** What is looked at where it is used. */
const anything: Kind<unknown> = { expected: 'a value', accepts: () => true };

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const count = positiveIntegerOrNull;

const verbosity: Kind<unknown> = {
  expected: '0, 1 or 2',
  accepts: (value) => [0, 1, 2, false, true, null].includes(value as null),
};

const callbacks: Kind<unknown> = {
  expected: 'a callback, or several in an array',
  accepts: (value) => value === null || [value].flat().every(isObject),
};

const validationSplit: Kind<unknown> = {
  expected: 'a number >= 0 and < 1',
  accepts: (value) => value === null || (nonNegative.accepts(value) && Number(value) < 1),
};

const arraysOfValidation: Kind<unknown> = {
  expected: '[x, y] or [x, y, sampleWeight]',
  accepts: (value) => value === null || (Array.isArray(value) && [2, 3].includes(value.length)),
};

const dataset: Kind<unknown> = { expected: 'a dataset', accepts: isDataset };

/** Of both ways to train. */
const training = {
  epochs: count,
  initialEpoch: orNull(nonNegativeInteger),
  verbose: verbosity,
  callbacks,
  yieldEvery: orNull(either<unknown, unknown>(oneOf('auto', 'batch', 'epoch', 'never'), nonNegative)),
  classWeight: anything,
};

/** What each call takes: our arguments, and those of tfjs, which are handed on. */
const known = {
  compile: { optimizer: anything, loss: anything, metrics: anything, weightedMetrics: anything, lossWeights: anything },
  fit: {
    ...training,
    batchSize: count,
    validationSplit,
    validationData: arraysOfValidation,
    shuffle: orNull(flag),
    sampleWeight: anything,
    stepsPerEpoch: count,
    validationSteps: count,
  },
  fitDataset: {
    ...training,
    batchesPerEpoch: count,
    validationData: either(arraysOfValidation, dataset),
    validationBatchSize: count,
    validationBatches: count,
  },
  evaluate: { batchSize: count, verbose: verbosity, sampleWeight: anything, steps: count },
  evaluateDataset: { batches: count, verbose: verbosity },
  trainOnBatch: { sampleWeight: anything, classWeight: anything },
  'an item of the dataset': { xs: anything, ys: anything, sampleWeight: anything },
} as const;

/** The arguments of a call, which are a plain object and have no other keys than those known, each of what it takes. */
export function namedArguments<T extends object>(who: keyof typeof known, given: T): T {
  const kinds: Readonly<Record<string, Kind<unknown>>> = known[who];
  const keys = Object.keys(kinds);
  if (!isOptions(given)) fail(who, `the arguments are ${show(given)}; expected an object with ${keys.join(', ')}`);
  const values = ownValues(who, given);
  for (const key of Reflect.ownKeys(values)) {
    if (typeof key === 'string' && keys.includes(key)) continue;
    const word = cut(String(key));
    const nearest = [...keys].sort((a, b) => editDistance(word, a) - editDistance(word, b))[0];
    fail(who, `unknown key ${show(key)}; expected ${nearest}, or another of ${keys.join(', ')}`);
  }
  for (const [key, value] of Object.entries(values)) {
    const { accepts, expected } = kinds[key] ?? anything;
    if (!accepts(value)) fail(who, `${key} is ${show(value)}; expected ${expected}`);
  }
  return values as T;
}
