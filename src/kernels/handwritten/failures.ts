import type { NumericPaths } from './alignments.js';

/*
 * What may go wrong in an example of which almost all ways π give the labels: 1 − P as a sum of probabilities, which has
 * digits that P lacks. Each class leads from a state to one other: to the same, to the next, or past a blank that may be
 * skipped; else to one more state, that of ways which have failed, where they stay.
 */
export class Failures {
  /** 1 − P. */
  readonly total: number;
  /** The number of states, of which the last is that of failed ways. */
  private readonly states: number;
  /** The classes of the states, each once. All others lead to failure. */
  private readonly known: readonly number[];
  /** The state to which each known class leads from each state, [states, known]. */
  private readonly leadsTo: Int32Array;
  /** Probabilities of the known classes at each step, and of all others together, [steps, known + 1]. */
  private readonly emissions: Float64Array;
  /** The probability of each state before each step and after the last, [steps + 1, states]. */
  private readonly before: Float64Array;
  /** 1 where the labels are not complete, 0 elsewhere. */
  private readonly failing: Float64Array;

  /** Of probabilities p, [steps, classes]. */
  constructor(
    private readonly p: Float64Array,
    private readonly classes: number,
    private readonly steps: number,
    { classOf, canSkip, ends }: NumericPaths,
  ) {
    const states = ends.lastIndexOf(0) + 2;
    const known = [...new Set(classOf.subarray(0, states - 1))].filter((c) => c < classes);
    const width = known.length;
    this.states = states;
    this.known = known;
    this.failing = Float64Array.from({ length: states }, (_, s) => Number(s === states - 1 || ends[s] !== 0));
    this.leadsTo = new Int32Array(states * width).fill(states - 1);
    for (let s = 0; s < states - 1; s++) {
      for (const next of [s, s + 1, ...(canSkip[s + 2] ? [s + 2] : [])]) {
        const k = next < states - 1 ? known.indexOf(classOf[next] as number) : -1;
        if (k >= 0) this.leadsTo[s * width + k] = next;
      }
    }
    this.emissions = new Float64Array(steps * (width + 1));
    for (let t = 0; t < steps; t++) this.read(t);
    this.before = new Float64Array((steps + 1) * states);
    this.before[0] = 1;
    for (let t = 0; t < steps; t++) this.walk(t);
    const last = this.before.subarray(steps * states);
    this.total = last.reduce((sum, chance, s) => sum + chance * (this.failing[s] as number), 0);
  }

  /** Derivatives of ln P for the logits of each step, the last first: p·(1 − P − the probability to fail, given the class) ÷ P. */
  eachGradient(take: (step: number, ofClasses: Float64Array) => void): void {
    const { p, classes, steps, states, known, leadsTo, emissions, before, failing, total } = this;
    const width = known.length;
    const ofClasses = new Float64Array(classes);
    // The probability to have failed in the end, of each state after a step and before it.
    let after = failing.slice();
    let earlier = new Float64Array(states);
    for (let t = steps - 1; t >= 0; t--) {
      const row = t * (width + 1);
      ofClasses.fill(1);
      for (const c of known) ofClasses[c] = 0;
      for (let s = 0; s < states; s++) {
        const here = before[t * states + s] as number;
        let fails = emissions[row + width] as number;
        for (let k = 0; k < width; k++) {
          const chance = after[leadsTo[s * width + k] as number] as number;
          const c = known[k] as number;
          ofClasses[c] = (ofClasses[c] as number) + here * chance;
          fails += (emissions[row + k] as number) * chance;
        }
        earlier[s] = fails;
      }
      earlier[states - 1] = 1;
      for (let c = 0; c < classes; c++) {
        ofClasses[c] = ((p[t * classes + c] as number) * (total - (ofClasses[c] as number))) / (1 - total);
      }
      take(t, ofClasses);
      [after, earlier] = [earlier, after];
    }
  }

  private read(t: number): void {
    const { p, classes, known, emissions } = this;
    const row = t * (known.length + 1);
    const unknown = p.slice(t * classes, (t + 1) * classes);
    known.forEach((c, k) => {
      emissions[row + k] = unknown[c] as number;
      unknown[c] = 0;
    });
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += unknown[c] as number;
    emissions[row + known.length] = sum;
  }

  /** From the states before a step to those after it. */
  private walk(t: number): void {
    const { states, known, leadsTo, emissions, before } = this;
    const width = known.length;
    const [row, next] = [t * (width + 1), (t + 1) * states];
    const failed = next + states - 1;
    for (let s = 0; s < states; s++) {
      const here = before[t * states + s] as number;
      before[failed] = (before[failed] as number) + here * (emissions[row + width] as number);
      for (let k = 0; k < width; k++) {
        const to = next + (leadsTo[s * width + k] as number);
        before[to] = (before[to] as number) + here * (emissions[row + k] as number);
      }
    }
  }
}
