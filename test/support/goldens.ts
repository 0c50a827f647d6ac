import { tensor, type Tensor } from '@tensorflow/tfjs';

type Written = number | boolean | string;

interface WrittenTensor {
  readonly shape: readonly number[];
  readonly values: readonly Written[];
  readonly dtype?: 'int32' | 'bool';
}

/** A density that a golden integrates, by name and parameters. */
export interface WrittenDensity {
  readonly distribution: string;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly scale: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

export interface Expected {
  readonly value: WrittenTensor;
  readonly gradients: Readonly<Record<string, WrittenTensor>>;
}

/** A number that a library gave, see scripts/goldens. */
export interface Golden extends Expected {
  readonly id: string;
  readonly call: string;
  readonly loss: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, WrittenTensor | WrittenDensity | readonly Written[]>>;
  readonly tolerance?: number;
  /** Why this package gives another number, which is then in `ours`. */
  readonly departs?: string;
  readonly ours?: Expected;
}

export interface GoldenFile {
  readonly library: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly Golden[];
}

export const parseGoldens = (text: string): GoldenFile => JSON.parse(text, withInfinities) as GoldenFile;

/** JSON has no NaN and no infinities; they are written as strings. */
function withInfinities(_: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}

export const toNumbers = (values: readonly Written[]): number[] => values.map(Number);

export const readTensor = ({ values, shape, dtype }: WrittenTensor): Tensor =>
  tensor(toNumbers(values), [...shape], dtype ?? 'float32');
