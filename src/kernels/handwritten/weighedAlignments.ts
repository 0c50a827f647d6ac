import type { NumericPaths, Posteriors } from './alignments.js';

/*
 * The same walks as in alignments.ts in weights instead of logarithms: forward and backward variables, each step's divided by
 * their sum, in double precision. There is no exponential and one logarithm a step.
 */

/** Cells before the first state and after the last one that are never reached, so that a walk needs no borders. */
const BORDER = 2;

/**
 * Where the weights of a step come to less than this, of those of the step before as of 1, some that became 0 for want of range
 * might matter; else each that did was less than 1e-258 of all.
 */
const LEAST_SCALE = 1e-50;

/** Where all alignments together are less than this share of what both walks reach at a step, they might consist of such. */
const LEAST_TOGETHER = 1e-200;

/** Room for the walks of an example: one after the other may use it. */
export class WeighedAlignments implements Posteriors {
  /** Before the first step, and per step: the weight of what was emitted up to it, in each state. Later the probability. */
  readonly probabilities: Float64Array;
  /** States and borders: the length of the rows of all that follows. */
  private readonly width: number;
  /** Per step, the probability of the class of a state. */
  private readonly emissions: Float64Array;
  /** The weight of all that is emitted from a step on, given the state at it, up to a constant. */
  private readonly emitted: Float64Array;
  private readonly classes: Int32Array;
  /** 1 where an alignment may end, 0 elsewhere. */
  private readonly ends: Float64Array;
  /** 1 where the state before may be skipped, 0 elsewhere. */
  private readonly skips: Float64Array;

  constructor(
    time: number,
    private readonly states: number,
  ) {
    const width = states + 2 * BORDER;
    this.width = width;
    this.probabilities = new Float64Array((time + 1) * width);
    this.emissions = new Float64Array(time * width);
    this.emitted = new Float64Array(width);
    this.classes = new Int32Array(states);
    this.ends = new Float64Array(width);
    this.skips = new Float64Array(width);
  }

  /**
   * ln of the summed probability of all alignments of so many steps, of probabilities of the classes; with it come those of
   * the states. Null: numbers are missing or have too wide a range, or no alignment is possible.
   */
  logLikelihood(p: Float64Array, classes: number, paths: NumericPaths, steps: number): number | null {
    const { states, width, probabilities, ends, skips } = this;
    this.classes.set(paths.classOf);
    for (let s = 0; s < states; s++) {
      skips[BORDER + s] = paths.canSkip[s] as number;
      ends[BORDER + s] = Number(paths.ends[s] === 0);
    }
    // As if in the first blank.
    probabilities.fill(0, 0, width);
    probabilities[BORDER] = 1;
    let offset = 0;
    for (let t = 0; t < steps; t++) {
      const weight = this.forward(t, p, classes);
      if (!(weight >= LEAST_SCALE)) return null;
      offset += Math.log(weight);
    }
    let total = 0;
    for (let i = BORDER; i < BORDER + states; i++)
      total += (probabilities[steps * width + i] as number) * (ends[i] as number);
    return this.toPosterior(steps) ? offset + Math.log(total) : null;
  }

  placeOf(step: number): number {
    return (step + 1) * this.width + BORDER;
  }

  /** The weights after a step, divided by their sum, which comes back. */
  private forward(t: number, p: Float64Array, count: number): number {
    const { states, width, probabilities, emissions, skips, classes } = this;
    const [row, next, first] = [t * width + BORDER, (t + 1) * width + BORDER, t * count];
    let sum = 0;
    let one = 0;
    let two = 0;
    for (let s = 0; s < states; s++) {
      const c = classes[s] as number;
      // The formula judges what is no class.
      const emission = c < count ? (p[first + c] as number) : 1;
      const own = probabilities[row + s] as number;
      const weight = emission * (own + one + (skips[BORDER + s] as number) * two);
      emissions[row + s] = emission;
      probabilities[next + s] = weight;
      sum += weight;
      two = one;
      one = own;
    }
    const share = 1 / sum;
    for (let i = next; i < next + states; i++) probabilities[i] = (probabilities[i] as number) * share;
    return sum;
  }

  /** Makes probabilities of the weights after each step. Gives false if something that matters may have been lost. */
  private toPosterior(steps: number): boolean {
    const { states, width, probabilities, emissions, emitted, ends, skips } = this;
    let scale = 1;
    for (let t = steps - 1; t >= 0; t--) {
      const row = t * width;
      const next = row + width;
      const isLast = t === steps - 1;
      let sum = 0;
      let together = 0;
      for (let i = BORDER; i < BORDER + states; i++) {
        const reached =
          (emitted[i] as number) + (emitted[i + 1] as number) + (skips[i + 2] as number) * (emitted[i + 2] as number);
        const after = isLast ? (ends[i] as number) : scale * reached;
        const both = (probabilities[next + i] as number) * after;
        probabilities[next + i] = both;
        emitted[i] = (emissions[row + i] as number) * after;
        sum += after;
        together += both;
      }
      if (!(sum >= LEAST_SCALE && together >= LEAST_TOGETHER * sum)) return false;
      scale = 1 / sum;
      const share = 1 / together;
      for (let i = next + BORDER; i < next + BORDER + states; i++)
        probabilities[i] = (probabilities[i] as number) * share;
    }
    return true;
  }
}
