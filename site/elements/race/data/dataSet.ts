import seedrandom from 'seedrandom';
import type { DataName } from './names.js';

/** Examples to learn from and to be tested on. */
export interface DataSet {
  readonly name: DataName;
  /** What losses for it are for, as the facts of losses have it. */
  readonly tasks: readonly string[];
  /** Numbers of classes; 1 for a single score of yes or no. */
  readonly classes: number;
  /** Numbers that the net sees of each place. */
  readonly features: number;
  /** The places of an example that have a label each: `[]` for one label, `[16, 16]` for an image of labels. */
  readonly places: readonly number[];
  /** Units of the hidden layers of the net. */
  readonly hidden: readonly number[];
  readonly training: Examples;
  readonly test: Examples;
}

export interface Examples {
  readonly count: number;
  /** `[count, ...places, features]` */
  readonly inputs: Float32Array;
  /** The class of each place, `[count, ...places]`; 0 or 1 where there is a single score. */
  readonly labels: Uint8Array;
}

export type Random = () => number;

export const randomOf = (seed: string): Random => seedrandom(seed);

/** A number of the standard normal distribution. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** The numbers from 0 to `count` − 1 in any order. */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** The examples at these places, in this order. */
export function pick({ count, inputs, labels }: Examples, at: readonly number[]): Examples {
  const [width, places] = [inputs.length / count, labels.length / count];
  const own = { inputs: new Float32Array(at.length * width), labels: new Uint8Array(at.length * places) };
  at.forEach((from, to) => {
    own.inputs.set(inputs.subarray(from * width, (from + 1) * width), to * width);
    own.labels.set(labels.subarray(from * places, (from + 1) * places), to * places);
  });
  return { count: at.length, ...own };
}
