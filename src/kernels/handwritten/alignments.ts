import type { NumberArray } from './hostKernel.js';

/*
 * The walks over the states of an example that losses/sequence/common/alignments.ts describes, on plain numbers, in logarithms and double
 * precision, whatever range they have. What is impossible has the logarithm −Infinity.
 */

/** Cells before the first state and after the last one that are never reached, so that a walk needs no borders. */
const BORDER = 2;

/** A sum of exponentials below this may have lost what it is made of. */
const TINY = 1e-280;

/** What `Paths` says of an example, and the class of each state. */
export interface NumericPaths {
  readonly classOf: NumberArray;
  readonly canSkip: NumberArray;
  readonly ends: NumberArray;
}

/** The probability of each state at each step among all alignments. */
export interface Posteriors {
  readonly probabilities: Float64Array;
  /** Where among them those of a step begin. */
  placeOf(step: number): number;
}

/** Room for the walks of an example: one after the other may use it. */
export class Alignments implements Posteriors {
  /** Per step, ln of the probability that it emits the class of a state. Later the probability of the state. */
  readonly probabilities: Float64Array;
  /** States and borders: the length of the rows of all that follows. */
  private readonly width: number;
  /** Per step and before the first, ln of the probability of what was emitted up to it, in each state, less the largest. */
  private readonly before: Float64Array;
  /** ln of the probability of all that is emitted after a step, given the state, up to a constant. */
  private readonly after: Float64Array;
  /** ln 1 where an alignment may end, ln 0 elsewhere. */
  private readonly ends: Float64Array;
  /** 1 where the state before may be skipped, 0 elsewhere. */
  private readonly skips: Float64Array;
  private readonly scratch: Float64Array;
  private readonly exponentials: Float64Array;

  constructor(
    time: number,
    private readonly states: number,
  ) {
    const width = states + 2 * BORDER;
    const impossible = (length: number): Float64Array => new Float64Array(length).fill(-Infinity);
    this.width = width;
    this.probabilities = impossible(time * width);
    this.before = impossible((time + 1) * width);
    this.after = impossible(width);
    this.ends = impossible(width);
    this.skips = new Float64Array(width);
    this.scratch = impossible(width);
    this.exponentials = new Float64Array(width);
  }

  /** ln of the summed probability of all alignments of so many steps, of log-probabilities of the classes. */
  logLikelihood(logP: Float64Array, classes: number, paths: NumericPaths, steps: number): number {
    this.read(logP, classes, paths, steps);
    const { width, states, before, probabilities, ends, scratch } = this;
    // As if in the first blank.
    before.fill(-Infinity, BORDER, BORDER + states);
    before[BORDER] = 0;
    let offset = 0;
    for (let t = 0; t < steps; t++) {
      const [row, next] = [t * width, (t + 1) * width];
      this.move(before, row, before, next, 1);
      const largest = this.add(before, next, probabilities, row, before, next);
      if (largest === -Infinity) return largest;
      this.countFrom(largest, before, next);
      offset += largest;
    }
    const largest = this.add(before, steps * width, ends, 0, scratch, 0);
    if (largest === -Infinity) return largest;
    this.countFrom(largest, scratch, 0);
    return offset + largest + Math.log(this.exponentiate(scratch, 0));
  }

  /** Finds the probability of each state at each step among all alignments, if there are any. After `logLikelihood`. */
  toPosterior(steps: number): void {
    const { width, states, before, after, scratch, probabilities, ends, exponentials } = this;
    after.set(ends);
    for (let t = steps - 1; t >= 0; t--) {
      const row = t * width;
      this.countFrom(this.add(before, row + width, after, 0, scratch, 0), scratch, 0);
      const share = 1 / this.exponentiate(scratch, 0);
      const largest = this.add(probabilities, row, after, 0, scratch, 0);
      for (let i = BORDER; i < BORDER + states; i++) probabilities[row + i] = (exponentials[i] as number) * share;
      this.countFrom(largest, scratch, 0);
      this.move(scratch, 0, after, 0, -1);
    }
  }

  placeOf(step: number): number {
    return step * this.width + BORDER;
  }

  private read(logP: Float64Array, classes: number, { classOf, canSkip, ends }: NumericPaths, steps: number): void {
    const { width, states, probabilities } = this;
    for (let s = 0; s < states; s++) {
      const i = BORDER + s;
      const c = classOf[s] as number;
      this.skips[i] = canSkip[s] as number;
      this.ends[i] = ends[s] === 0 ? 0 : -Infinity;
      // The formula judges what is no class.
      for (let t = 0; t < steps; t++)
        probabilities[t * width + i] = c < classes ? (logP[t * classes + c] as number) : 0;
    }
  }

  /** ln of the summed probability of the states from which each one is reached, or, backwards, to which it leads. */
  private move(from: Float64Array, row: number, to: Float64Array, target: number, direction: 1 | -1): void {
    const { states, skips, exponentials } = this;
    this.exponentiate(from, row);
    const skipped = direction === 1 ? 0 : 2;
    for (let i = BORDER; i < BORDER + states; i++) {
      const one = i - direction;
      const two = one - direction;
      const maySkip = skips[i + skipped] as number;
      const total =
        (exponentials[i] as number) + (exponentials[one] as number) + maySkip * (exponentials[two] as number);
      to[target + i] =
        total > TINY
          ? Math.log(total)
          : logSum(
              from[row + i] as number,
              from[row + one] as number,
              maySkip ? (from[row + two] as number) : -Infinity,
            );
    }
  }

  /** Exponentials of a row, and their sum. */
  private exponentiate(x: Float64Array, row: number): number {
    const { states, exponentials } = this;
    let total = 0;
    for (let i = BORDER; i < BORDER + states; i++) {
      const e = Math.exp(x[row + i] as number);
      exponentials[i] = e;
      total += e;
    }
    return total;
  }

  /** Sums of two rows, and the largest of them. */
  private add(
    a: Float64Array,
    rowOfA: number,
    b: Float64Array,
    rowOfB: number,
    to: Float64Array,
    target: number,
  ): number {
    const { states } = this;
    let largest = -Infinity;
    for (let i = BORDER; i < BORDER + states; i++) {
      const both = (a[rowOfA + i] as number) + (b[rowOfB + i] as number);
      to[target + i] = both;
      if (both > largest) largest = both;
    }
    return largest;
  }

  /** A row less its largest number. */
  private countFrom(largest: number, x: Float64Array, row: number): void {
    for (let i = BORDER; i < BORDER + this.states; i++) x[row + i] = (x[row + i] as number) - largest;
  }
}

/** ln (eᵃ + eᵇ + eᶜ), however small they are. */
function logSum(a: number, b: number, c: number): number {
  const largest = Math.max(a, b, c);
  if (largest === -Infinity) return largest;
  return largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest) + Math.exp(c - largest));
}
