import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a version of Keras calls functions, with the name that each function itself has, and its classes. */
export interface Names {
  readonly functions: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
}

export interface OptimizerOfKeras {
  readonly class_name: string;
  readonly config: Readonly<Record<string, string | number | boolean | null>>;
}

export interface KerasVersion {
  readonly losses: Names;
  readonly metrics?: Names;
  /** Each optimizer with its options at their defaults, and with those that are numbers off them. */
  readonly optimizers?: readonly OptimizerOfKeras[];
}

/** As scripts/keras/versions.py has found them. */
export const kerasVersions = JSON.parse(readFileSync(join(__dirname, 'kerasVersions.json'), 'utf8')) as Readonly<
  Record<string, KerasVersion>
>;

/** Classes that others are made of. */
const parts = ['Loss', 'LossFunctionWrapper', 'Metric', 'MeanMetricWrapper', 'SumOverBatchSizeMetricWrapper', 'Reduce'];

/** All names that can stand in a file of a version. */
export const namesIn = ({ functions, classes }: Names): readonly string[] => [
  ...Object.keys(functions),
  ...classes.filter((name) => !parts.includes(name) && !name.endsWith('Base')),
];
