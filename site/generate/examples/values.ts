import type { DomainName } from '../../../src/definition/domain.js';

/** Numbers as code has them. */
export type Nested = number | readonly Nested[];

/** Numbers that a reader takes in at a glance: of inputs with a number for each place, and with a row for each place. */
interface Readable {
  readonly list: readonly number[];
  readonly rows: readonly (readonly number[])[];
  /** Rows of two numbers, where the first two of `rows` would not do. */
  readonly pairs?: readonly (readonly number[])[];
}

const real: Readable = {
  list: [1.5, -0.5, 2],
  rows: [
    [1, 0.5, -0.5],
    [0, 1, 0.5],
    [-1, 0, 1],
  ],
  pairs: [
    [0.6, 0.8],
    [1, 0],
    [0, -1],
  ],
};
const multiHot: Readable = {
  list: [1, 0, 1],
  rows: [
    [1, 0, 0],
    [1, 1, 0],
    [0, 0, 1],
  ],
};
const oneHot: Readable = {
  list: [1, 0, 1],
  rows: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
};
const indices: Readable = { list: [0, 1, 2], rows: [[0, 1, 2]] };

const ofLabels: Readonly<Record<DomainName, Readable>> = {
  real,
  logit: real,
  embedding: real,
  cosine: {
    list: [0.8, -0.2, 0.5],
    rows: [
      [0.8, 0.1, -0.3],
      [-0.2, 0.6, 0.3],
      [0.1, -0.4, 0.5],
    ],
  },
  nonNegative: {
    list: [2, 1, 4],
    rows: [
      [2, 1, 3],
      [1, 4, 2],
      [3, 2, 1],
    ],
  },
  probability: multiHot,
  heatmap: {
    list: [0.6, 1, 0.6],
    rows: [
      [0.6, 1, 0.6],
      [1, 0.6, 0.1],
      [0.1, 0.6, 1],
    ],
  },
  quality: {
    list: [0, 0.75, 0],
    rows: [
      [0, 0.75, 0],
      [0.5, 0, 0],
      [0, 0, 1],
    ],
  },
  distribution: oneHot,
  logProbability: { list: [-0.2, -1.6, -0.7], rows: [[-0.2, -2.3, -2.3]] },
  classIndex: indices,
  ordinal: { list: [0, 1, 3], rows: [[0, 1, 3]] },
  paddedIndex: {
    list: [1, 2, -1],
    rows: [
      [1, 2, -1, -1],
      [2, -1, -1, -1],
      [1, -1, -1, -1],
    ],
  },
  binaryClass: { list: [1, 0, 1], rows: [[1, 0, 1]] },
  group: { list: [0, 1, 0], rows: [[0, 1, 0]] },
  relevance: {
    list: [3, 1, 0],
    rows: [
      [3, 1, 0],
      [0, 2, 1],
      [1, 0, -1],
    ],
  },
  box: {
    list: [0.3, 0.4, 0.6],
    rows: [
      [0.3, 0.4, 0.6, 0.8],
      [0.5, 0.2, 0.7, 0.6],
      [0.1, 0.1, 0.4, 0.5],
    ],
  },
  hingeLabel: { list: [1, -1, 1], rows: [[1, -1, 1]] },
  timeAndEvent: {
    list: [1, 1],
    rows: [
      [5, 1],
      [8, 0],
      [3, 1],
      [6, 1],
      [2, 1],
      [9, 0],
    ],
  },
  intervalAndEvent: {
    list: [1, 1],
    rows: [
      [2, 1],
      [3, 0],
      [0, 1],
      [1, 1],
      [3, 1],
      [2, 0],
    ],
  },
};

const predictedReal: Readable = {
  list: [1.2, 0.5, 0.8],
  rows: [
    [2, 0.5, -1],
    [-0.5, 0.2, 0.6],
    [0.4, -1, 1.2],
  ],
  pairs: [
    [0.8, 0.6],
    [0.6, -0.8],
    [0, 1],
  ],
};

const ofPredictions: Readonly<Record<DomainName, Readable>> = {
  ...ofLabels,
  real: predictedReal,
  logit: predictedReal,
  embedding: predictedReal,
  relevance: predictedReal,
  nonNegative: {
    list: [1.5, 2, 3],
    rows: [
      [1.5, 2, 3],
      [1, 3, 2.5],
      [3, 1, 0.5],
    ],
  },
  probability: {
    list: [0.8, 0.3, 0.6],
    rows: [
      [0.8, 0.3, 0.1],
      [0.3, 0.9, 0.2],
      [0.6, 0.1, 0.7],
    ],
  },
  distribution: {
    list: [0.8, 0.3, 0.6],
    rows: [
      [0.7, 0.2, 0.1],
      [0.3, 0.6, 0.1],
      [0.2, 0.3, 0.5],
    ],
  },
  logProbability: {
    list: [-0.2, -1.6, -0.7],
    rows: [
      [-0.4, -1.6, -2.3],
      [-1.2, -0.5, -2.3],
      [-1.6, -1.2, -0.7],
    ],
  },
  box: {
    list: [0.2, 0.4, 0.6],
    rows: [
      [0.2, 0.4, 0.5, 0.7],
      [0.5, 0.3, 0.8, 0.6],
      [0.2, 0.2, 0.4, 0.6],
    ],
  },
};

const soft: Readable = {
  list: [0.8, 0.2, 0.9],
  rows: [
    [0.8, 0.1, 0.1],
    [0.2, 0.7, 0.1],
    [0, 0.3, 0.7],
  ],
};

/** Whose numbers these are: labels that are classes, labels that are distributions, or predictions. */
export type Role = 'labels' | 'softLabels' | 'predictions';

/** Numbers of a domain in a shape; `inRows` if the last axis belongs to each place, as classes do. Later inputs begin later. */
export function valuesOf(domain: DomainName, role: Role, shape: readonly number[], inRows: boolean, from = 0): Nested {
  const isSoft = role === 'softLabels' && domain === 'distribution';
  const { list, rows, pairs = rows } = isSoft ? soft : (role === 'predictions' ? ofPredictions : ofLabels)[domain];
  let place = from;
  const fill = ([size, ...inner]: readonly number[]): Nested => {
    if (size === undefined) return cyclic(list, place++);
    if (!inRows || inner.length > 0) return Array.from({ length: size }, () => fill(inner));
    const row = cyclic(size === 2 ? pairs : rows, place++);
    return Array.from({ length: size }, (_, i) => cyclic(row, i));
  };
  return fill(shape);
}

const cyclic = <T>(values: readonly T[], i: number): T => values[i % values.length] as T;
