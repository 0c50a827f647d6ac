import type { SampleWeight } from './exampleWeights.js';
import type { Tensors } from './internals.js';

export interface Item {
  readonly xs: Tensors;
  readonly ys?: Tensors | null;
  readonly sampleWeight?: SampleWeight;
}

export interface Iterator {
  next(): Promise<{ readonly value: Item | Promise<Item> | null; readonly done: boolean }>;
}

export interface Dataset {
  readonly size?: number;
  iterator(): Promise<Iterator>;
}

export const isDataset = (value: unknown): value is Dataset =>
  typeof (value as Partial<Dataset> | null | undefined)?.iterator === 'function';

export const isIterator = (value: unknown): value is Iterator =>
  typeof (value as Partial<Iterator> | null | undefined)?.next === 'function';
